"""The papers of a project: fetch and check in one call.

A stranger gets 404, a reader of the project whose paper it is not gets 403.
"""

from conciliazione.accesso import Puo, esigi, trova

from ..accesso import progetto_visibile
from ..models import DaFirmare, Partecipazione, Progetto
from .permessi import puo_leggere, puo_vedere


def fascicolo_visibile(request, pk, puo: Puo = puo_vedere, *, blocca: bool = False) -> Progetto:
    """Return a project whose papers the person sees (its own, if it is not of the capofila)."""
    return progetto_visibile(request, pk, puo, blocca=blocca)


def carta_visibile(request, pk, carta, puo: Puo = puo_leggere) -> DaFirmare:
    progetto = fascicolo_visibile(request, pk)
    carte = DaFirmare.objects.select_related("partecipazione__ente", "preparato_da", "firmato_da", "ricevuto_da")
    trovata = trova(request, carte.filter(partecipazione__progetto=progetto), carta)
    trovata.partecipazione.progetto = progetto
    return esigi(puo, request.user, trovata)


def soggetto_visibile(request, pk, riga, puo: Puo) -> Partecipazione:
    progetto = fascicolo_visibile(request, pk)
    soggetto = trova(request, progetto.partecipazioni.select_related("ente"), riga)
    soggetto.progetto = progetto
    return esigi(puo, request.user, soggetto)
