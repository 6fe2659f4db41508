"""Filling in, as browsers do it: each test posts what a page held, changed where a person would change it."""

import html
import uuid

import pytest
from django.test import Client
from django.urls import reverse

from progetti.contenuto import contenuto
from progetti.models import Azione, Cofinanziamento, Compilazione, Scartato, VoceCosto
from progetti.presentazione import transizioni

from ...moduli import apri, campi, nome, riga_nuova

TESTO = "III.2.3"
"""A block of one text that is still blank in the project being filled in."""


@pytest.fixture
def due(capofila, responsabile):
    """Two people of the capofila, each at a browser of their own."""
    browser = Client(), Client()
    for cliente, utente in zip(browser, (capofila, responsabile), strict=True):
        cliente.force_login(utente)
    return browser


def sezione(progetto, chiave: str) -> str:
    return reverse("progetti:sezione", args=[progetto.pk, chiave])


def parte(progetto, blocco: str, ente: str) -> str:
    return reverse("progetti:riga", args=[progetto.pk, blocco, soggetto(progetto, ente).pk])


def soggetto(progetto, inizio: str):
    return progetto.partecipazioni.get(denominazione__startswith=inizio)


def valori(progetto, blocco: str) -> dict:
    progetto.refresh_from_db()
    return transizioni.EDIZIONI["dgr1081-2014"].blocco(blocco).attuali(contenuto(progetto))


def scritto(progetto, blocco: str) -> str | None:
    return valori(progetto, blocco)[""]["testo"]


# What people do every day.


def test_salva_un_testo(entra, capofila, progetto):
    browser, url = entra(capofila), sezione(progetto, "III")
    dati = apri(browser, url) | {nome(TESTO, "testo"): "La ricaduta è questa."}
    assert browser.post(url, dati).status_code == 302
    assert scritto(progetto, TESTO) == "La ricaduta è questa."


def test_un_codice_scritto_con_gli_spazi_e_salvato_com_e_scritto(entra, capofila, progetto):
    browser, url = entra(capofila), parte(progetto, "II.B", "Iride")
    scritto_a_mano = "0 0 8 9 1 6 9 0 1 9 0" + " " * 40
    riga = soggetto(progetto, "Iride").pk
    dati = apri(browser, url) | {nome("II.B", campo, riga): scritto_a_mano for campo in ("partita_iva", "codice_fiscale")}
    assert browser.post(url, dati).status_code == 302
    assert soggetto(progetto, "Iride").partita_iva == scritto_a_mano


def test_un_atto_di_duecentocinquanta_caratteri_e_salvato(entra, capofila, progetto):
    browser, url = entra(capofila), sezione(progetto, "IV")
    riga = progetto.cofinanziamento_righe.first()
    assert browser.post(url, apri(browser, url) | {nome("cofinanziamenti", "atto", riga.pk): "A" * 250}).status_code == 302
    riga.refresh_from_db()
    assert len(riga.atto) == 250


def test_una_scheda_finanziaria_di_trecento_righe_si_salva(entra, capofila, progetto):
    azione = progetto.azione_righe.first()
    righe = [Cofinanziamento(progetto=progetto, azione=azione, settore="privato", importo=1, ordine=n) for n in range(50, 600)]
    Cofinanziamento.objects.bulk_create(righe)
    browser, url = entra(capofila), sezione(progetto, "IV")
    dati = apri(browser, url)
    assert sum(len(valori) for valori in dati.values()) > 5000
    assert browser.post(url, dati).status_code == 302


def test_salva_a_meta_senza_chiedere_il_resto(entra, capofila, progetto):
    browser, url = entra(capofila), sezione(progetto, "I")
    dati = apri(browser, url) | {nome("I.5", "durata_dal"): "10/2014"}
    assert browser.post(url, dati).status_code == 302
    assert valori(progetto, "I.5")[""] == {"durata_dal": "2014-10", "durata_al": None}


def test_gli_a_capo_del_browser_non_sono_una_modifica(entra, capofila, progetto):
    browser, url = entra(capofila), sezione(progetto, "III")
    browser.post(url, apri(browser, url) | {nome(TESTO, "testo"): "uno\r\ndue"})
    assert scritto(progetto, TESTO) == "uno\ndue"
    risposta = browser.post(url, apri(browser, url), follow=True)
    assert "Era già tutto salvato." in risposta.content.decode()


@pytest.mark.parametrize("chiave", ["I", "III", "IV"])
def test_una_pagina_salvata_senza_toccarla_non_cambia_nulla(entra, capofila, progetto, chiave):
    browser, url = entra(capofila), sezione(progetto, chiave)
    prima = contenuto(progetto)
    assert browser.post(url, apri(browser, url)).status_code == 302
    assert contenuto(progetto) == prima


