"""Fetch and check in one call: a stranger gets 404, a reader who may not do this 403."""

from collections.abc import Callable

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404

from ..accesso import alleanza_visibile
from ..models import Alleanza, Quesito, Sportello
from . import permessi


def quesito_visibile(request, pk, puo: Callable | None = None) -> Quesito:
    """A question of one's own or of one's own sportello and, given a predicate, one that the person may act upon."""
    visibili = Quesito.objects.visibili_a(request.user).select_related("sportello__alleanza__capofila", "segue")
    quesito = get_object_or_404(visibili.select_related("chiesto_da", "esperto", "risposto_da"), pk=pk)
    if puo is not None and not puo(request.user, quesito):
        raise PermissionDenied
    return quesito


def del_mio_sportello(request, pk) -> Quesito:
    """One that the person answers, or sees to it that somebody does; in whatever state it is."""
    return quesito_visibile(request, pk, lambda utente, quesito: permessi.tiene(utente, quesito.sportello))


def mio(request, pk) -> Quesito:
    """One that the person put."""
    return quesito_visibile(request, pk, lambda utente, quesito: quesito.chiesto_da_id == utente.pk)


def alleanza_con_statistiche(request, pk) -> Alleanza:
    alleanza = alleanza_visibile(request, pk)
    if not permessi.legge_statistiche(request.user, alleanza):
        raise PermissionDenied
    return alleanza


def sportello_di(alleanza: Alleanza) -> Sportello:
    """One that was never opened is a closed one."""
    return Sportello.objects.filter(alleanza=alleanza).first() or Sportello(alleanza=alleanza, attivo=False)
