"""When to stop: a signal to us, or to the make that runs us."""

import os
import signal
import time
from pathlib import Path

SEGNALI = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Fine:
    """Listens for the end. Nothing is interrupted: who waits, asks.

    A SIGINT sent to make alone (and not to its whole group, as Ctrl-C does) never reaches us: make only waits for its
    child. But while it does, it keeps that signal blocked, and the kernel shows it.
    """

    def __init__(self):
        self.segnale: int | None = None
        self._padre = os.getppid()
        self._sotto_make = self._nome(self._padre) in ("make", "gmake")
        self._sospetto: float | None = None

    def ascolta(self) -> "Fine":
        for segnale in SEGNALI:
            # nohup means what it says.
            if segnale != signal.SIGHUP or signal.getsignal(segnale) != signal.SIG_IGN:
                signal.signal(segnale, self._arriva)
        return self

    def _arriva(self, segnale, quadro) -> None:
        self.segnale = self.segnale or segnale

    def richiesta(self) -> bool:
        return self.segnale is not None or (self._sotto_make and self._make_finisce())

    def _make_finisce(self) -> bool:
        if os.getppid() != self._padre:
            return True
        if not self._segnali_bloccati():
            self._sospetto = None
            return False
        # make also blocks them for an instant when it starts a child: twice in a row is no accident.
        self._sospetto = self._sospetto or time.monotonic()
        return time.monotonic() - self._sospetto > 0.3

    def _segnali_bloccati(self) -> bool:
        try:
            stato = Path(f"/proc/{self._padre}/status").read_text()
        except OSError:
            return False
        bloccati = next((int(r.split()[1], 16) for r in stato.splitlines() if r.startswith("SigBlk:")), 0)
        return any(bloccati >> (segnale - 1) & 1 for segnale in SEGNALI)

    @staticmethod
    def _nome(pid: int) -> str:
        try:
            return Path(f"/proc/{pid}/comm").read_text().strip()
        except OSError:
            return ""
