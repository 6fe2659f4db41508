"""Fetch and check in one call: a stranger gets 404, a reader who may not do this 403."""

from collections.abc import Callable

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404

from conciliazione.models import FileGenerato

from . import permessi
from .models import Adesione, Alleanza, Ente, RichiestaAdesione
from .models.enti import Sede
from .models.persone import Carica

CHIAVI = "chiavi_di_adesione"
"""In the session: the sha256 of the personal links that were opened in this browser."""


def alleanza_visibile(request, pk) -> Alleanza:
    return get_object_or_404(Alleanza.objects.visibili_a(request.user).select_related("capofila", "ats"), pk=pk)


def alleanza_gestibile(request, pk, *, blocca: bool = False) -> Alleanza:
    """One whose list the person keeps; `blocca` locks its row until commit. The administrator keeps those of all."""
    alleanze = Alleanza.objects.all() if request.user.is_superuser else Alleanza.objects.visibili_a(request.user)
    if blocca:
        alleanze = alleanze.select_for_update(of=("self",), no_key=True)
    alleanza = get_object_or_404(alleanze.select_related("capofila", "ats"), pk=pk)
    if not permessi.puo_gestire(request.user, alleanza):
        raise PermissionDenied
    return alleanza


def ente_delle_persone(request, pk, puo: Callable | None = None, *, blocca: bool = False) -> Ente:
    """An ente that the person acts for (or administers); `blocca` locks its row until commit."""
    enti = Ente.objects.select_for_update(no_key=True) if blocca else Ente.objects
    ente = get_object_or_404(enti, pk=pk)
    if not permessi.vede_le_persone(request.user, ente):
        raise Http404("ente di altri")
    if puo is not None and not puo(request.user, ente):
        raise PermissionDenied
    return ente


def ente_visibile(request, pk, puo: Callable | None = None, *, blocca: bool = False) -> Ente:
    """An ente whose page the person reads and, given a predicate, where it may do that; `blocca` locks its row."""
    enti = Ente.objects.visibili_a(request.user)
    if blocca:
        enti = enti.select_for_update(of=("self",), no_key=True)
    ente = get_object_or_404(enti.select_related("articolazione_di", "succede_a"), pk=pk)
    if puo is not None and not puo(request.user, ente):
        raise PermissionDenied
    return ente


def ente_proprio(request, pk, *, blocca: bool = False) -> Ente:
    """One that the person may change."""
    return ente_visibile(request, pk, permessi.puo_scrivere_ente, blocca=blocca)


def sede_propria(request, pk, sede) -> Sede:
    """An address of an ente that the person may change; a POST locks the ente until commit."""
    return get_object_or_404(ente_proprio(request, pk, blocca=request.method == "POST").sedi.select_related("ente"), pk=sede)


def carica_propria(request, pk, carica) -> Carica:
    """A carica of an ente that the person may change."""
    return get_object_or_404(ente_proprio(request, pk).cariche.select_related("ente", "persona"), pk=carica)


def alleanza_che_accoglie(request, pk) -> Alleanza:
    """One that may be asked to join: anyone may ask a public one, and who sees it any other."""
    visibili = Alleanza.objects.visibili_a(request.user).values("pk")
    alleanze = Alleanza.objects.filter(Q(pk__in=visibili) | Q(pubblica=True))
    return get_object_or_404(alleanze.select_related("capofila", "ats"), pk=pk)


def chiavi(request) -> list[str]:
    return request.session.get(CHIAVI, [])


def richiesta_visibile(request, pk, puo: Callable | None = None, *, blocca: bool = False) -> RichiestaAdesione:
    """A request to join that the person sees, by its account or by a personal link; `blocca` locks its row."""
    visibili = RichiestaAdesione.objects.visibili_a(request.user).values("pk")
    richieste = RichiestaAdesione.objects.filter(Q(pk__in=visibili) | Q(impronta__in=chiavi(request)))
    if blocca:
        richieste = richieste.select_for_update(of=("self",), no_key=True)
    richiesta = get_object_or_404(richieste.select_related("alleanza__capofila", "alleanza__ats", "ente", "adesione"), pk=pk)
    if puo is not None and not puo(request.user, richiesta):
        raise PermissionDenied
    return richiesta


def richiesta_propria(request, pk, *, blocca: bool = False) -> RichiestaAdesione:
    """One that the person asked, or that is of its ente: it may fill it in, send it and withdraw it."""
    richiesta = richiesta_visibile(request, pk, blocca=blocca)
    if not permessi.puo_compilare(request.user, richiesta, chiavi(request)):
        raise PermissionDenied
    return richiesta


def file_della_richiesta(request, pk, file) -> FileGenerato:
    """A paper of a request, made for who sees the request."""
    richiesta = richiesta_visibile(request, pk)
    return get_object_or_404(FileGenerato, pk=file, argomento=f"adesione:{richiesta.pk}")


def adesione_che_esce(request, pk, adesione) -> Adesione:
    """One of an alleanza that the person sees, and that it may bring to its end."""
    alleanza = alleanza_visibile(request, pk)
    trovata = get_object_or_404(Adesione.objects.select_related("ente"), pk=adesione, alleanza=alleanza)
    trovata.alleanza = alleanza
    if not permessi.puo_far_uscire(request.user, trovata):
        raise PermissionDenied
    return trovata
