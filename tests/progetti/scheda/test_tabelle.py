"""The tables of a scheda out to Excel and back: what is shown before, what is written after, who may."""

import io
import json
from dataclasses import replace

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from alleanze.models import Appartenenza, Ente
from conciliazione.fogli.anteprima import Anteprima
from conciliazione.fogli.excel import leggi_xlsx
from conciliazione.fogli.matrice import Matrice
from conciliazione.fogli.scelte import Scelte
from conciliazione.fogli.scrivi import TIPO, scrivi_xlsx
from conciliazione.schede.salvataggio import impronta
from conciliazione.schede.tipi import vuoto
from progetti import interscambio
from progetti.contenuto import contenuto
from progetti.edizioni import EDIZIONI
from progetti.models import Azione, Cofinanziamento, Compilazione, VoceCosto
from progetti.prova import campione
from progetti.scheda import tabelle
from progetti.scheda.pagina import Pagina

from ... import fabbrica, moduli
from ...edizione_di_prova import EDIZIONE as DI_PROVA

COSTI, AZIONI, QUOTE, SOGGETTI = "IV.1.2", "azioni", "cofinanziamenti", "II.B"


def url(nome: str, progetto, blocco: str) -> str:
    return reverse(f"progetti:{nome}", args=[progetto.pk, blocco])


def incolla(browser, progetto, blocco: str, testo: str):
    """The preview of what is pasted."""
    return browser.post(url("tabella", progetto, blocco), {"testo": testo})


def conferma(browser, progetto, blocco: str, anteprima, **cambiati):
    """Presses the button of the preview."""
    dove = url("tabella_conferma", progetto, blocco)
    return browser.post(dove, moduli.campi(anteprima, dove) | cambiati)


def scarica(browser, progetto, blocco: str) -> bytes:
    risposta = browser.get(url("tabella_scarica", progetto, blocco))
    assert risposta.status_code == 200
    return b"".join(risposta.streaming_content)


def carica(browser, progetto, blocco: str, dati: bytes, nome: str = "tabella.xlsx"):
    return browser.post(url("tabella", progetto, blocco), {"file": SimpleUploadedFile(nome, dati, TIPO)})


def righe_di(risposta) -> list:
    return risposta.context["anteprima"]["righe"]


def azione(progetto, titolo: str) -> Azione:
    return progetto.azione_righe.get(titolo__startswith=titolo)


def prima_azione(progetto) -> Azione:
    return progetto.azione_righe.filter(genere="azione").order_by("ordine").first()


# Round trip.


TUTTE = [*EDIZIONI.values(), DI_PROVA]
BLOCCHI = [(e, b) for e in TUTTE for b in e.blocchi if tabelle.e_una_tabella(b)]
ogni_tabella = pytest.mark.parametrize(("edizione", "blocco"), BLOCCHI, ids=[f"{e.codice} {b.chiave}" for e, b in BLOCCHI])


@pytest.fixture
def compilata(monkeypatch, edizione, dimostrazione, capofila) -> Pagina:
    """The sample of the edition, in the hands of the capofila of the tests."""
    monkeypatch.setitem(EDIZIONI, DI_PROVA.codice, DI_PROVA)
    progetto, _ = interscambio.importa(campione(edizione))
    Appartenenza.objects.create(utente=capofila, ente=progetto.capofila, ruolo=Appartenenza.Ruolo.OPERATORE)
    return Pagina(progetto, capofila)


def riletta(tavola) -> Matrice:
    """The sheet of a table, written and read back."""
    with scrivi_xlsx(tavola.celle(), tavola.etichette(), tavola.titolo) as file:
        return leggi_xlsx(file.read())[0]


@ogni_tabella
def test_una_tabella_scaricata_e_ricaricata_non_dice_niente_di_nuovo(compilata, blocco):
    tavola = tabelle.tavola(compilata, blocco)
    assert tavola.righe
    assert len(set(tavola.etichette())) == len(tavola.etichette())
    letta = Anteprima(tavola, riletta(tavola), Scelte())
    assert set(letta.intestazione.scelte.values()) == {c.chiave for c in tavola.da_scrivere()}
    assert [(r.stato, r.id) for r in letta.righe] == [("uguale", r.id) for r in tavola.righe]
    assert letta.errori == []


