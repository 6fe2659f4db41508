"""Variants of the Crema case: exactly the right segnalazioni, one for each fact, and none where all is right."""

from collections import Counter
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stdnum.it.codicefiscale import calc_check_digit

from conciliazione.italiano.codici import cf_di_prova
from conciliazione.italiano.importi import scrivi_importo
from conciliazione.schede.lettura import leggi
from conciliazione.schede.segnalazioni import controlla
from progetti.contenuto import conferme, conti
from progetti.edizioni.dgr1081_2014.modulo import DGR1081_2014

from ...crema import AZIONI, ID, azione, cofinanziamento, contenuto, costo, dichiara, risposte, soggetto

BASE = Counter(
    {
        ("declared_contribution_vs_table", "errore"): 1,
        ("duration_not_filled", "avviso"): 1,
        ("single_choice_with_two_marks", "avviso"): 1,
        ("cofinancing_not_attributed_to_partners", "informazione"): 1,
        ("name_variants", "informazione"): 1,
        ("ateco_format", "informazione"): 1,
        ("missing_optional_data", "informazione"): 1,
    }
)
CONTRIBUTO = ("declared_contribution_vs_table", "errore")
COSTO = ("declared_cost_vs_table", "errore")
COFINANZIAMENTO = ("declared_cofinancing_vs_table", "errore")
RIGA = ("declared_row_vs_computed", "errore")
ILLEGGIBILE = ("declared_unreadable", "avviso")
OLTRE = ("cofinancing_above_cost", "errore")
GENERALI = ("overhead_above_ceiling", "errore")
TETTO = ("contribution_above_ceiling", "errore")
MANCA = ("missing_required", "errore")
RIFIUTATO = ("invalid_value", "errore")
INCOERENTE = ("tax_code_mismatch", "avviso")
DURATA = ("duration_not_filled", "avviso")
FINE = ("end_after_deadline", "errore")
AREE = ("single_choice_with_two_marks", "avviso")
TROPPE = ("too_many_choices", "avviso")
ATECO = ("ateco_format", "informazione")
NOMI = ("name_variants", "informazione")
NON_ATTRIBUITO = ("cofinancing_not_attributed_to_partners", "informazione")
DATI = ("missing_optional_data", "informazione")
NOTA = ("identifier_remark", "avviso")
RIPETUTO = ("repeated_subject", "avviso")
RIGHE = ("too_many_lines", "avviso")
CONFERME = ("partner_not_confirmed", "avviso")

OMOCODICO = "ZNBMRT61C54D14N" + calc_check_digit("ZNBMRT61C54D14N")
"""The code of Marta Zaniboni with a letter for its last digit, as who shares it with another person gets."""
IBAN_CIN_SBAGLIATO = "IT44M0100003245133300061337"
"""The mod-97 holds, the national CIN (it was N) does not."""


def segnalazioni(dati: dict) -> list:
    return controlla(DGR1081_2014, dati)


def esito(dati: dict) -> Counter:
    return Counter((s.regola, str(s.gravita)) for s in segnalazioni(dati))


def sola(dati: dict, regola: tuple):
    """The only segnalazione of a rule."""
    (trovata,) = [s for s in segnalazioni(dati) if (s.regola, str(s.gravita)) == regola]
    return trovata


# Each variant: what is changed, the segnalazioni that come and those that go. ------------------------------------------


def nulla(d):
    pass


def contributo_giusto(d):
    dichiara(d, "I.7", "contributo", "€ 49.000,00", "49000.00")


def contributo_scritto_diversamente(testo):
    return lambda d: dichiara(d, "I.7", "contributo", testo, "49000.00")


def totale_del_contributo_diverso(d):
    contributo_giusto(d)
    dichiara(d, "IV.1.2", "contributo", "48.000,00", "48000.00", "totale")


def contributo_e_totale_diversi_uguali(d):
    dichiara(d, "IV.1.2", "contributo", "51.000,00", "51000.00", "totale")


def contributo_e_totale_diversi_fra_loro(d):
    dichiara(d, "IV.1.2", "contributo", "48.000,00", "48000.00", "totale")


def costo_totale_diverso(d):
    dichiara(d, "I.6", "costo", "€ 66.000,00", "66000.00")


