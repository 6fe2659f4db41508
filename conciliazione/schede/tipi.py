"""The shapes that the whole engine passes around."""

from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any

Valore = str | bool | int | list[Any] | None
"""JSON as it travels: amounts "2000.00", dates "2014-10-31", months "2014-10"; null is blank, which is not zero."""
Valori = dict[str, Valore]
"""Values by field."""
Righe = dict[str, Valori]
"""Values by row, then by field; the row of a block without rows is ""."""


class Gravita(StrEnum):
    """How much a segnalazione weighs: only an errore blocks the filing."""

    ERRORE = "errore"
    AVVISO = "avviso"
    INFORMAZIONE = "informazione"
    NON_VERIFICABILE = "non verificabile"


@dataclass(frozen=True)
class Luogo:
    """Where in the scheda: a block, a row of it, a field; `nota` says it in words."""

    blocco: str
    riga: str = ""
    campo: str = ""
    nota: str = ""

    def __post_init__(self) -> None:
        if None in (self.blocco, self.riga, self.campo, self.nota):
            raise ValueError("un luogo si dice a parole: niente None")


@dataclass(frozen=True)
class Segnalazione:
    """One fact about a scheda that its people should know. `regola` is its stable identifier."""

    regola: str
    gravita: Gravita
    messaggio: str
    luoghi: tuple[Luogo, ...] = ()
    dati: dict[str, Any] = field(default_factory=dict)
    """Figures of the working, as text: declared, computed, difference, ceiling…"""
    titolo: str = ""
    """What it is about in a few words, for who is shown only some of its places."""

    def come_dict(self) -> dict[str, Any]:
        return asdict(self) | {"gravita": str(self.gravita)}


class EdizioneSbagliata(Exception):
    """An edition that cannot be used; `errori` are its mistakes, one sentence each."""

    def __init__(self, errori: list[str]) -> None:
        super().__init__("\n".join(errori))
        self.errori = errori


def vuoto(valore: Valore) -> bool:
    """Blank: nothing was said. Zero and «no» are something said."""
    return valore is None or valore == [] or (isinstance(valore, str) and not valore.strip())
