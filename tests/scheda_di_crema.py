"""The scheda of Crema (2014-15) as content, without a database: its figures, invented people."""

import uuid
from copy import deepcopy
from datetime import UTC, datetime

from conciliazione.schede.canonico import impronta
from conciliazione.schede.lettura import leggi
from progetti.edizioni.dgr1081_2014.modulo import DGR1081_2014

QUANDO = datetime(2014, 7, 30, 9, 15, tzinfo=UTC)


def _id(nome: str) -> str:
    return str(uuid.uuid5(uuid.NAMESPACE_URL, nome))


SOGGETTI = (
    ("Comune di Crema", "00111540191", "91035680197", None, None, None, None, "pubblico"),
    ("Comunità Sociale Cremasca a.s.c.", "01397660190", "01397660190", "881000", 26, 23, 3, "pubblico"),
    (
        "Iride Società Cooperativa Sociale impresa sociale",
        "00891690190",
        "00891690190",
        "87900",
        130,
        115,
        15,
        "privato",
    ),
    ("Koala Cooperativa Sociale ONLUS", "01258790193", "01258790193", "889100", 59, 47, 12, "privato"),
    (
        "Consorzio Arcobaleno Società Cooperativa Sociale",
        "01097960197",
        "01097960197",
        "63.11.11",
        12,
        11,
        1,
        "privato",
    ),
    (
        "ALI s.p.a., Agenzia per il Lavoro",
        "05347681008",
        "05347681008",
        "78.20.0 - Attività delle agenzie di fornitura di lavoro temporaneo (interinale)",
        116,
        90,
        26,
        "privato",
    ),
)
AZIONI = (
    ("formazione", "formazione", "2000.00"),
    ("studio e start-up piattaforma on line", "studio e start-up piattaforma on line", "10000.00"),
    ("attività di global service", "attività di global service", "12000.00"),
    (
        "interventi di conciliazione a favore dei dipendenti degli aderenti all'alleanza territoriale",
        "interventi di conciliazione",
        "40000.00",
    ),
    ("Spese generali", "", "1000.00"),
)
COFINANZIAMENTI = (
    (0, "pubblico", "2000.00"),
    (1, "pubblico", "5000.00"),
    (1, "privato", "3000.00"),
    (2, "privato", "5000.00"),
    (4, "pubblico", "1000.00"),
)
MESI = ((1, 3), (2, 8), (6, 24), (9, 24))

FRASE = (
    "Nel territorio cremasco lavorano nei servizi alla persona soprattutto donne, con orari spezzati e turni che mal "
    "si accordano con quelli di nidi, scuole e centri diurni. "
)


