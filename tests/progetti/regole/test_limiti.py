"""The limits of an avviso, with their workings, and the rules that the later calls ask."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conciliazione.italiano import importi
from progetti import regole
from progetti.regole import limiti

from ...piccola import (
    AZIONI,
    CATALOGO,
    COSTI,
    EDIZIONE,
    PROGETTO,
    SENZA_BILANCI,
    SOGGETTI,
    Domande,
    Scheda,
    azione,
    campi,
    cofinanziamento,
    contenuto,
    costo,
    edizione,
    soggetto,
)

TUTTI = {
    "contributo_percentuale": "70.00",
    "contributo_massimo": "50000.00",
    "cofinanziamento_minimo": "30.00",
    "beni_massimo": "15.00",
    "durata_massima": 12,
    "soggetti_minimi": 4,
    "pubblici_minimi": 1,
    "imprese_minime": 2,
    "catalogo": CATALOGO,
}
"""Those of the 2022 call."""


def verifica(dati: dict, parametro: str, modulo=EDIZIONE):
    (trovata,) = [v for v in regole.verifiche(modulo, dati) if v.parametro == parametro]
    return trovata


def dette(dati: dict, modulo=EDIZIONE) -> dict:
    """What is told of the limits: rule → gravità."""
    return {s.regola: str(s.gravita) for s in regole.limiti_dell_avviso(modulo, dati)}


def messaggio(dati: dict, regola: str, modulo=EDIZIONE) -> str:
    (trovata,) = [s for s in regole.limiti_dell_avviso(modulo, dati) if s.regola == regola]
    return trovata.messaggio


def sola(trovate: list):
    (trovata,) = trovate
    return trovata


# The 2022 case: everything within its limits, and two facts that nobody can verify. --------------------------------------


def test_del_caso_del_2022_restano_solo_le_due_cose_che_non_si_possono_verificare():
    assert dette(contenuto(**TUTTI)) == {"goods_ceiling": "non verificabile", "micro_or_small_size": "non verificabile"}


@pytest.mark.parametrize(
    ("parametro", "conto"),
    [
        ("contributo_percentuale", "contributo 48.800,00 ≤ 70% di 69.800,00 = 48.860,00"),
        ("contributo_massimo", "contributo 48.800,00 ≤ 50.000,00"),
        ("cofinanziamento_minimo", "cofinanziamento 21.000,00 ≥ 30% di 69.800,00 = 20.940,00"),
        ("durata_massima", "mesi 12 ≤ 12"),
        ("soggetti_minimi", "enti: 5 ≥ 4"),
        ("pubblici_minimi", "enti pubblici: 1 ≥ 1"),
        ("catalogo", "scelti A, B, C, F; non da soli: A"),
    ],
)
def test_ogni_limite_rispettato_mostra_il_suo_conto(parametro, conto):
    trovata = verifica(contenuto(**TUTTI), parametro)
    assert (trovata.conto, trovata.esito, trovata.messaggio) == (conto, regole.Esito.RISPETTATO, "")


def test_di_cio_che_l_avviso_non_dice_non_c_e_nulla():
    dati = contenuto()
    dati["partecipazioni"], dati["progetto"]["durata_mesi"] = [], 99
    assert regole.verifiche(EDIZIONE, dati) == []
    assert regole.limiti_dell_avviso(EDIZIONE, dati) == []


def test_l_atto_e_quello_che_dice_la_regola_o_quello_dell_avviso():
    dati = contenuto(**TUTTI, fonti={"durata_massima": "d.d.u.o. 4683, punto B.2"})
    assert verifica(dati, "durata_massima").atto == "d.d.u.o. 4683, punto B.2"
    assert verifica(dati, "soggetti_minimi").atto == "DGR 5755 del 21/12/2021"


def test_senza_costi_nulla_e_detto_superato():
    dati = contenuto(**TUTTI)
    dati["costi"] = []
    esiti = {v.parametro: str(v.esito) for v in regole.verifiche(EDIZIONE, dati)}
    soldi = ("contributo_percentuale", "contributo_massimo", "cofinanziamento_minimo", "beni_massimo")
    assert {esiti[p] for p in soldi} == {"non verificabile"}
    assert set(dette(dati)) == {"micro_or_small_size"}


def test_con_un_costo_di_zero_non_si_divide_nulla():
    dati = contenuto(**TUTTI, spese_generali_massimo="10.00")
    dati["costi"], dati["cofinanziamenti"] = [costo("voci", "A", "0.00")], []
    assert "superato" not in {str(v.esito) for v in regole.verifiche(EDIZIONE, dati)}


# Contribution and cofinancing. -------------------------------------------------------------------------------------------


def con_cofinanziamento(importo: str, **avviso) -> dict:
    dati = contenuto(**avviso)
    dati["cofinanziamenti"] = [cofinanziamento(importo)]
    return dati


@pytest.mark.parametrize(("importo", "attese"), [("20940.00", []), ("20939.99", ["contribution_above_ceiling"])])
def test_il_tetto_in_percentuale_vale_fino_al_centesimo(importo, attese):
    assert list(dette(con_cofinanziamento(importo, contributo_percentuale="70.00"))) == attese


@pytest.mark.parametrize(("importo", "attese"), [("20940.00", []), ("20939.99", ["cofinancing_below_minimum"])])
def test_il_minimo_di_cofinanziamento_vale_fino_al_centesimo(importo, attese):
    assert list(dette(con_cofinanziamento(importo, cofinanziamento_minimo="30.00"))) == attese


def test_troppo_contributo_e_poco_cofinanziamento_sono_un_fatto_solo():
    limiti_detti = {"contributo_percentuale": "70.00", "contributo_massimo": "50000.00", "cofinanziamento_minimo": "30.00"}
    dati = con_cofinanziamento("10000.00", **limiti_detti)
    assert dette(dati) == {"contribution_above_ceiling": "errore"}
    detto = messaggio(dati, "contribution_above_ceiling")
    assert "70% di 69.800,00 = 48.860,00" in detto
    assert "mancano 10.940,00" in detto
    assert [str(v.esito) for v in regole.verifiche(EDIZIONE, dati)] == ["superato"] * 3


def test_senza_nessun_cofinanziamento_si_dice_quanto_ne_manca():
    dati = contenuto(cofinanziamento_minimo="30.00")
    dati["cofinanziamenti"] = []
    assert "mancano 20.940,00" in messaggio(dati, "cofinancing_below_minimum")


@given(costo_=st.integers(1, 10**9), percento=st.integers(1, 9999), messo=st.integers(0, 10**9))
def test_il_minimo_di_cofinanziamento_e_il_piu_piccolo_importo_che_basta(costo_, percento, messo):
    totale, tasso = Decimal(costo_) / 100, Decimal(percento) / 100
    minimo = limiti.minimo_di_cofinanziamento(tasso, totale)
    assert minimo * 100 >= tasso * totale > (minimo - importi.CENTESIMO) * 100
    resto = totale - Decimal(messo) / 100
    assert (Decimal(messo) / 100 >= minimo) == importi.entro(resto, 100 - tasso, totale)


# Goods and general expenses. ---------------------------------------------------------------------------------------------


def test_i_beni_non_separati_non_si_possono_verificare_e_il_tetto_e_detto():
    detto = messaggio(contenuto(beni_massimo="15.00"), "goods_ceiling")
    assert "7.320,00" in detto
    assert "non si può verificare" in detto
    assert "il conto è sul richiesto" in detto


@pytest.mark.parametrize(("importo", "esito"), [("7320.00", "rispettato"), ("7320.01", "superato")])
def test_il_di_cui_beni_si_confronta_con_il_tetto(importo, esito):
    dati = contenuto(beni_massimo="15.00")
    dati["costi"].append(costo("beni", "B", importo))
    assert str(verifica(dati, "beni_massimo").esito) == esito
    assert dette(dati) == ({"goods_ceiling": "errore"} if esito == "superato" else {})


def test_le_voci_di_beni_fanno_il_totale_dei_beni():
    voci = [{"codice": "A", "titolo": "Personale", "genere": "personale"}, {"codice": "B", "titolo": "Beni", "genere": "beni"}]
    dati = contenuto(beni_massimo="15.00", beni_base="costo", voci_costo=voci)
    assert verifica(dati, "beni_massimo").conto == "beni 30.500,00 > 15% del costo, 69.800,00 = 10.470,00"


def test_le_spese_generali_possono_essere_una_voce():
    voci = [{"codice": "A", "titolo": "Personale"}, {"codice": "B", "titolo": "Generali", "genere": "generali"}]
    dati = contenuto(spese_generali_massimo="10.00", voci_costo=voci)
    assert verifica(dati, "spese_generali_massimo").conto == "spese generali 30.500,00 > 10% di 69.800,00 = 6.980,00"
    assert dette(dati) == {"overhead_above_ceiling": "errore"}


def test_un_modulo_che_non_chiede_le_spese_generali_non_lascia_verificarle():
    trovata = verifica(contenuto(spese_generali_massimo="10.00"), "spese_generali_massimo")
    assert (str(trovata.esito), trovata.messaggio) == ("non verificabile", "")


# Time, partnership, interventions. ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(("mesi", "attese"), [(12, {}), (13, {"duration_above_maximum": "errore"}), (None, {})])
def test_la_durata_ha_un_massimo(mesi, attese):
    dati = contenuto(durata_massima=12)
    dati["progetto"]["durata_mesi"] = mesi
    assert dette(dati) == attese


def test_la_durata_si_conta_anche_dai_due_mesi_compresi():
    dati = contenuto(durata_massima=12)
    dati["progetto"] |= {"durata_mesi": None, "durata_dal": "2022-09", "durata_al": "2023-09"}
    assert verifica(dati, "durata_massima").conto == "mesi 13 > 12"


def togli(dati: dict, quanti: int) -> dict:
    dati["partecipazioni"] = dati["partecipazioni"][: len(dati["partecipazioni"]) - quanti]
    return dati


@pytest.mark.parametrize(
    ("quanti", "attese"),
    [
        (1, {"micro_or_small_size": "non verificabile"}),
        (2, {"too_few_partners": "errore", "too_few_small_firms": "errore"}),
        (4, {"too_few_partners": "errore", "too_few_public_partners": "errore", "too_few_small_firms": "errore"}),
    ],
)
def test_quanti_enti_pubblici_e_piccole_imprese_servono(quanti, attese):
    assert dette(togli(contenuto(soggetti_minimi=4, pubblici_minimi=1, imprese_minime=2), quanti)) == attese


def test_chi_aderisce_con_una_lettera_o_sostiene_non_si_conta():
    dati = togli(contenuto(soggetti_minimi=4), 2)
    dati["partecipazioni"] += [soggetto(8, "aderente"), soggetto(9, "sostenitore")]
    assert "ce ne sono 3" in messaggio(dati, "too_few_partners")


def test_dove_il_modulo_non_chiede_la_dimensione_nessuno_e_bloccato():
    dati = togli(contenuto(imprese_minime=2), 3)
    assert dette(dati, edizione(PROGETTO, AZIONI, COSTI)) == {"micro_or_small_size": "non verificabile"}


@pytest.mark.parametrize(("settore", "attese"), [("pubblico", {}), ("privato", {"capofila_not_public": "errore"})])
def test_il_capofila_puo_dover_essere_pubblico(settore, attese):
    dati = contenuto(capofila_pubblico=True)
    dati["partecipazioni"][0]["settore"] = settore
    assert dette(dati) == attese


def test_che_il_capofila_possa_non_essere_pubblico_non_e_un_limite():
    assert regole.verifiche(EDIZIONE, contenuto(capofila_pubblico=False)) == []


def test_un_intervento_complementare_non_puo_essere_il_solo():
    dati = contenuto(catalogo=CATALOGO)
    dati["azioni"], dati["risposte"]["P"][""]["interventi"] = dati["azioni"][:2], ["A"]
    assert dette(dati) == {"complementary_action_alone": "errore"}
    assert "A (rete di imprese)" in messaggio(dati, "complementary_action_alone")


def test_senza_risposta_gli_interventi_sono_le_lettere_delle_attivita():
    dati = contenuto(catalogo=CATALOGO)
    dati["risposte"], dati["azioni"] = {}, dati["azioni"][:2]
    assert dette(dati) == {"complementary_action_alone": "errore"}
    assert dette(dati | {"azioni": []}) == {}


def test_le_aree_e_il_termine_mostrano_solo_il_conto():
    class Domanda(Scheda):
        aree = campi.Scelte("Aree", scelte=(("a", "a"), ("b", "b")), massimo="aree_massime")

    dati = contenuto(aree_massime=1, attivita_entro="2023-12-31")
    dati["progetto"]["durata_al"], dati["risposte"] = "2024-01", {"D": {"": {"aree": ["a", "b"]}}}
    modulo = edizione(Domande(chiave="D", titolo="Aree", modulo=Domanda), SOGGETTI, AZIONI, COSTI)
    conti = {v.parametro: (v.conto, str(v.esito)) for v in regole.verifiche(modulo, dati)}
    assert conti == {
        "attivita_entro": ("fine gennaio 2024 dopo il 31/12/2023", "superato"),
        "aree_massime": ("2 indicate > 1", "superato"),
    }
    assert dette(dati, modulo) == {}


# The rules that later calls ask. -----------------------------------------------------------------------------------------


def test_le_ore_delle_schede_costerebbero_tutto_il_budget():
    trovata = sola(regole.ore_e_costo_del_personale(EDIZIONE, contenuto()))
    assert (trovata.regola, str(trovata.gravita)) == ("hours_vs_personnel_cost", "avviso")
    assert [p for p in ("2.328", "29,98", "69.800,00", "39.300,00") if p not in trovata.messaggio] == []


@pytest.mark.parametrize(("personale", "quante"), [("58166.66", 1), ("58166.67", 0)])
def test_entro_un_quinto_le_ore_non_si_segnalano(personale, quante):
    dati = contenuto()
    dati["costi"][-2]["importo"] = personale
    assert len(regole.ore_e_costo_del_personale(EDIZIONE, dati)) == quante


def test_senza_ore_o_senza_budget_le_ore_non_si_segnalano():
    dati = contenuto()
    assert regole.ore_e_costo_del_personale(EDIZIONE, dati | {"azioni": [azione("A.1")]}) == []
    assert regole.ore_e_costo_del_personale(EDIZIONE, dati | {"costi": dati["costi"][-2:]}) == []


def test_i_destinatari_ripetuti_in_ogni_scheda_non_si_sommano():
    trovata = sola(regole.destinatari_ripetuti(EDIZIONE, contenuto()))
    assert (trovata.regola, str(trovata.gravita)) == ("repeated_recipients", "informazione")
    assert "22 e 80" in trovata.messaggio
    assert "110" not in trovata.messaggio
    assert "400" not in trovata.messaggio


def test_se_una_scheda_dice_altri_destinatari_non_c_e_nulla_da_dire():
    dati = contenuto()
    dati["destinatari"][0]["numero"] = 21
    assert regole.destinatari_ripetuti(EDIZIONE, dati) == []
    muto = contenuto() | {"destinatari": [], "azioni": [azione("A.1", accessi=None), azione("A.2", accessi=None)]}
    assert regole.destinatari_ripetuti(EDIZIONE, muto) == []


def test_due_prospetti_dello_stesso_costo_devono_dare_lo_stesso_totale():
    dati = contenuto()
    assert regole.prospetti_discordi(EDIZIONE, dati) == []
    dati["costi"][0]["importo"] = "12000.00"
    trovata = sola(regole.prospetti_discordi(EDIZIONE, dati))
    assert (trovata.regola, str(trovata.gravita)) == ("breakdowns_disagree", "errore")
    assert trovata.dati == {"leading": "69800.00", "other": "69300.00", "difference": "500.00"}
    assert "500,00 in meno" in trovata.messaggio


def test_un_prospetto_ancora_vuoto_e_il_di_cui_beni_non_si_confrontano():
    dati = contenuto()
    dati["costi"] = [*dati["costi"][-2:], costo("beni", "B", "100.00")]
    assert regole.prospetti_discordi(EDIZIONE, dati) == []


def test_chi_non_cofinanzia_e_detto_per_nome_se_qualcuno_cofinanzia():
    dati = contenuto()
    assert regole.partner_senza_cofinanziamento(EDIZIONE, dati) == []
    dati["cofinanziamenti"] = [cofinanziamento("21000.00", "s2"), cofinanziamento("0.00", "s3")]
    trovata = sola(regole.partner_senza_cofinanziamento(EDIZIONE, dati))
    assert (trovata.regola, str(trovata.gravita)) == ("partners_without_cofinancing", "informazione")
    assert "Ente 1; Ente 3; Ente 4; Ente 5" in trovata.messaggio


def test_il_cofinanziamento_di_nessuno_si_conta_dove_il_modulo_non_chiede_il_settore():
    trovata = sola(regole.cofinanziamento_non_attribuito(EDIZIONE, contenuto()))
    assert trovata.dati == {"amount": "21000.00"}
    assert trovata.messaggio.endswith("per 21.000,00.")


def test_i_voucher_in_una_voce_sola_non_si_dividono_fra_le_azioni():
    voci = [{"codice": "A", "titolo": "Personale"}, {"codice": "B", "titolo": "Voucher", "genere": "voucher"}]
    trovata = sola(regole.costi_senza_azioni(SENZA_BILANCI, contenuto(voci_costo=voci)))
    assert (trovata.regola, str(trovata.gravita)) == ("no_budget_by_action", "informazione")
    assert "30.500,00" in trovata.messaggio
    assert regole.costi_senza_azioni(EDIZIONE, contenuto(voci_costo=voci)) == []
    assert regole.costi_senza_azioni(SENZA_BILANCI, contenuto()) == []


def test_un_azione_divisa_conta_per_le_sue_parti():
    voci = [{"codice": "A", "titolo": "Personale"}, {"codice": "B", "titolo": "Voucher", "genere": "voucher"}]
    dati = contenuto(voci_costo=voci)
    dati["azioni"] = [azione("C"), azione("C1", padre="C")]
    assert regole.costi_senza_azioni(SENZA_BILANCI, dati) == []


def test_azioni_e_fasi_non_durano_piu_del_progetto():
    dati = contenuto()
    assert regole.durate_oltre_il_progetto(EDIZIONE, dati) == []
    dati["azioni"][0]["mesi"], dati["fasi"][1]["mesi"] = 13, 14
    trovate = {s.regola: s.messaggio for s in regole.durate_oltre_il_progetto(EDIZIONE, dati)}
    assert set(trovate) == {"action_longer_than_project", "phase_longer_than_project"}
    assert "A.1 Attività A.1 (13 mesi)" in trovate["action_longer_than_project"]
    assert "Governo (14 mesi)" in trovate["phase_longer_than_project"]


def test_ogni_azione_sta_in_una_fase_e_in_una_sola():
    dati = contenuto()
    assert regole.azioni_fuori_dalle_fasi(EDIZIONE, dati) == []
    dati["fasi"][0]["azioni"], dati["fasi"][1]["azioni"] = [], ["A.2", "B.1"]
    trovata = sola(regole.azioni_fuori_dalle_fasi(EDIZIONE, dati))
    assert trovata.regola == "action_not_in_one_phase"
    assert "A.1 Attività A.1 (in nessuna fase)" in trovata.messaggio
    assert "B.1 Attività B.1 (in 2 fasi)" in trovata.messaggio
    assert regole.azioni_fuori_dalle_fasi(EDIZIONE, dati | {"fasi": []}) == []


def test_le_attivita_sono_degli_interventi_indicati():
    dati = contenuto(catalogo=CATALOGO)
    assert list(regole.attivita_senza_intervento(EDIZIONE, dati)) == []
    dati["risposte"]["P"][""]["interventi"] = ["A", "B", "C", "G"]
    trovate = {s.regola: s.messaggio for s in regole.attivita_senza_intervento(EDIZIONE, dati)}
    assert "F.1" in trovate["card_of_unchosen_type"]
    assert "G" in trovate["chosen_type_without_card"]


def test_dove_i_costi_vanno_per_voce_basta_che_ce_ne_sia_uno():
    dati = contenuto()
    assert regole.senza_azioni_o_costi(EDIZIONE, dati) == []
    assert regole.senza_azioni_o_costi(SENZA_BILANCI, dati | {"costi": dati["costi"][-1:]}) == []
    messaggi = [s.messaggio for s in regole.senza_azioni_o_costi(SENZA_BILANCI, dati | {"costi": []})]
    assert messaggi == ["Sintesi del costo: non c'è ancora nessun importo."]
    (mancano,) = regole.senza_azioni_o_costi(EDIZIONE, dati | {"costi": dati["costi"][1:]})
    assert mancano.messaggio.startswith("Manca il costo di: A.1")


def test_dove_i_costi_vanno_per_voce_il_cofinanziamento_si_confronta_con_il_totale():
    assert regole.cofinanziamento_oltre_il_costo(EDIZIONE, con_cofinanziamento("69800.00")) == []
    trovata = sola(regole.cofinanziamento_oltre_il_costo(EDIZIONE, con_cofinanziamento("69800.01")))
    assert trovata.dati == {"cofinancing": "69800.01", "cost": "69800.00", "difference": "0.01"}


QUESTE = [
    r
    for r in vars(regole).values()
    if getattr(r, "__module__", "").rpartition(".")[2] in ("limiti", "denaro", "attivita") and callable(r)
]


@pytest.mark.parametrize("regola", QUESTE, ids=lambda r: r.__name__)
def test_nessuna_regola_cambia_il_contenuto_ne_inciampa_in_una_scheda_vuota(regola):
    dati = contenuto(**TUTTI)
    regola(EDIZIONE, dati)
    assert dati == contenuto(**TUTTI)
    vuote = ("partecipazioni", "azioni", "destinatari", "fasi", "costi", "cofinanziamenti")
    regola(EDIZIONE, dati | {nome: [] for nome in vuote} | {"risposte": {}})
