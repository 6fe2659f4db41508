"""The calls whose form the portal knows: each a module that the setting EDIZIONI names, of ours or of whoever wrote one.

Such a module holds `EDIZIONE`; beside it, what only that form has: templates that read its blocks (`templates/`, found by
the settings), the ways in which Word draws them.
"""

import hashlib
from functools import cache
from importlib import import_module
from pathlib import Path
from types import ModuleType

from django.conf import settings

from conciliazione.http.non_disponibile import NonDisponibile
from conciliazione.schede.edizione import Edizione
from conciliazione.schede.tipi import EdizioneSbagliata

from .caricamento import valide

_MODULI: dict[str, ModuleType] = {}


def carica(nome: str) -> Edizione:
    """The edition that a module holds. Raises EdizioneSbagliata where it holds none."""
    modulo = import_module(nome)
    if not hasattr(modulo, "EDIZIONE"):
        raise EdizioneSbagliata([f"Il modulo «{nome}» non ha EDIZIONE: lì va scritta l'edizione."])
    _MODULI[nome] = modulo
    return modulo.EDIZIONE


class NonInstallata(NonDisponibile):
    """The form of a scheda is not among those of the portal any more."""

    template = "progetti/scheda/non_installata.html"

    def __init__(self, codice: str):
        super().__init__(f"Il modulo «{codice}» di questa scheda non è installato in questo portale.")


class Edizioni(dict[str, Edizione]):
    """By code. What is asked of one that is taken away cannot be answered: raises NonInstallata."""

    def __missing__(self, codice: str) -> Edizione:
        raise NonInstallata(codice)


EDIZIONI = Edizioni(valide(map(carica, settings.EDIZIONI)))


@cache
def impronta(codice: str) -> str:
    """SHA-256 of what dresses an edition beside its reading; of one that is not known any more, of nothing."""
    file = [Path(m.__file__) for m in _MODULI.values() if m.__file__ and codice == m.EDIZIONE.codice]
    vestito = sorted(f for suo in file for modo in ("templates/**/*.html", "word.py") for f in suo.parent.glob(modo))
    return hashlib.sha256(b"".join(hashlib.sha256(f.read_bytes()).digest() for f in vestito)).hexdigest()


def nome_edizione(codice: str) -> str:
    """A form as people tell it from the others: its title and year, «SCHEDA PROGETTO (2014)». The year ends its code."""
    edizione = EDIZIONI.get(codice)
    return f"{edizione.titolo} ({codice.rpartition('-')[2]})" if edizione else codice
