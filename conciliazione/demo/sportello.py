"""The sportello of Crema: a question to assign, one whose time is nearly over, three that became frequent questions."""

import json
from datetime import datetime, timedelta
from pathlib import Path

from django.utils import timezone

from alleanze.models import Alleanza, Quesito, Sportello
from alleanze.sportello import transizioni

from ..models import Messaggio, Notifica, Passaggio, Utente

ESPERTA = "esperto@comune-crema.example.org"

DOMANDE = json.loads((Path(__file__).parent / "sportello.json").read_text(encoding="utf-8"))


def carica() -> None:
    alleanza = Alleanza.objects.get(capofila__denominazione="Comune di Crema")
    sportello = Sportello.objects.create(alleanza=alleanza)
    csc, iride = (Utente.objects.get(email=f"partner@{chi}.example.org") for chi in ("csc", "iride"))
    adesso = timezone.now()
    for posto, frequente in enumerate(DOMANDE["frequenti"]):
        _frequente(sportello, iride if posto else csc, frequente, adesso - timedelta(days=30 - posto))
    vicina = _chiesta(sportello, iride, DOMANDE["in_scadenza"], adesso - timedelta(hours=43))
    _assegnata(vicina, adesso - timedelta(hours=40))
    _chiesta(sportello, csc, DOMANDE["da_assegnare"], adesso - timedelta(hours=3))
    _dimentica()


def _frequente(sportello: Sportello, chi: Utente, detta: dict, quando: datetime) -> None:
    domanda = {nome: detta[nome] for nome in ("argomento", "titolo", "testo")} | {"pubblicabile": True}
    quesito = _chiesta(sportello, chi, domanda, quando)
    esperta = _assegnata(quesito, quando + timedelta(hours=2))
    risposto, pubblicato = quando + timedelta(hours=20), quando + timedelta(days=2)
    transizioni.rispondi(quesito.pk, esperta, detta["faq_risposta"], adesso=risposto)
    transizioni.pubblica(quesito.pk, esperta, detta["faq_domanda"], detta["faq_risposta"], adesso=pubblicato)
    _avvenuto(quesito, "rispondi", risposto)
    _avvenuto(quesito, "pubblica", pubblicato)


def _chiesta(sportello: Sportello, chi: Utente, domanda: dict, quando: datetime) -> Quesito:
    quesito = transizioni.chiedi(sportello, chi, domanda, adesso=quando)
    _avvenuto(quesito, "chiedi", quando)
    return quesito


def _assegnata(quesito: Quesito, quando: datetime) -> Utente:
    esperta = Utente.objects.get(email=ESPERTA)
    transizioni.assegna(quesito.pk, esperta, esperta, adesso=quando)
    _avvenuto(quesito, "assegna", quando)
    return esperta


def _avvenuto(quesito: Quesito, azione: str, quando: datetime) -> None:
    """Date what happened to that moment, not to the loading of the demo."""
    Passaggio.objects.filter(oggetto_id=str(quesito.pk), azione=azione).update(il=quando)


def _dimentica() -> None:
    """What was told weeks ago was read then; and no mail of the past is sent today."""
    Notifica.objects.filter(chiave__startswith="quesito:", scade_il__isnull=True).delete()
    Notifica.objects.filter(chiave__startswith="quesito:", scade_il__lt=timezone.now()).delete()
    Messaggio.objects.filter(testo__contains="/sportello/").delete()
