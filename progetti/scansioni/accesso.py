from django.http import Http404

from conciliazione.accesso import trova
from conciliazione.models import FileGenerato

from ..fascicolo import permessi
from ..fascicolo.accesso import fascicolo_visibile
from . import scansioni


def scansione_visibile(request, pk, scansione) -> FileGenerato:
    """The scans have papers of all the soggetti: they are the capofila's."""
    return trova(request, scansioni.di(fascicolo_visibile(request, pk, permessi.puo_preparare)), scansione)


def pezzo_visibile(request, pk, scansione, numero: int) -> FileGenerato:
    """The scan that has that piece."""
    trovata = scansione_visibile(request, pk, scansione)
    if not trovata.pronto or numero >= scansioni.quanti_pezzi(trovata):
        raise Http404("pezzo inesistente")
    return trovata
