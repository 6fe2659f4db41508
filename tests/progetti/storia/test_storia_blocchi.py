"""The history of a block: who, when, what, word by word; and bringing back what was there."""

import html
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from conciliazione.schede import confronto
from conciliazione.schede.confronto import MESSO, TOLTO, UGUALE, Pezzo
from progetti.contenuto import contenuto
from progetti.edizioni import EDIZIONI
from progetti.models import Compilazione, Prestito, Scartato
from progetti.scheda.pagina import Pagina
from progetti.storia.momenti import momenti_di

from ...moduli import apri, campi, moduli, nome, riga_nuova

EDIZIONE = EDIZIONI["dgr1081-2014"]
CAMPO = nome("III.2.3", "testo")


@pytest.fixture
def due(capofila, responsabile):
    browser = Client(), Client()
    for cliente, utente in zip(browser, (capofila, responsabile), strict=True):
        cliente.force_login(utente)
    return browser


def sezione(progetto, chiave: str = "III") -> str:
    return reverse("progetti:sezione", args=[progetto.pk, chiave])


def pagina_storia(progetto, blocco: str = "III.2.3") -> str:
    return reverse("progetti:storia", args=[progetto.pk, blocco])


def salva(browser, progetto, valori: dict, chiave: str = "III") -> None:
    url = sezione(progetto, chiave)
    assert browser.post(url, apri(browser, url) | valori).status_code == 302


def letta(browser, progetto, blocco: str = "III.2.3") -> str:
    """What the page says, without its markup: «[tolto: a]» and «[aggiunto: b]» are what who listens hears."""
    testo = browser.get(pagina_storia(progetto, blocco)).content.decode().partition("<main")[2].partition("</main>")[0]
    return html.unescape(" ".join(re.sub(r"<[^>]+>", "", testo).split()))


def momenti(utente, progetto, blocco: str = "III.2.3", riga: str | None = None):
    edizione = EDIZIONI[progetto.edizione]
    return momenti_di(Pagina(progetto, utente), edizione.blocco(blocco), riga)


def scritto(progetto) -> str | None:
    return contenuto(progetto)["risposte"].get("III.2.3", {}).get("", {}).get("testo")


# The comparison.


@given(st.text(), st.text())
def test_dal_confronto_si_ritrovano_i_due_testi(prima, dopo):
    pezzi = confronto.parole(prima, dopo)
    assert "".join(p.testo for p in pezzi if p.genere != MESSO) == prima
    assert "".join(p.testo for p in pezzi if p.genere != TOLTO) == dopo


def test_si_confronta_parola_per_parola():
    assert confronto.parole("tre nidi aperti", "tre asili aperti") == [
        Pezzo(UGUALE, "tre "),
        Pezzo(TOLTO, "nidi "),
        Pezzo(MESSO, "asili "),
        Pezzo(UGUALE, "aperti"),
    ]


def test_due_testi_lunghissimi_si_confrontano_per_capoversi(monkeypatch):
    monkeypatch.setattr(confronto, "TROPPE", 3)
    pezzi = confronto.parole("uno due\ntre quattro\nfine", "uno sei\ntre quattro\nbasta")
    assert [p.testo for p in pezzi if p.genere == TOLTO] == ["due\n", "fine"]


def test_di_cio_che_non_cambia_si_mostra_solo_il_contorno():
    lungo = " ".join(f"p{n}" for n in range(200))
    breve = confronto.in_breve(confronto.parole(f"{lungo} vecchio {lungo}", f"{lungo} nuovo {lungo}"))
    assert "".join(p.testo for p in breve).count("[…]") == 2
    assert sum(len(p.testo.split()) for p in breve) < 40


def test_le_righe_nate_morte_e_cambiate():
    prima = {"a": {"x": "1", "y": ""}, "b": {"x": "2"}}
    dopo = {"a": {"x": "3", "y": None}, "c": {"x": "4"}}
    diversa = confronto.righe(prima, dopo)
    assert (diversa.aggiunte, diversa.tolte, diversa.cambiate) == (["c"], ["b"], {"a": ["x"]})
    assert not confronto.righe(prima, prima)


# What it tells.


def test_dice_chi_quando_e_quali_parole(due, progetto, capofila, responsabile):
    salva(due[0], progetto, {CAMPO: "tre nidi aperti"})
    salva(due[1], progetto, {CAMPO: "tre asili aperti"})
    testo = letta(due[0], progetto)
    assert "tre [tolto: nidi ][aggiunto: asili ]aperti" in testo
    oggi = timezone.localtime()
    assert f"{oggi:%d/%m/%Y} alle " in testo
    assert testo.index(str(responsabile)) < testo.index(f", {capofila} ")


