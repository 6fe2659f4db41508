"""What a person has to do, gathered from every app: one dated list for each ente (`cosa_devo_fare`).

Each app adds its own sources with `@fonte`, in its `da_fare.py`, which its AppConfig imports when it is ready.
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


def fonte(funzione: Fonte) -> Fonte:
    """Register a function that, given a person, yields what it has to do."""
    FONTI.append(funzione)
    return funzione


def di(utente) -> list[Cosa]:
    """All of it, what is due first; what has no day is last."""
    cose = [cosa for una_fonte in FONTI for cosa in una_fonte(utente)]
    return sorted(cose, key=lambda c: (c.entro is None, c.entro or 0, c.ente, c.che_cosa))
