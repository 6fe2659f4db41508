"""Days and months as people write them: what is clear is read, the rest is refused with an example."""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conciliazione.italiano.date import (
    DataNonLeggibile,
    MeseNonLeggibile,
    leggi_data,
    leggi_data_di_nascita,
    leggi_mese,
    mesi_tra,
    scrivi_data,
    scrivi_mese,
)

giorni = st.dates(date(1900, 1, 1), date(2100, 12, 31))
mesi = st.builds("{}-{:02}".format, st.integers(1900, 2100), st.integers(1, 12))


@pytest.mark.parametrize(
    ("scritta", "letta"),
    [
        ("31.12.2015", date(2015, 12, 31)),
        ("14/07/2022", date(2022, 7, 14)),
        ("14-7-2022", date(2022, 7, 14)),
        ("2022-07-14", date(2022, 7, 14)),
        ("14 luglio 2022", date(2022, 7, 14)),
        ("14 LUGLIO\u00a02022", date(2022, 7, 14)),
        ("1° ott. 2014", date(2014, 10, 1)),
        (" 14 / 07 / 2022 ", date(2022, 7, 14)),
        ("29/02/2016", date(2016, 2, 29)),
    ],
)
def test_si_legge_ogni_modo_di_scrivere_un_giorno(scritta, letta):
    assert leggi_data(scritta) == letta


@pytest.mark.parametrize("leggi", [leggi_data, leggi_mese])
def test_il_vuoto_resta_vuoto(leggi):
    assert leggi(" \u00a0 ") is None


@pytest.mark.parametrize("scritta", ["domani", "14/07/22", "14/07.2022", "14 lu 2022", "2022", "١٤/٠٧/٢٠٢٢", "1e3/1/2015"])
def test_cio_che_non_e_una_data_e_rifiutato_con_un_esempio(scritta):
    with pytest.raises(DataNonLeggibile, match="31/12/2015"):
        leggi_data(scritta)


@pytest.mark.parametrize("scritta", ["31/02/2015", "29 febbraio 2015", "0/02/2015"])
def test_un_giorno_che_non_e_nel_calendario_e_rifiutato_dicendo_quanti_ne_ha_il_mese(scritta):
    with pytest.raises(DataNonLeggibile, match="febbraio 2015 ha 28 giorni"):
        leggi_data(scritta)


@pytest.mark.parametrize("scritta", ["01/13/2015", "01/00/2015"])
def test_un_mese_che_non_c_e_e_rifiutato(scritta):
    with pytest.raises(DataNonLeggibile, match="i mesi vanno da 1 a 12"):
        leggi_data(scritta)


@pytest.mark.parametrize(
    ("leggi", "scritto"), [(leggi_data, "31/12/1899"), (leggi_data, "01/01/1899"), (leggi_mese, "12/2101")]
)
def test_un_anno_lontano_e_rifiutato(leggi, scritto):
    with pytest.raises(DataNonLeggibile, match="dal 1900 al 2100"):
        leggi(scritto)


def test_il_rifiuto_conserva_il_testo_come_era_scritto():
    with pytest.raises(DataNonLeggibile) as rifiuto:
        leggi_data(" domani ")
    assert rifiuto.value.scritto == " domani "


@pytest.mark.parametrize(
    ("scritto", "letto"),
    [
        ("10/2014", "2014-10"),
        ("1.2014", "2014-01"),
        ("2014-10", "2014-10"),
        ("2014/10", "2014-10"),
        ("ottobre 2014", "2014-10"),
        ("Ottobre 2017", "2017-10"),
        ("OTTOBRE/2017", "2017-10"),
        ("ott 2014", "2014-10"),
        ("ott. 2014", "2014-10"),
        ("sett. 2018", "2018-09"),
        ("mag 2018", "2018-05"),
        ("mar 2018", "2018-03"),
        ("giu 2018", "2018-06"),
        ("lug 2018", "2018-07"),
    ],
)
def test_si_legge_ogni_modo_di_scrivere_un_mese(scritto, letto):
    assert leggi_mese(scritto) == letto


@pytest.mark.parametrize("scritto", ["mese/2014", "mese / 2015", "Mese 2014", "mm/aaaa", "MM/2014", "..../2014", "____/2014"])
def test_il_segnaposto_del_modulo_non_e_un_mese(scritto):
    with pytest.raises(MeseNonLeggibile, match="segnaposto del modulo"):
        leggi_mese(scritto)


@pytest.mark.parametrize("scritto", ["ottobre", "ott 14", "2014", "ma 2014", "da ottobre 2014", "24 mesi", "ottobrino 2014"])
def test_cio_che_non_e_un_mese_e_rifiutato_con_un_esempio(scritto):
    with pytest.raises(MeseNonLeggibile, match="10/2014 o ottobre 2014"):
        leggi_mese(scritto)


