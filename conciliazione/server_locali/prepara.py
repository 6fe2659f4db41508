"""Installs what the portal needs: system packages (Debian), then .venv from the lock.

Run as a plain file by the python3 of the system: nothing is installed yet, so standard library only.
    python3 conciliazione/server_locali/prepara.py locale|prove
"""

import fcntl
import hashlib
import importlib.util
import os
import platform
import shutil
import signal
import subprocess
import sys
from ctypes.util import find_library
from pathlib import Path

RADICE = Path(__file__).resolve().parents[2]
VENV = RADICE / ".venv"
# Each lock holds all that the ones before it hold.
LOCK = ["base", "locale", "prove"]


def di(testo: str) -> None:
    print(testo, flush=True)


class Impossibile(Exception):
    """Said to the person at the keyboard, in place of a traceback."""


# --- system packages -------------------------------------------------------------------------------------------------


def _ha_venv() -> bool:
    return bool(importlib.util.find_spec("venv") and importlib.util.find_spec("ensurepip"))


def _installato(pacchetto: str) -> bool:
    if not shutil.which("dpkg-query"):
        return False
    esito = subprocess.run(
        ["dpkg-query", "-W", "-f=${db:Status-Abbrev}", pacchetto], capture_output=True, text=True, check=False
    )
    return esito.stdout.startswith("ii")


def _libreria(pacchetto: str, nome: str):
    return lambda: _installato(pacchetto) or (not shutil.which("dpkg-query") and find_library(nome))


# Debian package → is it there already?
DI_SISTEMA = {
    "python3-venv": _ha_venv,
    "libpango-1.0-0": _libreria("libpango-1.0-0", "pango-1.0"),
    "libpangoft2-1.0-0": _libreria("libpangoft2-1.0-0", "pangoft2-1.0"),
    "libharfbuzz-subset0": _libreria("libharfbuzz-subset0", "harfbuzz-subset"),
    "fonts-dejavu-core": lambda: _installato("fonts-dejavu-core") or not shutil.which("dpkg-query"),
}
DELLE_PROVE = {
    # The browser without its window: half the work of the whole one for each page. Elsewhere the whole one will do.
    "chromium-headless-shell": lambda: (
        shutil.which("chromium-headless-shell") or (not shutil.which("dpkg-query") and shutil.which("chromium"))
    ),
    "libatomic1": _libreria("libatomic1", "atomic"),  # the node inside Playwright wants it
    "poppler-utils": lambda: shutil.which("pdftotext"),
    "qpdf": lambda: shutil.which("qpdf"),
}


def _apt(*argomenti: str) -> None:
    comando = ["apt-get", "-qq", "-o", "Dpkg::Use-Pty=0", *argomenti]
    if os.geteuid() != 0:
        # sudo drops the environment: what apt must not ask is said behind it.
        comando = ["sudo", "env", "DEBIAN_FRONTEND=noninteractive", *comando]
    di("  " + " ".join(comando))
    ambiente = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    # dpkg tells of every package it unpacks: kept apart, shown if it fails.
    esito = subprocess.run(comando, env=ambiente, stdout=subprocess.PIPE, text=True, check=False)
    if esito.returncode:
        raise Impossibile(f"{esito.stdout[-3000:]}\napt-get non è riuscito: installare a mano i pacchetti qui sopra.")


def pacchetti_di_sistema(voluti: dict) -> None:
    mancano = [nome for nome, presente in voluti.items() if not presente()]
    if not mancano:
        return
    elenco = " ".join(mancano)
    if not shutil.which("apt-get"):
        raise Impossibile(f"Manca qualcosa che su Debian sta in: {elenco}. Installarlo a mano, poi riprovare.")
    if os.geteuid() != 0 and not shutil.which("sudo"):
        raise Impossibile(f"Da eseguire come root, poi riprovare: apt-get install --no-install-recommends {elenco}")
    di(f"Installo i pacchetti di sistema che mancano: {elenco}")
    _apt("update")
    _apt("install", "-y", "--no-install-recommends", *mancano)


