"""A form that is taken away while there are schede of it: nobody finds a broken page, and what was filed is still read."""

import html

import pytest
from django.core.checks import run_checks
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone

from alleanze.models import Carica
from progetti.contenuto import contenuto
from progetti.edizioni import EDIZIONI
from progetti.models import Azione, Partecipazione
from progetti.partner import solleciti
from progetti.presentazione import versioni

from ... import fabbrica
from ...moduli import apri

DETTO = "Il modulo «dgr1081-2014» di questa scheda non è installato in questo portale."


@pytest.fixture
def togli(dimostrazione):
    """Takes away the form of the schede of Crema, as if it had come from outside and were not named any more."""
    prima = dict(EDIZIONI)
    yield lambda: EDIZIONI.pop("dgr1081-2014")
    EDIZIONI.clear()
    EDIZIONI.update(prima)  # in the same order: the first is what a new avviso proposes


@pytest.fixture
def tolta(togli):
    togli()


@pytest.mark.parametrize(
    ("nome", "altro"), [("sezione", ["I"]), ("verifica", []), ("tabellone", []), ("da_rivedere", []), ("soggetti", [])]
)
def test_le_pagine_della_scheda_dicono_che_il_modulo_manca_e_a_chi_dirlo(tolta, entra, capofila, progetto, nome, altro):
    pagina = entra(capofila).get(reverse(f"progetti:{nome}", args=[progetto.pk, *altro]))
    assert pagina.status_code == 503
    assert DETTO in pagina.content.decode()
    assert "Dillo a chi amministra il portale" in pagina.content.decode()


def test_cio_che_si_stava_inviando_non_si_scrive_a_meta(togli, entra, capofila, progetto):
    browser, dove = entra(capofila), reverse("progetti:sezione", args=[progetto.pk, "I"])
    dati = apri(browser, dove) | {"b-I-1-titolo": "Un altro titolo"}
    togli()
    assert browser.post(dove, dati).status_code == 503
    progetto.refresh_from_db()
    assert progetto.titolo == "Tempo per tutti"


@pytest.mark.parametrize("chi", ["capofila", "partner", "ats"])
def test_gli_elenchi_e_la_scrivania_si_aprono(tolta, request, entra, progetto, presentato, chi):
    browser = entra(request.getfixturevalue(chi))
    for dove in ("scrivania", "da_fare", "progetti:elenco", "progetti:sintesi_elenco"):
        assert browser.get(reverse(dove)).status_code == 200


def test_la_pagina_del_progetto_lo_dice_e_ha_le_versioni(tolta, entra, capofila, presentato):
    pagina = entra(capofila).get(reverse("progetti:dettaglio", args=[presentato.pk]))
    detto = pagina.content.decode()
    assert (pagina.status_code, "Il modulo «dgr1081-2014» di questa scheda non è installato" in detto) == (200, True)
    assert reverse("progetti:versione", args=[presentato.versioni.get().pk]) in detto


def test_una_versione_si_legge_e_si_stampa_anche_senza_il_modulo(tolta, entra, ats, presentato):
    versione = presentato.versioni.get()
    assert entra(ats).get(reverse("progetti:versione", args=[versione.pk])).status_code == 200
    assert versioni.pdf_di(versione).startswith(b"%PDF")
    assert versioni.word_di(versione)


def test_un_blocco_che_aveva_un_modello_suo_si_legge_con_quello_del_suo_genere(tolta, entra, ats, presentato, settings):
    (motore,) = settings.TEMPLATES
    settings.TEMPLATES = [motore | {"DIRS": [d for d in motore["DIRS"] if "dgr1081_2014" not in str(d)]}]
    pagina = entra(ats).get(reverse("progetti:versione", args=[presentato.versioni.get().pk]))
    azioni = Azione.objects.filter(progetto=presentato, genere="azione").values_list("titolo", flat=True)
    detto = html.unescape(pagina.content.decode())
    assert [titolo for titolo in azioni if titolo not in detto] == []


def test_chi_cambia_carica_e_chi_sollecita_non_inciampano(tolta, capofila, progetto):
    soggetto = Partecipazione.objects.filter(progetto=progetto).first()
    fabbrica.carica(soggetto.ente, Carica.Tipo.LEGALE_RAPPRESENTANTE)
    progetto.avviso.chiude_il = timezone.now() + timezone.timedelta(days=7)
    progetto.avviso.save()
    assert solleciti.prima_della_scadenza(timezone.localtime().replace(hour=12)) == 0


def test_un_avviso_tiene_il_modulo_che_ammetteva(tolta, entra, ats, progetto):
    pagina = entra(ats).get(reverse("progetti:avviso_modifica", args=[progetto.avviso.pk]))
    assert pagina.status_code == 200
    assert 'value="dgr1081-2014"' in pagina.content.decode()


def test_chi_controlla_il_portale_sa_quante_schede_aspettano(tolta, progetto):
    (avviso,) = [a for a in run_checks() if a.id == "progetti.W001"]
    assert avviso.msg.startswith("Del modulo «dgr1081-2014», che non è installato, ci sono ")


def test_i_comandi_lo_dicono_con_una_frase(tolta, progetto):
    assert contenuto(progetto)["edizione"] == "dgr1081-2014"
    with pytest.raises(CommandError, match="non è installato in questo portale"):
        call_command("scheda", "controlla", str(progetto.pk))
