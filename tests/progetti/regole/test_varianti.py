"""Variants of the three real schede, measured from outside: each gives exactly its segnalazioni, in good Italian, each at a
place that the form has.
"""

import re
from collections import Counter
from copy import deepcopy

import pytest

from conciliazione.demo.castellanza import CASTELLANZA
from conciliazione.schede.lettura import TOTALE
from conciliazione.schede.prospetto import Prospetto
from conciliazione.schede.segnalazioni import controlla
from conciliazione.schede.tipi import Luogo
from progetti.edizioni import EDIZIONI
from progetti.scheda.pagina import Pagina

from ... import castellanza, crema, wis

CASI = {
    "crema": (crema.contenuto, EDIZIONI["dgr1081-2014"]),
    "castellanza": (castellanza.contenuto, EDIZIONI["ptc-2017"]),
    "wis": (wis.contenuto, EDIZIONI["welfare-2022"]),
}
CONTRIBUTO, COFINANZIAMENTO = "declared_contribution_vs_table", "declared_cofinancing_vs_table"
COSTO, RIGA, OLTRE = "declared_cost_vs_table", "declared_row_vs_computed", "cofinancing_above_cost"
MANCA, MANCA_AVVISO, RIFIUTATO = "missing_required", "missing_field", "invalid_value"
TETTO, SOTTO, GENERALI, BENI = (
    "contribution_above_ceiling",
    "cofinancing_below_minimum",
    "overhead_above_ceiling",
    "goods_ceiling",
)


def insieme(*cambi):
    def cambia(d):
        for c in cambi:
            c(d)

    return cambia


def avviso(**parametri):
    return lambda d: d["avviso"].update(parametri)


def progetto(**valori):
    return lambda d: d["progetto"].update(valori)


def carta(blocco, campo, importo, riga=""):
    """A declared cell, by the id of its row."""

    def cambia(d):
        altre = [c for c in d["dichiarati"] if (c["blocco"], c["riga"] or "", c["campo"]) != (blocco, riga, campo)]
        d["dichiarati"] = [*altre, {"blocco": blocco, "riga": riga, "campo": campo, "testo": importo, "importo": importo}]

    return cambia


def solo_i_totali(d):
    """The paper of 2017 without what each ente puts in."""
    d["dichiarati"] = [c for c in d["dichiarati"] if c["blocco"] != "fonti"]


def senza_cifre_dichiarate(d):
    d["dichiarati"] = [c for c in d["dichiarati"] if c["campo"] == "denominazione"]


def di_marnate(importo):
    return lambda d: castellanza.mette(d, "marnate", "monetario", importo)


def voce(codice, importo):
    return lambda d: castellanza.costa(d, codice, importo)


def costo_zero(d):
    crema.costo(d, "global service")["importo"] = "0.00"


def a_un_privato(d):
    """What the paper has among the public cofinancing comes from a private body."""
    crema.cofinanziamento(d, "formazione").update(partecipazione=crema.ID["iride"], settore=None)


def cofinanziamento_in_piu(d):
    altro = crema.cofinanziamento(d, "piattaforma")
    d["cofinanziamenti"].append(altro | {"id": "z", "azione": crema.ID["global service"], "importo": "100.00"})


def legale_rappresentante(**valori):
    return lambda d: crema.risposte(d, "II.A", "comune").update({f"lr_{c}": v for c, v in valori.items()})


def spese_generali(importo):
    """Of a project that has nothing declared."""

    def cambia(d):
        senza_cifre_dichiarate(d)
        crema.costo(d, "spese generali")["importo"] = importo

    return cambia


def stesso_codice(d):
    castellanza.azione(d, "B")["codice"] = "A"


def cofinanzia(importo):
    return lambda d: wis.cofinanziamento(d).update(importo=importo)


def cofinanziamento_e_contributo_diversi(d):
    """Each by an amount of its own: two facts."""
    cofinanzia("21100.00")(d)
    carta("C-contributo", "contributo", "48600.00")(d)


def beni(importo):
    return lambda d: wis.beni(d, importo)


def senza_budget(d):
    d["costi"].remove(wis.budget(d, "A.1"))


def budget(codice, importo):
    return lambda d: wis.budget(d, codice).update(importo=importo)


def senza_codice(d):
    wis.azione(d, "F.1")["codice"] = None


def ogni_azione(**valori):
    return lambda d: [a.update(valori) for a in d["azioni"]]


def destinatari_di_una(numero):
    return lambda d: d["destinatari"][0].update(numero=numero)


