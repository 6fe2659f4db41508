"""The soggetti in one table: a row each, with what the register knows, and no column that says nothing."""

import io

import pytest
from django.template.loader import render_to_string
from django.urls import reverse
from docx import Document

from conciliazione.schede import esporta_docx
from conciliazione.schede.lettura import leggi
from progetti.contenuto import contenuto
from progetti.edizioni import EDIZIONI
from progetti.models import Avviso
from progetti.nuovo import apri as nascita
from progetti.soggetti import aggiungi

from ...edizione_di_prova import EDIZIONE
from ...moduli import apri


@pytest.fixture
def nuovo(dimostrazione, monkeypatch, capofila, altro_partner):
    """A project of the trial call: Comune di Crema and Iride."""
    monkeypatch.setitem(EDIZIONI, EDIZIONE.codice, EDIZIONE)
    avviso = Avviso.objects.crea(EDIZIONE.codice, codice="prova", titolo="Avviso di prova", atto="DGR di prova")
    progetto = nascita.apri(avviso, capofila.appartenenze.get().ente, None, utente=capofila)
    aggiungi.aggiungi_soggetto(progetto, altro_partner.appartenenze.get().ente, utente=capofila)
    return progetto


def letto(progetto) -> dict:
    lettura = leggi(EDIZIONE, contenuto(progetto))
    return next(b for s in lettura["sezioni"] for b in s["blocchi"] if b["chiave"] == "13")


def test_ogni_riga_ha_cio_che_l_anagrafe_sa_gia(nuovo):
    firme = {riga["titolo"]: riga["voci"][0]["testo"] for riga in letto(nuovo)["righe"]}
    assert firme["Comune di Crema"]
    assert list(firme) == [s["denominazione"] for s in contenuto(nuovo)["partecipazioni"]]


def test_si_stampa_col_nome_di_ognuno_e_senza_colonne_vuote(nuovo):
    html = render_to_string("conciliazione/schede/lettura/in_tabella.html", {"blocco": letto(nuovo)})
    assert "codice-azione" not in html
    assert 'colspan="2"' not in html
    assert '<th scope="col">Soggetto</th>' in " ".join(html.split())
    assert "Comune di Crema" in html


def test_anche_in_word_ogni_colonna_dice_qualcosa(nuovo):
    lettura = leggi(EDIZIONE, contenuto(nuovo))
    byte = esporta_docx.esporta(lettura, titolo="x", creata_il=nuovo.creato_il)
    tabelle = [t for t in Document(io.BytesIO(byte)).tables if t.rows[0].cells[0].text == "Soggetto"]
    assert [[c.text for c in t.rows[0].cells] for t in tabelle] == [
        ["Soggetto", "Chi firma", "E-mail", "Quota associativa", "Iscritto da"]
    ]
    assert tabelle[0].rows[1].cells[0].text == "Comune di Crema"


def test_il_partner_scrive_la_sua_riga_della_tabella_e_le_altre_no(nuovo, entra, altro_partner):
    sua, altra = (nuovo.partecipazioni.get(ruolo=r).pk for r in ("partner", "capofila"))
    browser, url = entra(altro_partner), reverse("progetti:sezione", args=[nuovo.pk, "tre"])
    dati = apri(browser, url)
    assert f"b-13_{altra}-quota" not in dati
    assert browser.post(url, dati | {f"b-13_{sua}-quota": "10,00"}).status_code == 302
    assert contenuto(nuovo)["risposte"]["13"][str(sua)]["quota"] == "10.00"
