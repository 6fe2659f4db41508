"""An old scheda, on file or pasted, as a start: what is read of it, what is written, and that nothing of it is lost."""

import html
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from alleanze.models import Ente
from conciliazione.schede import pdf as stampa
from conciliazione.schede.lettura import leggi as lettura
from progetti import permessi
from progetti.contenuto import contenuto
from progetti.da_carta import estrai, leggi
from progetti.da_carta.estrazione import brani
from progetti.da_carta.parole import Etichetta, comincia, stesso_ente
from progetti.edizioni import EDIZIONI
from progetti.models import Avviso, DaRivedere, Progetto
from progetti.nuovo import apri

from ...crema import contenuto as crema
from ...moduli import campi
from ...vecchie_schede import SCHEDA_2014, SCHEDA_2017, SCHEDA_2022, docx, pdf

SCHEDE = {"dgr1081-2014": SCHEDA_2014, "ptc-2017": SCHEDA_2017, "welfare-2022": SCHEDA_2022}


def file(dati: bytes, nome: str = "vecchia.docx") -> SimpleUploadedFile:
    return SimpleUploadedFile(nome, dati)


def vuoto(edizione: str) -> dict:
    """A content where there is only the avviso: enough for what the form prints."""
    dati = {k: [] if isinstance(v, list) else v for k, v in crema().items()}
    return dati | {"edizione": edizione, "risposte": {}}


def letti(edizione: str, testo: str) -> dict:
    """What was read, by block and field; with the name of the row, where there is one."""
    trovati = {}
    for letto in leggi(EDIZIONI[edizione], vuoto(edizione), testo).letti:
        riga = getattr(letto.riga, "codice", "") or getattr(letto.riga, "nome", letto.riga)
        posto = (letto.blocco, letto.campo) if riga is None else (letto.blocco, riga, letto.campo)
        trovati[posto] = list(letto.scelte) if letto.scelte else letto.testo
    return trovati


@pytest.fixture
def bozza(dimostrazione, responsabile) -> Progetto:
    """An empty draft of 2014, of the Comune di Crema."""
    avviso = Avviso.objects.aperti().get(moduli__edizione="dgr1081-2014")
    return apri.apri(avviso, permessi.capofila_di(responsabile)[0], None, responsabile)


# Words.


@pytest.mark.parametrize(
    "scritto",
    [
        "III. 1.1. - Coerenza del progetto con riferimento all'analisi del contesto e dei fabbisogni (max 30 righe)",
        "III.1.1 Coerenza del progetto con riferimento all’analisi del contesto e dei fabbisogni",
        "III 1.1 – COERENZA DEL PROGETTO CON RIFERIMENTO ALL' ANALISI DEL CONTESTO E DEI FABBISOGNI:",
        "## **III. 1. 1. Coerenza del progetto con riferimento all`analisi del contesto e dei fabbisogni**",
        "IV.1.1 Coerenza del progetto con riferimento all'analisi del contesto e dei fabbisogni",
    ],
)
def test_un_titolo_si_riconosce_comunque_sia_scritto(scritto):
    stampato = "III. 1.1. - Coerenza del progetto con riferimento all'analisi del contesto e dei fabbisogni (max 30 righe)"
    fine = comincia(Etichetta(stampato), scritto)
    assert fine is not None
    assert scritto[fine:].strip() == ""


@pytest.mark.parametrize("limite", ["(max 30 righe)", "(max. 2.000 caratteri)"])
def test_il_massimo_stampato_non_e_parte_della_risposta(limite):
    stampato = f"2. Sintesi del progetto {limite}"
    scritto = f"{stampato}: Una rete di imprese."
    for etichetta in (stampato, "2. Sintesi del progetto"):
        assert scritto[comincia(Etichetta(etichetta), scritto) :] == "Una rete di imprese."


