"""The clock of an answer. Pure: it is told what time it is.

Solar hours always run. Working hours run in all 24 hours of the days from Monday to Friday that are not national holidays
(of the patron saints nothing is known here: each comune has its own), by the clocks of Italy.
"""

from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import holidays
from django.utils import timezone
from django.utils.formats import date_format

from conciliazione.atti.termini import Orologio

from ..models import Quesito
from ..stati import APERTI

ROMA = ZoneInfo("Europe/Rome")
ORA = timedelta(hours=1)
SOLARI, LAVORATIVE = "solari", "lavorative"


def entro(chiesto_il: datetime, ore: int, orologio: str) -> datetime:
    """Return the instant by which the answer is due, in UTC: those hours after the question, as that clock counts them."""
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
    """Return how long the clock has still to run until `scade`; negative is how long it has run since."""
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


# What the clock shows to people, the same to who asks and to who answers.

GIORNO = "l j F Y, \\o\\r\\e H:i"


def di(quesito: Quesito, adesso: datetime) -> Orologio:
    """Return the clock of a question, with its sportello at hand."""
    corre = quesito.stato in APERTI
    detto, tono = _corre(quesito, adesso) if corre else _fermo(quesito)
    return Orologio(detto, tono, quesito.entro, corre=corre)


def momento(quando: datetime) -> str:
    """Return «lunedì 23 novembre 2026, ore 10:42», in Italy."""
    return date_format(timezone.localtime(quando), GIORNO).lower()  # Django has capitals here, Italian has none


def durata(quanto: timedelta) -> str:
    """Return «31 ore», «un'ora», «25 minuti»: whole ones, never more than there is."""
    minuti = int(quanto.total_seconds() // 60)
    ore = minuti // 60
    if ore:
        return "un'ora" if ore == 1 else f"{ore} ore"
    return "un minuto" if minuti == 1 else f"{minuti} minuti" if minuti else "meno di un minuto"


def _corre(quesito: Quesito, adesso: datetime) -> tuple[str, str]:
    if adesso >= quesito.entro:
        return f"il termine è passato da {durata(adesso - quesito.entro)}", "critico"
    sportello = quesito.sportello
    manca = resta(adesso, quesito.entro, sportello.orologio)
    lavorative = " (di giorni lavorativi)" if sportello.orologio == LAVORATIVE else ""
    verbo = "resta" if durata(manca).startswith(("un", "meno")) else "restano"
    vicino = manca <= sportello.preavviso_ore * ORA
    return f"{verbo} {durata(manca)}{lavorative}", "attenzione" if vicino else "informativo"


def _fermo(quesito: Quesito) -> tuple[str, str]:
    if quesito.risposto_il is None:
        return "ritirata: l'orologio è fermo", "neutro"
    dopo = f"risposta dopo {durata(quesito.risposto_il - quesito.chiesto_il)}"
    if quesito.risposto_il <= quesito.entro:
        return f"{dopo}, nei termini", "positivo"
    return f"{dopo}, oltre il termine", "critico"
