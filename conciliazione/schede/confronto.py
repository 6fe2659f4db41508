"""What changed between two states of the same thing: rows that came and went, fields, words. Pure."""

import re
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import NamedTuple

from .salvataggio import impronta
from .tipi import Righe, Valori

UGUALE, TOLTO, MESSO = "uguale", "tolto", "messo"
PAROLA = re.compile(r"\S+\s*|\s+")
TROPPE = 4_000_000
"""Beyond this product of words, two texts are compared paragraph by paragraph: words would take too long."""
CONTORNO = 12
"""Words that are shown on each side of a change, of what did not change."""


class Pezzo(NamedTuple):
    """A stretch of text, and what became of it: UGUALE, TOLTO or MESSO."""

    genere: str
    testo: str


def parole(prima: str, dopo: str) -> list[Pezzo]:
    """The two texts as one, word by word. Joining what is not MESSO gives `prima`, what is not TOLTO `dopo`."""
    vecchie, nuove = PAROLA.findall(prima), PAROLA.findall(dopo)
    testa = _in_comune(vecchie, nuove)
    coda = _in_comune(vecchie[testa:][::-1], nuove[testa:][::-1])
    mezzo = _diverse(vecchie[testa : len(vecchie) - coda], nuove[testa : len(nuove) - coda])
    fine = vecchie[len(vecchie) - coda :]
    pezzi = [Pezzo(UGUALE, "".join(vecchie[:testa])), *mezzo, Pezzo(UGUALE, "".join(fine))]
    return [pezzo for pezzo in pezzi if pezzo.testo]


def _in_comune(uno: list[str], altro: list[str]) -> int:
    """How many words they begin with alike."""
    return next((n for n, (a, b) in enumerate(zip(uno, altro, strict=False)) if a != b), min(len(uno), len(altro)))


def _diverse(vecchie: list[str], nuove: list[str]) -> list[Pezzo]:
    if len(vecchie) * len(nuove) > TROPPE:
        vecchie, nuove = ("".join(parole).splitlines(keepends=True) for parole in (vecchie, nuove))
    pezzi = []
    for genere, i1, i2, j1, j2 in SequenceMatcher(None, vecchie, nuove, autojunk=False).get_opcodes():
        if genere == "equal":
            pezzi.append(Pezzo(UGUALE, "".join(vecchie[i1:i2])))
        else:
            pezzi += [Pezzo(TOLTO, "".join(vecchie[i1:i2])), Pezzo(MESSO, "".join(nuove[j1:j2]))]
    return pezzi


def in_breve(pezzi: list[Pezzo]) -> list[Pezzo]:
    """The same, where long stretches that did not change are cut to what stands beside the changes."""
    ultimo = len(pezzi) - 1
    return [_breve(p, primo=n == 0, ultimo=n == ultimo) if p.genere == UGUALE else p for n, p in enumerate(pezzi)]


def _breve(pezzo: Pezzo, *, primo: bool, ultimo: bool) -> Pezzo:
    parole_ = PAROLA.findall(pezzo.testo)
    if len(parole_) <= 2 * CONTORNO or (primo and ultimo):
        return pezzo
    inizio = [] if primo else parole_[:CONTORNO]
    fine = [] if ultimo else parole_[-CONTORNO:]
    return Pezzo(UGUALE, "".join([*inizio, "[…] ", *fine]))


@dataclass
class Differenza:
    """Between two states of some rows: which are new, which are no more, and of the others the fields that changed."""

    aggiunte: list[str] = field(default_factory=list)
    tolte: list[str] = field(default_factory=list)
    cambiate: dict[str, list[str]] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.aggiunte or self.tolte or self.cambiate)


def righe(prima: Righe, dopo: Righe) -> Differenza:
    """A blank value is a blank value, however it is written, and the order of ticks makes no difference."""
    esito = Differenza(
        aggiunte=[riga for riga in dopo if riga not in prima], tolte=[riga for riga in prima if riga not in dopo]
    )
    for riga in [r for r in dopo if r in prima]:
        if diversi := campi(prima[riga], dopo[riga]):
            esito.cambiate[riga] = diversi
    return esito


def campi(prima: Valori, dopo: Valori) -> list[str]:
    """The fields whose value is not the same."""
    tutti = dict.fromkeys((*prima, *dopo))
    return [campo for campo in tutti if impronta(prima.get(campo)) != impronta(dopo.get(campo))]
