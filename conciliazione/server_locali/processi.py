"""Child processes: each in its own group, none of them outliving who started it."""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path

_PR_SET_PDEATHSIG, _PR_SET_CHILD_SUBREAPER = 1, 36
# Loaded here because the child, between fork and exec, had better not.
_prctl = ctypes.CDLL(None).prctl if sys.platform == "linux" else None


def muori_con_me(segnale: int) -> Callable[[], None] | None:
    """Return, for `preexec_fn`, what has the kernel send `segnale` to the child when we die, even by kill -9.

    Linux only.
    """
    if _prctl is None:
        return None
    padre = os.getpid()

    def nel_figlio() -> None:
        _prctl(_PR_SET_PDEATHSIG, segnale)
        if os.getppid() != padre:
            os._exit(1)

    return nel_figlio


def adotta_orfani() -> None:
    """Grandchildren that lose their parent become ours, so that we can end them."""
    if _prctl is not None:
        _prctl(_PR_SET_CHILD_SUBREAPER, 1)


def _stato(pid: int) -> list[str]:
    """Fields of /proc/PID/stat from the state on; empty if there is no such process (or no /proc)."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except (OSError, UnicodeDecodeError):
        return []


def vivo(pid: int | None) -> bool:
    """Whether the process runs; one that is dead and not yet collected by its parent does not."""
    if not pid:
        return False
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    return _stato(pid)[:1] not in (["Z"], ["X"])


def comando(pid: int) -> str:
    """Return the command line of a process, empty when it cannot be read."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
    except OSError:
        return ""


def figli(pid: int) -> list[int]:
    numeri = (int(p.name) for p in Path("/proc").glob("[0-9]*"))
    return [n for n in numeri if _stato(n)[1:2] == [str(pid)]]


def segnala(pid: int, segnale: int) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.kill(pid, segnale)


def segnala_gruppo(gruppo: int, segnale: int) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(gruppo, segnale)


def finisci_orfani(attesa: float = 2) -> None:
    """Ends whatever is still below us: a browser left by a test, a worker of a worker."""
    for segnale in (signal.SIGTERM, signal.SIGKILL):
        fine = time.monotonic() + attesa
        while rimasti := [p for p in figli(os.getpid()) if not raccogli(p)]:
            for pid in rimasti:
                segnala(pid, segnale)
            if time.monotonic() > fine:
                break
            time.sleep(0.05)


def raccogli(pid: int) -> bool:
    """Collects a dead child; says whether it is gone."""
    try:
        return os.waitpid(pid, os.WNOHANG)[0] == pid
    except ChildProcessError:
        return True


class Figlio:
    """A process of ours with its log: started, watched, stopped, started again."""

    def __init__(self, nome: str, argomenti: list, *, ambiente: dict, registro: Path, cartella: Path):
        self.nome, self.argomenti, self.ambiente = nome, [str(a) for a in argomenti], ambiente
        self.registro, self.cartella = registro, cartella
        self.processo: subprocess.Popen | None = None

    def avvia(self) -> None:
        with self.registro.open("ab") as registro:
            self.processo = subprocess.Popen(
                self.argomenti,
                env=self.ambiente,
                cwd=self.cartella,
                stdin=subprocess.DEVNULL,
                stdout=registro,
                stderr=registro,
                start_new_session=True,
                preexec_fn=muori_con_me(signal.SIGTERM),
            )

    @property
    def pid(self) -> int | None:
        return self.processo and self.processo.pid

    def vive(self) -> bool:
        return self.processo is not None and self.processo.poll() is None

    def chiedi_fine(self) -> None:
        if self.vive():
            segnala(self.pid, signal.SIGTERM)

    def ferma(self, attesa: float = 8) -> None:
        self.chiedi_fine()
        fine = time.monotonic() + attesa
        while self.vive() and time.monotonic() < fine:
            time.sleep(0.05)
        self.uccidi()

    def uccidi(self) -> None:
        """kill -9 of the whole group: a killed Celery worker leaves its pool and its beat behind."""
        if self.processo is not None:
            segnala_gruppo(self.processo.pid, signal.SIGKILL)
            self.processo.wait()

    def riavvia(self) -> None:
        self.uccidi()
        self.avvia()


def ferma_tutti(figli: Iterable[Figlio], attesa: float = 8) -> None:
    """Asks all at once, then waits for each: the slowest sets the time, not the sum."""
    figli = list(figli)
    for figlio in figli:
        figlio.chiedi_fine()
    fine = time.monotonic() + attesa
    for figlio in figli:
        figlio.ferma(max(0, fine - time.monotonic()))


def coda(registro: Path, righe: int = 15) -> str:
    """Return the last lines of a log, to be shown when what wrote it has died."""
    try:
        return "\n".join(registro.read_text(errors="replace").splitlines()[-righe:])
    except OSError:
        return ""
