"""What was read of a paper: values with the place they come from, rows, figures that the portal computes, and the rest."""

from dataclasses import dataclass, field

from .carta import Brano


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