def test_con_lo_stesso_numero_bastano_parole_quasi_uguali():
    etichetta = Etichetta("III. 1.3. - Descrizione dell'intervento proposto (max 30 righe)")
    assert comincia(etichetta, "III.1.3 Descrizione dell'intervento propsto: testo", quasi=True) is not None
    assert comincia(etichetta, "III.1.4 Descrizione dell'intervento propsto: testo", quasi=True) is None


@pytest.mark.parametrize(
    ("uno", "altro", "stesso"),
    [
        ("Iride Soc. Coop. Sociale", "Iride Società Cooperativa Sociale impresa sociale", True),
        ("Ali S.p.A, Agenzia per il lavoro", "ALI s.p.a., Agenzia per il Lavoro", True),
        ("Comune di Crema", "Comune di Cremona", False),
        ("Koala Cooperativa Sociale", "Iride Cooperativa Sociale", False),
    ],
)
def test_due_modi_di_scrivere_un_nome(uno, altro, stesso):
    assert stesso_ente(uno, altro) is stesso


# Reading.


def test_la_scheda_del_2014_si_legge():
    dati = letti("dgr1081-2014", SCHEDA_2014)
    assert dati["I.1", "titolo"] == "Orari possibili"
    assert dati["I.2", "aree"] == ["incentivi_persone_imprese"]
    assert dati["I.2", "ambito"] == ["distrettuale"]
    assert dati["I.4", "beneficiari"] == ["persone"]
    assert dati["I.5", "durata_dal"] == "ottobre 2014"
    assert dati["III.1.1", "testo"].endswith("- una mattina più lunga;\n- un pomeriggio che non si interrompa.")
    assert dati["III.1.2", "testo"] == "Allungare le giornate dei servizi."
    assert dati["III.1.3", "testo"] == "Obiettivi specifici non ne mancano: tre laboratori e uno sportello."
    lenta = "Officina Lenta Soc. Coop. a r.l."
    assert dati["II.B", lenta, "ateco"] == "889100"
    assert [dati["II.B", lenta, c] for c in ("lavoratori", "lavoratrici_donne", "lavoratori_uomini")] == ["14", "9", "5"]
    assert dati["II.B", lenta, "legale_citta"] == "Crema"
    assert dati["II.B", lenta, "legale_email"] == "info@lenta.example.org"
    assert dati["II.B", lenta, "referente_tel"] == "0373 000901"
    assert dati["III.1.3-soggetti", "Comune di Crema", "strumentali"] == "Una sala"
    assert dati["IV.1.1", "laboratori di quartiere", "m2"] == "x"
    assert dati["IV.1.1", "sportello", "m2"] == "verifica"
    assert dati["IV.1.2", "sportello", "costo"] == "€ 9,145,53"


def test_la_scheda_del_2017_si_legge():
    dati = letti("ptc-2017", SCHEDA_2017)
    assert dati["titolo", "titolo"] == "Orari possibili due"
    assert dati["costituita", "costituita"] == ["si"]
    assert dati["enti", "Comune di Crema", "tipologia"] == "ENTE PUBBLICO"
    assert dati["descrizione", "C1", "modalita"] == "Incontri"
    assert dati["descrizione", "C2", "modalita"] == "Sperimentazione"
    assert dati["obiettivi", "B", "obiettivi"] == "Sette famiglie"
    assert dati["risultati", "B", "stima"] == "almeno 7 famiglie"
    assert dati["voci", "A", "costo"] == "€ 25.000,00"
    assert dati["fonti", "Comune di Crema", "valorizzazione"] == "8.000,00"
    assert [v for p, v in dati.items() if p[0] == "referenti" and p[2] == "nominativo"] == [
        "Ada Belli",
        "Ivo Neri",
        "Nives Carminati",
    ]
    assert [v for p, v in dati.items() if p[0] == "indicatori" and p[2] == "descrizione"] == [
        "n. famiglie beneficiarie",
        "incremento dei servizi",
    ]


