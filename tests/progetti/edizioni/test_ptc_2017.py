"""The scheda of 2017-2018: the real case of Castellanza to the cent, and what changes with each variant of it."""

from collections import Counter

import pytest
from django.urls import reverse

from alleanze.models import Alleanza
from conciliazione.schede.lettura import leggi
from conciliazione.schede.segnalazioni import controlla
from progetti.contenuto import conferme, conti
from progetti.contenuto import contenuto as contenuto_di
from progetti.edizioni.ptc_2017.modulo import CATALOGO, PTC_2017
from progetti.models import Avviso, Progetto
from progetti.nuovo import apri as nascita
from progetti.soggetti import aggiungi

from ...castellanza import ID, azione, bozza, contenuto, costa, dichiara, mette, risposte, soggetto
from ...moduli import apri
from ...test_interrogazioni import PAGINE, domande

BASE = Counter({("partners_without_cofinancing", "informazione"): 1, ("no_budget_by_action", "informazione"): 1})
SENZA_COFINANZIAMENTO = ("partners_without_cofinancing", "informazione")
SENZA_AZIONI = ("no_budget_by_action", "informazione")
RIGA = ("declared_row_vs_computed", "errore")
COSTO = ("declared_cost_vs_table", "errore")
CONTRIBUTO = ("declared_contribution_vs_table", "errore")
COFINANZIAMENTO = ("declared_cofinancing_vs_table", "errore")
ILLEGGIBILE = ("declared_unreadable", "avviso")
OLTRE = ("cofinancing_above_cost", "errore")
MANCA = ("missing_required", "errore")
MANCA_AVVISO = ("missing_field", "avviso")
MANCA_DATO = ("missing_optional_data", "informazione")
GENERALI = ("overhead_above_ceiling", "errore")
TETTO = ("contribution_above_ceiling", "errore")
BENI = ("goods_ceiling", "errore")
NOMI = ("name_variants", "informazione")
RIPETUTO = ("repeated_subject", "avviso")
CONFERME = ("partner_not_confirmed", "avviso")
RIFIUTATO = ("invalid_value", "errore")


def segnalazioni(dati: dict) -> list:
    return controlla(PTC_2017, dati)


def esito(dati: dict) -> Counter:
    return Counter((s.regola, str(s.gravita)) for s in segnalazioni(dati))


def sola(dati: dict, regola: tuple):
    (trovata,) = [s for s in segnalazioni(dati) if (s.regola, str(s.gravita)) == regola]
    return trovata


# The real case. --------------------------------------------------------------------------------------------------------


@pytest.fixture
def castellanza(dimostrazione) -> Progetto:
    titolo = "La conciliazione...pronti, via sperimentiamo..."
    return Progetto.objects.select_related("avviso__ats", "alleanza__ats", "capofila").get(titolo=titolo)


def test_del_caso_vero_escono_le_sue_due_segnalazioni_e_nessun_altra(castellanza):
    assert esito(contenuto_di(castellanza)) == BASE


def test_i_quattro_enti_che_non_cofinanziano_sono_detti_per_nome_e_la_riga_dei_privati_resta_vuota():
    trovata = sola(contenuto(), SENZA_COFINANZIAMENTO)
    attesi = [soggetto(contenuto(), n)["denominazione"] for n in ("totem", "ccs", "dire fare giocare", "il seme")]
    assert [luogo.nota for luogo in trovata.luoghi] == attesi
    assert trovata.dati == {"partners": 4}
    assert "Dagli enti privati non viene nessun cofinanziamento" in trovata.messaggio
    assert PTC_2017.blocco("privati").colonna("privati").calcola(contenuto(), None) is None


def test_i_voucher_non_si_dividono_fra_le_azioni():
    assert sola(contenuto(), SENZA_AZIONI).dati == {"amount": "15401.00"}


def test_i_totali_sono_quelli_della_scheda(castellanza):
    dati = contenuto_di(castellanza)
    singoli = ("costo", "contributo", "cofinanziamento", "pubblici", "privati")
    totali = [PTC_2017.blocco(b).colonna(b).calcola(dati, None) for b in singoli]
    assert [str(t) for t in totali] == ["60741.00", "32000.00", "28741.00", "28741.00", "None"]
    nature = [conti.cofinanziamento(dati, natura=n) for n in ("monetario", "valorizzazione")]
    assert [str(n) for n in nature] == ["8050.00", "20691.00"]


