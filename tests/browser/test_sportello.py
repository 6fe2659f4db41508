"""The sportello in browsers: asked, assigned, answered, published, found by who reads without an account."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from alleanze.models import Alleanza, Quesito

from .conftest import biscotto, contesto_nuovo
from .pagine import ESPERTA, PARTNER, RESPONSABILE

TITOLO = "Banca delle ore"
FAQ = "Come si avvia una banca delle ore in un'impresa con pochi addetti?"


@pytest.fixture
def apri(chromium: Browser, servito, dimostrazione):
    """`apri(chi)` gives the browser of a person who has logged in; of nobody, without a name."""
    contesti = []

    def nuova(email: str = "") -> Page:
        contesti.append(contesto_nuovo(chromium, servito))
        if email:
            contesti[-1].add_cookies([biscotto(email, servito.url)])
        return contesti[-1].new_page()

    yield nuova
    for contesto in contesti:
        contesto.close()


def _chiede(pagina: Page) -> str:
    pagina.goto("/sportello/")
    pagina.get_by_role("link", name="Fai una domanda").click()
    pagina.get_by_label("A quale alleanza").select_option(str(Quesito.objects.first().sportello_id))
    pagina.get_by_label("Argomento").select_option("contratti")
    pagina.get_by_label("In breve").fill(TITOLO)
    pagina.get_by_label("La domanda").fill("Siamo in <b>sei</b>.\nCome cominciamo?")
    pagina.get_by_label("può diventare una domanda frequente").check()
    pagina.get_by_role("button", name="Invia la domanda").click()
    expect(pagina.get_by_role("heading", level=1)).to_have_text(TITOLO)
    expect(pagina.locator("main")).to_contain_text("restano 47 ore")
    expect(pagina.locator("main")).to_contain_text("Siamo in <b>sei</b>.")
    return pagina.url


def test_dalla_domanda_alla_domanda_frequente(apri):
    chiede, decide, risponde = apri(PARTNER), apri(RESPONSABILE), apri(ESPERTA)
    url = _chiede(chiede)
    decide.goto("/sportello/")
    decide.get_by_role("link", name=TITOLO).click()
    decide.get_by_label("A chi").select_option(label="Elsa Periti")
    decide.get_by_role("button", name="Assegna", exact=True).click()
    expect(decide.locator("main")).to_contain_text("La domanda è assegnata a Elsa Periti")
    risponde.goto("/sportello/")
    risponde.get_by_role("link", name=TITOLO).click()
    risponde.get_by_label("La risposta").fill("Con un accordo scritto.")
    risponde.get_by_role("button", name="Invia la risposta").click()
    chiede.goto(url)
    expect(chiede.locator("main")).to_contain_text("Con un accordo scritto.")
    expect(chiede.locator("main")).to_contain_text("nei termini")
    risponde.get_by_role("link", name="Pubblica senza nomi").click()
    risponde.get_by_label("La domanda, come la legge chiunque").fill(FAQ)
    risponde.get_by_label("La risposta, come la legge chiunque").fill("Con un accordo scritto: telefona al 0373 894500.")
    risponde.get_by_role("button", name="Pubblica").click()
    expect(risponde.locator("main")).to_contain_text("un numero di telefono: 0373 894500")
    risponde.get_by_label("La risposta, come la legge chiunque").fill("Con un accordo scritto tra impresa e lavoratori.")
    risponde.get_by_role("button", name="Pubblica").click()
    expect(risponde.locator("main")).to_contain_text("Pubblicata tra le domande frequenti")
    Alleanza.objects.update(pubblica=True)
    legge = apri()
    legge.goto("/pubblico/domande/?q=banca+ore")
    expect(legge.get_by_role("main")).to_contain_text(FAQ)
    expect(legge.get_by_role("main")).not_to_contain_text("Siamo in")


def test_l_orologio_che_sta_per_scadere_lo_vedono_tutti_e_due(apri):
    quesito = Quesito.objects.aperti().get(titolo__startswith="Un nido")
    Quesito.objects.filter(pk=quesito.pk).update(entro=timezone.now() + timedelta(minutes=25, seconds=50))
    for chi in (quesito.chiesto_da.email, ESPERTA):
        pagina = apri(chi)
        pagina.goto(f"/sportello/{quesito.pk}/")
        expect(pagina.locator("main")).to_contain_text("restano 25 minuti")
    Quesito.objects.filter(pk=quesito.pk).update(entro=timezone.now() - timedelta(hours=2, minutes=5))
    pagina.reload()
    expect(pagina.locator("main")).to_contain_text("il termine è passato da 2 ore")
