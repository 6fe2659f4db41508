"""The shared folder: what goes in, who finds it, what comes out; and uploads that should not go in."""

import hashlib
import socket
import threading
from urllib.parse import urlsplit

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connections
from django.urls import reverse
from django.utils import timezone

from conciliazione.cartelle import documenti
from conciliazione.models import Documento, Revisione

from ...carte import DOCX, DOCX_CON_MACRO, PDF, PDF_CHE_AGISCE, archivio, pdf
from ...test_interrogazioni import domande


@pytest.fixture(autouse=True)
def archivio_a_parte(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def url(oggetto, nome="cartella", *altro) -> str:
    spazio = "progetti" if oggetto._meta.model_name == "progetto" else "alleanze"
    return reverse(f"{spazio}:{nome}", args=[oggetto.pk, *altro])


def modulo(dati: bytes = PDF, nome: str = "verbale.pdf", **altro) -> dict:
    comune = {"titolo": "Verbale del tavolo", "genere": "verbale", "data": "03/10/2026", "visibilita": "soggetti"}
    return comune | {"file": SimpleUploadedFile(nome, dati)} | altro


def metti(oggetto, utente, visibilita="soggetti", titolo="Verbale") -> Documento:
    file = SimpleUploadedFile("verbale.pdf", PDF)
    return documenti.aggiungi(oggetto, file, titolo=titolo, genere="verbale", utente=utente, visibilita=visibilita)


def test_chi_aggiunge_un_documento_lo_ritrova_e_lo_scarica_com_era(entra, partner, progetto):
    browser = entra(partner)
    assert browser.post(url(progetto), modulo()).status_code == 302
    documento = Documento.objects.di(progetto).get()
    assert (documento.creato_da, str(documento.data)) == (partner, "2026-10-03")
    risposta = browser.get(url(progetto, "documento_scarica", documento.pk, 1))
    assert b"".join(risposta.streaming_content) == PDF
    assert risposta["Content-Disposition"].startswith("attachment")


def test_l_impronta_della_versione_e_quella_del_file(capofila, progetto):
    revisione = metti(progetto, capofila).revisioni.get()
    assert (revisione.sha256, revisione.grandezza) == (hashlib.sha256(PDF).hexdigest(), len(PDF))


def test_una_nuova_versione_non_prende_il_posto_della_vecchia(entra, capofila, progetto):
    documento = metti(progetto, capofila)
    entra(capofila).post(url(progetto, "documento", documento.pk), {"file": SimpleUploadedFile("v2.docx", DOCX), "nota": "x"})
    assert [r.numero for r in documento.revisioni.all()] == [1, 2]
    prima = entra(capofila).get(url(progetto, "documento_scarica", documento.pk, 1))
    assert b"".join(prima.streaming_content) == PDF


@pytest.mark.parametrize(
    ("chi", "attesi"),
    [("capofila", {"capofila", "soggetti", "ats"}), ("partner", {"soggetti", "ats"}), ("ats", {"ats"})],
)
def test_ciascuno_trova_i_documenti_che_lo_riguardano(request, entra, capofila, presentato, chi, attesi):
    for visibilita in ("capofila", "soggetti", "ats"):
        metti(presentato, capofila, visibilita, titolo=f"per {visibilita}")
    pagina = entra(request.getfixturevalue(chi)).get(url(presentato)).content.decode()
    assert {v for v in ("capofila", "soggetti", "ats") if f"per {v}" in pagina} == attesi


def test_chi_in_ats_legge_soltanto_non_mette_niente_nelle_cartelle(entra, ats, presentato):
    metti(presentato, ats, "ats")
    ats.appartenenze.update(ruolo="lettura")
    for oggetto in (presentato, presentato.alleanza):
        assert entra(ats).get(url(oggetto)).status_code == 200
        assert entra(ats).post(url(oggetto), modulo(visibilita="ats")).status_code == 403


def test_un_documento_riservato_non_si_trova_nemmeno_con_il_suo_indirizzo(entra, capofila, partner, progetto):
    documento = metti(progetto, capofila, "capofila")
    for nome, altro in (("documento", ()), ("documento_scarica", (1,))):
        assert entra(partner).get(url(progetto, nome, documento.pk, *altro)).status_code == 404


def test_il_documento_di_una_cartella_non_si_apre_da_un_altra(entra, capofila, progetto, presentato):
    documento = metti(progetto, capofila)
    assert entra(capofila).get(url(presentato, "documento", documento.pk)).status_code == 404
    assert entra(capofila).get(url(progetto.alleanza, "documento", documento.pk)).status_code == 404


def test_un_partner_non_sceglie_una_visibilita_che_non_ha(entra, partner, progetto):
    assert entra(partner).post(url(progetto), modulo(visibilita="capofila")).status_code == 422
    assert not Documento.objects.di(progetto).exists()


def test_un_partner_cambia_i_suoi_documenti_e_non_quelli_degli_altri(entra, partner, capofila, progetto):
    suo, altrui = metti(progetto, partner), metti(progetto, capofila)
    browser = entra(partner)
    assert browser.post(url(progetto, "documento_togli", suo.pk)).status_code == 302
    assert browser.post(url(progetto, "documento_togli", altrui.pk)).status_code == 403


def test_cio_che_si_toglie_non_si_trova_piu_e_resta_conservato(entra, capofila, progetto):
    documento = metti(progetto, capofila)
    entra(capofila).post(url(progetto, "documento_togli", documento.pk))
    assert "La cartella è vuota" in entra(capofila).get(url(progetto)).content.decode()
    assert entra(capofila).get(url(progetto, "documento", documento.pk)).status_code == 404
    with Revisione.objects.get(documento=documento).file.open() as conservato:
        assert conservato.read() == PDF


def test_una_cartella_vuota_dice_a_che_cosa_serve(entra, capofila, progetto):
    assert "La cartella è vuota" in entra(capofila).get(url(progetto)).content.decode()


def test_si_filtra_per_tipo(entra, capofila, progetto):
    metti(progetto, capofila, titolo="Verbale di ottobre")
    browser = entra(capofila)
    assert "Verbale di ottobre" in browser.get(url(progetto), {"tipo": "verbale"}).content.decode()
    assert "Nessun documento di questo tipo" in browser.get(url(progetto), {"tipo": "atto"}).content.decode()


ACCOLTI = {
    "pdf": ("a.pdf", PDF),
    "word": ("a.docx", DOCX),
    "excel": ("a.xlsx", archivio("[Content_Types].xml", "xl/workbook.xml")),
    "testo": ("a.txt", "Perché no\n".encode()),
    "tabella": ("a.csv", b"nome;importo\nuno;2\n"),
    "opendocument": ("a.odt", archivio(mimetype=b"application/vnd.oasis.opendocument.text")),
}


@pytest.mark.parametrize("quale", ACCOLTI)
def test_si_accetta(entra, capofila, progetto, quale):
    nome, dati = ACCOLTI[quale]
    assert entra(capofila).post(url(progetto), modulo(dati, nome)).status_code == 302
    assert Revisione.objects.latest("pk").file.name.endswith(nome.rpartition(".")[2])


RIFIUTATI = {
    "word con macro": ("a.docx", DOCX_CON_MACRO, "istruzioni che si eseguono"),
    "pdf con script": ("a.pdf", PDF_CHE_AGISCE, "istruzioni che si eseguono"),
    "pdf che lancia un programma": ("a.pdf", pdf(b"/OpenAction << /S /Launch /F (x) >>"), "istruzioni che si eseguono"),
    "pdf rotto": ("a.pdf", b"%PDF-1.7 rotto", "non si riesce a leggere"),
    "pagina web": ("a.pdf", b"<!doctype html><script>alert(1)</script>", "non si riconosce"),
    "disegno con script": ("a.png", b"<svg xmlns='http://www.w3.org/2000/svg' onload='x()'/>", "non si riconosce"),
    "programma": ("a.pdf", b"MZ\x90\x00" + b"\x00" * 80, "non si riconosce"),
    "script": ("a.txt", b"#!/bin/sh\nrm -rf x\n", "non si riconosce"),
    "archivio qualsiasi": ("a.docx", archivio("a.exe"), "non si riconosce"),
    "vecchio word": ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 80, "vecchio formato"),
    "vuoto": ("a.pdf", b"", "vuoto"),
}


