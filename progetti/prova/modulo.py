"""The edition of a module that nobody has registered yet, found by its dotted name; what goes wrong is said in Italian."""

import importlib
import re
import traceback
from pathlib import Path
from types import ModuleType

from conciliazione.schede.edizione import Edizione


class NonSiTrova(Exception):
    """Why there is no edition there."""


def trova(percorso: str) -> tuple[Edizione, Path]:
    """Return what «a.module» calls EDIZIONE or, as «a.module:NAME», otherwise; and where its templates would be.

    Raises NonSiTrova.
    """
    modulo, _, nome = percorso.partition(":")
    if not all(parte.isidentifier() for parte in modulo.split(".")):
        raise NonSiTrova(f"«{modulo}» non è il nome di un modulo: si scrive con i punti, come cartella.nuova_2026.")
    trovato = _importa(modulo)
    contenuti = vars(trovato)
    edizioni = [n for n, v in contenuti.items() if isinstance(v, Edizione)]
    nome = nome or (edizioni[0] if len(edizioni) == 1 else "EDIZIONE")
    if nome not in contenuti and edizioni:
        quali = f"le edizioni si chiamano {', '.join(edizioni)}, e si indica quale, come {modulo}:NOME"
        raise NonSiTrova(f"Nel modulo «{modulo}» non c'è «{nome}»: {quali}.")
    if nome not in contenuti:
        raise NonSiTrova(f"Nel modulo «{modulo}» non c'è nessuna edizione.")
    return contenuti[nome], Path(getattr(trovato, "__file__", None) or ".").parent / "templates"


def _importa(modulo: str) -> ModuleType:
    try:
        return importlib.import_module(modulo)
    except Exception as errore:  # somebody's work in progress may raise anything
        if isinstance(errore, ModuleNotFoundError) and f"{modulo}.".startswith(f"{errore.name}."):
            dove = "nella cartella di manage.py, o in una di PYTHONPATH"
            raise NonSiTrova(f"Il modulo «{modulo}» non c'è: il suo file dev'essere {dove}.") from errore
        raise NonSiTrova(f"Il modulo «{modulo}» non si legge{_dove(modulo, errore)}: {_detto(errore)}.") from errore


def _dove(modulo: str, errore: Exception) -> str:
    """The line of the module itself, not that of ours which it called."""
    if isinstance(errore, SyntaxError):
        return f" ({Path(errore.filename or '').name}, riga {errore.lineno})"
    radice = f"/{modulo.replace('.', '/')}"
    passi = [(Path(p.filename), p.lineno) for p in traceback.extract_tb(errore.__traceback__)]
    suoi = [(f, riga) for f, riga in passi if f.as_posix().endswith(f"{radice}.py") or f"{radice}/" in f.as_posix()]
    return f" ({suoi[-1][0].name}, riga {suoi[-1][1]})" if suoi else ""


def _detto(errore: Exception) -> str:
    if sbagliata := re.search(r"unexpected keyword argument '(\w+)'", str(errore)):
        return f"«{sbagliata[1]}=» qui non si può dire, controlla come è scritto"
    return f"{type(errore).__name__}, {errore}"
