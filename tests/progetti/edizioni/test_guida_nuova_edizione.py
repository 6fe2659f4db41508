"""`docs/nuova-edizione.md` is true: its example works, and it names every block and every field there is."""

import inspect
import json
import re
from pathlib import Path

import pytest
from django.conf import settings

from conciliazione.schede import campi, edizione, prospetto
from conciliazione.schede.lettura import leggi
from conciliazione.schede.segnalazioni import controlla
from progetti import interscambio
from progetti.contenuto import COLONNE, contenuto
from progetti.edizioni import EDIZIONI
from progetti.prova import campione

GUIDA = (Path(settings.RADICE) / "docs/nuova-edizione.md").read_text(encoding="utf-8")
INTERNI = {"Campo", "Identificativo", "Blocco"}


def _classi(modulo, base) -> set[str]:
    return {n for n, c in inspect.getmembers(modulo, inspect.isclass) if issubclass(c, base)} - INTERNI


@pytest.fixture
def nuova(monkeypatch):
    """The example of the guide, registered as its step 6 says."""
    (codice,) = re.findall(r"```python\n(.*?)```", GUIDA, re.DOTALL)
    spazio = {"__name__": "guida"}
    exec(compile(codice, "docs/nuova-edizione.md", "exec"), spazio)
    monkeypatch.setitem(EDIZIONI, spazio["NUOVA"].codice, spazio["NUOVA"])
    return spazio["NUOVA"]


def test_la_guida_nomina_ogni_genere_di_blocco():
    nomi = _classi(edizione, edizione.Blocco) | _classi(prospetto, edizione.Blocco)
    assert {c for c in nomi if f"`{c}`" not in GUIDA} == set()


def test_la_guida_nomina_ogni_genere_di_campo():
    assert {c for c in _classi(campi, campi.Campo) if f"`{c}`" not in GUIDA} == set()


def test_la_guida_nomina_ogni_tabella_comune():
    assert {fonte for fonte in COLONNE if f"`{fonte}`" not in GUIDA} == set()


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
