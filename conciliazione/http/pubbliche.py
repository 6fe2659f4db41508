"""Pages that anyone reads without an account: made once every few minutes, and kept by browsers and proxies too.

Who is logged in gets the same page with their own header, and no cache keeps it (see `middleware.Riservate`).
"""

import hashlib
from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.cache import caches
from django.http import HttpRequest, HttpResponseBase
from django.utils.cache import get_conditional_response, patch_cache_control, patch_vary_headers
from django.views.decorators.http import require_safe

PERSONALI = (settings.SESSION_COOKIE_NAME, "messages")
"""Cookies of somebody in particular: a message waits for one person, and is not for the page that all get."""


def pubblica(vista: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Keep what a view answers to who sends none of those cookies, for whom it is all the same; it sets no cookie itself."""

    @login_not_required
    @require_safe
    @wraps(vista)
    def risponde(request: HttpRequest, *args, **kwargs) -> HttpResponseBase:
        if any(nome in request.COOKIES for nome in PERSONALI):
            risposta = vista(request, *args, **kwargs)
            patch_cache_control(risposta, private=True, no_store=True)
            return risposta
        risposta = caches["pagine"].get(_chiave(request)) or _nuova(request, vista(request, *args, **kwargs))
        patch_cache_control(risposta, public=True, max_age=settings.PUBBLICO_SECONDI)
        # Who logs in must not be shown, by their own browser, the page of before.
        patch_vary_headers(risposta, ["Cookie"])
        return get_conditional_response(request, etag=risposta.get("ETag"), response=risposta)

    return risponde


def _chiave(request: HttpRequest) -> str:
    return hashlib.sha256(request.get_full_path().encode()).hexdigest()


def _nuova(request: HttpRequest, risposta: HttpResponseBase) -> HttpResponseBase:
    """What streams is not kept here: only browsers and proxies do."""
    if risposta.status_code == 200 and not risposta.streaming:
        risposta["ETag"] = f'"{hashlib.sha256(risposta.content).hexdigest()[:32]}"'
        caches["pagine"].set(_chiave(request), risposta, settings.PUBBLICO_SECONDI)
    return risposta
