"""The missing tile: one line in euro that says what closes the budget."""

from decimal import Decimal

import pytest
from django.urls import reverse

from progetti.contenuto import contenuto as contenuto_di
from progetti.models import Progetto
from progetti.scheda.accesso import edizione_di
from progetti.scheda.bilancio import bilancio, bilancio_di, tetto
from progetti.scheda.pagina import Pagina

from ...moduli import campi
from ...piccola import AZIONI, COFINANZIAMENTO, COSTI, EDIZIONE, PROGETTO, cofinanziamento, contenuto

LIMITI = {"contributo_percentuale": "70.00", "contributo_massimo": "50000.00", "cofinanziamento_minimo": "30.00"}


def detta(messo: str, obiettivo: str | None = None, **avviso):
    """Of a project that costs 69.800,00."""
    dati = contenuto(**avviso)
    dati["cofinanziamenti"] = [cofinanziamento(messo)] if messo else []
    return bilancio(EDIZIONE, dati, None if obiettivo is None else Decimal(obiettivo))


@pytest.mark.parametrize(
    ("messo", "obiettivo", "frase"),
    [
        (
            "19660.00",
            "48800.00",
            "Con 48.800,00 di contributo servono 21.000,00 di cofinanziamento: ne mancano 1.340,00; tetto 48.860,00.",
        ),
        (
            "21000.00",
            "48800.00",
            "Con 48.800,00 di contributo servono 21.000,00 di cofinanziamento: ci sono tutti, il bilancio chiude; "
            "tetto 48.860,00.",
        ),
        (
            "23000.00",
            "48800.00",
            "Con 48.800,00 di contributo servono 21.000,00 di cofinanziamento: ce ne sono 2.000,00 di troppo; tetto 48.860,00.",
        ),
        (
            "20000.00",
            "49800.00",
            "Il contributo obiettivo, 49.800,00, supera il tetto 48.860,00 di 940,00: con 48.860,00 di contributo servono "
            "20.940,00 di cofinanziamento: ne mancano 940,00.",
        ),
        (
            "",
            "70000.00",
            "Il contributo obiettivo, 70.000,00, è più del costo, 69.800,00: anche senza cofinanziamento mancano 200,00 "
            "di costo; tetto 48.860,00.",
        ),
        (
            "21000.00",
            None,
            "Il bilancio chiude: 48.800,00 di contributo e 21.000,00 di cofinanziamento fanno 69.800,00; tetto 48.860,00.",
        ),
        (
            "19660.00",
            None,
            "Con 19.660,00 di cofinanziamento il contributo richiesto è 50.140,00, oltre il tetto 48.860,00: servono "
            "20.940,00 di cofinanziamento, ne mancano 1.280,00.",
        ),
        ("69800.01", None, "Il cofinanziamento, 69.800,01, supera il costo, 69.800,00, di 0,01."),
    ],
)
def test_una_riga_dice_che_cosa_chiude_il_bilancio(messo, obiettivo, frase):
    assert detta(messo, obiettivo, **LIMITI).frase == frase


def test_senza_limiti_si_dice_che_l_avviso_non_ne_dice():
    assert detta("1000.00").frase.endswith("l'avviso non dice un tetto.")
    assert detta("1000.00", "60000.00").frase.endswith("ne mancano 8.800,00; l'avviso non dice un tetto.")


def test_senza_costi_si_dice_da_dove_cominciare():
    dati = contenuto(**LIMITI) | {"costi": []}
    trovata = bilancio(EDIZIONE, dati, Decimal("100.00"))
    assert trovata.frase.startswith("Non ci sono ancora costi")
    assert "50.000,00" in trovata.frase


@pytest.mark.parametrize(
    ("limiti", "atteso"),
    [
        ({"contributo_percentuale": "70.00"}, "48860.00"),
        ({"contributo_massimo": "40000.00", "contributo_percentuale": "70.00"}, "40000.00"),
        ({"cofinanziamento_minimo": "50.00", "contributo_percentuale": "70.00"}, "34900.00"),
        ({}, None),
    ],
)
def test_il_tetto_e_il_piu_stretto_dei_limiti(limiti, atteso):
    trovato = tetto(contenuto(**limiti), Decimal("69800.00"))
    assert trovato == (None if atteso is None else Decimal(atteso))


def test_se_il_cofinanziamento_sale_il_contributo_scende_sotto_l_obiettivo():
    assert detta("21000.00", "48800.00").avviso == ""
    assert detta("23000.00", "48800.00").avviso == (
        "Il contributo richiesto è sceso a 46.800,00: 2.000,00 meno dell'obiettivo, perché il cofinanziamento è salito a "
        "23.000,00."
    )


# Who sees it. ------------------------------------------------------------------------------------------------------------


def con_obiettivo(progetto, importo="1234.56"):
    progetto.contributo_obiettivo = Decimal(importo)
    progetto.save(update_fields=["contributo_obiettivo"])
    return progetto


@pytest.mark.parametrize("chi", ["capofila", "responsabile"])
def test_il_bilancio_e_di_chi_compila_e_dove_si_scrive_denaro(request, progetto, chi):
    pagina = Pagina(con_obiettivo(progetto), request.getfixturevalue(chi))
    blocchi = {b.chiave: b for b in pagina.edizione.blocchi}
    assert bilancio_di(pagina, [blocchi["IV.1.2"]]).obiettivo == Decimal("1234.56")
    assert bilancio_di(pagina, [blocchi["I.1"], blocchi["I.6"]]) is None


