"""Fetch and check in one call: a stranger gets 404, a reader who may not do this 403."""

from django.db.models import Q
from django.http import Http404

from conciliazione.accesso import Puo, esigi, trova
from conciliazione.models import FileGenerato

from . import permessi
from .models import Adesione, Alleanza, Ente, RichiestaAdesione
from .models.enti import Sede
from .models.persone import Carica

CHIAVI = "chiavi_di_adesione"
"""In the session: the sha256 of the personal links that were opened in this browser."""


def alleanza_visibile(request, pk) -> Alleanza:
    return trova(request, Alleanza.objects.visibili_a(request.user).select_related("capofila", "ats"), pk)


def alleanza_gestibile(request, pk, *, blocca: bool = False) -> Alleanza:
    """One whose list the person keeps; `blocca` locks its row until commit. The administrator keeps those of all."""
    alleanze = Alleanza.objects.all() if request.user.is_superuser else Alleanza.objects.visibili_a(request.user)
    return trova(request, alleanze.select_related("capofila", "ats"), pk, permessi.puo_gestire, blocca=blocca)


def ente_delle_persone(request, pk, puo: Puo | None = None, *, blocca: bool = False) -> Ente:
    """An ente that the person acts for (or administers); `blocca` locks its row until commit."""
    ente = trova(request, Ente.objects.all(), pk, blocca=blocca)
    if not permessi.vede_le_persone(request.user, ente):
        raise Http404("ente di altri")
    return esigi(puo, request.user, ente)


def ente_visibile(request, pk, puo: Puo | None = None, *, blocca: bool = False) -> Ente:
    """An ente whose page the person reads and, given a predicate, where it may do that; `blocca` locks its row."""
    enti = Ente.objects.visibili_a(request.user).select_related("articolazione_di", "succede_a")
    return trova(request, enti, pk, puo, blocca=blocca)


def ente_proprio(request, pk, *, blocca: bool = False) -> Ente:
    """One that the person may change."""
    return ente_visibile(request, pk, permessi.puo_scrivere_ente, blocca=blocca)


def sede_propria(request, pk, sede) -> Sede:
    """An address of an ente that the person may change; a POST locks the ente until commit."""
    ente = ente_proprio(request, pk, blocca=request.method == "POST")
    return trova(request, ente.sedi.select_related("ente"), sede)


def carica_propria(request, pk, carica) -> Carica:
    """A carica of an ente that the person may change."""
    return trova(request, ente_proprio(request, pk).cariche.select_related("ente", "persona"), carica)


def alleanza_che_accoglie(request, pk) -> Alleanza:
    """One that may be asked to join: anyone may ask a public one, and who sees it any other."""
    visibili = Alleanza.objects.visibili_a(request.user).values("pk")
    alleanze = Alleanza.objects.filter(Q(pk__in=visibili) | Q(pubblica=True))
    return trova(request, alleanze.select_related("capofila", "ats"), pk)


def chiavi(request) -> list[str]:
    return request.session.get(CHIAVI, [])


def richiesta_visibile(request, pk, puo: Puo | None = None, *, blocca: bool = False) -> RichiestaAdesione:
    """A request to join that the person sees, by its account or by a personal link; `blocca` locks its row."""
    visibili = RichiestaAdesione.objects.visibili_a(request.user).values("pk")
    richieste = RichiestaAdesione.objects.filter(Q(pk__in=visibili) | Q(impronta__in=chiavi(request)))
    richieste = richieste.select_related("alleanza__capofila", "alleanza__ats", "ente", "adesione")
    return trova(request, richieste, pk, puo, blocca=blocca)


def richiesta_propria(request, pk, *, blocca: bool = False) -> RichiestaAdesione:
    """One that the person asked, or that is of its ente: it may fill it in, send it and withdraw it."""
    richiesta = richiesta_visibile(request, pk, blocca=blocca)
    return esigi(permessi.puo_compilare, request.user, richiesta, chiavi(request))


def file_della_richiesta(request, pk, file) -> FileGenerato:
    """A paper of a request, made for who sees the request."""
    richiesta = richiesta_visibile(request, pk)
    return trova(request, FileGenerato.objects.filter(argomento=f"adesione:{richiesta.pk}"), file)


def adesione_che_esce(request, pk, adesione) -> Adesione:
    """One of an alleanza that the person sees, and that it may bring to its end."""
    alleanza = alleanza_visibile(request, pk)
    trovata = trova(request, alleanza.adesioni.select_related("ente"), adesione)
    trovata.alleanza = alleanza
    return esigi(permessi.puo_far_uscire, request.user, trovata)