def test_il_capofila_che_scrive_per_un_partner_lo_si_vede(entra, capofila, progetto):
    soggetto = progetto.partecipazioni.get(denominazione__startswith="Iride")
    browser, url = entra(capofila), reverse("progetti:riga", args=[progetto.pk, "II.B", soggetto.pk])
    browser.post(url, apri(browser, url) | {nome("II.B", "referente_nominativo", soggetto.pk): "Paolo Inzoli"})
    (ultimo, *_) = momenti(capofila, progetto, "II.B", str(soggetto.pk))
    assert (ultimo.chi, ultimo.per_conto) == (str(capofila), soggetto.denominazione)
    assert [c.etichetta for r in ultimo.righe for c in r.cambi] == ["Nominativo"]


def test_anche_il_titolo_del_progetto_ha_la_sua_storia(entra, capofila, progetto):
    salva(entra(capofila), progetto, {nome("I.1", "titolo"): "Tempo per pochi"}, "I")
    assert "Tempo per [tolto: tutti][aggiunto: pochi]" in letta(entra(capofila), progetto, "I.1")


def test_le_righe_di_una_tabella_si_aggiungono_si_cambiano_e_si_tolgono(entra, capofila, progetto):
    browser, url, blocco = entra(capofila), sezione(progetto, "IV"), EDIZIONE.blocco("cofinanziamenti")
    riga = riga_nuova(apri(browser, url), "cofinanziamenti")
    azione = progetto.azione_righe.first()
    nuova = {f"{blocco.id}-righe": riga, nome("cofinanziamenti", "azione", riga): str(azione.pk)}
    nuova |= {nome("cofinanziamenti", "settore", riga): "privato", nome("cofinanziamenti", "importo", riga): "1.000,00"}
    salva(browser, progetto, nuova, "IV")
    salva(browser, progetto, {nome("cofinanziamenti", "importo", riga): "1.200,00"}, "IV")
    salva(browser, progetto, {f"{blocco.id}_{riga}--elimina": "1"}, "IV")
    tolta, cambiata, aggiunta, *_ = momenti(capofila, progetto, "cofinanziamenti")
    assert [m.righe[0].genere for m in (tolta, cambiata, aggiunta)] == ["tolta", "cambiata", "aggiunta"]
    assert [m.righe[0].riga for m in (tolta, cambiata, aggiunta)] == [riga] * 3
    assert [p.testo for p in cambiata.righe[0].cambi[0].pezzi] == ["1.000,00", "1.200,00"]
    assert azione.titolo in {p.testo for c in aggiunta.righe[0].cambi for p in c.pezzi}


def test_gli_importi_di_un_prospetto_hanno_la_loro_storia(entra, capofila, progetto):
    azione = progetto.azione_righe.filter(genere="azione").first()
    prima = contenuto(progetto)["costi"]
    vecchio = next(c["importo"] for c in prima if c["azione"] == str(azione.pk))
    salva(entra(capofila), progetto, {nome("IV.1.2", "costo", azione.pk): ""}, "IV")
    salva(entra(capofila), progetto, {nome("IV.1.2", "costo", azione.pk): "12.345,60"}, "IV")
    scritto, vuotato, *_ = momenti(capofila, progetto, "IV.1.2", str(azione.pk))
    assert [(p.genere, p.testo) for p in scritto.righe[0].cambi[0].pezzi] == [(MESSO, "12.345,60")]
    assert [p.genere for p in vuotato.righe[0].cambi[0].pezzi] == [TOLTO]
    assert vuotato.righe[0].cambi[0].pezzi[0].testo.replace(".", "").replace(",", ".") == vecchio


def test_i_dati_personali_non_si_leggono_neanche_qui(entra, capofila, partner, altro_partner, progetto):
    soggetto = progetto.partecipazioni.get(denominazione__startswith="Iride")
    url = reverse("progetti:riga", args=[progetto.pk, "II.B", soggetto.pk])
    browser = entra(capofila)
    browser.post(url, apri(browser, url) | {nome("II.B", "lr_nato_a", soggetto.pk): "Soncino"})
    storia_sua = reverse("progetti:storia_riga", args=[progetto.pk, "II.B", soggetto.pk])
    assert "Soncino" in entra(altro_partner).get(storia_sua).content.decode()
    di_altri = entra(partner).get(storia_sua).content.decode()
    assert "Soncino" not in di_altri
    assert "dato personale, non visibile" in di_altri