@ogni_tabella
def test_ogni_cella_scaricata_si_capisce_com_era(compilata, blocco):
    """As if the portal had lost what the rows say: every kind of field must be read from its own writing."""
    tavola = tabelle.tavola(compilata, blocco)
    svuotate = [replace(r, valori={}) for r in tavola.righe]
    letta = Anteprima(replace(tavola, righe=svuotate), riletta(tavola), Scelte())
    assert letta.errori == []
    for riga, nota in zip(letta.righe, tavola.righe, strict=True):
        piene = {campo: impronta(valore) for campo, valore in nota.valori.items() if not vuoto(valore)}
        assert {campo: impronta(capito.valore) for campo, capito in riga.valori.items()} == piene


@ogni_tabella
def test_una_tabella_si_carica_dalla_sua_pagina_e_si_conferma(compilata, blocco, entra):
    """Every cell written anew: what the form of the block takes, its sheet takes too."""
    browser, progetto = entra(compilata.utente), compilata.progetto
    anteprima = carica(browser, progetto, blocco.chiave, scarica(browser, progetto, blocco.chiave))
    assert anteprima.context["anteprima"]["errori"] == []
    prima = contenuto(progetto)
    assert conferma(browser, progetto, blocco.chiave, anteprima).status_code == 302
    assert contenuto(progetto) == prima


def test_scaricare_e_ricaricare_nel_browser_non_scrive_niente(entra, capofila, progetto):
    browser = entra(capofila)
    anteprima = carica(browser, progetto, QUOTE, scarica(browser, progetto, QUOTE))
    assert anteprima.status_code == 200
    assert "Non c'è niente di nuovo da scrivere" in anteprima.content.decode()


def test_in_excel_gli_importi_sono_numeri(entra, capofila, progetto):
    foglio = openpyxl.load_workbook(io.BytesIO(scarica(entra(capofila), progetto, COSTI))).active
    titoli = [c.value for c in foglio[1]]
    assert titoli[0] == "Azione"
    assert titoli[-1] == "id (non modificare)"
    assert isinstance(foglio[2][1].value, int | float)
    assert foglio[2][1].number_format == "#,##0.00"


# Preview and confirmation.


def test_l_anteprima_non_scrive_e_la_conferma_si(entra, capofila, progetto):
    browser, prima = entra(capofila), prima_azione(progetto)
    anteprima = incolla(browser, progetto, COSTI, f"Azione\tCosto Totale\n{prima.titolo.upper()}\t€ 12.345,60")
    costo = VoceCosto.objects.filter(progetto=progetto, azione=prima)
    assert costo.get().importo != 12345
    assert [r.stato for r in righe_di(anteprima)] == ["cambia"]
    assert "<ins>12.345,60</ins>" in anteprima.content.decode()
    risposta = conferma(browser, progetto, COSTI, anteprima)
    assert risposta.status_code == 302
    assert str(costo.get().importo) == "12345.60"


def test_righe_nuove_si_scrivono_una_volta_anche_se_si_conferma_due_volte(entra, capofila, progetto):
    browser = entra(capofila)
    anteprima = incolla(browser, progetto, AZIONI, "Azione\tTitolo breve\nSportello di ascolto\tsportello\nNido estivo\t")
    assert [r.stato for r in righe_di(anteprima)] == ["nuova", "nuova"]
    conferma(browser, progetto, AZIONI, anteprima)
    conferma(browser, progetto, AZIONI, anteprima)
    nuove = progetto.azione_righe.filter(titolo__in=["Sportello di ascolto", "Nido estivo"]).order_by("ordine")
    assert [(a.titolo, a.titolo_breve) for a in nuove] == [("Sportello di ascolto", "sportello"), ("Nido estivo", "")]


def test_le_righe_che_non_sono_nella_tabella_restano(entra, capofila, progetto):
    browser, prima = entra(capofila), progetto.azione_righe.count()
    anteprima = incolla(browser, progetto, AZIONI, "Azione\nUna nuova")
    assert "non si elimina niente" in anteprima.content.decode()
    conferma(browser, progetto, AZIONI, anteprima)
    assert progetto.azione_righe.count() == prima + 1


def test_un_errore_dice_la_cella_propone_e_si_corregge_nella_pagina(entra, capofila, progetto):
    browser, prima = entra(capofila), prima_azione(progetto)
    anteprima = incolla(browser, progetto, COSTI, f"Azione\tCosto Totale\n{prima.titolo}\t226,145,53")
    pagina = anteprima.content.decode()
    assert "riga 2, colonna Costo Totale (B2)" in pagina
    assert "intendevi 226.145,53?" in pagina
    assert conferma(browser, progetto, COSTI, anteprima).status_code == 422
    risposta = conferma(browser, progetto, COSTI, anteprima, **{"cella-2-1": "226.145,53"})
    assert risposta.status_code == 302
    assert str(VoceCosto.objects.get(progetto=progetto, azione=prima).importo) == "226145.53"


