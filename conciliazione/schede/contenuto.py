"""The content of a scheda, as one dict: its shape, table by table. It is also that of the interchange file and of what is
frozen at filing.

Amounts and dates travel as text («2000.00», «2014-10-31»), null is blank. `progetti.contenuto` reads it from the database
and writes it back; nothing here knows a database.
"""

from collections.abc import Iterable, Mapping
from typing import Any, TypedDict, cast

from .tipi import Righe, Valore

QualsiasiRiga = Mapping[str, Any]
"""A row of whichever table, for what walks them all: what it holds beside its id, one knows only when it is there."""


class RigaSoggetto(TypedDict):
    """Who takes part: capofila, partner, aderente, with the data that it had when they were written here."""

    id: str
    settore: str
    ruolo: str
    denominazione: str | None
    codice_fiscale: str | None
    partita_iva: str | None
    tipologia: str | None
    natura_giuridica: str | None
    dimensione: str | None
    ateco: str | None
    lavoratori: int | None
    lavoratrici_donne: int | None
    lavoratori_uomini: int | None


class RigaReferente(TypedDict):
    """Whom to ask, of a soggetto."""

    id: str
    partecipazione: str | None
    nominativo: str | None
    telefono: str | None
    email: str | None


class RigaAzione(TypedDict):
    """An action, a part of one (`padre`), or the general expenses (`genere`)."""

    id: str
    genere: str
    codice: str | None
    titolo: str | None
    titolo_breve: str | None
    padre: str | None
    mesi: int | None
    ore: int | None
    accessi: int | None


class RigaIndicatore(TypedDict):
    """What tells whether an action succeeded, and the least that is promised."""

    id: str
    azione: str | None
    descrizione: str | None
    minimo: int | None


class RigaPersonale(TypedDict):
    """How many people of one role an action employs."""

    id: str
    azione: str | None
    ruolo: str | None
    numero: int | None


class RigaDestinatari(TypedDict):
    """How many recipients of one kind an action has."""

    id: str
    azione: str | None
    tipo: str | None
    numero: int | None


class RigaFase(TypedDict):
    """A phase of the project, and the actions that it is about."""

    id: str
    titolo: str | None
    mesi: int | None
    azioni: list[str] | None


class RigaCofinanziamento(TypedDict):
    """An amount, in euro, that somebody puts in; the settore is said here only where no soggetto is."""

    id: str
    partecipazione: str | None
    azione: str | None
    settore: str | None
    natura: str | None
    importo: str | None
    atto: str | None


class RigaCosto(TypedDict):
    """An amount of cost, in euro, in one breakdown (`prospetto`): of an action, of a cost item or of a soggetto."""

    id: str
    prospetto: str
    azione: str | None
    voce: str | None
    partecipazione: str | None
    importo: str


class CellaDichiarata(TypedDict):
    """A figure that a paper scheda declares in one of its cells, as written; `importo` is what it says, in euro."""

    blocco: str
    riga: str
    campo: str
    testo: str
    importo: str | None


class CellaDaRivedere(TypedDict):
    """A value that came from elsewhere and that nobody has looked at yet."""

    blocco: str
    riga: str
    campo: str
    motivo: str
    provenienza: str


class ConfermaDetta(TypedDict):
    """The last confirmation of a soggetto, with the fingerprint of the figures that it was about."""

    impronta: str
    il: str
    da: str
    per_conto: bool


class VoceDiCatalogo(TypedDict, total=False):
    """An action that the avviso lists."""

    codice: str
    titolo: str
    complementare: bool
    da_verificare: bool


class VoceDiCosto(TypedDict, total=False):
    """A cost item that the avviso states."""

    codice: str
    titolo: str
    genere: str


class AvvisoDetto(TypedDict):
    """The avviso with every parameter that varies by call; null is «not stated by this call»."""

    codice: str
    titolo: str
    atto: str
    ats: str | None
    apre_il: str | None
    chiude_il: str | None
    attivita_entro: str | None
    aree_massime: int | None
    spese_generali_massimo: str | None
    spese_generali_base: str
    contributo_percentuale: str | None
    contributo_massimo: str | None
    beni_massimo: str | None
    beni_base: str
    cofinanziamento_minimo: str | None
    durata_massima: int | None
    soggetti_minimi: int | None
    pubblici_minimi: int | None
    imprese_minime: int | None
    capofila_pubblico: bool | None
    iva: str | None
    tolleranza: str | None
    anticipo: str | None
    saldo: str | None
    regola_saldo: str | None
    catalogo: list[VoceDiCatalogo] | None
    voci_costo: list[VoceDiCosto] | None
    griglia: list[dict[str, Any]] | None
    fonti: dict[str, str] | None
    righe_larghezza_mm: str
    righe_corpo_pt: str
    righe_gravita: str
    conferme_gravita: str


class AlleanzaDetta(TypedDict):
    """The alliance that proposes the project, by name, and that of its ATS."""

    nome: str
    ats: str


class ProgettoDetto(TypedDict):
    """What is said once of the project, outside the answers."""

    id: str
    origine: str
    titolo: str | None
    durata_dal: str | None
    durata_al: str | None
    durata_mesi: int | None
    destinatari: int | None
    accessi: int | None


class Contenuto(TypedDict):
    """Everything that a scheda says: what `progetti.contenuto.contenuto` returns and the interchange file holds."""

    formato: str
    edizione: str
    avviso: AvvisoDetto
    alleanza: AlleanzaDetta | None
    progetto: ProgettoDetto
    partecipazioni: list[RigaSoggetto]
    referenti: list[RigaReferente]
    azioni: list[RigaAzione]
    indicatori: list[RigaIndicatore]
    personale: list[RigaPersonale]
    destinatari: list[RigaDestinatari]
    fasi: list[RigaFase]
    cofinanziamenti: list[RigaCofinanziamento]
    costi: list[RigaCosto]
    risposte: dict[str, Righe]
    """By block; then by row, "" where it has none."""
    dichiarati: list[CellaDichiarata]
    da_rivedere: list[CellaDaRivedere]
    conferme: dict[str, ConfermaDetta]
    """By soggetto."""


RIGHE: dict[str, type] = {
    "partecipazioni": RigaSoggetto,
    "referenti": RigaReferente,
    "azioni": RigaAzione,
    "indicatori": RigaIndicatore,
    "personale": RigaPersonale,
    "destinatari": RigaDestinatari,
    "fasi": RigaFase,
    "cofinanziamenti": RigaCofinanziamento,
}
"""The shared tables, whose rows are columns of the database, and what a row of each is."""


def righe_di(contenuto: Contenuto, fonte: str) -> list[dict[str, Any]]:
    """Return the rows of the shared table of that name. Raises KeyError where there is none."""
    return cast(dict[str, list[dict[str, Any]]], contenuto)[fonte]


def tutte_le_righe(contenuto: Contenuto) -> Iterable[dict[str, Any]]:
    """Yield the rows of every table that have an identity: amounts of cost too, single cells not."""
    for valore in cast(dict[str, Any], contenuto).values():
        if isinstance(valore, list):
            yield from (riga for riga in valore if "id" in riga)


def colonne_del_progetto(contenuto: Contenuto) -> dict[str, Valore]:
    """Return what is said once of the project, by column."""
    return cast(dict[str, Valore], contenuto["progetto"])
