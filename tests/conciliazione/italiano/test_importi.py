"""Amounts: every way met in the schede is read, nothing is mended, and no cent is lost in parting them."""

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conciliazione.italiano.importi import (
    MASSIMO,
    ImportoNonLeggibile,
    entro,
    leggi_importo,
    percentuale,
    ripartisci,
    scrivi_euro,
    scrivi_importo,
    scrivi_percentuale,
    tetto,
)

importi = st.decimals(min_value=0, max_value=MASSIMO, places=2)
pesi = st.lists(st.decimals(min_value=0, max_value=10**6, places=2), min_size=1, max_size=12)
quasi_importi = st.text(alphabet="0123456789.,' €-−()=*aEe+_\u00a0", max_size=18)


@pytest.mark.parametrize(
    ("scritto", "letto"),
    [
        ("€ 65.000,00", "65000.00"),
        ("2.000,00", "2000.00"),
        ("0,00", "0.00"),
        ("€ 34.784,00", "34784.00"),
        ("€ 0", "0.00"),
        ("**60.741,00**", "60741.00"),
        ("**€ 60.741,00**", "60741.00"),
        ("€ 12500", "12500.00"),
        ("39.300,00 €", "39300.00"),
        ("€ 100.000", "100000.00"),
        ("€ 96.409,75", "96409.75"),
        ("€. 500,00", "500.00"),
        ("12,5", "12.50"),
        ("1.234", "1234.00"),
        ("1234.56", "1234.56"),
        ("2000.00", "2000.00"),
        ("7.5", "7.50"),
        ("1'234,50", "1234.50"),
        ("1’234’567,50", "1234567.50"),
        ("65 000,00", "65000.00"),
        ("65\u00a0000,00\u00a0€", "65000.00"),
        ("65\u202f000,00", "65000.00"),
        ("65\u2009000,00", "65000.00"),
        ("\ufeff12,00", "12.00"),
        ("500 euro", "500.00"),
        ("Euro 500", "500.00"),
        ("500euro", "500.00"),
        ("EUR 500,00", "500.00"),
        ("9.999.999.999,99", "9999999999.99"),
    ],
)
def test_si_legge_ogni_modo_di_scrivere_un_importo(scritto, letto):
    assert str(leggi_importo(scritto)) == letto


@pytest.mark.parametrize("vuoto", ["", "  ", "\u00a0", "\n\t", "\u200b", "****"])
def test_il_vuoto_non_e_zero(vuoto):
    assert leggi_importo(vuoto) is None


@pytest.mark.parametrize(
    ("scritto", "proposta"),
    [
        ("226,145,53", "226145.53"),
        ("€ 226,145,53", "226145.53"),
        ("1,234.56", "1234.56"),
        ("1,234,567", "1234567.00"),
        ("1,234,567.89", "1234567.89"),
        ("12,345", "12345.00"),
        ("123,456", "123456.00"),
        ("9,999,999,999.99", "9999999999.99"),
        ("1234.567", "1234567.00"),
        ("1.234.56", "1234.56"),
        ("12.500.00", "12500.00"),
        ("12,,50", "12.50"),
        (",50", "0.50"),
        ("50,", "50.00"),
        ("65. 000,00", "65000.00"),
        ("65.000,-", "65000.00"),
        ("500,00=", "500.00"),
        ("circa 5.000,00", "5000.00"),
    ],
)
def test_un_importo_mal_scritto_e_rifiutato_con_la_proposta(scritto, proposta):
    with pytest.raises(ImportoNonLeggibile) as rifiuto:
        leggi_importo(scritto)
    assert str(rifiuto.value.proposta) == proposta


@pytest.mark.parametrize(
    "scritto",
    [
        *("1.23.456", "0,123", "1234,567", "1.234,567", "1,234.567", "0.123", "12 50", "1.234,5.6", "123,45,6,7"),
        *("l.000,00", "10 mila", "5.000 + IVA", "n.d.", "1e5", "1_000", "NaN", "Infinity", "0x10", "€", "."),
        *("٣", "²", "１２", "१२,५०", "99,999,999,999", "10 20 30", "0 5,50", "01,234,567"),
    ],
)
def test_dove_indovinare_sarebbe_inventare_si_rifiuta_senza_proposta(scritto):
    with pytest.raises(ImportoNonLeggibile) as rifiuto:
        leggi_importo(scritto)
    assert rifiuto.value.proposta is None


