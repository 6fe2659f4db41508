"""Where things are kept on this machine. Standard library only: it is read before anything is installed."""

import hashlib
import os
import re
import sys
import tempfile
from pathlib import Path

RADICE = Path(__file__).resolve().parents[2]

# A UNIX socket has about a hundred characters for its whole path (104 on macOS), name and «.lock» included.
LUNGHEZZA_SICURA = 75


class Errore(Exception):
    """Something that the person at the keyboard can put right; its text says how."""


def var() -> Path:
    """Return the folder of everything that is not in git: databases, files, logs."""
    return Path(os.environ.get("CONCILIAZIONE_VAR") or RADICE / "var").absolute()


def prepara_cartella(cartella: Path, permessi: int = 0o711) -> Path:
    cartella.mkdir(mode=permessi, parents=True, exist_ok=True)
    return cartella


def di(*righe: str, a_parte: bool = False) -> None:
    """Says something at once: make and CI read us through a pipe. a_parte: not where a command writes what it was asked."""
    for riga in righe:
        print(riga, flush=True, file=sys.stderr if a_parte else sys.stdout)


def cartella_socket(base: Path) -> Path:
    """Return the folder of the sockets of the servers under `base`: beside them, or a short one elsewhere."""
    vicina = base / "run"
    if len(str(vicina)) <= LUNGHEZZA_SICURA and re.fullmatch(r"[\w./-]+", str(vicina), re.ASCII):
        return prepara_cartella(vicina)
    return _cartella_corta(base)


def _cartella_corta(base: Path) -> Path:
    impronta = hashlib.sha256(str(base).encode()).hexdigest()[:10]
    corta = Path(tempfile.gettempdir()) / f"conciliazione-{os.getuid()}-{impronta}"
    if len(str(corta)) > LUNGHEZZA_SICURA:
        corta = Path("/tmp") / corta.name
    prepara_cartella(corta)
    if corta.is_symlink() or corta.stat().st_uid != os.getuid():
        raise Errore(f"La cartella {corta} è di un altro utente: cancellarla o farla cancellare, poi riprovare.")
    return corta
