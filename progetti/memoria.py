"""What the history kept by the database tells of a project, or of a row of it, that is no more."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from alleanze.permessi import PREPARANO, incarichi, preparavano
from conciliazione.models import Utente

from .archivio import MODELLI
from .models import Cofinanziamento, Compilazione, Conferma, Partecipazione, Progetto

UN_GIORNO = timedelta(days=1)


@dataclass(frozen=True)
class Tolto:
    """Something that is no more: who took it away (none: not a page of the portal), when, and the row as it was."""

    chi: Utente | None
    quando: datetime
    riga: object


def _tolto(eventi) -> Tolto | None:
    evento = eventi.filter(pgh_label="delete").select_related("pgh_context").order_by("pgh_id").last()
    if evento is None:
        return None
    contesto = evento.pgh_context.metadata if evento.pgh_context else {}
    return Tolto(Utente.objects.filter(pk=contesto.get("user")).first(), evento.pgh_created_at, evento)


def progetto_eliminato(pk) -> Tolto | None:
    return _tolto(Progetto.pgh_event_model.objects.filter(pgh_obj_id=pk))


def riga_tolta(progetto: Progetto, fonte: str, riga) -> Tolto | None:
    """A row of a shared table that this project had."""
    return _tolto(MODELLI[fonte].pgh_event_model.objects.filter(pgh_obj_id=riga, progetto_id=progetto.pk))


def vi_scriveva(utente, pk) -> bool:
    """Whether an ente that the person writes for was in that project until a day ago: a page may be open that long."""
    enti = {i.ente_id for i in incarichi(utente) if i.vale(PREPARANO)}
    usciti = Partecipazione.pgh_event_model.objects.filter(pgh_label="delete", pgh_created_at__gt=timezone.now() - UN_GIORNO)
    return usciti.filter(progetto_id=pk, ente_id__in=enti).exists()


def scritta_da_altri(progetto: Progetto) -> bool:
    """Whether anybody has ever answered a question of the scheda, or put an amount, who was not acting for the capofila.

    What counts is the moment of writing: for whom the person had chosen to act or, if it had not chosen, for whom it could.
    """
    dove = ("pgh_created_at", "pgh_context__metadata__user", "pgh_context__metadata__per_ente")
    risposte = Compilazione.pgh_event_model.objects.filter(progetto_id=progetto.pk).exclude(aggiornata_da=None)
    # An amount in a cell is a row of money, and no answer: who wrote it is only in the history.
    denaro = Cofinanziamento.pgh_event_model.objects.filter(progetto_id=progetto.pk).exclude(pgh_context=None)
    scritture = {*risposte.exclude(pgh_label="delete").values_list("aggiornata_da", *dove)}
    scritture |= {(chi, quando, chi, per) for quando, chi, per in denaro.values_list(*dove) if chi}
    # Who changes or removes a row without answering leaves there the name of who did: that was told when it answered.
    scritture = {(autore, quando, per) for autore, quando, chi, per in scritture if chi in (None, autore)}
    if any(per not in (None, str(progetto.capofila_id)) for _, _, per in scritture):
        return True
    senza_scelta = {(autore, quando) for autore, quando, per in scritture if per is None}
    return preparavano(progetto.capofila_id, senza_scelta) != senza_scelta


def confermata_da_qualcuno(progetto: Progetto) -> bool:
    """Whether a partner has ever confirmed its figures, also one that is no more in the scheda."""
    soggetti = Partecipazione.pgh_event_model.objects.filter(progetto_id=progetto.pk).values("pgh_obj_id")
    return Conferma.pgh_event_model.objects.filter(partecipazione_id__in=soggetti).exists()
