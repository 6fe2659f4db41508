"""Fetch and check in one call: a stranger gets 404, a reader who may not do this gets 403."""

from conciliazione.accesso import Chiave, Puo, Richiesta, trova
from conciliazione.http import sola_lettura

from . import permessi
from .models import Progetto


def progetto_visibile(request: Richiesta, pk: Chiave, puo: Puo | None = None, *, blocca: bool = False) -> Progetto:
    """Return a project that the person may see and, given a predicate, act upon; `blocca` locks its row until commit."""
    progetti = Progetto.objects.visibili_a(request.user).select_related("avviso__ats", "alleanza__ats", "capofila")
    return trova(request, progetti, pk, puo, blocca=blocca)


def scheda_leggibile(request: Richiesta, pk: Chiave, *, blocca: bool = False) -> Progetto:
    """Return the live scheda; for who may see the project but only its versions (ATS, Regione) there is nothing here."""
    progetto = progetto_visibile(request, pk, permessi.puo_leggere_la_scheda, blocca=blocca)
    segna_il_prestito(request, progetto)
    return progetto


def segna_il_prestito(request: Richiesta, progetto: Progetto) -> None:
    """Keep the look of who reads a draft that is lent, and tell the page, which says so (`base.html`)."""
    prestito = None if permessi.fa_la_scheda(request.user, progetto) else permessi.prestito_a(request.user, progetto)
    if prestito:
        request.prestito = prestito
        sola_lettura.annota(request, prestito)
