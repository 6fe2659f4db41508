"""An invitation opened on a telephone: the part is filled in and confirmed without an account; then the link is spent."""

import re

import pytest
from django.core.cache import cache
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from conciliazione.models import Invito, Messaggio
from progetti.models import AttoDiImpegno, Partecipazione

from .conftest import biscotto, contesto_nuovo, fotografa
from .pagine import OPERATORE

CHI = "anna.verdi@koala.example.org"
TELEFONO = {"width": 360, "height": 740}
FUORI = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture
def apri(chromium: Browser, servito, dimostrazione):
    """A browser of somebody, or of nobody; on a telephone unless it is told otherwise."""
    contesti = []
    cache.clear()  # how many links went to this address is counted outside of the tables that a test empties

    def nuova(email: str = "", misura: dict | None = None) -> Page:
        contesto = contesto_nuovo(chromium, servito, viewport=misura or TELEFONO)
        contesti.append(contesto)
        if email:
            contesto.add_cookies([biscotto(email, servito.url)])
        return contesto.new_page()

    yield nuova
    for contesto in contesti:
        contesto.close()


@pytest.fixture
def foto():
    fatte = []

    def scatta(pagina: Page, nome: str) -> None:
        fatte.append(nome)
        assert pagina.evaluate(FUORI) == 0, nome
        fotografa(pagina, "invito", f"{len(fatte):02d} {nome}")

    return scatta


def collegamento() -> str:
    """The path of the last link mailed to the person invited."""
    testo = Messaggio.objects.filter(destinatari=[CHI]).latest("pk").testo
    return re.search(r"https?://[^/]+(/progetti/invito/\S+)", testo)[1]


def invita(pagina: Page) -> str:
    pagina.goto("/progetti/")
    pagina.get_by_role("main").get_by_role("link", name="Tempo per tutti").click()
    pagina.goto(pagina.url + "soggetti/")
    pagina.locator("li").filter(has_text="Koala").get_by_role("link", name="Invita").click()
    pagina.get_by_label("Indirizzo e-mail").fill(CHI)
    pagina.get_by_role("button", name="Manda l'invito", exact=True).click()
    expect(pagina.get_by_text(f"mandato a {CHI}")).to_be_visible()
    return collegamento()


@pytest.mark.django_db(transaction=True)
def test_cambiato_l_indirizzo_proposto_il_nome_se_ne_va_e_con_quello_torna(apri):
    pagina = apri(OPERATORE)
    pagina.goto("/progetti/")
    pagina.get_by_role("main").get_by_role("link", name="Tempo per tutti").click()
    pagina.goto(pagina.url + "soggetti/")
    pagina.locator("li").filter(has_text="Koala").get_by_role("link", name="Invita").click()
    indirizzo, nome = pagina.get_by_label("Indirizzo e-mail"), pagina.get_by_label("Nome", exact=True)
    expect(nome).to_have_value("Elena")
    proposto = indirizzo.input_value()
    indirizzo.fill(CHI)
    expect(nome).to_have_value("")
    indirizzo.fill(proposto)
    expect(nome).to_have_value("Elena")
    nome.fill("Anna")
    indirizzo.fill(CHI)
    expect(nome).to_have_value("Anna")  # somebody wrote it


def entra_senza_account(pagina: Page, via: str) -> None:
    pagina.goto(via)
    pagina.locator("#id_nome").fill("Anna")
    pagina.locator("#id_cognome").fill("Verdi")
    pagina.locator("#id_privacy").check()
    pagina.get_by_role("button", name="Continua senza account").click()


@pytest.mark.django_db(transaction=True)
def test_un_invito_sul_telefono_dalla_posta_alla_conferma(apri, foto):
    via = invita(apri(OPERATORE, {"width": 1280, "height": 800}))
    telefono = apri()
    telefono.goto(via)
    foto(telefono, "invito")
    telefono.get_by_role("button", name="Continua senza account").click()
    expect(telefono.get_by_role("alert")).to_contain_text("privacy")
    foto(telefono, "senza dire niente")
    entra_senza_account(telefono, via)
    expect(telefono.get_by_role("heading", level=1)).to_contain_text("La parte di Koala")
    foto(telefono, "la tua parte")

    telefono.get_by_role("link", name="Dati del soggetto").click()
    telefono.locator("[name$='-lavoratori']").fill("12")
    telefono.locator("[name$='-lavoratrici_donne']").fill("10")
    telefono.locator("[name$='-lavoratori_uomini']").fill("2")
    foto(telefono, "dati del soggetto")
    telefono.get_by_role("button", name="Salva e continua").click()
    expect(telefono.get_by_role("heading", level=1)).to_contain_text("La parte di Koala")

    telefono.get_by_role("main").get_by_role("link", name="Conferma").click()
    telefono.locator("summary").filter(has_text="Hai già l'atto").click()
    telefono.locator("#id_genere").select_option(label="delibera")
    telefono.locator("#id_numero").fill("12")
    telefono.locator("#id_data").fill("03/02/2014")
    foto(telefono, "conferma con l'atto")
    telefono.get_by_role("button", name="Confermo dati e cifre").click()
    expect(telefono.get_by_role("status").filter(has_text="Conferma registrata")).to_be_visible()
    expect(telefono.get_by_text("Hai finito")).to_be_visible()
    foto(telefono, "confermata")
    koala = Partecipazione.objects.get(progetto__titolo="Tempo per tutti", denominazione__startswith="Koala")
    assert koala.lavoratori == 12
    assert koala.conferme.get().da.email == CHI
    assert AttoDiImpegno.objects.get(partecipazione=koala).numero == "12"

    altro = apri()
    altro.goto(via)
    expect(altro.get_by_role("heading", level=1)).to_have_text("L'invito non si può usare")
    expect(altro.get_by_text("già stato usato")).to_be_visible()
    foto(altro, "già usato")
    altro.get_by_role("button", name="Mandami un nuovo collegamento").click()
    expect(altro.get_by_text("fra poco ne ricevi uno nuovo")).to_be_visible()
    assert collegamento() != via
    entra_senza_account(altro, collegamento())
    expect(altro.get_by_role("heading", level=1)).to_contain_text("La parte di Koala")


