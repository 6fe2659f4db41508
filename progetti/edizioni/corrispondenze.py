"""Which question of a call asks the same as which question of another: the texts that people write anew each time.

One line for each meaning; for each edition the block and the field that ask it. What no line names is not carried over.
"""

Posto = tuple[str, str]
"""Block and field."""

TESTI: tuple[dict[str, Posto], ...] = (
    # Context and needs.
    {"dgr1081-2014": ("III.1.1", "testo"), "ptc-2017": ("analisi", "testo"), "welfare-2022": ("B.1", "testo")},
    # Aims.
    {"dgr1081-2014": ("III.1.2", "testo"), "ptc-2017": ("finalita", "testo")},
    # Of each azione: how, what for, for whom.
    {"ptc-2017": ("descrizione", "modalita"), "welfare-2022": ("schede", "descrizione")},
    {"ptc-2017": ("obiettivi", "obiettivi"), "welfare-2022": ("schede", "obiettivo")},
    {"ptc-2017": ("target", "target"), "welfare-2022": ("schede", "destinatari_note")},
    # What will go on afterwards.
    {"dgr1081-2014": ("III.2.2", "testo"), "ptc-2017": ("sostenibilita", "testo"), "welfare-2022": ("B.2.5", "testo")},
    # What is new.
    {"dgr1081-2014": ("III.2.4", "testo"), "welfare-2022": ("B.2.3", "testo")},
    # The partnership.
    {"dgr1081-2014": ("III.3", "testo"), "welfare-2022": ("A.3", "testo")},
    # Other plans and services of the territory.
    {"ptc-2017": ("iniziative", "testo"), "welfare-2022": ("B.2.4", "testo")},
)

ANAGRAFICA = ("lr_", "legale_", "operativa_", "residenza_", "referente_", "dirigente_", "iban")
"""Fields of a soggetto that have the same name, and the same meaning, in every edition."""

DEL_PASSATO = ("durata_dal", "durata_al", "durata_mesi", "atto")
"""What was true of that project only."""


def corrispondente(da: str, a: str, posto: Posto) -> Posto | None:
    """Where the other edition asks what this one asks there."""
    return next((riga.get(a) for riga in TESTI if riga.get(da) == posto), None)