def test_la_pagina_di_un_soggetto_salvata_senza_toccarla_non_cambia_nulla(entra, capofila, progetto):
    browser = entra(capofila)
    prima = contenuto(progetto)
    for blocco, ente in (("II.A", "Comune"), ("II.B", "Comunità"), ("III.1.3-soggetti", "Comunità")):
        url = parte(progetto, blocco, ente)
        assert browser.post(url, apri(browser, url)).status_code == 302
    assert contenuto(progetto) == prima


def test_una_casella_si_toglie(entra, capofila, progetto):
    browser, url = entra(capofila), sezione(progetto, "I")
    prime = valori(progetto, "I.2")[""]["aree"]
    assert prime
    dati = apri(browser, url)
    del dati[nome("I.2", "aree")]
    browser.post(url, dati)
    assert valori(progetto, "I.2")[""]["aree"] is None


def test_salva_e_continua_porta_alla_sezione_dopo(entra, capofila, progetto):
    browser, url = entra(capofila), sezione(progetto, "I")
    risposta = browser.post(url, apri(browser, url) | {"continua": "1"})
    assert risposta.url == sezione(progetto, "II")


def test_salva_e_continua_porta_al_soggetto_dopo_e_dall_ultimo_alla_sezione(entra, capofila, progetto):
    browser = entra(capofila)
    *_, penultimo, ultimo = progetto.partecipazioni.order_by("ordine").values_list("pk", flat=True)
    uno, due = (reverse("progetti:riga", args=[progetto.pk, "II.B", pk]) for pk in (penultimo, ultimo))
    assert browser.post(uno, apri(browser, uno) | {"continua": "1"}).url == due
    assert browser.post(due, apri(browser, due) | {"continua": "1"}).url == sezione(progetto, "II") + "#b-II-B"


def test_a_un_partner_salva_e_continua_non_apre_la_parte_di_un_altro(entra, partner, progetto):
    browser = entra(partner)
    url = parte(progetto, "II.B", "Comunità")
    risposta = browser.post(url, apri(browser, url) | {"continua": "1"})
    sua = progetto.partecipazioni.get(denominazione__startswith="Comunità")
    assert risposta.url == reverse("progetti:tua_parte", args=[progetto.pk, sua.pk])


def test_aggiungi_righe_salva_e_ne_offre_altre(entra, capofila, progetto):
    browser, url = entra(capofila), sezione(progetto, "IV")
    dati = apri(browser, url)
    nuova = riga_nuova(dati, "azioni")
    risposta = browser.post(url, dati | {nome("azioni", "titolo", nuova): "sportello", "aggiungi": "b-azioni"})
    assert risposta.url.endswith("?righe=4#b-azioni")
    assert Azione.objects.filter(progetto=progetto, pk=nuova, titolo="sportello").exists()
    assert len(apri(browser, risposta.url.partition("#")[0])["b-azioni-righe"]) == 4


@pytest.mark.parametrize("quante", ["²", "-1", "mille", "9" * 5000, ""])
def test_un_numero_di_righe_senza_senso_non_rompe_la_pagina(entra, capofila, progetto, quante):
    risposta = entra(capofila).get(sezione(progetto, "IV"), {"righe": quante})
    assert risposta.status_code == 200


def test_un_costo_si_scrive_si_cambia_e_si_toglie(entra, capofila, progetto):
    browser, url = entra(capofila), sezione(progetto, "IV")
    azione = progetto.azione_righe.get(titolo="formazione")
    costo = nome("IV.1.2", "costo", azione.pk)
    for scritto, atteso in (("2.500,50", "2500.50"), ("", None), ("0", "0.00")):
        browser.post(url, apri(browser, url) | {costo: scritto})
        assert valori(progetto, "IV.1.2")[str(azione.pk)]["costo"] == atteso


def test_il_piano_temporale_tiene_le_x(entra, capofila, progetto):
    browser, url = entra(capofila), sezione(progetto, "IV")
    azione = progetto.azione_righe.get(titolo="formazione")
    browser.post(url, apri(browser, url) | {nome("IV.1.1", "m3", azione.pk): "x", nome("IV.1.1", "m4", azione.pk): "verifica"})
    salvati = valori(progetto, "IV.1.1")[str(azione.pk)]
    assert (salvati["m3"], salvati["m4"], salvati["m5"]) == ("x", "verifica", None)


# Two people at once.


def test_due_persone_su_campi_diversi_restano_entrambe(due, progetto):
    anna, bruno = due
    url = sezione(progetto, "III")
    di_anna, di_bruno = apri(anna, url), apri(bruno, url)
    anna.post(url, di_anna | {nome("III.2.3", "testo"): "di Anna"})
    assert bruno.post(url, di_bruno | {nome("III.2.4", "testo"): "di Bruno"}).status_code == 302
    assert (scritto(progetto, "III.2.3"), scritto(progetto, "III.2.4")) == ("di Anna", "di Bruno")


