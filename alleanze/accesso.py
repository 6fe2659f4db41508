"""Fetch and check in one call: a stranger gets 404, a reader who may not do this 403."""

from conciliazione.accesso import Puo, trova

from . import permessi
from .models import Alleanza, Ente
from .models.enti import Sede
from .models.persone import Carica


def alleanza_visibile(request, pk) -> Alleanza:
    return trova(request, Alleanza.objects.visibili_a(request.user).select_related("capofila", "ats"), pk)


def alleanza_gestibile(request, pk, *, blocca: bool = False) -> Alleanza:
    """Return one whose list the person keeps; `blocca` locks its row until commit. The administrator keeps those of all."""
    alleanze = Alleanza.objects.all() if request.user.is_superuser else Alleanza.objects.visibili_a(request.user)
    return trova(request, alleanze.select_related("capofila", "ats"), pk, permessi.puo_gestire, blocca=blocca)


def ente_visibile(request, pk, puo: Puo | None = None, *, blocca: bool = False) -> Ente:
    """Return an ente whose page the person reads and, given a predicate, where it may do that; `blocca` locks its row."""
    enti = Ente.objects.visibili_a(request.user).select_related("articolazione_di", "succede_a")
    return trova(request, enti, pk, puo, blocca=blocca)


def ente_proprio(request, pk, *, blocca: bool = False) -> Ente:
    """Return an ente that the person may change."""
    return ente_visibile(request, pk, permessi.puo_scrivere_ente, blocca=blocca)


def sede_propria(request, pk, sede) -> Sede:
    """Return an address of an ente that the person may change; a POST locks the ente until commit."""
    ente = ente_proprio(request, pk, blocca=request.method == "POST")
    return trova(request, ente.sedi.select_related("ente"), sede)


def carica_propria(request, pk, carica) -> Carica:
    """Return a carica of an ente that the person may change."""
    return trova(request, ente_proprio(request, pk).cariche.select_related("ente", "persona"), carica)
