"""The scheda as a Word document, read back with python-docx: of every edition, over its reading."""

import io
import zipfile
from datetime import UTC, datetime

import pytest
from django.urls import reverse
from docx import Document
from docx.oxml.ns import qn

from conciliazione import tasks
from conciliazione.file import lavori
from conciliazione.models import FileGenerato
from conciliazione.schede import esporta_docx
from conciliazione.schede.lettura import RISERVATO, leggi, solo_stampati
from conciliazione.stampa.word import Brano, Carta, Cella, scrivibile
from progetti.contenuto import COLONNE, COLONNE_PROGETTO, PARAMETRI
from progetti.edizioni import EDIZIONI
from progetti.presentazione import versioni
from progetti.presentazione.versioni import BOZZA, chiedi_word, chiedi_word_di_scheda, word_di

from ... import edizione_di_prova
from ... import scheda_di_crema as crema

QUANDO = datetime(2015, 3, 2, 9, 30, tzinfo=UTC)
TUTTE = {**EDIZIONI, "prova-2030": edizione_di_prova.EDIZIONE}
DISEGNI = {nome: disegno for edizione in TUTTE.values() for nome, disegno in edizione.disegni.items()}


def byte_di(lettura: dict, **altri) -> bytes:
    return esporta_docx.esporta(lettura, **{"titolo": "Prova", "creata_il": QUANDO, "disegni": DISEGNI} | altri)


def riletto(byte: bytes):
    return Document(io.BytesIO(byte))


def detti(documento) -> list[str]:
    """Every paragraph in the printed order, those in tables included."""
    return ["".join(t.text or "\n" for t in p.iter(qn("w:t"), qn("w:br"))) for p in documento.element.body.iter(qn("w:p"))]


def lettura_piena(edizione) -> dict:
    """The reading of an edition with a recognisable answer everywhere, and a row wherever rows may be."""
    lettura = leggi(edizione, contenuto_pieno(edizione))
    for sezione in lettura["sezioni"]:
        for blocco in sezione["blocchi"]:
            _riempi(blocco)
    return lettura


def contenuto_pieno(edizione) -> dict:
    """The figures of Crema with two rows in every table that any edition has; no answers."""
    dati = crema.contenuto()
    dati["edizione"], dati["risposte"], dati["dichiarati"] = edizione.codice, {}, []
    dati["progetto"] = dict.fromkeys(COLONNE_PROGETTO) | dati["progetto"]
    dati["avviso"] = dict.fromkeys(PARAMETRI) | dati["avviso"]
    for fonte, colonne in COLONNE.items():
        righe = dati.setdefault(fonte, [_riga(fonte, n, dati) for n in range(2)])
        dati[fonte] = [dict.fromkeys(colonne) | riga for riga in righe]
    return dati


def _riga(fonte: str, numero: int, dati: dict) -> dict:
    """It hangs from the first azione, or the first soggetto."""
    azione, soggetto = dati["azioni"][0]["id"], dati["partecipazioni"][0]["id"]
    di_chi = {"azione": azione, "partecipazione": soggetto, "azioni": [azione]}
    return {"id": f"{fonte}-{numero}"} | {c: di_chi.get(c) for c in COLONNE[fonte]}


def _riempi(blocco: dict) -> None:
    for riga in blocco["righe"]:
        for voce in riga["voci"]:
            if not voce["opzioni"]:
                voce["testo"] = f"risposta {blocco['chiave']} {riga['numero']} {voce['chiave']}"
        for figlia in riga.get("figlie", ()):
            _riempi(figlia)


def blocchi(lettura: dict, *, stampati: bool = True) -> list[dict]:
    if stampati:
        return [b for s in solo_stampati(lettura)["sezioni"] for b in s["blocchi"]]
    return [b for s in lettura["sezioni"] for b in s["blocchi"] if not b["stampato"]]


def voci(blocco: dict):
    for riga in blocco["righe"]:
        yield from riga["voci"]
        for figlia in riga.get("figlie", ()):
            yield from voci(figlia)
    yield from blocco["totale"]


def etichette_di(blocco: dict) -> set[str]:
    """What is printed beside the answers; a list and the months have labels of their own."""
    con_il_titolo = blocco["in_word"] in ("per_riga", "prospetto", "a_gruppi", "per_codice")
    dette = {r["titolo"] for r in blocco["righe"]} if con_il_titolo else set()
    dette |= {f["titolo"] for r in blocco["righe"] for f in r["figlie"]}
    if blocco["genere"] not in ("elenco", "cronoprogramma"):
        dette |= {v["etichetta"] for r in blocco["righe"] for v in r["voci"]} | {v["etichetta"] for v in blocco["totale"]}
    return dette


