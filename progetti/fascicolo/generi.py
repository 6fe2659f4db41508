"""The files of the fascicolo: a paper to sign, and all of them to print."""

from django.shortcuts import get_object_or_404
from django.urls import reverse

from conciliazione.file.generi import Genere, Posto
from conciliazione.models import FileGenerato

from ..models import DaFirmare, Progetto
from . import accesso, permessi, stampa


def _di_una(request, file: FileGenerato) -> Posto:
    trovata = get_object_or_404(DaFirmare.objects.select_related("partecipazione"), pk=file.di_che)
    carta = accesso.carta_visibile(request, trovata.partecipazione.progetto_id, trovata.pk)
    progetto, nome = carta.partecipazione.progetto, f"{carta.get_genere_display()}: {carta.partecipazione}"
    url = reverse("progetti:carta_da_firmare", args=[progetto.pk, carta.pk])
    return Posto(nome, url, "Torna al documento, dove lo si riconsegna firmato", [_del_progetto(progetto), (nome, url)])


def _di_tutte(request, file: FileGenerato) -> Posto:
    progetto = accesso.fascicolo_visibile(request, file.di_che, permessi.puo_preparare)
    nome, url = f"Documenti da firmare di «{progetto}»", reverse("progetti:fascicolo", args=[progetto.pk])
    return Posto(nome, url, "Torna ai documenti da firmare", [_del_progetto(progetto), (nome, url)])


def _del_progetto(progetto: Progetto) -> tuple[str, str]:
    return str(progetto), reverse("progetti:dettaglio", args=[progetto.pk])


GENERI = (
    Genere("da_firmare", stampa.produci, _di_una),
    Genere("fascicolo", stampa.produci, _di_tutte),
)
