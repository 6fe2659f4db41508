"""The PDF, read back with poppler, pikepdf and qpdf."""

import hashlib
import io
import json
import os
import re
import subprocess
import sys
from datetime import datetime, timedelta, timezone
from xml.etree import ElementTree

import pikepdf
import pytest

from conciliazione import stampa
from conciliazione.schede import pdf
from conciliazione.schede.canonico import canonico, impronta

from ... import scheda_di_crema as crema

NOSTRI = {"Titillium-Web", "Titillium-Web-Semi-Bold", "Titillium-Web-Italic", "DejaVu-Sans", "DejaVu-Sans-Bold"}
OSTILE = "<script>alert(1)</script> <img src=http://esempio.it/x.png> \u202e00,1 \x01 👍 中 ☑ → ≤ \ue000 \ud800"
RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"


def esporta(dati: dict, **altri) -> bytes:
    return pdf.scheda(crema.lettura(dati), dati, **crema.parametri(dati, **altri))


def leggi(byte: bytes, *comando: str) -> str:
    """What a command of poppler says of a PDF given on its standard input."""
    return subprocess.run(comando, input=byte, capture_output=True, check=True).stdout.decode()


@pytest.fixture(scope="module")
def byte() -> bytes:
    return esporta(crema.contenuto())


@pytest.fixture(scope="module")
def anteprima() -> bytes:
    return esporta(crema.vuota(), numero=None, stato="ANTEPRIMA, non presentata", origine="")


@pytest.fixture
def aperto(byte):
    with pikepdf.open(io.BytesIO(byte)) as documento:
        yield documento


@pytest.fixture
def xmp(aperto) -> ElementTree.Element:
    return ElementTree.fromstring(aperto.Root.Metadata.read_bytes())


# What is printed.


def test_sezioni_e_titoli_sono_stampati_nell_ordine_del_modulo(byte):
    testo = " ".join(leggi(byte, "pdftotext", "-layout", "-", "-").split())
    titoli = (
        'AVVISO PUBBLICO "PER LA PRESENTAZIONE DI PROPOSTE PROGETTUALI',
        "SCHEDA PROGETTO",
        "SEZIONE I: IDENTIFICAZIONE DELL'INTERVENTO",
        "I. 1. - Titolo del progetto: IN...TEMPO",
        "I. 2. - Area di intervento",
        "I. 3. - Composizione dell'Alleanza locale",
        "Denominazione soggetto n. 1 (capofila) Comune di Crema",
        "I. 4. - Beneficiari degli interventi",
        "I. 5. - Durata del progetto:",
        "I. 6. - Costo totale del progetto: € 65.000,00",
        "I. 7. - Contributo richiesto: € 51.000,00 (calcolato: 49.000,00)",
        "SEZIONE II: ALLEANZA LOCALE",
        "II.A. SOGGETTO CAPOFILA",
        "II. 2. - Partita Iva: 00111540191",
        "II.B. SOGGETTI ADERENTI ALL'ALLEANZA LOCALE",
        "SEZIONE III: DESCRIZIONE DELL'INTERVENTO",
        "III. 1. - QUALITA' COERENZA PROGETTUALE E RILEVANZA",
        "SOGGETTO ATTIVITA' RISORSE PROPRIE",
        "III. 2. - RISULTATI ATTESI",
        "III. 3. - PARTENARIATO/ALLEANZA LOCALE",
        "SEZIONE IV: GESTIONE OPERATIVA DELL'INTERVENTO E SCHEDA FINANZIARIA",
        "IV. 1.1. - PIANO TEMPORALE DELLE ATTIVITA'",
        "IV. 1.2. - SCHEDA FINANZIARIA RIEPILOGATIVA",
        "Spese generali (max 10% del totale)",
        "Totale 65.000,00 49.000,00 8.000,00 8.000,00",
    )
    posto = 0
    for titolo in titoli:
        posto = testo.find(titolo, posto)
        assert posto >= 0, f"manca o è fuori posto: {titolo}"


