"""Schede in and out as files: the same file comes out, all or nothing, and every mistake has its path."""

import json
import re
import uuid

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alleanze.models import Adesione, Alleanza, Ente
from conciliazione.schede import campi
from conciliazione.schede.edizione import Elenco
from conciliazione.schede.prospetto import Prospetto
from conciliazione.schede.segnalazioni import controlla
from progetti import contenuto
from progetti.contenuto import COLONNE, COLONNE_PROGETTO
from progetti.edizioni.dgr1081_2014.modulo import DGR1081_2014
from progetti.interscambio import FileRifiutato, esporta, importa, leggi_file, scrivi
from progetti.models import Avviso, Azione, Cofinanziamento, Compilazione, Dichiarato, Partecipazione, Progetto, VoceCosto
from progetti.presentazione import transizioni

from ...crema import ID, copia

pytestmark = pytest.mark.django_db

ID_PROGETTO = copia()["progetto"]["id"]
MODELLI = (
    *(Progetto, Partecipazione, Azione, VoceCosto, Cofinanziamento, Compilazione, Dichiarato),
    *(Avviso, Ente, Alleanza, Adesione),
)


def quante_righe() -> dict:
    return {modello.__name__: modello.objects.count() for modello in MODELLI}


def butta(progetto) -> None:
    """Away with a project; the enti that came with it stay."""
    Cofinanziamento.objects.filter(progetto=progetto).delete()
    Progetto.objects.filter(pk=progetto).delete()


def altra_scheda(nome: str = "altra", **cambi) -> dict:
    """Crema under other ids: a project that the portal does not have."""
    testo = json.dumps(copia())
    for vecchio in set(re.findall(r"[0-9a-f]{8}-[0-9a-f-]{27}", testo)):
        testo = testo.replace(vecchio, str(uuid.uuid5(uuid.UUID(vecchio), nome)))
    return json.loads(testo) | cambi


def nuovo(riga: str, nome: str = "altra") -> str:
    """The id that a row of Crema has in `altra_scheda`."""
    return str(uuid.uuid5(uuid.UUID(ID[riga]), nome))


def rifiutato(dati) -> dict[str, str]:
    """The mistakes by path; nothing was written."""
    prima = quante_righe()
    with pytest.raises(FileRifiutato) as rifiuto:
        importa(dati)
    assert quante_righe() == prima
    assert all(percorso.startswith("$") and messaggio for percorso, messaggio in rifiuto.value.errori)
    return dict(rifiuto.value.errori)


@pytest.fixture
def vuota(db):
    """A portal with nothing in it."""
    from django.db import connection

    tabelle = ", ".join(f'"{m._meta.db_table}"' for m in MODELLI)
    with connection.cursor() as cursore:
        cursore.execute(f"TRUNCATE {tabelle} CASCADE")


# What goes in comes out ------------------------------------------------------------------------------------------------


def test_nel_portale_vuoto_si_crea_tutto_cio_che_il_file_nomina(vuota):
    progetto, fatto = importa(copia())
    assert fatto == "creato"
    assert progetto.avviso.codice == "dgr1081-2014"
    assert progetto.avviso.ats.denominazione == progetto.alleanza.ats.denominazione == "ATS della Val Padana"
    assert progetto.alleanza.capofila == progetto.capofila == Ente.objects.get(codice_fiscale="91035680197")
    assert quante_righe() == {
        "Progetto": 1,
        "Partecipazione": 6,
        "Azione": 5,
        "VoceCosto": 5,
        "Cofinanziamento": 5,
        "Compilazione": sum(len(righe) for righe in copia()["risposte"].values()),
        "Dichiarato": len(copia()["dichiarati"]),
        "Avviso": 1,
        "Ente": 7,
        "Alleanza": 1,
        "Adesione": 1,
    }


def test_esce_lo_stesso_file_che_e_entrato(vuota):
    primo = esporta(importa(copia())[0])
    assert json.loads(primo) == copia()
    butta(ID_PROGETTO)
    assert esporta(importa(leggi_file(primo))[0]) == primo


