"""Small things said on the pages and on the paper: in words, once, and only when they are true."""

import re
import subprocess
from datetime import UTC, datetime

import pytest
from django.template.loader import render_to_string
from django.urls import reverse

from conciliazione import stampa
from conciliazione.models import Passaggio
from conciliazione.schede import pdf
from progetti.models import Avviso, Presentazione
from progetti.scheda.pagina import Pagina

from . import scheda_di_crema as crema
from .moduli import apri, campi, nome


def parole(markup: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", markup).replace("&#x27;", "'").split())


def registra_altrove(browser, progetto, **cambi):
    url = reverse("progetti:altrove", args=[progetto.pk])
    dati = {"canale": "bandi_online", "presentata_il_0": "14/10/2026", "presentata_il_1": "11:30", "protocollo": "77/2026"}
    return browser.post(url, campi(browser.get(url)) | dati | cambi, follow=True)


def test_la_storia_dice_a_parole_per_quale_via_e_stata_presentata(entra, responsabile, progetto):
    browser = entra(responsabile)
    registra_altrove(browser, progetto)
    testo = parole(browser.get(reverse("progetti:dettaglio", args=[progetto.pk])).content.decode())
    assert "Bandi e Servizi / Bandi online, protocollo 77/2026" in testo
    assert "bandi_online" not in testo


@pytest.mark.parametrize("canale", [c for c in Presentazione.Canale.values if c != "portale"])
def test_nessun_codice_di_canale_si_legge_nella_storia(entra, responsabile, progetto, canale):
    browser = entra(responsabile)
    registra_altrove(browser, progetto, canale=canale)
    (passaggio,) = Passaggio.objects.filter(azione="registra_presentata_altrove", oggetto_id=str(progetto.pk))
    testo = parole(browser.get(reverse("progetti:dettaglio", args=[progetto.pk])).content.decode())
    assert f"({Presentazione.Canale(canale).label}, protocollo 77/2026)" in testo
    assert passaggio.azione not in testo


@pytest.mark.parametrize(("ora", "fuori"), [("11:59", False), ("12:00", True)])
def test_la_ricevuta_dice_se_la_scheda_e_stata_presentata_fuori_dai_termini(entra, responsabile, progetto, ora, fuori):
    apre, chiude = datetime(2026, 3, 2, 8, tzinfo=UTC), datetime(2026, 4, 30, 10, tzinfo=UTC)
    Avviso.objects.filter(pk=progetto.avviso_id).update(apre_il=apre, chiude_il=chiude)
    risposta = registra_altrove(entra(responsabile), progetto, presentata_il_0="30/04/2026", presentata_il_1=ora)
    testo = parole(risposta.content.decode())
    assert "Ricevuta di presentazione" in testo
    assert ("Fuori dai termini." in testo) == fuori


def test_giorno_e_ora_hanno_un_nome_e_il_riepilogo_ci_porta(entra, responsabile, progetto):
    testo = registra_altrove(entra(responsabile), progetto, presentata_il_1="le undici").content.decode()
    assert 'aria-label="Giorno"' in testo
    assert 'aria-label="Ora"' in testo
    assert 'href="#id_presentata_il"' in testo
    assert 'id="id_presentata_il"' in testo


TESTO = "III.1.1"


@pytest.fixture
def due_testi(client, capofila, responsabile, progetto):
    """Two people wrote the same text; the second one also other things on the same page."""

    def manda(sezione: str, mio: str, altro: dict) -> str:
        url = reverse("progetti:sezione", args=[progetto.pk, sezione])
        client.force_login(capofila)
        primo = apri(client, url)
        client.force_login(responsabile)
        secondo = apri(client, url)
        client.post(url, secondo | {mio: "12/2014"})
        client.force_login(capofila)
        risposta = client.post(url, primo | {mio: "11/2014"} | altro)
        assert risposta.status_code == 409
        return parole(risposta.content.decode())

    return manda


def test_tutto_il_resto_e_salvo_solo_se_e_vero(due_testi):
    conteso = nome("I.5", "durata_dal")
    assert "Tutto il resto è salvo." in due_testi("I", conteso, {nome("I.1", "titolo"): "Un altro titolo"})


def test_se_qualcosa_e_stato_rifiutato_la_pagina_dei_due_testi_lo_dice(due_testi):
    testo = due_testi("I", nome("I.5", "durata_dal"), {nome("I.1", "titolo"): "x" * 301})
    assert "Tutto il resto è salvo" not in testo
    assert "tranne ciò che è da correggere, elencato qui sotto" in testo


def test_nessun_messaggio_di_cosa_manca_finisce_con_due_punti_fermi(progetto, capofila, altro_partner):
    for utente in (capofila, altro_partner):
        messaggi = [m["messaggio"] for m in Pagina(progetto, utente).cosa_manca]
        assert messaggi
        assert [m for m in messaggi if m.endswith("..")] == []


# On paper.


def blocco(markup: str, chiave: str) -> str:
    return re.search(rf'<section [^>]*id="b-{chiave}">.*?</section>', markup, flags=re.DOTALL)[0]


@pytest.mark.parametrize(("quali", "detto"), [("sindacati", "altro: quali sindacati"), (None, "altro: quali")])
def test_altro_quali_sta_sulla_riga_della_sua_casella(quali, detto):
    dati = crema.contenuto()
    dati["risposte"]["I.4"] = {"": {"beneficiari": ["altro"], "beneficiari_altro": quali}}
    letto = blocco(render_to_string("conciliazione/schede/lettura/scheda.html", {"lettura": crema.lettura(dati)}), "I-4")
    (riga,) = [r for r in re.findall(r"<li.*?</li>", letto, flags=re.DOTALL) if "altro" in r]
    assert detto in parole(riga)
    assert parole(letto).count("quali") == 1


def test_accanto_alla_cifra_dichiarata_quella_calcolata_si_legge():
    """Black, and no smaller than eight points."""
    (regola,) = re.findall(r"^\.calcolato \{(.*?)\}", (stampa.STAMPA / "scheda.css").read_text(), re.MULTILINE)
    assert float(re.search(r"font-size: ([0-9.]+)pt", regola)[1]) >= 8
    assert "color: #000" in regola


def test_la_scheda_finanziaria_non_si_spezza_se_sta_in_una_pagina():
    """A long text before it pushes the table to the foot of the page, wherever that is."""
    for righe in range(0, 30, 3):
        dati = crema.contenuto()
        dati["risposte"]["III.3"] = {"": {"testo": "riga\n" * righe}}
        byte = pdf.scheda(_da(crema.lettura(dati), "III.3"), dati, **crema.parametri(dati))
        pagine = _testi(byte)
        con_la_tabella = [p for p in pagine if "Spese generali (max 10% del totale)" in p]
        assert len(con_la_tabella) == 1
        assert "IV. 1.2. - SCHEDA FINANZIARIA RIEPILOGATIVA" in con_la_tabella[0]
        assert "Contributo richiesto" in con_la_tabella[0]


def _da(lettura: dict, chiave: str) -> dict:
    """A reading without what stands before a block."""
    blocchi = [b["chiave"] for s in lettura["sezioni"] for b in s["blocchi"]]
    dopo = set(blocchi[blocchi.index(chiave) :])
    sezioni = [s | {"blocchi": [b for b in s["blocchi"] if b["chiave"] in dopo]} for s in lettura["sezioni"]]
    return lettura | {"sezioni": [s for s in sezioni if s["blocchi"]]}


def _testi(byte: bytes) -> list[str]:
    testo = subprocess.run(["pdftotext", "-layout", "-", "-"], input=byte, capture_output=True, check=True).stdout.decode()
    return [" ".join(pagina.split()) for pagina in testo.split("\f")]
