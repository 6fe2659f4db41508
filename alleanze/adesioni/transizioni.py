"""The only writers of the state of a request to join, and of the end of an adesione."""

from datetime import date

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from conciliazione.accesso import esigi
from conciliazione.atti import lettere, termini
from conciliazione.atti.esame import registra_atto
from conciliazione.messaggi import posta
from conciliazione.messaggi.notifiche import avvisa
from conciliazione.models import Atto, Lettera, Utente
from conciliazione.passaggi import Rifiuto, passa, prendi
from conciliazione.templatetags.italiano import data

from ..enti import registro
from ..models import Adesione, Alleanza, Appartenenza, Ente, RichiestaAdesione
from ..models.enti import PREPARANO
from ..models.incarichi import DELL_ATS
from ..permessi import di_ente, di_tutti
from ..persone import incarichi
from . import permessi
from .richieste import controlla_che_si_possa, del_registro, indirizzi, mancano

RICHIESTE = RichiestaAdesione.objects.select_related("alleanza__capofila", "alleanza__ats", "ente")
GIORNI_ESAME = 30
"""Where nothing else is said, a procedure ends in thirty days (art. 2, par. 2, L. 241/1990)."""


# Who asks.


@transaction.atomic
def invia(pk, utente, chiavi=()) -> RichiestaAdesione:
    """Send the request to the ATS and to the capofila; who asked has a receipt.

    Raises Rifiuto with what is in the way; PermissionDenied for who is not the one that asks.
    """
    richiesta = esigi(permessi.puo_compilare, utente, prendi(RICHIESTE, pk, "invia", utente), chiavi)
    ente = _controlla_che_parta(richiesta)
    passa(richiesta, "invia", utente, ente=ente, inviata_il=timezone.now(), invii=[richiesta.scritto])
    termini.avvia(richiesta, termini.ESAME, timezone.localdate(), GIORNI_ESAME)
    _dice_a(riceve(richiesta), richiesta, "inviata", f"{richiesta.denominazione} chiede di aderire a «{richiesta.alleanza}».")
    posta.invia("adesione_inviata", indirizzi(richiesta), _contesto(richiesta))
    _dice_all_ente(richiesta, utente, "inviata", f"È stato chiesto che {ente} aderisca a «{richiesta.alleanza}».")
    return richiesta


def _controlla_che_parta(richiesta: RichiestaAdesione) -> Ente | None:
    """The ente that it is about, if the register has it. Raises Rifiuto."""
    if mancano(richiesta):
        raise Rifiuto("Manca ancora qualcosa: completa la richiesta e poi inviala.")
    # One at a time: two people who ask for the same ente must not both get in.
    prendi(Alleanza.objects, richiesta.alleanza_id)
    ente = del_registro(richiesta)
    controlla_che_si_possa(richiesta.alleanza, ente, richiesta.dati.get("codice_fiscale", ""), richiesta)
    return ente


@transaction.atomic
def ripresenta(pk, utente, chiavi=(), *, risposta: str) -> RichiestaAdesione:
    """Send what was asked for, so that the examination goes on. After the term it counts too, and is remembered as late."""
    oggi = timezone.localdate()
    richiesta = esigi(permessi.puo_compilare, utente, prendi(RICHIESTE, pk, "ripresenta", utente), chiavi)
    ente = _controlla_che_parta(richiesta)
    termine = termini.aperto(richiesta, termini.INTEGRAZIONE)
    tardi = termine is not None and termini.restano(termine, oggi) < 0
    detta = f"oltre il termine: {risposta}" if tardi else risposta
    passaggio = passa(richiesta, "ripresenta", utente, detta, ente=ente, invii=[*richiesta.invii, richiesta.scritto])
    _fa_ripartire(richiesta, oggi)
    posta.invia("adesione_ripresentata", indirizzi(richiesta), _contesto(richiesta) | {"il": timezone.now(), "tardi": tardi})
    testo = f"{richiesta.denominazione} ha risposto alla richiesta di integrazioni per aderire a «{richiesta.alleanza}»."
    _dice_a(riceve(richiesta), richiesta, f"ripresentata:{passaggio.pk}", testo)
    _dice_all_ente(richiesta, utente, f"ripresentata:{passaggio.pk}", testo)
    return richiesta


