"""Amounts in euro, as the schede write them and as the portal counts them.

An amount is a `Decimal` of whole cents, never negative, of twelve digits at most (`max_digits=12, decimal_places=2`).
A blank is `None`: it is not zero, and the two print differently on the form.
Nothing here rounds what a person wrote: what cannot be read is refused, with a proposal when one can be guessed.
"""

import re
from collections.abc import Sequence
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from fractions import Fraction

CENTESIMO = Decimal("0.01")
MASSIMO = Decimal("9999999999.99")
SPAZIO_FISSO = "\u00a0"
"""Between «€» and the figures, so that no page breaks a line there; it is read back like any other space."""

# Thousands are parted by one sign only, in threes. No `\d`: it would let in the digits of other scripts.
_INTERO = r"[0-9]+|[1-9][0-9]{0,2}(?:\.[0-9]{3})+|[1-9][0-9]{0,2}(?: [0-9]{3})+|[1-9][0-9]{0,2}(?:'[0-9]{3})+"
_ITALIANO = re.compile(rf"({_INTERO})(?:,([0-9]{{1,2}}))?")
# «2000.00», as the interchange file and the spreadsheets write it. Three digits after a dot are thousands instead.
_CON_IL_PUNTO = re.compile(r"([0-9]+|[1-9][0-9]{0,2}(?:['\ ][0-9]{3})+)\.([0-9]{1,2})")
_VALUTA = re.compile(r"(?:€|euro?\b)\.?", re.IGNORECASE)
_VALUTA_IN_FONDO = re.compile(r"(?:€|(?<![a-z])euro?)\.?$", re.IGNORECASE)
_MENO = r"\-−–—"
"""The signs that people use as a minus, as the inside of a regular expression's brackets."""
_PIU_LUNGO = 60


class ImportoNonLeggibile(ValueError):
    """The text is not an amount. `str()` is a sentence for the person who wrote it.

    scritto: the text as it was written.
    proposta: the amount that was probably meant, or None when guessing would be inventing.
    """

    def __init__(self, scritto: str, perche: str, proposta: Decimal | None = None):
        self.scritto, self.proposta = scritto, proposta
        super().__init__(f"«{_accorcia(scritto.strip())}» {perche}")


def leggi_importo(testo: str) -> Decimal | None:
    """Return the amount that the text says; None for a blank.

    Reads the ways met in the schede: «€ 65.000,00», «39.300,00 €», «€ 12500», «€ 100.000», «**60.741,00**», «2000.00».
    Raises ImportoNonLeggibile for anything else: two commas, three decimals, letters, a minus sign, too large.
    """
    pulito = _pulisci(testo)
    if not pulito:
        return None
    if (valore := _valore(pulito)) is None:
        raise _rifiuto(testo, pulito)
    if valore > MASSIMO:
        raise ImportoNonLeggibile(testo, f"è troppo grande: un importo arriva a {scrivi_importo(MASSIMO)}.")
    return valore


def scrivi_importo(valore: Decimal | None) -> str:
    """Return «1.234,56»; a blank stays blank. Differences may be negative: «-2.000,00».

    A figure with more than two decimals (an average, never a stored amount) is shown half-up.
    """
    if valore is None:
        return ""
    arrotondato = _decimale(valore).quantize(CENTESIMO, ROUND_HALF_UP) + 0  # the sum turns -0.00 into 0.00
    return f"{arrotondato:,.2f}".translate(_ALL_ITALIANA)


def scrivi_euro(valore: Decimal | None) -> str:
    """Return «€ 1.234,56», with a space that does not break the line; a blank stays blank."""
    return "" if valore is None else f"€{SPAZIO_FISSO}{scrivi_importo(valore)}"


def ripartisci(totale: Decimal, pesi: Sequence[Decimal]) -> list[Decimal]:
    """Part an amount in proportion to the weights, by largest remainder: the parts sum to the whole, to the cent.

    Weights that are all zero give equal parts. The cents left over go to the largest remainders, a tie to the first.
    Raises ValueError without weights, with a negative weight, or with a total that is negative or not of whole cents.
    """
    centesimi = _centesimi(totale)
    if not pesi or min(pesi) < 0:
        raise ValueError("ripartisci: servono pesi, e nessuno negativo")
    frazioni = [Fraction(peso) for peso in pesi] if any(pesi) else [Fraction(1)] * len(pesi)
    quote = [centesimi * frazione / sum(frazioni) for frazione in frazioni]
    parti = [int(quota) for quota in quote]
    per_resto = sorted(range(len(quote)), key=lambda i: (parti[i] - quote[i], i))
    for i in per_resto[: centesimi - sum(parti)]:
        parti[i] += 1
    return [parte * CENTESIMO for parte in parti]


def percentuale(parte: Decimal, intero: Decimal) -> Decimal | None:
    """Return how many percent of the whole, half-up to two decimals: only to be shown. None when the whole is zero.

    A limit is never checked on this figure: `entro` compares the amounts.
    """
    if not intero:
        return None
    return (_decimale(parte) * 100 / _decimale(intero)).quantize(CENTESIMO, ROUND_HALF_UP)


def scrivi_percentuale(valore: Decimal | None) -> str:
    """Return «24,62%»; a blank stays blank."""
    return "" if valore is None else f"{scrivi_importo(valore)}%"


def entro(importo: Decimal, percento: Decimal, base: Decimal) -> bool:
    """Whether an amount is within so many percent of the base; exactly at the limit it is."""
    return _decimale(importo) * 100 <= _decimale(percento) * _decimale(base)


