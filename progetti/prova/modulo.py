"""The edition of a module that nobody has registered yet, found by its dotted name; what goes wrong is said in Italian."""

import importlib
import re
import traceback
from importlib.util import find_spec

from conciliazione.schede.edizione import Edizione


class NonSiTrova(Exception):
    """Why there is no edition there."""


def trova(percorso: str) -> Edizione:
    """What is named «a.module» or, where it has several editions, «a.module:NAME». Raises NonSiTrova."""
    modulo, _, nome = percorso.partition(":")
    if not all(parte.isidentifier() for parte in modulo.split(".")):
        raise NonSiTrova(f"«{modulo}» non è il nome di un modulo: si scrive con i punti, come progetti.edizioni.nuova_2026.")
    contenuti = vars(_importa(modulo))
    edizioni = {n: v for n, v in contenuti.items() if isinstance(v, Edizione)}
    quali = f"le edizioni sono {', '.join(edizioni)}" if edizioni else "non c'è nessuna edizione"
    if nome in contenuti:
        return contenuti[nome]
    if nome:
        raise NonSiTrova(f"Nel modulo «{modulo}» non c'è «{nome}»: {quali}.")
    if len(edizioni) > 1:
        raise NonSiTrova(f"Nel modulo «{modulo}» {quali}: si indica quale, come {modulo}:NOME.")
    if not edizioni:
        raise NonSiTrova(f"Nel modulo «{modulo}» {quali}.")
    return next(iter(edizioni.values()))


def _importa(modulo: str):
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
        return f", riga {errore.lineno}"
    passi = traceback.extract_tb(errore.__traceback__)
    sue = [passo.lineno for passo in passi if passo.filename == getattr(find_spec(modulo), "origin", "")]
    return f", riga {sue[-1]}" if sue else ""


def _detto(errore: Exception) -> str:
    if sbagliata := re.search(r"unexpected keyword argument '(\w+)'", str(errore)):
        return f"«{sbagliata[1]}=» qui non si può dire, controlla come è scritto"
    return f"{type(errore).__name__}, {errore}"
