"""What the apps built upon this one say and hear of an ente: they know the enti, the enti do not know them.

Each app adds its own when it is ready (`AppConfig.ready`), as it does for what there is to do.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from .models import Carica, Ente


@dataclass(frozen=True)
class Voce:
    """One line of a box: its text is a link; `stato` may be blank."""

    testo: str
    url: str
    nota: str = ""
    stato: str = ""
    tono: str = "neutro"


@dataclass(frozen=True)
class Riquadro:
    """A box on the page of an ente."""

    titolo: str
    voci: list[Voce] = field(default_factory=list)


@dataclass(frozen=True)
class CambioDiCarica:
    """A legal representative came (`nuova`) or went (`prima`); one of the two may be missing."""

    ente: Ente
    nuova: Carica | None
    prima: Carica | None


Mostra = Callable[[Ente, object], Riquadro | None]
Ascolta = Callable[[CambioDiCarica, object], None]
MOSTRANO: list[Mostra] = []
"""Given an ente and who looks, each makes a box of its page, or None."""
ASCOLTANO: list[Ascolta] = []
"""Each is called, in the same transaction, when a legal representative changes; and by whom."""


def aggiungi(*, mostra: Mostra, ascolta: Ascolta) -> None:
    MOSTRANO.append(mostra)
    ASCOLTANO.append(ascolta)


def riquadri(ente: Ente, utente) -> list[Riquadro]:
    return [fatto for mostra in MOSTRANO if (fatto := mostra(ente, utente))]