def costo_e_contributo_diversi_di_altrettanto(d):
    dichiara(d, "I.6", "costo", "€ 67.000,00", "67000.00")


def totale_pubblico_diverso(d):
    dichiara(d, "IV.1.2", "cofin_pubblico", "9.000,00", "9000.00", "totale")


def riga_che_non_torna(d):
    dichiara(d, "IV.1.2", "contributo", "500,00", "500.00", "formazione")


def riga_che_non_torna_con_il_suo_totale(d):
    riga_che_non_torna(d)
    dichiara(d, "IV.1.2", "contributo", "49.500,00", "49500.00", "totale")


def riga_che_non_torna_con_totale_e_contributo(d):
    riga_che_non_torna_con_il_suo_totale(d)
    dichiara(d, "I.7", "contributo", "49.500,00", "49500.00")


def riga_sbagliata_di_quanto_il_contributo(d):
    dichiara(d, "IV.1.2", "contributo", "2.000,00", "2000.00", "formazione")


def due_righe_che_si_compensano(d):
    dichiara(d, "IV.1.2", "contributo", "1.000,00", "1000.00", "formazione")
    dichiara(d, "IV.1.2", "contributo", "1.000,00", "1000.00", "piattaforma")


def costo_di_una_riga_diverso(d):
    """The cost of a row is not the declared one: its contribution and the totals follow."""
    costo(d, "formazione")["importo"] = "2500.00"


def cofinanziamento_di_una_riga_diverso(d):
    """As above, of a row that goes on having something to ask for."""
    cofinanziamento(d, "piattaforma")["importo"] = "4000.00"


def riga_del_tutto_diversa_ma_che_torna(d):
    dichiara(d, "IV.1.2", "costo", "2.600,00", "2600.00", "formazione")
    dichiara(d, "IV.1.2", "contributo", "600,00", "600.00", "formazione")


def dichiarato_illeggibile(d):
    dichiara(d, "I.7", "contributo", "€ 226,145,53")


def dichiarato_in_lettere(d):
    dichiara(d, "IV.1.2", "costo", "duemila", None, "formazione")


def dichiarato_vuoto(d):
    dichiara(d, "I.7", "contributo", "  ")


def zero_dichiarato_dove_e_vuoto(d):
    dichiara(d, "IV.1.2", "cofin_privato", "0,00", "0.00", "formazione")


def dichiarato_dove_e_vuoto(d):
    dichiara(d, "IV.1.2", "cofin_privato", "300,00", "300.00", "formazione")


def contributo_oltre_il_costo(d):
    dichiara(d, "I.7", "contributo", "70.000,00", "70000.00")


def cofinanziamento_oltre_il_costo(d):
    cofinanziamento(d, "formazione")["importo"] = "2000.01"
    dichiara(d, "IV.1.2", "cofin_pubblico", "2.000,01", "2000.01", "formazione")
    dichiara(d, "IV.1.2", "cofin_pubblico", "8.000,01", "8000.01", "totale")


def cofinanziamento_delle_spese_generali_senza_costo(d):
    d["costi"].remove(costo(d, "spese generali"))
    dichiarati_come_i_conti(d)


def costo_mancante(d):
    d["costi"].remove(costo(d, "formazione"))


def costo_zero(d):
    costo(d, "interventi")["importo"] = "0.00"
    dichiarati_come_i_conti(d)


def nessuna_azione(d):
    d |= {"azioni": d["azioni"][-1:], "cofinanziamenti": d["cofinanziamenti"][-1:], "dichiarati": []}
    d["costi"] = [c for c in d["costi"] if c["azione"] == ID["spese generali"]]


def azione_senza_titolo_e_costo(d):
    azione(d, "formazione")["titolo"] = None
    costo_mancante(d)


def spese_generali(importo, *, base="costo", massimo="10.00"):
    """Of a project whose total cost is still 65.000,00."""

    def cambia(d):
        d["avviso"] |= {"spese_generali_base": base, "spese_generali_massimo": massimo}
        costo(d, "spese generali")["importo"] = f"{importo:.2f}"
        costo(d, "interventi")["importo"] = f"{41000 - importo:.2f}"
        dichiarati_come_i_conti(d)

    return cambia


def tetto(percento=None, massimo=None):
    return lambda d: d["avviso"].update(contributo_percentuale=percento, contributo_massimo=massimo)


