"""«Cosa devo fare»: one dated page for all the enti of a person, and the same as a calendar."""

from datetime import datetime, time, timedelta
from itertools import groupby

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from ..models import Utente
from . import calendario, da_fare
from .da_fare import Cosa

QUANDO = ("scadute", "entro oggi", "questa settimana", "più avanti", "senza una scadenza")


def pagina(request):
    tutte = da_fare.di(request.user)
    enti = sorted({c.ente for c in tutte}, key=str.casefold)
    scelto = request.GET.get("ente", "")
    scelto = scelto if scelto in enti else ""
    cose = [c for c in tutte if scelto in ("", c.ente)]
    contesto = {"enti": enti, "scelto": scelto, "gruppi": per_ente(cose, timezone.localtime()), "quante": len(cose)}
    return render(request, "conciliazione/messaggi/da_fare.html", contesto)


def per_ente(cose: list[Cosa], adesso: datetime) -> list[tuple[str, list]]:
    """By ente, and of each by time."""
    in_ordine = sorted(cose, key=lambda c: c.ente.casefold())  # stable: of each ente the order of time is kept
    return [(ente, per_tempo(list(sue), adesso)) for ente, sue in groupby(in_ordine, key=lambda c: c.ente)]


def per_tempo(cose: list[Cosa], adesso: datetime) -> list[tuple[str, list[Cosa]]]:
    """What is late, of today, of this week (until Sunday night), of later, of no day."""
    posti: dict[str, list[Cosa]] = {quando: [] for quando in QUANDO}
    for cosa in cose:
        posti[quando_e(cosa, adesso)].append(cosa)
    return [(quando, sue) for quando, sue in posti.items() if sue]


def quando_e(cosa: Cosa, adesso: datetime) -> str:
    if cosa.entro is None:
        return QUANDO[4]
    if cosa.entro < adesso:
        return QUANDO[0]
    qui = timezone.localtime(cosa.entro)
    if qui.date() == adesso.date():
        return QUANDO[1]
    domenica = datetime.combine(adesso.date() + timedelta(days=6 - adesso.weekday()), time.max, adesso.tzinfo)
    return QUANDO[2] if qui <= domenica else QUANDO[3]


def scarica(request):
    """The calendar of today, to be opened once."""
    return _calendario(request.user, "attachment")


@login_not_required
def abbonamento(request, chiave):
    """The calendar that a program asks for by itself: who has its key reads it, and nobody else knows that it is there."""
    return _calendario(get_object_or_404(Utente, calendario=chiave, is_active=True), "inline")


def _calendario(utente: Utente, come: str) -> HttpResponse:
    risposta = HttpResponse(calendario.ics(da_fare.di(utente), timezone.now()), content_type=calendario.TIPO)
    risposta["Content-Disposition"] = f'{come}; filename="cosa-devo-fare.ics"'
    risposta["Cache-Control"] = "private, no-store"
    return risposta