def test_il_testo_che_ha_perso_si_trova_qui(due, progetto):
    url = sezione(progetto)
    mio = apri(due[0], url) | {CAMPO: "di Anna"}
    salva(due[1], progetto, {CAMPO: "di Rosa"})
    scelta = campi(due[0].post(url, mio), url) | {f"{CAMPO}--scelta": "loro"}
    assert due[0].post(url, scelta).status_code == 302
    testo = letta(due[0], progetto)
    assert "testo non tenuto" in testo
    assert "di Anna" in testo
    assert "di Rosa" in testo


def test_un_importo_respinto_che_non_si_puo_leggere_si_trova_com_era_scritto(entra, capofila, progetto):
    riga = progetto.cofinanziamento_righe.first()
    dove = {"progetto": progetto, "blocco": "cofinanziamenti", "riga": str(riga.pk), "campo": "importo"}
    Scartato.objects.create(**dove, tenuto=None, scartato="diecimila", deciso_da=capofila)
    assert "diecimila" in letta(entra(capofila), progetto, "cofinanziamenti")


def test_senza_storia_lo_dice(entra, capofila, progetto):
    Compilazione.pgh_event_model.objects.filter(progetto_id=progetto.pk, blocco="III.2.3").delete()
    assert "Ancora nessuna storia" in letta(entra(capofila), progetto)


def test_la_storia_lunga_si_sfoglia(entra, capofila, progetto):
    compilazione, _ = Compilazione.objects.get_or_create(progetto=progetto, blocco="III.2.3")
    _molti_eventi(compilazione, 45)
    browser = entra(capofila)
    assert "Pagina 1 di 3" in letta(browser, progetto)
    assert browser.get(pagina_storia(progetto) + "?pagina=3").content.decode().count("versione numero") > 0


def _molti_eventi(compilazione, quanti: int) -> None:
    eventi = Compilazione.pgh_event_model
    modello = eventi.objects.filter(pgh_obj_id=compilazione.pk).last()
    adesso = timezone.now()
    for n in range(quanti):
        modello.pk, modello.risposte = None, {"testo": f"versione numero {n}"}
        modello.pgh_created_at = adesso + timezone.timedelta(seconds=n)
        modello.save(force_insert=True)


def test_con_molta_storia_si_chiede_lo_stesso(entra, capofila, progetto):
    browser = entra(capofila)

    def domande() -> int:
        with CaptureQueriesContext(connection) as catturate:
            letta(browser, progetto)
        return len(catturate)

    salva(browser, progetto, {CAMPO: "uno"})
    domande()
    prima = domande()
    _molti_eventi(Compilazione.objects.get(progetto=progetto, blocco="III.2.3"), 60)
    assert domande() == prima


@pytest.mark.parametrize("edizione", EDIZIONI)
def test_ogni_blocco_di_ogni_edizione_ha_la_sua_storia(edizione, capofila, dimostrazione):
    from progetti.models import Progetto

    progetto = Progetto.objects.filter(edizione=edizione).order_by("creato_il").first()
    blocchi = [b for b in EDIZIONI[edizione].blocchi if b.campi()]
    assert sum(len(momenti(capofila, progetto, b.chiave)) for b in blocchi) > 5


def test_le_pagine_portano_alla_storia(entra, capofila, partner, progetto):
    soggetto = progetto.partecipazioni.get(denominazione__startswith="Comunità")
    assert pagina_storia(progetto) in entra(partner).get(sezione(progetto)).content.decode()
    pagina = entra(capofila).get(reverse("progetti:riga", args=[progetto.pk, "II.B", soggetto.pk])).content.decode()
    assert reverse("progetti:storia_riga", args=[progetto.pk, "II.B", soggetto.pk]) in pagina


# Bringing back.


def collegamenti(browser, progetto, blocco: str = "III.2.3") -> list[str]:
    pagina = browser.get(pagina_storia(progetto, blocco)).content.decode()
    return [html.unescape(url) for url in re.findall(r'href="([^"]*ripristina[^"]*)"', pagina)]


def conferma(browser, url: str):
    """The page that asks, the address that its button sends to and what it sends."""
    pagina = browser.get(url)
    assert pagina.status_code == 200
    (modulo,) = [m for m in moduli(pagina) if "salva" in m.pulsanti]
    return pagina.content.decode(), modulo.azione, modulo.campi


@pytest.fixture
def cambiato(due, progetto):
    """A text that was written and then overwritten."""
    salva(due[0], progetto, {CAMPO: "il testo di prima"})
    salva(due[1], progetto, {CAMPO: "il testo di adesso"})
    return due[0]


def test_un_testo_si_riporta_dopo_aver_visto_quello_di_oggi(cambiato, progetto):
    (url,) = [u for u in collegamenti(cambiato, progetto) if "campo=testo" in u][:1]
    pagina, dove, dati = conferma(cambiato, url)
    assert "il testo di prima" in pagina
    assert "il testo di adesso" in pagina
    assert cambiato.post(dove, dati).status_code == 302
    assert scritto(progetto) == "il testo di prima"
    assert "il testo di [tolto: adesso][aggiunto: prima]" in letta(cambiato, progetto)


