"""The only writers of the state of a question. Each locks its row, checks table and permission, leaves a Passaggio."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from conciliazione import notifiche
from conciliazione.models import Passaggio, Utente

from ..models import Quesito, Sportello
from ..stati import TRANSIZIONI_QUESITO, Domande
from . import orologio, permessi


class NonPossibile(Exception):
    """What was asked cannot be done any more; the message says why, to the person."""


@transaction.atomic
def chiedi(
    sportello: Sportello, utente: Utente, dati: dict, *, segue: Quesito | None = None, adesso: datetime | None = None
) -> Quesito:
    """Put a question; from now on its clock runs, by the hours that the sportello promises today.

    `dati`: argomento, titolo, testo, pubblicabile. Raises NonPossibile when the sportello is closed, PermissionDenied for
    who does not see it.
    """
    adesso = adesso or timezone.now()
    sportello = (
        Sportello.objects.select_for_update(of=("self",), no_key=True).select_related("alleanza__capofila").get(pk=sportello.pk)
    )
    if not Sportello.objects.visibili_a(utente).filter(pk=sportello.pk).exists():
        raise PermissionDenied
    if not sportello.attivo:
        raise NonPossibile("Lo sportello ora è chiuso: la domanda non è stata inviata.")
    if segue and not permessi.puo_seguire(utente, segue):
        raise PermissionDenied
    promessa = orologio.entro(adesso, sportello.ore, sportello.orologio)
    quesito = Quesito.objects.create(
        sportello=sportello, chiesto_da=utente, chiesto_il=adesso, entro=promessa, segue=segue, **dati
    )
    _annota(quesito, "chiedi", "", utente)
    da_dire = f"È arrivata una domanda allo sportello: «{quesito}». Va assegnata a chi risponde."
    _avvisa(quesito, "aperto", da_dire, permessi.chi_risponde(sportello.alleanza.capofila, *permessi.PREPARANO), utente)
    return quesito


@transaction.atomic
def assegna(pk, utente: Utente, esperto: Utente, *, adesso: datetime | None = None) -> Quesito:
    """Give a question to who will answer it; again, to somebody else. An expert takes for itself what nobody has.

    Raises NonPossibile, PermissionDenied.
    """
    quesito = _blocca(pk, "assegna")
    prende = esperto == utente and permessi.puo_prendere(utente, quesito)
    if not prende and not permessi.puo_assegnare(utente, quesito):
        raise PermissionDenied
    if not permessi.chi_risponde(quesito.sportello.alleanza.capofila).filter(pk=esperto.pk).exists():
        raise NonPossibile(f"{esperto} non risponde più a questo sportello: scegli un'altra persona.")
    quesito.esperto, quesito.assegnato_il = esperto, adesso or timezone.now()
    passaggio = _passa(quesito, "assegna", utente, str(esperto))
    # Whoever is given it a second time is told a second time.
    _avvisa(quesito, f"assegnato:{passaggio.pk}", f"Ti è stata assegnata una domanda: «{quesito}».", [esperto], utente)
    return quesito


@transaction.atomic
def rispondi(pk, utente: Utente, risposta: str, *, adesso: datetime | None = None) -> Quesito:
    """Answer, and stop the clock. Raises NonPossibile, PermissionDenied."""
    quesito = _blocca(pk, "rispondi")
    if not permessi.puo_rispondere(utente, quesito):
        raise PermissionDenied
    quesito.risposta, quesito.risposto_da, quesito.risposto_il = risposta, utente, adesso or timezone.now()
    _passa(quesito, "rispondi", utente)
    _avvisa(
        quesito,
        "risposto",
        f"Lo sportello ha risposto alla tua domanda «{quesito}».",
        [quesito.chiesto_da],
        utente,
        scade=False,
    )
    return quesito


@transaction.atomic
def ritira(pk, utente: Utente) -> Quesito:
    """Take back one's own question before it is answered. Raises NonPossibile, PermissionDenied."""
    quesito = _blocca(pk, "ritira")
    if not permessi.puo_ritirare(utente, quesito):
        raise PermissionDenied
    _passa(quesito, "ritira", utente)
    capofila = quesito.sportello.alleanza.capofila
    chi = [quesito.esperto] if quesito.esperto else permessi.chi_risponde(capofila, *permessi.PREPARANO)
    _avvisa(quesito, "ritirato", f"La domanda «{quesito}» è stata ritirata da chi l'aveva fatta.", chi, utente, scade=False)
    return quesito


@transaction.atomic
def pubblica(pk, utente: Utente, domanda: str, risposta: str, *, adesso: datetime | None = None) -> Quesito:
    """Put among the frequent questions the words written for it; again, other words. Raises PermissionDenied."""
    quesito = _prendi(pk)
    if not permessi.puo_pubblicare(utente, quesito):
        raise PermissionDenied
    prima = quesito.pubblicato_il
    quesito.faq_domanda, quesito.faq_risposta = domanda, risposta
    quesito.pubblicato_il = prima or adesso or timezone.now()
    quesito.save(update_fields=["faq_domanda", "faq_risposta", "pubblicato_il"])
    _annota(quesito, "correggi_la_pubblicazione" if prima else "pubblica", quesito.stato, utente)
    da_dire = f"La tua domanda «{quesito}», senza nomi, è ora tra le domande frequenti."
    _avvisa(quesito, "pubblicato", da_dire, [quesito.chiesto_da], utente, scade=False)
    return quesito


@transaction.atomic
def ritira_pubblicazione(pk, utente: Utente) -> Quesito:
    """Take a question away from the frequent ones; the words stay, to be put back. Raises PermissionDenied."""
    quesito = _prendi(pk)
    if not permessi.puo_ritirare_pubblicazione(utente, quesito):
        raise PermissionDenied
    quesito.pubblicato_il = None
    quesito.save(update_fields=["pubblicato_il"])
    _annota(quesito, "ritira_la_pubblicazione", quesito.stato, utente)
    return quesito


def _prendi(pk) -> Quesito:
    quesiti = Quesito.objects.select_for_update(of=("self",), no_key=True)
    return quesiti.select_related("sportello__alleanza__capofila", "chiesto_da", "esperto").get(pk=pk)


def _blocca(pk, azione: str) -> Quesito:
    """The question, locked, if the table lets it pass."""
    quesito = _prendi(pk)
    if quesito.stato not in TRANSIZIONI_QUESITO[azione][0]:
        raise NonPossibile(f"La domanda intanto è «{quesito.get_stato_display()}»: non si può più fare.")
    return quesito


def _passa(quesito: Quesito, azione: str, utente: Utente, motivo: str = "") -> Passaggio:
    prima, quesito.stato = quesito.stato, TRANSIZIONI_QUESITO[azione][1]
    quesito.save()
    return _annota(quesito, azione, prima, utente, motivo)


def _annota(quesito: Quesito, azione: str, da: str, utente: Utente, motivo: str = "") -> Passaggio:
    return Passaggio.objects.annota(quesito, azione, utente, da=da, a=Domande(quesito.stato), motivo=motivo)


def _avvisa(quesito: Quesito, che_cosa: str, testo: str, chi, da: Utente, *, scade: bool = True) -> None:
    """Nobody is told of what it did itself."""
    notifiche.avvisa(
        [u for u in chi if u != da],
        chiave=f"quesito:{quesito.pk}:{che_cosa}",
        testo=testo,
        url=reverse("sportello:quesito", args=[quesito.pk]),
        scade_il=quesito.entro if scade else None,
    )