@pytest.mark.parametrize("quale", RIFIUTATI)
def test_si_rifiuta_dicendo_perche_e_tenendo_cio_che_era_scritto(entra, capofila, progetto, quale):
    nome, dati, perche = RIFIUTATI[quale]
    risposta = entra(capofila).post(url(progetto), modulo(dati, nome, titolo="Titolo scritto con cura"))
    assert risposta.status_code == 422
    assert perche in risposta.content.decode()
    assert "Titolo scritto con cura" in risposta.content.decode()
    assert not Documento.objects.di(progetto).exists()


def test_un_file_troppo_grande_per_il_campo_si_rifiuta_al_campo(entra, capofila, progetto, settings):
    settings.ALLEGATO_MASSIMO = 1024 * 1024
    risposta = entra(capofila).post(url(progetto), modulo(PDF + b" " * 1024 * 1024))
    assert risposta.status_code == 422
    assert "supera 1 MB" in risposta.content.decode()


def test_una_bomba_compressa_non_si_apre(entra, capofila, progetto, monkeypatch):
    monkeypatch.setattr("conciliazione.file.contenuti.SGONFIATO", 1000)
    bomba = archivio("[Content_Types].xml", "word/document.xml", **{"word/altro.xml": b"0" * 2000})
    risposta = entra(capofila).post(url(progetto), modulo(bomba, "a.docx"))
    assert "non si riesce a leggere" in risposta.content.decode()