def test_la_scheda_del_2022_si_legge():
    dati = letti("welfare-2022", SCHEDA_2022)
    assert dati["A.1", "titolo"] == "Orari possibili nelle imprese"
    assert dati["A.4", "durata_mesi"] == "12"
    assert dati["enti", "Officina Lenta srl", "lr_codice_fiscale"] == "CRMNVS70A41D142X"
    assert dati["enti", "Officina Lenta srl", "lr_nominativo"] == "Nives Carminati"
    assert dati["B.2.1", "interventi"] == ["A", "F"]
    assert dati["schede", "A.1", "descrizione"] == "Incontri"
    assert dati["schede", "F.1", "ore"] == "100"
    assert dati["budget", "A.1", "costo"] == "€ 12.500,00"
    assert dati["personale", "3 referenti aziendali", "ruolo"] == "referenti aziendali"
    assert dati["destinatari", "22 dipendenti", "tipo"] == "dipendenti"
    assert dati["B.2.2", "Avvio", "strumenti"] == "Verbali"
    assert dati["C", "B", "costo"] == "€ 3500"


@pytest.mark.parametrize("edizione", SCHEDE)
def test_un_file_word_dice_le_stesse_cose_del_suo_testo(edizione):
    testo = SCHEDE[edizione]
    assert letti(edizione, estrai(file(docx(testo)))) == letti(edizione, testo)


def test_un_pdf_dice_gli_stessi_testi():
    dati, dal_testo = letti("dgr1081-2014", estrai(file(pdf(SCHEDA_2014)))), letti("dgr1081-2014", SCHEDA_2014)
    for blocco in ("III.1.1", "III.1.2", "III.1.3", "III.2.2"):
        assert dati[blocco, "testo"] == dal_testo[blocco, "testo"]
    assert dati["IV.1.2", "laboratori di quartiere", "costo"].strip("*") == "20.000,00"


def test_del_nostro_pdf_si_rileggono_tutti_i_testi(acquisito):
    dati = contenuto(acquisito)
    intestazione = {"stato": "", "numero": 1, "origine": "", "sha256": "0" * 64}
    fatta = stampa.scheda(
        lettura(EDIZIONI["dgr1081-2014"], dati),
        dati,
        titolo="IN...TEMPO",
        intestazione=intestazione,
        creata_il=acquisito.creato_il,
    )
    riletti = letti("dgr1081-2014", estrai(file(fatta, "scheda.pdf")))
    for blocco, righe in dati["risposte"].items():
        if "testo" in righe.get("", {}):
            assert "".join(riletti[blocco, "testo"].split()) == "".join(righe[""]["testo"].split())
    assert riletti["I.1", "titolo"] == acquisito.titolo
    soggetto = acquisito.partecipazioni.get(denominazione__startswith="Koala")
    assert riletti["II.B", soggetto.denominazione, "lavoratori"] == str(soggetto.lavoratori)
    assert sum(Decimal(v.replace(".", "").replace(",", ".")) for p, v in riletti.items() if p[-1] == "costo") == 65000


@pytest.mark.parametrize("edizione", SCHEDE)
@pytest.mark.parametrize("come", [str.encode, docx, pdf], ids=["testo", "word", "pdf"])
def test_ogni_riga_e_riconosciuta_o_detta_non_riconosciuta(edizione, come):
    testo = estrai(file(come(SCHEDE[edizione])))
    esito = leggi(EDIZIONI[edizione], vuoto(edizione), testo)
    stampati = {n for n, b in enumerate(esito.brani) if b.stampato}
    detti = {id(b) for b in esito.non_riconosciuti}
    assert all(n in esito.usati or n in stampati or id(b) in detti for n, b in enumerate(esito.brani))
    parole = [p for b in brani(testo) for p in b.testo.split()]
    assert sorted(parole) == sorted(p for b in esito.brani for p in b.testo.split())
    # An answer that was understood is in what was read.
    risposte = " ".join([*(v.testo for v in esito.letti), *(c.testo for c in esito.calcolati), *(r.nome for r in esito.righe)])
    for cercata in ("Continuerà.", "Dodici comuni", "Poche persone,", "Allungare"):
        assert cercata not in testo or cercata in risposte


