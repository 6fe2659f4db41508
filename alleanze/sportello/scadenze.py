"""Escalation: the responsabili hear of a question before its clock runs out, and again when it has."""

from datetime import datetime

from django.db import transaction
from django.urls import reverse

from conciliazione.messaggi import notifiche
from conciliazione.models import Notifica

from ..models import Quesito
from . import orologio, permessi
from .orologio import momento


def segnala(adesso: datetime) -> int:
    """Tell of every open question that is running out or has run out; each thing once, however often this is called.

    Returns how many notifications are new.
    """
    aperti = Quesito.objects.aperti().select_related("sportello__alleanza__capofila", "esperto").order_by("entro", "pk")
    scaduti = [_chiave(q, "scaduto") for q in aperti if adesso >= q.entro]
    detti = set(Notifica.objects.filter(chiave__in=scaduti).values_list("chiave", flat=True))
    nuove = 0
    for quesito in aperti:
        if adesso >= quesito.entro:
            nuove += 0 if _chiave(quesito, "scaduto") in detti else _scaduto(quesito)
        elif quesito.segnalato_il is None and _vicino(quesito, adesso):
            nuove += _sta_per_scadere(quesito, adesso)
    return nuove


def _vicino(quesito: Quesito, adesso: datetime) -> bool:
    sportello = quesito.sportello
    return orologio.resta(adesso, quesito.entro, sportello.orologio) < sportello.preavviso_ore * orologio.ORA


@transaction.atomic
def _sta_per_scadere(quesito: Quesito, adesso: datetime) -> int:
    # Written by who comes first: a second beat at the same moment finds nothing to do.
    if not Quesito.objects.aperti().filter(pk=quesito.pk, segnalato_il=None).update(segnalato_il=adesso):
        return 0
    quando = f"entro {momento(quesito.entro)}"
    chi = f"la domanda assegnata a {quesito.esperto}" if quesito.esperto else "una domanda non ancora assegnata"
    return _di(quesito, "in_scadenza", f"Lo sportello deve rispondere {quando}: {chi}, «{quesito}».")


@transaction.atomic
def _scaduto(quesito: Quesito) -> int:
    detto = f"È passato il termine promesso ({momento(quesito.entro)}) per rispondere alla domanda «{quesito}»."
    return _di(quesito, "scaduto", detto)


def _di(quesito: Quesito, che_cosa: str, testo: str) -> int:
    """Tell the responsabili of the capofila, and who has to answer."""
    chi = list(permessi.chi_risponde(quesito.sportello.alleanza.capofila, permessi.RESPONSABILE))
    if quesito.esperto and permessi.tiene(quesito.esperto, quesito.sportello):
        chi.append(quesito.esperto)
    url = reverse("sportello:quesito", args=[quesito.pk])
    return len(notifiche.avvisa(chi, chiave=_chiave(quesito, che_cosa), testo=testo, url=url, scade_il=quesito.entro))


def _chiave(quesito: Quesito, che_cosa: str) -> str:
    return f"quesito:{quesito.pk}:{che_cosa}"
