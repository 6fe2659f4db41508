"""The only writers of the state of a question. Each locks its row, checks table and permission, leaves a Passaggio."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from conciliazione.accesso import esigi
from conciliazione.messaggi import notifiche
from conciliazione.models import Utente
from conciliazione.passaggi import Rifiuto, passa, prendi

from ..models import Quesito, Sportello
from . import orologio, permessi

QUESITI = Quesito.objects.select_related("sportello__alleanza__capofila", "chiesto_da", "esperto")


@transaction.atomic
def chiedi(
    sportello: Sportello, utente: Utente, dati: dict, *, segue: Quesito | None = None, adesso: datetime | None = None
) -> Quesito:
    """Put a question; from now on its clock runs, by the hours that the sportello promises today.

    `dati`: argomento, titolo, testo, pubblicabile. Raises Rifiuto when the sportello is closed, PermissionDenied for
    who does not see it.
    """
    adesso = adesso or timezone.now()
    sportello = prendi(Sportello.objects.select_related("alleanza__capofila"), sportello.pk, utente=utente)
    if not Sportello.objects.visibili_a(utente).filter(pk=sportello.pk).exists():
        raise PermissionDenied
    if not sportello.attivo:
        raise Rifiuto("Lo sportello ora è chiuso: la domanda non è stata inviata.")
    if segue:
        esigi(permessi.puo_seguire, utente, segue)
    promessa = orologio.entro(adesso, sportello.ore, sportello.orologio)
    quesito = Quesito.objects.create(
        sportello=sportello, chiesto_da=utente, chiesto_il=adesso, entro=promessa, segue=segue, **dati
    )
    passa(quesito, "chiedi", utente)
    da_dire = f"È arrivata una domanda allo sportello: «{quesito}». Va assegnata a chi risponde."
    _avvisa(quesito, "aperto", da_dire, permessi.chi_risponde(sportello.alleanza.capofila, *permessi.PREPARANO), utente)
    return quesito


@transaction.atomic
def assegna(pk, utente: Utente, esperto: Utente, *, adesso: datetime | None = None) -> Quesito:
    """Give a question to who will answer it; again, to somebody else. An expert takes for itself what nobody has.

    Raises Rifiuto, PermissionDenied.
    """
    quesito = prendi(QUESITI, pk, "assegna", utente)
    if esperto != utente or not permessi.puo_prendere(utente, quesito):
        esigi(permessi.puo_assegnare, utente, quesito)
    if not permessi.chi_risponde(quesito.sportello.alleanza.capofila).filter(pk=esperto.pk).exists():
        raise Rifiuto(f"{esperto} non risponde più a questo sportello: scegli un'altra persona.")
    passaggio = passa(quesito, "assegna", utente, str(esperto), esperto=esperto, assegnato_il=adesso or timezone.now())
    # Whoever is given it a second time is told a second time.
    _avvisa(quesito, f"assegnato:{passaggio.pk}", f"Ti è stata assegnata una domanda: «{quesito}».", [esperto], utente)
    return quesito


@transaction.atomic
def rispondi(pk, utente: Utente, risposta: str, *, adesso: datetime | None = None) -> Quesito:
    """Answer, and stop the clock. Raises Rifiuto, PermissionDenied."""
    quesito = prendi(QUESITI, pk, "rispondi", utente, permessi.puo_rispondere)
    passa(quesito, "rispondi", utente, risposta=risposta, risposto_da=utente, risposto_il=adesso or timezone.now())
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
def correggi_la_risposta(
    pk, utente: Utente, risposta: str, motivo: str, *, lette: int, adesso: datetime | None = None
) -> Quesito:
    """Put other words in place of those answered by mistake; the clock stays where the first answer stopped it.

    `lette`: how many corrections there were for who wrote this one. Raises Rifiuto, PermissionDenied.
    """
    quesito = prendi(QUESITI, pk, "correggi_la_risposta", utente, permessi.puo_correggere)
    correzioni = list(quesito.correzioni.select_related("da"))
    ultima = correzioni[-1] if correzioni else None
    if ultima and (ultima.da, ultima.motivo, quesito.risposta) == (utente, motivo, risposta):
        return quesito  # a button pressed twice
    if ultima and len(correzioni) != lette:
        raise Rifiuto(f"Intanto {ultima.da} ha corretto questa risposta: rileggila qui, e se serve correggila ancora.")
    if risposta == quesito.risposta:
        raise Rifiuto("Queste sono le parole di ora: scrivi quelle giuste.", campo="risposta")
    correzione = quesito.correzioni.create(prima=quesito.risposta, motivo=motivo, da=utente, il=adesso or timezone.now())
    # The reason is between who asked and the sportello, as the answer is: who administers reads what happened, not why.
    passa(quesito, "correggi_la_risposta", utente, risposta=risposta)
    da_dire = f"Lo sportello ha corretto la risposta alla tua domanda «{quesito}». Motivo: {motivo}"
    _avvisa(quesito, f"corretta:{correzione.pk}", da_dire, [quesito.chiesto_da], utente, scade=False)
    return quesito


@transaction.atomic
def ritira(pk, utente: Utente) -> Quesito:
    """Take back one's own question before it is answered. Raises Rifiuto, PermissionDenied."""
    quesito = prendi(QUESITI, pk, "ritira", utente, permessi.puo_ritirare)
    passa(quesito, "ritira", utente)
    capofila = quesito.sportello.alleanza.capofila
    chi = [quesito.esperto] if quesito.esperto else permessi.chi_risponde(capofila, *permessi.PREPARANO)
    _avvisa(quesito, "ritirato", f"La domanda «{quesito}» è stata ritirata da chi l'aveva fatta.", chi, utente, scade=False)
    return quesito


@transaction.atomic
def pubblica(pk, utente: Utente, domanda: str, risposta: str, *, adesso: datetime | None = None) -> Quesito:
    """Put among the frequent questions the words written for it; again, other words. Raises PermissionDenied."""
    quesito = prendi(QUESITI, pk, utente=utente, puo=permessi.puo_pubblicare)
    prima = quesito.pubblicato_il
    azione, quando = "correggi_la_pubblicazione" if prima else "pubblica", prima or adesso or timezone.now()
    passa(quesito, azione, utente, faq_domanda=domanda, faq_risposta=risposta, pubblicato_il=quando)
    da_dire = f"La tua domanda «{quesito}», senza nomi, è ora tra le domande frequenti."
    _avvisa(quesito, "pubblicato", da_dire, [quesito.chiesto_da], utente, scade=False)
    return quesito


@transaction.atomic
def ritira_pubblicazione(pk, utente: Utente) -> Quesito:
    """Take a question away from the frequent ones; the words stay, to be put back. Raises PermissionDenied."""
    quesito = prendi(QUESITI, pk, utente=utente, puo=permessi.puo_ritirare_pubblicazione)
    passa(quesito, "ritira_la_pubblicazione", utente, pubblicato_il=None)
    return quesito


def _avvisa(quesito: Quesito, che_cosa: str, testo: str, chi, da: Utente, *, scade: bool = True) -> None:
    """Tell the people of it, but who did it."""
    notifiche.avvisa(
        [u for u in chi if u != da],
        chiave=f"quesito:{quesito.pk}:{che_cosa}",
        testo=testo,
        url=reverse("sportello:quesito", args=[quesito.pk]),
        scade_il=quesito.entro if scade else None,
    )
