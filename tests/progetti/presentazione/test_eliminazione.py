"""A scheda opened by mistake can be thrown away, as long as it is only its capofila's."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from alleanze.models import Appartenenza, Carica, Mandato, Persona
from progetti.models import Azione, Cofinanziamento, Compilazione, Progetto
from progetti.nuovo import apri as nascita
from progetti.presentazione import transizioni
from progetti.soggetti import aggiungi

from ...moduli import apri, campi, nome


@pytest.fixture
def doppione(progetto, capofila) -> Progetto:
    """The same scheda opened a second time, with an action and its cofinancing."""
    doppione = nascita.apri(progetto.avviso, progetto.capofila, progetto.alleanza, capofila)
    Progetto.objects.filter(pk=doppione.pk).update(titolo="Aperta per sbaglio")
    aggiungi.aggiungi_soggetto(doppione, progetto.partecipazioni.get(denominazione__startswith="Iride").ente, utente=capofila)
    azione = Azione.objects.create(progetto=doppione, ordine=1, titolo="Nido")
    Cofinanziamento.objects.create(progetto=doppione, ordine=1, azione=azione, settore="privato", importo=10)
    doppione.refresh_from_db()
    return doppione


def elimina(progetto) -> str:
    return reverse("progetti:elimina", args=[progetto.pk])


def parte(progetto) -> tuple[str, str]:
    riga = progetto.partecipazioni.get(denominazione__startswith="Iride").pk
    return reverse("progetti:riga", args=[progetto.pk, "II.B", riga]), nome("II.B", "referente_nominativo", riga)


def test_dalla_pagina_del_progetto_si_elimina_dopo_aver_letto_il_titolo(entra, capofila, doppione):
    browser, url = entra(capofila), elimina(doppione)
    assert url in browser.get(reverse("progetti:dettaglio", args=[doppione.pk])).content.decode()
    pagina = browser.get(url)
    assert "Stai per eliminare la scheda «Aperta per sbaglio»" in pagina.content.decode()
    esito = browser.post(url, campi(pagina), follow=True)
    assert "La scheda «Aperta per sbaglio» è eliminata." in esito.content.decode()
    assert not Progetto.objects.filter(pk=doppione.pk).exists()


def test_la_storia_dice_chi_l_ha_eliminata_e_che_cosa_diceva(entra, capofila, doppione):
    entra(capofila).post(elimina(doppione))
    evento = Progetto.pgh_event_model.objects.get(pgh_obj_id=doppione.pk, pgh_label="delete")
    assert (evento.titolo, evento.pgh_context.metadata["user"]) == ("Aperta per sbaglio", capofila.pk)
    assert Compilazione.pgh_event_model.objects.filter(progetto_id=doppione.pk, pgh_label="delete").exists()


def test_un_secondo_clic_non_si_spaventa(entra, capofila, doppione):
    browser = entra(capofila)
    browser.post(elimina(doppione))
    assert "era già stata eliminata" in browser.post(elimina(doppione), follow=True).content.decode()


def test_chi_non_c_entrava_non_sa_che_c_era(entra, capofila, estraneo, doppione):
    entra(capofila).post(elimina(doppione))
    assert entra(estraneo).get(elimina(doppione)).status_code == 404


def rifiutata(browser, progetto, perche: str) -> None:
    assert perche in browser.get(elimina(progetto)).content.decode()
    assert perche in browser.post(elimina(progetto), follow=True).content.decode()
    assert Progetto.objects.filter(pk=progetto.pk).exists()


def test_se_un_partner_ha_scritto_non_si_elimina(client, entra, altro_partner, capofila, doppione):
    url, referente = parte(doppione)
    entra(altro_partner).post(url, apri(client, url) | {referente: "Carla Verdi"})
    # Not even when the capofila has written over it since.
    entra(capofila).post(url, apri(client, url) | {referente: "Anna Neri"})
    rifiutata(entra(capofila), doppione, "Un partner ha già scritto nella scheda")


def scrive(browser, utente, progetto, che_cosa: str = "Carla Verdi") -> None:
    """What the person writes in the part of Iride."""
    browser.force_login(utente)
    url, referente = parte(progetto)
    assert browser.post(url, apri(browser, url) | {referente: che_cosa}).status_code == 302


def giorni_fa(quanti: int):
    return timezone.localdate() - timedelta(days=quanti)


def test_chi_scrive_per_mandato_del_capofila_non_ferma_l_eliminazione(client, partner, doppione):
    del_partner = partner.appartenenze.get().ente
    Mandato.objects.create(mandante=doppione.capofila, mandatario=del_partner, dal=giorni_fa(9), atto="delibera 1")
    scrive(client, partner, doppione)
    assert transizioni.perche_resta(doppione) == ""


def test_chi_scrive_perche_rappresenta_il_capofila_non_ferma_l_eliminazione(client, estraneo, doppione):
    sindaca = Persona.objects.create(nome="Ada", cognome="Neri", utente=estraneo)
    Carica.objects.create(ente=doppione.capofila, persona=sindaca, tipo="lr")
    scrive(client, estraneo, doppione)
    assert transizioni.perche_resta(doppione) == ""


def test_chi_lasciato_il_capofila_scrive_per_un_partner_ferma_l_eliminazione(client, altro_partner, doppione):
    prima = {"ente": doppione.capofila, "ruolo": "operatore", "dal": giorni_fa(90), "al": giorni_fa(30)}
    Appartenenza.objects.create(utente=altro_partner, **prima)
    scrive(client, altro_partner, doppione)
    assert "Un partner ha già scritto" in transizioni.perche_resta(doppione)


@pytest.mark.parametrize("lascia", ["chiude", "cancella", "riprende"])
def test_chi_ha_scritto_quando_era_del_capofila_non_ferma_l_eliminazione(client, estraneo, doppione, lascia):
    era = Appartenenza.objects.create(utente=estraneo, ente=doppione.capofila, ruolo="operatore", dal=giorni_fa(90))
    scrive(client, estraneo, doppione)
    # All that a test writes has one moment: what was before is moved to before.
    ieri = timezone.now() - timedelta(days=1)
    Appartenenza.pgh_event_model.objects.filter(pgh_obj_id=era.pk).update(pgh_created_at=ieri - timedelta(days=89))
    Compilazione.pgh_event_model.objects.filter(aggiornata_da=estraneo).update(pgh_created_at=ieri)
    if lascia == "cancella":
        era.delete()
    else:
        era.dal, era.al = (era.dal, giorni_fa(2)) if lascia == "chiude" else (giorni_fa(0), None)
        era.save()
    assert transizioni.perche_resta(doppione) == ""


@pytest.mark.parametrize("per_il_capofila", [True, False])
def test_di_chi_agisce_per_il_capofila_e_per_un_partner_conta_la_scelta(client, altro_partner, doppione, per_il_capofila):
    iride = altro_partner.appartenenze.get().ente
    Appartenenza.objects.create(utente=altro_partner, ente=doppione.capofila, ruolo="operatore", dal=giorni_fa(9))
    client.force_login(altro_partner)
    client.post(reverse("alleanze:agisci_per"), {"ente": str(doppione.capofila_id if per_il_capofila else iride.pk)})
    url, referente = parte(doppione)
    assert client.post(url, apri(client, url) | {referente: "Carla Verdi"}).status_code == 302
    assert (transizioni.perche_resta(doppione) == "") is per_il_capofila


def test_se_un_partner_ha_confermato_non_si_elimina(entra, responsabile, progetto):
    rifiutata(entra(responsabile), progetto, "Un partner ha già confermato")


def test_se_e_stata_presentata_una_volta_non_si_elimina(entra, responsabile, presentato):
    transizioni.riapri(presentato.pk, responsabile)
    browser = entra(responsabile)
    assert elimina(presentato) not in browser.get(reverse("progetti:dettaglio", args=[presentato.pk])).content.decode()
    rifiutata(browser, presentato, "La scheda è già stata presentata una volta")


def test_chi_scriveva_in_una_scheda_eliminata_ritrova_il_suo_testo(entra, altro_partner, capofila, doppione):
    url, referente = parte(doppione)
    suo = Client()
    suo.force_login(altro_partner)
    mio = apri(suo, url) | {referente: "Carla Verdi"}
    entra(capofila).post(elimina(doppione))
    esito = suo.post(url, mio)
    pagina = esito.content.decode()
    assert esito.status_code == 409
    assert f"La scheda è stata eliminata da {capofila} il " in pagina
    assert "Carla Verdi" in pagina
    assert "Aperta per sbaglio" not in pagina