@pytest.mark.django_db(transaction=True)
def test_un_invito_scaduto_dice_che_cosa_fare(apri, foto):
    via = invita(apri(OPERATORE, {"width": 1280, "height": 800}))
    Invito.objects.filter(email=CHI).update(scade_il=timezone.now())
    telefono = apri()
    assert telefono.goto(via).status == 410
    expect(telefono.get_by_text("chiedi a chi ti ha invitato di mandartene uno nuovo")).to_be_visible()
    foto(telefono, "scaduto")


class Conto:
    """What a person does on a telephone: pages that load, and taps on a button, a link, a box or a choice of a list."""

    def __init__(self, pagina: Page) -> None:
        self.pagina, self.pagine, self.tocchi = pagina, [], 0

    def arriva(self, titolo: str) -> None:
        expect(self.pagina.get_by_role("heading", level=1)).to_contain_text(titolo)
        self.pagine.append(titolo)

    def tocca(self, dove) -> None:
        self.tocchi += 1
        dove.click()

    def sceglie(self, dove, **quale) -> None:
        self.tocchi += 1
        dove.select_option(**quale)


@pytest.mark.django_db(transaction=True)
def test_un_partner_fa_la_sua_parte_sul_telefono_in_cinque_pagine_e_otto_tocchi(apri, foto):
    """From the link in the mail to the confirmation given, by the shortest way.

    A page is each one that the browser shows, also the same one shown again; the last answer, which says that it is done, is
    a page too and is asserted apart. A tap is one on the link of the mail, a button, a link, a box, a choice of a list; to
    type in a field is none.
    """
    via = invita(apri(OPERATORE, {"width": 1280, "height": 800}))
    koala = Partecipazione.objects.get(progetto__titolo="Tempo per tutti", denominazione__startswith="Koala")
    koala.cofinanziamenti.all().delete()
    telefono = apri()
    conto = Conto(telefono)

    conto.tocchi += 1  # the link of the mail
    telefono.goto(via)
    conto.arriva("")
    telefono.locator("#id_nome").fill("Anna")
    telefono.locator("#id_cognome").fill("Verdi")
    conto.tocca(telefono.locator("#id_privacy"))
    conto.tocca(telefono.get_by_role("button", name="Continua senza account"))

    conto.arriva("La parte di Koala")
    conto.tocca(telefono.get_by_role("main").get_by_role("link", name="Dati del soggetto"))

    conto.arriva("Koala")
    telefono.locator("[name$='-lavoratori']").fill("12")
    telefono.locator("[name$='-lavoratrici_donne']").fill("10")
    telefono.locator("[name$='-lavoratori_uomini']").fill("2")
    foto(telefono, "dati del soggetto con la via di ritorno")
    conto.tocca(telefono.get_by_role("button", name="Salva e continua"))

    conto.arriva("La parte di Koala")
    foto(telefono, "la tua parte col denaro")
    conto.sceglie(telefono.locator("[name$='-azione']"), index=1)
    telefono.locator("[name$='-importo']").fill("1.500,00")
    conto.tocca(telefono.get_by_role("button", name="Salva il cofinanziamento"))

    conto.arriva("dati e cifre")
    foto(telefono, "conferma")
    conto.tocca(telefono.get_by_role("button", name="Confermo dati e cifre"))
    assert (len(conto.pagine), conto.tocchi) == (5, 8)

    expect(telefono.get_by_text("Hai finito")).to_be_visible()
    foto(telefono, "finito")
    telefono.get_by_role("main").get_by_role("link", name="scrivilo nella scheda").click()
    expect(telefono.get_by_role("heading", name="Il tuo cofinanziamento")).to_be_visible()
    foto(telefono, "sezione IV di un partner")
    assert str(koala.cofinanziamenti.get().importo) == "1500.00"
    assert koala.conferme.get().da.email == CHI
