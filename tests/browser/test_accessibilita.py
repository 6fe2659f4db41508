"""Every page, for who sees most of it and in its bad moments too: axe, narrow screens, keyboard, console."""

import os
from contextlib import contextmanager
from dataclasses import dataclass, field

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from playwright.sync_api import Page, expect

from .conftest import fotografa
from .pagine import COSTO, OPERATORE, SENZA_PAGINA, SEZIONE, VISTE, Dati, invia, nomi_degli_indirizzi

pytestmark = pytest.mark.usefixtures("db")

ETICHETTE = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]
STRETTA = 320
"""What is left of 1280 pixels at 400 per cent."""
LARGHEZZE = [1280, 360, STRETTA]

RIPOSO = "about:blank"
SPAESATA = "'dopoInvio' in document.documentElement.dataset && document.activeElement === document.body"
FUORI = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@dataclass
class Esito:
    """What was found looking at a page."""

    codice: int = 0
    violazioni: dict[int, list[str]] = field(default_factory=dict)
    fuori: dict[int, int] = field(default_factory=dict)
    lamentele: list[str] = field(default_factory=list)
    spaesata: bool = False
    """After a form was sent, nothing has the focus: one starts again from the top of the page."""


@pytest.fixture(scope="module")
def db(portale):
    """In place of pytest-django's, that would roll back after each test: here the pages are looked at once for all."""


@pytest.fixture(scope="module")
def dati(portale) -> Dati:
    return Dati()


@pytest.fixture(scope="module")
def guarda(apri, dati):
    """Looks at a page once, at each width; the tests ask of what it saw."""
    visti: dict[str, Esito] = {}
    finestre: dict[str, Page] = {}
    """One for each person: a new one each time costs as much as a page."""

    def esito(nome: str) -> Esito:
        if nome not in visti:
            chi = VISTE[nome].chi
            if chi not in finestre or finestre[chi].is_closed():  # where a page failed, it was closed behind it
                finestre[chi] = apri(chi)
            visti[nome] = _guarda(nome, finestre[chi], apri, dati)
        return visti[nome]

    return esito


def _guarda(nome: str, pagina: Page, apri, dati: Dati) -> Esito:
    vista, esito = VISTE[nome], Esito()
    with _ascolta(pagina, esito):
        pagina.set_viewport_size({"width": LARGHEZZE[0], "height": 800})
        esito.codice = pagina.goto(vista.url(dati)).status
        if vista.dopo:
            vista.dopo(pagina, apri)
            esito.spaesata = pagina.evaluate(SPAESATA)
        for larghezza in LARGHEZZE:
            pagina.set_viewport_size({"width": larghezza, "height": 800})
            esito.fuori[larghezza] = pagina.evaluate(FUORI)
            if larghezza != STRETTA:
                esito.violazioni[larghezza] = _axe(pagina)
                if os.environ.get("FOTO"):
                    fotografa(pagina, f"pagine-{larghezza}", nome)
        pagina.goto(RIPOSO)
    return esito


@contextmanager
def _ascolta(pagina: Page, esito: Esito):
    """Errors of scripts, refusals of the content policy, files that are not there; not the code of the page itself."""

    def messaggio(m) -> None:
        if m.type in ("error", "warning") and not m.text.startswith("Failed to load resource"):
            esito.lamentele.append(m.text)

    def risposta(r) -> None:
        # Where a log-in expires on purpose, the page that asks who else is here is told so.
        scaduta = r.status == 401 and "/presenza/" in r.url
        if r.status >= 400 and r.request.resource_type != "document" and not scaduta:
            esito.lamentele.append(f"{r.status} {r.url}")

    def errore(detto) -> None:
        esito.lamentele.append(str(detto))

    def fallita(r) -> None:
        if "ERR_ABORTED" not in r.failure:
            esito.lamentele.append(f"{r.failure} {r.url}")

    ascoltano = {"console": messaggio, "response": risposta, "pageerror": errore, "requestfailed": fallita}
    for evento, chi in ascoltano.items():
        pagina.on(evento, chi)
    yield
    for evento, chi in ascoltano.items():
        pagina.remove_listener(evento, chi)


AXE = """
async opzioni => {
  const visti = window.coloriVisti ??= new Set(), fondi = new Map([[null, ""]]), nuovi = [];
  const fondo = e => {
    if (!fondi.has(e)) {
      const s = getComputedStyle(e), sopra = ["absolute", "fixed"].includes(s.position) ? nuovi.length : "";
      fondi.set(e, [fondo(e.parentElement), s.backgroundColor, s.backgroundImage, s.opacity, sopra].join());
    }
    return fondi.get(e);
  };
  for (const e of document.querySelectorAll("body *")) {
    const scritto = e.matches("input, select, textarea") || [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim());
    if (!scritto || !e.checkVisibility()) continue;
    const s = getComputedStyle(e), colori = [e.localName, s.color, s.fontSize, s.fontWeight, fondo(e)].join();
    if (!visti.has(colori)) nuovi.push(e);
    visti.add(colori);
  }
  const esiti = [await axe.run(document, {...opzioni, rules: {"color-contrast": {enabled: false}}})];
  if (nuovi.length) esiti.push(await axe.run({include: nuovi}, {...opzioni, runOnly: ["color-contrast"]}));
  return esiti.flatMap(e => e.violations).flatMap(
    v => v.nodes.map(n => `${v.id}: ${n.target[0]} ${n.html.slice(0, 160)}`));
}
"""
"""What is wrong in the page, in words: what is right would be megabytes to bring over.

Two thirds of the time would go in contrast: of what is written in the same colour and size on the same grounds, at either
width, it is asked once.
"""


