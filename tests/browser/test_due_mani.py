"""Two browsers on one scheda; and what a page that saves by itself says when it cannot."""

import re

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import BrowserContext, Page, expect

from conciliazione.italiano.importi import scrivi_importo
from conciliazione.models import Utente
from progetti.contenuto import contenuto, conti
from progetti.models import Presenza, Progetto, VoceCosto

from .conftest import biscotto, contesto_nuovo
from .pagine import OPERATORE, RESPONSABILE

pytestmark = pytest.mark.usefixtures("db")

TESTO = "#id_b-III-2-3-testo"
ALTRO = "#id_b-III-1-1-testo"


@pytest.fixture(scope="module")
def db(portale):
    """In place of pytest-django's, that would roll back after each test: the server has to see what is there."""


@pytest.fixture
def contesti(chromium, portale):
    """`contesti(email)` gives a browser of its own, where that person has logged in."""
    aperti = []

    def nuovo(email: str) -> BrowserContext:
        contesto = contesto_nuovo(chromium, portale)
        contesto.add_cookies([biscotto(email, portale.url)])
        aperti.append(contesto)
        return contesto

    yield nuovo
    for contesto in aperti:
        contesto.close()


@pytest.fixture
def bozza(portale) -> Progetto:
    return Progetto.objects.get(titolo="Tempo per tutti")


@pytest.fixture
def apri(contesti, bozza):
    """`apri(email, "III")` opens a section that saves by itself almost at once."""

    def pagina(email: str = OPERATORE, chiave: str = "III") -> Page:
        aperta = contesti(email).new_page()
        aperta.goto(reverse("progetti:sezione", args=[bozza.pk, chiave]))
        svelta(aperta)
        return aperta

    return pagina


def svelta(pagina: Page, attesa: int = 50) -> None:
    pagina.locator("form[data-salvataggio]").evaluate(f"modulo => {{ modulo.dataset.attesa = '{attesa}' }}")


def quieto(pagina: Page):
    return pagina.locator("[data-esito=quieto]")


def forte(pagina: Page):
    return pagina.locator("[data-esito=forte]")


def salvata(pagina: Page) -> None:
    expect(quieto(pagina)).to_contain_text("Salvato alle ")
    expect(forte(pagina)).to_be_empty()


def scritto(bozza: Progetto, blocco: str = "III.2.3") -> str | None:
    return contenuto(bozza)["risposte"].get(blocco, {}).get("", {}).get("testo")


def trattiene(pagina: Page) -> bool:
    """Whether the page would ask before being left."""
    return pagina.evaluate(
        "() => { const uscita = new Event('beforeunload', { cancelable: true });"
        " window.dispatchEvent(uscita); return uscita.defaultPrevented; }"
    )


class Fermata:
    """The savings of a page, held on their way until they are let go."""

    def __init__(self, pagina: Page):
        self.ferme = []
        pagina.route("**/salvataggio/", lambda via: self.ferme.append(via))

    def lascia(self) -> None:
        self.ferme.pop(0).continue_()


# It saves, and says the truth.


def test_la_pagina_si_salva_da_sola_e_allora_si_puo_lasciare(apri, bozza):
    pagina = apri()
    pagina.fill(TESTO, "scritto e lasciato lì")
    assert trattiene(pagina)
    salvata(pagina)
    assert not trattiene(pagina)
    assert scritto(bozza) == "scritto e lasciato lì"


def test_cio_che_si_scrive_dopo_la_partenza_non_e_detto_salvato(apri, bozza):
    pagina = apri()
    fermata = Fermata(pagina)
    pagina.fill(TESTO, "partito")
    expect(quieto(pagina)).to_have_text("Salvo…")
    svelta(pagina, 600_000)
    pagina.fill(TESTO, "partito, e poi cambiato")
    fermata.lascia()
    expect(quieto(pagina)).to_have_text("Modifiche non ancora salvate")
    assert scritto(bozza) == "partito"
    assert trattiene(pagina)


