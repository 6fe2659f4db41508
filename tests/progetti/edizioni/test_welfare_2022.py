"""The 2022 edition: the words of its form, the real case to the cent, and its variants, each with its segnalazioni."""

import html
import json
import re
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.urls import reverse

from alleanze.models import Ente
from conciliazione.demo.wis import IN_BOZZA
from conciliazione.models import Utente
from conciliazione.schede import pdf
from conciliazione.schede.edizione import Elenco
from conciliazione.schede.lettura import leggi
from conciliazione.schede.prospetto import Prospetto
from conciliazione.schede.segnalazioni import controlla
from progetti import interscambio
from progetti.contenuto import contenuto as contenuto_di
from progetti.contenuto import conti
from progetti.edizioni.welfare_2022.modulo import WELFARE_2022
from progetti.models import Avviso, Progetto
from progetti.nuovo import apri as nascita
from progetti.presentazione import transizioni, versioni
from progetti.soggetti import aggiungi

from ... import fabbrica
from ...moduli import apri
from ...test_interrogazioni import domande
from ...wis import ID, azione, beni, budget, cofinanziamento, contenuto, fase, risposte, senza_dichiarati, soggetto, voce

# The words of the form. -----------------------------------------------------------------------------------------------

MODULO = (Path(__file__).parent / "moduli_welfare.txt").read_text(encoding="utf-8")
NOSTRE = {
    "Nome e cognome",  # under «Rappresentante legale»
    "Città",  # under «Sede operativa»
    "Prov.",
    "Denominazione e codice, come al Registro imprese.",  # on the screen only
    "Durata in mesi",
    "Il budget si scrive nella tabella «Budget ipotizzato per attività».",
    "Budget ipotizzato",
    "Destinatari: precisazioni",
    "Accessi ai servizi",
    "Tipologia",
    "Numero",
    "N°",
    "Attività previste: descrizione",
}
"""Words of ours in the blocks that are printed: parts of a printed cell, or instructions of the screen."""


def _piano(testo: str) -> str:
    return " ".join(testo.split())


def _stampata(dati: dict) -> str:
    """The text of the printed page."""
    intestazione = {"numero": None, "sha256": "0" * 64, "stato": "", "origine": ""}
    pagina = pdf.html_scheda(
        leggi(WELFARE_2022, dati), dati, titolo="x", intestazione=intestazione, creata_il=datetime(2022, 7, 14, tzinfo=UTC)
    )
    corpo = re.sub(r"<title>.*?</title>|<style>.*?</style>", " ", pagina.split("<body", 1)[1].split(">", 1)[1], flags=re.S)
    return _piano(html.unescape(re.sub(r"<[^>]+>", " ", corpo)))


def _brani() -> list[str]:
    """What the form prints, piece by piece: the blanks and the edges of its cells are left out."""
    brani = []
    for riga in MODULO.splitlines():
        titolo = riga.startswith("PARTE")  # here the dash is printed
        pezzi = [riga] if titolo else re.split(r"\[…\]|\||—|^- ", riga)
        brani += [_piano(pezzo).removesuffix(":") for pezzo in pezzi]
    return [b for b in brani if b not in ("", "€")]


def test_il_modulo_e_stampato_parola_per_parola_e_nel_suo_ordine():
    stampato, posto = _stampata(contenuto()), 0
    for brano in _brani():
        trovato = stampato.find(brano, posto)
        assert trovato >= 0, f"«{brano}» manca o non è al suo posto"
        posto = trovato + len(brano)


def _parole_di(blocco) -> list[str]:
    parole = [blocco.titolo, blocco.istruzioni, getattr(blocco, "totale", "")]
    parole += [c.etichetta for c in (*getattr(blocco, "colonne", ()), *getattr(blocco, "calcolate", ()))]
    parole += [v.titolo for v in getattr(blocco, "voci", ())]
    if not isinstance(blocco, Prospetto | Elenco):
        campi = [c for nome, c in blocco.campi().items() if c.stampato and nome != getattr(blocco, "padre", "")]
        for campo in campi:
            scelte = [nome for chiave, nome in getattr(campo, "choices", []) if chiave and campo.genere == "scelte"]
            parole += [str(campo.label), *str(campo.help_text).split("\n"), campo.gruppo, *scelte]
    return [_piano(p) for p in parole if p]