def _testo(parole: int) -> str:
    """A text of the author's, of two paragraphs and a list, about that long."""
    frasi = [f"{n}) {FRASE}" for n in range(1, 2 + parole // 27)]
    meta = len(frasi) // 2
    return "".join(frasi[:meta]).strip() + "\n\n" + "".join(frasi[meta:]).strip() + "\n- ascolto;\n- orientamento."


def _partecipazione(n: int) -> dict:
    nome, piva, cf, ateco, tutti, donne, uomini, settore = SOGGETTI[n]
    return {
        "id": _id(f"soggetto {n}"),
        "ruolo": "partner" if n else "capofila",
        "denominazione": nome,
        "codice_fiscale": cf,
        "partita_iva": piva,
        "tipologia": None,
        "ateco": ateco,
        "lavoratori": tutti,
        "lavoratrici_donne": donne,
        "lavoratori_uomini": uomini,
        "settore": settore,
    }


def _anagrafica() -> dict:
    return {
        "lr_nominativo": "Bianca Invernizzi",
        "lr_codice_fiscale": "NVRBNC68C52D142R",
        "lr_nato_il": "1968-03-12",
        "lr_nato_a": "Crema",
        "lr_nato_prov": "CR",
        "residenza_indirizzo": "via delle Grazie 14",
        "residenza_cap": "26013",
        "residenza_citta": "Crema",
        "residenza_prov": "CR",
        "legale_indirizzo": "viale dei Tigli 3",
        "legale_cap": "26013",
        "legale_citta": "Crema",
        "legale_prov": "CR",
        "legale_tel": "0373 000001",
        "legale_email": "sede@coop.example.it",
        "referente_nominativo": "Ennio Cattaneo",
        "referente_tel": "0373 000002",
        "referente_email": "referente@coop.example.it",
    }


def _capofila() -> dict:
    return {
        "iban": "IT17N0100003245133300061337",
        "iban_intestatario": "Comune di Crema",
        "iban_presso": "Banca d'Italia",
        "lr_nominativo": "Stefania Quaini",
        "lr_codice_fiscale": "QNUSFN72H55D142J",
        "lr_nato_il": "1972-06-15",
        "lr_nato_a": "Crema",
        "lr_nato_prov": "CR",
        "dirigente_nominativo": "Evaristo Mondini",
        "dirigente_settore": "Affari sociali",
        "dirigente_tel": "0373 000003",
        "dirigente_email": "dirigente@comune.example.it",
        "ruolo_nel_progetto": "Coordina l'alleanza, tiene i rapporti con l'ASL e rendiconta la spesa.",
    }


def _attivita(n: int) -> dict:
    return {
        "obiettivi": "Far incontrare chi cerca un servizio di cura e chi lo offre, con orari che si adattano ai turni.",
        "attivita": f"Cura la parte {n + 1} del progetto: raccolta dei bisogni, incontri, avvio del servizio.",
        "destinatari": "Lavoratori e lavoratrici dell'alleanza con figli minori o familiari non autosufficienti.",
        "umane": "Una educatrice per 200 ore",
        "strumentali": "Una sala riunioni e due postazioni informatiche",
    }


def contenuto() -> dict:
    """What `progetti.archivio.contenuto` returns; a new dict each time."""
    partecipazioni = [_partecipazione(n) for n in range(len(SOGGETTI))]
    azioni = [
        {
            "id": _id(f"azione {n}"),
            "genere": "azione" if breve else "spese_generali",
            "codice": None,
            "titolo": titolo,
            "titolo_breve": breve or None,
        }
        for n, (titolo, breve, _) in enumerate(AZIONI)
    ]
    soggetti = [p["id"] for p in partecipazioni]
    risposte = {
        "I.2": {"": {"aree": ["incentivi_persone_imprese", "servizi_cura"], "ambito": "distrettuale"}},
        "I.4": {"": {"beneficiari": ["persone", "imprese"]}},
        "II.A": {soggetti[0]: _capofila()},
        "II.B": {pk: _anagrafica() for pk in soggetti[1:]},
        "III.1.3-soggetti": {pk: _attivita(n) for n, pk in enumerate(soggetti)},
        "IV.1.1": {azioni[n]["id"]: {f"m{mese}": "x" for mese in range(dal, al + 1)} for n, (dal, al) in enumerate(MESI)},
    }
    risposte["III.1.3-soggetti"][soggetti[1]]["finanziarie"] = "Le somme vanno alle azioni 1 e 2"
    risposte["IV.1.1"][azioni[0]["id"]]["m15"] = "verifica"
    for blocco in ("III.1.1", "III.1.2", "III.1.3"):
        risposte[blocco] = {"": {"testo": _testo(380)}}
    for blocco in ("III.2.1", "III.2.2", "III.2.3", "III.2.4", "III.3"):
        risposte[blocco] = {"": {"testo": _testo(180)}}
    return {
        "formato": "conciliazione/scheda/1",
        "edizione": "dgr1081-2014",
        "avviso": {
            "codice": "dgr1081-2014-asl-cremona",
            "titolo": "Politiche territoriali di conciliazione, biennio 2014-2015",
            "atto": "DGR 1081 del 12/12/2013",
            "attivita_entro": "2015-12-31",
            "aree_massime": 1,
            "spese_generali_massimo": "10.00",
            "spese_generali_base": "costo",
            "contributo_percentuale": None,
            "contributo_massimo": None,
            "righe_larghezza_mm": "170.00",
            "righe_corpo_pt": "10.0",
            "righe_gravita": "avviso",
            "conferme_gravita": "avviso",
        },
        "alleanza": "Alleanza locale di conciliazione del Cremasco",
        "progetto": {
            "id": _id("progetto"),
            "origine": "carta",
            "titolo": "IN...TEMPO",
            "durata_dal": "2014-10",
            "durata_al": "2015-12",
        },
        "partecipazioni": partecipazioni,
        "azioni": azioni,
        "costi": [
            {
                "id": _id(f"costo {n}"),
                "prospetto": "azioni",
                "azione": azione["id"],
                "voce": None,
                "partecipazione": None,
                "importo": AZIONI[n][2],
            }
            for n, azione in enumerate(azioni)
        ],
        "cofinanziamenti": [
            {
                "id": _id(f"cofinanziamento {n}"),
                "partecipazione": None,
                "azione": azioni[azione]["id"],
                "settore": settore,
                "natura": None,
                "importo": importo,
                "atto": None,
            }
            for n, (azione, settore, importo) in enumerate(COFINANZIAMENTI)
        ],
        "risposte": risposte,
        "dichiarati": [
            {"blocco": "I.6", "riga": None, "campo": "costo", "testo": "€ 65.000,00", "importo": "65000.00"},
            {"blocco": "I.7", "riga": None, "campo": "contributo", "testo": "€ 51.000,00", "importo": "51000.00"},
        ],
        "conferme": {},
    }


def vuota() -> dict:
    """The same call with a project in which nothing was written yet."""
    dati = contenuto()
    dati["progetto"] |= {"titolo": None, "durata_dal": None, "durata_al": None, "origine": "portale"}
    colonne = ("codice_fiscale", "partita_iva", "ateco", "lavoratori", "lavoratrici_donne", "lavoratori_uomini")
    for soggetto in dati["partecipazioni"]:
        soggetto |= dict.fromkeys(colonne)
    return dati | {"azioni": [], "costi": [], "cofinanziamenti": [], "risposte": {}, "dichiarati": []}


def lettura(dati: dict) -> dict:
    return leggi(DGR1081_2014, dati)


def parametri(dati: dict, **altri) -> dict:
    """The named arguments of `pdf.scheda` and `pdf.html_scheda` for a first version."""
    intestazione = {"numero": 1, "sha256": impronta(dati), "stato": "", "origine": "acquisita da carta"}
    return {
        "titolo": dati["progetto"]["titolo"] or "Scheda progetto",
        "intestazione": intestazione | altri,
        "creata_il": QUANDO,
    }


def con_testo(testo: str, blocco: str = "III.1.1") -> dict:
    """The scheda of Crema with another long answer."""
    dati = deepcopy(contenuto())
    dati["risposte"][blocco] = {"": {"testo": testo}}
    return dati
