"""Fetch and check in one call: a stranger gets 404, a reader who may not do this gets 403."""

from conciliazione.accesso import Puo, esigi, trova
from conciliazione.http import sola_lettura

from . import permessi
from .models import Partecipazione, Progetto, SchedaSintetica, Versione


def progetto_visibile(request, pk, puo: Puo | None = None, *, blocca: bool = False) -> Progetto:
    """A project that the person may see and, given a predicate, act upon; `blocca` locks its row until commit."""
    progetti = Progetto.objects.visibili_a(request.user).select_related("avviso__ats", "alleanza__ats", "capofila")
    return trova(request, progetti, pk, puo, blocca=blocca)


def scheda_leggibile(request, pk, *, blocca: bool = False) -> Progetto:
    """The live scheda; for who may see the project but only its versions (ATS, Regione) there is nothing here."""
    progetto = progetto_visibile(request, pk, permessi.puo_leggere_la_scheda, blocca=blocca)
    segna_il_prestito(request, progetto)
    return progetto


def segna_il_prestito(request, progetto: Progetto) -> None:
    """Who reads a draft that is lent is told so by the page (`base.html`), and the look is kept."""
    prestito = None if permessi.fa_la_scheda(request.user, progetto) else permessi.prestito_a(request.user, progetto)
    if prestito:
        request.prestito = prestito
        sola_lettura.annota(request, prestito)


def partecipazione_visibile(request, pk, riga, puo: Puo | None = None, *, blocca: bool = False) -> Partecipazione:
    """A soggetto of a scheda that the person reads; `blocca` locks the row of the project until commit."""
    progetto = scheda_leggibile(request, pk, blocca=blocca)
    partecipazione = trova(request, progetto.partecipazioni.select_related("ente"), riga)
    partecipazione.progetto = progetto
    return esigi(puo, request.user, partecipazione)


def versione_visibile(request, pk, puo: Puo | None = None) -> Versione:
    """A version of a project that the person sees; `puo` is asked of the project."""
    visibili = Progetto.objects.visibili_a(request.user)
    versioni = Versione.objects.select_related("progetto__avviso", "progetto__alleanza", "progetto__capofila")
    versione = trova(request, versioni.filter(progetto__in=visibili), pk)
    esigi(puo, request.user, versione.progetto)
    return versione


def sintesi_visibile(request, pk, puo: Puo | None = None, *, blocca: bool = False) -> SchedaSintetica:
    """A scheda sintetica that the person sees; `blocca` locks its row until commit."""
    return trova(request, SchedaSintetica.objects.visibili_a(request.user).per_elenco(), pk, puo, blocca=blocca)
