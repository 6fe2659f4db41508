"""Fetch and check in one call: a stranger gets 404, a reader who may not do this gets 403."""

from collections.abc import Callable

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404

from conciliazione import sguardi
from conciliazione.schede.edizione import Blocco, Edizione, Sezione

from . import permessi
from .edizioni import EDIZIONI
from .models import Partecipazione, Progetto, SchedaSintetica, Versione


def progetto_visibile(request, pk, puo: Callable | None = None, *, blocca: bool = False) -> Progetto:
    """A project that the person may see and, given a predicate, act upon; `blocca` locks its row until commit."""
    progetti = Progetto.objects.visibili_a(request.user)
    if blocca:
        progetti = progetti.select_for_update(of=("self",), no_key=True)
    progetto = get_object_or_404(progetti.select_related("avviso__ats", "alleanza__ats", "capofila"), pk=pk)
    if puo is not None and not puo(request.user, progetto):
        raise PermissionDenied
    return progetto


def scheda_leggibile(request, pk, *, blocca: bool = False) -> Progetto:
    """The live scheda; for who may see the project but only its versions (ATS, Regione) there is nothing here."""
    progetto = progetto_visibile(request, pk, blocca=blocca)
    if not permessi.puo_leggere_la_scheda(request.user, progetto):
        raise PermissionDenied
    segna_il_prestito(request, progetto)
    return progetto


def segna_il_prestito(request, progetto: Progetto) -> None:
    """Who reads a draft that is lent is told so by the page (`base.html`), and the look is kept."""
    prestito = None if permessi.fa_la_scheda(request.user, progetto) else permessi.prestito_a(request.user, progetto)
    if prestito:
        request.prestito = prestito
        sguardi.annota(request, prestito)


def edizione_di(progetto: Progetto) -> Edizione:
    return EDIZIONI[progetto.avviso.edizione]


def sezione_di(edizione: Edizione, chiave: str) -> Sezione:
    try:
        return edizione.sezione(chiave)
    except KeyError as errore:
        raise Http404("sezione inesistente") from errore


def blocco_di(edizione: Edizione, chiave: str) -> Blocco:
    try:
        return edizione.blocco(chiave)
    except KeyError as errore:
        raise Http404("blocco inesistente") from errore


def partecipazione_visibile(request, pk, riga, puo: Callable | None = None, *, blocca: bool = False) -> Partecipazione:
    """A soggetto of a scheda that the person reads; `blocca` locks the row of the project until commit."""
    progetto = scheda_leggibile(request, pk, blocca=blocca)
    partecipazione = get_object_or_404(progetto.partecipazioni.select_related("ente"), pk=riga)
    partecipazione.progetto = progetto
    if puo is not None and not puo(request.user, partecipazione):
        raise PermissionDenied
    return partecipazione


def versione_visibile(request, pk, puo: Callable | None = None) -> Versione:
    """A version of a project that the person sees; `puo` is asked of the project."""
    visibili = Progetto.objects.visibili_a(request.user)
    versioni = Versione.objects.select_related("progetto__avviso", "progetto__alleanza", "progetto__capofila")
    versione = get_object_or_404(versioni, pk=pk, progetto__in=visibili)
    if puo is not None and not puo(request.user, versione.progetto):
        raise PermissionDenied
    return versione


def sintesi_visibile(request, pk, puo: Callable | None = None, *, blocca: bool = False) -> SchedaSintetica:
    """A scheda sintetica that the person sees; `blocca` locks its row until commit."""
    schede = SchedaSintetica.objects.visibili_a(request.user)
    if blocca:
        schede = schede.select_for_update(of=("self",), no_key=True)
    scheda = get_object_or_404(schede.per_elenco(), pk=pk)
    if puo is not None and not puo(request.user, scheda):
        raise PermissionDenied
    return scheda