def test_ogni_parola_dell_edizione_e_del_modulo_o_fra_quelle_dichiarate_nostre():
    modulo = _piano(MODULO)
    dell_edizione = {p for b in WELFARE_2022.blocchi if b.stampato for p in _parole_di(b)}
    estranee = {p for p in dell_edizione if p not in modulo and p != "Stampata sotto"}
    assert estranee == {p for p in NOSTRE if p not in modulo}


def test_cio_che_il_modulo_non_chiede_si_vede_e_non_si_stampa():
    letta = leggi(WELFARE_2022, contenuto())
    enti = next(b for s in letta["sezioni"] for b in s["blocchi"] if b["chiave"] == "enti")
    assert [v["testo"] for v in enti["righe"][2]["voci"]][-1] == "microimpresa"
    stampato = _stampata(contenuto())
    for parole in ("microimpresa", "Dimensione dichiarata", "Da chi viene il cofinanziamento", "Di cui beni", "non si sommano"):
        assert parole not in stampato


def test_chi_sostiene_il_progetto_non_e_fra_gli_enti_partner():
    letta = leggi(WELFARE_2022, contenuto())
    blocchi = {b["chiave"]: b for s in letta["sezioni"] for b in s["blocchi"]}
    assert [len(blocchi[b]["righe"]) for b in ("A.2", "A.3-elenco", "enti")] == [1, 8, 5]


def test_le_attivita_stanno_sotto_il_loro_intervento_una_volta_sola():
    stampato = _stampata(contenuto())
    titoli = re.findall(r"Intervento ([A-G])\)", stampato)
    assert titoli == ["A", "B", "C", "F"]
    assert stampato.count("Titolo attività") == 5


def test_gli_interventi_di_cui_nessuno_ha_visto_le_parole_si_possono_scegliere_e_lo_dicono():
    campo = WELFARE_2022.blocco("B.2.1").form(contenuto(), {"id": ""}).fields["interventi"]
    scelte = dict(campo.choices)
    assert list(scelte) == list("ABCDEFG")
    assert [c for c, nome in scelte.items() if nome.endswith("(da verificare)")] == ["D", "E", "G"]
    assert "(da verificare)" not in _stampata(contenuto())


# The real case. -------------------------------------------------------------------------------------------------------

BASE = Counter(
    {
        ("hours_vs_personnel_cost", "avviso"): 1,
        ("goods_ceiling", "non verificabile"): 1,
        ("repeated_recipients", "informazione"): 1,
        ("missing_field", "avviso"): 1,
        ("cofinancing_not_attributed_to_partners", "informazione"): 1,
        ("name_variants", "informazione"): 1,
        ("micro_or_small_size", "non verificabile"): 1,
    }
)
ORE, BENI, DESTINATARI, MANCA, NON_ATTRIBUITO, NOMI, PICCOLE = BASE
BENI_OLTRE = ("goods_ceiling", "errore")
TETTO = ("contribution_above_ceiling", "errore")
DISCORDI = ("breakdowns_disagree", "errore")
RICHIESTO = ("missing_required", "errore")
OLTRE = ("cofinancing_above_cost", "errore")
RIFIUTATO = ("invalid_value", "errore")


def segnalazioni(dati: dict) -> list:
    return controlla(WELFARE_2022, dati)


def esito(dati: dict) -> Counter:
    return Counter((s.regola, str(s.gravita)) for s in segnalazioni(dati))


def sola(dati: dict, regola: str):
    (trovata,) = [s for s in segnalazioni(dati) if s.regola == regola]
    return trovata


@pytest.fixture
def acquisita(dimostrazione) -> dict:
    return contenuto_di(Progetto.objects.select_related("avviso").get(titolo__startswith="WIS Welfare"))


def test_il_caso_vero_da_proprio_le_sue_sette_segnalazioni(acquisita):
    assert esito(acquisita) == BASE


