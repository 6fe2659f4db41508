"""Boxes to tick on a paper: which of the printed options bears a mark, before it or after it."""

import re

from .parole import PAROLA, chiave

SEGNI = frozenset("xXхХ✓✔✗✘☒☑■●✕×⊠")
"""Latin and Cyrillic, and the signs of the word processors."""
VUOTE = frozenset("☐□○▢❏❑❒◻")
QUADRA = re.compile(r"\[\s*([^\]\s]?)\s*\]|\(\s*([xXхХ]?)\s*\)")


def segnate(testo: str, opzioni: dict[str, str]) -> tuple[list[str], set[tuple[int, int]]]:
    """The keys of the ticked options, and the stretches of text where options stand (ticked or not)."""
    piano = QUADRA.sub(lambda m: ("☒" if (m[1] or m[2]) else "☐").ljust(len(m[0])), testo)
    posti = _posti(piano, opzioni)
    if not posti:
        return [], set()
    davanti = _segno(piano[: posti[0][0]]) is not None
    scelte = []
    for n, (inizio, fine, opzione) in enumerate(posti):
        prima = piano[posti[n - 1][1] if n else 0 : inizio]
        dopo = piano[fine : posti[n + 1][0] if n + 1 < len(posti) else len(piano)]
        if _segno(prima if davanti else dopo, in_fondo=davanti):
            scelte.append(opzione)
    return [o for o in opzioni if o in scelte], {(i, f) for i, f, _ in posti}


def _segno(tratto: str, *, in_fondo: bool = True) -> bool | None:
    """Whether the box next to the option is ticked; None where there is no box."""
    pezzi = [p for p in re.split(r"[\s:;,.\-–•*]+", tratto.strip()) if p]
    if not pezzi:
        return None
    vicino = pezzi[-1] if in_fondo else pezzi[0]
    if vicino and set(vicino) <= SEGNI:
        return True
    return False if set(vicino) <= VUOTE else None


def _posti(testo: str, opzioni: dict[str, str]) -> list[tuple[int, int, str]]:
    """Where each option stands, the longest first: one is often the beginning of another."""
    presi: list[tuple[int, int, str]] = []
    parole = [(chiave(p[0]), p.start(), p.end()) for p in PAROLA.finditer(testo)]
    for opzione, etichetta in sorted(opzioni.items(), key=lambda voce: -len(voce[1])):
        modi = dict.fromkeys((chiave(etichetta), chiave(re.sub(r"\s*\([^()]*\)\s*$", "", etichetta))))
        for n in range(len(parole)):
            fine = next((f for modo in modi if (f := _fine(parole, n, modo))), 0)
            if fine and not any(i < fine and parole[n][1] < f for i, f, _ in presi):
                presi.append((parole[n][1], fine, opzione))
                break
    return sorted(presi)


def _fine(parole: list[tuple[str, int, int]], da: int, cercata: str) -> int:
    letto = ""
    for parola, _, fine in parole[da:]:
        letto += parola
        if letto == cercata:
            return fine
        if not cercata.startswith(letto):
            return 0
    return 0


def resto(testo: str, posti: set[tuple[int, int]]) -> str:
    """What stands among the options and is neither one of them nor a mark."""
    lettere = list(testo)
    for inizio, fine in posti:
        lettere[inizio:fine] = " " * (fine - inizio)
    parole = re.split(r"[\s\[\]()]+", "".join(lettere))
    return " ".join(p for p in parole if p and not set(p) <= (SEGNI | VUOTE) and PAROLA.search(p))