def cofinanziamento_di(nome, settore, partecipazione, dichiarato=None):
    def cambia(d):
        cofinanziamento(d, nome, settore).update(partecipazione=ID[partecipazione], settore=dichiarato)

    return cambia


def cofinanziamento_tutto_attribuito(d):
    for riga in d["cofinanziamenti"]:
        riga |= {"partecipazione": ID["csc" if riga["settore"] == "pubblico" else "iride"], "settore": None}


def cofinanziamento_zero_non_attribuito(d):
    cofinanziamento_tutto_attribuito(d)
    d["cofinanziamenti"].append(d["cofinanziamenti"][0] | {"id": "z", "partecipazione": None, "settore": "privato"})
    d["cofinanziamenti"][-1]["importo"] = "0.00"


def cofinanziamento_senza_settore(d):
    cofinanziamento_tutto_attribuito(d)
    d["cofinanziamenti"][0] |= {"partecipazione": None, "settore": None}
    dichiarati_come_i_conti(d)


def valore(blocco, nome, campo, testo):
    return lambda d: risposte(d, blocco, nome).update({campo: testo})


def colonna(nome, campo, testo):
    return lambda d: soggetto(d, nome).update({campo: testo})


def lavoratori(tutti, donne, uomini):
    return lambda d: soggetto(d, "csc").update(lavoratori=tutti, lavoratrici_donne=donne, lavoratori_uomini=uomini)


def persona(**cambi):
    """Marta Zaniboni, 14/03/1961, Crema: with something else beside her codice fiscale."""
    return lambda d: risposte(d, "II.A", "comune").update({f"lr_{c}": v for c, v in cambi.items()})


def cf(sesso="F", nato_il=date(1961, 3, 14), comune="Crema", cognome="Zaniboni"):
    return persona(codice_fiscale=cf_di_prova(cognome, "Marta", nato_il, sesso, comune))


def aree(quante, massimo):
    tutte = [chiave for chiave, _ in DGR1081_2014.blocco("I.2").campi()["aree"].choices]

    def cambia(d):
        d["avviso"]["aree_massime"] = massimo
        risposte(d, "I.2")["aree"] = tutte[:quante]

    return cambia


def durata(dal, al):
    return lambda d: d["progetto"].update(durata_dal=dal, durata_al=al)


def senza_termine(d):
    d["avviso"]["attivita_entro"] = None
    durata("2014-10", "2016-06")(d)


def ateco(*codici):
    def cambia(d):
        for nome, codice in zip(("csc", "iride", "koala", "arcobaleno", "ali"), codici, strict=True):
            soggetto(d, nome)["ateco"] = codice

    return cambia


def nomi_come_in_elenco(d):
    for cella in d["dichiarati"]:
        if cella["blocco"] == "I.3":
            s = next(p for p in d["partecipazioni"] if p["id"] == cella["riga"])
            cella["testo"] = f" {s['denominazione'].upper()}  "


def nome_non_scritto_in_elenco(d):
    nomi_come_in_elenco(d)
    dichiara(d, "I.3", "denominazione", "", None, "iride")


def stesso_codice_fiscale(d):
    soggetto(d, "koala")["codice_fiscale"] = soggetto(d, "iride")["codice_fiscale"]


def scritto_lungo(d):
    risposte(d, "III.3")["testo"] = "\n".join("x" * 16)


def scritto_lungo_senza_misure(d):
    scritto_lungo(d)
    d["avviso"]["righe_larghezza_mm"] = None


def dal_portale(d):
    d["progetto"]["origine"] = "portale"


def dal_portale_senza_dire_quanto_pesa(d):
    dal_portale(d)
    d["avviso"]["conferme_gravita"] = None


def solo_spazi_nel_titolo(d):
    d["progetto"]["titolo"] = "   "


def dichiarati_come_i_conti(d):
    """All declared amounts as the rows give them, and nothing else declared of money."""
    d["dichiarati"] = [c for c in d["dichiarati"] if c["blocco"] == "I.3"]
    celle = [("I.6", "", ["costo"]), ("I.7", "", ["contributo"])]
    colonne = [c.chiave for c in DGR1081_2014.blocco("IV.1.2").colonne]
    celle += [("IV.1.2", riga, colonne) for riga in [*(a["id"] for a in d["azioni"]), "totale"]]
    for blocco, riga, campi in celle:
        for campo in campi:
            calcola = DGR1081_2014.blocco(blocco).colonna(campo).calcola
            importo = calcola(d, None if riga in ("", "totale") else riga)
            if importo is not None:
                dichiara(d, blocco, campo, f"€ {scrivi_importo(importo)}", f"{importo:.2f}", riga)