@pytest.mark.parametrize("edizione", SCHEDE)
def test_una_riga_estranea_non_si_perde(edizione):
    prima = f"Appunto a matita, prima di tutto.\n{SCHEDE[edizione]}"
    estranee = [b.testo for b in leggi(EDIZIONI[edizione], vuoto(edizione), prima).non_riconosciuti]
    assert "Appunto a matita, prima di tutto." in estranee


def test_una_cella_tagliata_dal_cambio_di_pagina_si_ricompone():
    testo = SCHEDA_2022.replace(
        "| Avvio | 12 | Partire | A.1 | Una rete | Verbali |",
        "| Avvio | 12 | Partire con calma e | A.1 | Una rete | Verbali |\n"
        "[pagina 2]\n| | | finire per tempo | | | e fogli firma |",
    )
    assert letti("welfare-2022", testo)["B.2.2", "Avvio", "obiettivo"] == "Partire con calma e finire per tempo"
    assert letti("welfare-2022", testo)["B.2.2", "Avvio", "strumenti"] == "Verbali e fogli firma"


def test_i_segnaposto_del_modulo_sono_vuoti():
    testo = "I. 1. - Titolo del progetto: […]\nII.A. SOGGETTO CAPOFILA\nII. 2. - Partita Iva ________"
    assert letti("dgr1081-2014", testo) == {}


# Files that cannot be read.


def bianco() -> bytes:
    from weasyprint import HTML

    return HTML(string="<html lang=it></html>").write_pdf()


def protetto() -> bytes:
    import io

    from pypdf import PdfReader, PdfWriter

    scrittore = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf("testo"))))
    scrittore.encrypt("segreta", algorithm="RC4-128")
    dentro = io.BytesIO()
    scrittore.write(dentro)
    return dentro.getvalue()


@pytest.mark.parametrize(
    ("dati", "messaggio"),
    [
        (lambda: b"", "vuoto"),
        (lambda: b"   \n ", "Non c'è testo"),
        (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, ".doc"),
        (lambda: b"\x89PNG\r\n\x1a\n\x00\x00", "non si riconosce"),
        (lambda: b"%PDF-1.7 rotto", "non si riesce a leggere"),
        (lambda: b"PK\x03\x04 rotto", "non si riesce a leggere"),
        (bianco, "scansione"),
        (protetto, "password"),
        (lambda: b"a" * (10 * 1024 * 1024 + 1), "10 MB"),
        (lambda: b"parola " * 70_000, "troppo lungo"),
    ],
    ids=["vuoto", "spazi", "doc", "immagine", "pdf rotto", "docx rotto", "scansione", "protetto", "grande", "lungo"],
)
def test_cio_che_non_si_legge_si_dice_in_chiaro(dati, messaggio):
    with pytest.raises(ValidationError, match=messaggio):
        estrai(file(dati()))


# In the portal.


def carica(browser, progetto, **dati):
    return browser.post(reverse("progetti:carta", args=[progetto.pk]), dati)


def conferma(browser, progetto, anteprima, **scelte):
    url = reverse("progetti:carta_conferma", args=[progetto.pk])
    return browser.post(url, campi(anteprima, url) | {nome.replace("_", "-"): valore for nome, valore in scelte.items()})


def test_l_anteprima_non_scrive_nulla(entra, responsabile, bozza):
    prima = contenuto(bozza)
    pagina = carica(entra(responsabile), bozza, file=file(docx(SCHEDA_2014)))
    assert pagina.status_code == 200
    detto = html.unescape(pagina.content.decode())
    assert "Allungare le giornate dei servizi." in detto
    assert "Crema, lì 30 aprile 2014: questa riga non è di nessun campo." in detto
    assert "mese/2015" in detto
    assert "9.145,53" in detto  # the proposal for an amount that cannot be read
    assert contenuto(bozza) == prima
    assert not bozza.da_rivedere.exists()


