"""The filters that every template has: how figures and dates read on a page."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.template import engines


def pagina(espressione: str, valore: object = None) -> str:
    return engines["django"].from_string(f"{{{{ valore|{espressione} }}}}").render({"valore": valore})


@pytest.mark.parametrize(
    ("filtro", "valore", "letto"),
    [
        ("importo", Decimal("65000"), "65.000,00"),
        ("importo", "65000.00", "65.000,00"),
        ("importo", 0, "0,00"),
        ("euro", Decimal("1234.56"), "€\u00a01.234,56"),
        ("percento", Decimal("24.62"), "24,62%"),
        ("data", date(2026, 11, 21), "21/11/2026"),
        ("data", "2015-12-31", "31/12/2015"),
        ("mese", "2014-10", "ottobre 2014"),
        ("mese", date(2014, 10, 5), "ottobre 2014"),
    ],
)
def test_il_valore_si_legge_all_italiana(filtro, valore, letto):
    assert pagina(filtro, valore) == letto


@pytest.mark.parametrize("filtro", ["importo", "euro", "percento", "data", "data_ora", "mese", "elenco_it"])
@pytest.mark.parametrize("vuoto", [None, ""])
def test_cio_che_manca_resta_vuoto(filtro, vuoto):
    assert pagina(filtro, vuoto) == ""


@pytest.mark.parametrize("filtro", ["importo", "euro", "percento", "data", "data_ora", "mese"])
def test_un_testo_che_non_si_legge_resta_come_era_scritto(filtro):
    assert pagina(filtro, "da mese/2014") == "da mese/2014"


def test_un_testo_che_non_si_legge_non_porta_codice_nella_pagina():
    assert pagina("importo", "<b>") == "&lt;b&gt;"


def test_l_ora_e_quella_d_italia_d_inverno():
    assert pagina("data_ora", datetime(2026, 11, 21, 9, 42, tzinfo=UTC)) == "21/11/2026 alle 10:42"


def test_l_ora_e_quella_d_italia_d_estate():
    assert pagina("data_ora", datetime(2026, 7, 21, 8, 42, tzinfo=UTC)) == "21/07/2026 alle 10:42"


def test_un_momento_come_viaggia_in_una_versione_si_legge_uguale():
    assert pagina("data_ora", "2026-11-21T09:42:00+00:00") == "21/11/2026 alle 10:42"


@pytest.mark.parametrize(("filtro", "letto"), [("data", "01/01/2027"), ("mese", "gennaio 2027")])
def test_poco_dopo_mezzanotte_il_giorno_e_gia_quello_d_italia(filtro, letto):
    assert pagina(filtro, datetime(2026, 12, 31, 23, 30, tzinfo=UTC)) == letto


@pytest.mark.parametrize(
    ("voci", "letto"),
    [
        (["a"], "a"),
        (["a", "b"], "a e b"),
        (["a", "b", "c"], "a, b e c"),
        (["Anna", "Elena"], "Anna ed Elena"),
        (("x" for _ in range(2)), "x e x"),
        ([1, 2], "1 e 2"),
        ([], ""),
    ],
)
def test_un_elenco_si_legge_con_la_congiunzione(voci, letto):
    assert pagina("elenco_it", voci) == letto


def test_le_voci_di_un_elenco_non_portano_codice_nella_pagina():
    assert pagina("elenco_it", ["<b>", "c"]) == "&lt;b&gt; e c"


@pytest.mark.parametrize(("quanti", "letto"), [(0, "0 enti"), (1, "1 ente"), (3, "3 enti"), (1200, "1.200 enti")])
def test_un_numero_si_legge_con_il_suo_plurale(quanti, letto):
    assert pagina('plurale:"ente,enti"', quanti) == letto