def test_se_intanto_un_altro_lo_cambia_si_sceglie(cambiato, due, progetto):
    _, dove, dati = conferma(cambiato, collegamenti(cambiato, progetto)[0])
    salva(due[1], progetto, {CAMPO: "cambiato nel frattempo"})
    assert cambiato.post(dove, dati).status_code == 409
    assert scritto(progetto) == "cambiato nel frattempo"


def test_il_testo_di_oggi_non_si_riporta(entra, capofila, progetto):
    salva(entra(capofila), progetto, {CAMPO: "unico"})
    oggi, *_ = momenti(capofila, progetto)
    assert [c.ridare for r in oggi.righe for c in r.cambi] == [False]


def test_il_testo_non_tenuto_si_riporta(entra, capofila, progetto):
    dove = {"progetto": progetto, "blocco": "III.2.3", "riga": "", "campo": "testo"}
    Scartato.objects.create(**dove, tenuto="altro", scartato="di Anna, perso", deciso_da=capofila)
    browser = entra(capofila)
    _, dove, dati = conferma(browser, next(u for u in collegamenti(browser, progetto) if "momento=s" in u))
    browser.post(dove, dati)
    assert scritto(progetto) == "di Anna, perso"


def test_una_riga_tolta_si_rimette_con_i_suoi_valori(entra, capofila, progetto):
    browser, riga = entra(capofila), progetto.cofinanziamento_righe.exclude(partecipazione=None).first()
    com_era = next(r for r in contenuto(progetto)["cofinanziamenti"] if r["id"] == str(riga.pk))
    salva(browser, progetto, {f"{EDIZIONE.blocco('cofinanziamenti').id}_{riga.pk}--elimina": "1"}, "IV")
    (url,) = [u for u in collegamenti(browser, progetto, "cofinanziamenti") if "campo=" not in u]
    _, dove, dati = conferma(browser, url)
    assert browser.post(dove, dati).status_code == 302
    assert com_era in contenuto(progetto)["cofinanziamenti"]


def test_un_importo_si_riporta(entra, capofila, progetto):
    azione = progetto.azione_righe.filter(genere="azione").first()
    browser, campo = entra(capofila), nome("IV.1.2", "costo", azione.pk)
    for importo in ("1.000,00", "2.000,00"):
        salva(browser, progetto, {campo: importo}, "IV")
    url = next(u for u in collegamenti(browser, progetto, "IV.1.2") if f"riga={azione.pk}" in u)
    _, dove, dati = conferma(browser, url)
    assert browser.post(dove, dati).status_code == 302
    costi = {c["azione"]: c["importo"] for c in contenuto(progetto)["costi"]}
    assert costi[str(azione.pk)] == "1000.00"


def test_chi_non_puo_scrivere_non_riporta(cambiato, entra, partner, progetto):
    url = collegamenti(cambiato, progetto)[0]
    assert collegamenti(entra(partner), progetto) == []
    assert entra(partner).get(url).status_code == 403


def test_a_scheda_presentata_la_storia_si_legge_e_non_si_riporta(cambiato, entra, capofila, progetto):
    url = collegamenti(cambiato, progetto)[0]
    type(progetto).objects.filter(pk=progetto.pk).update(stato="presentato")
    assert "il testo di prima" in letta(cambiato, progetto)
    assert collegamenti(cambiato, progetto) == []
    assert cambiato.get(url).status_code == 403


def test_l_ats_a_cui_la_bozza_e_prestata_non_ne_legge_la_storia(entra, ats, responsabile, progetto):
    Prestito.objects.create(progetto=progetto, ats=progetto.avviso.ats, prestato_da=responsabile)
    assert entra(ats).get(sezione(progetto)).status_code == 200
    assert pagina_storia(progetto) not in entra(ats).get(sezione(progetto)).content.decode()
    assert entra(ats).get(pagina_storia(progetto)).status_code == 403


@pytest.mark.parametrize("domanda", ["", "?momento=x&riga=&campo=testo", "?momento=%00"])
def test_un_momento_inventato_non_c_e(entra, capofila, progetto, domanda):
    url = reverse("progetti:ripristina", args=[progetto.pk, "III.2.3"]) + domanda
    assert entra(capofila).get(url).status_code == 404


def test_un_blocco_senza_campi_non_ha_storia(entra, capofila, progetto):
    assert entra(capofila).get(pagina_storia(progetto, "I.6")).status_code == 404
