"""`docs/nuova-edizione.md` is true: its example works, and it names every block and every field there is."""

import inspect
import io
import json
import re
import sys
from pathlib import Path

import pypdfium2
import pytest
from django.conf import settings
from django.core.management import call_command
from django.urls import reverse
from jsonschema import Draft202012Validator

from alleanze.models import Appartenenza
from conciliazione.schede import campi, edizione, prospetto
from conciliazione.schede.lettura import leggi
from conciliazione.schede.segnalazioni import controlla
from progetti import edizioni, interscambio
from progetti.contenuto import COLONNE, contenuto
from progetti.edizioni import EDIZIONI, carica
from progetti.presentazione import transizioni, versioni
from progetti.prova import campione

from ...moduli import apri

GUIDA = (Path(settings.RADICE) / "docs/nuova-edizione.md").read_text(encoding="utf-8")
INTERNI = {"Campo", "Identificativo", "Blocco"}


def _classi(modulo, base) -> set[str]:
    return {n for n, c in inspect.getmembers(modulo, inspect.isclass) if issubclass(c, base)} - INTERNI


@pytest.fixture
def modulo(tmp_path, monkeypatch) -> str:
    """The module of the guide, as its step 5 writes it, in a folder that is not the portal's."""
    (codice,) = re.findall(r"```python\n(.*?)```", GUIDA, re.DOTALL)
    (tmp_path / "nuova_2026.py").write_text(codice, encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, "nuova_2026", raising=False)
    return "nuova_2026"


@pytest.fixture
def nuova(modulo, monkeypatch):
    """The edition of the guide, registered as by EDIZIONI_DI_FUORI."""
    monkeypatch.setattr(edizioni, "_MODULI", dict(edizioni._MODULI))
    edizione = carica(modulo)
    monkeypatch.setitem(EDIZIONI, edizione.codice, edizione)
    return edizione


def scheda(*argomenti) -> str:
    uscita = io.StringIO()
    call_command("scheda", *map(str, argomenti), stdout=uscita)
    return uscita.getvalue()


def test_la_guida_nomina_ogni_genere_di_blocco():
    nomi = _classi(edizione, edizione.Blocco) | _classi(prospetto, edizione.Blocco)
    assert {c for c in nomi if f"`{c}`" not in GUIDA} == set()


def test_la_guida_nomina_ogni_genere_di_campo():
    assert {c for c in _classi(campi, campi.Campo) if f"`{c}`" not in GUIDA} == set()


def test_la_guida_nomina_ogni_tabella_comune():
    assert {fonte for fonte in COLONNE if f"`{fonte}`" not in GUIDA} == set()


def test_i_file_che_la_guida_nomina_ci_sono():
    nominati = set(re.findall(r"`((?:conciliazione|progetti|tests|docs)/[\w/.-]*)`", GUIDA))
    assert len(nominati) > 8
    assert {nome for nome in nominati if not (Path(settings.RADICE) / nome).exists()} == set()


def test_al_passo_6_l_esempio_si_prova_senza_base_dati_e_gli_manca_solo_di_essere_iscritto(modulo, tmp_path):
    detto = scheda("prova", modulo, "--out", tmp_path / "prova.pdf")
    assert "Non c'è ancora:\n- Non è ancora iscritta fra le edizioni: nessun avviso può averla.\n" in detto
    assert re.findall("^- (?!avviso: )(.*)$", detto, re.MULTILINE) == [
        "Non è ancora iscritta fra le edizioni: nessun avviso può averla."
    ]
    assert (tmp_path / "prova.pdf").read_bytes().startswith(b"%PDF-")


def test_al_passo_7_iscritta_si_descrive_si_compila_si_presenta_e_si_stampa(nuova, dimostrazione, entra, responsabile):
    """What the guide promises: pages, file, filing and PDF come by themselves, and nothing outside the module was touched."""
    assert "    contesto: testo (max 500 caratteri) · 3. Contesto (max 500 caratteri)\n" in scheda("descrivi", nuova.codice)
    progetto, _ = interscambio.importa(campione(nuova))
    Appartenenza.objects.create(utente=responsabile, ente=progetto.capofila, ruolo=Appartenenza.Ruolo.RESPONSABILE)
    browser = entra(responsabile)
    pagina = reverse("progetti:sezione", args=[progetto.pk, "A"])
    (titolo,) = [nome for nome in apri(browser, pagina) if nome.endswith("-titolo")]
    assert browser.post(pagina, apri(browser, pagina) | {titolo: "Una quarta scheda"}).status_code == 302
    presentata = transizioni.presenta(progetto.pk, responsabile).versione
    assert presentata.contenuto["progetto"]["titolo"] == "Una quarta scheda"
    with pypdfium2.PdfDocument(versioni.pdf_di(presentata)) as documento:
        stampato = " ".join(pagina.get_textpage().get_text_range() for pagina in documento)
    assert "SCHEDA DI PROGETTO" in stampato
    assert "Una quarta scheda" in stampato
    schema, file = json.loads(scheda("schema", nuova.codice)), json.loads(scheda("esporta", progetto.pk))
    assert list(Draft202012Validator(schema).iter_errors(file)) == []


def test_l_esempio_della_guida_va_e_torna_si_legge_e_si_controlla(nuova, dimostrazione):
    progetto, fatto = interscambio.importa(campione(nuova))
    assert fatto == "creato"
    assert interscambio.importa(json.loads(interscambio.esporta(progetto)))[1] == "identico"
    letto = contenuto(progetto)
    assert leggi(nuova, letto)["titolo"] == "SCHEDA DI PROGETTO"
    assert {s.regola for s in controlla(nuova, letto)} == {"partner_not_confirmed"}


def test_della_scheda_dell_esempio_si_dice_che_cosa_manca(nuova, dimostrazione):
    dati = campione(nuova)
    dati["progetto"].pop("titolo")
    progetto, _ = interscambio.importa(dati)
    assert any("1. Titolo del progetto" in s.messaggio for s in controlla(nuova, contenuto(progetto)))
