"""How amounts, percentages, days and months read on a page. Built into every template: no `{% load %}`.

A blank stays blank, as on the printed form. Values come from the database (`Decimal`, `date`) or as they travel in a
scheda (`"65000.00"`, `"2015-12-31"`, `"2014-10"`); a text that is none of these is shown as it was written.
"""

from collections.abc import Callable, Iterable
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from django import template
from django.utils.timezone import is_aware, localtime

from ..italiano import importi
from ..italiano.date import scrivi_data, scrivi_mese
from ..italiano.parole import quanti

register = template.Library()


@register.filter
def importo(valore: Decimal | str | None) -> str:
    """Return «1.234,56»."""
    return _numero(valore, importi.scrivi_importo)


@register.filter
def euro(valore: Decimal | str | None) -> str:
    """Return «€ 1.234,56», on one line."""
    return _numero(valore, importi.scrivi_euro)


@register.filter
def percento(valore: Decimal | str | None) -> str:
    """Return «24,62%»."""
    return _numero(valore, importi.scrivi_percentuale)


@register.filter
def data(valore: date | str | None) -> str:
    """Return «21/11/2026»; of a moment, the day it is in Italy."""
    if _vuoto(valore):
        return ""
    try:
        return scrivi_data(_qui(valore))
    except ValueError:
        return valore


@register.filter
def data_ora(valore: datetime | str | None) -> str:
    """Return «21/11/2026 alle 10:42», in Italy's time."""
    if _vuoto(valore):
        return ""
    try:
        return f"{data(valore)} alle {_qui(valore):%H:%M}"
    except ValueError:
        return valore


@register.filter
def mese(valore: str | date | None) -> str:
    """Return «ottobre 2014»."""
    if _vuoto(valore):
        return ""
    try:
        return scrivi_mese(valore if isinstance(valore, str) else f"{_qui(valore):%Y-%m}")
    except ValueError:
        return valore


@register.filter
def elenco_it(valori: Iterable[object] | None) -> str:
    """Return «a, b e c»; «ed» before an e."""
    *primi, ultimo = [str(valore) for valore in valori or [""]] or [""]
    congiunzione = " ed " if ultimo[:1].lower() == "e" else " e "
    return f"{', '.join(primi)}{congiunzione if primi else ''}{ultimo}"


@register.filter
def plurale(numero: int, parole: str) -> str:
    """Return «1 progetto», «3 progetti»: `{{ n|plurale:"progetto,progetti" }}`."""
    uno, molti = parole.split(",")
    return quanti(numero, uno, molti)


def _vuoto(valore: object) -> bool:
    return valore is None or valore == ""


def _numero(valore: Decimal | str | None, scrivi: Callable[[Decimal], str]) -> str:
    if _vuoto(valore):
        return ""
    try:
        return scrivi(Decimal(valore) if isinstance(valore, str) else valore)
    except InvalidOperation:
        return valore


def _qui(valore: date | str) -> date:
    """Moments are kept in UTC: shortly after midnight in Italy it is still the day before there.

    Raises ValueError for a text that is not a date as it travels.
    """
    if isinstance(valore, str):
        valore = (datetime if "T" in valore else date).fromisoformat(valore)
    return localtime(valore) if isinstance(valore, datetime) and is_aware(valore) else valore