def test_ogni_pagina_dice_la_versione_l_impronta_intera_e_il_suo_numero(byte):
    pagine = leggi(byte, "pdftotext", "-layout", "-", "-").split("\f")[:-1]
    sha256 = impronta(crema.contenuto())
    assert len(pagine) > 5
    for numero, pagina in enumerate(pagine, 1):
        assert f"Versione 1 · acquisita da carta · sha256 {sha256}" in pagina
        assert f"Pagina {numero} di {len(pagine)}" in pagina


def test_l_anteprima_e_segnata_su_ogni_pagina(anteprima):
    pagine = leggi(anteprima, "pdftotext", "-", "-").split("\f")[:-1]
    assert all(pagina.startswith("ANTEPRIMA, non presentata") for pagina in pagine)


def test_l_anteprima_dice_le_righe_di_ogni_testo_e_quando_sono_troppe():
    dati = crema.con_testo("\n".join(["riga"] * 31))
    markup = pdf.html_scheda(crema.lettura(dati), dati, **crema.parametri(dati, stato="ANTEPRIMA, non presentata"))
    assert '<p class="righe-contate righe-troppe">31 di 30 righe</p>' in markup
    assert markup.count('<p class="righe-contate">') == 7


def test_una_versione_non_porta_il_conto_delle_righe():
    dati = crema.contenuto()
    assert "righe-contate" not in pdf.html_scheda(crema.lettura(dati), dati, **crema.parametri(dati))


def test_una_versione_presentata_non_porta_il_segno_dell_anteprima(byte):
    assert "ANTEPRIMA" not in leggi(byte, "pdftotext", "-", "-")


def test_una_scheda_vuota_non_stampa_mai_none(anteprima):
    assert "None" not in leggi(anteprima, "pdftotext", "-", "-")


def test_la_pagina_e_a4(byte):
    assert "595.276 x 841.89 pts (A4)" in leggi(byte, "pdfinfo", "-")


# What the file is.


def test_qpdf_non_trova_errori(byte, tmp_path):
    file = tmp_path / "scheda.pdf"
    file.write_bytes(byte)
    esito = subprocess.run(["qpdf", "--check", file], capture_output=True, text=True)
    assert esito.returncode == 0, esito.stdout + esito.stderr
    assert "No syntax or stream encoding errors found" in esito.stdout


def test_si_dichiara_pdf_a_3a(aperto):
    with aperto.open_metadata() as metadati:
        assert metadati.pdfa_status == "3A"


def test_si_dichiara_pdf_ua_1(xmp):
    assert [e.text for e in xmp.iter("{http://www.aiim.org/pdfua/ns/id/}part")] == ["1"]


def test_i_metadati_sono_un_solo_rdf_ben_formato(xmp):
    assert [figlio.tag for figlio in xmp] == [f"{RDF}RDF"]


def test_lo_schema_di_pdf_ua_e_descritto_come_chiede_pdf_a(xmp):
    spazi = [e.text for e in xmp.iter("{http://www.aiim.org/pdfa/ns/schema#}namespaceURI")]
    assert spazi == ["http://www.aiim.org/pdfua/ns/id/"]


def test_ha_il_profilo_colore(aperto):
    (intento,) = aperto.Root.OutputIntents
    assert intento.S == "/GTS_PDFA1"
    assert intento.DestOutputProfile.read_bytes()[36:40] == b"acsp"


def test_e_in_italiano_con_titolo_e_marcato(aperto):
    assert str(aperto.Root.Lang) == "it"
    assert str(aperto.docinfo.Title) == "IN...TEMPO"
    assert bool(aperto.Root.MarkInfo.Marked)
    assert bool(aperto.Root.ViewerPreferences.DisplayDocTitle)


def test_i_dati_allegati_sono_il_json_canonico(aperto):
    assert list(aperto.attachments) == ["scheda.json"]
    allegato = aperto.attachments["scheda.json"].get_file()
    assert allegato.read_bytes() == canonico(crema.contenuto())
    assert allegato.mime_type == "application/json"


def test_i_dati_sono_legati_al_documento_come_dati(aperto):
    (legato,) = aperto.Root.AF
    assert legato.AFRelationship == "/Data"
    assert str(legato.UF) == "scheda.json"


