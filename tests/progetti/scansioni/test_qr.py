"""The QR of the papers to sign: drawn on our own PDF, spoilt as a scanner does, and read back."""

import io
import json
import random
import zipfile
from datetime import UTC, datetime

import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageDraw, ImageFilter

from progetti.fascicolo import codici, stampa
from progetti.models import DaFirmare
from progetti.scansioni import qr

ENTE = {"denominazione": "Comunità Sociale Cremasca a.s.c.", "codice_fiscale": "01397660190", "sede": None}
DICE = {
    "ente": ENTE,
    "ruolo": "partner",
    "rappresentante": {"nominativo": "Ada Bianchi", "carica": "legale rappresentante"},
    "progetto": {"titolo": "Tempo per tutti", "alleanza": None},
    "capofila": ENTE | {"denominazione": "Comune di Crema"},
    "avviso": {"titolo": "Avviso", "atto": "DGR 1081/2013", "ats": "ATS della Val Padana"},
}


def carta() -> tuple[str, bytes]:
    """A paper of ours as it is printed, and its code."""
    codice, quando = codici.nuovo(), datetime(2026, 3, 12, tzinfo=UTC)
    foglio = DaFirmare(genere="privacy", dati=DICE, impronta="a" * 64, codice=codice, preparato_il=quando)
    return codice, stampa.di_una(foglio)


def in_figura(pdf: bytes, punti: int = 150) -> Image.Image:
    with pypdfium2.PdfDocument(pdf) as documento:
        return documento[0].render(scale=punti / 72).to_pil().convert("RGB")


def in_pdf(*figure: Image.Image) -> bytes:
    """As a scanner makes it: pictures, one for each page."""
    dove = io.BytesIO()
    figure[0].save(dove, "PDF", save_all=True, append_images=figure[1:], resolution=150)
    return dove.getvalue()


def in_jpeg(figura: Image.Image, qualita: int = 40) -> bytes:
    dove = io.BytesIO()
    figura.save(dove, "JPEG", quality=qualita)
    return dove.getvalue()


def letti(scansione: bytes) -> list[tuple[str, list[int]]]:
    return [(pezzo.codice, pezzo.pagine) for pezzo in qr.leggi_scansione(scansione)[0]]


def bianca() -> Image.Image:
    """A page with nothing on it."""
    return Image.new("RGB", (1240, 1754), "white")


@given(st.integers(0, 14), st.sampled_from(codici.ALFABETO))
def test_un_segno_sbagliato_si_vede_sempre(posto, segno):
    codice = codici.nuovo()
    sbagliato = codice[:posto] + segno + codice[posto + 1 :]
    assert codici.leggi(sbagliato) == (codice if sbagliato == codice else None)


@given(st.integers(0, 14))
def test_due_segni_scambiati_si_vedono_sempre(posto):
    codice = codici.nuovo()
    scambiato = codice[:posto] + codice[posto + 1] + codice[posto] + codice[posto + 2 :]
    assert codici.leggi(scambiato) == (codice if scambiato == codice else None)


def test_un_codice_si_legge_comunque_lo_si_scriva():
    codice = codici.nuovo()
    assert {codici.leggi(s) for s in (codici.raggruppa(codice), codice.lower(), f" CIR:{codice} ")} == {codice}
    assert [codici.leggi(s) for s in ("", "https://example.org", "0" * 16, codice[:-1])] == [None] * 4


SCANNER = {
    "com'è": lambda f: in_pdf(f),
    "storta": lambda f: in_pdf(f.rotate(4, fillcolor="white", expand=True)),
    "capovolta": lambda f: in_pdf(f.rotate(180)),
    "di lato": lambda f: in_pdf(f.rotate(90, expand=True)),
    "sfocata": lambda f: in_pdf(f.filter(ImageFilter.GaussianBlur(1.6))),
    "in una foto": lambda f: in_jpeg(f.rotate(2.5, fillcolor="gray", expand=True).filter(ImageFilter.GaussianBlur(1)), 25),
    "in bianco e nero": lambda f: in_pdf(f.convert("L").point(lambda p: 255 if p > 140 else 0).convert("RGB")),
}