# What the document says.


@pytest.mark.parametrize("edizione", TUTTE.values(), ids=TUTTE)
def test_ogni_risposta_della_lettura_e_nel_documento(edizione):
    lettura = lettura_piena(edizione)
    detto = "\n".join(detti(riletto(byte_di(lettura))))
    mancano = [v["testo"] for b in blocchi(lettura) for v in voci(b) if v.get("unite", 1) and v["testo"] not in detto]
    assert not mancano


@pytest.mark.parametrize("edizione", TUTTE.values(), ids=TUTTE)
def test_ogni_titolo_ed_etichetta_e_nel_documento_nell_ordine_stampato(edizione):
    lettura = lettura_piena(edizione)
    detto = "\n".join(detti(riletto(byte_di(lettura))))
    posto = 0
    for sezione in lettura["sezioni"]:
        posto = detto.index(sezione["titolo"], posto) if sezione["stampata"] else posto
        for blocco in (b for b in sezione["blocchi"] if b["stampato"]):
            for testo in filter(None, (blocco["titolo"], blocco["istruzioni"])):
                posto = detto.index(testo, posto)
    etichette = {e for b in blocchi(lettura) for e in etichette_di(b)}
    assert not [e for e in etichette if e not in detto]


@pytest.mark.parametrize("edizione", TUTTE.values(), ids=TUTTE)
def test_i_blocchi_che_non_si_stampano_non_ci_sono(edizione):
    lettura = lettura_piena(edizione)
    detto = "\n".join(detti(riletto(byte_di(lettura))))
    nascoste = [v["testo"] for b in blocchi(lettura, stampati=False) for v in voci(b) if v["testo"].startswith("risposta")]
    assert not [testo for testo in nascoste if testo in detto]


@pytest.mark.parametrize("edizione", TUTTE.values(), ids=TUTTE)
def test_una_scheda_vuota_non_scrive_mai_none(edizione):
    dati = contenuto_pieno(edizione) | {nome: [] for nome in ("costi", *COLONNE)}
    detto = "\n".join(detti(riletto(byte_di(leggi(edizione, dati)))))
    assert "None" not in detto


def test_le_caselle_sono_barrate_o_libere():
    lettura = lettura_piena(EDIZIONI["dgr1081-2014"])
    voce = lettura["sezioni"][0]["blocchi"][1]["righe"][0]["voci"][0]
    voce["opzioni"][0]["scelta"] = True
    righe = detti(riletto(byte_di(lettura)))
    assert f"☒ {voce['opzioni'][0]['etichetta']}" in righe
    assert f"☐ {voce['opzioni'][1]['etichetta']}" in righe


def test_una_risposta_che_manca_lascia_la_riga_per_scriverla():
    lettura = leggi(EDIZIONI["dgr1081-2014"], contenuto_pieno(EDIZIONI["dgr1081-2014"]))
    lettura["sezioni"][0]["blocchi"][0]["righe"][0]["voci"][0]["testo"] = ""
    assert esporta_docx.VUOTA in detti(riletto(byte_di(lettura)))


def test_un_dichiarato_si_legge_com_era_con_la_cifra_calcolata():
    dati = crema.contenuto()
    detto = " ".join(detti(riletto(byte_di(crema.lettura(dati)))))
    assert "51.000,00 (calcolato: 49.000,00)" in detto


# Tables.


def tabella_con(documento, testo: str):
    return next(t for t in documento.tables if any(testo in c.text for c in t.rows[0].cells))


def test_gli_importi_sono_allineati_a_destra_e_l_intestazione_si_ripete():
    documento = riletto(byte_di(crema.lettura(crema.contenuto())))
    tabella = tabella_con(documento, "Costo Totale")
    assert tabella.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert [c.paragraphs[0].alignment for c in tabella.rows[1].cells] == [None, 2, 2, 2, 2]
    assert [c.text for c in tabella.rows[-1].cells] == [
        "Totale",
        "65.000,00",
        "49.000,00",
        *["8.000,00"] * 2,
    ]


def test_le_celle_unite_sono_unite_anche_in_word():
    carta = Carta("Prova", creata_il=QUANDO)
    due = [Cella([[Brano("detto una volta")]], unite=2), Cella([[Brano("uno")]])]
    carta.tabella([due, [Cella(unite=0), Cella([[Brano("due")]])]])
    tabella = riletto(carta.byte()).tables[0]
    assert tabella.cell(0, 0)._tc is tabella.cell(1, 0)._tc
    assert [c.text for c in tabella.rows[1].cells] == ["detto una volta", "due"]


