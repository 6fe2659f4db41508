"""Saving that never overwrites what someone else changed.

The form carries, for each field, the fingerprint of the value it was opened with. Database = original: take mine.
Mine = original: keep theirs. Otherwise a conflict, and a person chooses. Pure: nothing here reads or writes a database.
"""

import hashlib
import json
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from .contenuto import Contenuto, tutte_le_righe
from .tipi import Righe, Valori, vuoto

RIGA = "_riga"
"""In place of a field, in a conflict about the row itself: one changed what another removed."""


def impronta(valore: Any) -> str:
    """Short fingerprint of a value. Blank has one of its own, however it is written; line ends and the order of ticks,
    which a browser sends in its own way, make no difference."""
    testo = json.dumps(_senza_browser(valore), sort_keys=True)
    return hashlib.sha256(testo.encode()).hexdigest()[:16]


def _senza_browser(valore: Any) -> Any:
    if isinstance(valore, str | list | None) and vuoto(valore):
        return None
    if isinstance(valore, list) and all(isinstance(v, str) for v in valore):
        return sorted(set(valore))
    return valore.replace("\r\n", "\n").replace("\r", "\n") if isinstance(valore, str) else valore


@dataclass(frozen=True)
class Conflitto:
    """The same field changed by two people; about a whole row, `campo` is RIGA.

    Each text is a Valore; of a whole row its Valori, or None for who removed it.
    """

    riga: str
    campo: str
    mio: Any
    loro: Any


@dataclass
class Esito:
    """What may be written without harm, and what a person must decide."""

    da_scrivere: Righe = field(default_factory=dict)
    da_eliminare: set[str] = field(default_factory=set)
    conflitti: list[Conflitto] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.da_scrivere or self.da_eliminare or self.conflitti)


Impronte = dict[str, dict[str, str]]


def concilia(attuali: Righe, miei: Righe, impronte: Impronte, eliminate: frozenset[str] = frozenset()) -> Esito:
    """Three-way merge of what I typed (`miei`) with what is there now (`attuali`), by field.

    `impronte` are those of the values the form was opened with; a row without any is a new one.
    """
    esito = Esito()
    for riga in eliminate:
        _elimina(riga, attuali, impronte.get(riga, {}), esito)
    for riga, valori in miei.items():
        if riga in eliminate:
            continue
        if riga in attuali:
            _fondi(riga, attuali[riga], valori, impronte.get(riga, {}), esito)
        elif impronte.get(riga):
            _gia_eliminata(riga, valori, impronte[riga], esito)
        elif not all(vuoto(valore) for valore in valori.values()):
            esito.da_scrivere[riga] = dict(valori)
    return esito


def _fondi(riga: str, attuali: Valori, valori: Valori, originali: dict[str, str], esito: Esito) -> None:
    for campo, mio in valori.items():
        loro = attuali.get(campo)
        if impronta(mio) in (impronta(loro), originali.get(campo)):
            continue
        if impronta(loro) == originali.get(campo, impronta(None)):
            esito.da_scrivere.setdefault(riga, {})[campo] = mio
        else:
            esito.conflitti.append(Conflitto(riga, campo, mio, loro))


def _elimina(riga: str, attuali: Righe, originali: dict[str, str], esito: Esito) -> None:
    if riga not in attuali:
        return
    # Without fingerprints nobody knows what was on the page: a person is asked.
    if originali and all(impronta(attuali[riga].get(campo)) == prima for campo, prima in originali.items()):
        esito.da_eliminare.add(riga)
    else:
        esito.conflitti.append(Conflitto(riga, RIGA, None, attuali[riga]))


def _gia_eliminata(riga: str, valori: Valori, originali: dict[str, str], esito: Esito) -> None:
    if any(impronta(valore) != originali.get(campo) for campo, valore in valori.items()):
        esito.conflitti.append(Conflitto(riga, RIGA, valori, None))


# What hangs from a row, and goes away with it.


def rimandi(contenuto: Contenuto) -> dict[str, list[dict[str, Any]]]:
    """For each row, the rows that name it. Made once: a page has hundreds of rows, and each would look at all others."""
    trovati = defaultdict(list)
    for riga in tutte_le_righe(contenuto):
        voci = [voce for valore in riga.values() for voce in (valore if isinstance(valore, list) else [valore])]
        for nominata in {voce for voce in voci if isinstance(voce, str)}:
            trovati[nominata].append(riga)
    return trovati


def appese(contenuto: Contenuto, pk: str, nominata_da: dict[str, list[dict[str, Any]]]) -> str:
    """Fingerprint of what hangs from a row and would go away with it: amounts, and answers of other blocks."""
    risposte = {b: righe[pk] for b, righe in contenuto["risposte"].items() if pk in righe}
    return impronta({"rimandi": [r for r in nominata_da.get(pk, []) if r["id"] != pk], "risposte": risposte})
