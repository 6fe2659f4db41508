"""The soggetti all together: who comes in, by which code, and in which order the scheda prints them."""

import re

import pytest
from django.urls import reverse

from alleanze.models import Ente
from progetti import contenuto

from ... import fabbrica
from ...moduli import campi


def pagina(progetto) -> str:
    return reverse("progetti:soggetti", args=[progetto.pk])


def nomi(progetto) -> list[str]:
    return [p["denominazione"] for p in contenuto.contenuto(progetto)["partecipazioni"]]


def parole(risposta) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", risposta.content.decode()).replace("&#x27;", "'").split())


def sposta(browser, progetto, nome: str, verso: str):
    riga = progetto.partecipazioni.get(denominazione=nome)
    return browser.post(reverse(f"progetti:soggetto_{verso}", args=[progetto.pk, riga.pk]), follow=True)


def aggiunge(browser, progetto, codice: str):
    return browser.post(pagina(progetto), campi(browser.get(pagina(progetto))) | {"codice_fiscale": codice}, follow=True)


@pytest.fixture
def cooperativa(db) -> Ente:
    """Registered, of no alleanza: its two codes are different."""
    dati = {"codice_fiscale": "12345678903", "partita_iva": "76543210199"}
    return fabbrica.ente("Cooperativa Nuova", **dati)


def test_un_soggetto_si_sposta_su_e_giu_e_l_ordine_e_quello_stampato(entra, capofila, progetto):
    browser, prima = entra(capofila), nomi(progetto)
    risposta = sposta(browser, progetto, prima[2], "su")
    assert nomi(progetto) == [prima[0], prima[2], prima[1], *prima[3:]]
    assert f"{prima[2]} è ora il soggetto n. 2." in parole(risposta)
    sposta(browser, progetto, prima[2], "giu")
    assert nomi(progetto) == prima


def test_il_capofila_resta_il_primo(entra, capofila, progetto):
    browser, prima = entra(capofila), nomi(progetto)
    sposta(browser, progetto, prima[1], "su")
    sposta(browser, progetto, prima[-1], "giu")
    assert nomi(progetto) == prima
    riga = progetto.partecipazioni.get(ruolo="capofila")
    assert browser.post(reverse("progetti:soggetto_giu", args=[progetto.pk, riga.pk])).status_code == 404


def test_il_primo_dei_partner_non_ha_il_pulsante_su_ne_l_ultimo_giu(entra, capofila, progetto):
    testo = entra(capofila).get(pagina(progetto)).content.decode()
    quanti = progetto.partecipazioni.count()
    assert (testo.count("un posto più su"), testo.count("un posto più giù")) == (quanti - 2, quanti - 2)


def test_chi_sposta_ritrova_il_soggetto_dove_e_ora(entra, capofila, progetto):
    riga = progetto.partecipazioni.order_by("ordine")[2]
    risposta = entra(capofila).post(reverse("progetti:soggetto_su", args=[progetto.pk, riga.pk]))
    assert risposta.url == f"{pagina(progetto)}#soggetto-{riga.pk}"
    assert f'id="soggetto-{riga.pk}"' in entra(capofila).get(pagina(progetto)).content.decode()


def test_i_membri_dell_alleanza_entrano_tutti_insieme(entra, capofila, progetto):
    browser = entra(capofila)
    fuori = [progetto.partecipazioni.get(denominazione__startswith=n) for n in ("Koala", "Iride")]
    for soggetto in fuori:
        soggetto.cofinanziamenti.all().delete()
        soggetto.delete()
    url = reverse("progetti:aggiungi_tutti", args=[progetto.pk])
    assert "Aggiungi tutti i membri dell'alleanza (2)" in parole(browser.get(pagina(progetto)))
    testo = parole(browser.post(url, follow=True))
    assert all(soggetto.ente.denominazione in testo for soggetto in fuori)
    assert {soggetto.ente for soggetto in fuori} <= {p.ente for p in progetto.partecipazioni.select_related("ente")}
    assert "Aggiungi tutti" not in parole(browser.get(pagina(progetto)))
    assert "sono già tutti tra i soggetti" in parole(browser.post(url, follow=True))


@pytest.mark.parametrize("codice", ["12345678903", " 123 456 789 03 ", "76543210199", "IT76543210199"])
def test_un_ente_si_trova_per_codice_fiscale_o_partita_iva(entra, capofila, progetto, cooperativa, codice):
    assert "Cooperativa Nuova è ora tra i soggetti" in parole(aggiunge(entra(capofila), progetto, codice))
    assert "Cooperativa Nuova" in nomi(progetto)


@pytest.mark.parametrize(
    ("codice", "detto"),
    [
        ("12345678901", "La cifra di controllo non torna: ricontrolla le undici cifre."),
        ("1234", "Non è un codice fiscale né una partita IVA. Sono 11 cifre: qui 4."),
        ("RSSMRA80A01H501X", "Il carattere di controllo non torna"),
        ("boh", "Il codice fiscale ha 16 caratteri (11 cifre per gli enti): qui sono 3."),
        ("12345678903", "nessun ente registrato nel portale lo ha come codice fiscale o come partita IVA. Ricontrollalo"),
        ("", "Scegli un soggetto dell'alleanza o scrivi un codice fiscale o una partita IVA."),
    ],
)
def test_di_un_codice_sbagliato_si_dice_che_cosa_controllare_e_resta_scritto(entra, capofila, progetto, codice, detto):
    prima = nomi(progetto)
    risposta = aggiunge(entra(capofila), progetto, codice)
    assert risposta.status_code == 422
    assert detto in parole(risposta)
    assert campi(risposta)["codice_fiscale"] == [codice]
    assert nomi(progetto) == prima


def test_un_ente_gia_presente_si_riconosce_anche_dalla_partita_iva(entra, capofila, progetto, cooperativa):
    browser = entra(capofila)
    aggiunge(browser, progetto, "12345678903")
    assert "Cooperativa Nuova è già tra i soggetti" in parole(aggiunge(browser, progetto, "76543210199"))


def test_un_articolazione_si_aggiunge_con_il_codice_del_suo_ente_se_lui_c_e_gia(entra, capofila, progetto):
    comune = progetto.capofila
    dati = {"codice_fiscale": comune.codice_fiscale, "articolazione_di": comune, "settore": "pubblico"}
    Ente.objects.create(denominazione="Ufficio di Piano di prova", **dati)
    assert "Ufficio di Piano di prova è ora" in parole(aggiunge(entra(capofila), progetto, comune.codice_fiscale))


def test_senza_alleanza_si_chiede_solo_il_codice_e_si_dice_come_registrare_chi_non_c_e(entra, capofila, progetto):
    type(progetto).objects.filter(pk=progetto.pk).update(alleanza=None)
    browser = entra(capofila)
    assert "Dall'alleanza" not in parole(browser.get(pagina(progetto)))
    assert "Carica o incolla un elenco di soggetti" in parole(browser.post(pagina(progetto), {"codice_fiscale": "12345678903"}))
    assert "Scrivi un codice fiscale o una partita IVA." in parole(browser.post(pagina(progetto), {"codice_fiscale": ""}))