def test_confermata_si_scrive_e_si_segna_da_verificare(entra, responsabile, bozza):
    browser = entra(responsabile)
    anteprima = carica(browser, bozza, file=file(docx(SCHEDA_2014)))
    risposta = conferma(browser, bozza, anteprima, soggetto_2="aggiungi", soggetto_3="privato")
    assert risposta.status_code == 302
    bozza.refresh_from_db()
    dati = contenuto(bozza)
    assert bozza.titolo == "Orari possibili"
    assert (bozza.durata_dal, bozza.durata_al) == ("2014-10", "")
    assert dati["risposte"]["III.1.2"][""]["testo"] == "Allungare le giornate dei servizi."
    assert dati["risposte"]["I.2"][""]["ambito"] == "distrettuale"
    assert [a["titolo"] for a in dati["azioni"]] == ["laboratori di quartiere", "sportello", "Spese generali"]
    assert sorted(c["importo"] for c in dati["costi"]) == ["1000.00", "20000.00"]  # the malformed one stays blank
    assert sorted((c["settore"], c["importo"]) for c in dati["cofinanziamenti"]) == [
        ("privato", "4145.53"),
        ("pubblico", "1000.00"),
        ("pubblico", "5000.00"),
    ]
    lenta = bozza.partecipazioni.get(denominazione__startswith="Officina Lenta")
    assert lenta.ente.settore == "privato"
    assert (lenta.lavoratori, lenta.ateco) == (14, "889100")
    assert dati["risposte"]["II.B"][str(lenta.pk)]["legale_citta"] == "Crema"
    assert dati["risposte"]["IV.1.1"][dati["azioni"][1]["id"]] == {"m2": "verifica"}
    segno = DaRivedere.objects.get(progetto=bozza, blocco="III.1.2")
    assert (segno.motivo, segno.provenienza) == ("letto", "vecchia.docx, riga 41")
    assert bozza.da_rivedere.filter(blocco="IV.1.2", campo="costo").count() == 2


def test_un_ente_gia_registrato_si_riconosce_dal_codice_fiscale(entra, responsabile, bozza):
    koala = Ente.objects.get(denominazione__startswith="Koala")
    testo = SCHEDA_2014.replace("Codice fiscale 99887766006", f"Codice fiscale {koala.codice_fiscale}")
    browser, quanti = entra(responsabile), Ente.objects.count()
    anteprima = carica(browser, bozza, testo=testo)
    assert f"Nel portale è «{koala}»" in html.unescape(anteprima.content.decode())
    conferma(browser, bozza, anteprima, soggetto_2="salta")
    assert bozza.partecipazioni.filter(ente=koala).exists()
    assert Ente.objects.count() == quanti


def test_di_un_ente_nuovo_si_deve_dire_che_cos_e(entra, responsabile, bozza):
    testo = SCHEDA_2014.replace("99887766006", "")
    browser = entra(responsabile)
    risposta = conferma(browser, bozza, carica(browser, bozza, testo=testo))
    assert risposta.status_code == 422
    assert "Indica se è pubblico o privato" in risposta.content.decode()
    assert bozza.partecipazioni.count() == 1
    assert conferma(browser, bozza, risposta, soggetto_3="salta").status_code == 302
    assert not Ente.objects.filter(denominazione__startswith="Officina Lenta").exists()


def test_cio_che_e_gia_scritto_resta_e_le_differenze_si_dicono(entra, responsabile, bozza):
    Progetto.objects.filter(pk=bozza.pk).update(titolo="Il mio titolo")
    browser = entra(responsabile)
    anteprima = carica(browser, bozza, testo=SCHEDA_2014)
    detto = html.unescape(anteprima.content.decode())
    assert "Il mio titolo" in detto
    assert "Orari possibili" in detto
    conferma(browser, bozza, anteprima, soggetto_2="salta", soggetto_3="salta")
    bozza.refresh_from_db()
    assert bozza.titolo == "Il mio titolo"
    assert not bozza.da_rivedere.filter(blocco="I.1").exists()


