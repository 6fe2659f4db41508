"""A scheda of any edition begins one of any other: what corresponds goes over, the rest is listed, nothing breaks."""

import itertools
import json

import pytest

from alleanze.models import Appartenenza
from conciliazione.schede.segnalazioni import controlla
from progetti import interscambio
from progetti.contenuto import contenuto
from progetti.edizioni import EDIZIONI
from progetti.edizioni.corrispondenze import SIGNIFICATI
from progetti.models import Avviso
from progetti.nuovo import copia
from progetti.prova import campione

COPPIE = list(itertools.permutations(EDIZIONI, 2))


@pytest.fixture
def copiata(request, dimostrazione, capofila):
    """The sample of an edition, and the scheda of the other that began from it."""
    da, a = request.param
    origine, _ = interscambio.importa(campione(EDIZIONI[da]))
    Appartenenza.objects.create(utente=capofila, ente=origine.capofila, ruolo=Appartenenza.Ruolo.OPERATORE)
    avviso = Avviso.objects.crea(a, codice=f"copia-{a}", titolo="Avviso", atto="Atto")
    return origine, copia.copia(origine, avviso, capofila)


fra_tutte = pytest.mark.parametrize("copiata", COPPIE, indirect=True, ids=[f"{da} verso {a}" for da, a in COPPIE])


@pytest.mark.parametrize("edizione", EDIZIONI.values(), ids=EDIZIONI)
def test_ogni_significato_e_noto_e_nomina_una_domanda_che_c_e(edizione):
    assert set(edizione.significati) <= set(SIGNIFICATI)
    for blocco, campo in edizione.significati.values():
        assert campo in edizione.blocco(blocco).campi()


@fra_tutte
def test_titolo_e_soggetti_vanno_in_ogni_edizione(copiata):
    prima, dopo = contenuto(copiata[0]), contenuto(copiata[1])
    assert dopo["progetto"]["titolo"] == prima["progetto"]["titolo"]
    assert [s["denominazione"] for s in dopo["partecipazioni"]] == [s["denominazione"] for s in prima["partecipazioni"]]


@fra_tutte
def test_i_testi_che_corrispondono_ci_sono_e_sono_da_rivedere(copiata):
    prima, dopo = contenuto(copiata[0]), contenuto(copiata[1])
    segnati = {(c["blocco"], c["campo"]) for c in dopo["da_rivedere"]}
    vecchie, nuove = (EDIZIONI[dati["edizione"]].significati for dati in (prima, dopo))
    for nome, da in vecchie.items():
        if a := nuove.get(nome):
            testi = {v[da[1]] for v in prima["risposte"].get(da[0], {}).values() if da[1] in v}
            assert testi & {v.get(a[1]) for v in dopo["risposte"].get(a[0], {}).values()}
            assert a in segnati


@fra_tutte
def test_la_copia_si_controlla_si_esporta_e_torna_uguale(copiata):
    nuovo = copiata[1]
    assert any(s.regola == "to_review" for s in controlla(EDIZIONI[nuovo.edizione], contenuto(nuovo)))
    assert interscambio.importa(json.loads(interscambio.esporta(nuovo)))[1] == "identico"


@fra_tutte
def test_cio_che_non_si_e_potuto_portare_e_elencato(copiata):
    assert copia.non_portati(*copiata)