VARIANTI = [
    # what the paper declares
    (nulla, [], []),
    (contributo_giusto, [], [CONTRIBUTO]),
    (contributo_scritto_diversamente("49000"), [], [CONTRIBUTO]),
    (contributo_scritto_diversamente("€ 49.000"), [], [CONTRIBUTO]),
    (contributo_scritto_diversamente("**49.000,00 €**"), [], [CONTRIBUTO]),
    (totale_del_contributo_diverso, [], []),
    (contributo_e_totale_diversi_uguali, [], []),
    (contributo_e_totale_diversi_fra_loro, [CONTRIBUTO], []),
    (costo_totale_diverso, [COSTO], []),
    (costo_e_contributo_diversi_di_altrettanto, [COSTO], []),
    (totale_pubblico_diverso, [COFINANZIAMENTO], []),
    (riga_che_non_torna, [RIGA], []),
    (riga_che_non_torna_con_il_suo_totale, [RIGA], []),
    (riga_che_non_torna_con_totale_e_contributo, [RIGA], [CONTRIBUTO]),
    (riga_sbagliata_di_quanto_il_contributo, [RIGA], []),
    (due_righe_che_si_compensano, [RIGA, RIGA], []),
    (costo_di_una_riga_diverso, [RIGA], []),
    (cofinanziamento_di_una_riga_diverso, [RIGA], []),
    (riga_del_tutto_diversa_ma_che_torna, [RIGA], []),
    (dichiarato_illeggibile, [ILLEGGIBILE], [CONTRIBUTO]),
    (dichiarato_in_lettere, [ILLEGGIBILE], []),
    (dichiarato_vuoto, [], [CONTRIBUTO]),
    (zero_dichiarato_dove_e_vuoto, [], []),
    (dichiarato_dove_e_vuoto, [RIGA], []),
    (contributo_oltre_il_costo, [], []),
    (dichiarati_come_i_conti, [], [CONTRIBUTO]),
    # the money of the rows
    (cofinanziamento_oltre_il_costo, [OLTRE], []),
    (cofinanziamento_delle_spese_generali_senza_costo, [OLTRE], [CONTRIBUTO]),
    (costo_mancante, [MANCA], []),
    (costo_zero, [], [CONTRIBUTO]),
    (nessuna_azione, [MANCA], [CONTRIBUTO, NOMI]),
    (azione_senza_titolo_e_costo, [MANCA, MANCA], []),
    (spese_generali(Decimal("6500.00")), [], [CONTRIBUTO]),
    (spese_generali(Decimal("6500.01")), [GENERALI], [CONTRIBUTO]),
    (spese_generali(Decimal("6500.01"), massimo=None), [], [CONTRIBUTO]),
    (spese_generali(Decimal("6500.01"), base=None), [], [CONTRIBUTO]),
    (spese_generali(Decimal("6500.01"), base="concesso"), [], [CONTRIBUTO]),
    (spese_generali(Decimal("4900.00"), base="richiesto"), [], [CONTRIBUTO]),
    (spese_generali(Decimal("4900.01"), base="richiesto"), [GENERALI], [CONTRIBUTO]),
    (tetto(percento="75.39"), [], []),
    (tetto(percento="75.38"), [TETTO], []),
    (tetto(massimo="49000.00"), [], []),
    (tetto(massimo="48999.99"), [TETTO], []),
    (tetto(percento="50.00", massimo="40000.00"), [TETTO], []),
    # who puts the cofinancing
    (cofinanziamento_tutto_attribuito, [], [NON_ATTRIBUITO]),
    (cofinanziamento_di("formazione", "pubblico", "csc"), [], []),
    (cofinanziamento_di("formazione", "pubblico", "csc", "pubblico"), [RIFIUTATO], []),
    (cofinanziamento_zero_non_attribuito, [], [NON_ATTRIBUITO]),
    (cofinanziamento_senza_settore, [RIFIUTATO], [NON_ATTRIBUITO, CONTRIBUTO]),
    # identifiers
    (colonna("csc", "partita_iva", "01397660191"), [RIFIUTATO], []),
    (colonna("csc", "codice_fiscale", "01397660191"), [RIFIUTATO], []),
    (colonna("csc", "partita_iva", "IT 01397660190"), [], []),
    (colonna("comune", "partita_iva", None), [("missing_field", "avviso")], []),
    (valore("II.A", "comune", "iban", "IT18N0100003245133300061337"), [RIFIUTATO], []),
    (valore("II.A", "comune", "iban", IBAN_CIN_SBAGLIATO), [RIFIUTATO], []),
    (valore("II.A", "comune", "iban", "IT17 N 01000 03245 133300061337"), [], []),
    (valore("II.A", "comune", "lr_codice_fiscale", "ZNBMRT61C54D142T"), [RIFIUTATO], []),
    (valore("II.A", "comune", "lr_codice_fiscale", OMOCODICO), [], []),
    (valore("II.B", "iride", "legale_cap", "2601"), [RIFIUTATO], []),
    (valore("II.B", "iride", "legale_prov", "Q"), [RIFIUTATO], []),
    (valore("II.B", "iride", "legale_email", "info(at)iride"), [RIFIUTATO], []),
    (valore("II.B", "iride", "legale_email", "info@libero.lt"), [NOTA], []),
    (cf(nato_il=date(1962, 3, 14)), [INCOERENTE], []),
    (cf(sesso="M"), [], []),
    (cf(comune="Milano"), [INCOERENTE], []),
    (cf(nato_il=date(1962, 3, 14), comune="Milano", cognome="Bianchi"), [INCOERENTE], []),
    (persona(nato_il=None, nato_a=None, nato_prov=None), [("missing_field", "avviso")], []),
    (persona(nominativo="M. Zaniboni"), [], []),
    (persona(nato_il="0061-03-14"), [RIFIUTATO], []),
    (stesso_codice_fiscale, [RIPETUTO], []),
    (lavoratori(26, 23, 4), [RIFIUTATO], []),
    (lavoratori(26, 27, None), [RIFIUTATO], []),
    (lavoratori(26, 23, None), [], []),
    (lavoratori(0, 0, 0), [], []),
    (ateco("88.10.00", "87.90.00", "88.91.00", "63.11.11", "78.20.00"), [], [ATECO]),
    (ateco("88.10.00", "87.90.00", "88.91.00", "63.11.11", "99.99.99"), [NOTA], [ATECO]),
    (ateco("88.10.00", "87.90.00", "88.91.00", "63.11.11", "boh"), [RIFIUTATO], [ATECO]),
    (ateco("88.10.00", "87.90.00", "88.91.00", "63.11.11", None), [], [ATECO]),
    # names, choices, months, texts
    (nomi_come_in_elenco, [], [NOMI]),
    (nome_non_scritto_in_elenco, [], [NOMI]),
    (aree(1, 1), [], [AREE]),
    (aree(2, 2), [], [AREE]),
    (aree(3, 2), [TROPPE], [AREE]),
    (aree(3, 1), [], []),
    (aree(3, None), [], [AREE]),
    (aree(0, 1), [MANCA], [AREE]),
    (durata("2014-10", "2015-12"), [], [DURATA]),
    (durata("2014-10", "2016-01"), [FINE], [DURATA]),
    (durata("2014-10", None), [], []),
    (durata(None, "2015-12"), [], []),
    (durata(None, "2016-01"), [FINE], []),
    (durata("2015-10", "2015-09"), [RIFIUTATO], [DURATA]),
    (durata("2015-10", "2015-10"), [], [DURATA]),
    (senza_termine, [], [DURATA]),
    (scritto_lungo, [RIGHE], []),
    (scritto_lungo_senza_misure, [], []),
    (solo_spazi_nel_titolo, [MANCA], []),
    (dal_portale, [CONFERME], []),
    (dal_portale_senza_dire_quanto_pesa, [], []),
]


