"""Nothing typed is lost because a session expired: what was sent waits for the log-in, and comes back in its page."""

import secrets
import uuid

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.auth.views import redirect_to_login
from django.contrib.sessions.models import Session
from django.db.models import Q
from django.http import HttpResponse, QueryDict

from ..models import Parcheggio, Utente
from ..models.parcheggi import DURATA

MASSIMO = 1024 * 1024
POSTI = 200
"""Anybody may send something without logging in: beyond these the page gives the text back instead of keeping it."""
BISCOTTO = "ripresa"
"""Name of the signed cookie, and of the parameter that names what is to be taken up."""


def parcheggia(request) -> HttpResponse | None:
    """Keep what was sent and go to the log-in, which leads back to the page; None when there is no room for it."""
    dati = request.POST.copy()
    dati.pop("csrfmiddlewaretoken", None)
    testo = dati.urlencode()
    if len(testo) > MASSIMO or len(request.path) > 300 or Parcheggio.objects.vivi().count() >= POSTI:
        return None
    browser = _browser(request) or secrets.token_urlsafe(32)
    messo = Parcheggio.objects.create(percorso=request.path, dati=testo, browser=browser, utente=_di_chi(request))
    risposta = redirect_to_login(f"{request.path}?{BISCOTTO}={messo.pk}")
    opzioni = {"httponly": True, "samesite": "Lax", "secure": settings.SESSION_COOKIE_SECURE}
    risposta.set_signed_cookie(BISCOTTO, browser, max_age=int(DURATA.total_seconds()), **opzioni)
    return risposta


def da_riprendere(request) -> bool:
    """Whether the address of the page names something that was kept."""
    return BISCOTTO in request.GET


def ripreso(request) -> QueryDict | None:
    """What was kept of this page, for the person and the browser that sent it."""
    trovato = _trova(request)
    return QueryDict(trovato.dati) if trovato else None


def libera(request) -> None:
    """Forget what was parked: it has been saved."""
    if da_riprendere(request) and (trovato := _trova(request)):
        trovato.delete()


def svuota() -> None:
    Parcheggio.objects.scaduti().delete()


def _trova(request) -> Parcheggio | None:
    try:
        chiave = uuid.UUID(request.GET.get(BISCOTTO, ""))
    except ValueError:
        return None
    miei = Parcheggio.objects.vivi().filter(Q(utente=None) | Q(utente=request.user))
    browser = _browser(request)
    return miei.filter(pk=chiave, percorso=request.path, browser=browser).first() if browser else None


def _browser(request) -> str:
    return request.get_signed_cookie(BISCOTTO, default="", max_age=DURATA)


def _di_chi(request) -> Utente | None:
    """Whose the session was: the rows of expired sessions stay until somebody cleans them up."""
    chiave = request.COOKIES.get(settings.SESSION_COOKIE_NAME, "")
    sessione = Session.objects.filter(pk=chiave).first()
    return Utente.objects.filter(pk=sessione.get_decoded().get(SESSION_KEY)).first() if sessione else None