def test_le_cifre_del_caso_tornano_al_centesimo(acquisita):
    totali = [
        conti.costo(acquisita, prospetto="voci"),
        conti.costo(acquisita, prospetto="azioni"),
        conti.contributo(acquisita, prospetto="voci"),
        conti.cofinanziamento(acquisita),
    ]
    assert [str(t) for t in totali] == ["69800.00", "69800.00", "48800.00", "21000.00"]


@pytest.mark.parametrize(
    ("regola", "dati"),
    [
        ("hours_vs_personnel_cost", {"hours": 2328, "rate": "29.98", "budget": "69800.00", "personnel": "39300.00"}),
        ("goods_ceiling", {"ceiling": "7320.00"}),
        ("repeated_recipients", {"people": 22, "accesses": 80}),
        ("cofinancing_not_attributed_to_partners", {"amount": "21000.00"}),
        ("micro_or_small_size", {"declared": 3, "minimum": 2}),
    ],
)
def test_ogni_segnalazione_del_caso_dice_le_sue_cifre(acquisita, regola, dati):
    assert sola(acquisita, regola).dati == dati


def test_manca_solo_la_natura_giuridica_del_capofila(acquisita):
    trovata = sola(acquisita, "missing_field")
    assert trovata.messaggio == "ENTI PARTNER: manca Natura giuridica di IRENE ETS."
    assert [(luogo.riga, luogo.campo) for luogo in trovata.luoghi] == [(ID["irene"], "natura_giuridica")]


def test_i_nomi_scritti_in_due_modi_sono_tre(acquisita):
    assert [luogo.riga for luogo in sola(acquisita, "name_variants").luoghi] == [ID["fedeli"], ID["mep"], ID["cinemino"]]


# Variants: what is changed, the segnalazioni that come and those that go. ----------------------------------------------


def cofinanzia(importo):
    def fai(d):
        senza_dichiarati(d)
        cofinanziamento(d)["importo"] = importo

    return fai


def costa(personale, altro, cofin):
    """Other amounts by item, with the cards that follow them."""

    def fai(d):
        cofinanzia(cofin)(d)
        voce(d, "A")["importo"], voce(d, "B")["importo"] = personale, altro
        resto = float(personale) + float(altro) - 4 * 5000
        for codice in ("A.1", "A.2", "B.1", "C.1"):
            budget(d, codice)["importo"] = "5000.00"
        budget(d, "F.1")["importo"] = f"{resto:.2f}"

    return fai


def spende_in_beni(importo):
    return lambda d: beni(d, importo)


def solo_la_rete(d):
    risposte(d, "B.2.1")["interventi"] = ["A"]
    for numero, codice in enumerate(("A.1", "A.2", "B.1", "C.1", "F.1"), 1):
        azione(d, codice)["codice"] = f"A.{numero}"


def solo_la_rete_indicata(d):
    """The cards of the others are there: one fact, told once."""
    risposte(d, "B.2.1")["interventi"] = ["A"]


def solo_la_rete_senza_catalogo(d):
    d["avviso"]["catalogo"] = None
    solo_la_rete(d)


def fase_di_tredici_mesi(d):
    fase(d, 4)["mesi"] = 13


def attivita_di_tredici_mesi(d):
    azione(d, "B.1")["mesi"] = 13


def progetto_di_tredici_mesi(d):
    d["progetto"]["durata_mesi"] = 13


def in_due_fasi(d):
    fase(d, 1)["azioni"] = [ID["A.1"], ID["B.1"]]


def in_nessuna_fase(d):
    fase(d, 4)["azioni"] = [ID["C.1"]]


def senza_fasi(d):
    d["fasi"] = []
    d["risposte"].pop("B.2.2")


def tre_enti(d):
    """A public body and two small firms are still there: only the count is short."""
    soggetto(d, "irene")["dimensione"] = "micro"
    soggetto(d, "fedeli")["ruolo"] = soggetto(d, "mep")["ruolo"] = "aderente"