def test_ogni_cifra_stampata_sulla_carta_e_dichiarata_e_torna():
    dati = contenuto()
    assert len(dati["dichiarati"]) == 3 + 6 + 2 + 17 + 1
    lettura = leggi(PTC_2017, dati)
    voci = [v for b in lettura["sezioni"][3]["blocchi"] for r in [*b["righe"], {"voci": b["totale"]}] for v in r["voci"]]
    assert [v["chiave"] for v in voci if v["diverso"]] == []


def test_c1_e_c2_hanno_una_stima_sola():
    risultati = next(b for b in leggi(PTC_2017, contenuto())["sezioni"][2]["blocchi"] if b["chiave"] == "risultati")
    righe = {r["codice"]: r for r in risultati["righe"]}
    assert list(righe) == ["A", "B", "C1", "C2", "D", "E1", "E2"]
    assert (righe["C1"]["voci"][0]["unite"], righe["C2"]["voci"][0]["unite"]) == (2, 0)
    assert "10 soggetti pubblici" in righe["C1"]["voci"][0]["testo"]
    assert (righe["E1"]["voci"][0]["unite"], righe["E2"]["voci"][0]["unite"]) == (1, 1)
    assert [len(r["figlie"][0]["righe"]) for r in righe.values()] == [3, 2, 1, 2, 2, 2, 1]


def test_il_catalogo_e_quello_stampato():
    assert [codice for codice, _ in CATALOGO] == list("ABCDE")
    assert [azione(contenuto(), codice)["titolo"] for codice, _ in CATALOGO] == [titolo for _, titolo in CATALOGO]


# Variants: what is changed, the segnalazioni that come and those that go. -----------------------------------------------


def nulla(d):
    pass


def voce(codice, importo):
    return lambda d: costa(d, codice, importo)


def di(nome, natura, importo):
    return lambda d: mette(d, nome, natura, importo)


def carta(blocco, campo, testo, importo, riga=""):
    return lambda d: dichiara(d, blocco, campo, testo, importo, riga)


def insieme(*cambi):
    def cambia(d):
        for c in cambi:
            c(d)

    return cambia


def senza_dichiarati(d):
    d["dichiarati"] = []


def senza_costi(d):
    d["costi"] = []


def senza_voucher(d):
    """The money of the vouchers is personnel: the total stays."""
    costa(d, "D", "0.00")
    costa(d, "A", "50185.00")
    senza_dichiarati(d)


def una_sola_azione(d):
    tenute = {ID["A"]}
    d["azioni"] = [a for a in d["azioni"] if a["id"] in tenute]
    d["indicatori"] = [i for i in d["indicatori"] if i["azione"] in tenute]


def cofinanziamento_oltre_il_costo(d):
    senza_dichiarati(d)
    mette(d, "azienda", "monetario", "32000.01")


def nessun_cofinanziamento(d):
    senza_dichiarati(d)
    d["cofinanziamenti"] = []


def avviso(**parametri):
    return lambda d: d["avviso"].update(parametri)


def vuota(blocco, campo, codice=""):
    return lambda d: risposte(d, blocco, codice).pop(campo)


def senza_titolo(codice):
    return lambda d: azione(d, codice).update(titolo=None)


def senza_indicatori(*codici):
    righe = {ID[c] for c in codici}
    return lambda d: d.update(indicatori=[i for i in d["indicatori"] if i["azione"] not in righe])


def senza_referenti(d):
    d["referenti"] = [r for r in d["referenti"] if r["partecipazione"] != ID["totem"]]


def senza_telefono(d):
    d["referenti"][0]["telefono"] = None


def nessuna_azione(d):
    d |= {"azioni": [], "indicatori": []}


def costituita(valore):
    return lambda d: d["risposte"].update(costituita={"": {"costituita": valore}})


def capofila_scritto_in_un_altro_modo(d):
    dichiara(d, "capofila", "denominazione", "MEDIO OLONA SERVIZI ALLA PERSONA", None, "azienda")


def stesso_codice_fiscale(d):
    for nome in ("totem", "ccs"):
        soggetto(d, nome)["codice_fiscale"] = "01397660190"


def dal_portale(d):
    d["progetto"]["origine"] = "portale"


def stima_anche_di_c1(d):
    d["risposte"]["risultati"][ID["C1"]] = {"stima": "Due laboratori."}


