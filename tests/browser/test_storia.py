"""The job of the portal from beginning to end, in browsers: capofila, partner, capofila files, ATS exports."""

import subprocess

import pytest
from playwright.sync_api import Browser, Page, expect

from conciliazione.demo import carica
from progetti.models import Progetto

from .conftest import contesto_nuovo, fotografa
from .pagine import ATS, OPERATORE, PARTNER, RESPONSABILE

PASSWORD = carica.ACCESSI[0]["password"]
TITOLO = "Il tempo che ci vuole"
CSC = "Comunità Sociale Cremasca a.s.c."

IN_VISTA = """
id => {
  const campo = document.getElementById(id);
  if (!campo) return `${id} non c'è`;
  const r = campo.getBoundingClientRect();
  const barra = document.querySelector(".barra-azioni")?.getBoundingClientRect().top ?? innerHeight;
  const domanda = campo.labels?.[0]?.getBoundingClientRect() ?? r;
  return domanda.top >= 0 && r.top < barra ? "" : `${id}: domanda a ${domanda.top}, campo a ${r.top}, barra a ${barra}`;
}
"""
"""Where a link has led: empty if its field is there to be seen, with its question."""


@pytest.fixture
def apri(chromium: Browser, servito, dimostrazione):
    """`apri(chi)` gives the browser of a person, who has logged in by the form."""
    contesti = []

    def nuova(email: str, **opzioni) -> Page:
        contesti.append(contesto_nuovo(chromium, servito, accept_downloads=True, **opzioni))
        pagina = contesti[-1].new_page()
        pagina.goto("/")
        pagina.get_by_role("main").get_by_role("link", name="Accedi").click()
        pagina.get_by_label("Email").fill(email)
        pagina.get_by_label("Password").fill(PASSWORD)
        pagina.get_by_role("button", name="Accedi").click()
        expect(pagina.get_by_role("heading", level=1)).to_contain_text("Buon lavoro")
        return pagina

    yield nuova
    for contesto in contesti:
        contesto.close()


@pytest.fixture
def foto():
    """Screenshots of a story, numbered as it goes."""
    fatte = []

    def scatta(pagina: Page, nome: str) -> None:
        fatte.append(nome)
        fotografa(pagina, "storia", f"{len(fatte):02d} {nome}")

    return scatta


def salva(pagina: Page) -> None:
    pagina.get_by_role("button", name="Salva", exact=True).click()
    expect(pagina.get_by_role("status").filter(has_text="Salvato.")).to_be_visible()


def scarica(pagina: Page, tmp_path) -> str:
    """The text of the PDF that a page offers."""
    with pagina.expect_download() as scaricato:
        pagina.get_by_role("link", name="Scarica il PDF").click()
    file = tmp_path / scaricato.value.suggested_filename
    scaricato.value.save_as(file)
    return subprocess.run(["pdftotext", "-layout", file, "-"], capture_output=True, text=True, check=True).stdout


def test_dalla_scheda_aperta_al_pdf_della_ats(apri, foto, lavoratore, tmp_path):
    capofila = apri(OPERATORE)
    foto(capofila, "scrivania del capofila")
    apre_la_scheda(capofila)
    foto(capofila, "scheda aperta")
    aggiunge_il_partner(capofila)
    compila_la_sezione_i(capofila)
    foto(capofila, "sezione I compilata")
    scrive_azioni_e_costi(capofila)
    foto(capofila, "azioni e costi")

    partner = apri(PARTNER)
    foto(partner, "scrivania del partner")
    scrive_la_sua_parte(partner)
    foto(partner, "parte del partner")
    scrive_il_cofinanziamento(partner)
    foto(partner, "cofinanziamento")
    conferma(partner)
    foto(partner, "conferma")

    capofila.get_by_role("link", name=TITOLO).first.click()
    riga = capofila.get_by_role("row").filter(has_text=CSC)
    expect(riga).to_contain_text("confermata")
    completa_cio_che_manca(capofila)
    foto(capofila, "non manca piu nulla")
    assert "ANTEPRIMA" in anteprima(capofila, tmp_path)
    foto(capofila, "anteprima")

    responsabile = apri(RESPONSABILE)
    presenta(responsabile)
    foto(responsabile, "ricevuta")

    ats = apri(ATS)
    foto(ats, "scrivania della ats")
    legge_la_versione(ats)
    foto(ats, "versione congelata")
    testo = esporta(ats, lavoratore, foto, tmp_path)
    assert TITOLO in testo
    assert "versione 1" in testo.lower()


