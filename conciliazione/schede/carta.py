"""A paper that is not a scheda: a template draws it from what the request of its file kept."""

import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

from .. import stampa
from . import pdf


@dataclass(frozen=True)
class Carta:
    """`modelli` are its templates: the first draws it, the others are those that the first includes. `altri` are the files
    that say, beside them, what stands in it."""

    modelli: tuple[str, ...]
    altri: tuple[Path, ...] = ()
    foglio: str = "lettera.css"

    @property
    def impronta(self) -> str:
        """What makes the paper beside what it says: when it changes, the paper is made anew."""
        return _impronta(self)

    def html(self, dati: dict[str, Any]) -> str:
        """Return what is printed, as HTML."""
        with translation.override("it"):
            return stampa.stampabile(render_to_string(self.modelli[0], dati))

    def produci(self, file: Any) -> bytes:
        """Return the bytes of a `FileGenerato`, from what its request kept."""
        return pdf.impagina(self.html(file.dati), stampa.foglio(self.foglio))


@cache
def _impronta(carta: Carta) -> str:
    fatta_di = [*carta.altri, *(Path(settings.RADICE) / "templates" / nome for nome in carta.modelli)]
    return hashlib.sha256(pdf.impronta_modello().encode() + b"".join(file.read_bytes() for file in fatta_di)).hexdigest()
