"""Fetch and check in one call: a stranger gets 404, a reader who may not do this 403."""

from conciliazione.accesso import Puo, esigi, trova

from ..accesso import alleanza_visibile
from ..models import Alleanza, Quesito, Sportello
from . import permessi


def quesito_visibile(request, pk, puo: Puo | None = None) -> Quesito:
    """A question of one's own or of one's own sportello and, given a predicate, one that the person may act upon."""
    visibili = Quesito.objects.visibili_a(request.user).select_related("sportello__alleanza__capofila", "segue")
    return trova(request, visibili.select_related("chiesto_da", "esperto", "risposto_da"), pk, puo)


def del_mio_sportello(request, pk) -> Quesito:
    """One that the person answers, or sees to it that somebody does; in whatever state it is."""
    return quesito_visibile(request, pk, lambda utente, quesito: permessi.tiene(utente, quesito.sportello))


def mio(request, pk) -> Quesito:
    """One that the person put."""
    return quesito_visibile(request, pk, lambda utente, quesito: quesito.chiesto_da_id == utente.pk)


def alleanza_con_statistiche(request, pk) -> Alleanza:
    return esigi(permessi.legge_statistiche, request.user, alleanza_visibile(request, pk))


def sportello_di(alleanza: Alleanza) -> Sportello:
    """One that was never opened is a closed one."""
    return Sportello.objects.filter(alleanza=alleanza).first() or Sportello(alleanza=alleanza, attivo=False)
