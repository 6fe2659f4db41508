"""The frame: what every page shows around its own, the pages that the law wants linked from it, the mail of the demo."""

from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from .accesso import Richiesta
from .http import parcheggio
from .models import Messaggio


def portale(request: Richiesta) -> dict[str, Any]:
    """Context processor: what every page shows around its own content."""
    return {
        "dimostrazione": settings.DIMOSTRAZIONE,
        "ente_gestore": settings.ENTE_GESTORE,
        "dichiarazione_accessibilita": settings.DICHIARAZIONE_ACCESSIBILITA,
        # Asked of the database only by a page that has the bell: fragments and errors have none.
        "da_leggere": lambda: request.user.notifiche.da_leggere().count(),
        "ritorno": parcheggio.ritorno(request),
    }


@login_not_required
def privacy(request: HttpRequest) -> HttpResponse:
    return render(request, "conciliazione/pagine/privacy.html")


@login_not_required
def accessibilita(request: HttpRequest) -> HttpResponse:
    return render(request, "conciliazione/pagine/accessibilita.html")


@login_not_required
def note_legali(request: HttpRequest) -> HttpResponse:
    return render(request, "conciliazione/pagine/note_legali.html")


def posta_demo(request: HttpRequest) -> HttpResponse:
    """Show the mail that the portal would have sent: in the demo, nowhere else."""
    if not settings.DIMOSTRAZIONE:
        raise Http404
    return render(request, "conciliazione/pagine/posta.html", {"messaggi": Messaggio.objects.all()[:50]})