def test_le_righe_in_tabella_portano_celle_unite_e_tabelle_figlie():
    voce = {
        "chiave": "x",
        "etichetta": "Obiettivi",
        "aiuto": "",
        "gruppo": "",
        "genere": "testo",
        "testo": "detto per due",
        "opzioni": [],
        "dichiarato": "",
        "diverso": False,
        "riservata": False,
        "unite": 2,
    }
    sotto = {
        "id": "s",
        "numero": 1,
        "titolo": "",
        "voci": [voce | {"etichetta": "Ore", "testo": "ore erogate", "unite": 1}],
    }
    figlia = {"titolo": "Indicatori", "colonne": [], "righe": [sotto], "totale": [], "stampato": True}
    righe = [
        {"id": "1", "numero": 1, "titolo": "C1", "titolo_solo": "Prima", "codice": "C1", "voci": [voce], "figlie": [figlia]},
        {
            "id": "2",
            "numero": 2,
            "titolo": "C2",
            "titolo_solo": "Seconda",
            "codice": "C2",
            "voci": [voce | {"unite": 0}],
            "figlie": [figlia],
        },
    ]
    colonne = [{"chiave": "x", "etichetta": "Obiettivi", "genere": "testo"}]
    blocco = {"chiave": "b", "titolo": "Obiettivi", "istruzioni": "", "genere": "per_riga", "in_word": "in_tabella"}
    blocco |= {"stampato": True, "intestazione": "Azione", "colonne": colonne, "righe": righe, "totale": []}
    sezione = {"chiave": "s", "titolo": "Sezione", "blocchi": [blocco]}
    tabella = riletto(byte_di({"titolo": "T", "sottotitolo": "", "sezioni": [sezione]})).tables[0]
    assert [c.text for c in tabella.rows[0].cells] == ["", "Azione", "Indicatori", "Obiettivi"]
    assert [c.text for c in tabella.rows[2].cells] == ["C2", "Seconda", "ore erogate", "detto per due"]


# What the file is.


def test_lo_stesso_contenuto_da_gli_stessi_byte():
    lettura = crema.lettura(crema.contenuto())
    assert byte_di(lettura) == byte_di(lettura)