VARIANTI = [
    (nulla, [], []),
    # each printed cell, declared otherwise than it adds up
    (carta("costo", "costo", "€ 61.741,00", "61741.00"), [COSTO], []),
    (carta("contributo", "contributo", "€ 33.000,00", "33000.00"), [CONTRIBUTO], []),
    (carta("cofinanziamento", "cofinanziamento", "€ 28.700,00", "28700.00"), [COFINANZIAMENTO], []),
    (carta("voci", "costo", "€ 34.783,00", "34783.00", "A"), [RIGA], []),
    (carta("voci", "costo", "€ 60.000,00", "60000.00", "totale"), [COSTO], []),
    (carta("tipologia", "monetario", "€ 8.000,00", "8000.00"), [COFINANZIAMENTO], []),
    (carta("tipologia", "valorizzazione", "€ 20.000,00", "20000.00"), [COFINANZIAMENTO], []),
    (carta("fonti", "monetario", "€ 1.500,00", "1500.00", "marnate"), [RIGA], []),
    (carta("fonti", "valorizzazione", "€ 2.000,00", "2000.00", "solbiate"), [RIGA], []),
    (carta("pubblici", "pubblici", "€ 28.000,00", "28000.00"), [COFINANZIAMENTO], []),
    (carta("privati", "privati", "€ 100,00", "100.00"), [COFINANZIAMENTO], []),
    (carta("privati", "privati", "0,00", "0.00"), [], []),
    (carta("privati", "privati", "  ", None), [], []),
    (carta("costo", "costo", "€ 60,741,00", None), [ILLEGGIBILE], []),
    (
        insieme(carta("costo", "costo", "61.741,00", "61741.00"), carta("voci", "costo", "61.741,00", "61741.00", "totale")),
        [COSTO],
        [],
    ),
    # an amount typed otherwise than the paper has it: its totals, and the contribution, are the same fact
    (voce("A", "34785.00"), [RIGA], []),
    (voce("B", "100.00"), [RIGA], []),
    (voce("C", None), [RIGA], []),
    (di("marnate", "monetario", "1650.00"), [RIGA], []),
    (di("solbiate", "valorizzazione", None), [RIGA], []),
    (di("azienda", "monetario", "500.00"), [RIGA], []),
    (di("totem", "valorizzazione", "1000.00"), [RIGA], []),
    (insieme(voce("A", "34684.00"), voce("C", "2156.00")), [RIGA, RIGA], []),
    (senza_costi, [MANCA], [SENZA_AZIONI]),
    # what is not declared is not compared
    (insieme(senza_dichiarati, voce("A", "40000.00")), [], []),
    (insieme(senza_dichiarati, di("totem", "monetario", "10.00")), [], []),
    # vouchers and actions
    (senza_voucher, [], [SENZA_AZIONI]),
    (insieme(senza_voucher, voce("D", None)), [], [SENZA_AZIONI]),
    (una_sola_azione, [], [SENZA_AZIONI]),
    (nessuna_azione, [MANCA], [SENZA_AZIONI]),
    # the money of the project
    (cofinanziamento_oltre_il_costo, [OLTRE], []),
    (insieme(senza_dichiarati, di("azienda", "monetario", "32000.00")), [], []),
    (nessun_cofinanziamento, [], [SENZA_COFINANZIAMENTO]),
    # limits, only when the avviso states them
    (avviso(spese_generali_massimo="13.99", spese_generali_base="costo"), [GENERALI], []),
    (avviso(spese_generali_massimo="14.00", spese_generali_base="costo"), [], []),
    (avviso(spese_generali_massimo="10.00", spese_generali_base="costo"), [GENERALI], []),
    (avviso(contributo_percentuale="52.68"), [TETTO], []),
    (avviso(contributo_percentuale="52.69"), [], []),
    (avviso(contributo_massimo="32000.00"), [], []),
    (avviso(contributo_massimo="31999.99"), [TETTO], []),
    (avviso(beni_massimo="15.00", beni_base="richiesto"), [], []),
    (
        insieme(senza_dichiarati, voce("B", "5000.00"), avviso(beni_massimo="10.00", beni_base="richiesto")),
        [BENI],
        [],
    ),
    # what is asked
    (costituita("si"), [], []),
    (costituita("no"), [], []),
    (costituita("forse"), [RIFIUTATO], []),
    (vuota("analisi", "testo"), [MANCA], []),
    (vuota("alleanza", "alleanza_di"), [MANCA], []),
    (vuota("descrizione", "modalita", "C1"), [MANCA], []),
    (vuota("descrizione", "integrazione", "C"), [MANCA_AVVISO], []),
    (vuota("obiettivi", "obiettivi", "E"), [MANCA], []),
    (vuota("risultati", "stima", "C"), [MANCA_AVVISO], []),
    (stima_anche_di_c1, [], []),
    (senza_titolo("C"), [MANCA], []),
    (senza_titolo("A"), [MANCA], []),
    (senza_indicatori("C1", "C2"), [MANCA_AVVISO], []),
    (senza_indicatori("C2"), [MANCA_AVVISO], []),
    (senza_referenti, [MANCA_AVVISO], []),
    (senza_telefono, [MANCA_DATO], []),
    # who takes part
    (capofila_scritto_in_un_altro_modo, [NOMI], []),
    (stesso_codice_fiscale, [RIPETUTO], []),
    (dal_portale, [CONFERME], []),
]