def fase(numero, **valori):
    return lambda d: wis.fase(d, numero).update(valori)


def soggetto(nome, **valori):
    return lambda d: wis.soggetto(d, nome).update(valori)


def partner_tolto(d):
    """Of who is in the project no more, the cards still speak."""
    d["partecipazioni"] = [p for p in d["partecipazioni"] if p["id"] != wis.ID["citta"]]


FORMAZIONE, GLOBALE = crema.ID["formazione"], crema.ID["global service"]
VARIANTI = [
    # 2014
    ("crema", carta("I.7", "contributo", "49000.00"), [], [CONTRIBUTO]),
    ("crema", carta("I.6", "costo", "65000.01"), [COSTO], []),
    ("crema", carta("IV.1.2", "contributo", "0.01", FORMAZIONE), [RIGA], []),
    ("crema", carta("IV.1.2", "cofin_pubblico", "6000.00", TOTALE), [COFINANZIAMENTO], []),  # by as much as I.7, and apart
    ("crema", carta("IV.1.2", "cofin_pubblico", "10000.00", TOTALE), [COFINANZIAMENTO], []),
    ("crema", costo_zero, [RIGA, OLTRE], []),
    ("crema", a_un_privato, [RIGA], []),
    ("crema", cofinanziamento_in_piu, [RIGA], []),
    ("crema", legale_rappresentante(codice_fiscale="00111540191"), ["tax_code_mismatch"], []),
    ("crema", legale_rappresentante(nominativo="Ugo Rossi", nato_il="1961-03-15"), ["tax_code_mismatch"], []),
    ("crema", spese_generali("7111.11"), [], [CONTRIBUTO]),
    ("crema", spese_generali("7111.12"), [GENERALI], [CONTRIBUTO]),
    ("crema", avviso(spese_generali_base="richiesto", spese_generali_massimo="2.05"), [], []),
    ("crema", avviso(spese_generali_base="richiesto", spese_generali_massimo="2.04"), [GENERALI], []),
    ("crema", avviso(contributo_massimo="48999.99"), [TETTO], []),
    ("crema", avviso(soggetti_minimi=6, pubblici_minimi=2), [], []),
    ("crema", avviso(soggetti_minimi=7, pubblici_minimi=3), ["too_few_partners", "too_few_public_partners"], []),
    # 2017-2018
    ("castellanza", insieme(solo_i_totali, di_marnate("1650.00")), [COFINANZIAMENTO], []),
    ("castellanza", insieme(solo_i_totali, voce("A", "34884.00")), [RIGA], []),
    ("castellanza", di_marnate("1550.01"), [RIGA], []),
    ("castellanza", insieme(di_marnate("1550.01"), voce("A", "34784.01")), [RIGA, RIGA], []),
    ("castellanza", avviso(spese_generali_massimo="26.56", spese_generali_base="richiesto"), [GENERALI], []),
    ("castellanza", avviso(spese_generali_massimo="26.57", spese_generali_base="richiesto"), [], []),
    ("castellanza", avviso(spese_generali_massimo="1.00", spese_generali_base="concesso"), [], []),
    ("castellanza", avviso(cofinanziamento_minimo="47.31"), [], []),
    ("castellanza", avviso(cofinanziamento_minimo="47.32"), [SOTTO], []),
    ("castellanza", stesso_codice, ["repeated_action_code"], []),
    # 2022
    ("wis", cofinanzia("21000.01"), [COFINANZIAMENTO], []),
    ("wis", carta("C-contributo", "contributo", "48900.00"), [CONTRIBUTO], []),
    (
        "wis",
        insieme(cofinanzia("21100.00"), carta("C-contributo", "contributo", "48600.00")),
        [COFINANZIAMENTO, CONTRIBUTO],
        [],
    ),
    ("wis", senza_budget, [MANCA], []),
    ("wis", insieme(senza_budget, budget("B.1", "30000.00")), [MANCA, "breakdowns_disagree"], []),
    ("wis", beni("7320.00"), [], [BENI]),
    ("wis", ogni_azione(ore=0), [], ["hours_vs_personnel_cost"]),
    ("wis", senza_codice, [MANCA], []),
    ("wis", destinatari_di_una(23), [], ["repeated_recipients"]),
    ("wis", fase(1, azioni=[wis.ID["A.1"], wis.ID["B.1"]]), ["action_not_in_one_phase"], []),
    ("wis", progetto(durata_mesi=1), ["action_longer_than_project", "phase_longer_than_project"], []),
    ("wis", soggetto("cgil", ruolo="aderente"), [], []),
    ("wis", partner_tolto, [RIFIUTATO, RIFIUTATO, "too_few_public_partners"], []),
    ("wis", avviso(contributo_percentuale="69.91"), [TETTO], []),
    ("wis", avviso(contributo_percentuale="69.92"), [], []),
]