@pytest.mark.parametrize(
    ("scritto", "proposta"), [("14/07/2022", "07/2022"), ("1 gennaio 2022", "01/2022"), ("2022-12-31", "12/2022")]
)
def test_un_giorno_dove_si_chiede_un_mese_e_rifiutato_con_la_proposta(scritto, proposta):
    with pytest.raises(MeseNonLeggibile, match=f"togli il giorno e scrivi {proposta}"):
        leggi_mese(scritto)


def test_un_giorno_di_un_mese_che_non_c_e_non_ha_proposta():
    with pytest.raises(MeseNonLeggibile, match="10/2014 o ottobre 2014"):
        leggi_mese("01/13/2022")


@pytest.mark.parametrize("leggi", [leggi_data, leggi_mese])
@pytest.mark.parametrize("scritto", ["boh", "01/13/2022", "13/2014", "mese/2014", "01/01/1700", "01/1700", "ottobre"])
def test_gli_esempi_dei_rifiuti_si_leggono(leggi, scritto):
    with pytest.raises(DataNonLeggibile) as rifiuto:
        leggi(scritto)
    detto = str(rifiuto.value).replace(f"«{scritto}»", "")
    (esempio,) = re.findall(r"[0-9]+(?:/[0-9]+)+", detto)
    assert (leggi(esempio), esempio[-4:]) in [(date(2015, 12, 31), "2015"), ("2014-10", "2014")]


def test_un_mese_13_e_rifiutato():
    with pytest.raises(MeseNonLeggibile, match="da 1 a 12"):
        leggi_mese("13/2014")


@given(giorni)
def test_un_giorno_scritto_si_rilegge_uguale(giorno):
    assert leggi_data(scrivi_data(giorno)) == giorno


@given(mesi)
def test_un_mese_scritto_si_rilegge_uguale(mese):
    assert leggi_mese(scrivi_mese(mese)) == mese


@given(mesi)
def test_un_mese_gia_letto_si_rilegge_uguale(mese):
    assert leggi_mese(mese) == mese


@given(st.text(max_size=30))
def test_qualunque_testo_si_legge_o_si_rifiuta(testo):
    for leggi in (leggi_data, leggi_mese):
        try:
            leggi(testo)
        except DataNonLeggibile as rifiuto:
            assert rifiuto.scritto == testo  # noqa: PT017


def test_un_giorno_si_scrive_con_due_cifre_per_giorno_e_mese():
    assert scrivi_data(date(2015, 3, 1)) == "01/03/2015"


def test_un_mese_si_scrive_in_lettere():
    assert scrivi_mese("2014-10") == "ottobre 2014"


@pytest.mark.parametrize("scrivi", [scrivi_data, scrivi_mese])
def test_cio_che_manca_resta_vuoto(scrivi):
    assert scrivi(None) == ""


@pytest.mark.parametrize("mese", ["10/2014", "2014-13", "2014-00", "2014-1"])
def test_un_mese_in_altra_forma_non_si_scrive(mese):
    with pytest.raises(ValueError, match="nella forma 2014-10"):
        scrivi_mese(mese)


@pytest.mark.parametrize(
    ("primo", "ultimo", "quanti"),
    [("2014-10", "2015-12", 15), ("2014-01", "2015-12", 24), ("2014-10", "2014-10", 1), ("2014-12", "2015-01", 2)],
)
def test_i_mesi_si_contano_compresi_il_primo_e_l_ultimo(primo, ultimo, quanti):
    assert mesi_tra(primo, ultimo) == quanti


@pytest.mark.parametrize("ultimo", ["2014-09", "2010-01"])
def test_fra_due_mesi_scambiati_non_ce_n_e_nessuno(ultimo):
    assert mesi_tra("2014-10", ultimo) == 0


@pytest.mark.parametrize("scritta", ["", "01/01/1900", "21/11/2026", "14 luglio 1961"])
def test_una_data_di_nascita_passata_si_legge_come_ogni_data(scritta):
    assert leggi_data_di_nascita(scritta, date(2026, 11, 21)) == leggi_data(scritta)


@pytest.mark.parametrize(
    ("scritta", "detto"),
    [
        ("22/11/2026", "«22/11/2026» non può essere: la data di nascita è nel futuro."),
        ("14/03/2061", "la data di nascita è nel futuro"),
        ("31/12/1899", "l'anno va dal 1900"),
        ("ieri", "non è una data"),
    ],
)
def test_una_data_di_nascita_nel_futuro_o_di_troppi_anni_fa_e_rifiutata(scritta, detto):
    with pytest.raises(DataNonLeggibile) as rifiuto:
        leggi_data_di_nascita(scritta, date(2026, 11, 21))
    assert detto in str(rifiuto.value)
