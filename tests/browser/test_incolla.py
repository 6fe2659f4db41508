"""A table pasted from Word keeps its cells, also those of two lines; any other paste goes in as it is."""

import pytest
from django.urls import reverse

from progetti.models import Progetto

from .pagine import OPERATORE

pytestmark = pytest.mark.usefixtures("db")
INCOLLA = """([html, testo]) => {
  const dati = new DataTransfer();
  dati.setData("text/html", html);
  dati.setData("text/plain", testo);
  const area = document.querySelector("textarea[data-incolla-tabella]");
  area.focus();
  return area.dispatchEvent(new ClipboardEvent("paste", { clipboardData: dati, bubbles: true, cancelable: true }));
}"""


@pytest.fixture(scope="module")
def db(portale):
    """In place of pytest-django's: the server has to see what is there."""


@pytest.fixture
def pagina(apri):
    aperta = apri(OPERATORE)
    aperta.goto(reverse("progetti:tabella", args=[Progetto.objects.get(titolo="Tempo per tutti").pk, "azioni"]))
    return aperta


def test_una_tabella_di_word_entra_cella_per_cella(pagina):
    prima = "<tr><td>Azione</td><td>Titolo breve</td></tr>"
    html = f"<table>{prima}<tr><td><p>Sportello</p><p>di ascolto</p></td><td>«a»</td></tr></table>"
    assert pagina.evaluate(INCOLLA, [html, "altro"]) is False
    assert (
        pagina.locator("textarea[data-incolla-tabella]").input_value() == 'Azione\tTitolo breve\n"Sportello\ndi ascolto"\t«a»'
    )


def test_cio_che_non_e_una_tabella_resta_al_browser(pagina):
    assert pagina.evaluate(INCOLLA, ["<p>Solo un testo</p>", "Solo un testo"]) is True


def test_il_markup_ostile_di_un_incolla_non_si_esegue(pagina):
    ostile = "<img src=x onerror='window.colpito=1'><svg onload='window.colpito=1'></svg>"
    html = f"<table><tr><td onclick='x()'>a{ostile}</td></tr></table>"
    pagina.evaluate(INCOLLA, [html, "a"])
    assert pagina.evaluate("() => window.colpito === undefined")