def _esito(caso, cambia):
    crea, edizione = CASI[caso]
    dati = deepcopy(crea())
    cambia(dati)
    return edizione, dati, controlla(edizione, dati)


def _conta(caso, cambia) -> Counter:
    return Counter(s.regola for s in _esito(caso, cambia)[2])


@pytest.mark.parametrize(("caso", "cambia", "vengono", "vanno"), VARIANTI)
def test_ogni_variante_da_le_sue_segnalazioni_e_non_altre(caso, cambia, vengono, vanno):
    attese = _conta(caso, lambda d: None) + Counter(vengono)
    attese.subtract(vanno)
    assert _conta(caso, cambia) == +attese


NON_SI_DICE = re.compile(
    r"[0-9a-f]{8}-[0-9a-f]{4}-"  # an identifier
    r"|\bNone\b|\b[a-z]+_[a-z_]+\b"  # a name of the code
    r"|(?<!\.)\.\.(?!\.)|  |: :|\(\)|«»"
    r"|\b1 (mesi|destinatari|accessi)\b|almeno 1\b"
)


@pytest.mark.parametrize(("caso", "cambia"), [v[:2] for v in VARIANTI])
def test_i_messaggi_sono_in_italiano_e_i_luoghi_ci_sono(caso, cambia):
    edizione, dati, segnalazioni = _esito(caso, cambia)
    for s in segnalazioni:
        assert not NON_SI_DICE.search(s.messaggio), s.messaggio
        assert s.luoghi
        for luogo in s.luoghi:
            blocco = edizione.blocco(luogo.blocco)
            righe = {r["id"] for r in blocco.righe(dati)} | {""} | ({TOTALE} if isinstance(blocco, Prospetto) else set())
            campi = {"", *blocco.campi(), *(c.chiave for c in getattr(blocco, "colonne", ()))}
            assert luogo.riga in righe, (s.messaggio, luogo)
            assert luogo.campo in campi, (s.messaggio, luogo)


def _messaggio(caso, cambia, regola) -> str:
    (trovata,) = [s for s in _esito(caso, cambia)[2] if s.regola == regola]
    return trovata.messaggio


@pytest.mark.parametrize(
    ("caso", "cambia", "regola", "parole"),
    [
        ("wis", cofinanzia("21000.01"), COFINANZIAMENTO, "Lo stesso scarto è al punto Totale a contributo pubblico."),
        ("castellanza", di_marnate("1550.01"), RIGA, "Lo stesso scarto è ai punti "),
        ("crema", cofinanziamento_in_piu, RIGA, "la scheda su carta non dichiara niente, qui c'è 100,00: differenza 100,00"),
        ("crema", legale_rappresentante(nominativo="Ugo Rossi", nato_il="1961-03-15"), "tax_code_mismatch", "15/03/1961. Le "),
        ("wis", progetto(durata_mesi=1), "action_longer_than_project", "che dura 1 mese: "),
        ("wis", partner_tolto, "too_few_public_partners", "ne serve almeno uno"),
    ],
)
def test_il_messaggio_lo_dice_bene(caso, cambia, regola, parole):
    assert parole in _messaggio(caso, cambia, regola)


def test_il_totale_di_una_colonna_che_si_scrive_porta_alla_sua_tabella(progetto):
    assert Pagina(progetto, None).indirizzo(Luogo("IV.1.2", TOTALE, "costo")).endswith("#b-IV-1-2")


def test_un_importo_su_una_voce_che_l_avviso_non_ha_piu_si_vede_ed_e_detto():
    dati = deepcopy(CASTELLANZA) | {"conferme": {}, "da_rivedere": []}
    dati["avviso"]["voci_costo"] = [{"codice": c, "titolo": f"Voce {c}", "genere": ""} for c in "ABDE"]
    detta = [s for s in controlla(EDIZIONI["ptc-2017"], dati) if s.regola == "cost_outside_items"]
    assert [s.dati["amount"] for s in detta] == ["2056.00"]
    blocco = EDIZIONI["ptc-2017"].blocco(detta[0].luoghi[0].blocco)
    assert [r["id"] for r in blocco.righe(dati)] == ["A", "B", "D", "E", "C"]
