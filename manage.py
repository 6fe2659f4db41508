#!/usr/bin/env python3
"""Django's command line; finds by itself its libraries (.venv) and, where no address is given, its servers."""

import importlib.util
import os
import sys
from pathlib import Path

PYTHON = Path(__file__).resolve().parent / ".venv" / "bin" / "python"


def con_le_librerie() -> None:
    """`python3 manage.py` works as it is written: if they are not here, goes on, once, with the python that has them."""
    gia_provato = os.environ.pop("MANAGE_CON_VENV", None)
    if all(importlib.util.find_spec(nome) for nome in ("django", "celery", "pghistory")):
        return
    # A .venv cut off halfway has a python and no libraries.
    if gia_provato or not PYTHON.exists():
        sys.exit("Le librerie del portale non sono installate: eseguire prima «make demo» (o «make test»).")
    os.execve(PYTHON, [str(PYTHON), *sys.argv], os.environ | {"MANAGE_CON_VENV": "1"})


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "conciliazione.settings")
    from django.core.management import execute_from_command_line

    from conciliazione.schede.tipi import EdizioneSbagliata
    from conciliazione.server_locali import ambiente, luoghi

    try:
        with ambiente.per_un_comando(sys.argv):
            execute_from_command_line(sys.argv)
    except (luoghi.Errore, EdizioneSbagliata) as errore:
        sys.exit(str(errore))


if __name__ == "__main__":
    con_le_librerie()
    main()