def nessun_ente_pubblico(d):
    soggetto(d, "citta")["settore"] = "privato"


def una_sola_piccola(d):
    soggetto(d, "fedeli")["dimensione"] = soggetto(d, "mep")["dimensione"] = "media"


def natura_indicata(d):
    soggetto(d, "irene")["natura_giuridica"] = "Fondazione"


def senza_sede_di_un_partner(d):
    """One more hole in the same block: the same segnalazione says both."""
    risposte(d, "enti", "mep").pop("operativa_citta")
    risposte(d, "enti", "mep").pop("operativa_prov")


def attribuito(d):
    cofinanziamento(d)["partecipazione"] = ID["irene"]


def attribuito_a_un_settore(d):
    cofinanziamento(d)["settore"] = "privato"


def attribuito_e_con_il_settore(d):
    cofinanziamento(d).update(partecipazione=ID["irene"], settore="privato")


def una_scheda_costa_un_centesimo_in_piu(d):
    budget(d, "A.1")["importo"] = "12500.01"


def una_scheda_senza_budget(d):
    d["costi"].remove(budget(d, "A.1"))


def una_voce_vuota(d):
    senza_dichiarati(d)
    d["costi"].remove(voce(d, "B"))


def nessuna_voce(d):
    una_voce_vuota(d)
    d["costi"].remove(voce(d, "A"))


def codice_scritto_male(d):
    azione(d, "F.1")["codice"] = "F1"


def codice_ripetuto(d):
    azione(d, "A.2")["codice"] = "A.1"


def tipo_non_indicato(d):
    risposte(d, "B.2.1")["interventi"] = ["A", "B", "C"]


def tipo_senza_scheda(d):
    risposte(d, "B.2.1")["interventi"] = ["A", "B", "C", "D", "F"]


def destinatari_diversi(d):
    d["destinatari"][0]["numero"] = 21


def scheda_senza_personale(d):
    d["personale"] = [p for p in d["personale"] if p["azione"] != ID["C.1"]]


def totale_dei_destinatari_non_detto(d):
    d["progetto"]["destinatari"] = None


def personale_in_linea_con_le_ore(d):
    """Four fifths of the budget and a bit more."""
    senza_dichiarati(d)
    voce(d, "A")["importo"], voce(d, "B")["importo"] = "58166.67", "11633.33"


def personale_appena_sotto(d):
    senza_dichiarati(d)
    voce(d, "A")["importo"], voce(d, "B")["importo"] = "58166.66", "11633.34"


def contributo_dichiarato_diverso(d):
    (cella,) = [c for c in d["dichiarati"] if c["blocco"] == "C-contributo"]
    cella.update(testo="49.800,00", importo="49800.00")


def voce_dichiarata_diversa(d):
    (cella,) = [c for c in d["dichiarati"] if c["riga"] == "A"]
    cella.update(testo="39.400,00", importo="39400.00")


def codice_fiscale_di_un_altro(d):
    codici = [risposte(d, "enti", nome) for nome in ("irene", "citta")]
    codici[0]["lr_codice_fiscale"] = codici[1]["lr_codice_fiscale"]


def stesso_codice_fiscale(d):
    soggetto(d, "mep")["codice_fiscale"] = soggetto(d, "cinemino")["codice_fiscale"]


def portale(d):
    """Filled in the portal: the partners confirm, who supports the project does not."""
    d["progetto"]["origine"] = "portale"


