"""History is not of each autosave: those that follow one another, of one person in one row, leave one event.

An autosave says in the context of its events since when it has been going on (`DA_SOLO`). The next one, within ten minutes
of that moment, takes the place of the events that it follows; a saving by the button closes the burst, and stays.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

import pghistory
from django.db import models
from django.db.models import F, Func, Value
from django.db.models.functions import Cast
from django.utils import timezone
from pghistory.models import Context

from conciliazione.schede.edizione import Blocco
from conciliazione.schede.prospetto import Prospetto

from ..models import Cofinanziamento, Compilazione, Progetto, VoceCosto
from . import MODELLI

DA_SOLO = "da_solo"
DURATA = timedelta(minutes=10)
LUNGO = 40
"""Characters beyond which a text that loses half of itself is kept: it may have been deleted by mistake."""


def modelli_di(blocchi: Iterable[Blocco]) -> list[type[models.Model]]:
    """The tables where the values of some blocks are."""
    trovati: dict[type[models.Model], None] = {Compilazione: None}
    for blocco in blocchi:
        if isinstance(blocco, Prospetto):
            trovati |= {VoceCosto: None, Cofinanziamento: None}
        else:
            trovati[MODELLI[blocco.fonte] if blocco.fonte else Progetto] = None
    return list(trovati)


def comincia() -> None:
    """What this request writes from now on, it writes by itself."""
    pghistory.context(**{DA_SOLO: timezone.now().isoformat()})


def raccogli(modelli: Iterable[type[models.Model]], utente) -> None:
    """Let the events of this request take the place of those of the burst that they follow. After the writing, in its
    transaction."""
    with pghistory.context() as attuale:  # that of the request
        inizi = [inizio for modello in modelli for inizio in _raccogli(modello.pgh_event_model, attuale.id, utente)]
        if inizi:
            pghistory.context(**{DA_SOLO: min(inizi)})
            Context.objects.filter(pk=attuale.id).update(metadata=attuale.metadata)


def _raccogli(eventi, contesto, utente) -> list[str]:
    """Of one table; returns since when the bursts that were taken up had been going on."""
    inizi = []
    for oggetto, nuovi in _per_oggetto(eventi, eventi.objects.filter(pgh_context=contesto)).items():
        *superati, ultimo = nuovi
        prima = eventi.objects.filter(pgh_obj_id=oggetto, pgh_id__lt=nuovi[0].pgh_id).select_related("pgh_context").last()
        if prima is not None and (inizio := _inizio(prima, utente)) and not _perde(prima, ultimo):
            superati.append(prima)
            inizi.append(inizio)
        _togli(eventi, superati, ultimo)
    return inizi


def _per_oggetto(eventi, trovati) -> dict:
    gruppi: dict = {}
    for evento in trovati.order_by("pgh_id"):
        gruppi.setdefault(evento.pgh_obj_id, []).append(evento)
    return gruppi


def _inizio(evento, utente) -> str:
    """Since when the burst goes on that the event is the last of; "" when it is of no burst, or of another person."""
    detto = evento.pgh_context.metadata if evento.pgh_context else {}
    inizio = detto.get(DA_SOLO, "") if detto.get("user") == utente.pk else ""
    return inizio if inizio and timezone.now() - datetime.fromisoformat(inizio) < DURATA else ""


def _perde(prima, dopo) -> bool:
    """Whether a long text would be nowhere any more: the row was removed, or the text lost half of itself."""
    if dopo.pgh_label == "delete":
        return True
    rimasti = _testi(dopo)
    return any(len(t) > LUNGO and 2 * len(rimasti.get(nome, "")) < len(t) for nome, t in _testi(prima).items())


def _testi(evento) -> dict[str, str]:
    valori = vars(evento) | getattr(evento, "risposte", {})
    return {nome: valore for nome, valore in valori.items() if isinstance(valore, str)}


def _togli(eventi, superati: list, ultimo) -> None:
    """What remains tells also that the row was born, if it was born in what goes away."""
    if not superati:
        return
    if ultimo.pgh_label == "update" and any(evento.pgh_label == "insert" for evento in superati):
        eventi.objects.filter(pk=ultimo.pk).update(pgh_label="insert")
    eventi.objects.filter(pk__in=[evento.pk for evento in superati]).delete()


def chiudi(modelli: Iterable[type[models.Model]], progetto: Progetto, utente) -> None:
    """The person saved: what was written by itself until now stays in history as it is."""
    recenti = timezone.now() - DURATA
    primo, *altri = (_di(modello, progetto).filter(pgh_created_at__gt=recenti) for modello in modelli)
    contesti = [pk for (pk,) in primo.union(*altri) if pk]
    if contesti:
        senza = Func(F("metadata"), Cast(Value(DA_SOLO), models.TextField()), template="(%(expressions)s)", arg_joiner=" - ")
        suoi = Context.objects.filter(pk__in=contesti, metadata__user=utente.pk, metadata__has_key=DA_SOLO)
        suoi.update(metadata=Cast(senza, models.JSONField()))


def _di(modello: type[models.Model], progetto: Progetto):
    eventi = modello.pgh_event_model.objects.order_by().values_list("pgh_context_id")
    return eventi.filter(**{"pgh_obj_id" if modello is Progetto else "progetto_id": progetto.pk})