def test_due_persone_su_campi_diversi_dello_stesso_blocco_restano_entrambe(due, progetto):
    anna, bruno = due
    url = sezione(progetto, "I")
    di_anna, di_bruno = apri(anna, url), apri(bruno, url)
    anna.post(url, di_anna | {nome("I.5", "durata_dal"): "10/2014"})
    bruno.post(url, di_bruno | {nome("I.5", "durata_al"): "12/2015"})
    assert valori(progetto, "I.5")[""] == {"durata_dal": "2014-10", "durata_al": "2015-12"}


@pytest.fixture
def conteso(due, progetto):
    """Anna has saved; Bruno, who had opened the page before, saves another text in the same place."""
    anna, bruno = due
    url = sezione(progetto, "III")
    di_anna, di_bruno = apri(anna, url), apri(bruno, url)
    anna.post(url, di_anna | {nome(TESTO, "testo"): "Testo di Anna"})
    return bruno.post(url, di_bruno | {nome(TESTO, "testo"): "Testo di Bruno", nome("III.2.4", "testo"): "altro di Bruno"})


def test_lo_stesso_campo_apre_la_pagina_dei_due_testi(conteso, progetto):
    pagina = conteso.content.decode()
    assert conteso.status_code == 409
    assert "Testo di Anna" in pagina
    assert "Testo di Bruno" in pagina
    assert scritto(progetto, TESTO) == "Testo di Anna"


def test_con_un_campo_conteso_il_resto_della_pagina_e_salvo(conteso, progetto):
    assert scritto(progetto, "III.2.4") == "altro di Bruno"


@pytest.mark.parametrize(
    ("scelta", "resta", "perde"),
    [("mio", "Testo di Bruno", "Testo di Anna"), ("loro", "Testo di Anna", "Testo di Bruno")],
)
def test_la_scelta_tiene_un_testo_e_conserva_l_altro(due, conteso, progetto, scelta, resta, perde):
    url = sezione(progetto, "III")
    dati = campi(conteso, url) | {nome(TESTO, "testo") + "--scelta": scelta}
    assert due[1].post(url, dati).status_code == 302
    assert scritto(progetto, TESTO) == resta
    (scartato,) = Scartato.objects.filter(progetto=progetto)
    assert (scartato.campo, scartato.tenuto, scartato.scartato) == ("testo", resta, perde)
    assert scartato.deciso_da.email.startswith("responsabile")


def test_la_scelta_mandata_due_volte_conserva_un_testo_solo(due, conteso, progetto):
    url = sezione(progetto, "III")
    dati = campi(conteso, url) | {nome(TESTO, "testo") + "--scelta": "mio"}
    for _ in range(2):
        due[1].post(url, dati)
    assert Scartato.objects.filter(progetto=progetto).count() == 1


def test_se_nel_frattempo_cambia_ancora_si_sceglie_di_nuovo(due, conteso, progetto):
    anna, bruno = due
    url = sezione(progetto, "III")
    anna.post(url, apri(anna, url) | {nome(TESTO, "testo"): "Terzo testo"})
    di_nuovo = bruno.post(url, campi(conteso, url) | {nome(TESTO, "testo") + "--scelta": "mio"})
    assert di_nuovo.status_code == 409
    assert scritto(progetto, TESTO) == "Terzo testo"
    assert not Scartato.objects.filter(progetto=progetto).exists()
    bruno.post(url, campi(di_nuovo, url))
    assert list(Scartato.objects.filter(progetto=progetto).values_list("scartato", flat=True)) == ["Terzo testo"]


def test_con_un_campo_conteso_quello_che_e_rifiutato_altrove_non_si_perde(due, progetto):
    anna, bruno = due
    url = sezione(progetto, "I")
    di_anna, di_bruno = apri(anna, url), apri(bruno, url)
    anna.post(url, di_anna | {nome("I.1", "titolo"): "di Anna"})
    conteso = bruno.post(url, di_bruno | {nome("I.1", "titolo"): "di Bruno", nome("I.5", "durata_dal"): "boh"})
    assert conteso.status_code == 409
    dopo = bruno.post(url, campi(conteso, url))
    assert dopo.status_code == 422
    assert campi(dopo)[nome("I.5", "durata_dal")] == ["boh"]
    assert valori(progetto, "I.1")[""]["titolo"] == "di Bruno"


def test_la_stessa_modifica_fatta_in_due_non_chiede_nulla(due, progetto):
    anna, bruno = due
    url = sezione(progetto, "III")
    di_anna, di_bruno = apri(anna, url), apri(bruno, url)
    for browser, dati in ((anna, di_anna), (bruno, di_bruno)):
        assert browser.post(url, dati | {nome(TESTO, "testo"): "uguale"}).status_code == 302