def test_le_sole_date_sono_quella_data_in_utc(aperto):
    assert str(aperto.docinfo.CreationDate).startswith("D:20140730091500")
    parametri = aperto.Root.AF[0].EF.F.Params
    assert str(parametri.CreationDate) == str(parametri.ModDate) == "D:20140730091500Z"


def test_i_caratteri_sono_tutti_dentro_e_tutti_nostri(byte):
    righe = [riga.split() for riga in leggi(byte, "pdffonts", "-").splitlines()[2:]]
    assert {riga[0].split("+")[1] for riga in righe} <= NOSTRI
    assert all(riga[-5:-2] == ["yes", "yes", "yes"] for riga in righe), "incorporato, sottoinsieme, unicode"


def test_non_contiene_script_azioni_o_moduli(aperto):
    proibite = {"/JavaScript", "/JS", "/OpenAction", "/AA", "/AcroForm", "/Launch", "/URI"}
    chiavi = {chiave for o in aperto.objects if isinstance(o, pikepdf.Dictionary) for chiave in o}
    assert not chiavi & proibite


def elementi(aperto) -> list[pikepdf.Dictionary]:
    """The structure elements of the file."""
    oggetti = (o for o in aperto.objects if isinstance(o, pikepdf.Dictionary))
    return [o for o in oggetti if o.get("/Type") == "/StructElem"]


def test_le_caselle_hanno_un_testo_per_chi_ascolta(aperto):
    alternative = [str(e.Alt) for e in elementi(aperto) if e.S == "/Figure"]
    assert alternative.count("casella barrata") == 5
    assert alternative.count("casella vuota") == 10
    assert set(alternative) == {"casella barrata", "casella vuota", "sì"}


def test_le_tabelle_hanno_celle_legate_alle_intestazioni(aperto):
    celle = [e for e in elementi(aperto) if e.S == "/TD"]
    assert celle
    assert all("/Headers" in e.A for e in celle)


def test_i_titoli_sono_titoli(aperto):
    tipi = [str(e.S) for e in elementi(aperto)]
    assert tipi.count("/H1") == 1
    assert tipi.count("/H2") == 4


# Same input, same bytes.


def test_stampata_due_volte_ha_gli_stessi_byte(byte):
    assert esporta(crema.contenuto()) == byte


def test_in_un_altro_processo_ha_gli_stessi_byte(byte):
    programma = (
        "import django, hashlib; django.setup(); "
        "from tests.conciliazione.schede import test_pdf as t; from tests import scheda_di_crema as c; "
        "print(hashlib.sha256(t.esporta(c.contenuto())).hexdigest())"
    )
    ambiente = os.environ | {
        "PYTHONHASHSEED": "4321",
        "DJANGO_SETTINGS_MODULE": "conciliazione.settings",
        "TZ": "Asia/Tokyo",
        "LC_ALL": "C",
    }
    esito = subprocess.run([sys.executable, "-c", programma], env=ambiente, capture_output=True, text=True, check=True)
    assert esito.stdout.strip() == hashlib.sha256(byte).hexdigest()


def test_lo_stesso_istante_in_un_altro_fuso_da_gli_stessi_byte(byte):
    dati = crema.contenuto()
    parametri = crema.parametri(dati)
    parametri["creata_il"] = crema.QUANDO.astimezone(timezone(timedelta(hours=2)))
    assert pdf.scheda(crema.lettura(dati), dati, **parametri) == byte


def test_un_istante_senza_fuso_e_rifiutato():
    dati = crema.contenuto()
    with pytest.raises(ValueError, match="fuso orario"):
        pdf.scheda(crema.lettura(dati), dati, **crema.parametri(dati) | {"creata_il": datetime(2014, 7, 30)})


def test_l_impronta_del_modello_cambia_con_il_foglio_di_stile(monkeypatch, tmp_path):
    prima = pdf.impronta_modello()
    (tmp_path / "scheda.css").write_text("body { color: red }")
    monkeypatch.setattr(stampa, "STAMPA", tmp_path)
    assert pdf.impronta_modello.__wrapped__() != prima
    assert re.fullmatch("[0-9a-f]{64}", prima)