def test_cio_che_un_altro_ha_scritto_nel_frattempo_resta(entra, responsabile, bozza):
    browser = entra(responsabile)
    anteprima = carica(browser, bozza, testo=SCHEDA_2014)
    Progetto.objects.filter(pk=bozza.pk).update(titolo="Scritto dopo l'anteprima")
    conferma(browser, bozza, anteprima, soggetto_2="salta", soggetto_3="salta")
    bozza.refresh_from_db()
    assert bozza.titolo == "Scritto dopo l'anteprima"


def test_confermare_due_volte_non_raddoppia_nulla(entra, responsabile, bozza):
    browser = entra(responsabile)
    anteprima = carica(browser, bozza, testo=SCHEDA_2014)
    scelte = {"soggetto_2": "aggiungi", "soggetto_3": "privato"}
    conferma(browser, bozza, anteprima, **scelte)
    prima = contenuto(bozza)
    conferma(browser, bozza, anteprima, **scelte)
    assert contenuto(bozza) == prima


@pytest.mark.parametrize(
    ("dati", "messaggio"),
    [
        ({}, "Scegli un file o incolla il testo."),
        ({"testo": "ciao", "file": file(b"ciao")}, "tutti e due insieme no"),
        ({"file": file(b"%PDF-1.7 rotto")}, "non si riesce a leggere"),
    ],
    ids=["niente", "tutti e due", "rotto"],
)
def test_una_richiesta_che_non_va_si_spiega(entra, responsabile, bozza, dati, messaggio):
    risposta = carica(entra(responsabile), bozza, **dati)
    assert risposta.status_code == 422
    assert messaggio in html.unescape(risposta.content.decode())


def test_un_testo_qualunque_non_scrive_nulla_e_si_rilegge_per_intero(entra, responsabile, bozza):
    risposta = carica(entra(responsabile), bozza, testo="Cara collega,\nti scrivo domani.")
    detto = risposta.content.decode()
    assert "Non riconosciuto (2)" in detto
    assert "ti scrivo domani." in detto


@pytest.mark.parametrize("edizione", ["ptc-2017", "welfare-2022"])
def test_anche_le_altre_edizioni_si_riprendono_dalla_carta(entra, responsabile, edizione):
    avviso = Avviso.objects.crea(edizione, codice=f"{edizione}-prova", titolo="Avviso", atto="Atto")
    progetto = apri.apri(avviso, permessi.capofila_di(responsabile)[0], None, responsabile)
    browser = entra(responsabile)
    anteprima = carica(browser, progetto, file=file(docx(SCHEDE[edizione])))
    assert conferma(browser, progetto, anteprima, soggetto_2="privato").status_code == 302
    dati = contenuto(progetto)
    assert progetto.partecipazioni.filter(denominazione__startswith="Officina Lenta").exists()
    if edizione == "ptc-2017":
        c1 = next(a for a in dati["azioni"] if a["codice"] == "C1")
        assert next(a for a in dati["azioni"] if a["id"] == c1["padre"])["codice"] == "C"
        assert {r["nominativo"] for r in dati["referenti"]} == {"Ada Belli", "Ivo Neri", "Nives Carminati"}
        assert sorted(c["importo"] for c in dati["cofinanziamenti"]) == ["2000.00", "8000.00"]
        assert sorted(c["importo"] for c in dati["costi"]) == ["0.00", "15000.00", "25000.00"]
    else:
        assert [a["codice"] for a in dati["azioni"]] == ["A.1", "F.1"]
        assert [(p["numero"], p["ruolo"]) for p in dati["personale"]] == [(3, "referenti aziendali"), (2, "esperti")]
        assert dati["fasi"][0]["azioni"] == [dati["azioni"][0]["id"]]
        assert sorted(c["importo"] for c in dati["costi"]) == ["12500.00", "3500.00", "9000.00"]
