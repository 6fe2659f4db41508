"""One wrong field keeps back itself: what is right beside it is saved, by the button and by the page itself."""

import pytest
from django.test import Client
from django.urls import reverse

from alleanze.models import Appartenenza
from progetti.contenuto import contenuto
from progetti.edizioni import EDIZIONI

from ...moduli import apri, campi, nome, riga_nuova

BLOCCO = "II.B"
SBAGLIATO = "RSSMRA80A01H501Z"


@pytest.fixture
def iride(progetto):
    return progetto.partecipazioni.get(denominazione__startswith="Iride").pk


@pytest.fixture
def url(progetto, iride) -> str:
    return reverse("progetti:riga", args=[progetto.pk, BLOCCO, iride])


@pytest.fixture
def browser(entra, capofila):
    return entra(capofila)


@pytest.fixture
def valori(progetto, iride):
    return lambda: EDIZIONI["dgr1081-2014"].blocco(BLOCCO).attuali(contenuto(progetto))[str(iride)]


@pytest.fixture
def scritto(iride):
    """Names and values of fields of Iride, as a browser sends them."""
    return lambda **valori: {nome(BLOCCO, campo, iride): valore for campo, valore in valori.items()}


def da_sola(url: str) -> str:
    return url.rstrip("/") + "/salvataggio/"


@pytest.fixture
def rifiutata(browser, url, scritto):
    """A telephone, after a wrong codice fiscale, sent by the button."""
    return browser.post(url, apri(browser, url) | scritto(lr_codice_fiscale=SBAGLIATO, referente_tel="0373 894500"))


def test_il_telefono_scritto_dopo_un_codice_sbagliato_e_salvato_col_pulsante(rifiutata, valori):
    assert rifiutata.status_code == 422
    assert valori()["referente_tel"] == "0373 894500"
    assert valori()["lr_codice_fiscale"] != SBAGLIATO


def test_il_campo_sbagliato_resta_com_era_scritto_e_dice_perche(rifiutata, scritto):
    pagina = rifiutata.content.decode()
    (campo,) = scritto(lr_codice_fiscale="")
    assert campi(rifiutata)[campo] == [SBAGLIATO]
    assert f'id="id_{campo}_error"' in pagina
    assert "Tutto il resto della pagina è salvato." in pagina


def test_dalla_pagina_con_errori_si_ricambia_cio_che_era_gia_salvato(browser, url, rifiutata, scritto, valori):
    corretto = scritto(lr_codice_fiscale="", referente_tel="0373 111222")
    assert browser.post(url, campi(rifiutata) | corretto).status_code == 302
    assert valori()["referente_tel"] == "0373 111222"


def test_la_pagina_che_si_salva_da_sola_salva_il_resto_e_nomina_il_campo(browser, url, scritto, valori):
    dati = apri(browser, url) | scritto(lr_codice_fiscale=SBAGLIATO, referente_tel="0373 894500")
    risposta = browser.post(da_sola(url), dati)
    (campo,) = scritto(lr_codice_fiscale="")
    assert risposta.status_code == 422
    assert [errore["id"] for errore in risposta.json()["errori"]] == [f"id_{campo}"]
    assert valori()["referente_tel"] == "0373 894500"


def risposta_impronte(risposta) -> list[str]:
    return [chiave.removesuffix("--i") for chiave in risposta.json()["impronte"]]


def test_di_un_campo_rifiutato_la_pagina_non_riceve_l_impronta(browser, url, scritto):
    dati = apri(browser, url) | scritto(lr_codice_fiscale=SBAGLIATO, referente_tel="0373 894500")
    salvati = risposta_impronte(browser.post(da_sola(url), dati))
    assert next(iter(scritto(referente_tel=""))) in salvati
    assert next(iter(scritto(lr_codice_fiscale=""))) not in salvati


def test_cio_che_torna_solo_insieme_aspetta_che_sia_corretto_tutto(browser, url, scritto, valori):
    browser.post(url, apri(browser, url) | scritto(lavoratori="12", lavoratrici_donne="7", lavoratori_uomini="5"))
    dati = apri(browser, url) | scritto(lavoratori="venti", lavoratrici_donne="12", lavoratori_uomini="8", ateco="88.10.00")
    errori = browser.post(da_sola(url), dati).json()["errori"]
    assert {errore["id"] for errore in errori} == {
        f"id_{campo}" for campo in scritto(lavoratori="", lavoratrici_donne="", lavoratori_uomini="")
    }
    tenuti = ("lavoratori", "lavoratrici_donne", "lavoratori_uomini")
    assert [valori()[campo] for campo in (*tenuti, "ateco")] == [12, 7, 5, "88.10.00"]


def test_cio_che_torna_insieme_si_salva_insieme_anche_accanto_a_un_errore(browser, url, scritto, valori):
    browser.post(url, apri(browser, url) | scritto(lavoratori="12", lavoratrici_donne="7", lavoratori_uomini="5"))
    nuovi = scritto(lavoratori="20", lavoratrici_donne="12", lavoratori_uomini="8", lr_codice_fiscale=SBAGLIATO)
    assert len(browser.post(da_sola(url), apri(browser, url) | nuovi).json()["errori"]) == 1
    assert [valori()[campo] for campo in ("lavoratori", "lavoratrici_donne", "lavoratori_uomini")] == [20, 12, 8]


# Rows.


@pytest.fixture
def finanziaria(progetto) -> str:
    return reverse("progetti:sezione", args=[progetto.pk, "IV"])