@pytest.mark.parametrize(("cambia", "in_piu", "in_meno"), VARIANTI)
def test_di_ogni_variante_escono_solo_le_segnalazioni_giuste(cambia, in_piu, in_meno):
    dati = contenuto()
    cambia(dati)
    assert esito(dati) == BASE + Counter(in_piu) - Counter(in_meno)


def test_un_partner_che_comincia_a_cofinanziare_esce_dall_elenco():
    dati = contenuto()
    senza_dichiarati(dati)
    mette(dati, "totem", "valorizzazione", "1000.00")
    nomi = [luogo.nota for luogo in sola(dati, SENZA_COFINANZIAMENTO).luoghi]
    assert nomi == [soggetto(dati, n)["denominazione"] for n in ("ccs", "dire fare giocare", "il seme")]
    assert "Dagli enti privati" not in sola(dati, SENZA_COFINANZIAMENTO).messaggio


def test_cio_che_la_carta_non_ha_e_detto_con_le_cifre_che_cambia():
    dati = contenuto()
    mette(dati, "totem", "valorizzazione", "1000.00")
    trovata = sola(dati, RIGA)
    assert [luogo.blocco for luogo in trovata.luoghi] == ["fonti", "contributo", "cofinanziamento", "tipologia"]
    assert trovata.dati == {"declared": None, "computed": "1000.00", "difference": "1000.00"}


def test_il_cofinanziamento_oltre_il_costo_porta_alla_casella_di_chi_lo_supera_da_solo():
    dati = contenuto()
    senza_dichiarati(dati)
    mette(dati, "azienda", "monetario", "70000.00")
    luoghi = [(p.blocco, p.riga, p.campo) for p in sola(dati, OLTRE).luoghi]
    assert ("fonti", ID["azienda"], "monetario") in luoghi
    assert {riga for blocco, riga, _ in luoghi if blocco == "fonti"} == {ID["azienda"]}


def test_il_contributo_dichiarato_dice_quale_cofinanziamento_ne_verrebbe():
    dati = contenuto()
    dichiara(dati, "contributo", "contributo", "€ 33.000,00", "33000.00")
    messaggio = sola(dati, CONTRIBUTO).messaggio
    assert messaggio.startswith("Contributo richiesto: è dichiarato 33.000,00, la somma della tabella dà 32.000,00")
    assert "27.741,00" in messaggio
    assert "28.741,00" in messaggio


def test_il_limite_dice_l_atto_che_lo_stabilisce():
    dati = contenuto()
    dati["avviso"] |= {"spese_generali_massimo": "10.00", "spese_generali_base": "costo"}
    dati["avviso"]["fonti"] = {"spese_generali_massimo": "punto 7 dell'avviso"}
    messaggio = sola(dati, GENERALI).messaggio
    assert "6.074,10" in messaggio
    assert "punto 7 dell'avviso" in messaggio


# In the portal. ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def nuovo(dimostrazione, estraneo) -> Progetto:
    """A new scheda of the open call, for the alliance of Castellanza."""
    avviso = Avviso.objects.get(codice="ptc-2017-dimostrativo")
    alleanza = Alleanza.objects.get(nome="Alleanza locale di conciliazione di Castellanza")
    progetto = nascita.apri(avviso, alleanza.capofila, alleanza, utente=estraneo)
    aggiungi.aggiungi_soggetto(progetto, soggetto_di("Comune di Marnate"), utente=estraneo)
    return progetto