def _nome(variante) -> str:
    return getattr(variante, "__qualname__", "").replace(".<locals>", "")


@pytest.mark.parametrize(("cambia", "in_piu", "in_meno"), VARIANTI, ids=[f"{n}-{_nome(v[0])}" for n, v in enumerate(VARIANTI)])
def test_di_ogni_variante_escono_solo_le_segnalazioni_giuste(cambia, in_piu, in_meno):
    dati = contenuto()
    cambia(dati)
    attese = BASE + Counter(in_piu)
    attese.subtract(in_meno)
    assert esito(dati) == +attese, "\n".join(f"{s.regola}: {s.messaggio}" for s in segnalazioni(dati))


# What they say ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cambia", "regola", "parole"),
    [
        (nulla, CONTRIBUTO, ["I. 7.", "51.000,00", "49.000,00", "2.000,00", "14.000,00", "16.000,00"]),
        (contributo_e_totale_diversi_uguali, CONTRIBUTO, ["I. 7.", "IV. 1.2. (totale)", "51.000,00"]),
        (contributo_oltre_il_costo, CONTRIBUTO, ["70.000,00", "21.000,00", "supererebbe il costo totale, 65.000,00"]),
        (costo_totale_diverso, COSTO, ["I. 6.", "66.000,00", "65.000,00", "1.000,00"]),
        (riga_che_non_torna, RIGA, ["IV. 1.2. (formazione)", "500,00", "i conti della riga danno 0,00"]),
        (riga_che_non_torna_con_il_suo_totale, RIGA, ["Lo stesso scarto è al punto IV. 1.2. (totale)"]),
        (costo_di_una_riga_diverso, RIGA, ["Costo Totale", "2.000,00", "2.500,00", "I. 6. e IV. 1.2. (totale)"]),
        (dichiarato_dove_e_vuoto, RIGA, ["Cofin. Privato", "300,00", "la cella è vuota"]),
        (dichiarato_illeggibile, ILLEGGIBILE, ["«€ 226,145,53»", "intendevi 226.145,53?"]),
        (cofinanziamento_oltre_il_costo, OLTRE, ["formazione", "2.000,01", "2.000,00", "0,01"]),
        (spese_generali(Decimal("6500.01")), GENERALI, ["6.500,01", "10% di 65.000,00 = 6.500,00", "di 0,01", "DGR 1081"]),
        (spese_generali(Decimal("8125.01"), massimo="12.50"), GENERALI, ["12,50% di 65.000,00 = 8.125,00"]),
        (tetto(percento="75.38"), TETTO, ["49.000,00", "75,38% di 65.000,00 = 48.997,00", "di 3,00"]),
        (tetto(percento="75.38", massimo="48000.00"), TETTO, ["supera il massimo: 48.000,00"]),
        (nulla, NON_ATTRIBUITO, ["8.000,00 (pubblico) e 8.000,00 (privato)"]),
        (cofinanziamento_di("formazione", "pubblico", "csc"), NON_ATTRIBUITO, ["6.000,00 (pubblico) e 8.000,00"]),
        (durata("2014-10", "2016-01"), FINE, ["gennaio 2016", "31.12.2015"]),
        (durata("2014-10", None), DURATA, ["mese di fine"]),
        (durata(None, "2015-12"), DURATA, ["mese di inizio"]),
        (aree(3, 2), TROPPE, ["3 voci", "al massimo 2"]),
        (lavoratori(26, 23, 4), RIFIUTATO, ["23 donne + 4 uomini = 27", "26"]),
        (cf(nato_il=date(1962, 3, 14)), INCOERENTE, ["14/03/1962", "14/03/1961"]),
        (nulla, ATECO, ["«881000» è 88.10.00", "«87900» è 87.90.00"]),
        (stesso_codice_fiscale, RIPETUTO, ["Iride", "Koala", "00891690190"]),
        (costo_mancante, MANCA, ["Manca il costo di: formazione"]),
        (scritto_lungo, RIGHE, ["16 di 15 righe"]),
    ],
)
def test_il_messaggio_porta_le_cifre_scritte_all_italiana(cambia, regola, parole):
    dati = contenuto()
    cambia(dati)
    messaggio = sola(dati, regola).messaggio
    assert [p for p in parole if p not in messaggio] == []


