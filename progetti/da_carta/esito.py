"""What was read of a paper: values with the place they come from, rows, figures that the portal computes, and the rest.

Its soggetti are named several times and in several ways: here each is gathered once, with the ente that it is.
"""

from dataclasses import dataclass, field

from django.db.models import Q
from django.db.models.functions import Lower

from alleanze.models import Ente
from conciliazione.italiano.codici import controlla_codice_fiscale, controlla_partita_iva

from .estrazione import Brano
from .parole import chiave, stesso_ente


@dataclass
class RigaLetta:
    """A row that the paper tells of: a soggetto, an azione, any other."""

    fonte: str
    nome: str = ""
    codice: str = ""
    numero: int = 0
    genere: str = ""
    dove: str = ""
    madre: "RigaLetta | None" = None
    """Of what hangs from another row, that row."""
    breve: str = ""
    """Of an azione, the short title that the calendar gives it."""


@dataclass(frozen=True)
class Letto:
    """A cell of the scheda as the paper says it. riga: None for what is asked once; a str for a cost item."""

    blocco: str
    riga: RigaLetta | str | None
    campo: str
    testo: str
    dove: str
    scelte: tuple[str, ...] | None = None
    """Of boxes, those that are ticked."""
    rimando: RigaLetta | None = None
    """Of what points to a row, that row."""
    rimandi: tuple[RigaLetta, ...] = ()
    """Of what points to several, those."""


@dataclass(frozen=True)
class Calcolato:
    """A figure of the paper that here is a sum of others."""

    etichetta: str
    testo: str
    dove: str


@dataclass
class Esito:
    """All that was read."""

    letti: list[Letto] = field(default_factory=list)
    righe: list[RigaLetta] = field(default_factory=list)
    calcolati: list[Calcolato] = field(default_factory=list)
    senza_segno: list[tuple[str, str]] = field(default_factory=list)
    """Boxes that were found and bear no mark: what they ask, and where they are."""
    usati: set[int] = field(default_factory=set)
    """Positions of the brani that were understood (answers, labels, what the form prints)."""
    brani: list[Brano] = field(default_factory=list)

    @property
    def non_riconosciuti(self) -> list[Brano]:
        return [b for n, b in enumerate(self.brani) if n not in self.usati and not b.stampato]

    def di(self, fonte: str) -> list[RigaLetta]:
        return [r for r in self.righe if r.fonte == fonte]


# The soggetti.


@dataclass
class Soggetto:
    """A soggetto of the paper. riga: the one that it is in the scheda, "" while it is in none."""

    numero: int
    nome: str
    righe: list[RigaLetta] = field(default_factory=list)
    codice_fiscale: str = ""
    partita_iva: str = ""
    ente: Ente | None = None
    riga: str = ""
    nuovo: bool = False
    dove: str = ""

    @property
    def nomi(self) -> set[str]:
        return {r.nome for r in self.righe if r.nome} | {self.nome}


def raccogli(esito: Esito) -> list[Soggetto]:
    """Return the rows that tell of the same soggetto, together."""
    celle: dict[int, dict[tuple[str, str], str]] = {}
    for letto in esito.letti:
        celle.setdefault(id(letto.riga), {})[letto.blocco, letto.campo] = letto.testo
    soggetti: list[Soggetto] = []
    for riga in esito.di("partecipazioni"):
        sue = celle.get(id(riga), {})
        codice = _primo(sue, "codice_fiscale", controlla_codice_fiscale)
        if not riga.nome and not codice:
            continue
        soggetto = _quello(soggetti, riga, codice, sue, celle)
        if soggetto is None:
            soggetto = Soggetto(len(soggetti) + 1, riga.nome, dove=riga.dove)
            soggetti.append(soggetto)
        soggetto.righe.append(riga)
        intero = next((testo for (_, campo), testo in sue.items() if campo == "denominazione"), "")
        soggetto.nome = intero or soggetto.nome or riga.nome
        soggetto.codice_fiscale = soggetto.codice_fiscale or codice
        soggetto.partita_iva = soggetto.partita_iva or _primo(sue, "partita_iva", controlla_partita_iva)
    return soggetti


