"""The enti and the referenti of an alleanza, out to Excel and back."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from alleanze.models import Adesione, Alleanza, Carica, Ente, Persona, Sede
from conciliazione.fogli.excel import leggi_xlsx
from conciliazione.fogli.scrivi import TIPO

from ... import fabbrica, moduli


@pytest.fixture
def alleanza(progetto) -> Alleanza:
    return progetto.alleanza


def url(nome: str, alleanza, quale: str) -> str:
    return reverse(f"alleanze:{nome}", args=[alleanza.pk, quale])


def incolla(browser, alleanza, quale: str, testo: str):
    return browser.post(url("tabella", alleanza, quale), {"testo": testo})


def conferma(browser, alleanza, quale: str, anteprima, **cambiati):
    dove = url("tabella_conferma", alleanza, quale)
    return browser.post(dove, moduli.campi(anteprima, dove) | cambiati)


def scarica(browser, alleanza, quale: str) -> bytes:
    return b"".join(browser.get(url("tabella_scarica", alleanza, quale)).streaming_content)


def errori(anteprima) -> list:
    return anteprima.context["anteprima"]["errori"]


@pytest.mark.parametrize("quale", ["enti", "referenti"])
def test_cio_che_si_scarica_si_ricarica_senza_novita(entra, capofila, alleanza, quale):
    browser = entra(capofila)
    dati = scarica(browser, alleanza, quale)
    assert len(leggi_xlsx(dati)[0].righe) > 1
    anteprima = browser.post(url("tabella", alleanza, quale), {"file": SimpleUploadedFile("a.xlsx", dati, TIPO)})
    assert errori(anteprima) == []
    assert {r.stato for r in anteprima.context["anteprima"]["righe"]} == {"uguale"}
    assert conferma(browser, alleanza, quale, anteprima).status_code == 302


def test_un_ente_nuovo_si_crea_con_la_sua_sede_e_una_volta_sola(entra, capofila, alleanza):
    celle = {
        "Denominazione": "Asilo Il Girasole",
        "Ruolo": "partner effettivo",
        "Dal": "01/02/2015",
        "Codice fiscale": " 02508100928",
        "Settore": "privato",
        "Tipologia": "cooperativa",
        "Sede legale: Indirizzo": "via Verdi 1",
        "Sede legale: Città": "Crema",
        "C.A.P.": "26013",
        "PEC": "girasole@pec.example.org",
    }
    testo = "\t".join(celle) + "\n" + "\t".join(celle.values())
    browser = entra(capofila)
    anteprima = incolla(browser, alleanza, "enti", testo)
    assert errori(anteprima) == []
    assert conferma(browser, alleanza, "enti", anteprima).status_code == 302
    conferma(browser, alleanza, "enti", anteprima)
    ente = Ente.objects.get(denominazione="Asilo Il Girasole")
    assert (ente.codice_fiscale, ente.settore, ente.pec) == ("02508100928", "privato", "girasole@pec.example.org")
    assert str(alleanza.adesioni.get(ente=ente).dal) == "2015-02-01"
    assert [s.citta for s in ente.sedi.filter(tipo=Sede.Tipo.LEGALE)] == ["Crema"]


def test_un_ente_gia_registrato_entra_e_i_suoi_dati_restano(entra, capofila, alleanza):
    fuori = fabbrica.ente("Fuori Alleanza", codice_fiscale="02508100928")
    browser = entra(capofila)
    anteprima = incolla(browser, alleanza, "enti", "Denominazione\tCodice fiscale\tSettore\nAltro nome\t02508100928\tpubblico")
    pagina = anteprima.content.decode()
    assert "entra nell" in pagina
    assert "nel portale è «Fuori Alleanza» e resta così" in pagina
    assert conferma(browser, alleanza, "enti", anteprima).status_code == 302
    fuori.refresh_from_db()
    assert (fuori.denominazione, fuori.settore) == ("Fuori Alleanza", "privato")
    assert alleanza.adesioni.filter(ente=fuori).exists()
    assert Ente.objects.filter(codice_fiscale="02508100928").count() == 1


def test_il_ruolo_di_un_aderente_si_cambia_e_la_sua_denominazione_no(entra, ats, alleanza):
    koala = Ente.objects.get(denominazione__startswith="Koala")
    browser = entra(ats)
    testo = f"Codice fiscale\tDenominazione\tRuolo\n{koala.codice_fiscale}\tKoala srl\tsostenitore"
    assert conferma(browser, alleanza, "enti", incolla(browser, alleanza, "enti", testo)).status_code == 302
    assert alleanza.adesioni.get(ente=koala).ruolo == Adesione.Ruolo.SOSTENITORE
    koala.refresh_from_db()
    assert koala.denominazione.startswith("Koala Coop")


def test_i_dati_del_proprio_ente_si_cambiano(entra, capofila, alleanza):
    comune = capofila.appartenenze.get().ente
    browser = entra(capofila)
    testo = f"Codice fiscale\tPEC\n{comune.codice_fiscale}\tprotocollo@pec.comune.example.org"
    assert conferma(browser, alleanza, "enti", incolla(browser, alleanza, "enti", testo)).status_code == 302
    comune.refresh_from_db()
    assert comune.pec == "protocollo@pec.comune.example.org"


@pytest.mark.parametrize(
    ("testo", "perche"),
    [
        ("Denominazione\nSenza settore", "pubblico o privato"),
        ("Denominazione\tSettore\tCodice fiscale\nA\tprivato\t123", "Sono 11 cifre|16 caratteri"),
        ("Denominazione\tSettore\tRuolo\nA\tprivato\tcapofila", "lo cambia l'amministratore"),
        ("Denominazione\tSettore\tDal\tAl\nA\tprivato\t01/01/2020\t01/01/2019", "prima dell'inizio"),
        ("Denominazione\tSettore\tSede legale: Città\nA\tprivato\tCrema", "almeno indirizzo e città"),
        ("Denominazione\tSettore\tCodice fiscale\nA\tprivato\t02508100928\nB\tprivato\t02508100928", "tienine una sola"),
    ],
)
def test_cio_che_il_registro_rifiuta_e_un_errore_di_quella_cella(entra, capofila, alleanza, testo, perche):
    browser, prima = entra(capofila), Ente.objects.count()
    anteprima = incolla(browser, alleanza, "enti", testo)
    assert any(p in e[2] for e in errori(anteprima) for p in perche.split("|"))
    assert conferma(browser, alleanza, "enti", anteprima).status_code == 422
    assert Ente.objects.count() == prima


def test_chi_cambia_tra_anteprima_e_conferma_fa_rivedere_la_pagina(entra, capofila, alleanza):
    koala = Ente.objects.get(denominazione__startswith="Koala")
    browser = entra(capofila)
    anteprima = incolla(browser, alleanza, "enti", f"Codice fiscale\tRuolo\n{koala.codice_fiscale}\tsostenitore")
    alleanza.adesioni.filter(ente=koala).update(ruolo=Adesione.Ruolo.ADERENTE)
    rivista = conferma(browser, alleanza, "enti", anteprima)
    assert rivista.status_code == 422
    assert alleanza.adesioni.get(ente=koala).ruolo == Adesione.Ruolo.ADERENTE
    assert conferma(browser, alleanza, "enti", rivista).status_code == 302
    assert alleanza.adesioni.get(ente=koala).ruolo == Adesione.Ruolo.SOSTENITORE


def test_un_referente_nuovo_si_registra_una_volta_e_si_ritrova_nel_foglio(entra, capofila, alleanza):
    browser = entra(capofila)
    celle = "Koala Cooperativa Sociale ONLUS\tRiboni\tElsa\t0373 11223\telsa@koala.example.org"
    testo = f"Ente\tCognome\tNome\tTelefono\tE-mail\n{celle}"
    anteprima = incolla(browser, alleanza, "referenti", testo)
    assert errori(anteprima) == []
    conferma(browser, alleanza, "referenti", anteprima)
    conferma(browser, alleanza, "referenti", anteprima)
    assert Carica.objects.filter(persona__cognome="Riboni", tipo="referente").count() == 1
    assert Persona.objects.get(cognome="Riboni").telefono == "0373 11223"
    assert "Riboni" in str(leggi_xlsx(scarica(browser, alleanza, "referenti"))[0].righe)


def test_i_recapiti_del_referente_di_un_altro_ente_non_si_cambiano(entra, capofila, alleanza):
    koala = Ente.objects.get(denominazione__startswith="Koala")
    persona = fabbrica.persona("Elsa", "Riboni", telefono="0373 11223")
    Carica.objects.create(ente=koala, persona=persona, tipo="referente")
    browser = entra(capofila)
    testo = f"Ente\tCognome\tNome\tTelefono\n{koala}\tRiboni\tElsa\t0373 99999"
    anteprima = incolla(browser, alleanza, "referenti", testo)
    assert "nel portale è «0373 11223» e resta così" in anteprima.content.decode()
    conferma(browser, alleanza, "referenti", anteprima)
    persona.refresh_from_db()
    assert persona.telefono == "0373 11223"


CHI = {"capofila": 200, "responsabile": 200, "ats": 200, "amministratore": 200, "partner": 403, "regione": 403}
CHI |= {"estraneo": 404, "altra_ats": 404}


@pytest.mark.parametrize("chi", CHI)
@pytest.mark.parametrize("quale", ["enti", "referenti"])
def test_carica_chi_tiene_l_elenco(request, entra, alleanza, chi, quale):
    browser = entra(request.getfixturevalue(chi))
    assert browser.get(url("tabella", alleanza, quale)).status_code == CHI[chi]
    atteso = 422 if CHI[chi] == 200 else CHI[chi]
    assert browser.post(url("tabella_conferma", alleanza, quale), {"foglio": "{}"}).status_code == atteso


def test_una_tabella_inventata_non_c_e(entra, capofila, alleanza):
    for nome in ("tabella", "tabella_conferma", "tabella_scarica"):
        assert entra(capofila).get(url(nome, alleanza, "segreti")).status_code == 404


def test_l_elenco_degli_enti_chiede_lo_stesso_con_molti_enti(entra, capofila, alleanza):
    browser = entra(capofila)

    def quante() -> int:
        with CaptureQueriesContext(connection) as catturate:
            assert scarica(browser, alleanza, "enti")
            assert scarica(browser, alleanza, "referenti")
            assert incolla(browser, alleanza, "enti", "Denominazione\nKoala\nIride\nNuovo").status_code == 200
        return len([q for q in catturate if '"alleanze_' in q["sql"]])

    quante()
    prima = quante()
    molti = fabbrica.enti(30, "Cooperativa")
    Adesione.objects.bulk_create(Adesione(alleanza=alleanza, ente=ente) for ente in molti)
    for n, ente in enumerate(molti):
        fabbrica.carica(ente, "referente", persona=fabbrica.persona("Ugo", f"Rossi {n}"))
    assert quante() == prima