def test_il_rifiuto_dice_che_cosa_era_scritto_e_che_cosa_si_intendeva():
    with pytest.raises(ImportoNonLeggibile, match=r"^«226,145,53» non è un importo: intendevi 226\.145,53\?$"):
        leggi_importo("226,145,53")


def test_il_rifiuto_conserva_il_testo_come_era_scritto():
    with pytest.raises(ImportoNonLeggibile) as rifiuto:
        leggi_importo(" € 226,145,53 ")
    assert rifiuto.value.scritto == " € 226,145,53 "


@pytest.mark.parametrize("scritto", ["-5,00", "− 5,00", "€ -5", "5,00-", "(5,00)", "–5"])
def test_un_importo_con_il_segno_meno_e_rifiutato_e_non_cambia_segno_da_solo(scritto):
    with pytest.raises(ImportoNonLeggibile, match="mai negativo") as rifiuto:
        leggi_importo(scritto)
    assert rifiuto.value.proposta is None


def test_tre_decimali_sono_rifiutati_e_non_arrotondati():
    with pytest.raises(ImportoNonLeggibile, match="più di due cifre dopo la virgola"):
        leggi_importo("1234,567")


def test_le_parole_al_posto_delle_cifre_chiedono_cifre_o_vuoto():
    with pytest.raises(ImportoNonLeggibile, match="lascia vuoto"):
        leggi_importo("non previsto")


@pytest.mark.parametrize("scritto", ["10.000.000.000", "1" * 5000])
def test_un_importo_troppo_grande_e_rifiutato(scritto):
    with pytest.raises(ImportoNonLeggibile, match=r"arriva a 9\.999\.999\.999,99"):
        leggi_importo(scritto)


@pytest.mark.parametrize("scritto", ["1," * 100_000, "." * 100_000 + "1", "1 " * 100_000, "1.000" * 50_000])
def test_un_testo_smisurato_e_rifiutato_con_una_frase_breve(scritto):
    with pytest.raises(ImportoNonLeggibile) as rifiuto:
        leggi_importo(scritto)
    assert len(str(rifiuto.value)) < 200


@given(importi)
def test_cio_che_si_scrive_si_rilegge_uguale(importo):
    assert leggi_importo(scrivi_importo(importo)) == importo


@given(importi)
def test_anche_con_l_euro_e_lo_spazio_fisso_si_rilegge_uguale(importo):
    assert leggi_importo(scrivi_euro(importo)) == importo


@given(importi)
def test_la_forma_di_scambio_si_rilegge_uguale(importo):
    assert leggi_importo(f"{importo:.2f}") == importo


@given(quasi_importi)
def test_cio_che_si_legge_ha_le_stesse_cifre_di_cio_che_era_scritto(scritto):
    try:
        letto = leggi_importo(scritto)
    except ImportoNonLeggibile:
        return
    cifre = re.sub("[^0-9]", "", scritto)
    intero, decimali = f"{letto:.2f}".split(".") if letto is not None else ("", "")
    tutte = {intero.lstrip("0") + decimali[:n] for n in (0, 1, 2) if set(decimali[n:]) <= {"0"}}
    assert cifre.lstrip("0") in {t.lstrip("0") for t in tutte}


@given(quasi_importi)
def test_la_proposta_ha_le_stesse_cifre_di_cio_che_era_scritto(scritto):
    try:
        leggi_importo(scritto)
    except ImportoNonLeggibile as rifiuto:
        if rifiuto.proposta is not None:
            cifre = re.sub("[^0-9]", "", scritto).lstrip("0")
            proposte = re.sub("[^0-9]", "", f"{rifiuto.proposta:.2f}").lstrip("0")
            assert proposte in (cifre, f"{cifre}0", f"{cifre}00") or proposte == "" == cifre.strip("0")


@given(quasi_importi)
def test_la_proposta_scritta_per_bene_e_accettata(scritto):
    try:
        leggi_importo(scritto)
    except ImportoNonLeggibile as rifiuto:
        proposta = rifiuto.proposta
        assert leggi_importo(scrivi_importo(proposta)) == proposta


@given(st.text(max_size=40))
def test_qualunque_testo_si_legge_o_si_rifiuta_con_una_frase(testo):
    try:
        letto = leggi_importo(testo)
    except ImportoNonLeggibile as rifiuto:
        assert str(rifiuto).endswith((".", "?"))  # noqa: PT017
    else:
        assert letto is None or (0 <= letto <= MASSIMO and letto.as_tuple().exponent == -2)