def test_un_file_scritto_a_mano_senza_le_chiavi_facoltative_esce_uguale_la_seconda_volta(vuota):
    dati = copia()
    dati["avviso"] = {c: dati["avviso"][c] for c in ("codice", "titolo", "atto")}
    dati["progetto"] = {"id": dati["progetto"]["id"], "titolo": ""}
    for fonte in ("partecipazioni", "azioni", "costi", "cofinanziamenti"):
        dati[fonte] = [{c: v for c, v in riga.items() if v is not None} for riga in reversed(dati[fonte])]
    dati["dichiarati"] = [{c: cella[c] for c in ("blocco", "riga", "campo", "testo")} for cella in reversed(dati["dichiarati"])]
    progetto, _ = importa(dati)
    primo = json.loads(esporta(progetto))
    assert primo["progetto"] == {"id": ID_PROGETTO, "origine": "portale"} | dict.fromkeys(contenuto.COLONNE_PROGETTO)
    assert primo["avviso"]["spese_generali_massimo"] is None
    assert primo["avviso"]["righe_larghezza_mm"] == "170.00"
    assert primo["dichiarati"] == copia()["dichiarati"]
    assert [p["id"] for p in primo["partecipazioni"]] == [p["id"] for p in reversed(copia()["partecipazioni"])]
    butta(ID_PROGETTO)
    assert json.loads(esporta(importa(primo)[0])) == primo


def test_il_vuoto_lo_zero_e_cio_che_manca_restano_quello_che_sono(dimostrazione):
    dati = altra_scheda()
    dati["cofinanziamenti"][0]["importo"] = None
    dati["cofinanziamenti"][1]["importo"] = "0.00"
    del dati["cofinanziamenti"][2]["importo"]
    dati["risposte"]["I.4"][""]["beneficiari_altro"] = None
    progetto, _ = importa(dati)
    usciti = json.loads(esporta(progetto))
    assert [r["importo"] for r in usciti["cofinanziamenti"]] == [None, "0.00", None, "5000.00", "1000.00"]
    assert usciti["risposte"]["I.4"][""] == {"beneficiari": ["persone", "imprese"]}
    assert importa(dati)[1] == "identico"


def test_il_dichiarato_tiene_il_testo_com_e_scritto_e_ne_legge_l_importo(dimostrazione):
    dati = altra_scheda()
    dati["dichiarati"] = []
    for blocco, campo, testo in (("I.6", "costo", "**65.000 €** "), ("I.7", "contributo", "€ 226,145,53")):
        dati["dichiarati"].append({"blocco": blocco, "campo": campo, "testo": testo})
    progetto, _ = importa(dati)
    lette = {c["blocco"]: (c["testo"], c["importo"]) for c in json.loads(esporta(progetto))["dichiarati"]}
    assert lette == {"I.6": ("**65.000 €** ", "65000.00"), "I.7": ("€ 226,145,53", None)}


def test_le_conferme_di_una_versione_non_viaggiano_e_il_resto_entra(acquisito):
    versione = acquisito.versioni.get()
    assert "conferme" in versione.contenuto
    assert importa(versione.contenuto)[1] == "identico"
    assert "conferme" not in json.loads(esporta(acquisito))


@pytest.mark.parametrize("quale", ["progetto", "presentato", "acquisito"])
def test_ogni_progetto_della_dimostrazione_esce_e_rientra_identico(quale, request):
    progetto = request.getfixturevalue(quale)
    assert importa(leggi_file(esporta(progetto))) == (progetto, "identico")


def test_anche_dopo_una_riga_tolta_dal_portale_cio_che_esce_rientra(progetto):
    azione = progetto.azione_righe.get(titolo="formazione")
    Compilazione.objects.create(progetto=progetto, blocco="IV.1.1", riga=azione.pk, risposte={"m1": "x"})
    Dichiarato.objects.create(progetto=progetto, blocco="IV.1.2", riga=str(azione.pk), campo="costo", testo="1")
    progetto.cofinanziamento_righe.filter(azione=azione).delete()
    azione.delete()
    assert importa(leggi_file(esporta(progetto)))[1] == "identico"


testi = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=40)
speciali = st.sampled_from(
    ["👩‍👧 asilo «nido»", '"', "\\", "a\nb\r\nc\td", "\u2028\u2029\ufeff", "e\u0301 é", "\U0010ffff", "'; --", "\x7f\x01"]
)
scritti = st.one_of(testi, speciali)
una_riga = scritti.filter(lambda testo: not campi.CONTROLLO.search(testo))
"""What a field of one line takes."""
centesimi = st.integers(0, 10**12 - 1).map(lambda c: f"{c // 100}.{c % 100:02}")


def valori_di(campo):
    """Values that a field may have in a file, blank included."""
    if isinstance(campo, campi.Scelte):
        chiavi = [chiave for chiave, _ in campo.choices]
        return st.none() | st.lists(st.sampled_from(chiavi), unique=True)
    if isinstance(campo, campi.Scelta):
        return st.none() | st.sampled_from([chiave for chiave, _ in campo.choices])
    if isinstance(campo, campi.Numero):
        return st.none() | st.integers(0, 9_999_999)
    if isinstance(campo, campi.Data):
        return st.none() | st.dates().map(str)
    if isinstance(campo, campi.Importo):
        return st.none() | centesimi
    return st.none() | (una_riga if isinstance(campo, campi.Riga) else scritti)