def test_il_pulsante_aspetta_cio_che_sta_arrivando_e_non_fa_conflitto_con_se_stesso(apri, bozza):
    pagina = apri()
    fermata = Fermata(pagina)
    pagina.fill(TESTO, "uno")
    expect(quieto(pagina)).to_have_text("Salvo…")
    pagina.fill(TESTO, "uno due")
    pagina.get_by_role("button", name="Salva", exact=True).click()
    with pagina.expect_navigation():
        fermata.lascia()
    expect(pagina.get_by_role("status").filter(has_text="Salvato.")).to_be_visible()
    assert scritto(bozza) == "uno due"


def test_cambiando_scheda_del_browser_si_salva_subito(apri, bozza):
    pagina = apri()
    svelta(pagina, 600_000)
    pagina.locator(TESTO).press_sequentially("via")
    pagina.evaluate(
        "() => { Object.defineProperty(document, 'visibilityState', { value: 'hidden' });"
        " document.dispatchEvent(new Event('visibilitychange')); }"
    )
    salvata(pagina)


def test_una_riga_nuova_salvata_da_sola_e_poi_col_pulsante_e_una(apri, bozza):
    pagina = apri(chiave="IV")
    titolo = pagina.locator("#b-azioni textarea[name$=-titolo], #b-azioni input[name$=-titolo]").last
    titolo.fill("Doposcuola")
    salvata(pagina)
    titolo.fill("Doposcuola e mensa")
    expect(quieto(pagina)).not_to_contain_text("Salvato")
    salvata(pagina)
    titolo.fill("Doposcuola, mensa e trasporto")
    with pagina.expect_navigation():
        pagina.get_by_role("button", name="Salva", exact=True).click()
    nate = bozza.azione_righe.filter(titolo__startswith="Doposcuola")
    assert [a.titolo for a in nate] == ["Doposcuola, mensa e trasporto"]
    nate.delete()


# Two browsers.


def test_due_persone_in_due_campi_dello_stesso_blocco(contesti, bozza):
    soggetto = bozza.partecipazioni.get(denominazione__startswith="Comunità").pk
    pagine = [contesti(email).new_page() for email in (OPERATORE, RESPONSABILE)]
    for pagina in pagine:
        pagina.goto(reverse("progetti:riga", args=[bozza.pk, "II.B", soggetto]))
        svelta(pagina)
    una, altra = pagine
    una.fill("[name$=referente_nominativo]", "Carla Verdi")
    altra.fill("[name$=referente_tel]", "0373 123456")
    salvata(una)
    salvata(altra)
    risposte = contenuto(bozza)["risposte"]["II.B"][str(soggetto)]
    assert (risposte["referente_nominativo"], risposte["referente_tel"]) == ("Carla Verdi", "0373 123456")


def test_due_persone_nello_stesso_campo(apri, bozza):
    una, altra = apri(OPERATORE), apri(RESPONSABILE)
    una.fill(TESTO, "Il testo di chi arriva prima.")
    salvata(una)
    altra.fill(TESTO, "Il testo di chi arriva dopo.")
    chi = str(Utente.objects.get(email=OPERATORE))
    expect(forte(altra)).to_contain_text(f"{chi} ha cambiato lo stesso campo. Premi «Salva» per scegliere.")
    expect(quieto(altra)).to_have_text("Modifiche non ancora salvate")
    assert scritto(bozza) == "Il testo di chi arriva prima."
    with altra.expect_navigation():
        altra.get_by_role("button", name="Salva", exact=True).click()
    expect(altra.get_by_role("heading", level=1)).to_have_text("Due persone hanno cambiato lo stesso punto")
    with altra.expect_navigation():
        altra.get_by_role("button", name="Salva la scelta").click()
    assert scritto(bozza) == "Il testo di chi arriva dopo."
    altra.locator("#b-III-2-3").get_by_role("link", name="Storia").click()
    perso = altra.locator(".storia > li").filter(has_text="testo non tenuto").first
    expect(perso).to_contain_text("Il testo di chi arriva prima.")
    expect(altra.locator(".storia ins").filter(has_text="dopo.").first).to_be_visible()