def test_manca_uno_solo_dei_due_mesi_e_il_luogo_e_proprio_quello():
    dati = contenuto()
    durata("2014-10", None)(dati)
    assert [luogo.campo for luogo in sola(dati, DURATA).luoghi] == ["durata_al"]


def test_il_conto_e_mostrato_anche_nei_dati():
    dati = contenuto()
    spese_generali(Decimal("6500.01"))(dati)
    assert sola(dati, GENERALI).dati == {"amount": "6500.01", "ceiling": "6500.00", "difference": "0.01"}
    cofinanziamento_oltre_il_costo(dati)
    assert sola(dati, OLTRE).dati == {"cofinancing": "2000.01", "cost": "2000.00", "difference": "0.01"}


def test_di_una_cella_vuota_il_calcolato_non_e_zero():
    dati = contenuto()
    dichiarato_dove_e_vuoto(dati)
    assert sola(dati, RIGA).dati == {"declared": "300.00", "computed": None, "difference": "300.00"}


def test_i_luoghi_di_una_riga_che_non_torna_comprendono_i_totali_che_ne_seguono():
    dati = contenuto()
    riga_che_non_torna_con_totale_e_contributo(dati)
    luoghi = {(luogo.blocco, luogo.riga) for luogo in sola(dati, RIGA).luoghi}
    assert luoghi == {("IV.1.2", ID["formazione"]), ("IV.1.2", "totale"), ("I.7", "")}