def test_dentro_non_ci_sono_orologi_nomi_di_persone_ne_della_macchina():
    byte = byte_di(crema.lettura(crema.contenuto()), titolo="IN...TEMPO")
    with zipfile.ZipFile(io.BytesIO(byte)) as archivio:
        assert {voce.date_time for voce in archivio.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert archivio.testzip() is None
        assert not [n for n in archivio.namelist() if "thumbnail" in n or "app.xml" in n]
    dati = riletto(byte).core_properties
    assert (dati.author, dati.last_modified_by, dati.comments) == ("", "", "")
    assert (dati.title, dati.language) == ("IN...TEMPO", "it-IT")
    assert dati.created == dati.modified == QUANDO


def test_la_lingua_e_l_italiano():
    documento = riletto(byte_di(crema.lettura(crema.contenuto())))
    lingue = {voce.get(qn("w:val")) for voce in documento.styles.element.iter(qn("w:lang"))}
    assert lingue == {"it-IT"}


def test_ogni_pagina_dice_il_suo_numero_e_di_quale_versione_e():
    documento = riletto(byte_di(crema.lettura(crema.contenuto()), piede="Versione 1 · sha256 abc", stato="BOZZA"))
    piede = documento.sections[0].footer._element
    assert [c.get(qn("w:instr")) for c in piede.iter(qn("w:fldSimple"))] == ["PAGE", "NUMPAGES"]
    assert documento.sections[0].footer.paragraphs[0].text == "Versione 1 · sha256 abc"
    assert documento.sections[0].header.paragraphs[0].text == "BOZZA"


@pytest.mark.parametrize("ostile", ["\x00\x01\x0b\x1f", "\ud800", "\ufffe\uffff", "\u202e00,1", "<w:t>&amp;</w:t>", "👍 中 ≤"])
def test_nessun_carattere_rompe_il_documento(ostile):
    dati = crema.con_testo(f"prima{ostile}dopo")
    detto = "\n".join(detti(riletto(byte_di(crema.lettura(dati), titolo=f"Titolo{ostile}"))))
    assert scrivibile(f"prima{ostile}dopo") in detto or ostile.startswith("\x00")
    assert "prima" in detto
    assert "dopo" in detto


def test_gli_a_capo_di_un_testo_lungo_restano():
    dati = crema.con_testo("prima riga\nseconda riga\n\ndopo una vuota")
    righe = detti(riletto(byte_di(crema.lettura(dati))))
    inizio = righe.index("prima riga")
    assert righe[inizio : inizio + 4] == ["prima riga", "seconda riga", "", "dopo una vuota"]


# Who asks it, and gets it.


@pytest.fixture
def archivio(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def versione(presentato):
    return presentato.versioni.get()


def test_chiesto_due_volte_e_fatto_una_volta_e_si_scarica(entra, ats, versione, archivio):
    browser = entra(ats)
    url = reverse("progetti:versione_word", args=[versione.pk])
    assert browser.post(url).url == browser.post(url).url
    file = FileGenerato.objects.get(nome__endswith=".docx")
    tasks.fai_file(file.pk)
    pagina = browser.get(reverse("progetti:file", args=[file.pk])).content.decode()
    assert "Il documento Word è pronto" in pagina
    assert "Scarica il documento Word" in pagina
    risposta = browser.get(reverse("progetti:scarica", args=[file.pk]))
    byte = b"".join(risposta.streaming_content)
    assert risposta["Content-Type"].endswith("wordprocessingml.document")
    assert byte == word_di(versione)
    assert versione.contenuto["progetto"]["titolo"] in riletto(byte).core_properties.title


def test_chi_apre_l_indirizzo_torna_alla_pagina_con_il_pulsante(entra, ats, versione):
    risposta = entra(ats).get(reverse("progetti:versione_word", args=[versione.pk]))
    assert risposta.url == reverse("progetti:versione", args=[versione.pk])


@pytest.mark.parametrize(("chi", "codice"), [("partner", 403), ("regione", 403), ("estraneo", 404)])
def test_la_versione_in_word_e_di_chi_puo_esportare(request, entra, versione, chi, codice):
    browser = entra(request.getfixturevalue(chi))
    assert browser.post(reverse("progetti:versione_word", args=[versione.pk])).status_code == codice
    assert not FileGenerato.objects.exists()


@pytest.mark.parametrize(("chi", "codice"), [("ats", 404), ("regione", 404), ("estraneo", 404)])
def test_la_scheda_viva_in_word_e_di_chi_la_legge(request, entra, progetto, chi, codice):
    url = reverse("progetti:scheda_word", args=[progetto.pk])
    assert entra(request.getfixturevalue(chi)).post(url).status_code == codice


def test_il_partner_scarica_la_scheda_viva_senza_i_dati_personali_degli_altri(
    entra, capofila, partner, altro_partner, progetto, archivio
):
    url = reverse("progetti:scheda_word", args=[progetto.pk])
    assert entra(partner).post(url).status_code == 302
    suo = FileGenerato.objects.get(nome__endswith=".docx")
    tasks.fai_file(suo.pk)
    suo.refresh_from_db()
    detto = "\n".join(detti(Document(suo.file.path)))
    assert RISERVATO in detto
    assert BOZZA in Document(suo.file.path).sections[0].header.paragraphs[0].text
    pagina = reverse("progetti:file", args=[suo.pk])
    assert [entra(chi).get(pagina).status_code for chi in (partner, capofila, altro_partner)] == [200, 200, 403]
    assert entra(capofila).post(url).status_code == 302
    intero = FileGenerato.objects.exclude(pk=suo.pk).get(nome__endswith=".docx")
    assert entra(partner).get(reverse("progetti:file", args=[intero.pk])).status_code == 403


def test_la_scheda_viva_cambiata_e_un_altro_documento(progetto, capofila):
    prima = chiedi_word_di_scheda(progetto, capofila)
    progetto.azione_righe.update(titolo="Un'altra azione")
    assert chiedi_word_di_scheda(progetto, capofila) != prima


def test_un_documento_che_non_riesce_lo_dice(entra, capofila, progetto, archivio, monkeypatch):
    file = chiedi_word_di_scheda(progetto, capofila)
    monkeypatch.setattr(esporta_docx, "esporta", lambda *_, **__: 1 / 0)
    for _ in range(lavori.TENTATIVI):
        tasks.fai_file(file.pk)
    assert "Il documento Word non è riuscito" in entra(capofila).get(reverse("progetti:file", args=[file.pk])).content.decode()


def test_il_modello_sta_nella_chiave_del_file():
    assert len(esporta_docx.impronta_modello()) == 64


def test_i_file_si_chiamano_come_il_progetto(progetto, presentato, capofila):
    versione = presentato.versioni.get()
    nomi = [chiedi_word_di_scheda(progetto, capofila), chiedi_word(versione, capofila)]
    nomi += [versioni.chiedi_anteprima(progetto, capofila), versioni.chiedi_pdf(versione, capofila)]
    attesi = [
        "bozza-tempo-per-tutti.docx",
        "scheda-intempo-2-v1.docx",
        "anteprima-tempo-per-tutti.pdf",
        "scheda-intempo-2-v1.pdf",
    ]
    assert [file.nome for file in nomi] == attesi
