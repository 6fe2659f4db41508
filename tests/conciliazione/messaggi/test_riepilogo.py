"""The list of what to correct says where each thing is."""

import re

import pytest
from django.urls import reverse

from conciliazione.schede.segnalazioni import NOME_BREVE, controlla
from progetti.edizioni.ptc_2017.modulo import PTC_2017

from ... import castellanza

pytestmark = pytest.mark.django_db


def riepilogo(risposta) -> list[str]:
    testo = risposta.content.decode().split('id="riepilogo-errori"')[1].split("</div>")[0]
    return re.findall(r'<a href="#[^"]+">([^<]+)</a>', testo)


def invia(browser, indirizzo: str, **valori: str):
    """Sends the page as it is, but for the fields that end so."""
    campi = {}
    for tag in re.findall(r"<(?:input|select|textarea)\b[^>]*>", browser.get(indirizzo).content.decode()):
        attributi = dict(re.findall(r'([\w-]+)="([^"]*)"', tag))
        if attributi.get("name", "").startswith("b-") and attributi.get("type") not in ("checkbox", "radio"):
            campi[attributi["name"]] = attributi.get("value", "")
    for fine, valore in valori.items():
        (nome,) = [n for n in campi if n.endswith(f"-{fine}")]
        campi[nome] = valore
    risposta = browser.post(indirizzo, campi)
    assert risposta.status_code == 422
    return risposta


def test_un_campo_che_si_ripete_nella_pagina_e_detto_con_il_suo_gruppo(entra, capofila, progetto):
    soggetto = progetto.partecipazioni.exclude(ruolo="capofila").first()
    indirizzo = reverse("progetti:riga", args=[progetto.pk, "II.B", soggetto.pk])
    assert riepilogo(invia(entra(capofila), indirizzo, legale_cap="26")) == ["Sede legale: C.a.p."]


def test_una_domanda_di_una_lettera_e_detta_con_il_suo_blocco(entra, capofila, progetto):
    indirizzo = reverse("progetti:sezione", args=[progetto.pk, "I"])
    risposta = invia(entra(capofila), indirizzo, durata_dal="12/2015", durata_al="01/2014")
    assert riepilogo(risposta) == ["I. 5. - Durata del progetto: a"]


def test_cio_che_manca_a_molte_righe_si_dice_una_volta_sola_e_con_i_nomi_corti():
    dati = castellanza.contenuto()
    dati["risposte"].pop("obiettivi")
    (detta,) = [s for s in controlla(PTC_2017, dati) if "Obiettivi" in s.messaggio]
    assert detta.messaggio.startswith("Mancano Obiettivi di A — ")
    assert detta.messaggio.count("Obiettivi") == 1
    assert len(detta.messaggio) < (NOME_BREVE + 2) * len(detta.luoghi) + len("Mancano Obiettivi di .")