def test_due_modifiche_giuste_che_insieme_non_lo_sono_si_chiedono(due, progetto):
    """The duration: one writes the beginning, the other an end that comes before it."""
    anna, bruno = due
    url = sezione(progetto, "I")
    di_anna, di_bruno = apri(anna, url), apri(bruno, url)
    anna.post(url, di_anna | {nome("I.5", "durata_dal"): "06/2015"})
    risposta = bruno.post(url, di_bruno | {nome("I.5", "durata_al"): "03/2015"})
    assert risposta.status_code == 409
    assert valori(progetto, "I.5")[""] == {"durata_dal": "2015-06", "durata_al": None}


def test_delle_due_modifiche_che_insieme_non_stanno_se_ne_puo_tenere_una(due, progetto):
    anna, bruno = due
    url = sezione(progetto, "I")
    di_anna, di_bruno = apri(anna, url), apri(bruno, url)
    anna.post(url, di_anna | {nome("I.5", "durata_dal"): "06/2015"})
    scelte = campi(bruno.post(url, di_bruno | {nome("I.5", "durata_al"): "03/2015"}), url)
    assert bruno.post(url, scelte).status_code == 302
    assert valori(progetto, "I.5")[""] == {"durata_dal": None, "durata_al": "2015-03"}


def test_soggetto_e_settore_scritti_in_due_non_rompono_il_salvataggio(due, progetto):
    anna, bruno = due
    riga = Cofinanziamento.objects.create(progetto=progetto, ordine=99)
    url = sezione(progetto, "IV")
    di_anna, di_bruno = apri(anna, url), apri(bruno, url)
    csc = soggetto(progetto, "Comunità")
    assert anna.post(url, di_anna | {nome("cofinanziamenti", "partecipazione", riga.pk): str(csc.pk)}).status_code == 302
    risposta = bruno.post(url, di_bruno | {nome("cofinanziamenti", "settore", riga.pk): "privato"})
    assert risposta.status_code == 409
    riga.refresh_from_db()
    assert (riga.partecipazione, riga.settore) == (csc, "")


# Rows of tables.


def elimina(riga) -> str:
    return f"b-cofinanziamenti_{riga.pk}--elimina"


@pytest.fixture
def cofinanziamento(progetto):
    return progetto.cofinanziamento_righe.order_by("ordine").first()


def test_una_riga_si_elimina(entra, capofila, progetto, cofinanziamento):
    browser, url = entra(capofila), sezione(progetto, "IV")
    assert browser.post(url, apri(browser, url) | {elimina(cofinanziamento): "1"}).status_code == 302
    assert not Cofinanziamento.objects.filter(pk=cofinanziamento.pk).exists()


def test_elimino_cio_che_un_altro_ha_cambiato_solo_dopo_averlo_visto(due, progetto, cofinanziamento):
    anna, bruno = due
    url = sezione(progetto, "IV")
    di_anna, di_bruno = apri(anna, url), apri(bruno, url)
    anna.post(url, di_anna | {nome("cofinanziamenti", "importo", cofinanziamento.pk): "2.222,00"})
    risposta = bruno.post(url, di_bruno | {elimina(cofinanziamento): "1"})
    assert risposta.status_code == 409
    assert "2.222,00" in risposta.content.decode()
    assert Cofinanziamento.objects.filter(pk=cofinanziamento.pk).exists()
    bruno.post(url, campi(risposta, url) | {elimina(cofinanziamento): "1"})
    assert not Cofinanziamento.objects.filter(pk=cofinanziamento.pk).exists()


def test_se_ci_ripenso_la_riga_cambiata_da_altri_resta_com_e(due, progetto, cofinanziamento):
    anna, bruno = due
    url = sezione(progetto, "IV")
    di_anna, di_bruno = apri(anna, url), apri(bruno, url)
    anna.post(url, di_anna | {nome("cofinanziamenti", "importo", cofinanziamento.pk): "2.222,00"})
    bruno.post(url, campi(bruno.post(url, di_bruno | {elimina(cofinanziamento): "1"}), url))
    cofinanziamento.refresh_from_db()
    assert str(cofinanziamento.importo) == "2222.00"


def test_cambio_una_riga_che_un_altro_ha_eliminato_e_posso_rimetterla(due, progetto, cofinanziamento):
    anna, bruno = due
    url = sezione(progetto, "IV")
    di_anna, di_bruno = apri(anna, url), apri(bruno, url)
    anna.post(url, di_anna | {elimina(cofinanziamento): "1"})
    risposta = bruno.post(url, di_bruno | {nome("cofinanziamenti", "importo", cofinanziamento.pk): "3.333,00"})
    assert risposta.status_code == 409
    assert not Cofinanziamento.objects.filter(pk=cofinanziamento.pk).exists()
    rimessa = campi(risposta, url) | {"b-cofinanziamenti-righe": str(cofinanziamento.pk)}
    assert bruno.post(url, rimessa).status_code == 302
    tornata = Cofinanziamento.objects.get(pk=cofinanziamento.pk)
    assert (str(tornata.importo), tornata.azione_id) == ("3333.00", cofinanziamento.azione_id)


