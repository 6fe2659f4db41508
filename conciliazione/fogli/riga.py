"""One row of a sheet as it was understood, and its cells: what each says, what is new, what is to be mended."""

from dataclasses import dataclass, field

from ..schede.tipi import Valori
from .celle import Capito
from .matrice import Colonna, Uso, coordinata
from .scelte import NUOVA, SALTA
from .tavola import RigaNota

UGUALE, CAMBIA, ERRATA, SALTATA = "uguale", "cambia", "da correggere", "non si prende"
TONI = {NUOVA: "informativo", CAMBIA: "attenzione", UGUALE: "neutro", ERRATA: "critico", SALTATA: "neutro"}


@dataclass
class Cella:
    """One cell of a column that is taken. nuovo: as it will be read; cambia: whether that is news."""

    numero: int
    indice: int
    colonna: Colonna
    scritto: str
    vecchio: str = ""
    nuovo: str = ""
    errore: str = ""
    avviso: str = ""
    """What the sheet says otherwise of a value that is not this person's to change."""
    cambia: bool = False
    svuotabile: bool = False
    svuota: bool = False

    @property
    def coordinata(self) -> str:
        return coordinata(self.numero, self.indice)

    @property
    def nome(self) -> str:
        return f"{self.numero}-{self.indice}"

    @property
    def dove(self) -> str:
        return f"riga {self.numero}, colonna {self.colonna.etichetta} ({self.coordinata})"

    @property
    def scelte(self) -> list[tuple[str, str]]:
        """What may be chosen in place of what was not understood."""
        campo = self.colonna.campo
        unica = self.colonna.uso is Uso.CAMPO and campo.genere in ("scelta", "rimando")
        return [(str(k), str(nome)) for k, nome in campo.choices if k] if unica else []

    @property
    def lunga(self) -> bool:
        return self.colonna.campo is not None and self.colonna.campo.genere == "testo"


@dataclass
class Riga:
    """One row of the sheet. id: of the row it is about, or the name that the new one will have."""

    numero: int
    celle: list[Cella]
    nota: RigaNota | None = None
    id: str = ""
    decisa: str = ""
    """NUOVA, SALTA, or the id of a row; "" when it is not known yet."""
    proposta: str = ""
    errore: str = ""
    valori: dict[str, Capito] = field(default_factory=dict)

    @property
    def errori(self) -> list[tuple[str, str, str]]:
        """(anchor, where, message) of each thing to mend."""
        suoi = [(f"riga-{self.numero}", f"riga {self.numero}", self.errore)] if self.errore else []
        return suoi + [(f"cella-{c.nome}", c.dove, c.errore) for c in self.celle if c.errore]

    @property
    def stato(self) -> str:
        if self.decisa == SALTA:
            return SALTATA
        if self.errori:
            return ERRATA
        if self.decisa == NUOVA:
            return NUOVA
        if self.nota and self.nota.stato:
            return self.nota.stato
        return CAMBIA if self.cambiano else UGUALE

    @property
    def tono(self) -> str:
        return TONI.get(self.stato, "informativo")

    @property
    def cambiano(self) -> bool:
        return any(c.cambia for c in self.celle)

    @property
    def titolo(self) -> str:
        return self.nota.titolo if self.nota else ""

    @property
    def campi(self) -> set[str]:
        """The fields that the sheet has a column for."""
        return {c.colonna.di or c.colonna.chiave for c in self.celle}

    @property
    def letti(self) -> Valori:
        """What was understood, as it travels."""
        return {campo: capito.valore for campo, capito in self.valori.items()}

    def segna(self, campo: str, messaggio: str) -> None:
        """Put an error at the cell of that field, or at the row when the sheet has no such column."""
        cella = next((c for c in self.celle if campo in (c.colonna.chiave, c.colonna.di)), None)
        if cella is None:
            self.errore = self.errore or messaggio
        elif not cella.errore:
            cella.errore, cella.cambia = messaggio, False