def test_la_pagina_segna_come_diverse_solo_le_celle_che_lo_sono():
    dati = contenuto()
    zero_dichiarato_dove_e_vuoto(dati)
    lettura = leggi(DGR1081_2014, dati)
    blocchi = {b["chiave"]: b for s in lettura["sezioni"] for b in s["blocchi"]}
    diverse = [
        (b["chiave"], v["chiave"])
        for b in blocchi.values()
        for riga in [*(r["voci"] for r in b["righe"]), b["totale"]]
        for v in riga
        if v["diverso"]
    ]
    assert diverse == [("I.7", "contributo")]


@pytest.mark.parametrize("regola", DGR1081_2014.regole, ids=lambda r: r.__name__)
def test_le_regole_non_cambiano_il_contenuto(regola):
    dati = contenuto()
    regola(DGR1081_2014, dati)
    assert dati == contenuto()


@pytest.mark.parametrize(
    "parametro",
    [
        *("attivita_entro", "aree_massime", "spese_generali_massimo", "spese_generali_base", "contributo_percentuale"),
        *("contributo_massimo", "righe_larghezza_mm", "righe_corpo_pt", "righe_gravita", "conferme_gravita"),
    ],
)
def test_di_cio_che_l_avviso_non_dice_non_si_dice_nulla(parametro):
    """Everything goes beyond its limit, and one limit at a time is taken away: its segnalazione goes, and only that."""
    dati = contenuto()
    for cambia in (
        spese_generali(Decimal("6500.01")),
        tetto("10.00"),
        durata("2014-10", "2016-01"),
        scritto_lungo,
        dal_portale,
    ):
        cambia(dati)
    prima = esito(dati)
    dati["avviso"][parametro] = None
    tolte = {
        "attivita_entro": [FINE],
        "aree_massime": [AREE],
        "spese_generali_massimo": [GENERALI],
        "spese_generali_base": [GENERALI],
        "contributo_percentuale": [TETTO],
        "contributo_massimo": [],
        "conferme_gravita": [CONFERME],
    }.get(parametro, [RIGHE])
    assert prima - esito(dati) == Counter(tolte)
    assert esito(dati) - prima == Counter()


def test_chi_ha_confermato_non_e_fra_chi_manca_finche_le_cifre_non_cambiano():
    dati = contenuto()
    dal_portale(dati)
    cofinanziamento_tutto_attribuito(dati)
    for nome in ("csc", "iride", "koala", "arcobaleno", "ali"):
        dati["conferme"][ID[nome]] = {"impronta": conferme.impronta(conferme.cifre(dati, ID[nome]))}
    assert esito(dati)[CONFERME] == 0
    dati["cofinanziamenti"][0]["importo"] = "1999.99"
    assert [luogo.riga for luogo in sola(dati, CONFERME).luoghi] == [ID["csc"]]
    assert "da riconfermare" in sola(dati, CONFERME).messaggio


# For any amounts ---------------------------------------------------------------------------------------------------------