VARIANTI = [
    (cofinanzia("20940.00"), [], []),  # 48.860,00 = 70% of 69.800,00
    (cofinanzia("20939.99"), [TETTO], []),
    (costa("50000.00", "30000.00", "30000.00"), [], []),  # 50.000,00, the most in euro
    (costa("50000.00", "30000.00", "29999.99"), [TETTO], []),
    (cofinanzia("69800.00"), [], []),
    (cofinanzia("69800.01"), [OLTRE], []),
    (costa("20000.00", "0.00", "20000.00"), [], [ORE]),
    (spende_in_beni("7320.00"), [], [BENI]),
    (spende_in_beni("7320.01"), [BENI_OLTRE], [BENI]),
    (spende_in_beni("0.00"), [], [BENI]),
    (spende_in_beni("30500.01"), [BENI_OLTRE, ("goods_above_item", "errore")], [BENI]),
    (solo_la_rete, [("complementary_action_alone", "errore")], []),
    (solo_la_rete_indicata, [("complementary_action_alone", "errore")], []),
    (solo_la_rete_senza_catalogo, [("complementary_action_alone", "errore")], []),
    (fase_di_tredici_mesi, [("phase_longer_than_project", "avviso")], []),
    (attivita_di_tredici_mesi, [("action_longer_than_project", "avviso")], []),
    (progetto_di_tredici_mesi, [("duration_above_maximum", "errore")], []),
    (in_due_fasi, [("action_not_in_one_phase", "avviso")], []),
    (in_nessuna_fase, [("action_not_in_one_phase", "avviso")], []),
    (senza_fasi, [RICHIESTO], []),
    (tre_enti, [("too_few_partners", "errore")], []),
    (nessun_ente_pubblico, [("too_few_public_partners", "errore")], []),
    (una_sola_piccola, [("too_few_small_firms", "errore")], [PICCOLE]),
    (natura_indicata, [], [MANCA]),
    (senza_sede_di_un_partner, [], []),
    (attribuito, [], [NON_ATTRIBUITO]),
    (attribuito_a_un_settore, [], []),
    (attribuito_e_con_il_settore, [RIFIUTATO], [NON_ATTRIBUITO]),
    (una_scheda_costa_un_centesimo_in_piu, [DISCORDI], []),
    (una_scheda_senza_budget, [RICHIESTO], []),  # what is missing is not told as a difference too
    (una_voce_vuota, [DISCORDI], []),
    (nessuna_voce, [RICHIESTO], [ORE, BENI]),
    (codice_scritto_male, [RIFIUTATO], []),
    (codice_ripetuto, [("repeated_action_code", "avviso")], []),
    (tipo_non_indicato, [("card_of_unchosen_type", "avviso")], []),
    (tipo_senza_scheda, [("chosen_type_without_card", "avviso")], []),
    (destinatari_diversi, [], [DESTINATARI]),
    (scheda_senza_personale, [MANCA], []),
    (totale_dei_destinatari_non_detto, [MANCA], []),
    (personale_in_linea_con_le_ore, [], [ORE]),
    (personale_appena_sotto, [], []),
    (contributo_dichiarato_diverso, [("declared_contribution_vs_table", "errore")], []),
    (voce_dichiarata_diversa, [("declared_row_vs_computed", "errore")], []),
    (codice_fiscale_di_un_altro, [("tax_code_mismatch", "avviso")], []),
    (stesso_codice_fiscale, [("repeated_subject", "avviso")], []),
    (portale, [("partner_not_confirmed", "avviso")], []),
]


@pytest.mark.parametrize(("cambia", "vengono", "vanno"), VARIANTI, ids=lambda v: getattr(v, "__name__", ""))
def test_ogni_variante_da_le_segnalazioni_che_deve(cambia, vengono, vanno):
    dati = contenuto()
    cambia(dati)
    assert esito(dati) == BASE + Counter(vengono) - Counter(vanno)


def test_un_codice_sbagliato_si_dice_una_volta_anche_se_lo_chiedono_due_blocchi():
    dati = contenuto()
    codice_scritto_male(dati)
    assert "scrivilo come A.1" in sola(dati, "invalid_value").messaggio


def test_chi_sostiene_il_progetto_non_deve_confermare_niente():
    dati = contenuto()
    portale(dati)
    assert len(sola(dati, "partner_not_confirmed").luoghi) == 4


def test_cio_che_l_avviso_non_dice_non_si_controlla():
    dati = contenuto()
    progetto_di_tredici_mesi(dati)
    cofinanzia("0.00")(dati)
    tre_enti(dati)
    dati["avviso"] |= dict.fromkeys(
        (
            "contributo_percentuale",
            "contributo_massimo",
            "cofinanziamento_minimo",
            "beni_massimo",
            "soggetti_minimi",
            "pubblici_minimi",
            "imprese_minime",
            "durata_massima",
            "catalogo",
        )
    )
    assert esito(dati) == BASE - Counter([BENI, PICCOLE, NON_ATTRIBUITO])


