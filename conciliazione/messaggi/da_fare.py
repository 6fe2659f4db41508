"""What a person has to do, gathered from every app: one dated list for each ente (`cosa_devo_fare`).

Each feature has its sources in its `da_fare`; its app adds them here when it is ready (`AppConfig.ready`).
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Cosa:
    """One thing to do. `entro` None: no day is set. `ente` is the name of whom it is done for, `dove` what it is about.

    `chiave` is the same as long as the thing is: calendars tell by it that an event has changed and not been added.
    """

    chiave: str
    che_cosa: str
    url: str
    ente: str
    dove: str
    entro: datetime | None = None


Fonte = Callable[[object], Iterable[Cosa]]
FONTI: list[Fonte] = []


def aggiungi(*fonti: Fonte) -> None:
    """Functions that, given a person, yield what it has to do."""
    FONTI.extend(fonti)


def di(utente) -> list[Cosa]:
    """Return all that the person has to do, what is due first; what has no day is last."""
    cose = [cosa for una_fonte in FONTI for cosa in una_fonte(utente)]
    return sorted(cose, key=lambda c: (c.entro is None, c.entro or 0, c.ente, c.che_cosa))
