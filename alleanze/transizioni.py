"""The only writers of the state of a request to join, and of the end of an adesione."""

from datetime import date

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from conciliazione import posta
from conciliazione.models import Passaggio, Utente
from conciliazione.notifiche import avvisa
from conciliazione.templatetags.italiano import data

from . import inviti, iscrizione, permessi
from .adesioni import NonPossibile, controlla_che_si_possa, del_registro, mancano
from .models import Adesione, Alleanza, Appartenenza, Ente, RichiestaAdesione
from .models.enti import PREPARANO
from .permessi import di_ente, di_tutti
from .stati import TRANSIZIONI_RICHIESTA


def _blocca(pk, azione: str) -> RichiestaAdesione:
    """The request, locked, if that may be done in its state."""
    richieste = RichiestaAdesione.objects.select_for_update(of=("self",), no_key=True)
    richiesta = richieste.select_related("alleanza__capofila", "alleanza__ats", "ente").get(pk=pk)
    if richiesta.stato not in TRANSIZIONI_RICHIESTA[azione][0]:
        raise NonPossibile(f"La richiesta è «{richiesta.get_stato_display()}»: questa operazione non è più possibile.")
    return richiesta


def _passa(richiesta: RichiestaAdesione, azione: str, utente, motivo: str = "") -> None:
    prima, richiesta.stato = richiesta.stato, TRANSIZIONI_RICHIESTA[azione][1]
    richiesta.save()
    Passaggio.objects.annota(richiesta, azione, utente, da=prima, a=richiesta.stato, motivo=motivo)


# Who asks.


@transaction.atomic
def invia(pk, utente, chiavi=()) -> RichiestaAdesione:
    """The request goes to the ATS and to the capofila; who asked has a receipt.

    Raises NonPossibile with what is in the way; PermissionDenied for who is not the one that asks.
    """
    richiesta = _blocca(pk, "invia")
    _chiede(utente, richiesta, chiavi)
    if mancano(richiesta):
        raise NonPossibile("Manca ancora qualcosa: completa la richiesta e poi inviala.")
    # One at a time: two people who ask for the same ente must not both get in.
    Alleanza.objects.select_for_update(no_key=True).get(pk=richiesta.alleanza_id)
    ente = del_registro(richiesta)
    controlla_che_si_possa(richiesta.alleanza, ente, richiesta.dati.get("codice_fiscale", ""), richiesta)
    richiesta.ente, richiesta.inviata_il = ente, timezone.now()
    _passa(richiesta, "invia", utente)
    _dice_a(_riceve(richiesta), richiesta, "inviata", f"{richiesta.denominazione} chiede di aderire a «{richiesta.alleanza}».")
    posta.invia("adesione_inviata", [richiesta.email], _contesto(richiesta))
    _dice_all_ente(richiesta, utente, "inviata", f"È stato chiesto che {ente} aderisca a «{richiesta.alleanza}».")
    return richiesta


@transaction.atomic
def ritira(pk, utente, chiavi=()) -> RichiestaAdesione:
    """Who asked thinks better of it; who was to answer is told, if it knew."""
    richiesta = _blocca(pk, "ritira")
    _chiede(utente, richiesta, chiavi)
    nota = richiesta.inviata_il is not None
    _passa(richiesta, "ritira", utente)
    if nota:
        testo = f"{richiesta.denominazione} ha ritirato la richiesta di aderire a «{richiesta.alleanza}»."
        _dice_a(_riceve(richiesta), richiesta, "ritirata", testo)
    return richiesta


def _chiede(utente, richiesta: RichiestaAdesione, chiavi) -> None:
    if not permessi.puo_compilare(utente, richiesta, chiavi):
        raise PermissionDenied


# Who answers.


@transaction.atomic
def prendi_in_esame(pk, utente: Utente) -> RichiestaAdesione:
    richiesta = _da_decidere(pk, "prendi_in_esame", utente)
    _passa(richiesta, "prendi_in_esame", utente)
    return richiesta


@transaction.atomic
def accogli(pk, utente: Utente, *, ruolo: str, dal: date) -> Adesione:
    """The ente enters the alleanza; if the register does not have it, it is entered there, once.

    Who asked is invited to act for it when nobody does; else its own people are told, and who asked gets no power over it.
    """
    richiesta = _da_decidere(pk, "accogli", utente)
    Alleanza.objects.select_for_update(no_key=True).get(pk=richiesta.alleanza_id)
    ente = del_registro(richiesta) or iscrizione.iscrivi(richiesta.dati)
    controlla_che_si_possa(richiesta.alleanza, ente, "", richiesta)
    richiesta.ente = ente
    richiesta.adesione = Adesione.objects.create(alleanza=richiesta.alleanza, ente=ente, ruolo=ruolo, dal=dal)
    _passa(richiesta, "accogli", utente)
    _dice_all_ente(richiesta, None, "accolta", f"{ente} è entrato in «{richiesta.alleanza}» dal {data(dal)}.")
    posta.invia("adesione_accolta", [richiesta.email], _contesto(richiesta, _invita(richiesta, utente)))
    return richiesta.adesione


