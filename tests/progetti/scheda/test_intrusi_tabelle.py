"""Who tries to write what is another's in the tables of a scheda, and files and texts made to keep the portal busy."""

import io
import uuid
import zipfile

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from docx import Document

from alleanze.models import Appartenenza
from conciliazione.fogli import FoglioIllegibile
from conciliazione.fogli.incollato import leggi_testo
from conciliazione.fogli.matrice import chiave
from progetti.contenuto import eventi
from progetti.da_carta import controlla, estrai
from progetti.models import DaRivedere, Referente
from progetti.scheda import rivedere

from ...castellanza import bozza
from ...moduli import apri


@pytest.fixture
def ptc(dimostrazione):
    return bozza()


def agisce(utente, soggetto) -> None:
    Appartenenza.objects.create(utente=utente, ente=soggetto.ente, ruolo=Appartenenza.Ruolo.OPERATORE)


def pagina(progetto, soggetto) -> str:
    return reverse("progetti:riga", args=[progetto.pk, "enti", soggetto.pk])


def un_referente(nominativo: str) -> dict:
    riga = str(uuid.uuid4())
    return {"b-referenti-righe": [riga], f"b-referenti_{riga}-nominativo": nominativo}


# Rows that hang from the row of another.


def test_un_partner_non_aggiunge_referenti_a_un_altro_partner(ptc, entra, altro_partner):
    mio, altrui = ptc.partecipazioni.exclude(ruolo="capofila").order_by("ordine")[:2]
    agisce(altro_partner, mio)
    browser = entra(altro_partner)
    assert "b-referenti-righe" not in browser.get(pagina(ptc, altrui)).content.decode()
    assert browser.post(pagina(ptc, altrui), un_referente("Intruso")).status_code == 403
    assert not Referente.objects.filter(nominativo="Intruso").exists()
    assert browser.post(pagina(ptc, mio), un_referente("Ada Neri")).status_code == 302
    assert Referente.objects.get(nominativo="Ada Neri").partecipazione == mio


def test_chi_agisce_per_due_partner_apre_la_pagina_di_ognuno(ptc, entra, altro_partner):
    primo, secondo, altrui = ptc.partecipazioni.exclude(ruolo="capofila").order_by("ordine")[:3]
    agisce(altro_partner, primo)
    agisce(altro_partner, secondo)
    browser = entra(altro_partner)
    assert [browser.get(pagina(ptc, s)).status_code for s in (primo, secondo, altrui)] == [200, 200, 200]
    assert browser.post(pagina(ptc, secondo), un_referente("Ada Neri")).status_code == 302
    assert Referente.objects.get(nominativo="Ada Neri").partecipazione == secondo


def test_una_bozza_in_cui_un_partner_ha_scritto_una_cifra_non_e_solo_del_capofila(ptc, entra, altro_partner):
    mio = ptc.partecipazioni.exclude(ruolo="capofila").order_by("ordine").first()
    agisce(altro_partner, mio)
    browser = entra(altro_partner)
    url = reverse("progetti:sezione", args=[ptc.pk, "risorse"])
    assert not eventi.scritta_da_altri(ptc)
    assert browser.post(url, apri(browser, url) | {f"b-fonti_{mio.pk}-monetario": "77,00"}).status_code == 302
    assert eventi.scritta_da_altri(ptc)


def test_una_cella_che_il_modulo_non_ha_non_si_segna_come_rivista(ptc, entra, altro_partner):
    mio = ptc.partecipazioni.exclude(ruolo="capofila").order_by("ordine").first()
    agisce(altro_partner, mio)
    riga = str(Referente.objects.filter(partecipazione=mio).first().pk)
    rivedere.segna(ptc, DaRivedere.Motivo.COPIATO, [("referenti", riga, "email", "x")])
    risposta = entra(altro_partner).post(reverse("progetti:visto", args=[ptc.pk]), {"cella": f"referenti|{riga}|em\x00ail"})
    assert risposta.status_code == 404


# Texts and files made to keep the portal busy.

LUNGO = 400_000
OSTILI = {
    "trattini": "|" + "-" * LUNGO + "x",
    "righe di trattini": ("|" + "-" * 400 + "x\n") * 1000,
    "celle vuote": "|" * LUNGO,
    "punti e virgola": ";" * LUNGO,
    "commenti aperti": "<table >" + "<!--" * (LUNGO // 4),
    "dichiarazioni aperte": "<table >" + "<!" * (LUNGO // 2),
    "istruzioni aperte": "<table >" + "<?" * (LUNGO // 2),
    "chiusure aperte": "<table >" + "</" * (LUNGO // 2),
    "sezioni aperte": "<table >" + "<![CDATA[" * (LUNGO // 9),
}


@pytest.mark.parametrize("testo", OSTILI.values(), ids=OSTILI)
def test_un_testo_incollato_fatto_apposta_non_tiene_occupato_il_portale(testo):
    """Read as a table or refused: what it must not do is go on for minutes."""
    try:
        letto = leggi_testo(testo).righe
    except FoglioIllegibile:
        letto = ()
    assert len(letto) <= 2_000


def test_di_una_pagina_si_legge_la_tabella_senza_i_commenti_e_con_i_suoi_segni():
    testo = "<!--StartFragment--><table><![if x]><tr><td>a < b</td><td>2</td></tr></table><!--EndFragment-->"
    assert leggi_testo(testo).righe == (("a < b", "2"),)


def test_un_nome_di_soli_accenti_si_confronta_subito():
    assert chiave("a" + "\u0301\u0323" * LUNGO)[:1] == "a"


W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def word(corpo: str) -> SimpleUploadedFile:
    vuoto, scritto = io.BytesIO(), io.BytesIO()
    Document().save(vuoto)
    with zipfile.ZipFile(vuoto) as prima, zipfile.ZipFile(scritto, "w", zipfile.ZIP_DEFLATED) as dopo:
        for nome in prima.namelist():
            intero = f"<w:document {W}><w:body>{corpo}</w:body></w:document>".encode()
            dopo.writestr(nome, intero if nome == "word/document.xml" else prima.read(nome))
    return SimpleUploadedFile("scheda.docx", scritto.getvalue())


def tabella(*righe: str) -> str:
    return f"<w:tbl><w:tblGrid><w:gridCol/></w:tblGrid>{''.join(righe)}</w:tbl>"


def riga(testo: str, dice: str = "") -> str:
    return f"<w:tr><w:tc><w:tcPr>{dice}</w:tcPr><w:p><w:r><w:t>{testo}</w:t></w:r></w:p></w:tc></w:tr>"


def test_una_cella_di_word_che_dice_di_coprirne_milioni_e_una_cella():
    letto = estrai(word(tabella(riga("Titolo", '<w:gridSpan w:val="900000000"/>'))))
    assert "Titolo" in letto
    assert len(letto) < 1000


def test_tremila_righe_di_word_unite_in_una_si_leggono_subito():
    letto = estrai(word(tabella(riga("prima", '<w:vMerge w:val="restart"/>'), *[riga("", "<w:vMerge/>")] * 3000)))
    assert letto.count("prima") == 1


@pytest.mark.parametrize("testo", ["a\n" * 50_000, "| a " * 50_000 + "|", "a\u0301\u0323" * 30_000])
def test_un_testo_che_non_e_una_scheda_non_si_comincia_a_leggere(testo):
    with pytest.raises(ValidationError, match="troppo lungo"):
        controlla(testo)
