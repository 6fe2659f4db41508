"""A request that is too large is answered with a page, and nothing of it is kept: it is poured out as it comes.

Browsers show no answer to who is still sending: so it is read to its end, for a while.
"""

import time

from django.conf import settings
from django.shortcuts import render

PEZZO = 1024 * 1024
SECONDI = 60


class TroppoGrande:
    """Before everything that would read the body: what is declared larger than RICHIESTA_MASSIMA gets a 413."""

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
