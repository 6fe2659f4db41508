"""Words of the form that a small cooperative does not know have a plain line beside them, on the screen only."""

import json
import re

import pytest
from django.urls import reverse

from conciliazione.schede.lettura import leggi
from conciliazione.schede.prospetto import prospetti
from progetti import contenuto
from progetti.edizioni import EDIZIONI

DIFFICILI = re.compile(
    r"ateco|libro unico|cofin\. |atto di impegno|strumentali|tesoreria|natura giuridica|ragione sociale|valorizzazione", re.I
)


def etichette(edizione) -> list[tuple[str, str]]:
    """What is asked or computed where more than one figure stands: its label, and the plain line beside it."""
    campi = [(str(c.label), c.in_parole) for b in edizione.blocchi if not b.di_denaro for c in b.campi().values()]
    return campi + [(c.etichetta, c.in_parole) for b in prospetti(edizione) if b.fonte for c in b.colonne]


@pytest.mark.parametrize("codice", sorted(EDIZIONI))
def test_ogni_parola_difficile_del_modulo_e_detta_anche_in_parole(codice):
    assert [e for e, parole in etichette(EDIZIONI[codice]) if DIFFICILI.search(e) and not parole] == []


@pytest.mark.parametrize("codice", sorted(EDIZIONI))
def test_ogni_blocco_che_un_partner_scrive_per_se_ha_un_nome_in_parole(codice):
    suoi = [b for b in EDIZIONI[codice].blocchi if b.scrive == "partner" and not b.dentro]
    assert [b.chiave for b in suoi if not b.in_parole] == []


def tutte_le_parole(edizione) -> set[str]:
    return {p for _, p in etichette(edizione) if p} | {b.in_parole for b in edizione.blocchi if b.in_parole}


def test_cio_che_e_detto_in_parole_non_si_stampa_e_non_si_congela(progetto):
    edizione = EDIZIONI[progetto.edizione]
    lettura = json.dumps(leggi(edizione, contenuto.contenuto(progetto)), ensure_ascii=False)
    assert [p for p in tutte_le_parole(edizione) if p in lettura] == []


def test_il_partner_legge_in_parole_accanto_ai_campi_e_sotto_i_titoli(entra, partner, progetto):
    csc, browser = progetto.partecipazioni.get(denominazione__startswith="Comunità"), entra(partner)
    pagine = [
        reverse("progetti:riga", args=[progetto.pk, "II.B", csc.pk]),
        reverse("progetti:riga", args=[progetto.pk, "III.1.3-soggetti", csc.pk]),
        reverse("progetti:sezione", args=[progetto.pk, "IV"]),
    ]
    detto = " ".join(browser.get(pagina).content.decode() for pagina in pagine).replace("&#x27;", "'")
    edizione = EDIZIONI[progetto.edizione]
    suoi = [edizione.blocco(b) for b in ("II.B", "III.1.3-soggetti", "IV.1.2", "cofinanziamenti")]
    attese = [b.in_parole for b in suoi] + [c.in_parole for b in suoi for c in (*b.campi().values(), *b.colonne)]
    assert [p for p in attese if p and p not in detto] == []