def apre_la_scheda(pagina: Page) -> None:
    pagina.get_by_role("navigation", name="Principale").get_by_role("link", name="Avvisi").click()
    pagina.get_by_role("link", name="Apri una scheda per Avviso pubblico per la presentazione").click()
    pagina.get_by_role("button", name="Apri la scheda").click()
    expect(pagina.get_by_role("heading", level=1)).to_have_text("Progetto senza titolo")


def aggiunge_il_partner(pagina: Page) -> None:
    pagina.get_by_role("link", name="Aggiungi o togli soggetti").click()
    pagina.get_by_label("Dall'alleanza").select_option(label=CSC)
    pagina.get_by_role("button", name="Aggiungi", exact=True).click()
    expect(pagina.get_by_role("status")).to_contain_text(CSC)
    pagina.get_by_role("link", name="Torna al progetto").click()


def compila_la_sezione_i(pagina: Page) -> None:
    pagina.get_by_role("link", name="SEZIONE I:").first.click()
    pagina.get_by_role("textbox", name="Titolo del progetto").fill(TITOLO)
    pagina.get_by_label("sostegno alle imprese che introducono nuove modalità").check()
    pagina.get_by_label("distrettuale", exact=True).check()
    pagina.get_by_label("imprese", exact=True).check()
    salva(pagina)


def scrive_azioni_e_costi(pagina: Page) -> None:
    pagina.locator(".indice").get_by_role("link", name="SEZIONE IV").click()
    pagina.locator("#b-azioni textarea").last.fill("Sportello unico")
    salva(pagina)
    costi = pagina.locator("#b-IV-1-2 input.importo")
    expect(costi).to_have_count(2)
    costi.nth(0).fill("10.000,00")
    costi.nth(1).fill("500,00")
    salva(pagina)
    expect(pagina.locator("#b-IV-1-2 tfoot")).to_contain_text("10.500,00")


def scrive_la_sua_parte(pagina: Page) -> None:
    da_fare = pagina.locator("article").filter(has_text=TITOLO)
    da_fare.get_by_role("link", name="Dati del soggetto").click()
    pagina.locator("[name$='-lavoratori']").fill("26")
    pagina.locator("[name$='-lavoratrici_donne']").fill("23")
    pagina.locator("[name$='-lavoratori_uomini']").fill("3")
    salva(pagina)
    pagina.get_by_role("link", name="Scrivania").click()
    da_fare.get_by_role("link", name="attività e risorse").click()
    pagina.get_by_label("Obiettivi").fill("Collegare gli interventi alle politiche sociali.")
    pagina.get_by_label("Descrizione attività").fill("Lo sportello, due mattine la settimana.")
    pagina.get_by_label("Destinatari").fill("Lavoratrici e lavoratori del distretto.")
    salva(pagina)


def scrive_il_cofinanziamento(pagina: Page) -> None:
    pagina.locator(".indice").get_by_role("link", name="SEZIONE IV").click()
    tabella = pagina.locator("#b-cofinanziamenti")
    tabella.get_by_label("Azione").last.select_option(label="Sportello unico")
    tabella.get_by_label("Importo").last.fill("2.000")
    salva(pagina)
    expect(pagina.locator("#b-IV-1-2")).to_contain_text("8.500,00")


def conferma(pagina: Page) -> None:
    pagina.get_by_role("link", name="Scrivania").click()
    pagina.locator("article").filter(has_text=TITOLO).get_by_role("link", name="Conferma dei dati").click()
    expect(pagina.get_by_role("row").filter(has_text="Sportello unico")).to_contain_text("2.000,00")
    pagina.get_by_role("button", name="Confermo dati e cifre").click()
    expect(pagina.get_by_role("status").filter(has_text="Conferma registrata")).to_be_visible()