# In the portal. -------------------------------------------------------------------------------------------------------


@pytest.fixture
def irene(dimostrazione) -> Utente:
    return Utente.objects.get(email="capofila@irene.example.org")


@pytest.fixture
def bozza(dimostrazione) -> Progetto:
    return Progetto.objects.select_related("avviso__ats", "capofila").get(titolo=IN_BOZZA)


@pytest.fixture
def nuova(irene) -> Progetto:
    return nascita.apri(Avviso.objects.get(codice="welfare-2022-dimostrativo"), irene.appartenenze.get().ente, None, irene)


def _pagine(progetto: Progetto) -> list[str]:
    soggetti = list(progetto.partecipazioni.order_by("ordine"))
    attivita = list(progetto.azione_righe.order_by("ordine"))
    sezioni = [reverse("progetti:sezione", args=[progetto.pk, s.chiave]) for s in WELFARE_2022.sezioni]
    righe = [("enti", soggetti[0].pk), *(("schede", a.pk) for a in attivita[:1])]
    return sezioni + [reverse("progetti:riga", args=[progetto.pk, blocco, riga]) for blocco, riga in righe]


def _manda(browser, url, **valori):
    dati = apri(browser, url)
    dati.update(valori)
    risposta = browser.post(url, dati)
    assert risposta.status_code == 302, re.findall(r"campo-errore[^>]*>([^<]*)", risposta.content.decode())


def test_una_scheda_nuova_nasce_con_cio_che_si_sa_del_capofila_e_senza_attivita(nuova):
    dati = contenuto_di(nuova)
    capofila = dati["partecipazioni"][0]
    assert dati["azioni"] == []
    assert capofila["codice_fiscale"] == "97100900154"
    assert set(dati["risposte"]["enti"][capofila["id"]]) == {
        "lr_nominativo",
        "lr_codice_fiscale",
        "operativa_citta",
        "operativa_prov",
    }


@pytest.mark.parametrize("quale", ["nuova", "bozza"])
def test_ogni_pagina_si_apre_e_si_salva_senza_toccare_niente(request, entra, irene, quale):
    progetto = request.getfixturevalue(quale)
    browser, prima = entra(irene), contenuto_di(progetto)
    for url in _pagine(progetto):
        _manda(browser, url)
    assert contenuto_di(progetto) == prima


def test_un_attivita_apre_la_sua_scheda_con_personale_destinatari_e_budget(nuova, entra, irene):
    browser, url = entra(irene), reverse("progetti:sezione", args=[nuova.pk, "B"])
    pk = apri(browser, url)["b-azioni-righe"][0]
    _manda(browser, url, **{"b-azioni-righe": [pk], f"b-azioni_{pk}-codice": "B.1", f"b-azioni_{pk}-titolo": "Doposcuola"})
    _manda(browser, url, **{f"b-budget_{pk}-costo": "€ 1.500,50"})
    sua = reverse("progetti:riga", args=[nuova.pk, "schede", pk])
    dati = apri(browser, sua)
    persone, gente = dati["b-personale-righe"][0], dati["b-destinatari-righe"][0]
    capofila = str(nuova.partecipazioni.get().pk)
    _manda(
        browser,
        sua,
        **{
            f"b-schede_{pk}-ore": "1.200",
            f"b-schede_{pk}-mesi": "10",
            f"b-schede_{pk}-accessi": "80",
            f"b-schede_{pk}-partner": [capofila],
            "b-personale-righe": [persone],
            f"b-personale_{persone}-numero": "3",
            f"b-personale_{persone}-ruolo": "educatrici",
            "b-destinatari-righe": [gente],
            f"b-destinatari_{gente}-numero": "22",
            f"b-destinatari_{gente}-tipo": "nuclei",
        },
    )
    trovato = contenuto_di(nuova)
    (attivita,), (costo,) = trovato["azioni"], trovato["costi"]
    assert (attivita["codice"], attivita["ore"], attivita["mesi"], attivita["accessi"]) == ("B.1", 1200, 10, 80)
    assert (costo["prospetto"], costo["azione"], costo["importo"]) == ("azioni", pk, "1500.50")
    assert trovato["risposte"]["schede"][pk] == {"partner": [capofila]}
    assert [(p["azione"], p["numero"], p["ruolo"]) for p in trovato["personale"]] == [(pk, 3, "educatrici")]
    assert [(d["azione"], d["numero"], d["tipo"]) for d in trovato["destinatari"]] == [(pk, 22, "nuclei")]
    stampato = _stampata(trovato)
    assert "Intervento B) Accesso ai servizi" in stampato
    assert "3 educatrici" in stampato
    assert "€ 1.500,50" in stampato.replace("\xa0", " ")
    assert "22 nuclei famigliari di dipendenti" in stampato
    assert "€ 1.500,50" in browser.get(sua).content.decode().replace("&nbsp;", " ")