def test_una_riga_nuova_con_un_importo_sbagliato_si_salva_senza_l_importo(browser, progetto, finanziaria):
    azione = progetto.azione_righe.get(titolo="formazione")
    dati = apri(browser, finanziaria)
    nuova = riga_nuova(dati, "cofinanziamenti")
    riga = {"settore": "privato", "azione": str(azione.pk), "importo": "mille", "atto": "delibera 12"}
    risposta = browser.post(finanziaria, dati | {nome("cofinanziamenti", c, nuova): v for c, v in riga.items()})
    salvata = progetto.cofinanziamento_righe.get(pk=nuova)
    assert (salvata.azione, salvata.importo, salvata.atto) == (azione, None, "delibera 12")
    corretta = campi(risposta) | {nome("cofinanziamenti", "importo", nuova): "1.000,00"}
    assert browser.post(finanziaria, corretta).status_code == 302
    salvata.refresh_from_db()
    assert f"{salvata.importo:.2f}" == "1000.00"


def test_una_riga_eliminata_accanto_a_un_errore_non_torna(browser, progetto, finanziaria):
    via, resta = progetto.cofinanziamento_righe.order_by("pk")[:2]
    cambi = {f"b-cofinanziamenti_{via.pk}--elimina": "1", nome("cofinanziamenti", "importo", resta.pk): "mille"}
    risposta = browser.post(finanziaria, apri(browser, finanziaria) | cambi)
    assert risposta.status_code == 422
    assert str(via.pk) not in risposta.content.decode()
    corretta = campi(risposta) | {nome("cofinanziamenti", "importo", resta.pk): "1,00"}
    assert browser.post(finanziaria, corretta).status_code == 302
    assert not progetto.cofinanziamento_righe.filter(pk=via.pk).exists()


def test_un_conflitto_e_un_errore_nello_stesso_blocco_si_risolvono_uno_dopo_l_altro(
    entra, capofila, responsabile, url, scritto, valori
):
    mio, suo = entra(capofila), entra(responsabile)
    dati = apri(mio, url)
    assert suo.post(url, apri(suo, url) | scritto(referente_tel="0373 222333")).status_code == 302
    conflitto = mio.post(url, dati | scritto(referente_tel="0373 444555", lr_codice_fiscale=SBAGLIATO, ateco="88.10.00"))
    assert conflitto.status_code == 409
    assert valori()["ateco"] == "88.10.00"
    (telefono,) = scritto(referente_tel="")
    deciso = mio.post(url, campi(conflitto, url) | {f"{telefono}--scelta": "mio"})
    assert valori()["referente_tel"] == "0373 444555"
    (codice,) = scritto(lr_codice_fiscale="")
    assert campi(deciso)[codice] == [SBAGLIATO]


def test_di_chi_ha_due_soggetti_una_riga_che_non_dice_di_quale_non_si_salva(entra, partner, progetto, finanziaria):
    altro = progetto.partecipazioni.get(denominazione__startswith="Iride").ente
    Appartenenza.objects.create(utente=partner, ente=altro, ruolo=Appartenenza.Ruolo.RESPONSABILE)
    browser = entra(partner)
    dati = apri(browser, finanziaria)
    nuova = riga_nuova(dati, "cofinanziamenti")
    risposta = browser.post(finanziaria, dati | {nome("cofinanziamenti", "importo", nuova): "10,00"})
    assert "Indica per quale dei tuoi soggetti." in risposta.content.decode()
    assert campi(risposta)[nome("cofinanziamenti", "importo", nuova)] == ["10,00"]
    assert not progetto.cofinanziamento_righe.filter(pk=nuova).exists()


def test_una_riga_nuova_tutta_sbagliata_corretta_e_una_riga_nuova(browser, progetto, finanziaria):
    dati = apri(browser, finanziaria)
    nuova = riga_nuova(dati, "cofinanziamenti")
    risposta = browser.post(finanziaria, dati | {nome("cofinanziamenti", "importo", nuova): "mille"})
    corretta = {nome("cofinanziamenti", "importo", nuova): "1.000,00", nome("cofinanziamenti", "settore", nuova): "privato"}
    assert browser.post(finanziaria, campi(risposta) | corretta).status_code == 302
    assert str(progetto.cofinanziamento_righe.get(pk=nuova).importo) == "1000.00"


def test_la_riga_vuota_di_una_pagina_con_errori_si_riempie(browser, progetto, finanziaria):
    resta = progetto.cofinanziamento_righe.first()
    dati = apri(browser, finanziaria)
    vuota = riga_nuova(dati, "cofinanziamenti")
    risposta = browser.post(finanziaria, dati | {nome("cofinanziamenti", "importo", resta.pk): "mille"})
    giuste = {"settore": "privato", "importo": "5,00"}
    righe = {nome("cofinanziamenti", campo, vuota): valore for campo, valore in giuste.items()}
    risposta = browser.post(finanziaria, campi(risposta) | righe | {nome("cofinanziamenti", "importo", resta.pk): "1,00"})
    assert risposta.status_code == 302
    assert progetto.cofinanziamento_righe.filter(pk=vuota).exists()


def test_cio_che_e_rifiutato_accanto_a_un_conflitto_non_torna_vuoto(entra, capofila, responsabile, url, scritto, valori):
    mio, suo = entra(capofila), Client()
    suo.force_login(responsabile)
    prima = scritto(lavoratori="12", lavoratrici_donne="", lavoratori_uomini="", referente_email="a@b.it")
    mio.post(url, apri(mio, url) | prima)
    dati = apri(mio, url)
    suo.post(url, apri(suo, url) | scritto(lavoratori="20"))
    mie = scritto(lavoratrici_donne="7", lavoratori_uomini="5", referente_email="non una posta")
    conflitto = mio.post(url, dati | mie)
    (posta,) = scritto(referente_email="")
    assert conflitto.status_code == 409
    assert campi(conflitto, url)[posta] == ["non una posta"]
    assert valori()["referente_email"] == "a@b.it"
