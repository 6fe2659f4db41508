"""The counted lines are the printed ones, whatever is pasted in a text."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conciliazione import stampa
from conciliazione.schede import pdf
from conciliazione.schede.righe import conta

from ... import scheda_di_crema as crema

LARGHEZZA, CORPO = "170.00", "10.0"

PAROLE = (
    "conciliazione",
    "famiglia-lavoro",
    "perché",
    "l'orario",
    "è",
    "un",
    "dell'alleanza",
    "€ 1.234,56",
    "(max 30 righe)",
    "http://www.esempio.it/una/pagina/con/un/indirizzo/molto/lungo?che=non&si=spezza",
    "precipitevolissimevolmente" * 12,
    "👍🏽",
    "\U0001f468\u200d\U0001f469\u200d\U0001f467",
    "→ ☑ ≤",
    "中文",
    "עברית",
    "a\u0301",
    "con\u00adcilia\u00adzione",
    "due\u00a0parole",
    "<b>&amp;",
    "\u202erovescio",
)
SPAZI = (" ", " ", " ", " ", "\n", "\n\n", "\t", "   ", "\r\n", "\n- ", "\u2028", "\x0b")
testi = st.lists(st.tuples(st.sampled_from(PAROLE), st.sampled_from(SPAZI)), min_size=1, max_size=90).map(
    lambda pezzi: "".join(parola + spazio for parola, spazio in pezzi)
)


def stampate(documento) -> int:
    """Lines laid out inside the boxes of long texts, on all pages."""
    from weasyprint.formatting_structure import boxes

    def dentro(scatola, nel_testo: bool) -> int:
        elemento = getattr(scatola, "element", None)
        nel_testo = nel_testo or (elemento is not None and elemento.get("class") == "righe")
        if isinstance(scatola, boxes.LineBox):
            return int(nel_testo)
        return sum(dentro(figlia, nel_testo) for figlia in getattr(scatola, "children", None) or ())

    return sum(dentro(pagina._page_box, False) for pagina in documento.pages)


def stampa_di(dati: dict, *blocchi: str):
    """The printed page of a few blocks, laid out."""
    lettura = crema.lettura(dati)
    tenuti = [b for s in lettura["sezioni"] for b in s["blocchi"] if b["chiave"] in blocchi]
    lettura["sezioni"] = [lettura["sezioni"][2] | {"blocchi": tenuti}]
    return stampa.documento(pdf.html_scheda(lettura, dati, **crema.parametri(dati)))


@settings(max_examples=60)
@given(testi)
def test_le_righe_contate_sono_quelle_stampate(testo):
    assert conta(testo, LARGHEZZA, CORPO) == stampate(stampa_di(crema.con_testo(testo), "III.1.1"))


def test_le_righe_contate_sono_quelle_stampate_anche_nella_scheda_intera():
    dati = crema.contenuto()
    lunghi = [r[""]["testo"] for r in dati["risposte"].values() if "testo" in r.get("", {})]
    html = pdf.html_scheda(crema.lettura(dati), dati, **crema.parametri(dati))
    assert len(lunghi) == 8
    assert stampate(stampa.documento(html)) == sum(conta(testo, LARGHEZZA, CORPO) for testo in lunghi)


def test_un_testo_che_passa_da_una_pagina_all_altra_ha_le_stesse_righe():
    testo = "\n".join(f"riga {n}" for n in range(150))
    documento = stampa_di(crema.con_testo(testo), "III.1.1")
    assert len(documento.pages) > 1
    assert stampate(documento) == conta(testo, LARGHEZZA, CORPO) == 150


@pytest.mark.parametrize(("larghezza", "corpo"), [("120.00", "10.0"), ("170.00", "12.0"), ("180.00", "8.0")])
def test_larghezza_e_corpo_dell_avviso_valgono_per_chi_conta_e_per_chi_stampa(larghezza, corpo):
    testo = "Un testo abbastanza lungo da andare a capo più volte. " * 30
    dati = crema.con_testo(testo)
    dati["avviso"] |= {"righe_larghezza_mm": larghezza, "righe_corpo_pt": corpo}
    contate = conta(testo, larghezza, corpo)
    assert contate == stampate(stampa_di(dati, "III.1.1"))
    assert contate != conta(testo, LARGHEZZA, CORPO)


@pytest.mark.parametrize(
    ("testo", "righe"),
    [
        ("", 0),
        (" \n\t\n", 0),
        ("una", 1),
        ("una\n", 1),
        ("una\n\n\n", 1),
        ("una\n\ntre", 3),
        ("una\r\n\r\ntre", 3),
        ("una\u2028due", 2),
        ("\n\ntre", 3),
    ],
)
def test_le_righe_vuote_in_mezzo_contano_quelle_in_fondo_no(testo, righe):
    assert conta(testo, LARGHEZZA, CORPO) == righe


def test_una_parola_piu_lunga_della_riga_va_a_capo():
    assert conta("a" * 300, LARGHEZZA, CORPO) > 1
