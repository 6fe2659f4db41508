"""The clock of an answer. Pure: it is told what time it is.

Solar hours always run. Working hours run in all 24 hours of the days from Monday to Friday that are not national holidays
(of the patron saints nothing is known here: each comune has its own), by the clocks of Italy.
"""

from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import holidays

ROMA = ZoneInfo("Europe/Rome")
ORA = timedelta(hours=1)
SOLARI, LAVORATIVE = "solari", "lavorative"


def entro(chiesto_il: datetime, ore: int, orologio: str) -> datetime:
    """The instant by which the answer is due, in UTC: those hours after the question, as that clock counts them."""
    da = chiesto_il.astimezone(UTC)
    manca = ore * ORA
    if orologio == SOLARI:
        return da + manca
    giorno = chiesto_il.astimezone(ROMA).date()
    while True:
        inizio, fine = _durata(giorno)
        dura = max(fine - max(da, inizio), timedelta()) if lavorativo(giorno) else timedelta()
        if manca <= dura:
            return max(da, inizio) + manca
        manca -= dura
        giorno += timedelta(days=1)


def resta(adesso: datetime, scade: datetime, orologio: str) -> timedelta:
    """How long the clock has still to run until `scade`; negative is how long it has run since."""
    adesso, scade = adesso.astimezone(UTC), scade.astimezone(UTC)
    if orologio == SOLARI:
        return scade - adesso
    return _lavorato(adesso, scade) if adesso <= scade else -_lavorato(scade, adesso)


def lavorativo(giorno: date) -> bool:
    return giorno.weekday() < 5 and giorno not in _festivi(giorno.year)


@cache
def _festivi(anno: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays("IT", years=anno))


def _durata(giorno: date) -> tuple[datetime, datetime]:
    """The two midnights of a day, in UTC: between two times of one zone Python counts by the dial, not by what elapses."""
    domani = giorno + timedelta(days=1)
    inizio, fine = (datetime.combine(g, time.min, ROMA).astimezone(UTC) for g in (giorno, domani))
    return inizio, fine


def _lavorato(dal: datetime, al: datetime) -> timedelta:
    giorno, ultimo = dal.astimezone(ROMA).date(), al.astimezone(ROMA).date()
    somma = timedelta()
    while giorno <= ultimo:
        if lavorativo(giorno):
            inizio, fine = _durata(giorno)
            somma += min(al, fine) - max(dal, inizio)
        giorno += timedelta(days=1)
    return somma