def test_una_cella_vuota_svuota_solo_se_si_spunta(entra, capofila, progetto):
    browser, prima = entra(capofila), prima_azione(progetto)
    costo = VoceCosto.objects.filter(progetto=progetto, azione=prima)
    anteprima = incolla(browser, progetto, COSTI, f"Azione\tCosto Totale\tAltro\n{prima.titolo}\t\tx")
    conferma(browser, progetto, COSTI, anteprima)
    assert costo.exists()
    dati = moduli.campi(anteprima, url("tabella_conferma", progetto, COSTI))
    aggiornata = browser.post(url("tabella", progetto, COSTI), dati | {"svuota-2-1": "1"})
    conferma(browser, progetto, COSTI, aggiornata)
    assert not costo.exists()


def test_chi_salva_tra_anteprima_e_conferma_non_e_sovrascritto(entra, capofila, responsabile, progetto):
    browser, prima = entra(capofila), prima_azione(progetto)
    costo = VoceCosto.objects.filter(progetto=progetto, azione=prima)
    anteprima = incolla(browser, progetto, COSTI, f"Azione\tCosto Totale\n{prima.titolo}\t7,00")
    costo.update(importo="9.00")
    risposta = conferma(browser, progetto, COSTI, anteprima)
    assert risposta.status_code == 409
    assert str(costo.get().importo) == "9.00"
    scelta = moduli.campi(risposta, url("tabella_conferma", progetto, COSTI))
    assert browser.post(url("tabella_conferma", progetto, COSTI), scelta).status_code == 302
    assert str(costo.get().importo) == "7.00"


def test_una_cella_vista_uguale_non_scrive_su_chi_l_ha_cambiata_dopo(entra, capofila, progetto):
    browser, prima = entra(capofila), prima_azione(progetto)
    costo = VoceCosto.objects.get(progetto=progetto, azione=prima)
    anteprima = incolla(browser, progetto, COSTI, f"Azione\tCosto Totale\n{prima.titolo}\t{costo.importo}")
    assert righe_di(anteprima)[0].stato == "uguale"
    VoceCosto.objects.filter(pk=costo.pk).update(importo="9.00")
    browser.post(url("tabella_conferma", progetto, COSTI), moduli.campi(anteprima, url("tabella_conferma", progetto, COSTI)))
    assert str(VoceCosto.objects.get(pk=costo.pk).importo) == "9.00"


def test_una_riga_eliminata_nel_frattempo_si_dice(entra, capofila, progetto):
    browser = entra(capofila)
    nuova = Azione.objects.create(progetto=progetto, titolo="Di passaggio", ordine=90)
    anteprima = incolla(browser, progetto, AZIONI, "Azione\tTitolo breve\nDi passaggio\tbreve")
    nuova.delete()
    risposta = conferma(browser, progetto, AZIONI, anteprima)
    assert risposta.status_code == 422
    assert "ha eliminato questa riga" in risposta.content.decode()


def test_la_persona_sceglie_le_colonne_e_la_riga(entra, capofila, progetto):
    browser, prima = entra(capofila), prima_azione(progetto)
    anteprima = incolla(browser, progetto, COSTI, "chi\tquanto\nquella\t5,00")
    dati = moduli.campi(anteprima, url("tabella_conferma", progetto, COSTI))
    dati |= {"intestazione": "1"}
    anteprima = browser.post(url("tabella", progetto, COSTI), dati)
    dati = moduli.campi(anteprima, url("tabella_conferma", progetto, COSTI)) | {"colonna-0": "_riga", "colonna-1": "costo"}
    anteprima = browser.post(url("tabella", progetto, COSTI), dati)
    assert "Nessuna azione della scheda si chiama così" in anteprima.content.decode()
    rivista = conferma(browser, progetto, COSTI, anteprima, **{"riga-2": str(prima.pk)})
    assert rivista.status_code == 422
    assert "conferma di nuovo" in rivista.content.decode()
    assert conferma(browser, progetto, COSTI, rivista).status_code == 302
    assert str(VoceCosto.objects.get(progetto=progetto, azione=prima).importo) == "5.00"