# What comes from outside.


def test_un_testo_ostile_si_stampa_come_testo():
    byte = esporta(crema.con_testo(OSTILE.replace("\ud800", "")))
    testo = leggi(byte, "pdftotext", "-layout", "-", "-")
    assert "<script>alert(1)</script> <img src=http://esempio.it/x.png>" in testo


def test_un_testo_ostile_non_porta_caratteri_del_sistema():
    righe = leggi(esporta(crema.con_testo(OSTILE.replace("\ud800", ""))), "pdffonts", "-").splitlines()[2:]
    assert {riga.split()[0].split("+")[1] for riga in righe} <= NOSTRI


def test_un_carattere_della_macchina_non_si_usa_nemmeno_se_chiesto():
    pagina = "<html lang='it'><head><title>x</title></head><body style=\"font-family: 'DejaVu Serif'\">prova</body></html>"
    righe = leggi(stampa.documento(pagina).write_pdf(), "pdffonts", "-").splitlines()[2:]
    assert {riga.split()[0].split("+")[1] for riga in righe} <= NOSTRI


@pytest.mark.parametrize("segno", ["\u202e", "\u2066", "\x00", "\x01", "👍", "中", "\ue000", "\ud800"])
def test_cio_che_non_si_puo_stampare_si_vede_che_c_era(segno):
    assert stampa.stampabile(f"a{segno}b") == "a\ufffdb"


@pytest.mark.parametrize("segno", [*"à€→☑≤čΩ\t\n", "\u00a0", "\u00ad", "\u200b", "\u200d"])
def test_cio_che_si_puo_stampare_resta_com_era(segno):
    assert stampa.stampabile(f"a{segno}b") == f"a{segno}b"


def test_la_stampa_non_apre_file_che_non_sono_suoi():
    with pytest.raises(ValueError, match="non apre altri file"):
        stampa.solo_nostri().fetch("file:///etc/passwd")


def test_la_stampa_non_va_in_rete():
    with pytest.raises(ValueError, match="non apre altri file"):
        stampa.solo_nostri().fetch("http://127.0.0.1:9/x.png")


def test_la_stampa_non_esce_dalla_sua_cartella():
    fuori = (stampa.STAMPA / "..").as_uri() + "/settings.py"
    with pytest.raises(ValueError, match="non apre altri file"):
        stampa.solo_nostri().fetch(fuori)


def test_la_stampa_apre_i_suoi_caratteri():
    *_, file = stampa.file_dei_caratteri()[0]
    assert stampa.solo_nostri().fetch(file.as_uri()).read()[:4] == b"\x00\x01\x00\x00"


def test_un_carattere_che_manca_e_detto_con_il_suo_nome(settings, tmp_path):
    settings.CARTELLA_DEJAVU = str(tmp_path)
    with pytest.raises(stampa.CarattereMancante, match=r"DejaVuSans\.ttf.*fonts-dejavu-core"):
        stampa.file_dei_caratteri()


@pytest.mark.parametrize("misura", ["170mm } body { display: none", "url(x)"])
def test_una_misura_che_non_e_un_numero_non_entra_nel_foglio_di_stile(misura):
    with pytest.raises(ArithmeticError):
        stampa.stile_righe(misura, "10.0")


# Canonical JSON.


def test_il_json_canonico_non_dipende_dall_ordine_delle_chiavi():
    dati = crema.contenuto()
    assert canonico(dict(reversed(dati.items()))) == canonico(dati)


def test_il_json_canonico_si_rilegge_uguale():
    assert json.loads(canonico(crema.contenuto())) == crema.contenuto()


def test_il_json_canonico_non_ha_numeri_che_json_non_conosce():
    with pytest.raises(ValueError, match="JSON compliant"):
        canonico({"importo": float("nan")})


def test_l_impronta_e_lo_sha256_del_json_canonico():
    assert impronta({"è": 1}) == hashlib.sha256('{"è":1}'.encode()).hexdigest()