def _axe(pagina: Page) -> list[str]:
    """The script goes into a page once, whatever the widths at which it is looked at."""
    if not pagina.evaluate("!!window.axe"):
        pagina.evaluate(Axe().axe_script)
    opzioni = {"resultTypes": ["violations"], "runOnly": {"type": "tag", "values": ETICHETTE}}
    return pagina.evaluate(AXE, opzioni)


@pytest.mark.parametrize("nome", VISTE)
def test_axe_non_trova_niente(guarda, nome):
    assert guarda(nome).violazioni == {1280: [], 360: []}


@pytest.mark.parametrize("nome", VISTE)
def test_nessuna_pagina_scorre_di_lato(guarda, nome):
    assert guarda(nome).fuori == dict.fromkeys(LARGHEZZE, 0)


@pytest.mark.parametrize("nome", VISTE)
def test_la_console_non_ha_niente_da_dire(guarda, nome):
    assert guarda(nome).lamentele == []


@pytest.mark.parametrize("nome", VISTE)
def test_la_pagina_risponde_come_deve(guarda, nome):
    assert guarda(nome).codice == VISTE[nome].codice


@pytest.mark.parametrize("nome", [nome for nome, vista in VISTE.items() if vista.dopo])
def test_dopo_un_invio_non_si_ricomincia_dalla_cima_della_pagina(guarda, nome):
    assert not guarda(nome).spaesata


def test_nessuna_pagina_e_dimenticata():
    assert {v.indirizzo for v in VISTE.values() if ":" in v.indirizzo or "/" not in v.indirizzo} == (
        nomi_degli_indirizzi() - SENZA_PAGINA
    )


# --- keyboard --------------------------------------------------------------------------------------------------------

ATTIVO = "document.activeElement"

COPERTO = """
() => {
  const attivo = document.activeElement, r = attivo.getBoundingClientRect();
  if (attivo === document.body || attivo.closest(".barra-azioni")) return "";
  const y = Math.max(r.top, 0) + Math.min(12, r.height / 2);
  const sopra = document.elementFromPoint(r.left + Math.min(12, r.width / 2), y);
  const suo = sopra && (attivo.contains(sopra) || sopra.contains(attivo) || sopra.closest("label")?.control === attivo);
  return suo && y < innerHeight ? "" : `${attivo.tagName} ${attivo.name || attivo.textContent.slice(0, 40)}`;
}
"""
"""What has the focus, if something else is drawn where it begins."""


def test_il_primo_tab_porta_al_salto_e_il_salto_al_contenuto(apri):
    pagina = apri(OPERATORE)
    pagina.goto("/")
    pagina.keyboard.press("Tab")
    assert pagina.evaluate(f"{ATTIVO}.textContent") == "Vai al contenuto"
    pagina.keyboard.press("Enter")
    assert pagina.evaluate(f"{ATTIVO}.id") == "contenuto"


@pytest.fixture
def finanziaria(apri, dati) -> Page:
    pagina = apri(OPERATORE)
    pagina.goto(reverse(SEZIONE, args=[dati.bozza, "IV"]))
    return pagina


def test_dopo_aver_salvato_il_fuoco_e_su_cio_che_si_e_fatto(finanziaria):
    invia(finanziaria, "Salva")
    assert finanziaria.evaluate(f"{ATTIVO}.id") == "messaggi"
    assert "salvato" in finanziaria.evaluate(f"{ATTIVO}.textContent")


def test_dopo_aver_chiesto_righe_il_fuoco_e_nella_prima_riga_nuova(finanziaria):
    with finanziaria.expect_navigation():
        finanziaria.locator("#b-cofinanziamenti button[name=aggiungi]").click()
    nuova = finanziaria.locator("#b-cofinanziamenti tr:has([name$='-righe'])").first
    expect(nuova.locator("select, input:not([type=hidden])").first).to_be_focused()


def test_una_pagina_con_errori_lo_dice_nel_titolo(finanziaria):
    finanziaria.locator(COSTO).first.fill("duemila")
    invia(finanziaria, "Salva")
    assert finanziaria.title().startswith("Da correggere: ")


def test_gli_errori_prendono_il_fuoco_e_i_loro_collegamenti_portano_al_campo(apri, dati):
    vista = VISTE["dati del partner con errori"]
    pagina = apri(vista.chi, 360, 640)
    pagina.goto(vista.url(dati))
    vista.dopo(pagina, apri)
    assert pagina.evaluate(f"{ATTIVO}.id") == "riepilogo-errori"
    pagina.keyboard.press("Tab")
    pagina.keyboard.press("Enter")
    assert pagina.evaluate(f"{ATTIVO}.name").endswith("-partita_iva")
    assert pagina.evaluate(COPERTO) == ""


@pytest.mark.parametrize(("larghezza", "altezza"), [(1280, 720), (360, 640)])
@pytest.mark.parametrize("nome", ["sezione I", "sezione III", "sezione IV", "dati del partner"])
def test_la_barra_non_copre_mai_cio_che_ha_il_fuoco(apri, dati, nome, larghezza, altezza):
    pagina = apri(VISTE[nome].chi, larghezza, altezza)
    pagina.goto(VISTE[nome].url(dati))
    pagina.locator(".scheda-corpo :is(input, textarea, select):not([type=hidden])").first.focus()
    coperti, passi = [], 0
    while pagina.evaluate(f"!!{ATTIVO}.closest('.scheda-corpo form')"):
        coperti.append(pagina.evaluate(COPERTO))
        pagina.keyboard.press("Tab")
        passi += 1
    assert passi > 10
    assert [c for c in coperti if c] == []