@st.composite
def schede(draw) -> dict:
    """Any content that the edition can hold, on the soggetti of Crema."""
    dati = altra_scheda(dichiarati=[], risposte={}, cofinanziamenti=[], costi=[], azioni=[])
    dati["progetto"] |= {"titolo": draw(una_riga) or None, "origine": draw(st.sampled_from(["carta", "portale"]))}
    for p in dati["partecipazioni"]:
        p |= {c: draw(st.none() | st.integers(0, 9_999_999)) for c in ("lavoratori", "lavoratrici_donne", "lavoratori_uomini")}
        p |= {"denominazione": draw(una_riga.filter(str.strip)), "ateco": draw(una_riga) or None}
    for _ in range(draw(st.integers(0, 3))):
        riga = {"id": str(draw(st.uuids())), "genere": "azione", "codice": None, "titolo": draw(una_riga) or None}
        dati["azioni"].append(riga | {"titolo_breve": draw(una_riga) or None})
    for azione in dati["azioni"]:
        if importo := draw(st.none() | centesimi):
            cella = {"id": str(draw(st.uuids())), "prospetto": "azioni", "azione": azione["id"], "importo": importo}
            dati["costi"].append(cella)
        di = draw(st.none() | st.sampled_from([p["id"] for p in dati["partecipazioni"]]))
        settore = None if di else draw(st.sampled_from([None, "pubblico", "privato"]))
        riga = {"id": str(draw(st.uuids())), "partecipazione": di, "settore": settore, "azione": azione["id"]}
        dati["cofinanziamenti"].append(riga | {"importo": draw(st.none() | centesimi), "atto": draw(una_riga) or None})
    for blocco in draw(st.lists(st.sampled_from(DGR1081_2014.blocchi), unique_by=lambda b: b.chiave, max_size=6)):
        _riempi(draw, dati, blocco)
    return dati


def _riempi(draw, dati, blocco) -> None:
    promosse = COLONNE.get(blocco.fonte, COLONNE_PROGETTO)
    nomi = [] if isinstance(blocco, Prospetto | Elenco) else [c for c in blocco.campi() if c not in promosse]
    for riga in [r["id"] for r in dati[blocco.fonte]] if blocco.fonte else [""]:
        if nomi:
            alcuni = draw(st.lists(st.sampled_from(nomi), unique=True, max_size=5))
            valori = {nome: draw(valori_di(blocco.campi()[nome])) for nome in alcuni}
            dati["risposte"].setdefault(blocco.chiave, {})[riga] = valori
        if isinstance(blocco, Prospetto):
            cella = {"blocco": blocco.chiave, "riga": riga, "campo": draw(st.sampled_from(blocco.colonne)).chiave}
            dati["dichiarati"].append(cella | {"testo": draw(st.one_of(scritti, centesimi))})


@settings(max_examples=40, suppress_health_check=list(HealthCheck))
@given(dati=schede())
def test_qualunque_contenuto_esce_identico_e_si_controlla_senza_inciampi(dimostrazione, dati):
    progetto, fatto = importa(dati)
    assert fatto == "creato"
    primo = esporta(progetto)
    assert importa(leggi_file(primo)) == (progetto, "identico")
    controlla(DGR1081_2014, contenuto.contenuto(progetto))
    butta(progetto.pk)
    assert esporta(importa(leggi_file(primo))[0]) == primo
    butta(progetto.pk)


# A second time ---------------------------------------------------------------------------------------------------------


def test_la_seconda_volta_dice_identico_e_non_scrive(dimostrazione, django_assert_num_queries):
    importa(altra_scheda())
    prima = Progetto.objects.get(pk=altra_scheda()["progetto"]["id"]).modificato_il
    assert importa(altra_scheda())[1] == "identico"
    assert Progetto.objects.get(pk=altra_scheda()["progetto"]["id"]).modificato_il == prima


def test_un_file_cambiato_aggiorna_la_bozza_e_lascia_gli_enti(dimostrazione):
    importa(altra_scheda())
    dati = altra_scheda()
    dati["progetto"]["titolo"] = "Un altro titolo"
    dati["partecipazioni"][1] |= {"denominazione": "CSC", "codice_fiscale": None}
    del dati["partecipazioni"][-1]
    dati["risposte"]["II.B"].popitem()
    tolta = nuovo("ali")
    for blocco in dati["risposte"].values():
        blocco.pop(tolta, None)
    dati["dichiarati"] = [c for c in dati["dichiarati"] if c["riga"] != tolta]
    enti = list(Ente.objects.order_by("pk").values())
    progetto, fatto = importa(dati)
    assert fatto == "aggiornato"
    assert str(progetto) == "Un altro titolo"
    assert progetto.partecipazioni.count() == 5
    assert progetto.partecipazioni.get(denominazione="CSC").ente.denominazione == "Comunità Sociale Cremasca a.s.c."
    assert list(Ente.objects.order_by("pk").values()) == enti