@transaction.atomic
def ritira(pk, utente, chiavi=()) -> RichiestaAdesione:
    """Withdraw the request, for who asked; who was to answer is told, if it knew."""
    richiesta = esigi(permessi.puo_compilare, utente, prendi(RICHIESTE, pk, "ritira", utente), chiavi)
    nota = richiesta.inviata_il is not None
    passa(richiesta, "ritira", utente)
    termini.chiudi(richiesta, timezone.localdate())
    if nota:
        testo = f"{richiesta.denominazione} ha ritirato la richiesta di aderire a «{richiesta.alleanza}»."
        _dice_a(riceve(richiesta), richiesta, "ritirata", testo)
    return richiesta


# Who answers.


@transaction.atomic
def prendi_in_esame(pk, utente: Utente) -> RichiestaAdesione:
    richiesta = prendi(RICHIESTE, pk, "prendi_in_esame", utente, permessi.puo_decidere_adesione)
    passa(richiesta, "prendi_in_esame", utente)
    return richiesta


@transaction.atomic
def chiedi_integrazione(pk, utente: Utente, *, testo: str, giorni: int) -> RichiestaAdesione:
    """Let who asked change the request and send it again, within those days; the clock of the examination stops, once."""
    oggi = timezone.localdate()
    richiesta = prendi(RICHIESTE, pk, "chiedi_integrazione", utente, permessi.puo_decidere_adesione)
    fermato = termini.ferma(richiesta, termini.ESAME, oggi)
    entro = termini.fine(termini.avvia(richiesta, termini.INTEGRAZIONE, oggi, giorni), oggi)
    passaggio = passa(richiesta, "chiedi_integrazione", utente, f"entro il {data(entro)}")
    detto = f"Servono integrazioni all'adesione di {richiesta.denominazione} a «{richiesta.alleanza}», entro il {data(entro)}."
    _dice_all_ente(richiesta, None, f"integrazione:{passaggio.pk}", detto)
    contesto = {"chiesto": testo, "giorni": giorni, "entro": entro, "fermato": fermato, "massimo": termini.FERMO_MASSIMO}
    titolo = f"Integrazioni: richiesta di adesione a «{richiesta.alleanza}»"
    _scrive(richiesta, utente, titolo, "alleanze/adesioni/lettera_integrazione.txt", contesto)
    return richiesta


@transaction.atomic
def riprendi(pk, utente: Utente, *, motivo: str) -> RichiestaAdesione:
    """Go on with the examination without the answer of who asked: what it had not sent is put back as it was sent."""
    richiesta = prendi(RICHIESTE, pk, "riprendi", utente, permessi.puo_decidere_adesione)
    passaggio = passa(richiesta, "riprendi", utente, motivo, **richiesta.come_inviata().scritto)
    _fa_ripartire(richiesta, timezone.localdate())
    posta.invia("adesione_ripresa", indirizzi(richiesta), _contesto(richiesta) | {"motivo": motivo})
    testo = f"L'esame della richiesta di {richiesta.denominazione} è ripreso: {motivo[:300]}"
    _dice_all_ente(richiesta, None, f"ripresa:{passaggio.pk}", testo)
    return richiesta


def _fa_ripartire(richiesta: RichiestaAdesione, oggi: date) -> None:
    termini.riparti(richiesta, termini.ESAME, oggi)
    termini.chiudi(richiesta, oggi, termini.INTEGRAZIONE)