def test_il_codice_di_un_attivita_scritto_male_e_rifiutato_con_l_esempio(nuova, entra, irene):
    browser, url = entra(irene), reverse("progetti:sezione", args=[nuova.pk, "B"])
    dati = apri(browser, url)
    pk = dati["b-azioni-righe"][0]
    risposta = browser.post(url, dati | {f"b-azioni_{pk}-codice": "Azione 1", f"b-azioni_{pk}-titolo": "Doposcuola"})
    assert "«Azione 1» non è il codice di un&#x27;attività: scrivilo come A.1." in risposta.content.decode()
    assert "Doposcuola" in risposta.content.decode()


def test_una_fase_dice_le_sue_attivita_e_le_parole_che_le_spiegano(bozza, entra, irene):
    browser, url = entra(irene), reverse("progetti:sezione", args=[bozza.pk, "B"])
    dati, attivita = apri(browser, url), [str(a.pk) for a in bozza.azione_righe.order_by("ordine")]
    pk = dati["b-B-2-2-righe"][0]
    nome = f"b-B-2-2_{pk}-"
    valori = {
        "titolo": "Servizi",
        "mesi": "10",
        "azioni": [attivita[2], attivita[3]],
        "attivita": "Raccolta",
        "obiettivo": "Dare",
    }
    _manda(browser, url, **{"b-B-2-2-righe": [pk]}, **{nome + c: v for c, v in valori.items()})
    (fase_nuova,) = [f for f in contenuto_di(bozza)["fasi"] if f["titolo"] == "Servizi"]
    assert fase_nuova["azioni"] == attivita[2:4]
    assert "action_not_in_one_phase" not in {s.regola for s in segnalazioni(contenuto_di(bozza))}


def test_beni_e_cofinanziamento_si_scrivono_nella_parte_c_e_i_totali_seguono(nuova, entra, irene):
    browser, url = entra(irene), reverse("progetti:sezione", args=[nuova.pk, "C"])
    riga = apri(browser, url)["b-cofinanziamenti-righe"][0]
    _manda(
        browser,
        url,
        **{
            "b-C_A-costo": "39.300",
            "b-C_B-costo": "30500",
            "b-beni_B-beni": "7.320,00",
            "b-cofinanziamenti-righe": [riga],
            f"b-cofinanziamenti_{riga}-importo": "21000",
        },
    )
    dati = contenuto_di(nuova)
    assert str(conti.costo(dati, prospetto="voci")) == "69800.00"
    assert str(conti.contributo(dati, prospetto="voci")) == "48800.00"
    assert str(conti.costo(dati, prospetto="beni")) == "7320.00"
    stampato = _stampata(dati)
    assert re.search(r"TOTALE A CONTRIBUTO PUBBLICO €\s48.800,00", stampato)
    assert re.search(r"TOTALE COFINANZIAMENTO €\s21.000,00", stampato)