@pytest.mark.parametrize(
    ("valore", "scritto"),
    [
        (Decimal("1234.56"), "1.234,56"),
        (Decimal("1234567.8"), "1.234.567,80"),
        (Decimal("0"), "0,00"),
        (Decimal("-2000"), "-2.000,00"),
        (Decimal("-0.001"), "0,00"),
        (Decimal("0.125"), "0,13"),
        (0, "0,00"),
        (None, ""),
    ],
)
def test_un_importo_si_scrive_all_italiana(valore, scritto):
    assert scrivi_importo(valore) == scritto


def test_il_simbolo_dell_euro_non_va_a_capo():
    assert scrivi_euro(Decimal("1234.56")) == "€\u00a01.234,56"


def test_un_importo_che_manca_non_ha_il_simbolo_dell_euro():
    assert scrivi_euro(None) == ""


@pytest.mark.parametrize("funzione", [scrivi_importo, lambda v: entro(v, 10, 10), lambda v: ripartisci(v, [Decimal(1)])])
def test_un_float_non_e_un_importo(funzione):
    with pytest.raises(TypeError, match="mai un float"):
        funzione(0.1)


@given(importi, pesi)
def test_le_parti_fanno_il_tutto_al_centesimo(totale, quote):
    assert sum(ripartisci(totale, quote)) == totale


@given(importi, pesi)
def test_ogni_parte_dista_meno_di_un_centesimo_dalla_sua_quota_esatta(totale, quote):
    quote = quote if any(quote) else [Decimal(1)] * len(quote)
    for parte, peso in zip(ripartisci(totale, quote), quote, strict=True):
        assert abs(parte * sum(quote) - totale * peso) < Decimal("0.01") * sum(quote)


@given(importi, pesi)
def test_chi_ha_peso_zero_non_riceve_nulla(totale, quote):
    quote = [*quote, Decimal(1), Decimal(0)]
    assert ripartisci(totale, quote)[-1] == 0


def test_a_parita_di_resto_il_centesimo_va_a_chi_viene_prima():
    assert ripartisci(Decimal("100.00"), [Decimal(1)] * 3) == [Decimal("33.34"), Decimal("33.33"), Decimal("33.33")]


def test_il_centesimo_va_al_resto_maggiore():
    assert ripartisci(Decimal("0.10"), [Decimal(1), Decimal(2)]) == [Decimal("0.03"), Decimal("0.07")]


def test_con_pesi_tutti_nulli_le_parti_sono_uguali():
    assert ripartisci(Decimal("10.00"), [Decimal(0), Decimal(0)]) == [Decimal("5.00"), Decimal("5.00")]


@pytest.mark.parametrize(
    ("totale", "quote"),
    [("10", []), ("10", [Decimal(1), Decimal(-1)]), ("-1", [Decimal(1)]), ("0.005", [Decimal(1)])],
)
def test_una_ripartizione_senza_senso_e_un_errore(totale, quote):
    with pytest.raises(ValueError, match="ripartisci"):
        ripartisci(Decimal(totale), quote)


@pytest.mark.parametrize(
    ("parte", "intero", "scritta"),
    [("16000", "65000", "24,62%"), ("14000", "65000", "21,54%"), ("1", "800", "0,13%"), ("0", "5", "0,00%")],
)
def test_la_percentuale_si_mostra_con_due_decimali(parte, intero, scritta):
    assert scrivi_percentuale(percentuale(Decimal(parte), Decimal(intero))) == scritta


def test_di_un_intero_nullo_non_c_e_percentuale():
    assert percentuale(Decimal(5), Decimal(0)) is None


def test_una_percentuale_che_manca_resta_vuota():
    assert scrivi_percentuale(None) == ""


def test_al_limite_esatto_si_e_entro():
    assert entro(Decimal("6500.00"), Decimal(10), Decimal("65000.00"))


def test_un_centesimo_oltre_il_limite_si_e_fuori():
    assert not entro(Decimal("6500.01"), Decimal(10), Decimal("65000.00"))


def test_il_limite_guarda_gli_importi_e_non_la_percentuale_arrotondata():
    assert percentuale(Decimal("10.004"), Decimal("100")) == Decimal("10.00")
    assert not entro(Decimal("10.004"), Decimal("10"), Decimal("100"))


def test_il_tetto_si_arrotonda_per_difetto():
    assert tetto(Decimal("33.33"), Decimal("100.05")) == Decimal("33.34")


@given(importi, st.decimals(min_value=0, max_value=100, places=2))
def test_il_tetto_e_il_maggiore_importo_entro_il_limite(base, percento):
    limite = tetto(percento, base)
    assert entro(limite, percento, base)
    assert not entro(limite + Decimal("0.01"), percento, base)