@pytest.mark.parametrize("come", SCANNER)
def test_il_codice_stampato_si_rilegge_da_una_scansione(come):
    codice, pdf = carta()
    assert letti(SCANNER[come](in_figura(pdf))) == [(codice, [1])]


def test_si_rilegge_anche_con_uno_scarabocchio_sopra():
    codice, pdf = carta()
    figura = in_figura(pdf)
    penna = ImageDraw.Draw(figura)
    penna.line([(130, 1630), (260, 1600)], fill="blue", width=5)
    assert letti(in_pdf(figura)) == [(codice, [1])]


def test_il_pdf_firmato_digitalmente_resta_come_e_stato_mandato():
    codice, pdf = carta()
    pezzi, parti = qr.leggi_scansione(pdf)
    assert ([p.codice for p in pezzi], parti) == ([codice], [pdf])


def test_una_scansione_di_molti_si_divide_e_le_pagine_senza_codice_vanno_con_la_precedente():
    (uno, primo), (due, secondo) = carta(), carta()
    figura = in_figura(primo)
    pezzi, parti = qr.leggi_scansione(in_pdf(figura, figura, bianca(), in_figura(secondo)))
    assert [(p.codice, p.pagine, p.senza_codice) for p in pezzi] == [(uno, [1, 2, 3], [3]), (due, [4], [])]
    assert [letti(parte) for parte in parti] == [[(uno, [1, 2, 3])], [(due, [1])]]


def test_le_prime_pagine_senza_codice_restano_da_dire_a_mano():
    codice, pdf = carta()
    assert letti(in_pdf(bianca(), in_figura(pdf))) == [("", [1]), (codice, [2])]


def test_un_qr_di_altri_non_e_una_carta_e_si_dice():
    import segno

    disegno = io.BytesIO()
    segno.make("https://example.org/biglietto").save(disegno, kind="png", scale=8)
    pezzi, _ = qr.leggi_scansione(disegno.getvalue())
    assert [(p.codice, p.estranei) for p in pezzi] == [("", ["https://example.org/biglietto"])]


@pytest.mark.parametrize(
    ("scansione", "parola"),
    [
        (b"%PDF-1.7\nrovinato", "non si apre"),
        (b"\x89PNG\r\n\x1a\nrovinata", "non si apre"),
    ],
)
def test_una_scansione_rovinata_si_tiene_intera_e_si_dice_perche(scansione, parola):
    dove = io.BytesIO()
    qr.scrivi_archivio(scansione, dove)
    with zipfile.ZipFile(dove) as archivio:
        esito = json.loads(archivio.read("pezzi.json"))
        assert archivio.read("0") == scansione
    assert parola in esito["errore"]
    assert [p["codice"] for p in esito["pezzi"]] == [""]


def test_troppe_pagine_si_rifiutano_dicendo_quante(monkeypatch):
    monkeypatch.setattr(qr, "PAGINE_MASSIME", 2)
    with pytest.raises(qr.Illeggibile, match="3 pagine"):
        qr.leggi_scansione(in_pdf(bianca(), bianca(), bianca()))


def test_un_immagine_enorme_non_si_apre(monkeypatch):
    monkeypatch.setattr(qr, "PIXEL_MASSIMI", 1000)
    with pytest.raises(qr.Illeggibile, match="troppo grande"):
        qr.leggi_scansione(in_jpeg(bianca()))


def test_una_busta_firmata_si_tiene_senza_guardarci_dentro():
    busta = b"0\x83\x01\x00\x00" + random.Random(1).randbytes(50)
    assert qr.leggi_scansione(busta) == ([qr.Pezzo("", [1])], [busta])
