"""Fetch and check in one call: a stranger gets 404, a reader who may not do this gets 403."""

from collections.abc import Callable

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404

from progetti.accesso import progetto_visibile
from progetti.models import Progetto

from . import permessi
from .models import MisuraIncentivo, RichiestaIncentivo


def progetto_gestibile(request, pk) -> Progetto:
    """A project whose measures the person writes."""
    return progetto_visibile(request, pk, permessi.puo_gestire)


def misura_visibile(request, pk, puo: Callable | None = None, *, blocca: bool = False) -> MisuraIncentivo:
    misure = MisuraIncentivo.objects.visibili_a(request.user)
    if blocca:
        misure = misure.select_for_update(of=("self",), no_key=True)
    misura = get_object_or_404(misure.select_related("progetto__capofila", "progetto__avviso", "azione"), pk=pk)
    if puo is not None and not puo(request.user, misura):
        raise PermissionDenied
    return misura


def richiesta_visibile(request, pk, puo: Callable | None = None, *, blocca: bool = False) -> RichiestaIncentivo:
    """`blocca` locks its row until commit."""
    richieste = RichiestaIncentivo.objects.visibili_a(request.user)
    if blocca:
        richieste = richieste.select_for_update(of=("self",), no_key=True)
    legate = ("misura__progetto__capofila", "misura__azione", "ente", "dichiarata_da", "decisa_da")
    richiesta = get_object_or_404(richieste.select_related(*legate), pk=pk)
    if puo is not None and not puo(request.user, richiesta):
        raise PermissionDenied
    return richiesta