def test_il_capofila_puo_diventare_un_altro_soggetto(dimostrazione):
    importa(altra_scheda())
    dati = altra_scheda()
    primo, secondo = dati["partecipazioni"][:2]
    primo["ruolo"], secondo["ruolo"] = "partner", "capofila"
    dati["partecipazioni"] = [secondo, primo, *dati["partecipazioni"][2:]]
    progetto, _ = importa(dati)
    assert progetto.capofila.denominazione == "Comunità Sociale Cremasca a.s.c."


def test_le_conferme_dei_partner_restano_dopo_un_aggiornamento(progetto):
    dati = leggi_file(esporta(progetto))
    prima = contenuto.contenuto(progetto)["conferme"]
    dati["progetto"]["titolo"] = "Tempo per tutti, riveduto"
    assert prima
    assert contenuto.contenuto(importa(dati)[0])["conferme"] == prima


@pytest.mark.parametrize("quale", ["presentato", "acquisito"])
def test_una_scheda_presentata_non_si_cambia(quale, request):
    progetto = request.getfixturevalue(quale)
    dati = leggi_file(esporta(progetto))
    dati["progetto"]["titolo"] = "Altro"
    assert "già stato presentato" in rifiutato(dati)["$.progetto.id"]


# Whose they are --------------------------------------------------------------------------------------------------------


def _ente(**valori) -> Ente:
    return Ente.objects.create(**({"denominazione": "Prova", "settore": "privato"} | valori))


def _ente_di(dati: dict, posto: int) -> Ente:
    return importa(dati)[0].partecipazioni.get(pk=dati["partecipazioni"][posto]["id"]).ente


@pytest.mark.parametrize("scritto", ["01258790193", " 012587 90193"])
def test_un_ente_si_riconosce_dal_codice_fiscale_comunque_si_chiami(dimostrazione, scritto):
    dati = altra_scheda()
    dati["partecipazioni"][3] |= {"denominazione": "La Koala", "codice_fiscale": scritto}
    assert _ente_di(dati, 3).denominazione == "Koala Cooperativa Sociale ONLUS"


def test_il_codice_fiscale_si_riconosce_anche_in_minuscolo(dimostrazione):
    ditta = _ente(denominazione="Ditta Zaniboni", codice_fiscale="znbmrt61c54d142s")
    dati = altra_scheda()
    dati["partecipazioni"][3] |= {"denominazione": "Zaniboni", "codice_fiscale": "ZNBMRT61C54D142S"}
    assert _ente_di(dati, 3) == ditta


@pytest.mark.parametrize("nome", ["UFFICIO DI PIANO", "UdP"])
def test_senza_codice_fiscale_un_ente_si_riconosce_dal_nome_o_da_un_altro_nome(dimostrazione, nome):
    ufficio = _ente(denominazione="Ufficio di Piano", alias=["UdP"], settore="pubblico")
    dati = altra_scheda()
    dati["partecipazioni"][3] |= {"denominazione": nome, "codice_fiscale": None, "settore": "pubblico"}
    assert _ente_di(dati, 3) == ufficio


def test_un_codice_fiscale_sbagliato_non_riconosce_nessuno_e_resta_come_e_scritto(dimostrazione):
    dati = altra_scheda()
    dati["partecipazioni"][3] |= {"denominazione": "Nuova cooperativa", "codice_fiscale": "01258790194"}
    ente = _ente_di(dati, 3)
    assert (ente.denominazione, ente.codice_fiscale) == ("Nuova cooperativa", "")
    assert importa(dati)[1] == "identico"


def test_due_enti_dello_stesso_nome_vanno_distinti_col_codice_fiscale(dimostrazione):
    _ente(denominazione="Il Ponte")
    _ente(denominazione="il ponte")
    dati = altra_scheda()
    dati["partecipazioni"][3] |= {"denominazione": "IL PONTE", "codice_fiscale": None}
    errori = rifiutato(dati)
    assert list(errori) == ["$.partecipazioni[3].denominazione"]
    assert "codice fiscale" in errori["$.partecipazioni[3].denominazione"]