def soggetto_di(nome: str):
    return Alleanza.objects.get(nome__endswith="Castellanza").adesioni.get(ente__denominazione=nome).ente


def test_una_scheda_nuova_ha_le_azioni_stampate_e_il_nome_dell_alleanza(nuovo):
    dati = contenuto_di(nuovo)
    assert [(a["codice"], a["titolo"]) for a in dati["azioni"]] == list(CATALOGO)
    assert dati["risposte"]["alleanza"][""] == {"alleanza_di": "Castellanza"}


def test_il_catalogo_dell_avviso_vale_piu_di_quello_stampato(dimostrazione, estraneo):
    avviso = Avviso.objects.get(codice="ptc-2017-dimostrativo")
    avviso.moduli.update(catalogo=[{"codice": "Z", "titolo": "Un'altra azione"}])
    progetto = nascita.apri(avviso, estraneo.appartenenze.get().ente, None, utente=estraneo)
    assert [(a["codice"], a["titolo"]) for a in contenuto_di(progetto)["azioni"]] == [("Z", "Un'altra azione")]


def test_un_azione_si_divide_in_parti_che_la_seguono(nuovo, entra, estraneo):
    browser, url = entra(estraneo), reverse("progetti:sezione", args=[nuovo.pk, "azioni"])
    dati = apri(browser, url)
    intera = next(a["id"] for a in contenuto_di(nuovo)["azioni"] if a["codice"] == "C")
    (riga,) = dati["b-azioni-righe"]
    dati |= {f"b-azioni_{riga}-codice": ["C1"], f"b-azioni_{riga}-padre": [intera]}
    assert browser.post(url, dati).status_code == 302
    assert [a["codice"] for a in contenuto_di(nuovo)["azioni"]] == ["A", "B", "C", "C1", "D", "E"]


def test_un_azione_divisa_si_elimina_con_le_sue_parti(nuovo, entra, estraneo):
    righe = {a.codice: a for a in nuovo.azione_righe.all()}
    parte = nuovo.azione_righe.create(codice="C1", padre=righe["C"], ordine=9)
    browser, url = entra(estraneo), reverse("progetti:sezione", args=[nuovo.pk, "azioni"])
    risposta = browser.post(url, apri(browser, url) | {f"b-azioni_{righe['C'].pk}--elimina": ["1"]})
    assert "È divisa in parti: prima elimina le parti." in risposta.content.decode()
    assert nuovo.azione_righe.filter(codice="C").exists()
    tutte = {f"b-azioni_{pk}--elimina": ["1"] for pk in (righe["C"].pk, parte.pk)}
    assert browser.post(url, apri(browser, url) | tutte).status_code == 302
    assert [a["codice"] for a in contenuto_di(nuovo)["azioni"]] == ["A", "B", "D", "E"]


@pytest.mark.parametrize("quale", ["C", "B1"])
def test_un_azione_non_e_parte_di_se_stessa_ne_di_una_parte(nuovo, entra, estraneo, quale):
    righe = {a.codice: a for a in nuovo.azione_righe.all()}
    righe["B1"] = nuovo.azione_righe.create(codice="B1", padre=righe["B"], ordine=9)
    browser, url = entra(estraneo), reverse("progetti:sezione", args=[nuovo.pk, "azioni"])
    dati = apri(browser, url) | {f"b-azioni_{righe['C'].pk}-padre": [str(righe[quale].pk)]}
    assert browser.post(url, dati).status_code == 422
    righe["C"].refresh_from_db()
    assert righe["C"].padre is None


@pytest.fixture
def di_marnate(nuovo, entra, altra_ats):
    """The browser of who acts for the Comune di Marnate."""
    ente = soggetto_di("Comune di Marnate")
    altra_ats.appartenenze.all().delete()
    altra_ats.appartenenze.create(ente=ente, ruolo="operatore")
    return entra(altra_ats)


