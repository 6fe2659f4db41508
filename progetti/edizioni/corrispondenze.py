"""Which question of a call asks the same as which question of another: the texts that people write anew each time.

Each edition says where it asks what these names mean (`Edizione.significati`); what it does not say is not carried over.
"""

from conciliazione.schede.edizione import Edizione, Posto

SIGNIFICATI = {
    "contesto": "Context and needs.",
    "finalità": "Aims.",
    "azione: come": "Of each azione: how it is done.",
    "azione: obiettivi": "Of each azione: what for.",
    "azione: per chi": "Of each azione: for whom.",
    "seguito": "What will go on afterwards.",
    "novità": "What is new.",
    "partenariato": "The partnership.",
    "altre iniziative": "Other plans and services of the territory.",
}

ANAGRAFICA = ("lr_", "legale_", "operativa_", "residenza_", "referente_", "dirigente_", "iban")
"""Fields of a soggetto that have the same name, and the same meaning, in every edition."""

DEL_PASSATO = ("durata_dal", "durata_al", "durata_mesi", "atto")
"""What was true of that project only."""


def corrispondente(da: Edizione, a: Edizione, posto: Posto) -> Posto | None:
    """Where the other edition asks what this one asks there."""
    return next((a.significati.get(nome) for nome, suo in da.significati.items() if suo == posto), None)
