"""The files made of schede sintetiche: one by itself, or many in a booklet."""

from django.http import Http404
from django.urls import reverse

from conciliazione.file.generi import Genere, Posto
from conciliazione.models import FileGenerato

from . import opuscolo, permessi


def _posto(request, file: FileGenerato) -> Posto:
    """For who sees all that is in it."""
    if not permessi.puo_prendere_sintesi(request.user, set(file.dati["di"]), set(file.dati["vive"])):
        raise Http404("schede sintetiche non visibili")
    elenco, copertina = reverse("progetti:sintesi_elenco"), file.dati["copertina"]
    tutte = ("Schede sintetiche", elenco)
    if copertina:
        return Posto(copertina["titolo"], elenco, "Torna alle schede sintetiche", [tutte])
    nome, url = file.dati["schede"][0]["nome"], reverse("progetti:sintesi", args=[file.di_che])
    return Posto(nome, url, "Torna alla scheda sintetica", [tutte, (nome, url)])


GENERI = (Genere("sintesi", opuscolo.CARTA.produci, _posto, opuscolo.troppo_lunghe),)