def _invita(richiesta: RichiestaAdesione, utente: Utente) -> bool:
    """Who asked is invited to act for the ente; not when it has its own people, nor when it is an authority."""
    if richiesta.ente.genere != Ente.Genere.ORDINARIO or di_ente(richiesta.ente_id, *PREPARANO):
        return False
    chi = {"email": richiesta.email, "nome": richiesta.nome, "cognome": richiesta.cognome}
    inviti.manda(richiesta.ente, utente, ruolo=Appartenenza.Ruolo.RESPONSABILE, **chi)
    return True


@transaction.atomic
def respingi(pk, utente: Utente, *, motivo: str) -> RichiestaAdesione:
    """Not accepted, for a reason that who asked reads; it may ask again."""
    richiesta = _da_decidere(pk, "respingi", utente)
    richiesta.motivo = motivo
    _passa(richiesta, "respingi", utente, motivo)
    posta.invia("adesione_respinta", [richiesta.email], _contesto(richiesta))
    _dice_all_ente(richiesta, None, "respinta", f"La richiesta di {richiesta.denominazione} è stata respinta: {motivo[:300]}")
    return richiesta


@transaction.atomic
def ricevi_originale(pk, utente: Utente, *, il: date) -> RichiestaAdesione:
    """The signed scheda partnership came on paper (documento 004): it changes no state."""
    richiesta = RichiestaAdesione.objects.select_for_update(of=("self",), no_key=True).select_related("alleanza").get(pk=pk)
    if not permessi.puo_decidere_adesione(utente, richiesta):
        raise PermissionDenied
    richiesta.originale_ricevuto_il = il
    richiesta.save(update_fields=["originale_ricevuto_il"])
    Passaggio.objects.annota(
        richiesta, "ricevi_originale", utente, da=richiesta.stato, a=richiesta.stato, motivo=f"ricevuto il {data(il)}"
    )
    return richiesta


def _da_decidere(pk, azione: str, utente: Utente) -> RichiestaAdesione:
    richiesta = _blocca(pk, azione)
    if not permessi.puo_decidere_adesione(utente, richiesta):
        raise PermissionDenied
    return richiesta


# Leaving.


@transaction.atomic
def recedi(pk, utente: Utente, *, al: date, motivo: str) -> Adesione:
    """The ente leaves the alleanza on that day; the row stays, closed.

    Raises NonPossibile for the capofila, which hands over before leaving, and for who has left already.
    """
    adesioni = Adesione.objects.select_for_update(of=("self",), no_key=True)
    adesione = adesioni.select_related("alleanza", "ente").get(pk=pk)
    if not permessi.puo_far_uscire(utente, adesione):
        raise PermissionDenied
    if perche := perche_non_esce(adesione):
        raise NonPossibile(perche)
    adesione.al, adesione.recesso_motivo = al, motivo
    adesione.save(update_fields=["al", "recesso_motivo"])
    Passaggio.objects.annota(adesione, "recedi", utente, da="in corso", a="conclusa", motivo=motivo)
    alleanza = adesione.alleanza
    persone = di_tutti([alleanza.capofila_id, alleanza.ats_id, adesione.ente_id], *permessi.DELL_ATS)
    avvisa(
        [p for p in persone if p != utente],
        chiave=f"adesione:{adesione.pk}:recesso",
        testo=f"{adesione.ente} esce da «{alleanza}» il {data(al)}: {motivo}",
        url=reverse("alleanze:dettaglio", args=[alleanza.pk]),
    )
    return adesione


def perche_non_esce(adesione: Adesione) -> str:
    """Why an ente cannot leave; "" when it can."""
    if adesione.ruolo == Adesione.Ruolo.CAPOFILA or adesione.ente_id == adesione.alleanza.capofila_id:
        return "Il capofila non può uscire dall'alleanza: prima un altro ente deve prendere il suo posto."
    if adesione.al:
        return f"{adesione.ente} ha già un'uscita registrata, il {data(adesione.al)}."
    return ""


# Telling.


def _riceve(richiesta: RichiestaAdesione) -> list[Utente]:
    """The people of the capofila and of the ATS that answer; of the capofila, no istruttore does."""
    alleanza = richiesta.alleanza
    return di_ente(alleanza.ats_id, *permessi.DELL_ATS) + di_ente(alleanza.capofila_id, *PREPARANO)


def _dice_a(persone: list[Utente], richiesta: RichiestaAdesione, fatto: str, testo: str) -> None:
    url = reverse("alleanze:adesione", args=[richiesta.pk])
    avvisa(persone, chiave=f"richiesta_adesione:{richiesta.pk}:{fatto}", testo=testo, url=url)


def _dice_all_ente(richiesta: RichiestaAdesione, utente, fatto: str, testo: str) -> None:
    """The ente's own people; not who does it, nor who asked and has a mail of its own."""
    persone = di_ente(richiesta.ente_id, *PREPARANO) if richiesta.ente_id else []
    _dice_a([p for p in persone if p != utente and p.pk != richiesta.chiesta_da_id], richiesta, fatto, testo)


def _contesto(richiesta: RichiestaAdesione, invitato: bool = False) -> dict:
    """Of the mail to who asks: the page is for who has an account, the others have their link."""
    pagina = reverse("alleanze:adesione", args=[richiesta.pk]) if richiesta.chiesta_da_id else ""
    return {"richiesta": richiesta, "invitato": invitato, "pagina": pagina, "portale": settings.INDIRIZZO_PUBBLICO}
