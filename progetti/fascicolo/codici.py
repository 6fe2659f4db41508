"""The code of a paper: sixteen characters that are not mistaken for one another, the last of which checks the others."""

import secrets

ALFABETO = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""Neither 0 and O nor 1, I and L. There are 31, a prime: one character mistyped, or two swapped, never go unseen."""
LUNGHEZZA = 16
PREFISSO = "CIR:"
"""Before the code in the QR: tells our papers from whatever else has a QR on it."""


def nuovo() -> str:
    corpo = "".join(secrets.choice(ALFABETO) for _ in range(LUNGHEZZA - 1))
    return corpo + _controllo(corpo)


def leggi(testo: str) -> str | None:
    """Return the code that a person typed or a QR says, however spaced; None when it is not one of ours."""
    scritto = testo.strip().upper().removeprefix(PREFISSO)
    codice = "".join(segno for segno in scritto if segno not in " -")
    giusto = len(codice) == LUNGHEZZA and set(codice) <= set(ALFABETO) and _controllo(codice[:-1]) == codice[-1]
    return codice if giusto else None


def raggruppa(codice: str) -> str:
    """Return «ABCD-EFGH-JKMN-PQRS», for who reads it aloud."""
    return "-".join(codice[inizio : inizio + 4] for inizio in range(0, len(codice), 4))


def _controllo(corpo: str) -> str:
    somma = sum(peso * ALFABETO.index(segno) for peso, segno in enumerate(corpo, 1))
    # The whole, the check character too (it weighs 16), sums to zero modulo 31: −1/16 is 29 there.
    return ALFABETO[somma * 29 % len(ALFABETO)]


def disegna(codice: str) -> str:
    """Return the QR of a code as an SVG in a `data:` address; a quarter of it may be dirty or scribbled over."""
    import segno

    # Upper case, digits and «:» take the compact writing of QR: the squares are larger, and read from worse scans.
    return segno.make(PREFISSO + codice, error="q", micro=False).svg_data_uri(border=2, omitsize=True)
