"""What people have to do about the schede being filled, for the one list of all (`conciliazione.messaggi.da_fare`)."""

from collections.abc import Iterator

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from alleanze.permessi import enti_di, incarichi
from conciliazione.messaggi.da_fare import Cosa

from .. import permessi
from ..edizioni import EDIZIONI
from ..models import Partecipazione, Progetto
from ..stati import MODIFICABILI
from .pagina import Pagina


def pagine_aperte(utente) -> list[Pagina]:
    """Return the schede that the person may still work at, what closes first is first; read once for each request. None of a
    form that is not installed: nothing can be done there.
    """
    if not hasattr(utente, "_pagine_aperte"):
        progetti = [p for p in aperti(utente) if in_tempo(p) and p.edizione in EDIZIONI]
        permessi.ricorda_partecipazioni(utente, progetti)
        utente._pagine_aperte = Pagina.di_tutti(progetti, utente) if progetti else []
    return utente._pagine_aperte


def aperti(utente) -> list[Progetto]:
    """Return the projects that the person may still work at, also those whose avviso has closed on them."""
    if not hasattr(utente, "_aperti"):
        mie = Partecipazione.objects.di(utente, enti_di(utente)).values("progetto")
        propri = Progetto.objects.filter(Q(capofila__in=enti_di(utente)) | Q(pk__in=mie), stato__in=MODIFICABILI)
        collegati = propri.select_related("avviso__ats", "alleanza__ats", "capofila")
        utente._aperti = list(collegati.order_by("avviso__chiude_il", "pk"))
    return utente._aperti


def in_tempo(progetto: Progetto) -> bool:
    chiude = progetto.avviso.chiude_il
    return chiude is None or chiude > timezone.now()


def del_capofila(utente) -> Iterator[tuple[Pagina, str]]:
    """Yield of those schede the ones that are the person's to file, each with the name of the capofila."""
    enti = {i.ente_id: i.ente for i in incarichi(utente)}
    return ((pagina, enti[pagina.progetto.capofila_id]) for pagina in pagine_aperte(utente) if pagina.capofila)


def cosa_del_progetto(progetto: Progetto, chiave: str, che_cosa: str, url: str, ente: str) -> Cosa:
    """Return a thing to do of a project, before its avviso closes."""
    return Cosa(f"progetto:{progetto.pk}:{chiave}", che_cosa, url, ente, f"«{progetto}»", progetto.avviso.chiude_il)


def da_rivedere(utente) -> Iterator[Cosa]:
    """Yield the values copied from another scheda that nobody has looked at."""
    for pagina, ente in del_capofila(utente):
        if quanti := len(pagina.contenuto["da_rivedere"]):
            rivedi = "Rivedi il valore copiato" if quanti == 1 else f"Rivedi i {quanti} valori copiati"
            url = reverse("progetti:da_rivedere", args=[pagina.progetto.pk])
            yield cosa_del_progetto(pagina.progetto, "rivedi", rivedi, url, ente)
