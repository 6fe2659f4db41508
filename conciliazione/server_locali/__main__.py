"""`python -m conciliazione.server_locali demo | prove`: what the Makefile runs."""

import importlib
import sys

from .luoghi import Errore

COMANDI = {"demo": ("dimostrazione", "esegui"), "prove": ("prove", "esegui"), "base": ("dimostrazione", "in_pari")}
"""Of each, the module and its function."""


def main(argomenti: list[str]) -> int:
    if not argomenti or argomenti[0] not in COMANDI:
        print(f"uso: python -m conciliazione.server_locali {{{'|'.join(COMANDI)}}}", file=sys.stderr)
        return 2
    try:
        modulo, funzione = COMANDI[argomenti[0]]
        return getattr(importlib.import_module(f".{modulo}", __package__), funzione)(argomenti[1:])
    except PermissionError as errore:
        print(f"Permesso negato: {errore.filename}. Se l'ha creato un altro utente, cancellarlo.", file=sys.stderr)
    except Errore as errore:
        print(errore, file=sys.stderr)
    return 1


sys.exit(main(sys.argv[1:]))
