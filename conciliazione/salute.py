"""Whether the portal works: for who watches it, and for the demo that waits to be ready."""

import logging
import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from celery import current_app
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import connection, transaction
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from .file.lavori import connessione

registro = logging.getLogger(__name__)


def lavoratori(nodi: list[str] | None = None, attesa: float = 3) -> list[dict[str, Any]]:
    """Return the Celery workers that answer a ping, over a connection of its own; raises what a broker that is down raises.

    One answer is enough, and is not waited beyond: only a worker that is busy or dead takes the whole of it (seconds).
    """
    with connessione() as propria:
        propria.ensure_connection(max_retries=1, interval_start=0, interval_step=0)
        return current_app.control.ping(nodi, timeout=attesa, connection=propria, limit=len(nodi or [0]))


def _database() -> bool:
    with connection.cursor() as cursore:
        cursore.execute("SELECT 1")
        return cursore.fetchone() == (1,)


def _archivio() -> bool:
    """Writes a file where the attachments go and reads it back."""
    cartella, prova = Path(settings.MEDIA_ROOT), os.urandom(16)
    cartella.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=cartella, prefix=".salute-") as file:
        file.write(prova)
        file.flush()
        return Path(file.name).read_bytes() == prova


def _va(nome: str, controllo: Callable[[], Any]) -> bool:
    """Whether a check succeeds. Why it does not is for the log: the page is public."""
    try:
        return bool(controllo())
    except Exception as errore:
        registro.warning("salute: %s non va: %s: %s", nome, type(errore).__name__, errore)
        return False


def _broker_e_lavoratore() -> dict[str, bool]:
    risposte: list[Any] = []

    def interroga() -> bool:
        risposte.extend(lavoratori())
        return True

    return {"broker": _va("broker", interroga), "lavoratore": bool(risposte)}


@login_not_required
@never_cache
@require_safe
@transaction.non_atomic_requests
def salute(request: HttpRequest) -> JsonResponse:
    """200 when everything the portal needs works, otherwise 503; which of them does not, in both cases."""
    esito = {"database": _va("database", _database), **_broker_e_lavoratore(), "archivio": _va("archivio", _archivio)}
    bene = all(esito.values())
    return JsonResponse({"stato": "ok" if bene else "guasto", **esito}, status=200 if bene else 503)
