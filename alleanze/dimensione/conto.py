"""How large a firm is: Annex I to Reg. (UE) 651/2014, articles 2, 3 and 6. Pure functions of what was declared.

Not seen here, because the declaration does not ask it: the two years that a change of class takes (art. 4, par. 2), and
the firm that public bodies own for a quarter or more (art. 3, par. 4).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple, Protocol

from conciliazione.italiano.importi import scrivi_euro

MICRO, PICCOLA, MEDIA, GRANDE = "micro", "piccola", "media", "grande"
NOMI = {MICRO: "microimpresa", PICCOLA: "piccola impresa", MEDIA: "media impresa", GRANDE: "grande impresa"}
QUOTA_MINIMA, QUOTA_MASSIMA = Decimal(25), Decimal(50)
"""Percent: below, a firm is autonomous and does not count; above, it is linked and counts whole (art. 3, par. 2 and 3)."""


class Soglia(NamedTuple):
    """Under so many ULA, and within one of the two amounts, in euro."""

    classe: str
    ula: Decimal
    fatturato: Decimal
    bilancio: Decimal


SOGLIE = (
    Soglia(MICRO, Decimal(10), Decimal(2_000_000), Decimal(2_000_000)),
    Soglia(PICCOLA, Decimal(50), Decimal(10_000_000), Decimal(10_000_000)),
    Soglia(MEDIA, Decimal(250), Decimal(50_000_000), Decimal(43_000_000)),
)


class Cifre(Protocol):
    """What is declared of a firm; an amount that is not known is None."""

    ula: Decimal
    fatturato: Decimal | None
    bilancio: Decimal | None


class Legata(Cifre, Protocol):
    legame: str
    quota: Decimal | None
    """Percent; of who is «collegata» it does not matter."""


class Totale(NamedTuple):
    ula: Decimal
    fatturato: Decimal | None
    bilancio: Decimal | None


def classe(ula: Decimal, fatturato: Decimal | None, bilancio: Decimal | None) -> str:
    """Return the class (art. 2): of turnover and balance sheet it is enough that one is within; a missing one does not count.

    "" when both are missing: with the ULA alone nobody can say.
    """
    if fatturato is None and bilancio is None:
        return ""
    return next((s.classe for s in SOGLIE if ula < s.ula and _entro(s, fatturato, bilancio)), GRANDE)


def _entro(soglia: Soglia, fatturato: Decimal | None, bilancio: Decimal | None) -> bool:
    return (fatturato is not None and fatturato <= soglia.fatturato) or (bilancio is not None and bilancio <= soglia.bilancio)


def percento(legata: Legata) -> Decimal:
    """Return how much of it counts: linked whole, associated pro quota (art. 6, par. 2 and 3)."""
    return Decimal(100) if legata.legame == "collegata" else legata.quota


def totale(propria: Cifre, legate: Iterable[Legata] = ()) -> Totale:
    """Return the figures of the firm with those of the others, exact. What is not known of one is not known of the whole."""
    pesate = [(Decimal(100), propria), *((percento(altra), altra) for altra in legate)]
    return Totale(*(_somma((peso, getattr(cifre, campo)) for peso, cifre in pesate) for campo in Totale._fields))


def _somma(addendi: Iterable[tuple[Decimal, Decimal | None]]) -> Decimal | None:
    addendi = list(addendi)
    if any(valore is None for _, valore in addendi):
        return None
    return sum((peso * valore / 100 for peso, valore in addendi), Decimal(0))


@dataclass(frozen=True)
class Conto:
    """The working, as people read it: «9,50 ULA + 25% di 12,00 = 12,50 ULA»."""

    classe: str
    righe: list[tuple[str, str]]

    @property
    def nome(self) -> str:
        return NOMI.get(self.classe, "non si può dire")


def conto(propria: Cifre, legate: Iterable[Legata] = ()) -> Conto:
    legate = list(legate)
    insieme = totale(propria, legate)
    righe = [
        ("Unità lavorative-anno", _riga("ula", propria, legate, insieme, scrivi_ula, " ULA")),
        ("Fatturato annuo", _riga("fatturato", propria, legate, insieme, _euro)),
        ("Totale di bilancio annuo", _riga("bilancio", propria, legate, insieme, _euro)),
    ]
    return Conto(classe(*insieme), righe)


def _riga(campo: str, propria: Cifre, legate: list, insieme: Totale, scrivi, unita: str = "") -> str:
    if getattr(insieme, campo) is None:
        return "non indicato" if getattr(propria, campo) is None else "non indicato per tutte le imprese: non si somma"
    addendi = [f"{scrivi(getattr(propria, campo))}{unita}"]
    addendi += [f"{scrivi_quota(percento(altra))} di {scrivi(getattr(altra, campo))}" for altra in legate]
    somma = f" = {scrivi(getattr(insieme, campo))}{unita}" if legate else ""
    return " + ".join(addendi) + somma


def scrivi_ula(valore: Decimal) -> str:
    """Return the figure with two decimals, and as many more as there are: near a threshold a rounded figure would lie."""
    intero, _, decimali = f"{valore:f}".partition(".")
    return f"{int(intero):,}".replace(",", ".") + "," + decimali.rstrip("0").ljust(2, "0")


def scrivi_quota(valore: Decimal) -> str:
    """Return «25%», «33,33%»."""
    return f"{scrivi_ula(valore).removesuffix(',00')}%"


def _euro(valore: Decimal) -> str:
    return scrivi_euro(valore.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP))


def conto_di(dichiarazione) -> Conto:
    """Return the count of a `DichiarazioneDimensione`, with its linked firms."""
    return conto(dichiarazione, dichiarazione.legate.all())


def di_oggi(ente) -> str:
    """Return the class of the last declaration of an ente, or ""."""
    ultima = ente.dichiarazioni_dimensione.prefetch_related("legate").order_by("-del_giorno", "-pk").first()
    return conto_di(ultima).classe if ultima else ""
