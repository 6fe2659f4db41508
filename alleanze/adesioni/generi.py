"""The files of a request to join: its two papers, to print and sign, and the letters that answer it."""

from django.urls import reverse

from conciliazione.atti import lettere
from conciliazione.file.generi import Genere, Posto
from conciliazione.models import FileGenerato

from ..models import RichiestaAdesione
from ..stati import DA_SCRIVERE
from . import carte, permessi


def _posto(request, file: FileGenerato) -> Posto:
    """For who sees the request, by its account or by a personal link; who has no account has no list to go back to."""
    richiesta = permessi.richiesta_visibile(request, file.di_che)
    pagina = reverse("alleanze:adesione", args=[richiesta.pk])
    da_inviare = file.genere == permessi.CARTA and richiesta.stato in DA_SCRIVERE
    url = reverse("alleanze:adesione_invia", args=[richiesta.pk]) if da_inviare else pagina
    di_chi = file.dati["mittente"] if file.genere == permessi.LETTERA else richiesta.denominazione
    per = f"{di_chi}, per {file.dati['a']}"
    return Posto(file.dati["titolo"], url, "Torna alla richiesta", percorso(request, richiesta), per)


def percorso(request, richiesta: RichiestaAdesione) -> list[tuple[str, str]]:
    """Return the way to the request; who has no account has no list to go back to."""
    elenco = [("Richieste di adesione", reverse("alleanze:adesioni"))] if request.user.is_authenticated else []
    return [*elenco, (richiesta.denominazione, reverse("alleanze:adesione", args=[richiesta.pk]))]


GENERI = (Genere(permessi.CARTA, carte.CARTA.produci, _posto), Genere(permessi.LETTERA, lettere.CARTA.produci, _posto))
