"""Locks on files. The kernel lets go of them with the process that holds them, however it dies."""

import fcntl
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class Serratura:
    """One lock on one file: `condivisa` counts those who use a thing, `esclusiva` is for the one who changes it."""

    def __init__(self, percorso: Path):
        self.percorso = percorso
        self._file = None

    def _prova(self, modo: int) -> bool:
        file = self.percorso.open("a")
        try:
            fcntl.flock(file, modo)
        except BlockingIOError:
            file.close()
            return False
        self._file = file
        return True

    def condivisa(self) -> None:
        self._prova(fcntl.LOCK_SH)

    def esclusiva(self, secondi: float = 0) -> bool:
        """Takes it, waiting at most so long; says whether it did."""
        fine = time.monotonic() + secondi
        while not self._prova(fcntl.LOCK_EX | fcntl.LOCK_NB):
            if time.monotonic() >= fine:
                return False
            time.sleep(0.1)
        return True

    def rilascia(self) -> None:
        if self._file:
            self._file.close()
            self._file = None


@contextmanager
def uno_alla_volta(percorso: Path) -> Iterator[None]:
    with percorso.open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
