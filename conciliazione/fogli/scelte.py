"""What the person chose on the page of the preview, as it comes back with it."""

import json
import re
import uuid
from dataclasses import dataclass, field
from typing import ClassVar

from django.http import QueryDict

from . import FoglioIllegibile

NUOVA, SALTA = "nuova", "salta"


@dataclass
class Scelte:
    """intestazione: the row of the headings (0: none; None: to be found). colonne: index → chiave (None: to be found).

    righe: number → id, NUOVA or SALTA. corrette: the cells typed anew. viste: what the page showed (see `Anteprima.viste`).
    """

    Viste: ClassVar = dict[str, dict]

    seme: uuid.UUID = field(default_factory=uuid.uuid4)
    """What the names of the new rows are made from: sent twice, they are the same rows."""
    intestazione: int | None = None
    colonne: dict[int, str] | None = None
    righe: dict[int, str] = field(default_factory=dict)
    corrette: dict[tuple[int, int], str] = field(default_factory=dict)
    svuotate: set[tuple[int, int]] = field(default_factory=set)
    viste: Viste = field(default_factory=dict)
    rivista: bool = False
    """Whether the page is shown again because the confirmation came with other choices than those it showed."""

    @classmethod
    def da(cls, dati: QueryDict, *, conferma: bool) -> "Scelte":
        """Return what was chosen on the page. Before the confirmation what the person left as it was is looked for again.

        Raises FoglioIllegibile for what no page of ours sends.
        """
        viste = _oggetto(dati.get("viste", ""))
        nuova = dati.get("intestazione", "") != dati.get("intestazione-prima", "")
        return cls(
            seme=_seme(dati.get("seme", "")),
            intestazione=_intero(dati.get("intestazione", "")),
            colonne=None if nuova else {k[0]: v for k, v in _numerati(dati, "colonna", 1)},
            righe={} if nuova else {n: v for (n,), v in _numerati(dati, "riga", 1) if conferma or _scelta(viste, n, v)},
            corrette=dict(_numerati(dati, "cella", 2)),
            svuotate={dove for dove, _ in _numerati(dati, "svuota", 2)},
            viste=viste,
        )

    def impronte(self, numero: int) -> dict[str, str]:
        """Return the fingerprints of the values that the page showed for a row of the sheet."""
        viste = self.viste.get(str(numero), {}).get("impronte", {})
        return {str(k): str(v) for k, v in viste.items()} if isinstance(viste, dict) else {}


def _scelta(viste: dict, numero: int, valore: str) -> bool:
    return viste.get(str(numero), {}).get("proposta") != valore


def _numerati(dati: QueryDict, prefisso: str, quanti: int):
    """The inputs named «cella-7-2», with their numbers."""
    forma = re.compile(prefisso + r"-([0-9]{1,7})" * quanti)
    for nome in dati:
        if trovato := forma.fullmatch(nome):
            yield tuple(map(int, trovato.groups())), dati[nome]


def _oggetto(scritto: str) -> dict:
    try:
        letto = json.loads(scritto or "{}")
    except (ValueError, RecursionError):
        letto = None
    if not isinstance(letto, dict) or not all(isinstance(v, dict) for v in letto.values()):
        raise FoglioIllegibile("La pagina non è arrivata intera: carica o incolla di nuovo la tabella.")
    return letto


def _seme(scritto: str) -> uuid.UUID:
    try:
        return uuid.UUID(scritto)
    except ValueError:
        return uuid.uuid4()


def _intero(scritto: str) -> int | None:
    return int(scritto) if scritto.isascii() and scritto.isdecimal() and len(scritto) < 8 else None
