"""An edition that is not in this repository: named in a setting, with its own templates, and nothing here knows it."""

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pikepdf
import pytest
from django.template.loader import render_to_string
from django.urls import reverse
from docx import Document

from conciliazione.schede.tipi import EdizioneSbagliata
from conciliazione.settings import modelli
from progetti import edizioni, interscambio
from progetti.contenuto import contenuto
from progetti.models import Avviso, Progetto
from progetti.nuovo import apri as nascita
from progetti.nuovo.copia import copia
from progetti.presentazione import transizioni, versioni

from ...moduli import apri

CARTELLA = Path(__file__).resolve().parents[2] / "di_fuori"


@pytest.fixture
def fuori(monkeypatch, settings):
    """As if the portal had been started with EDIZIONI_DI_FUORI=milano."""
    monkeypatch.syspath_prepend(CARTELLA)
    monkeypatch.setattr(edizioni, "_MODULI", dict(edizioni._MODULI))
    edizione = edizioni.carica("milano")
    monkeypatch.setitem(edizioni.EDIZIONI, edizione.codice, edizione)
    (motore,) = settings.TEMPLATES
    settings.TEMPLATES = [motore | {"DIRS": [*motore["DIRS"], modelli("milano")]}]
    return edizione


@pytest.fixture
def compilata(fuori, dimostrazione, entra, capofila) -> Progetto:
    """A scheda of that form, filled in the browser by the Comune di Crema."""
    avviso = Avviso.objects.crea(fuori.codice, codice="milano", titolo="Avviso", atto="DGR 1081 del 12/12/2013")
    progetto = nascita.apri(avviso, capofila.appartenenze.get().ente, None, utente=capofila)
    browser, uno, due = entra(capofila), *(reverse("progetti:sezione", args=[progetto.pk, s]) for s in "12")
    testi = {"b-anagrafica-titolo": "Tempi nuovi", "b-anagrafica-bisogni": "Orari che non tornano."}
    assert browser.post(uno, apri(browser, uno) | testi).status_code == 302
    dati = apri(browser, due)
    riga = dati["b-interventi-righe"][0]
    assert browser.post(due, dati | {f"b-interventi_{riga}-titolo": "Spazio gioco"}).status_code == 302
    assert browser.post(due, apri(browser, due) | {f"b-costi_{riga}-costo": "1.200,00"}).status_code == 302
    progetto.refresh_from_db()
    return progetto


def test_si_compila_nel_browser_e_si_legge_col_suo_modello(compilata, entra, capofila):
    assert contenuto(compilata)["costi"][0]["importo"] == "1200.00"
    assert compilata.titolo == "Tempi nuovi"
    lettura = entra(capofila).get(reverse("progetti:riga", args=[compilata.pk, "enti", compilata.partecipazioni.get().pk]))
    assert lettura.status_code == 200


def test_si_presenta_e_la_versione_si_stampa_in_pdf_e_in_word(compilata, responsabile, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    versione = transizioni.presenta(compilata.pk, responsabile).versione
    assert versione.edizione == "milano-2014"
    with pikepdf.open(io.BytesIO(versioni.pdf_di(versione))) as pdf:
        assert pdf.docinfo["/Title"] == "Tempi nuovi"
    testo = "\n".join(p.text for p in Document(io.BytesIO(versioni.word_di(versione))).paragraphs)
    assert "Comune di Crema" in testo
    assert "Ente aderente:" in render_to_string("conciliazione/schede/lettura/scheda.html", {"lettura": versione.lettura})


def test_va_e_torna_uguale_in_un_file(compilata):
    testo = interscambio.esporta(compilata)
    assert interscambio.importa(json.loads(testo)) == (compilata, "identico")


def test_da_li_si_comincia_una_scheda_di_un_altro_modulo_con_i_testi_che_corrispondono(compilata, capofila):
    nuova = copia(compilata, Avviso.objects.aperti().get(moduli__edizione="dgr1081-2014"), capofila)
    assert contenuto(nuova)["risposte"]["III.1.1"][""]["testo"] == "Orari che non tornano."


def test_il_portale_la_conosce_se_l_impostazione_la_nomina():
    ambiente = os.environ | {"EDIZIONI_DI_FUORI": "milano", "PYTHONPATH": str(CARTELLA)}
    comando = [sys.executable, "manage.py", "scheda", "descrivi", "milano-2014"]
    esito = subprocess.run(comando, env=ambiente, cwd=CARTELLA.parents[1], capture_output=True, text=True, check=True)
    assert "1.2 Enti" in esito.stdout


def test_un_nome_che_non_porta_a_niente_lo_dice_in_italiano():
    ambiente = os.environ | {"EDIZIONI_DI_FUORI": "mai_vista"}
    comando = [sys.executable, "manage.py", "check"]
    esito = subprocess.run(comando, env=ambiente, cwd=CARTELLA.parents[1], capture_output=True, text=True, check=False)
    assert "EDIZIONI_DI_FUORI: non trovo il modulo «mai_vista»." in esito.stderr


def test_un_modulo_che_non_ne_ha_una_lo_dice_in_italiano(monkeypatch, tmp_path):
    (tmp_path / "senza.py").write_text("TITOLO = 'niente'\n", encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(EdizioneSbagliata, match="Il modulo «senza» non ha EDIZIONE"):
        edizioni.carica("senza")


def test_chi_la_veste_in_un_altro_modo_ha_un_altro_pdf(fuori):
    edizioni.impronta.cache_clear()
    assert edizioni.impronta("milano-2014") != edizioni.impronta("mai-vista")
    assert edizioni.impronta("mai-vista") == edizioni.impronta("altra-mai-vista")
