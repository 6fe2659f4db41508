"""While one types, the page says how many lines a text will take and what closes the budget; on saving, exactly."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from conciliazione.schede.righe import conta
from progetti.edizioni import EDIZIONI
from progetti.models import Avviso, Azione, Progetto
from progetti.nuovo import apri as nascita

from ..edizione_di_prova import EDIZIONE
from .pagine import OPERATORE

TESTO = (
    "Il distretto conta quarantotto comuni e poche imprese; i servizi per l'infanzia chiudono presto, e nessuno li coordina. "
    * 9
)
pytestmark = pytest.mark.usefixtures("db")


@pytest.fixture(scope="module")
def db(portale):
    """In place of pytest-django's, that would roll back after each test: the server has to see what is there."""


@pytest.fixture
def pagina(apri):
    bozza = Progetto.objects.get(titolo="Tempo per tutti")
    aperta = apri(OPERATORE)
    aperta.goto(reverse("progetti:sezione", args=[bozza.pk, "III"]))
    return aperta


def detto(pagina) -> str:
    return pagina.locator('[data-righe-di="id_b-III-1-1-testo"]').inner_text()


def test_mentre_si_scrive_la_stima_e_vicina_al_conto_esatto(pagina):
    pagina.fill("#id_b-III-1-1-testo", TESTO)
    pagina.wait_for_function(
        """() => document.querySelector('[data-righe-di="id_b-III-1-1-testo"]').innerText.startsWith('circa')"""
    )
    stimate = int(detto(pagina).split()[1])
    assert abs(stimate - conta(TESTO, "170.00", "10.00")) <= 1
    assert "di 30 righe" in detto(pagina)


def test_oltre_il_massimo_lo_dice_mentre_si_scrive(pagina):
    pagina.fill("#id_b-III-1-1-testo", "riga\n" * 31 + "fine")
    pagina.wait_for_selector('[data-righe-di="id_b-III-1-1-testo"].campo-righe-troppe')
    assert detto(pagina).startswith("circa 32 di 30 righe")


def test_dopo_aver_salvato_il_conto_e_quello_del_pdf(pagina):
    pagina.fill("#id_b-III-1-1-testo", TESTO)
    pagina.get_by_role("button", name="Salva", exact=True).click()
    pagina.wait_for_load_state()
    assert detto(pagina) == f"{conta(TESTO.rstrip(), '170.00', '10.00')} di 30 righe, contate come sul PDF"


@pytest.fixture
def obiettivo(apri, monkeypatch):
    """The page of the trial edition on which a text has at most 120 characters."""
    monkeypatch.setitem(EDIZIONI, EDIZIONE.codice, EDIZIONE)
    avviso = Avviso.objects.crea(EDIZIONE.codice, codice="prova", titolo="Prova", atto="Prova")
    progetto = nascita.apri(avviso, Progetto.objects.get(titolo="Tempo per tutti").capofila, None)
    azione = Azione.objects.create(progetto=progetto, ordine=1, titolo="Azione")
    pagina = apri(OPERATORE)
    pagina.goto(reverse("progetti:riga", args=[progetto.pk, "5", azione.pk]))
    yield pagina
    progetto.delete()
    avviso.delete()


def test_mentre_si_scrive_i_caratteri_si_contano_uno_per_uno(obiettivo):
    contati = obiettivo.locator("[data-caratteri-di]")
    expect(contati).to_have_text("0 di 120 caratteri")
    obiettivo.locator("textarea").first.fill("a\n🙂" + "x" * 117)
    expect(contati).to_have_text("120 di 120 caratteri")
    expect(contati).not_to_have_class(re.compile("campo-righe-troppe"))
    obiettivo.locator("textarea").first.fill("a\n🙂" + "x" * 118)
    expect(contati).to_have_text("121 di 120 caratteri")
    expect(contati).to_have_class(re.compile("campo-righe-troppe"))


def test_mentre_si_scrive_i_costi_il_bilancio_li_segue(apri):
    bozza = Progetto.objects.get(titolo="Tempo per tutti")
    pagina = apri(OPERATORE)
    pagina.goto(reverse("progetti:sezione", args=[bozza.pk, "IV"]))
    pagina.locator("input.importo").first.fill("987.654,00")
    pagina.wait_for_function("() => document.querySelector('[data-bilancio]').innerText.includes('ancora da salvare')")