def test_il_partner_scrive_la_sua_riga_fra_gli_enti_e_il_suo_cofinanziamento(bozza, entra, irene):
    ente = Ente.objects.get(codice_fiscale="10065490962")
    utente = fabbrica.utente("Carlo", "Sala", email="partner@cinemino.example.org")
    utente.appartenenze.create(ente=ente, ruolo="operatore")
    browser, suo = entra(utente), bozza.partecipazioni.get(ente=ente)
    altro = bozza.partecipazioni.get(ruolo="capofila")
    url = reverse("progetti:riga", args=[bozza.pk, "enti", suo.pk])
    _manda(browser, url, **{f"b-enti_{suo.pk}-natura_giuridica": "Società a responsabilità limitata semplificata"})
    assert browser.post(reverse("progetti:riga", args=[bozza.pk, "enti", altro.pk]), {}).status_code == 403
    sezione = reverse("progetti:sezione", args=[bozza.pk, "C"])
    riga = apri(browser, sezione)["b-cofinanziamenti-righe"][0]
    _manda(browser, sezione, **{"b-cofinanziamenti-righe": [riga], f"b-cofinanziamenti_{riga}-importo": "100"})
    suoi = [c for c in contenuto_di(bozza)["cofinanziamenti"] if c["partecipazione"] == str(suo.pk)]
    assert [c["importo"] for c in suoi] == ["100.00"]
    letto = browser.get(reverse("progetti:sezione", args=[bozza.pk, "A"])).content.decode()
    codice = contenuto_di(bozza)["risposte"]["enti"][str(altro.pk)]["lr_codice_fiscale"]
    assert codice not in letto


def test_una_scheda_completa_si_presenta_e_prende_il_suo_numero(bozza, irene):
    """With the cofinancing not attributed and the goods not told: what cannot be verified stops nobody."""
    dati = contenuto_di(bozza)
    completa = interscambio.leggi_file(interscambio.esporta(bozza))
    completa["risposte"]["B.2.5"] = {"": {"testo": "La rete continua."}}
    ultima = dati["azioni"][-1]["id"]
    completa["risposte"]["schede"][ultima]["obiettivo"] = "Un piano in ogni impresa."
    completa["cofinanziamenti"][0] |= {"partecipazione": None}
    completa["costi"] = [c for c in completa["costi"] if c["prospetto"] != "beni"]
    progetto, fatto = interscambio.importa(completa)
    assert fatto == "aggiornato"
    presentazione = transizioni.presenta(progetto.pk, irene)
    assert presentazione.numero_di_domanda
    assert {"goods_ceiling", "cofinancing_not_attributed_to_partners"} <= {
        s["regola"] for s in presentazione.versione.segnalazioni
    }


def test_il_file_va_e_torna_uguale(bozza, dimostrazione):
    acquisito = Progetto.objects.get(titolo__startswith="WIS Welfare")
    for progetto in (bozza, acquisito):
        assert interscambio.importa(json.loads(interscambio.esporta(progetto)))[1] == "identico"


def test_la_scheda_congelata_si_stampa_in_pdf(dimostrazione):
    versione = Progetto.objects.get(titolo__startswith="WIS Welfare").versioni.get()
    assert versioni.pdf_di(versione).startswith(b"%PDF")


DOMANDE = 12
"""As a page of any scheda: progetto, the content, what is one's own, who wrote last."""


def test_ogni_pagina_chiede_poco_e_lo_stesso_con_molte_righe(bozza, entra, irene):
    browser, pagine = entra(irene), _pagine(bozza)
    prima = [len(domande(browser, url)) for url in pagine]
    assert max(prima) <= DOMANDE
    for numero in range(10):
        attivita = bozza.azione_righe.create(ordine=50 + numero, codice=f"B.{numero + 2}", titolo=f"Attività {numero}")
        bozza.personale_righe.create(azione=attivita, ruolo="educatrice", numero=1)
        bozza.fase_righe.create(titolo=f"Fase {numero}", ordine=50 + numero).azioni.add(attivita)
        ente = fabbrica.ente(f"Impresa {numero}")
        aggiungi.aggiungi_soggetto(bozza, ente)
    assert [len(domande(browser, url)) for url in pagine] == prima