def spedisci(server, quanti: int) -> bytes:
    """What who sends that many bytes is answered, by a server on this machine."""
    indirizzo = urlsplit(server.url)
    with socket.create_connection((indirizzo.hostname, indirizzo.port), timeout=240) as presa:
        testa = "POST /progetti/ HTTP/1.1\r\nHost: localhost\r\nContent-Type: multipart/form-data; boundary=x\r\n"
        presa.sendall(f"{testa}Content-Length: {quanti}\r\nConnection: close\r\n\r\n".encode())
        pezzo, resto = b"\x00" * 1024 * 1024, quanti
        while resto > 0:
            presa.sendall(pezzo[: min(resto, len(pezzo))])
            resto -= len(pezzo)
        return b"".join(iter(lambda: presa.recv(65536), b""))


@pytest.mark.django_db(transaction=True)
def test_due_gigabyte_ricevono_una_pagina_in_italiano_e_non_restano_da_nessuna_parte(servito, settings, tmp_path):
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path)
    risposta = spedisci(servito, 2 * 1024**3)
    assert risposta.startswith(b"HTTP/1.1 413")
    assert "Il file è troppo grande" in risposta.decode()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.django_db(transaction=True)
def test_due_nuove_versioni_insieme_hanno_due_numeri(dimostrazione, capofila, progetto):
    documento = metti(progetto, capofila)
    via = threading.Barrier(2)

    def carica():
        via.wait()
        documenti.revisiona(documento, SimpleUploadedFile("v.pdf", PDF), utente=capofila)
        connections.close_all()

    mani = [threading.Thread(target=carica) for _ in range(2)]
    for mano in mani:
        mano.start()
    for mano in mani:
        mano.join()
    assert [r.numero for r in documento.revisioni.all()] == [1, 2, 3]


def test_la_cartella_chiede_lo_stesso_con_molti_documenti(entra, capofila, progetto):
    metti(progetto, capofila)
    prima = len(domande(entra(capofila), url(progetto)))
    assert prima <= 5
    for n in range(30):
        metti(progetto, capofila, titolo=f"Verbale {n}")
    assert len(domande(entra(capofila), url(progetto))) == prima


def test_la_data_proposta_e_quella_di_oggi(entra, capofila, progetto):
    assert timezone.localdate().strftime("%d/%m/%Y") in entra(capofila).get(url(progetto)).content.decode()