def test_si_vede_chi_altro_e_nella_pagina_e_dove_scrive(apri):
    Presenza.objects.all().delete()
    una, altra = apri(OPERATORE), apri(RESPONSABILE)
    with altra.expect_response("**/presenza/**"):
        altra.locator(TESTO).focus()
    una.locator(ALTRO).focus()
    chi = str(Utente.objects.get(email=RESPONSABILE))
    expect(una.locator("[data-presenza]")).to_contain_text(f"Anche {chi} (sta scrivendo in «")
    expect(una.locator("#b-III-2-3 .presenza-blocco")).to_have_text(f"{chi} sta scrivendo qui")


# When it cannot.


def test_senza_connessione_lo_dice_forte_e_riprova_da_sola(apri, bozza):
    pagina = apri()
    pagina.context.set_offline(True)
    pagina.fill(TESTO, "scritto in treno")
    expect(forte(pagina)).to_contain_text("Non sono riuscito a salvare: manca la connessione.")
    expect(forte(pagina)).to_contain_text("è ancora qui; riprovo da solo tra")
    expect(quieto(pagina)).to_have_text("Modifiche non ancora salvate")
    assert trattiene(pagina)
    pagina.get_by_role("button", name="Salva", exact=True).click()
    expect(forte(pagina)).to_be_focused()
    assert pagina.locator(TESTO).input_value() == "scritto in treno"
    pagina.fill(TESTO, "scritto in treno, in galleria")
    pagina.context.set_offline(False)
    salvata(pagina)
    assert scritto(bozza) == "scritto in treno, in galleria"


def test_la_risposta_che_si_perde_non_fa_un_conflitto(apri, bozza):
    """What was sent arrives, and the answer does not: sent again as it was, it is already there."""
    pagina = apri()
    perse = []

    def perdi(via) -> None:
        if perse:
            return via.continue_()
        perse.append(via.fetch())
        return via.abort()

    pagina.route("**/salvataggio/", perdi)
    pagina.fill(TESTO, "arrivato")
    expect(forte(pagina)).to_contain_text("manca la connessione")
    pagina.fill(TESTO, "arrivato, e continuato")
    pagina.evaluate("window.dispatchEvent(new Event('online'))")
    salvata(pagina)
    assert scritto(bozza) == "arrivato, e continuato"


def test_un_guasto_del_portale_si_dice(apri):
    pagina = apri()
    pagina.route("**/salvataggio/", lambda via: via.fulfill(status=502, body="guasto"))
    pagina.fill(TESTO, "mentre il portale è giù")
    expect(forte(pagina)).to_contain_text("il portale non risponde")
    pagina.unroute("**/salvataggio/")
    pagina.evaluate("window.dispatchEvent(new Event('online'))")
    salvata(pagina)


def test_un_importo_sbagliato_si_dice_e_corretto_si_salva(apri):
    pagina = apri(chiave="IV")
    costo = pagina.locator("#b-IV-1-2 input.importo").first
    prima = costo.input_value()
    costo.fill("diecimila")
    expect(forte(pagina)).to_contain_text("non è salvato: ")
    expect(forte(pagina)).to_contain_text("Il resto della pagina è salvato alle ")
    expect(quieto(pagina)).to_have_text("Modifiche non ancora salvate")
    costo.fill(prima)
    salvata(pagina)


def test_un_campo_che_non_si_salva_lo_dice_accanto_a_se_e_corretto_smette(apri):
    pagina = apri(chiave="IV")
    costo = pagina.locator("#b-IV-1-2 input.importo").first
    prima = costo.input_value()
    costo.fill("diecimila")
    expect(costo).to_have_attribute("aria-invalid", "true")
    expect(costo).to_have_accessible_description(re.compile("diecimila"))
    costo.fill(prima)
    expect(costo).not_to_have_attribute("aria-invalid", "true")
    expect(pagina.locator("#b-IV-1-2 .campo-errore")).to_have_count(0)


