"""The public face in a browser that runs no scripts: everything is there, everything is reached."""

import pytest
from django.core.cache import caches

from .conftest import biscotto, contesto_nuovo
from .pagine import OPERATORE, Dati

pytestmark = pytest.mark.usefixtures("portale")


@pytest.fixture
def senza_script(chromium, portale):
    contesto = contesto_nuovo(chromium, portale, java_script_enabled=False)
    yield contesto.new_page()
    contesto.close()


def test_chi_cerca_il_suo_comune_arriva_al_progetto_approvato_senza_script(senza_script):
    pagina = senza_script
    pagina.goto("/")
    pagina.get_by_label("C'è un'alleanza nel tuo Comune?").fill("marnate")
    pagina.get_by_role("search", name="Alleanze").get_by_role("button", name="Cerca").click()
    pagina.get_by_role("link", name="Alleanza locale di conciliazione di Castellanza").click()
    assert pagina.get_by_role("heading", name="Come aderire").is_visible()
    pagina.get_by_role("link", name="La conciliazione...pronti, via").first.click()
    assert "60.741,00" in pagina.locator(".cifre").inner_text()


def test_le_domande_frequenti_si_cercano_e_si_aprono_senza_script(senza_script):
    Dati()
    pagina = senza_script
    pagina.goto("/")
    pagina.get_by_label("Congedi, orari, servizi: hai una domanda?").fill("congedi")
    pagina.get_by_role("search", name="Domande frequenti").get_by_role("button", name="Cerca").click()
    assert pagina.locator("details.faq[open] .testo").first.is_visible()


def test_chi_entra_non_ritrova_la_pagina_di_prima(apri, settings):
    settings.PUBBLICO_SECONDI = 300
    caches["pagine"].clear()
    pagina = apri("", 1024)
    for _ in range(2):
        pagina.goto("/")
    pagina.context.add_cookies([biscotto(OPERATORE, pagina.url)])
    pagina.goto("/pubblico/alleanze/")
    pagina.goto("/")
    assert "Olga Perini" in pagina.locator(".testata").inner_text()
    pagina.context.clear_cookies()
    caches["pagine"].clear()


def test_i_dati_si_scaricano_senza_script(senza_script):
    senza_script.goto("/pubblico/dati/")
    with senza_script.expect_download() as scaricato:
        senza_script.get_by_role("link", name="CSV : Progetti").click()
    assert scaricato.value.suggested_filename == "progetti.csv"
