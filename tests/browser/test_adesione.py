"""Joining an alleanza, in browsers: from its public page to the request that the ATS accepts."""

import re
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone
from playwright.sync_api import expect

from alleanze.models import Alleanza, Ente, RichiestaAdesione
from conciliazione.models import Messaggio

from .conftest import biscotto, contesto_nuovo, fotografa
from .pagine import ATS

CHI = "lea.riva@example.org"
NIDO = "Il Nido Cooperativa"


@pytest.fixture
def finestra(chromium, servito, dimostrazione):
    """`finestra()` gives the browser of somebody, on a phone; `finestra(chi)` that of a person who has logged in."""
    cache.clear()
    contesti = []

    def nuova(email: str = ""):
        larghezza = {} if email else {"viewport": {"width": 360, "height": 740}}
        contesti.append(contesto_nuovo(chromium, servito, **larghezza))
        if email:
            contesti[-1].add_cookies([biscotto(email, servito.url)])
        return contesti[-1].new_page()

    yield nuova
    for contesto in contesti:
        contesto.close()


def scrive(pagina, valori: dict[str, str]) -> None:
    for etichetta, valore in valori.items():
        pagina.get_by_label(etichetta).fill(valore)


def collegamento(oggetto: str) -> str:
    testo = Messaggio.objects.filter(destinatari=[CHI], oggetto__startswith=oggetto).latest("pk").testo
    return re.search(r"https?://[^/\s]+(/\S+)", testo)[1]


def test_dalla_pagina_pubblica_all_adesione_accolta(finestra):
    alleanza = Alleanza.objects.get(richieste__stato="in_esame")
    Alleanza.objects.filter(pk=alleanza.pk).update(pubblica=True)
    lea = finestra()
    lea.goto(f"/alleanze/{alleanza.pk}/aderisci/")
    scrive(lea, {"Il tuo nome": "Lea", "Il tuo cognome": "Riva", "La tua e-mail": CHI, "Denominazione dell'ente": NIDO})
    scrive(lea, {"Codice fiscale dell'ente": "04567810199"})
    lea.get_by_role("button", name="Mandami il collegamento").click()
    expect(lea.get_by_role("heading", level=1)).to_have_text("Controlla la posta")

    lea.goto(collegamento("Completa la richiesta"))
    expect(lea.get_by_label("Denominazione")).to_have_value(NIDO)
    scrive(lea, {"Tipologia": "Cooperativa sociale", "Sede legale": "Via dei Tigli 4", "Città": "Crema"})
    lea.get_by_label("Settore").select_option("privato")
    lea.locator("#id_lr_nome").fill("Nora")
    scrive(lea, {"Cognome di chi firma": "Zanotti"})
    lea.get_by_label("In qualità di").select_option("lr")
    fotografa(lea, "adesione", "1 ente")
    lea.get_by_role("button", name="Salva e continua").click()

    scrive(lea, {"Referente per il progetto": "Lea Riva", "Che cosa offre": "Dopo scuola"})
    scrive(lea, {"Perché vuole aderire": "Per le famiglie"})
    lea.get_by_role("button", name="Salva e continua").click()
    lea.get_by_role("link", name="E-mail del referente").click()
    expect(lea.get_by_label("E-mail del referente")).to_be_in_viewport()
    scrive(lea, {"E-mail del referente": CHI})
    lea.get_by_role("button", name="Salva e continua").click()
    fotografa(lea, "adesione", "3 controlla")
    lea.get_by_role("button", name="Invia la richiesta").click()
    expect(lea.get_by_role("status")).to_contain_text("La richiesta è inviata")

    richiesta = RichiestaAdesione.objects.get(email=CHI)
    ats = finestra(ATS)
    ats.goto(f"/alleanze/{alleanza.pk}/")
    ats.get_by_role("link", name="Richieste di adesione").click()
    ats.get_by_role("link", name=NIDO).click()
    fotografa(ats, "adesione", "4 ats")
    ats.get_by_label("Entra il").fill(f"{timezone.localdate() - timedelta(days=1):%d/%m/%Y}")
    ats.get_by_role("button", name="Accogli la richiesta").click()
    expect(ats.get_by_role("status")).to_contain_text("La richiesta è accolta")
    ats.goto(f"/alleanze/{alleanza.pk}/")
    expect(ats.get_by_role("main")).to_contain_text(NIDO)

    richiesta.refresh_from_db()
    assert richiesta.ente == Ente.objects.get(codice_fiscale="04567810199")
    lea.reload()
    expect(lea.get_by_role("main")).to_contain_text("È nell'alleanza")
    invito = Messaggio.objects.filter(destinatari=[CHI], testo__contains="/alleanze/invito/").get()
    lea.goto(re.search(r"https?://[^/\s]+(/\S+)", invito.testo)[1])
    expect(lea.get_by_role("main")).to_contain_text(NIDO)