def tetto(percento: Decimal, base: Decimal) -> Decimal:
    """Return the largest amount that is `entro` so many percent of the base: rounded down to the cent."""
    return (_decimale(percento) * _decimale(base) / 100).quantize(CENTESIMO, ROUND_DOWN)


_ALL_ITALIANA = str.maketrans(",.", ".,")


def _decimale(valore: Decimal | int) -> Decimal:
    """Let whole numbers in (the sum of no amounts is 0), and no float."""
    if isinstance(valore, float):
        raise TypeError("un importo è un Decimal, mai un float")
    return Decimal(valore)


def _centesimi(totale: Decimal) -> int:
    centesimi = _decimale(totale) * 100
    if centesimi < 0 or centesimi != int(centesimi):
        raise ValueError(f"ripartisci: {totale} non è un importo in centesimi interi")
    return int(centesimi)


def _accorcia(testo: str) -> str:
    return testo if len(testo) <= _PIU_LUNGO else f"{testo[: _PIU_LUNGO - 1]}…"


def _pulisci(testo: str) -> str:
    """Take off what is not the number: spaces of any width, the markdown of a bold total, the currency."""
    testo = " ".join(testo.replace("\u200b", "").replace("\ufeff", "").replace("’", "'").split())
    if testo.startswith("**") and testo.endswith("**"):
        testo = testo.strip("*").strip()
    if (valuta := _VALUTA.match(testo)) and len(testo) > valuta.end():
        testo = testo[valuta.end() :].strip()
    nudo = _VALUTA_IN_FONDO.sub("", testo).strip()
    return nudo or testo


def _valore(pulito: str) -> Decimal | None:
    """The amount, of two decimals, when the text is written in one of the accepted ways."""
    trovato = _ITALIANO.fullmatch(pulito) or _CON_IL_PUNTO.fullmatch(pulito)
    if not trovato:
        return None
    intero, decimali = trovato.groups()
    return Decimal(f"{re.sub('[^0-9]', '', intero)}.{(decimali or '').ljust(2, '0')}")


def _rifiuto(scritto: str, pulito: str) -> ImportoNonLeggibile:
    """Say what is wrong and how to mend it; the first reason that holds."""
    if not re.search("[0-9]", pulito):
        return ImportoNonLeggibile(
            scritto, "non è un importo: scrivilo in cifre, per esempio 1.234,56, o lascia vuoto se non c'è."
        )
    if _negativo(pulito):
        return ImportoNonLeggibile(scritto, "ha il segno meno: un importo non è mai negativo, scrivilo senza segno.")
    if (proposta := _indovina(pulito)) is not None:
        return ImportoNonLeggibile(scritto, f"non è un importo: intendevi {scrivi_importo(proposta)}?", proposta)
    if re.fullmatch(r"[0-9.' ]*,[0-9]{3,}", pulito):
        return ImportoNonLeggibile(scritto, "ha più di due cifre dopo la virgola: i centesimi sono due.")
    return ImportoNonLeggibile(scritto, "non è un importo: scrivilo come 1.234,56, con i punti ogni tre cifre.")


def _negativo(pulito: str) -> bool:
    """A sign before, a sign after, or the brackets of the accountants; «65.000,-» is no minus but «no cents»."""
    return bool(re.match(rf"[{_MENO}]|.*[^.,{_MENO}][{_MENO}]$|\(.*\)$", pulito))


def _indovina(pulito: str) -> Decimal | None:
    """The amount probably meant, when only one reading is likely: every digit stays, in its order."""
    if len(pulito) > _PIU_LUNGO or not (trovato := _QUASI.fullmatch(pulito)):
        return None
    numero = _SEGNI_RIPETUTI.sub(r"\1", trovato[1].strip())
    if (valore := _valore(numero)) is not None:
        return valore if valore <= MASSIMO else None
    *prima, ultimo = re.split("[., ']", numero)
    segni = re.findall("[., ']", numero)
    if len(ultimo) == 3:
        return _migliaia([*prima, ultimo], segni)
    if len(ultimo) > 2 or segni[-1] not in ".," or not _in_gruppi_di_tre(prima):
        return None
    return _entro_il_massimo(f"{''.join(prima) or '0'}.{ultimo.ljust(2, '0')}")


# Words before the figures («circa 5.000,00») are put aside; a word after them («10 mila») changes their worth.
_QUASI = re.compile(rf"(?:[^0-9.,{_MENO}]*[ :(+*=])?([.,]?[0-9][0-9., ']*)[{_MENO}=;:*/. ]*")
_SEGNI_RIPETUTI = re.compile(r" ?([., '])[., ']*")


def _migliaia(gruppi: list[str], segni: list[str]) -> Decimal | None:
    """«1,234,567» is 1.234.567; «1.234,567» may be two things, «0,123» and «1234,567» have three decimals: no guess."""
    tre_decimali = segni == [","] and len(gruppi[0]) > 3
    if len(set(segni)) > 1 or tre_decimali or not _in_gruppi_di_tre(gruppi):
        return None
    return _entro_il_massimo("".join(gruppi))


def _in_gruppi_di_tre(gruppi: list[str]) -> bool:
    """Whether the groups before the cents can be thousands: one group is free, several are threes after the first."""
    return len(gruppi) == 1 or (gruppi[0][:1] > "0" and all(len(gruppo) == 3 for gruppo in gruppi[1:]))


def _entro_il_massimo(cifre: str) -> Decimal | None:
    valore = Decimal(cifre)
    return valore.quantize(CENTESIMO) if valore <= MASSIMO else None