def test_un_soggetto_si_riconosce_dal_nome_dal_codice_e_da_come_lo_chiamano(entra, capofila, progetto):
    browser, prima = entra(capofila), prima_azione(progetto)
    koala = progetto.partecipazioni.get(denominazione__startswith="Koala")
    koala.ente.alias = ["La Koala"]
    koala.ente.save()
    testo = f"Soggetto\tAzione\tImporto\nla koala\t{prima.titolo}\t10,00\n{koala.codice_fiscale}\tSpese generali\t11,00"
    anteprima = incolla(browser, progetto, QUOTE, testo)
    assert anteprima.context["anteprima"]["errori"] == []
    conferma(browser, progetto, QUOTE, anteprima)
    quote = Cofinanziamento.objects.filter(progetto=progetto, partecipazione=koala, importo__in=["10.00", "11.00"])
    assert quote.count() == 2


def test_i_conti_di_una_riga_che_non_tornano_sono_un_errore_di_quella_cella(entra, capofila, progetto):
    koala = progetto.partecipazioni.get(denominazione__startswith="Koala")
    testo = f"Soggetto\tdi cui donne\tdi cui uomini\n{koala.denominazione}\t1000\t2000"
    anteprima = incolla(entra(capofila), progetto, SOGGETTI, testo)
    assert any("conti non tornano" in e[2] for e in anteprima.context["anteprima"]["errori"])


def test_i_dati_di_piu_soggetti_si_caricano_insieme_e_resta_segnato_per_conto_di_chi(entra, capofila, progetto):
    browser = entra(capofila)
    koala = progetto.partecipazioni.get(denominazione__startswith="Koala")
    testo = f"Soggetto\tSede legale: Città\tSede legale: C.a.p.\n{koala.denominazione}\tSoncino\t26029"
    assert conferma(browser, progetto, SOGGETTI, incolla(browser, progetto, SOGGETTI, testo)).status_code == 302
    scritta = Compilazione.objects.get(progetto=progetto, blocco=SOGGETTI, riga=koala.pk)
    assert scritta.risposte["legale_cap"] == "26029"
    assert scritta.per_conto


# Who.


def test_un_partner_scrive_solo_le_sue_righe(entra, partner, progetto):
    browser, prima = entra(partner), prima_azione(progetto)
    csc = progetto.partecipazioni.get(denominazione__startswith="Comunità")
    altrui = incolla(browser, progetto, QUOTE, f"Soggetto\tAzione\tImporto\nKoala Coop. Sociale ONLUS\t{prima.titolo}\t10,00")
    assert altrui.context["anteprima"]["errori"]
    assert conferma(browser, progetto, QUOTE, altrui).status_code == 422
    mia = incolla(browser, progetto, QUOTE, "Azione\tImporto\tAtto\nSpese generali\t13,00\tdelibera 1")
    assert conferma(browser, progetto, QUOTE, mia).status_code == 302
    assert Cofinanziamento.objects.get(progetto=progetto, importo="13.00").partecipazione_id == csc.pk


def test_un_partner_non_scrive_nei_costi(entra, partner, progetto):
    browser = entra(partner)
    assert browser.get(url("tabella", progetto, COSTI)).status_code == 403
    assert browser.post(url("tabella_conferma", progetto, COSTI), {"foglio": "{}"}).status_code == 403
    assert scarica(browser, progetto, COSTI)


def test_chi_scarica_non_vede_i_dati_personali_degli_altri(entra, partner, capofila, progetto):
    iride = progetto.partecipazioni.get(denominazione__startswith="Iride")
    Compilazione.objects.update_or_create(
        progetto=progetto, blocco=SOGGETTI, riga=iride.pk, defaults={"risposte": {"lr_nato_a": "Ripalta Guerina"}}
    )
    celle = {chi: str(leggi_xlsx(scarica(entra(chi), progetto, SOGGETTI))[0].righe) for chi in (partner, capofila)}
    assert "Ripalta Guerina" not in celle[partner]
    assert "Ripalta Guerina" in celle[capofila]
    nuovo = incolla(entra(partner), progetto, SOGGETTI, f"Soggetto\tLegale Rappresentante: Città\n{iride.denominazione}\tCrema")
    assert "Ripalta Guerina" not in nuovo.content.decode()
    assert "non è tua" in nuovo.content.decode()