centesimi = st.integers(0, 10**9).map(lambda c: Decimal(c).scaleb(-2))
righe = st.lists(
    st.tuples(centesimi, st.lists(st.tuples(centesimi, st.sampled_from(["pubblico", "privato", *ID])), max_size=3)),
    min_size=1,
    max_size=6,
)


def scheda_di(righe) -> dict:
    """The Crema scheda with these rows: cost, and cofinancing by settore or by soggetto."""
    dati = contenuto()
    dati |= {"azioni": [], "costi": [], "cofinanziamenti": []}
    for n, (speso, cofinanziamenti) in enumerate(righe):
        chiave = f"azione {n}"
        genere = "azione" if n < len(righe) - 1 or n == 0 else "spese_generali"
        dati["azioni"].append({"id": chiave, "genere": genere, "codice": None, "titolo": chiave, "titolo_breve": None})
        cella = {"prospetto": "azioni", "azione": chiave, "voce": None, "partecipazione": None}
        dati["costi"].append(cella | {"id": f"costo {n}", "importo": f"{speso:.2f}"})
        for m, (importo, chi) in enumerate(cofinanziamenti):
            di = {"partecipazione": None, "settore": chi}
            if chi in ID:
                di = {"partecipazione": ID[chi if chi not in AZIONI else "csc"], "settore": None}
            riga = {"id": f"{n}.{m}", "azione": chiave, "natura": None, "importo": f"{importo:.2f}", "atto": None}
            dati["cofinanziamenti"].append(riga | di)
    dichiarati_come_i_conti(dati)
    return dati


def dichiarate(dati: dict) -> list:
    return [s for s in segnalazioni(dati) if s.regola.startswith("declared_")]


@settings(max_examples=60)
@given(righe)
def test_in_ogni_riga_il_costo_e_contributo_piu_cofinanziamenti_e_i_totali_sono_somme(righe):
    dati = scheda_di(righe)
    colonne = (conti.costo, conti.contributo, conti.cofinanziamento_pubblico, conti.cofinanziamento_privato)
    for riga in dati["azioni"]:
        speso, contributo, pubblico, privato = (f(dati, riga["id"]) for f in colonne)
        assert contributo >= 0
        assert conti.cofinanziamento(dati, riga["id"]) == (
            None if pubblico == privato is None else (pubblico or 0) + (privato or 0)
        )
        if (pubblico or 0) + (privato or 0) <= speso:
            assert speso == contributo + (pubblico or 0) + (privato or 0)
        else:
            assert contributo == 0
    for f in colonne:
        assert (f(dati) or 0) == sum(f(dati, a["id"]) or 0 for a in dati["azioni"])


@settings(max_examples=60)
@given(righe)
def test_una_scheda_che_dichiara_i_conti_delle_sue_righe_non_ha_differenze(righe):
    assert dichiarate(scheda_di(righe)) == []


@settings(max_examples=100)
@given(righe, st.data())
def test_una_sola_cella_cambiata_e_una_sola_segnalazione_con_la_sua_differenza(righe, data):
    dati = scheda_di(righe)
    cella = data.draw(st.sampled_from([c for c in dati["dichiarati"] if c["importo"] is not None]))
    prima = Decimal(cella["importo"])
    dopo = data.draw(centesimi.filter(lambda importo: importo != prima))
    cella |= {"testo": scrivi_importo(dopo), "importo": f"{dopo:.2f}"}
    (trovata,) = dichiarate(dati)
    assert trovata.dati["difference"] == f"{abs(dopo - prima):.2f}"
    assert scrivi_importo(abs(dopo - prima)) in trovata.messaggio
    assert [(luogo.blocco, luogo.riga, luogo.campo) for luogo in trovata.luoghi] == [
        (cella["blocco"], cella["riga"], cella["campo"])
    ]


@settings(max_examples=60)
@given(righe)
def test_cofinanziamento_oltre_il_costo_e_un_errore_per_ogni_riga_che_lo_supera(righe):
    dati = scheda_di(righe)
    oltre = [a["titolo"] for a, (speso, altri) in zip(dati["azioni"], righe, strict=True) if sum(i for i, _ in altri) > speso]
    trovate = [s for s in segnalazioni(dati) if s.regola == "cofinancing_above_cost"]
    assert len(trovate) == len(oltre)