def test_una_riga_eliminata_da_altri_che_non_ho_toccato_non_torna(due, progetto, cofinanziamento):
    anna, bruno = due
    url = sezione(progetto, "IV")
    di_anna, di_bruno = apri(anna, url), apri(bruno, url)
    anna.post(url, di_anna | {elimina(cofinanziamento): "1"})
    assert bruno.post(url, di_bruno).status_code == 302
    assert not Cofinanziamento.objects.filter(pk=cofinanziamento.pk).exists()


def test_una_riga_nuova_mandata_due_volte_si_scrive_una_volta(entra, capofila, progetto):
    browser, url = entra(capofila), sezione(progetto, "IV")
    prima = progetto.azione_righe.count()
    dati = apri(browser, url)
    dati |= {nome("azioni", "titolo", riga_nuova(dati, "azioni")): "sportello"}
    for _ in range(2):
        assert browser.post(url, dati).status_code == 302
    assert progetto.azione_righe.count() == prima + 1


def test_tornando_indietro_la_riga_nuova_corretta_non_si_perde(entra, capofila, progetto):
    """Back in the browser: the page still thinks that the row is new. What it says now is asked, not dropped."""
    browser, url = entra(capofila), sezione(progetto, "IV")
    dati = apri(browser, url)
    titolo = nome("azioni", "titolo", riga_nuova(dati, "azioni"))
    browser.post(url, dati | {titolo: "sportelo"})
    risposta = browser.post(url, dati | {titolo: "sportello"})
    assert risposta.status_code == 409
    assert browser.post(url, campi(risposta, url)).status_code == 302
    assert progetto.azione_righe.filter(titolo="sportello").count() == 1


def test_un_azione_senza_cofinanziamenti_esce_dalla_scheda_con_costi_e_risposte(entra, capofila, progetto):
    browser, url = entra(capofila), sezione(progetto, "IV")
    azione = Azione.objects.create(progetto=progetto, ordine=90, titolo="di troppo")
    VoceCosto.objects.create(progetto=progetto, prospetto="azioni", azione=azione, importo="10.00")
    browser.post(url, apri(browser, url) | {nome("IV.1.1", "m1", azione.pk): "x"})
    browser.post(url, apri(browser, url) | {f"b-azioni_{azione.pk}--elimina": "1"})
    assert not Azione.objects.filter(pk=azione.pk).exists()
    assert str(azione.pk) not in str(contenuto(progetto))


def test_un_azione_con_cofinanziamenti_non_si_elimina_e_si_dice_perche(entra, capofila, progetto):
    browser, url = entra(capofila), sezione(progetto, "IV")
    azione = progetto.azione_righe.get(titolo="formazione")
    risposta = browser.post(url, apri(browser, url) | {f"b-azioni_{azione.pk}--elimina": "1"})
    assert risposta.status_code == 422
    assert "righe di cofinanziamento" in risposta.content.decode()
    assert Azione.objects.filter(pk=azione.pk).exists()


# What is refused.


@pytest.fixture
def rifiutato(entra, capofila, progetto):
    """Letters where an amount goes, and beside them a new action that is fine."""
    browser, url = entra(capofila), sezione(progetto, "IV")
    azione = progetto.azione_righe.get(titolo="formazione")
    dati = apri(browser, url)
    dati |= {
        nome("IV.1.2", "costo", azione.pk): "duemila",
        nome("azioni", "titolo", riga_nuova(dati, "azioni")): "sportello",
    }
    return browser.post(url, dati)


def test_le_lettere_in_un_importo_sono_rifiutate_accanto_al_campo(rifiutato, progetto):
    azione = progetto.azione_righe.get(titolo="formazione")
    campo = "id_" + nome("IV.1.2", "costo", azione.pk)
    pagina = rifiutato.content.decode()
    assert rifiutato.status_code == 422
    assert f'id="{campo}_error"' in pagina
    assert f'<a href="#{campo}">' in pagina
    assert valori(progetto, "IV.1.2")[str(azione.pk)]["costo"] == "2000.00"


def test_quello_che_si_era_scritto_resta_nel_campo(rifiutato, progetto):
    azione = progetto.azione_righe.get(titolo="formazione")
    assert campi(rifiutato)[nome("IV.1.2", "costo", azione.pk)] == ["duemila"]


def test_gli_altri_blocchi_della_pagina_sono_salvati(rifiutato, progetto):
    assert progetto.azione_righe.filter(titolo="sportello").exists()
    assert "Tutto il resto della pagina è salvato." in rifiutato.content.decode()


def test_corretto_il_campo_si_salva_dalla_stessa_pagina(client, rifiutato, progetto):
    azione = progetto.azione_righe.get(titolo="formazione")
    url = sezione(progetto, "IV")
    dati = campi(rifiutato) | {nome("IV.1.2", "costo", azione.pk): "2.100,00"}
    assert client.post(url, dati).status_code == 302
    assert valori(progetto, "IV.1.2")[str(azione.pk)]["costo"] == "2100.00"
    assert progetto.azione_righe.filter(titolo="sportello").count() == 1