def test_totali_bilancio_e_cosa_manca_seguono_cio_che_si_salva_da_solo(apri, bozza):
    pagina = apri(chiave="IV")
    costo, totale = pagina.locator("#b-IV-1-2 input.importo").first, pagina.locator("#b-IV-1-2 tfoot td").first
    prima, primo_totale = costo.input_value(), totale.inner_text()
    costo.fill("123.456,78")
    salvata(pagina)
    expect(totale).not_to_have_text(primo_totale)
    detto = scrivi_importo(conti.costo(contenuto(bozza)))
    expect(totale).to_have_text(detto)
    expect(pagina.locator("[data-derivato=bilancio]")).not_to_contain_text("ancora da salvare")
    costo.fill(prima)
    salvata(pagina)
    expect(totale).to_have_text(primo_totale)


def test_lo_stato_della_sezione_segue_cio_che_si_salva_da_solo(apri, bozza):
    bozza.compilazioni.filter(blocco="III.2.3").delete()
    pagina = apri(chiave="III")
    manca = pagina.locator("[data-derivato=cosa-manca]")
    prima = manca.inner_text()
    pagina.fill(TESTO, "Adesso c'è")
    salvata(pagina)
    expect(manca).not_to_have_text(prima)


def test_un_azione_appena_scritta_ha_la_sua_riga_nei_costi_e_si_puo_scegliere(apri, bozza):
    pagina = apri(chiave="IV")
    titolo = f"sportello {timezone.now():%H%M%S%f}"
    nuova = pagina.locator("#b-azioni [name$=-titolo]").last
    nuova.fill(titolo)
    salvata(pagina)
    riga = pagina.locator("#b-IV-1-2 tr", has_text=titolo)
    riga.locator("input.importo").fill("250,00")
    salvata(pagina)
    scelta = pagina.locator("#b-cofinanziamenti select[name$=-azione]").last
    expect(scelta.locator("option", has_text=titolo)).to_have_count(1)
    azione = bozza.azione_righe.get(titolo=titolo)
    assert [str(voce.importo) for voce in VoceCosto.objects.filter(azione=azione)] == ["250.00"]
    azione.delete()


def test_cio_che_un_altro_aggiunge_non_cambia_le_scelte_della_pagina(apri, bozza):
    pagina = apri(chiave="IV")
    scelte = "form [data-blocco] select"
    prima = pagina.locator(scelte).evaluate_all("tutte => tutte.map((s) => s.value)")
    azione = bozza.azione_righe.create(titolo=f"di un altro {timezone.now():%H%M%S%f}", ordine=90)
    bozza.cofinanziamento_righe.create(azione=azione, settore="privato", importo=1, ordine=0)
    costo = pagina.locator("#b-IV-1-2 input.importo").first
    costo.fill("1.234,00" if costo.input_value() != "1.234,00" else "1.235,00")
    salvata(pagina)
    expect(pagina.locator("#b-IV-1-2 tr", has_text=azione.titolo)).to_have_count(1)
    assert pagina.locator(scelte).evaluate_all("tutte => tutte.map((s) => s.value)") == prima
    bozza.cofinanziamento_righe.filter(azione=azione).delete()
    azione.delete()


def test_ad_accesso_scaduto_si_preme_salva_e_dopo_l_accesso_si_ritrova_tutto(apri, bozza):
    pagina = apri()
    pagina.fill(TESTO, "prima della scadenza")
    salvata(pagina)
    (chiave,) = [c for c in pagina.context.cookies() if c["name"] == settings.SESSION_COOKIE_NAME]
    Session.objects.filter(pk=chiave["value"]).delete()
    pagina.fill(TESTO, "prima della scadenza, e dopo")
    expect(forte(pagina)).to_contain_text("l'accesso è scaduto. Premi «Salva», accedi, e ritrovi tutto")
    with pagina.expect_navigation():
        pagina.get_by_role("button", name="Salva", exact=True).click()
    torna = pagina.evaluate("new URL(location.href).searchParams.get('next')")
    pagina.context.add_cookies([biscotto(OPERATORE, pagina.evaluate("location.origin"))])
    pagina.goto(torna)
    expect(pagina.locator(TESTO)).to_have_value("prima della scadenza, e dopo")
    with pagina.expect_navigation():
        pagina.get_by_role("button", name="Salva", exact=True).click()
    assert scritto(bozza) == "prima della scadenza, e dopo"
