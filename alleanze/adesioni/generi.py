"""The files of a request to join: its two papers, to print and sign."""

from django.urls import reverse

from conciliazione.file.generi import Genere, Posto
from conciliazione.models import FileGenerato

from ..stati import Richiesta
from . import carte, permessi


def _posto(request, file: FileGenerato) -> Posto:
    """For who sees the request, by its account or by a personal link; who has no account has no list to go back to."""
    richiesta = permessi.richiesta_visibile(request, file.di_che)
    pagina = reverse("alleanze:adesione", args=[richiesta.pk])
    url = reverse("alleanze:adesione_invia", args=[richiesta.pk]) if richiesta.stato == Richiesta.BOZZA else pagina
    elenco = [("Richieste di adesione", reverse("alleanze:adesioni"))] if request.user.is_authenticated else []
    percorso = [*elenco, (richiesta.denominazione, pagina)]
    per = f"{richiesta.denominazione}, per {file.dati['a']}"
    return Posto(file.dati["titolo"], url, "Torna alla richiesta", percorso, per)


GENERI = (Genere("adesione", carte.produci, _posto),)