@transaction.atomic
def accogli(pk, utente: Utente, *, ruolo: str, dal: date, atto: dict | None = None) -> Adesione:
    """Let the ente enter the alleanza, by an act if there is one; if the register does not have it, it is entered there, once.

    Who asked is invited to act for it when nobody does; else its own people are told, and who asked gets no power over it.
    """
    richiesta = prendi(RICHIESTE, pk, "accogli", utente, permessi.puo_decidere_adesione)
    if manca := ", ".join(etichetta for _, _, etichetta in mancano(richiesta)):
        raise Rifiuto(f"Nella richiesta manca ancora: {manca}. Chiedi integrazioni, e accoglila quando è completa.")
    prendi(Alleanza.objects, richiesta.alleanza_id)
    ente = del_registro(richiesta) or registro.iscrivi(richiesta.dati)
    controlla_che_si_possa(richiesta.alleanza, ente, "", richiesta)
    adesione = Adesione.objects.create(alleanza=richiesta.alleanza, ente=ente, ruolo=ruolo, dal=dal)
    passa(richiesta, "accogli", utente, ente=ente, adesione=adesione)
    avvisati = _dice_all_ente(richiesta, None, "accolta", f"{ente} è entrato in «{richiesta.alleanza}» dal {data(dal)}.")
    contesto = {"invitato": _invita(richiesta, utente), "avvisati": avvisati, "atto": _decisa(richiesta, utente, atto)}
    titolo = f"Accolta: {richiesta.denominazione} in {richiesta.alleanza}"
    _scrive(richiesta, utente, titolo, "alleanze/adesioni/lettera_accolta.txt", contesto)
    return adesione


def _decisa(richiesta: RichiestaAdesione, utente: Utente, atto: dict | None) -> Atto | None:
    """The clocks have no more to measure; the act is recorded, if there is one."""
    termini.chiudi(richiesta, timezone.localdate())
    return registra_atto(richiesta, utente, atto)


def _invita(richiesta: RichiestaAdesione, utente: Utente) -> bool:
    """Who asked is invited to act for the ente; not when it has, or had, its own people, nor when it is an authority."""
    ordinario = richiesta.ente.genere == Ente.Genere.ORDINARIO
    if richiesta.per_il_suo_ente or not ordinario or di_ente(richiesta.ente_id, *PREPARANO):
        return False
    chi = {"email": richiesta.email, "nome": richiesta.nome, "cognome": richiesta.cognome}
    incarichi.manda(richiesta.ente, utente, ruolo=Appartenenza.Ruolo.RESPONSABILE, **chi)
    return True


@transaction.atomic
def respingi(pk, utente: Utente, *, motivo: str, atto: dict | None = None) -> RichiestaAdesione:
    """Refuse the request, for a reason that who asked reads, by an act if there is one; it may ask again."""
    richiesta = prendi(RICHIESTE, pk, "respingi", utente, permessi.puo_decidere_adesione)
    passa(richiesta, "respingi", utente, motivo, motivo=motivo)
    _dice_all_ente(richiesta, None, "respinta", f"La richiesta di {richiesta.denominazione} è stata respinta: {motivo[:300]}")
    titolo = f"Respinta: richiesta di adesione a «{richiesta.alleanza}»"
    contesto = {"atto": _decisa(richiesta, utente, atto)}
    _scrive(richiesta, utente, titolo, "alleanze/adesioni/lettera_respinta.txt", contesto)
    return richiesta


@transaction.atomic
def ricevi_originale(pk, utente: Utente, *, il: date) -> RichiestaAdesione:
    """Note that the signed scheda partnership came on paper (documento 004): it changes no state."""
    richiesta = prendi(RICHIESTE, pk, "ricevi_originale", utente, permessi.puo_decidere_adesione)
    passa(richiesta, "ricevi_originale", utente, f"ricevuto il {data(il)}", originale_ricevuto_il=il)
    return richiesta


# Leaving.