def completa_cio_che_manca(pagina: Page) -> None:
    """Follows each link of what blocks: it must land on the very field, that is filled in there and then."""
    for _ in range(20):
        pagina.get_by_role("link", name="Verifica e presenta").click()
        blocca = pagina.locator(".mancanza-errore a")
        if not blocca.count():
            break
        pagina.goto(blocca.first.get_attribute("href"))
        campo = pagina.url.partition("#")[2]
        assert pagina.evaluate(IN_VISTA, campo) == ""
        assert pagina.evaluate("document.activeElement.id") == campo
        pagina.keyboard.type("Testo scritto arrivando dal collegamento di ciò che manca.")
        salva(pagina)
        pagina.locator(".percorso").get_by_role("link", name=TITOLO).click()
    expect(pagina.get_by_text("Nulla impedisce di presentare")).to_be_visible()
    expect(pagina.get_by_role("button", name="Presenta la scheda")).to_have_count(0)


def anteprima(pagina: Page, tmp_path) -> str:
    pagina.get_by_role("button", name="Anteprima PDF").click()
    expect(pagina.get_by_role("heading", name="Il PDF è pronto")).to_be_visible()
    return scarica(pagina, tmp_path)


def presenta(pagina: Page) -> None:
    pagina.get_by_role("link", name=TITOLO).first.click()
    pagina.get_by_role("link", name="Verifica e presenta").click()
    pagina.get_by_role("button", name="Presenta la scheda").click()
    expect(pagina.get_by_role("heading", level=1)).to_contain_text("Domanda n.")
    expect(pagina.get_by_text(f"La scheda «{TITOLO}» è stata presentata.")).to_be_visible()


def legge_la_versione(pagina: Page) -> None:
    pagina.locator("article").filter(has_text=TITOLO).get_by_role("link").click()
    pagina.get_by_role("link", name="Versione 1").click()
    expect(pagina.locator("#sezione-I")).to_contain_text(TITOLO)
    expect(pagina.locator("#sezione-IV")).to_contain_text("8.500,00")


def esporta(pagina: Page, lavoratore, foto, tmp_path) -> str:
    """The worker is held until the progress has been seen; then the page must move by itself."""
    lavoratore.sospendi()
    try:
        pagina.get_by_role("button", name="Esporta PDF").click()
        expect(pagina.get_by_role("progressbar")).to_be_visible()
        foto(pagina, "pdf in coda")
    finally:
        lavoratore.riprendi()
    expect(pagina.get_by_role("heading", name="Il PDF è pronto")).to_be_visible()
    foto(pagina, "pdf pronto")
    return scarica(pagina, tmp_path)


def test_tutti_i_collegamenti_di_cosa_manca_portano_a_un_campo_che_si_vede(apri):
    pagina = apri(OPERATORE, viewport={"width": 360, "height": 640})
    apre_la_scheda(pagina)
    pagina.get_by_role("link", name="Verifica e presenta").click()
    collegamenti = pagina.locator(".mancanze a").evaluate_all("tutti => tutti.map(a => a.href)")
    assert len(collegamenti) > 10
    mancati = []
    for collegamento in dict.fromkeys(collegamenti):
        pagina.goto("about:blank")
        pagina.goto(collegamento)
        mancati.append(pagina.evaluate(IN_VISTA, collegamento.partition("#")[2]))
    assert [m for m in mancati if m] == []


def test_senza_javascript_si_compila_e_si_aspetta_il_pdf(apri, lavoratore):
    pagina = apri(OPERATORE, java_script_enabled=False)
    progetto = Progetto.objects.get(titolo="Tempo per tutti")
    pagina.goto(f"/progetti/{progetto.pk}/sezione/III/")
    pagina.locator("textarea").last.fill("Un partenariato scritto senza JavaScript.")
    salva(pagina)
    expect(pagina.locator("textarea").last).to_have_value("Un partenariato scritto senza JavaScript.")
    pagina.goto(f"/progetti/{progetto.pk}/")
    lavoratore.sospendi()
    try:
        pagina.get_by_role("button", name="Anteprima PDF").click()
        expect(pagina.get_by_role("progressbar")).to_be_visible()
    finally:
        lavoratore.riprendi()
    expect(pagina.get_by_role("heading", name="Il PDF è pronto")).to_be_visible()