def test_il_settore_che_non_e_quello_del_portale_e_rifiutato(dimostrazione):
    dati = altra_scheda()
    dati["partecipazioni"][1]["settore"] = "privato"
    assert "pubblico" in rifiutato(dati)["$.partecipazioni[1].settore"]


def test_due_soggetti_con_lo_stesso_codice_fiscale_sono_un_ente_e_un_suo_ufficio(dimostrazione):
    """Paper says so: it is taken in as it is, and a segnalazione tells."""
    dati = altra_scheda()
    dati["partecipazioni"][4] |= {"denominazione": "Ufficio di Koala", "codice_fiscale": "01258790193"}
    progetto, _ = importa(dati)
    ufficio = progetto.partecipazioni.get(denominazione="Ufficio di Koala").ente
    assert ufficio.articolazione_di.denominazione == "Koala Cooperativa Sociale ONLUS"
    assert "repeated_subject" in [s.regola for s in controlla(DGR1081_2014, contenuto.contenuto(progetto))]
    assert importa(dati)[1] == "identico"
    assert _ente_di(_con_altri_id(dati), 4) == ufficio


def _con_altri_id(dati: dict) -> dict:
    testo = json.dumps(dati)
    for vecchio in set(re.findall(r"[0-9a-f]{8}-[0-9a-f-]{27}", testo)):
        testo = testo.replace(vecchio, str(uuid.uuid5(uuid.UUID(vecchio), "ancora")))
    return json.loads(testo)


@pytest.mark.parametrize(("codice", "chiave"), [("01258790193", "codice_fiscale"), (None, "denominazione")])
def test_lo_stesso_ente_due_volte_e_rifiutato(dimostrazione, codice, chiave):
    dati = altra_scheda()
    dati["partecipazioni"][4] |= {"denominazione": "Koala Cooperativa Sociale ONLUS", "codice_fiscale": codice}
    assert "è già fra i soggetti" in rifiutato(dati)[f"$.partecipazioni[4].{chiave}"]


@pytest.mark.parametrize(
    ("chiave", "valore"),
    [("aree_massime", 2), ("spese_generali_massimo", None), ("titolo", "Un altro avviso"), ("ats", "ATS dell'Insubria")],
)
def test_un_avviso_che_nel_portale_e_diverso_e_rifiutato(dimostrazione, chiave, valore):
    dati = altra_scheda()
    dati["avviso"][chiave] = valore
    assert "nel portale è" in rifiutato(dati)[f"$.avviso.{chiave}"]


def test_un_alleanza_che_nel_portale_ha_un_altra_ats_e_rifiutata(dimostrazione):
    dati = altra_scheda()
    dati["alleanza"]["ats"] = "ATS dell'Insubria"
    assert list(rifiutato(dati)) == ["$.alleanza.ats"]


def test_gli_istanti_con_un_altro_fuso_sono_gli_stessi(dimostrazione):
    dati = altra_scheda()
    dati["avviso"]["chiude_il"] = "2014-04-30T12:00:00+02:00"
    assert importa(dati)[1] == "creato"


@pytest.mark.parametrize("fonte", ["partecipazioni", "azioni", "costi", "cofinanziamenti"])
def test_una_riga_di_un_altro_progetto_non_entra_e_resta_dov_era(acquisito, fonte):
    dati = altra_scheda()
    della_riga = json.dumps(dati).replace(dati[fonte][1]["id"], copia()[fonte][1]["id"])
    prima = esporta(acquisito)
    assert "un altro progetto" in rifiutato(json.loads(della_riga))[f"$.{fonte}[1].id"]
    assert esporta(acquisito) == prima


# What is wrong, and where ----------------------------------------------------------------------------------------------


def _metti(*passi_e_valore):
    *passi, ultimo, valore = passi_e_valore

    def cambia(dati):
        for passo in passi:
            dati = dati[passo]
        dati[ultimo] = valore

    return cambia


def _togli(*passi):
    def cambia(dati):
        for passo in passi[:-1]:
            dati = dati[passo]
        del dati[passi[-1]]

    return cambia


def _doppione(fonte):
    return lambda dati: dati[fonte].append(dict(dati[fonte][0]))


def _dichiara(**cella):
    return lambda dati: dati["dichiarati"].append({"blocco": "I.7", "campo": "contributo", "testo": "1"} | cella)


