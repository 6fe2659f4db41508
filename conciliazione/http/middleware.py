"""What stands around every request: its size, its method, who may keep the answer, what the log holds of its address."""

import time
from functools import wraps

from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpResponseNotAllowed
from django.shortcuts import redirect, render
from django.urls import reverse

from . import parcheggio

PEZZO = 1024 * 1024
SECONDI = 60


class TroppoGrande:
    """Before everything that would read the body: what is declared larger than RICHIESTA_MASSIMA gets a 413, and nothing of
    it is kept: it is poured out as it comes."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if _dichiarati(request) <= settings.RICHIESTA_MASSIMA:
            return self.get_response(request)
        _versa(request)
        return render(request, "413.html", status=413)


def _dichiarati(request) -> int:
    detti = request.META.get("CONTENT_LENGTH") or "0"
    return int(detti) if detti.isdecimal() else 0


def _versa(request) -> None:
    fine = time.monotonic() + SECONDI
    try:
        while time.monotonic() < fine and request.read(PEZZO):
            pass
    except OSError:
        pass  # who was sending has gone


class AccessoRichiesto(LoginRequiredMiddleware):
    """As Django's; but what was sent when the log-in had expired waits for it (`parcheggio`), and is forgotten once it has
    been sent again and accepted."""

    def handle_no_permission(self, request, view_func):
        accesso = super().handle_no_permission(request, view_func)
        if not parcheggio.da_tenere(request):
            return accesso
        return parcheggio.parcheggia(request) or self._ridato(request, accesso.url)

    @staticmethod
    def _ridato(request, accesso: str):
        """There is no room to keep it: the words are given back at once."""
        contesto = {"testi": parcheggio.testi(request.POST), "accesso": accesso}
        pagina = render(request, "accesso_scaduto.html", contesto, status=403)
        pagina["Cache-Control"] = "private, no-store"
        return pagina

    def process_response(self, request, response):
        if request.method == "POST" and response.status_code == 302 and request.user.is_authenticated:
            parcheggio.libera(request)
        elif response.status_code == 422 and getattr(request, "ha_ripreso", False):
            response.status_code = 200  # nothing was sent: the form waits to be looked at
        return response


class Riservate:
    """What a logged-in person gets is theirs: no cache keeps it, nor does the browser for who sits there next.

    Adds Cache-Control to every such answer, downloads included, that does not say it itself.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        risposta = self.get_response(request)
        # The header first: /salute/ has its own, and must not look for the person in a database that may be down.
        if not risposta.has_header("Cache-Control") and request.user.is_authenticated:
            risposta["Cache-Control"] = "private, no-store"
        return risposta


class MetodoNonAmmesso:
    """Gives a page to the empty answer 405 of Django's decorators, when a person is there to read it."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        risposta = self.get_response(request)
        if risposta.status_code != 405 or risposta.streaming or risposta.content or not request.accepts("text/html"):
            return risposta
        pagina = render(request, "405.html", status=405)
        pagina["Allow"] = risposta["Allow"]
        return pagina


def solo_post(pagina: str, con: tuple[str, ...] = ("pk",)):
    """Mark an action, not a page: who opens its address (a bookmark, the way back from the log-in) finds the page that has its
    button. `con` are the parts of the address that the page takes.
    """

    def decora(vista):
        @wraps(vista)
        def avvolta(request, **argomenti):
            if request.method == "POST":
                return vista(request, **argomenti)
            if request.method not in ("GET", "HEAD"):
                return HttpResponseNotAllowed(["POST"])
            return redirect(parcheggio.con_la_ripresa(request, reverse(pagina, args=[argomenti[nome] for nome in con])))

        return avvolta

    return decora
