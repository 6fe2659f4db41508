"""A call that nobody foresaw: its module alone makes form, page, checks, file, version and PDF."""

import json

import pytest
from django.urls import reverse
from django.utils import timezone
from lxml import html

from conciliazione.schede.lettura import leggi
from conciliazione.schede.segnalazioni import controlla
from progetti import interscambio
from progetti.contenuto import contenuto
from progetti.edizioni import EDIZIONI
from progetti.models import Avviso, Conferma
from progetti.nuovo import apri as nascita
from progetti.presentazione import transizioni, versioni
from progetti.scheda.blocchi import blocchi_di_sezione
from progetti.soggetti import aggiungi

from ...edizione_di_prova import EDIZIONE
from ...moduli import apri


@pytest.fixture
def nuovo(dimostrazione, monkeypatch, capofila, altro_partner):
    """A project of the unforeseen call: Comune di Crema and Iride."""
    monkeypatch.setitem(EDIZIONI, EDIZIONE.codice, EDIZIONE)
    avviso = Avviso.objects.crea(EDIZIONE.codice, codice="prova", titolo="Avviso di prova", atto="DGR di prova")
    ente = capofila.appartenenze.get().ente
    progetto = nascita.apri(avviso, ente, None, utente=capofila)
    aggiungi.aggiungi_soggetto(progetto, altro_partner.appartenenze.get().ente, utente=capofila)
    return progetto


def _manda(browser, url, **valori):
    """Post a page as a browser does: its own hidden inputs and values, with some typed over."""
    dati = apri(browser, url)
    dati.update(valori)
    return browser.post(url, dati)


def _riempi(nuovo, entra, capofila):
    browser = entra(capofila)
    uno, due = (reverse("progetti:sezione", args=[nuovo.pk, chiave]) for chiave in ("uno", "due"))
    risposte = {
        "b-1-titolo": "Prova",
        "b-1-sintesi": "Una riga\ne un'altra",
        "b-1-inizio": "31.12.2029",
        "b-1-destinatari": "12",
        "b-1-tetto": "€ 1.000,50",
        "b-1-tipo": "nuovo",
        "b-1-temi": ["tempo", "cura"],
        "b-1-durata_dal": "ottobre 2030",
        "b-1-durata_al": "12/2030",
    }
    assert _manda(browser, uno, **risposte).status_code == 302
    return browser, uno, due


def test_le_domande_di_ogni_genere_si_scrivono_e_si_rileggono(nuovo, entra, capofila):
    _riempi(nuovo, entra, capofila)
    nuovo.refresh_from_db()
    letto = contenuto(nuovo)
    scritte = EDIZIONE.blocco("1").valori(letto, {"id": ""})
    assert scritte == {
        "titolo": "Prova",
        "sintesi": "Una riga\ne un'altra",
        "inizio": "2029-12-31",
        "destinatari": 12,
        "tetto": "1000.50",
        "tipo": "nuovo",
        "temi": ["tempo", "cura"],
        "durata_dal": "2030-10",
        "durata_al": "2030-12",
    }


@pytest.mark.parametrize("sezione", EDIZIONE.sezioni, ids=lambda s: s.chiave)
def test_ogni_sezione_si_apre(nuovo, entra, capofila, sezione):
    risposta = entra(capofila).get(reverse("progetti:sezione", args=[nuovo.pk, sezione.chiave]))
    assert risposta.status_code == 200
    assert all(blocco.titolo in risposta.content.decode() for blocco, _ in blocchi_di_sezione(EDIZIONE, sezione))


def test_una_riga_di_tabella_nuova_apre_le_sue_parti_altrove(nuovo, entra, capofila):
    browser, _, due = _riempi(nuovo, entra, capofila)
    dati = apri(browser, due)
    (riga,) = dati["b-4-righe"]
    assert browser.post(due, dati | {f"b-4_{riga}-codice": "A", f"b-4_{riga}-titolo": "Azione A"}).status_code == 302
    parte = reverse("progetti:riga", args=[nuovo.pk, "5", riga])
    assert _manda(browser, parte, **{f"b-5_{riga}-obiettivo": "Fare"}).status_code == 302
    assert _manda(browser, due, **{f"b-7_{riga}-costo": "100", f"b-6_{riga}-m3": "x"}).status_code == 302
    letto = contenuto(nuovo)
    assert letto["risposte"]["5"][riga] == {"obiettivo": "Fare"}
    assert letto["risposte"]["6"][riga]["m3"] == "x"
    assert letto["costi"][0]["importo"] == "100.00"


def test_accanto_a_un_testo_con_un_massimo_di_caratteri_si_legge_quanti_sono(nuovo, entra, capofila):
    browser, _, due = _riempi(nuovo, entra, capofila)
    dati = apri(browser, due)
    (riga,) = dati["b-4-righe"]
    browser.post(due, dati | {f"b-4_{riga}-titolo": "Azione A"})
    parte = reverse("progetti:riga", args=[nuovo.pk, "5", riga])
    for testo, detto in (("x" * 119 + "\n", "120 di 120 caratteri"), ("x" * 121, "121 di 120 caratteri")):
        assert _manda(browser, parte, **{f"b-5_{riga}-obiettivo": testo}).status_code == 302
        (contati,) = html.fromstring(browser.get(parte).content).xpath(f'//*[@data-caratteri-di="id_b-5_{riga}-obiettivo"]')
        assert contati.text == detto
        assert ("campo-righe-troppe" in contati.classes) is detto.startswith("121")


def test_il_partner_scrive_la_sua_parte_e_solo_quella(nuovo, entra, altro_partner):
    sua = nuovo.partecipazioni.get(ruolo="partner")
    browser = entra(altro_partner)
    url = reverse("progetti:riga", args=[nuovo.pk, "3", sua.pk])
    assert _manda(browser, url, **{f"b-3_{sua.pk}-motto": "Insieme"}).status_code == 302
    assert contenuto(nuovo)["risposte"]["3"][str(sua.pk)]["motto"] == "Insieme"
    altra = reverse("progetti:riga", args=[nuovo.pk, "3", nuovo.partecipazioni.get(ruolo="capofila").pk])
    assert browser.post(altra, {}).status_code == 403


def test_cio_che_manca_e_detto_con_le_parole_del_modulo(nuovo, entra, capofila):
    messaggi = [s.messaggio for s in controlla(EDIZIONE, contenuto(nuovo))]
    assert any("1. Il progetto" in m and "Sintesi" in m for m in messaggi)


def test_il_file_va_e_torna_uguale(nuovo, entra, capofila):
    _riempi(nuovo, entra, capofila)
    nuovo.refresh_from_db()
    testo = interscambio.esporta(nuovo)
    assert interscambio.importa(json.loads(testo))[1] == "identico"


def test_si_congela_e_si_stampa(nuovo, entra, capofila, responsabile):
    _riempi(nuovo, entra, capofila)
    versione = transizioni.registra_presentata_altrove(
        nuovo.pk, responsabile, canale="pec", presentata_il=timezone.now(), protocollo="1/2030"
    ).versione
    assert versione.lettura == leggi(EDIZIONE, versione.contenuto)
    assert versioni.pdf_di(versione).startswith(b"%PDF")


def test_la_conferma_non_sa_di_quale_bando_e(nuovo, entra, altro_partner):
    sua = nuovo.partecipazioni.get(ruolo="partner")
    browser = entra(altro_partner)
    assert _manda(browser, reverse("progetti:conferma", args=[nuovo.pk, sua.pk])).status_code == 302
    assert Conferma.objects.filter(partecipazione=sua).exists()