CAPOFILA = nuovo("comune")
ERRORI = [
    (_togli("costi"), "$.costi", "manca questa chiave"),
    (_metti("cofinanzamenti", []), "$.cofinanzamenti", "chiave sconosciuta"),
    (_metti("formato", "conciliazione/scheda/9"), "$.formato", "conciliazione/scheda/1"),
    (_metti("edizione", "dgr1081-2015"), "$.edizione", "dgr1081-2014"),
    (_metti("edizione", ["dgr1081-2014"]), "$.edizione", "dgr1081-2014"),
    (_metti("azioni", {}), "$.azioni", "elenco"),
    (_metti("azioni", 1, "formazione"), "$.azioni[1]", "oggetto"),
    (_metti("risposte", []), "$.risposte", "oggetto"),
    (_metti("alleanza", "Crema"), "$.alleanza", "null"),
    (_togli("alleanza", "ats"), "$.alleanza.ats", "manca"),
    (_metti("alleanza", "nome", ""), "$.alleanza.nome", "vuoto"),
    (_metti("alleanza", "nome", "A" * 201), "$.alleanza.nome", "200"),
    (_metti("avviso", "ats", "A" * 251), "$.avviso.ats", "250"),
    (_metti("avviso", "codice", "due parole"), "$.avviso.codice", "slug"),
    (_metti("avviso", "titolo", None), "$.avviso.titolo", "valore"),
    (_metti("avviso", "apre_il", "2014-03-03"), "$.avviso.apre_il", "fuso"),
    (_metti("avviso", "apre_il", "2014-05-03T08:00:00Z"), "$.avviso.chiude_il", "prima"),
    (_metti("avviso", "attivita_entro", "31.12.2015"), "$.avviso.attivita_entro", "2014-10-31"),
    (_metti("avviso", "aree_massime", "1"), "$.avviso.aree_massime", "senza virgolette"),
    (_metti("avviso", "aree_massime", 40_000), "$.avviso.aree_massime", "32767"),
    (_metti("avviso", "spese_generali_massimo", 10), "$.avviso.spese_generali_massimo", "virgolette"),
    (_metti("avviso", "spese_generali_massimo", "110.00"), "$.avviso.spese_generali_massimo", "100"),
    (_metti("avviso", "spese_generali_base", "totale"), "$.avviso.spese_generali_base", "scelta"),
    (_metti("avviso", "righe_gravita", None), "$.avviso.righe_gravita", "togli la chiave"),
    (_metti("avviso", "righe_larghezza_mm", "0.00"), "$.avviso.righe_larghezza_mm", "da 50 a 300"),
    (_metti("avviso", "colore", "blu"), "$.avviso.colore", "sconosciuta"),
    (_metti("progetto", "id", "1"), "$.progetto.id", "UUID"),
    (_metti("progetto", "id", "5A74E33F-3D12-5502-B35F-C1998908926D"), "$.progetto.id", "minuscolo"),
    (_metti("progetto", "origine", "PEC"), "$.progetto.origine", "carta"),
    (_metti("progetto", "durata_dal", "10/2014"), "$.progetto.durata_dal", "2014-10"),
    (_metti("progetto", "durata_dal", "2014-13"), "$.progetto.durata_dal", "2014-10"),
    (_metti("progetto", {"id": ID_PROGETTO, "durata_dal": "2015-02", "durata_al": "2015-01"}), "$.progetto.durata_al", "prima"),
    (_metti("progetto", "titolo", "A" * 301), "$.progetto.titolo", "300"),
    (_metti("progetto", "titolo", 7), "$.progetto.titolo", "virgolette"),
    (_metti("progetto", "titolo", "a\0b"), "$.progetto.titolo", "carattere"),
    (_metti("progetto", "titolo", "a\ud83db"), "$.progetto.titolo", "carattere"),
    (_metti("risposte", "I.4", "", {"\0": "x"}), '$.risposte["I.4"][""]["\\u0000"]', "carattere"),
    (_metti("partecipazioni", 1, "ruolo", "capofila"), "$.partecipazioni", "uno solo"),
    (_metti("partecipazioni", 0, "ruolo", "partner"), "$.partecipazioni", "ci vuole un capofila"),
    (_metti("partecipazioni", 2, "ruolo", "socio"), "$.partecipazioni[2].ruolo", "partner"),
    (_metti("partecipazioni", 2, "settore", None), "$.partecipazioni[2].settore", "vuoto"),
    (_metti("partecipazioni", 2, "denominazione", ""), "$.partecipazioni[2].denominazione", "vuoto"),
    (_metti("partecipazioni", 2, "lavoratori", "26"), "$.partecipazioni[2].lavoratori", "senza virgolette"),
    (_metti("partecipazioni", 2, "lavoratori", -1), "$.partecipazioni[2].lavoratori", "intero"),
    (_metti("partecipazioni", 2, "partita_iva", "1" * 201), "$.partecipazioni[2].partita_iva", "200"),
    (_doppione("partecipazioni"), "$.partecipazioni[6].id", "un'altra riga"),
    (_doppione("azioni"), "$.azioni[5].id", "un'altra riga"),
    (_doppione("costi"), "$.costi[5].id", "un'altra riga"),
    (_doppione("cofinanziamenti"), "$.cofinanziamenti[5].id", "un'altra riga"),
    (_metti("azioni", 0, "genere", "spese_generali"), "$.azioni[4].genere", "una riga sola"),
    (_metti("azioni", 0, "genere", None), "$.azioni[0].genere", "vuoto"),
    (_metti("azioni", 0, "titolo_breve", "A" * 121), "$.azioni[0].titolo_breve", "120"),
    (_togli("azioni", 0, "genere"), "$.azioni[0].genere", "manca"),
    (_metti("costi", 0, "importo", "2.000,00"), "$.costi[0].importo", '"2000.00"'),
    (_metti("costi", 0, "importo", 2000), "$.costi[0].importo", '"2000.00"'),
    (_metti("costi", 0, "importo", "-1.00"), "$.costi[0].importo", '"2000.00"'),
    (_metti("costi", 0, "importo", "02000.00"), "$.costi[0].importo", '"2000.00"'),
    (_metti("costi", 0, "importo", None), "$.costi[0].importo", '"2000.00"'),
    (_metti("costi", 0, "azione", "12345678-1234-1234-1234-123456789012"), "$.costi[0].azione", "nessuna riga"),
    (_metti("costi", 0, "azione", None), "$.costi[0].azione", "di quale azione"),
    (_metti("costi", 0, "prospetto", "voci"), "$.costi[0].prospetto", "azioni"),
    (_metti("costi", 0, "voce", "A"), "$.costi[0].voce", "null"),
    (_metti("costi", 0, "partecipazione", CAPOFILA), "$.costi[0].partecipazione", "null"),
    (_metti("costi", 1, "azione", nuovo("formazione")), "$.costi[1]", "ha già un importo"),
    (_metti("cofinanziamenti", 0, "partecipazione", CAPOFILA), "$.cofinanziamenti[0].settore", "null"),
    (_metti("cofinanziamenti", 0, "partecipazione", "x"), "$.cofinanziamenti[0].partecipazione", "nessuna riga"),
    (_metti("cofinanziamenti", 0, "natura", "in natura"), "$.cofinanziamenti[0].natura", "valorizzazione"),
    (_metti("cofinanziamenti", 0, "importo", "2.000,00"), "$.cofinanziamenti[0].importo", '"2000.00"'),
    (_metti("cofinanziamenti", 0, "atto", "A" * 251), "$.cofinanziamenti[0].atto", "250"),
    (_metti("risposte", "V.1", {}), '$.risposte["V.1"]', "non ha questo blocco"),
    (_metti("risposte", "I.2", []), '$.risposte["I.2"]', "oggetto"),
    (_metti("risposte", "I.2", "x", {}), '$.risposte["I.2"].x', "una riga sola"),
    (_metti("risposte", "II.A", "x", {}), '$.risposte["II.A"].x', "nessuna riga"),
    (_metti("risposte", "II.A", CAPOFILA, 3), f'$.risposte["II.A"]["{CAPOFILA}"]', "oggetto"),
    (_metti("risposte", "II.A", CAPOFILA, "bic", "x"), f'$.risposte["II.A"]["{CAPOFILA}"].bic', "non ha questa"),
    (_metti("risposte", "II.A", CAPOFILA, "partita_iva", "x"), f'$.risposte["II.A"]["{CAPOFILA}"].partita_iva', "va in"),
    (_metti("risposte", "II.A", CAPOFILA, "lr_nato_il", "14/3/61"), f'$.risposte["II.A"]["{CAPOFILA}"].lr_nato_il', "giorno"),
    (_metti("risposte", "II.A", CAPOFILA, "lr_nato_il", "19610314"), f'$.risposte["II.A"]["{CAPOFILA}"].lr_nato_il', "giorno"),
    (_metti("risposte", "I.2", "", "aree", ["altro"]), '$.risposte["I.2"][""].aree', "servizi_cura"),
    (_metti("risposte", "I.2", "", "aree", ["congedi", "congedi"]), '$.risposte["I.2"][""].aree', "una volta"),
    (_metti("risposte", "I.2", "", "ambito", "regionale"), '$.risposte["I.2"][""].ambito', "distrettuale"),
    (_metti("risposte", "I.1", {"": {"titolo": "x"}}), '$.risposte["I.1"][""].titolo', "$.progetto"),
    (_metti("risposte", "IV.1.2", {nuovo("formazione"): {"costo": "1.00"}}),
     f'$.risposte["IV.1.2"]["{nuovo("formazione")}"].costo', "non ha questa"),
    (_dichiara(blocco="I.9"), "$.dichiarati[28].blocco", "non ha questo blocco"),
    (_dichiara(campo="costo"), "$.dichiarati[28].campo", "contributo"),
    (_dichiara(riga="totale"), "$.dichiarati[28].riga", "nessuna riga"),
    (_dichiara(blocco="IV.1.2", riga=None), "$.dichiarati[28].riga", "«totale»"),
    (_dichiara(), "$.dichiarati[28]", "già dichiarata"),
    (_dichiara(blocco="I.5", campo="durata_al", testo=None), "$.dichiarati[28].testo", "com'è scritto"),
    (_metti("dichiarati", 9, "importo", "51000.01"), "$.dichiarati[9].importo", "si legge 51000.00"),
    (_metti("dichiarati", 9, "nota", "?"), "$.dichiarati[9].nota", "sconosciuta"),
]  # fmt: skip