def test_una_scheda_presentata_si_scarica_e_non_si_cambia(entra, capofila, presentato):
    browser = entra(capofila)
    assert scarica(browser, presentato, COSTI)
    for nome in ("tabella", "tabella_conferma"):
        assert browser.post(url(nome, presentato, COSTI), {"testo": "a"}).status_code == 403


@pytest.mark.parametrize("blocco", ["I.1", "I.3", "I.6", "III.1.1", "inventato"])
def test_cio_che_non_e_una_tabella_non_ha_indirizzo(entra, capofila, progetto, blocco):
    assert entra(capofila).get(url("tabella", progetto, blocco)).status_code == 404


# What comes in.


@pytest.mark.parametrize(
    ("dati", "perche"),
    [
        ({}, "Scegli un file oppure incolla"),
        ({"testo": "  \n"}, "Scegli un file oppure incolla"),
        ({"file": SimpleUploadedFile("a.xlsx", b"%PDF")}, "non è una cartella di Excel"),
        ({"file": SimpleUploadedFile("a.xlsx", b"")}, "non è una cartella di Excel"),
        ({"file": SimpleUploadedFile("a.csv", b"\x00\x01\x02")}, "non si riconosce"),
        ({"testo": "<table></table>"}, "nessuna riga"),
    ],
)
def test_cio_che_non_si_legge_torna_con_un_messaggio(entra, capofila, progetto, dati, perche):
    risposta = entra(capofila).post(url("tabella", progetto, COSTI), dati)
    assert risposta.status_code == 422
    assert perche in risposta.content.decode()


def test_file_e_incollato_insieme_sono_troppo(entra, capofila, progetto):
    dati = {"file": SimpleUploadedFile("a.csv", b"a;b"), "testo": "a\tb"}
    risposta = entra(capofila).post(url("tabella", progetto, COSTI), dati)
    assert risposta.status_code == 422
    assert "lascia solo quello" in risposta.content.decode()
    assert "a\tb" in risposta.content.decode()


@pytest.mark.parametrize("nome", ["tabella", "tabella_conferma"])
@pytest.mark.parametrize("guasto", [{"foglio": "{"}, {"viste": "[]"}, {"viste": '{"2": 1}'}])
def test_una_pagina_arrivata_a_pezzi_si_ricomincia(entra, capofila, progetto, nome, guasto):
    browser = entra(capofila)
    anteprima = incolla(browser, progetto, COSTI, "Azione\tCosto Totale\nx\t1")
    dati = moduli.campi(anteprima, url("tabella_conferma", progetto, COSTI)) | guasto
    risposta = browser.post(url(nome, progetto, COSTI), dati)
    assert risposta.status_code == 422
    assert "di nuovo" in risposta.content.decode()


def test_una_riga_di_un_altro_progetto_non_si_scrive(entra, capofila, progetto, presentato):
    browser, prima = entra(capofila), prima_azione(progetto)
    altra = prima_azione(presentato)
    anteprima = incolla(browser, progetto, COSTI, f"Azione\tCosto Totale\n{prima.titolo}\t7,00")
    viste = {"2": {"riga": str(altra.pk), "impronte": {"costo": "x"}}, "0": {"colonne": {"0": "_riga", "1": "costo"}}}
    dati = {"riga-2": str(altra.pk), "viste": json.dumps(viste)}
    assert conferma(browser, progetto, COSTI, anteprima, **dati).status_code == 422


def test_un_testo_incollato_che_sembra_codice_resta_testo(entra, capofila, progetto):
    browser = entra(capofila)
    anteprima = incolla(browser, progetto, AZIONI, 'Azione\n<script>alert("x")</script>')
    assert "<script>alert" not in anteprima.content.decode()


def test_i_collegamenti_sono_accanto_a_ogni_tabella(entra, capofila, partner, progetto):
    pagina = entra(capofila).get(reverse("progetti:sezione", args=[progetto.pk, "IV"])).content.decode()
    for blocco in (AZIONI, COSTI, QUOTE, "IV.1.1"):
        assert url("tabella_scarica", progetto, blocco) in pagina
        assert f'"{url("tabella", progetto, blocco)}"' in pagina
    pagina = entra(partner).get(reverse("progetti:sezione", args=[progetto.pk, "IV"])).content.decode()
    assert f'"{url("tabella", progetto, COSTI)}"' not in pagina
    assert f'"{url("tabella", progetto, QUOTE)}"' in pagina


