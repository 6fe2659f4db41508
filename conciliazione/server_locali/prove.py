"""`make test`: pytest on a PostgreSQL and a Valkey of its own, so that it can run beside the demo."""

import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

from . import ambiente, luoghi, processi, servizi
from .fine import Fine
from .serrature import Serratura

PROCESSI = 4
"""At most: each has a browser and a Celery worker of its own."""


def _posto() -> tuple[Path, Serratura]:
    """A folder that no other run of the tests is using."""
    for numero in range(1, 20):
        base = luoghi.prepara_cartella(luoghi.var() / "prove" / str(numero))
        serratura = Serratura(base / "in-uso")
        if serratura.esclusiva():
            return base, serratura
    raise luoghi.Errore("Troppe prove in corso insieme.")


def _attendi(prove: subprocess.Popen, fine: Fine) -> int:
    """Waits for pytest; when asked to stop lets it put its things away, and then no longer."""
    while prove.poll() is None and not fine.richiesta():
        time.sleep(0.1)
    if prove.poll() is None:
        if fine.segnale != signal.SIGINT:  # a Ctrl-C came to pytest too
            processi.segnala(prove.pid, signal.SIGINT)
        limite = time.monotonic() + 20
        while prove.poll() is None and time.monotonic() < limite:
            time.sleep(0.1)
        prove.kill()
    return prove.wait()


def processi_insieme(argomenti: list[str]) -> list[str]:
    """Return what makes pytest use each core; nothing for one file, or where it was said how or asked to be spoken with."""
    detto = any(re.match(r"-n|--numprocesses|--dist|--tx|-p ?no:xdist|-s$|--capture=no|--pdb", a) for a in argomenti)
    file = [a for a in argomenti if a.partition("::")[0].endswith(".py")]
    nuclei = min(len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1, PROCESSI)
    if detto or len(file) == 1 or nuclei == 1:
        return []
    return ["-n", str(nuclei), "--dist", "loadfile"]


def esegui(argomenti: list[str]) -> int:
    fine = Fine().ascolta()
    processi.adotta_orfani()
    base, serratura = _posto()
    usati = servizi.mancanti(base, legato=True, veloce=True)
    try:
        with ambiente.in_uso(usati, comunque=True):
            variabili = os.environ | ambiente.variabili(base, usati)
            comando = [sys.executable, "-m", "pytest", *processi_insieme(argomenti), *argomenti]
            prove = subprocess.Popen(comando, cwd=luoghi.RADICE, env=variabili)
            try:
                codice = _attendi(prove, fine)
            finally:
                prove.kill()
                prove.wait()
        return codice if codice >= 0 else 128 - codice
    finally:
        processi.finisci_orfani()
        serratura.rilascia()