@pytest.mark.parametrize(("cambia", "percorso", "parola"), ERRORI, ids=[f"{n}-{e[1]}" for n, e in enumerate(ERRORI)])
def test_ogni_errore_ha_il_suo_percorso_e_dice_come_rimediare(dimostrazione, cambia, percorso, parola):
    dati = altra_scheda()
    cambia(dati)
    assert parola in rifiutato(dati)[percorso]


def test_tutti_gli_errori_sono_detti_insieme(dimostrazione):
    dati = altra_scheda()
    for cambia in (_metti("costi", 0, "importo", 1), _metti("progetto", "durata_dal", "x"), _metti("azioni", 0, "genere", "x")):
        cambia(dati)
    assert sorted(rifiutato(dati)) == ["$.azioni[0].genere", "$.costi[0].importo", "$.progetto.durata_dal"]


@pytest.mark.parametrize(
    ("testo", "parola"),
    [
        (scrivi(copia())[: len(scrivi(copia())) // 2], "troncato"),
        ("", "troncato"),
        ("[]", "graffe"),
        ('"scheda"', "graffe"),
        ('{"a": 1, "a": 2}', "due volte"),
        ('{"a": ' + "9" * 5000 + "}", "numero enorme"),
        ("[" * 200_000, "parentesi"),
    ],
)
def test_cio_che_non_e_una_scheda_e_rifiutato_in_italiano(testo, parola):
    with pytest.raises(FileRifiutato, match=parola):
        leggi_file(testo)


def test_il_segno_che_alcuni_programmi_mettono_all_inizio_del_file_non_disturba():
    assert leggi_file("\ufeff" + scrivi(copia())) == copia()


# Any rubbish -----------------------------------------------------------------------------------------------------------

json_qualsiasi = st.recursive(
    st.one_of(
        *(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=8)),
        st.sampled_from(["", "azioni", "carta", "totale", "2000.00", "2014-10", *ID.values(), "\ud800", "A" * 400]),
    ),
    lambda figli: (
        st.lists(figli, max_size=3) | st.dictionaries(st.sampled_from(["id", "", "importo", "I.2"]), figli, max_size=3)
    ),
    max_leaves=6,
)


def _nodi(valore, passi=()) -> list[tuple]:
    """The place of every value in a file."""
    figli = valore.items() if isinstance(valore, dict) else enumerate(valore) if isinstance(valore, list) else ()
    return [*([passi] if passi else []), *(n for chiave, figlio in figli for n in _nodi(figlio, (*passi, chiave)))]


NODI = _nodi(altra_scheda())


@settings(max_examples=300, suppress_health_check=list(HealthCheck))
@given(passi=st.sampled_from(NODI), valore=json_qualsiasi)
def test_qualunque_valore_al_posto_di_un_altro_o_entra_o_e_rifiutato_senza_scrivere_nulla(dimostrazione, passi, valore):
    dati = altra_scheda()
    _metti(*passi, valore)(dati)
    prima = quante_righe()
    try:
        progetto, _ = importa(dati)
    except FileRifiutato as rifiuto:
        assert quante_righe() == prima
        assert "riprova" not in str(rifiuto)  # noqa: PT017 (it may also be accepted)
    else:
        assert importa(leggi_file(esporta(progetto)))[1] == "identico"
        controlla(DGR1081_2014, contenuto.contenuto(progetto))
        butta(progetto.pk)


def test_una_scheda_di_carta_si_congela_con_le_sue_differenze(dimostrazione):
    dati = altra_scheda()
    progetto, _ = importa(dati)
    versione = transizioni.acquisisci_da_carta(progetto.pk)
    assert "declared_contribution_vs_table" in [s["regola"] for s in versione.segnalazioni]
    assert importa(dati) == (progetto, "identico")