def test_il_partner_scrive_le_sue_celle_di_cofinanziamento_e_solo_quelle(nuovo, di_marnate):
    suo, altro = nuovo.partecipazioni.get(ruolo="partner").pk, nuovo.partecipazioni.get(ruolo="capofila").pk
    url = reverse("progetti:sezione", args=[nuovo.pk, "risorse"])
    dati = apri(di_marnate, url)
    assert f"b-fonti_{altro}-monetario" not in dati
    dati |= {f"b-fonti_{suo}-monetario": ["1.550"], f"b-fonti_{suo}-valorizzazione": ["2.028,00"]}
    assert di_marnate.post(url, dati).status_code == 302
    scritte = contenuto_di(nuovo)["cofinanziamenti"]
    assert sorted((r["partecipazione"], r["natura"], r["importo"]) for r in scritte) == [
        (str(suo), "monetario", "1550.00"),
        (str(suo), "valorizzazione", "2028.00"),
    ]


def test_il_partner_scrive_i_suoi_referenti(nuovo, di_marnate):
    suo = nuovo.partecipazioni.get(ruolo="partner").pk
    url = reverse("progetti:riga", args=[nuovo.pk, "enti", suo])
    dati = apri(di_marnate, url)
    (riga, *_) = dati["b-referenti-righe"]
    dati |= {f"b-referenti_{riga}-nominativo": ["Marta Ferioli"], f"b-referenti_{riga}-telefono": ["0331 000111"]}
    assert di_marnate.post(url, dati).status_code == 302
    assert [(r["partecipazione"], r["nominativo"]) for r in contenuto_di(nuovo)["referenti"]] == [(str(suo), "Marta Ferioli")]


def test_la_conferma_dice_la_natura_e_cade_se_una_cifra_cambia(nuovo, di_marnate):
    suo = nuovo.partecipazioni.get(ruolo="partner")
    for natura, importo in (("monetario", "1550.00"), ("valorizzazione", "2028.00")):
        nuovo.cofinanziamento_righe.create(partecipazione=suo, natura=natura, importo=importo, ordine=1)
    url = reverse("progetti:conferma", args=[nuovo.pk, suo.pk])
    pagina = di_marnate.get(url).content.decode()
    assert "monetario" in pagina
    assert "valorizzazione" in pagina
    assert "Lavoratori" not in pagina  # this form does not ask them
    assert di_marnate.post(url, apri(di_marnate, url)).status_code == 302
    assert conferme.stato(contenuto_di(nuovo), str(suo.pk)) == "confermata"
    nuovo.cofinanziamento_righe.filter(natura="monetario").update(natura="valorizzazione")
    assert conferme.stato(contenuto_di(nuovo), str(suo.pk)) == "da riconfermare"


def test_le_pagine_chiedono_lo_stesso_con_molte_righe(dimostrazione, entra, estraneo):
    progetto, browser = bozza(), entra(estraneo)
    ente = progetto.partecipazioni.get(ruolo="capofila").pk
    pagine = [reverse("progetti:sezione", args=[progetto.pk, s.chiave]) for s in PTC_2017.sezioni]
    pagine.append(reverse("progetti:riga", args=[progetto.pk, "enti", ente]))
    prima = [len(domande(browser, url)) for url in pagine]
    assert max(prima) <= max(PAGINE["progetti:sezione"], PAGINE["progetti:riga"])
    for n, intera in enumerate(progetto.azione_righe.filter(codice__in="ABD")):
        for k in range(5):
            parte = progetto.azione_righe.create(codice=f"{intera.codice}{k}", padre=intera, ordine=50 + n)
            progetto.indicatore_righe.create(azione=parte, descrizione="un indicatore", minimo=k)
    for k in range(10):
        progetto.referente_righe.create(partecipazione_id=ente, nominativo=f"Persona {k}", ordine=60 + k)
    assert [len(domande(browser, url)) for url in pagine] == prima


def test_un_partner_non_legge_la_scheda_di_un_altra_alleanza(dimostrazione, entra, estraneo, partner, ats, regione):
    url = reverse("progetti:sezione", args=[bozza().pk, "risorse"])
    assert [entra(chi).get(url).status_code for chi in (estraneo, partner, ats, regione)] == [200, 404, 404, 404]


def test_le_celle_che_il_capofila_scrive_per_un_partner_sono_per_conto_suo(nuovo, entra, estraneo):
    browser, suo = entra(estraneo), nuovo.partecipazioni.get(ruolo="partner")
    url = reverse("progetti:sezione", args=[nuovo.pk, "risorse"])
    dati = apri(browser, url) | {f"b-fonti_{suo.pk}-monetario": ["100"]}
    assert browser.post(url, dati).status_code == 302
    assert nuovo.compilazioni.get(blocco="fonti", riga=suo.pk).per_conto
