"""What the clock shows to people, the same to who asks and to who answers."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.formats import date_format

from ..models import Quesito
from ..stati import APERTI
from . import orologio

GIORNO = "l j F Y, \\o\\r\\e H:i"


@dataclass(frozen=True)
class Orologio:
    """`entro` and `entro_detto` are the promise; `detto` says how long is left, or how it went; `tono` is its colour."""

    entro: datetime
    entro_detto: str
    detto: str
    tono: str
    corre: bool


def di(quesito: Quesito, adesso: datetime) -> Orologio:
    """The clock of a question, with its sportello at hand."""
    detto, tono = _corre(quesito, adesso) if quesito.stato in APERTI else _fermo(quesito)
    return Orologio(quesito.entro, momento(quesito.entro), detto, tono, quesito.stato in APERTI)


def momento(quando: datetime) -> str:
    """«lunedì 23 novembre 2026, ore 10:42», in Italy."""
    return date_format(timezone.localtime(quando), GIORNO).lower()  # Django has capitals here, Italian has none


def durata(quanto: timedelta) -> str:
    """«31 ore», «un'ora», «25 minuti»: whole ones, never more than there is."""
    minuti = int(quanto.total_seconds() // 60)
    ore = minuti // 60
    if ore:
        return "un'ora" if ore == 1 else f"{ore} ore"
    return "un minuto" if minuti == 1 else f"{minuti} minuti" if minuti else "meno di un minuto"


def _corre(quesito: Quesito, adesso: datetime) -> tuple[str, str]:
    if adesso >= quesito.entro:
        return f"il termine è passato da {durata(adesso - quesito.entro)}", "critico"
    sportello = quesito.sportello
    manca = orologio.resta(adesso, quesito.entro, sportello.orologio)
    lavorative = " (di giorni lavorativi)" if sportello.orologio == orologio.LAVORATIVE else ""
    verbo = "resta" if durata(manca).startswith(("un", "meno")) else "restano"
    vicino = manca <= sportello.preavviso_ore * orologio.ORA
    return f"{verbo} {durata(manca)}{lavorative}", "attenzione" if vicino else "informativo"


def _fermo(quesito: Quesito) -> tuple[str, str]:
    if quesito.risposto_il is None:
        return "ritirata: l'orologio è fermo", "neutro"
    dopo = f"risposta dopo {durata(quesito.risposto_il - quesito.chiesto_il)}"
    if quesito.risposto_il <= quesito.entro:
        return f"{dopo}, nei termini", "positivo"
    return f"{dopo}, oltre il termine", "critico"