# --- .venv -----------------------------------------------------------------------------------------------------------


def _impronta(lock: str) -> str:
    contenuto = (RADICE / "requirements" / f"{lock}.txt").read_bytes()
    # Not the patch level of Python: apt may raise it under us, and .venv goes on working.
    macchina = f"{sys.version_info[:2]} {platform.machine()}"
    return hashlib.sha256(contenuto + macchina.encode()).hexdigest()


def _segno(lock: str) -> Path:
    return VENV / f".lock-{lock}"


def _segnato(lock: str) -> str:
    segno = _segno(lock)
    return segno.read_text() if segno.exists() else ""


def _da_rifare() -> bool:
    """True when what is installed is not what some lock says now; a .venv without any mark was cut off halfway."""
    segni = {lock: _segnato(lock) for lock in LOCK if _segnato(lock)}
    return not segni or any(segno != _impronta(lock) for lock, segno in segni.items())


def ambiente_python(lock: str) -> None:
    if _segnato(lock) == _impronta(lock) and (VENV / "bin" / "python").exists():
        return
    if _da_rifare():
        di(f"Creo l'ambiente Python in {VENV}")
        subprocess.run([sys.executable, "-m", "venv", "--clear", str(VENV)], check=True)
    di(f"Installo le librerie Python di requirements/{lock}.txt (versioni e impronte fissate)")
    comando = [str(VENV / "bin" / "python"), "-m", "pip", "install", "-qq", "--disable-pip-version-check"]
    comando += ["--require-hashes", "--only-binary", ":all:", "-r", str(RADICE / "requirements" / f"{lock}.txt")]
    if subprocess.run(comando, check=False).returncode:
        raise Impossibile("pip non è riuscito: vedi sopra. Serve la rete la prima volta.")
    _nel_percorso()
    for incluso in LOCK[: LOCK.index(lock) + 1]:
        _segno(incluso).write_text(_impronta(incluso))


def _var() -> Path:
    return Path(os.environ.get("CONCILIAZIONE_VAR") or RADICE / "var")


def in_uso() -> bool:
    """Whether a demo runs in this folder; for `make clean`, that would pull the data from under it."""
    serratura = _var() / "dimostrazione.lock"
    if not serratura.exists():
        return False
    with serratura.open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False


def _nel_percorso() -> None:
    """Lets .venv/bin/pytest and .venv/bin/celery find the portal from any folder."""
    comando = [str(VENV / "bin" / "python"), "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"]
    pacchetti = Path(subprocess.run(comando, check=True, capture_output=True, text=True).stdout.strip())
    (pacchetti / "portale.pth").write_text(f"{RADICE}\n")


def prepara(lock: str) -> None:
    if sys.version_info < (3, 11):  # noqa: UP036 (any python3 may run this file)
        raise Impossibile(f"Serve Python 3.11 o più recente; questo è {platform.python_version()}.")
    os.umask(0o022)
    # Two makes at once must not install over each other.
    _var().mkdir(mode=0o711, parents=True, exist_ok=True)
    with (_var() / "prepara.lock").open("a") as serratura:
        fcntl.flock(serratura, fcntl.LOCK_EX)
        pacchetti_di_sistema(DI_SISTEMA | (DELLE_PROVE if lock == "prove" else {}))
        ambiente_python(lock)


if __name__ == "__main__":
    if sys.argv[1] == "in-uso":
        sys.exit(0 if in_uso() else 1)
    # Told to stop, it ends what it started (subprocess.run does) before it goes.
    for segnale in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(segnale, lambda numero, quadro: sys.exit(128 + numero))
    try:
        prepara(sys.argv[1])
    except (Impossibile, PermissionError, subprocess.CalledProcessError) as errore:
        sys.exit(f"{errore}")
    except KeyboardInterrupt:
        sys.exit(130)
