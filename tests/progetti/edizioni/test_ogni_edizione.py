"""What holds for every edition, those of today and the next: each test below runs on all of them and on the trial one."""

import html
import json
import re
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.template.loader import render_to_string
from django.urls import reverse
from jsonschema import Draft202012Validator

from alleanze.models import Appartenenza
from conciliazione.schede import pdf
from conciliazione.schede.lettura import leggi, solo_stampati
from conciliazione.schede.segnalazioni import controlla
from progetti import interscambio
from progetti.contenuto import contenuto
from progetti.edizioni import EDIZIONI
from progetti.prova import campione, contenuto_di_prova
from progetti.scheda.blocchi import blocchi_di_sezione

from ...edizione_di_prova import EDIZIONE as DI_PROVA
from ...moduli import apri, campi, moduli

TUTTE = [*EDIZIONI.values(), DI_PROVA]
DESCRIZIONI = Path(__file__).parent / "descrizioni"

ogni_edizione = pytest.mark.parametrize("edizione", TUTTE, ids=[e.codice for e in TUTTE])


@pytest.fixture(autouse=True)
def _anche_quella_di_prova(monkeypatch):
    monkeypatch.setitem(EDIZIONI, DI_PROVA.codice, DI_PROVA)


@pytest.fixture
def compilata(edizione, dimostrazione, capofila):
    """The sample of the edition, in the hands of the capofila of the tests."""
    progetto, _ = interscambio.importa(campione(edizione))
    Appartenenza.objects.create(utente=capofila, ente=progetto.capofila, ruolo=Appartenenza.Ruolo.OPERATORE)
    return progetto


def pagine(edizione, progetto) -> list[str]:
    """The address of every page on which something of the scheda is written."""
    letto = contenuto(progetto)
    sezioni = [reverse("progetti:sezione", args=[progetto.pk, s.chiave]) for s in edizione.sezioni]
    righe = [
        reverse("progetti:riga", args=[progetto.pk, b.chiave, riga["id"]])
        for b in edizione.blocchi
        if b.a_parte
        for riga in b.righe(letto)
    ]
    return sezioni + righe


