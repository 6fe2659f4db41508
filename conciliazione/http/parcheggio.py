"""Nothing typed is lost because a session expired: what was sent waits for the log-in, and comes back in its page."""

import secrets
import uuid
from dataclasses import dataclass
from urllib.parse import quote

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.auth.views import redirect_to_login
from django.contrib.sessions.models import Session
from django.db.models import Q
from django.http import HttpResponse, QueryDict

from ..models import Parcheggio, Utente
from ..models.parcheggi import DURATA

MASSIMO = 1024 * 1024
POSTI, POSTI_DI_UNO = 200, 20
"""Anybody may send something without logging in: beyond these the page gives the text back instead of keeping it. Who is
known has places of its own, that no stranger takes."""
GETTONE = "csrfmiddlewaretoken"
CON_FILE = "parcheggio-con-file"
"""Among what is kept: there was a file too, which is not."""
BISCOTTO = "ripresa"
"""Name of the signed cookie, and of the parameter that names what is to be taken up."""


def inviati(request) -> QueryDict | None:
    """Return what was typed in the forms of this page: just sent or, on the page opened again after the log-in, what had been
    sent when it had expired.

    The forms are shown as they were filled in; only a POST does anything with them.
    """
    if request.method == "POST":
        return request.POST
    trovati = ripreso(request)
    request.ha_ripreso = trovati is not None
    return trovati


def da_tenere(request) -> bool:
    """Whether a person sent it from a page, and typed or chose something in it. Passwords are never kept."""
    if request.method != "POST" or request.headers.get("Sec-Fetch-Mode", "navigate") != "navigate":
        return False
    nomi = {nome for nome, valori in request.POST.lists() if any(valore.strip() for valore in valori)}
    return bool(nomi - {GETTONE}) and not any("password" in nome for nome in nomi)


def parcheggia(request) -> HttpResponse | None:
    """Keep what was sent and go to the log-in, which leads back to the page; None when there is no room for it."""
    dati = request.POST.copy()
    dati.pop(GETTONE, None)
    if request.FILES:
        dati[CON_FILE] = "1"
    testo = dati.urlencode()
    utente = _di_chi(request)
    if len(testo) > MASSIMO or len(request.path) > 300 or "\0" in request.path or _pieno(utente):
        return None
    browser = _browser(request) or secrets.token_urlsafe(32)
    # Sent twice, it is the same thing that waits.
    Parcheggio.objects.filter(browser=browser, percorso=request.path, dati=testo).delete()
    messo = Parcheggio.objects.create(percorso=request.path, dati=testo, browser=browser, utente=utente)
    risposta = redirect_to_login(f"{request.path}?{BISCOTTO}={messo.pk}")
    opzioni = {"httponly": True, "samesite": "Lax", "secure": settings.SESSION_COOKIE_SECURE}
    risposta.set_signed_cookie(BISCOTTO, browser, max_age=int(DURATA.total_seconds()), **opzioni)
    return risposta


def _pieno(utente: Utente | None) -> bool:
    occupati = Parcheggio.objects.vivi().filter(utente=utente).count()
    return occupati >= (POSTI if utente is None else min(POSTI, POSTI_DI_UNO))


def testi(dati: QueryDict) -> list[str]:
    """Return what was written in words, of what a page sent."""
    return [valore for _, valori in dati.lists() for valore in valori if " " in valore.strip()]


def da_riprendere(request) -> bool:
    """Whether the address of the page names something that was kept."""
    return BISCOTTO in request.GET


def ripreso(request) -> QueryDict | None:
    """Return what was kept of this page, for the person and the browser that sent it."""
    trovato = _trova(request)
    return QueryDict(trovato.dati) if trovato else None


@dataclass(frozen=True)
class Ritorno:
    """What a page says to who comes back from a log-in that had expired."""

    ripreso: bool = False
    """Whether the page shows again what had been sent."""
    con_file: bool = False
    testi: tuple[str, ...] = ()
    """What had been written, where the page has no form for it any more."""
    perso: bool = False


def ritorno(request) -> Ritorno | None:
    """Return None for a page that nobody comes back to."""
    if not da_riprendere(request) or request.method == "POST":
        return None
    trovato = _trova(request, altrove=True)
    if trovato is None:
        return Ritorno(perso=True)
    dati = QueryDict(trovato.dati)
    con_file = CON_FILE in dati
    if getattr(request, "ha_ripreso", False):
        return Ritorno(ripreso=True, con_file=con_file)
    return Ritorno(testi=tuple(testi(dati)), con_file=con_file)


def con_la_ripresa(request, url: str) -> str:
    """The address of another page to which what was sent goes along."""
    return f"{url}?{BISCOTTO}={quote(request.GET[BISCOTTO])}" if da_riprendere(request) else url


def libera(request) -> None:
    """Forget what was parked: it has been saved."""
    if da_riprendere(request) and (trovato := _trova(request)):
        trovato.delete()


def svuota() -> None:
    Parcheggio.objects.scaduti().delete()


def _trova(request, *, altrove: bool = False) -> Parcheggio | None:
    if not request.user.is_authenticated:
        return None
    try:
        chiave = uuid.UUID(request.GET.get(BISCOTTO, ""))
    except ValueError:
        return None
    miei = Parcheggio.objects.vivi().filter(Q(utente=None) | Q(utente=request.user))
    browser = _browser(request)
    di_questa = {} if altrove else {"percorso": request.path}
    return miei.filter(pk=chiave, browser=browser, **di_questa).first() if browser else None


def _browser(request) -> str:
    return request.get_signed_cookie(BISCOTTO, default="", max_age=DURATA)


def _di_chi(request) -> Utente | None:
    """Whose the session was: the rows of expired sessions stay until somebody cleans them up."""
    chiave = request.COOKIES.get(settings.SESSION_COOKIE_NAME, "")
    sessione = Session.objects.filter(pk=chiave).first()
    return Utente.objects.filter(pk=sessione.get_decoded().get(SESSION_KEY)).first() if sessione else None