@pytest.mark.parametrize("scritto", ["-5", "1e9", "1.2.3", "12,345", "99999999999,00", "NaN", "٣٠", "<b>2</b>", "2 000 €x"])
def test_nessun_importo_storto_rompe_la_pagina(entra, capofila, progetto, scritto):
    browser, url = entra(capofila), sezione(progetto, "IV")
    azione = progetto.azione_righe.get(titolo="formazione")
    risposta = browser.post(url, apri(browser, url) | {nome("IV.1.2", "costo", azione.pk): scritto})
    assert risposta.status_code == 422
    assert valori(progetto, "IV.1.2")[str(azione.pk)]["costo"] == "2000.00"


def test_mezza_pagina_non_cancella_nulla(entra, capofila, progetto):
    browser = entra(capofila)
    prima = contenuto(progetto)
    for chiave in ("I", "III", "IV"):
        dati = apri(browser, sezione(progetto, chiave))
        mezza = dict(list(dati.items())[: len(dati) // 2])
        browser.post(sezione(progetto, chiave), mezza)
        browser.post(sezione(progetto, chiave), {})
    assert contenuto(progetto) == prima


def test_i_valori_senza_la_loro_impronta_non_si_scrivono(entra, capofila, progetto):
    browser = entra(capofila)
    prima = contenuto(progetto)
    browser.post(sezione(progetto, "I"), {nome("I.1", "titolo"): "sovrascritto"})
    assert contenuto(progetto) == prima


def test_un_carattere_nullo_e_rifiutato(entra, capofila, progetto):
    browser, url = entra(capofila), sezione(progetto, "III")
    risposta = browser.post(url, apri(browser, url) | {nome(TESTO, "testo"): "a\x00b"})
    assert risposta.status_code == 422


@pytest.mark.parametrize(
    "indirizzo", ["sezione/IX/", "sezione/../", "parte/IX/{riga}/", "parte/II.B/{nessuna}/", "parte/I.1/{riga}/"]
)
@pytest.mark.parametrize("metodo", ["get", "post"])
def test_sezioni_blocchi_e_righe_che_non_ci_sono_danno_404(entra, capofila, progetto, indirizzo, metodo):
    riga = soggetto(progetto, "Comunità").pk
    url = f"/progetti/{progetto.pk}/" + indirizzo.format(riga=riga, nessuna=uuid.uuid4())
    assert getattr(entra(capofila), metodo)(url).status_code == 404


# Other people's rows.


def test_la_riga_di_un_altro_progetto_e_rifiutata(entra, capofila, progetto, presentato):
    browser, url = entra(capofila), sezione(progetto, "IV")
    altrui = presentato.azione_righe.get(titolo="formazione")
    prima = contenuto(presentato)
    dati = apri(browser, url) | {"b-azioni-righe": str(altrui.pk), nome("azioni", "titolo", altrui.pk): "rubata"}
    assert browser.post(url, dati).status_code in (400, 403, 404)
    altrui.refresh_from_db()
    assert altrui.progetto_id == presentato.pk
    assert contenuto(presentato) == prima


def test_non_si_elimina_la_riga_di_un_altro_progetto(entra, capofila, progetto, presentato):
    browser, url = entra(capofila), sezione(progetto, "IV")
    altrui = presentato.cofinanziamento_righe.first()
    browser.post(url, apri(browser, url) | {"b-cofinanziamenti-righe": str(altrui.pk), elimina(altrui): "1"})
    assert Cofinanziamento.objects.filter(pk=altrui.pk, progetto=presentato).exists()


def test_una_riga_senza_un_nome_valido_e_rifiutata(entra, capofila, progetto):
    browser, url = entra(capofila), sezione(progetto, "IV")
    risposta = browser.post(url, apri(browser, url) | {"b-azioni-righe": "1 or 1=1"})
    assert risposta.status_code == 400


def test_il_soggetto_di_un_altro_progetto_non_si_puo_scegliere(entra, capofila, progetto, presentato, cofinanziamento):
    browser, url = entra(capofila), sezione(progetto, "IV")
    altrui = str(soggetto(presentato, "Comunità").pk)
    risposta = browser.post(url, apri(browser, url) | {nome("cofinanziamenti", "partecipazione", cofinanziamento.pk): altrui})
    assert risposta.status_code == 422


def test_la_parte_di_un_soggetto_di_un_altro_progetto_non_c_e(entra, capofila, progetto, presentato):
    url = reverse("progetti:riga", args=[progetto.pk, "II.B", soggetto(presentato, "Comunità").pk])
    assert entra(capofila).post(url, {}).status_code == 404


def test_l_estraneo_non_trova_la_scheda(entra, estraneo, progetto):
    url = sezione(progetto, "I")
    assert entra(estraneo).get(url).status_code == 404
    assert entra(estraneo).post(url, {nome("I.1", "titolo"): "x"}).status_code == 404


def test_il_partner_scrive_la_sua_parte(entra, altro_partner, progetto):
    browser, url = entra(altro_partner), parte(progetto, "III.1.3-soggetti", "Iride")
    riga = soggetto(progetto, "Iride")
    assert (
        browser.post(url, apri(browser, url) | {nome("III.1.3-soggetti", "umane", riga.pk): "due educatrici"}).status_code
        == 302
    )
    assert valori(progetto, "III.1.3-soggetti")[str(riga.pk)]["umane"] == "due educatrici"


def test_il_partner_non_scrive_la_parte_di_un_altro(entra, altro_partner, progetto):
    url = parte(progetto, "II.B", "Comunità")
    prima = contenuto(progetto)
    assert entra(altro_partner).get(url).status_code == 200
    assert entra(altro_partner).post(url, {nome("II.B", "ateco", soggetto(progetto, "Comunità").pk): "1"}).status_code == 403
    assert contenuto(progetto) == prima


def test_il_partner_non_scrive_i_blocchi_del_capofila(entra, partner, progetto):
    browser = entra(partner)
    prima = contenuto(progetto)
    assert (
        browser.post(sezione(progetto, "I"), {nome("I.1", "titolo"): "x", nome("I.1", "titolo") + "--i": "y"}).status_code
        == 403
    )
    azione = progetto.azione_righe.get(titolo="formazione")
    costo = nome("IV.1.2", "costo", azione.pk)
    browser.post(sezione(progetto, "IV"), apri(browser, sezione(progetto, "IV")) | {costo: "1", costo + "--i": "y"})
    assert contenuto(progetto) == prima


def test_il_partner_non_tocca_le_righe_di_cofinanziamento_degli_altri(entra, altro_partner, progetto, cofinanziamento):
    assert cofinanziamento.partecipazione == soggetto(progetto, "Comunità")
    browser, url = entra(altro_partner), sezione(progetto, "IV")
    dati = apri(browser, url)
    assert nome("cofinanziamenti", "importo", cofinanziamento.pk) not in dati
    prima = contenuto(progetto)
    browser.post(url, dati | {elimina(cofinanziamento): "1"})
    dati |= {"b-cofinanziamenti-righe": str(cofinanziamento.pk), nome("cofinanziamenti", "importo", cofinanziamento.pk): "1"}
    assert browser.post(url, dati).status_code == 403
    assert contenuto(progetto) == prima


def test_la_riga_nuova_di_un_partner_e_sua_anche_se_dice_il_contrario(entra, altro_partner, progetto):
    browser, url = entra(altro_partner), sezione(progetto, "IV")
    dati = apri(browser, url)
    nuova = riga_nuova(dati, "cofinanziamenti")
    azione = progetto.azione_righe.get(titolo="formazione")
    dati |= {
        nome("cofinanziamenti", "importo", nuova): "700",
        nome("cofinanziamenti", "azione", nuova): str(azione.pk),
        nome("cofinanziamenti", "partecipazione", nuova): str(soggetto(progetto, "Comunità").pk),
    }
    assert browser.post(url, dati).status_code == 302
    assert Cofinanziamento.objects.get(pk=nuova).partecipazione == soggetto(progetto, "Iride")


def test_il_capofila_che_scrive_per_un_partner_resta_segnato(entra, capofila, altro_partner, progetto):
    riga = soggetto(progetto, "Iride")
    for utente, atteso in ((capofila, True), (altro_partner, False)):
        browser, url = entra(utente), parte(progetto, "III.1.3-soggetti", "Iride")
        pagina = browser.get(url)
        assert ("Stai scrivendo per conto di" in pagina.content.decode()) is atteso
        browser.post(url, campi(pagina) | {nome("III.1.3-soggetti", "umane", riga.pk): f"scritto da {utente}"})
        compilazione = Compilazione.objects.get(progetto=progetto, blocco="III.1.3-soggetti", riga=riga.pk)
        assert (compilazione.aggiornata_da, compilazione.per_conto) == (utente, atteso)


def test_dopo_la_presentazione_nessuno_scrive_piu(entra, capofila, responsabile, partner, presentato):
    prima = contenuto(presentato)
    indirizzi = (sezione(presentato, "I"), sezione(presentato, "IV"), parte(presentato, "II.B", "Comunità"))
    for utente, codici in ((capofila, [409] * 3), (responsabile, [409] * 3), (partner, [403, 409, 409])):
        browser = entra(utente)
        assert [browser.get(url).status_code for url in indirizzi] == [200] * 3
        dati = {nome("I.1", "titolo"): "x", nome("I.1", "titolo") + "--i": "y"}
        assert [browser.post(url, dati).status_code for url in indirizzi] == codici
    assert contenuto(presentato) == prima


# Personal data.


def dati_personali(progetto, ente: str) -> list[str]:
    riga = valori(progetto, "II.B")[str(soggetto(progetto, ente).pk)]
    return [v for v in (riga["lr_codice_fiscale"], riga["residenza_indirizzo"]) if v]


def pagine(progetto):
    yield reverse("progetti:dettaglio", args=[progetto.pk])
    yield reverse("progetti:verifica", args=[progetto.pk])
    yield reverse("progetti:soggetti", args=[progetto.pk])
    for chiave in ("I", "II", "III", "IV"):
        yield sezione(progetto, chiave)
    for riga in progetto.partecipazioni.all():
        yield reverse("progetti:riga", args=[progetto.pk, "III.1.3-soggetti", riga.pk])
        yield reverse("progetti:conferma", args=[progetto.pk, riga.pk])
        yield reverse("progetti:riga", args=[progetto.pk, "II.A" if riga.ruolo == "capofila" else "II.B", riga.pk])


def test_un_partner_non_vede_da_nessuna_parte_i_dati_personali_degli_altri(entra, altro_partner, progetto):
    segreti = dati_personali(progetto, "Comunità")
    assert segreti
    browser = entra(altro_partner)
    for url in pagine(progetto):
        testo = browser.get(url).content.decode()
        assert not [s for s in segreti if s in testo], url


def test_un_partner_vede_i_propri(entra, partner, progetto):
    testo = entra(partner).get(parte(progetto, "II.B", "Comunità")).content.decode()
    assert all(s in testo for s in dati_personali(progetto, "Comunità")[:1])


def test_il_capofila_vede_i_dati_personali_di_tutti(entra, capofila, progetto):
    testo = entra(capofila).get(parte(progetto, "II.B", "Comunità")).content.decode()
    assert dati_personali(progetto, "Comunità")[0] in testo


@pytest.mark.parametrize(("chi", "vede"), [("regione", False), ("altro_partner", False), ("ats", True), ("capofila", True)])
def test_le_versioni_mostrano_i_dati_personali_solo_a_chi_deve(request, entra, presentato, chi, vede):
    versione = presentato.versioni.get()
    testo = entra(request.getfixturevalue(chi)).get(reverse("progetti:versione", args=[versione.pk])).content.decode()
    assert [s in testo for s in dati_personali(presentato, "Comunità")] == [vede] * len(dati_personali(presentato, "Comunità"))


def test_le_segnalazioni_di_una_versione_non_rivelano_dati_personali(entra, regione, responsabile, progetto):
    """The remark on a codice fiscale tells the date of birth that it holds."""
    riga = soggetto(progetto, "Comunità")
    Compilazione.objects.filter(progetto=progetto, blocco="II.B", riga=riga.pk).update(
        risposte={"lr_nominativo": "Rosa Neri", "lr_codice_fiscale": "RSSMRA80A01H501U", "lr_nato_il": "1981-02-03"}
    )
    presentazione = transizioni.registra_presentata_altrove(
        progetto.pk, responsabile, canale="pec", presentata_il=progetto.creato_il, protocollo="1/2014"
    )
    note = [s for s in presentazione.versione.segnalazioni if "03/02/1981" in s["messaggio"]]
    assert note
    pagina = entra(regione).get(reverse("progetti:versione", args=[presentazione.versione_id])).content.decode()
    assert "RSSMRA80A01H501U" not in pagina
    assert "03/02/1981" not in pagina
    assert "01/01/1980" not in pagina


def test_chi_ha_scritto_lo_stesso_punto_e_chiamato_per_nome(due, progetto, responsabile):
    url = sezione(progetto, "III")
    mio, suo = (apri(browser, url) for browser in due)
    due[1].post(url, suo | {nome(TESTO, "testo"): "di Rosa"})
    pagina = due[0].post(url, mio | {nome(TESTO, "testo"): "mio"}).content.decode()
    assert "Due persone hanno cambiato lo stesso punto" in pagina
    assert f"Mentre scrivevi, {responsabile} ha salvato" in pagina


@pytest.mark.parametrize("prima_di_lei", [False, True])
def test_due_finestre_di_una_persona_non_sono_qualcun_altro(due, progetto, prima_di_lei):
    url, browser = sezione(progetto, "III"), due[0]
    if prima_di_lei:  # another one's text, that this person has since changed
        due[1].post(url, apri(due[1], url) | {nome(TESTO, "testo"): "di Rosa"})
    una, altra = apri(browser, url), apri(browser, url)
    browser.post(url, una | {nome(TESTO, "testo"): "da una finestra"})
    pagina = html.unescape(browser.post(url, altra | {nome(TESTO, "testo"): "dall'altra"}).content.decode())
    assert "Hai cambiato lo stesso punto in due finestre" in pagina
    assert "Mentre scrivevi, un'altra tua finestra ha salvato" in pagina