def _primo(celle: dict, campo: str, controlla) -> str:
    return next((v for (_, c), t in celle.items() if c == campo and (v := controlla(t).valore)), "")


def _quello(soggetti: list[Soggetto], riga: RigaLetta, codice: str, sue: dict, celle: dict) -> Soggetto | None:
    """By code, then by the same name, then by the number that the paper gives it, then by a name that only says more."""
    liberi = [s for s in soggetti if not any(celle.get(id(r), {}).keys() & sue.keys() for r in s.righe)]
    prove = (
        [s for s in liberi if codice and s.codice_fiscale == codice],
        [s for s in liberi if chiave(riga.nome) in {chiave(n) for n in s.nomi}],
        [s for s in liberi if riga.numero and any(r.numero == riga.numero for r in s.righe)],
        [s for s in liberi if any(stesso_ente(n, riga.nome) for n in s.nomi)],
    )
    return next((trovati[0] for trovati in prove if len(trovati) == 1), None)


def di_quale(soggetti: list[Soggetto], partecipazioni) -> None:
    """Say of each which row of the scheda it is, or else which ente of the register; those left are new to the portal.

    partecipazioni: the rows of the scheda, with their enti.
    """
    righe = list(partecipazioni)
    for soggetto in soggetti:
        trovata = _riga(soggetto, righe)
        soggetto.riga, soggetto.nuovo = (str(trovata.pk), False) if trovata else ("", True)
        soggetto.ente = trovata.ente if trovata else None
        righe = [r for r in righe if r is not trovata]
    _enti([s for s in soggetti if s.nuovo], {r.ente_id: str(r.pk) for r in righe})


def _riga(soggetto: Soggetto, righe: list):
    codici = {r: {c.casefold() for c in (r.codice_fiscale, r.ente.codice_fiscale) if c} for r in righe}
    prove = (
        [r for r in righe if soggetto.codice_fiscale and soggetto.codice_fiscale.casefold() in codici[r]],
        [r for r in righe if {chiave(n) for n in soggetto.nomi} & {chiave(n) for n in _nomi(r)}],
        [r for r in righe if any(stesso_ente(n, s) for n in soggetto.nomi for s in _nomi(r))],
    )
    return next((trovate[0] for trovate in prove if len(trovate) == 1), None)


def _nomi(riga) -> list[str]:
    return [riga.denominazione, riga.ente.denominazione, *riga.ente.alias]


def _enti(soggetti: list[Soggetto], gia_dentro: dict) -> None:
    """The enti of the register, by codice fiscale or by name: asked once for all."""
    codici = {s.codice_fiscale for s in soggetti if s.codice_fiscale}
    nomi = {n for s in soggetti for n in s.nomi if n}
    ordinari = Ente.objects.filter(genere=Ente.Genere.ORDINARIO)
    trovati = list(
        ordinari.annotate(minuscolo=Lower("denominazione")).filter(
            Q(codice_fiscale__in=codici, articolazione_di=None)
            | Q(minuscolo__in=[n.lower() for n in nomi])
            | Q(alias__overlap=list(nomi))
        )
        if nomi
        else []
    )
    for soggetto in soggetti:
        per_codice = [e for e in trovati if soggetto.codice_fiscale and e.codice_fiscale == soggetto.codice_fiscale]
        minuscoli = {n.lower() for n in soggetto.nomi}
        per_nome = [e for e in trovati if e.denominazione.lower() in minuscoli or set(e.alias) & soggetto.nomi]
        scelti = [e for e in per_codice if e in per_nome] or per_codice or per_nome
        if len(scelti) == 1 and not (soggetto.codice_fiscale and scelti[0].codice_fiscale not in ("", soggetto.codice_fiscale)):
            soggetto.ente = scelti[0]
            soggetto.riga = gia_dentro.get(soggetto.ente.pk, "")
            soggetto.nuovo = not soggetto.riga