@transaction.atomic
def recedi(pk, utente: Utente, *, al: date, motivo: str) -> Adesione:
    """Let the ente leave the alleanza on that day; the row stays, closed.

    Raises Rifiuto for the capofila, which hands over before leaving, and for who has left already.
    """
    adesione = prendi(Adesione.objects.select_related("alleanza", "ente"), pk, "recedi", utente, permessi.puo_far_uscire)
    if perche := perche_non_esce(adesione):
        raise Rifiuto(perche)
    passa(adesione, "recedi", utente, motivo, al=al, recesso_motivo=motivo)
    alleanza = adesione.alleanza
    persone = di_tutti([alleanza.capofila_id, alleanza.ats_id, adesione.ente_id], *DELL_ATS)
    avvisa(
        [p for p in persone if p != utente],
        chiave=f"adesione:{adesione.pk}:recesso",
        testo=f"{adesione.ente} esce da «{alleanza}» il {data(al)}: {motivo}",
        url=reverse("alleanze:dettaglio", args=[alleanza.pk]),
    )
    return adesione


def perche_non_esce(adesione: Adesione) -> str:
    """Return why an ente cannot leave; "" when it can."""
    if adesione.ruolo == Adesione.Ruolo.CAPOFILA or adesione.ente_id == adesione.alleanza.capofila_id:
        return "Il capofila non può uscire dall'alleanza: prima un altro ente deve prendere il suo posto."
    if adesione.al:
        return f"{adesione.ente} ha già un'uscita registrata, il {data(adesione.al)}."
    return ""


# Telling.


def riceve(richiesta: RichiestaAdesione) -> list[Utente]:
    """Return the people of the capofila and of the ATS that answer; of the capofila, no istruttore does."""
    alleanza = richiesta.alleanza
    return di_ente(alleanza.ats_id, *DELL_ATS) + di_ente(alleanza.capofila_id, *PREPARANO)


def _dice_a(persone: list[Utente], richiesta: RichiestaAdesione, fatto: str, testo: str) -> bool:
    """Whether there was somebody to tell."""
    url = reverse("alleanze:adesione", args=[richiesta.pk])
    return bool(avvisa(persone, chiave=f"richiesta_adesione:{richiesta.pk}:{fatto}", testo=testo, url=url))


def _dice_all_ente(richiesta: RichiestaAdesione, utente, fatto: str, testo: str) -> bool:
    """The ente's own people; not who does it, nor who has the mail to who asks. Returns whether there was somebody to tell."""
    persone, per_posta = di_ente(richiesta.ente_id, *PREPARANO) if richiesta.ente_id else [], indirizzi(richiesta)
    return _dice_a([p for p in persone if p != utente and p.email not in per_posta], richiesta, fatto, testo)


def _pagina(richiesta: RichiestaAdesione) -> str:
    """The page is for who has an account, the others have their link."""
    return reverse("alleanze:adesione", args=[richiesta.pk]) if richiesta.chiesta_da_id else ""


def _contesto(richiesta: RichiestaAdesione) -> dict:
    """Of the mail to who asks."""
    return {"richiesta": richiesta, "pagina": _pagina(richiesta), "portale": settings.INDIRIZZO_PUBBLICO}


def _scrive(richiesta: RichiestaAdesione, utente: Utente, titolo: str, modello: str, contesto: dict) -> Lettera:
    """A letter to who asks, from the ente that the person answers for; last, because it takes a number."""
    alleanza = richiesta.alleanza
    del_capofila = permessi.agisce_per(utente, alleanza.capofila_id, *PREPARANO)
    return lettere.scrivi(
        richiesta,
        utente,
        mittente=alleanza.capofila if del_capofila else alleanza.ats,
        destinatario=richiesta.denominazione,
        a=indirizzi(richiesta),
        titolo=titolo,
        modello=modello,
        contesto=contesto | {"richiesta": richiesta},
        pagina=_pagina(richiesta),
    )