def senza_id(testo: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", testo)).split())


def detti(blocco: dict):
    """Every title and every answer of a block of the reading, with what hangs from its rows."""
    yield from filter(None, (blocco["titolo"], blocco["istruzioni"]))
    yield from _risposte(blocco)
    yield from (v["testo"] for v in blocco["totale"])


def _risposte(blocco: dict):
    for riga in blocco["righe"]:
        for voce in riga["voci"]:
            if voce["unite"] and voce["testo"] not in ("x", ""):
                caselle = [o["etichetta"] for o in voce["opzioni"]]  # where rows repeat, only what was chosen is printed
                yield from caselle if caselle and blocco["genere"] == "domande" else [voce["testo"]]
        for figlia in riga["figlie"]:
            yield from _risposte(figlia)


def blocchi(lettura: dict) -> list[dict]:
    return [b for s in lettura["sezioni"] for b in s["blocchi"]]


@ogni_edizione
def test_ogni_blocco_ha_una_pagina_dove_si_compila(edizione, compilata, entra, capofila):
    browser = entra(capofila)
    for sezione in edizione.sezioni:
        testo = browser.get(reverse("progetti:sezione", args=[compilata.pk, sezione.chiave])).content.decode()
        for blocco, _ in blocchi_di_sezione(edizione, sezione):
            assert f'id="{blocco.id}"' in testo


@ogni_edizione
def test_una_pagina_rimandata_com_e_non_cambia_niente(edizione, compilata, entra, capofila):
    browser, prima = entra(capofila), interscambio.esporta(compilata)
    for url in pagine(edizione, compilata):
        pagina = browser.get(url)
        if any(m.metodo == "post" and not m.azione for m in moduli(pagina)):
            assert browser.post(url, campi(pagina)).status_code == 302, url
    compilata.refresh_from_db()
    assert interscambio.esporta(compilata) == prima


@ogni_edizione
def test_cio_che_si_cancella_da_una_pagina_resta_cancellato_e_il_resto_resta(edizione, compilata, entra, capofila):
    """Each text of each page, emptied and sent: blank it reads back, and everything else as it was."""
    browser = entra(capofila)
    url = pagine(edizione, compilata)[0]
    dati = apri(browser, url)
    scritti = [n for n, v in dati.items() if "--" not in n and v == ["Campione titolo 1"]]
    (nome,) = scritti
    assert browser.post(url, dati | {nome: ["Un altro titolo"]}).status_code == 302
    compilata.refresh_from_db()
    assert compilata.titolo == "Un altro titolo"
    prima = campione(edizione)
    dopo = contenuto(compilata)
    assert dopo["risposte"] == _risposte_piene(prima)


def _risposte_piene(dati: dict) -> dict:
    piene = {
        b: {r: {c: v for c, v in d.items() if v is not None} for r, d in righe.items()} for b, righe in dati["risposte"].items()
    }
    return {b: {r: d for r, d in righe.items() if d} for b, righe in piene.items()}


@ogni_edizione
def test_il_contenuto_di_prova_e_quello_che_avrebbe_il_campione_nel_portale(edizione, compilata):
    assert contenuto_di_prova(edizione) == contenuto(compilata)


@ogni_edizione
def test_il_campione_va_e_torna_in_json(edizione, compilata):
    testo = interscambio.esporta(compilata)
    assert interscambio.importa(json.loads(testo))[1] == "identico"
    assert json.loads(testo)["risposte"] == _risposte_piene(campione(edizione))


@ogni_edizione
def test_il_file_del_campione_e_come_dice_lo_schema(edizione, compilata):
    schema = interscambio.schema(edizione)
    Draft202012Validator.check_schema(schema)
    file = json.loads(interscambio.esporta(compilata))
    assert [f"{e.json_path}: {e.message}" for e in Draft202012Validator(schema).iter_errors(file)] == []


@ogni_edizione
def test_lo_schema_rifiuta_una_risposta_che_il_modulo_non_ha(edizione):
    dati = campione(edizione)
    blocco = next(iter(dati["risposte"]))
    next(iter(dati["risposte"][blocco].values()))["non_esiste"] = "x"
    assert list(Draft202012Validator(interscambio.schema(edizione)).iter_errors(dati))


@ogni_edizione
def test_ogni_risposta_e_nella_pagina_di_lettura(edizione, compilata):
    lettura = leggi(edizione, contenuto(compilata))
    letto = senza_id(render_to_string("conciliazione/schede/lettura/scheda.html", {"lettura": lettura}))
    assert {d for b in blocchi(lettura) for d in detti(b) if " ".join(d.split()) not in letto} == set()


@ogni_edizione
def test_ogni_risposta_stampata_e_nel_pdf(edizione, compilata):
    tutto = contenuto(compilata)
    lettura = leggi(edizione, tutto)
    intestazione = {"numero": 1, "sha256": "0" * 64, "stato": "", "origine": ""}
    quando = datetime(2026, 11, 21, 10, tzinfo=UTC)
    letto = senza_id(pdf.html_scheda(lettura, tutto, titolo="Campione", intestazione=intestazione, creata_il=quando))
    assert {d for b in blocchi(solo_stampati(lettura)) for d in detti(b) if " ".join(d.split()) not in letto} == set()


@ogni_edizione
def test_la_stessa_scheda_si_legge_e_si_controlla_due_volte_uguale(edizione, compilata):
    letto = contenuto(compilata)
    assert leggi(edizione, letto) == leggi(edizione, contenuto(compilata))
    assert controlla(edizione, letto) == controlla(edizione, json.loads(json.dumps(letto)))


@ogni_edizione
def test_al_campione_non_manca_niente_di_cio_che_si_chiede(edizione, compilata):
    mancanti = {"missing_required", "missing_field", "missing_optional_data", "invalid_value"}
    assert [s.messaggio for s in controlla(edizione, contenuto(compilata)) if s.regola in mancanti] == []


@ogni_edizione
def test_di_una_scheda_vuota_si_dice_che_cosa_manca_e_ogni_posto_ha_un_indirizzo(edizione, dimostrazione, entra, capofila):
    dati = campione(edizione) | {"azioni": [], "costi": [], "cofinanziamenti": [], "risposte": {}}
    dati |= {fonte: [] for fonte in ("referenti", "indicatori", "personale", "destinatari", "fasi")}
    progetto, _ = interscambio.importa(dati)
    Appartenenza.objects.create(utente=capofila, ente=progetto.capofila, ruolo=Appartenenza.Ruolo.OPERATORE)
    risposta = entra(capofila).get(reverse("progetti:verifica", args=[progetto.pk]))
    assert risposta.status_code == 200
    for url in set(re.findall(r'href="(/progetti/[^"#]*/(?:sezione|parte)/[^"#]*)', risposta.content.decode())):
        assert entra(capofila).get(html.unescape(url)).status_code == 200


@pytest.mark.parametrize("codice", list(EDIZIONI))
def test_la_descrizione_dell_edizione_non_cambia_senza_che_lo_si_voglia(codice):
    """Keys travel in files and in versions: `tests/descrizioni/` pins them. After a wanted change, write them anew."""
    uscita = StringIO()
    call_command("scheda", "descrivi", codice, stdout=uscita)
    assert uscita.getvalue() == (DESCRIZIONI / f"{codice}.txt").read_text(encoding="utf-8")