def test_dove_il_cofinanziamento_e_una_cifra_sola_il_bilancio_c_e():
    class Finta:
        compila, edizione, contenuto = True, EDIZIONE, contenuto()

        class progetto:
            contributo_obiettivo = None

    assert bilancio_di(Finta, [COFINANZIAMENTO])
    assert bilancio_di(Finta, [COSTI])
    assert bilancio_di(Finta, [PROGETTO, AZIONI]) is None


def test_chi_solo_legge_non_ha_il_bilancio(progetto, ats):
    pagina = Pagina(con_obiettivo(progetto), ats)
    assert bilancio_di(pagina, pagina.edizione.blocchi) is None


@pytest.mark.parametrize("chi", ["partner", "altro_partner"])
def test_un_partner_ha_il_bilancio_senza_l_obiettivo(request, progetto, chi):
    pagina = Pagina(con_obiettivo(progetto), request.getfixturevalue(chi))
    suo = bilancio_di(pagina, pagina.edizione.blocchi)
    assert suo.frase.startswith("Il bilancio chiude:")
    assert suo.obiettivo is None
    progetto.stato = "presentato"
    assert bilancio_di(pagina, pagina.edizione.blocchi) is None


def test_l_obiettivo_si_scrive_all_italiana_e_si_toglie(entra, capofila, progetto):
    url = reverse("progetti:obiettivo", args=[progetto.pk])
    browser = entra(capofila)
    assert browser.post(url, campi(browser.get(url)) | {"contributo_obiettivo": "€ 48.800,00"}).status_code == 302
    progetto.refresh_from_db()
    assert progetto.contributo_obiettivo == Decimal("48800.00")
    pagina = browser.get(url)
    assert campi(pagina)["contributo_obiettivo"] == ["48.800,00"]
    assert browser.post(url, campi(pagina) | {"contributo_obiettivo": " "}).status_code == 302
    progetto.refresh_from_db()
    assert progetto.contributo_obiettivo is None


def test_un_obiettivo_che_non_si_legge_resta_scritto_con_la_proposta(entra, capofila, progetto):
    url = reverse("progetti:obiettivo", args=[progetto.pk])
    risposta = entra(capofila).post(url, {"contributo_obiettivo": "48,800,00"})
    assert risposta.status_code == 422
    testo = risposta.content.decode()
    assert "intendevi 48.800,00?" in testo
    assert campi(risposta)["contributo_obiettivo"] == ["48,800,00"]
    progetto.refresh_from_db()
    assert progetto.contributo_obiettivo is None


def test_l_obiettivo_non_e_nel_contenuto(progetto):
    assert "1234.56" not in str(contenuto_di(con_obiettivo(progetto)))


@pytest.mark.parametrize("chi", ["partner", "altro_partner"])
def test_l_obiettivo_non_appare_ai_partner_in_nessuna_pagina(request, entra, progetto, chi):
    con_obiettivo(progetto)
    browser = entra(request.getfixturevalue(chi))
    pagine = [reverse(f"progetti:{nome}", args=[progetto.pk]) for nome in ("dettaglio", "verifica", "soggetti")]
    pagine += [reverse("progetti:sezione", args=[progetto.pk, s.chiave]) for s in edizione_di(progetto).sezioni]
    for url in pagine:
        testo = browser.get(url).content.decode()
        assert "1.234,56" not in testo
        assert "obiettivo" not in testo.lower().replace("obiettivi", "")


@pytest.mark.parametrize(("chi", "codice"), [("partner", 403), ("ats", 404), ("regione", 404), ("estraneo", 404)])
def test_l_obiettivo_e_solo_del_capofila(request, entra, progetto, chi, codice):
    url = reverse("progetti:obiettivo", args=[con_obiettivo(progetto).pk])
    browser = entra(request.getfixturevalue(chi))
    assert [browser.get(url).status_code, browser.post(url, {"contributo_obiettivo": "1"}).status_code] == [codice, codice]
    progetto.refresh_from_db()
    assert progetto.contributo_obiettivo == Decimal("1234.56")


@pytest.fixture
def bozza(dimostrazione):
    return Progetto.objects.get(titolo="Tempo per tutti")


def _scritta(browser, bozza, **altri):
    """The tile as it follows what is typed in section IV, and not saved."""
    url = reverse("progetti:sezione", args=[bozza.pk, "IV"])
    dati = campi(browser.get(url)) | {n: [v] for n, v in altri.items()}
    return browser.post(reverse("progetti:bilancio", args=[bozza.pk, "IV"]), dati)


def _costo(bozza) -> str:
    azione = bozza.azione_righe.filter(genere="azione").order_by("ordine").first()
    return f"b-IV-1-2_{azione.pk}-costo"


def test_mentre_si_scrive_un_costo_il_bilancio_lo_conta_e_niente_si_salva(bozza, entra, capofila):
    prima = contenuto_di(bozza)
    risposta = _scritta(entra(capofila), bozza, **{_costo(bozza): "1.234.567,00"})
    assert "ancora da salvare" in risposta.content.decode()
    assert "1.2" in risposta.content.decode()
    assert contenuto_di(bozza) == prima


def test_cio_che_ancora_non_si_legge_lascia_il_bilancio_com_e(bozza, entra, capofila):
    browser = entra(capofila)
    intatta = _scritta(browser, bozza).content
    assert _scritta(browser, bozza, **{_costo(bozza): "226,145,53"}).content == intatta


def test_cancellare_un_costo_lo_toglie_dal_conto(bozza, entra, capofila):
    browser = entra(capofila)
    assert _scritta(browser, bozza, **{_costo(bozza): ""}).content != _scritta(browser, bozza).content