# Soggetti by list.


def elenca(browser, progetto, testo: str):
    return browser.post(reverse("progetti:soggetti_elenco", args=[progetto.pk]), {"testo": testo})


def conferma_elenco(browser, progetto, anteprima, **cambiati):
    dove = reverse("progetti:soggetti_elenco_conferma", args=[progetto.pk])
    return browser.post(dove, moduli.campi(anteprima, dove) | cambiati)


def test_un_elenco_di_soggetti_riconosce_chi_c_e_aggiunge_chi_e_registrato_e_registra_gli_altri(entra, capofila, progetto):
    noto = fabbrica.ente("Scuola Bottega", alias=["La Bottega"])
    presente = progetto.partecipazioni.get(denominazione__startswith="Koala")
    prima, browser = progetto.partecipazioni.count(), entra(capofila)
    testo = (
        "Denominazione\tCodice fiscale\tSettore\n"
        f"Koala\t{presente.codice_fiscale}\t\nLa Bottega\t\t\nAsilo Il Girasole\t02508100928\tprivato"
    )
    anteprima = elenca(browser, progetto, testo)
    assert anteprima.context["anteprima"]["errori"] == []
    assert [r.stato for r in righe_di(anteprima)] == ["uguale", "si aggiunge", "nuova"]
    for _ in range(2):
        assert conferma_elenco(browser, progetto, anteprima).status_code in (302, 422)
    entrati = list(progetto.partecipazioni.order_by("ordine").values_list("ente__denominazione", flat=True))[prima:]
    assert entrati == ["Scuola Bottega", "Asilo Il Girasole"]
    assert Ente.objects.get(pk=noto.pk).denominazione == "Scuola Bottega"
    assert Ente.objects.get(denominazione="Asilo Il Girasole").codice_fiscale == "02508100928"


def test_di_un_ente_sconosciuto_si_chiede_il_settore(entra, capofila, progetto):
    browser = entra(capofila)
    anteprima = elenca(browser, progetto, "Denominazione\nAsilo Il Girasole\nAlbero Verde")
    assert ["pubblico o privato" in e[2] for e in anteprima.context["anteprima"]["errori"]] == [True, True]
    assert conferma_elenco(browser, progetto, anteprima).status_code == 422
    scelte = {"cella-2-1": "privato", "riga-3": "salta"}
    assert conferma_elenco(browser, progetto, anteprima, **scelte).status_code == 302
    assert Ente.objects.get(denominazione="Asilo Il Girasole").settore == "privato"
    assert not Ente.objects.filter(denominazione="Albero Verde").exists()


def test_solo_il_capofila_aggiunge_soggetti_da_un_elenco(entra, partner, progetto, presentato, capofila):
    for nome in ("soggetti_elenco", "soggetti_elenco_conferma"):
        assert entra(partner).post(reverse(f"progetti:{nome}", args=[progetto.pk]), {"testo": "a"}).status_code == 403
        assert entra(capofila).post(reverse(f"progetti:{nome}", args=[presentato.pk]), {"testo": "a"}).status_code == 403


# How much it asks.


def domande(browser, richiesta) -> int:
    with CaptureQueriesContext(connection) as catturate:
        assert richiesta().status_code == 200
    return len([q for q in catturate if '"progetti_' in q["sql"] or '"alleanze_' in q["sql"]])


def test_una_tabella_chiede_lo_stesso_con_molte_righe(entra, capofila, progetto):
    browser, soggetto = entra(capofila), progetto.partecipazioni.first()

    def quante() -> list[int]:
        righe = [f"Spese generali\t{n + 2},00\tatto {n}" for n in range(progetto.cofinanziamento_righe.count())]
        testo = "Azione\tImporto\tAtto\n" + "\n".join(righe)
        scaricata = url("tabella_scarica", progetto, QUOTE)
        return [
            domande(browser, lambda: _consumata(browser.get(scaricata))),
            domande(browser, lambda: incolla(browser, progetto, QUOTE, testo)),
        ]

    quante()
    prima = quante()
    spese = progetto.azione_righe.get(genere="spese_generali")
    for n in range(40):
        Cofinanziamento.objects.create(
            progetto=progetto, partecipazione=soggetto, azione=spese, importo="1.00", ordine=100 + n, atto=f"delibera {n}"
        )
    assert quante() == prima


def _consumata(risposta):
    assert b"".join(risposta.streaming_content)
    return risposta
