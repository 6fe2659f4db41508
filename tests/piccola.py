"""A small call by cost items, with the figures of the 2022 case, for the rules that later calls ask. People invented."""

from conciliazione.schede import campi
from conciliazione.schede.edizione import Colonna, Domande, Edizione, PerRiga, Scheda, Sezione, Tabella
from conciliazione.schede.prospetto import Prospetto, Voce
from progetti.contenuto import conti


class Progetto(Scheda):
    interventi = campi.Scelte("Tipologia di intervento", scelte=(), catalogo=True)
    durata_mesi = campi.Numero("Durata")


class Soggetto(Scheda):
    denominazione = campi.Riga("Ragione sociale")
    dimensione = campi.Riga("Dimensione")


class Azione(Scheda):
    codice = campi.Riga("Codice")
    titolo = campi.Riga("Titolo")


class Scheda2(Scheda):
    ore = campi.Numero("Ore di servizio")
    mesi = campi.Numero("Mesi")


class Fase(Scheda):
    titolo = campi.Riga("Fase")
    mesi = campi.Numero("Durata")


PROGETTO = Domande(chiave="P", titolo="Il progetto", modulo=Progetto)
SOGGETTI = PerRiga(chiave="S", titolo="I soggetti", fonte="partecipazioni", modulo=Soggetto)
AZIONI = Tabella(chiave="A", titolo="Le attività", fonte="azioni", modulo=Azione)
ATTIVITA = PerRiga(chiave="AA", titolo="Schede di attività", fonte="azioni", modulo=Scheda2)
FASI = Tabella(chiave="F", titolo="Le fasi", fonte="fasi", modulo=Fase)
BILANCI = Prospetto(
    chiave="B",
    titolo="Budget delle attività",
    fonte="azioni",
    nome="azioni",
    colonne=(Colonna("costo", "Budget", conti.costo, scrive="costi"),),
)
COSTI = Prospetto(
    chiave="C",
    titolo="Sintesi del costo",
    fonte="voci",
    nome="voci",
    voci=(Voce("A", "Spese di personale", genere="personale"), Voce("B", "Altri costi diretti")),
    colonne=(Colonna("costo", "Importo", lambda c, v: conti.costo(c, v, prospetto="voci"), scrive="costi"),),
    totale="Totale",
)
COFINANZIAMENTO = Prospetto(
    chiave="K",
    titolo="Cofinanziamento",
    colonne=(Colonna("cofinanziamento", "Totale", lambda c, _: conti.cofinanziamento(c), scrive="cofinanziamenti"),),
)


def edizione(*blocchi, prospetto="voci") -> Edizione:
    blocchi = blocchi or (PROGETTO, SOGGETTI, AZIONI, ATTIVITA, FASI, BILANCI, COSTI, COFINANZIAMENTO)
    return Edizione(codice="piccola", titolo="", sottotitolo="", sezioni=(Sezione("1", "", blocchi),), prospetto=prospetto)


EDIZIONE = edizione()
SENZA_BILANCI = edizione(PROGETTO, SOGGETTI, AZIONI, COSTI, COFINANZIAMENTO)
"""As the 2017 form: costs by item, and nowhere else."""

LIMITI = (
    *("attivita_entro", "aree_massime", "spese_generali_massimo", "contributo_percentuale", "contributo_massimo"),
    *("beni_massimo", "cofinanziamento_minimo", "durata_massima", "soggetti_minimi", "pubblici_minimi", "imprese_minime"),
    *("capofila_pubblico", "catalogo", "voci_costo", "griglia", "fonti"),
)


def soggetto(n: int, ruolo="partner", settore="privato", dimensione=None) -> dict:
    return {"id": f"s{n}", "ruolo": ruolo, "settore": settore, "dimensione": dimensione, "denominazione": f"Ente {n}"}


def azione(codice: str, ore: int | None = None, mesi: int | None = None, **altro) -> dict:
    fisso = {"id": codice, "codice": codice, "titolo": f"Attività {codice}", "genere": "azione", "padre": None}
    return fisso | {"ore": ore, "mesi": mesi, "accessi": 80} | altro


def costo(prospetto: str, riga: str, importo: str) -> dict:
    cella = {"azione": riga if prospetto == "azioni" else None, "voce": None if prospetto == "azioni" else riga}
    return {"id": f"{prospetto}{riga}", "prospetto": prospetto, "partecipazione": None, "importo": importo} | cella


def cofinanziamento(importo: str, partecipazione: str | None = None, settore: str | None = None) -> dict:
    fisso = {"id": f"k{partecipazione or ''}", "azione": None, "natura": None, "atto": None}
    return fisso | {"partecipazione": partecipazione, "settore": settore, "importo": importo}


SCHEDE = (("A.1", 417, 12, "12500.00"), ("A.2", 377, 12, "11300.00"), ("B.1", 517, 10, "15500.00"))
SCHEDE += (("C.1", 517, 10, "15500.00"), ("F.1", 500, 12, "15000.00"))


def contenuto(**avviso) -> dict:
    """The 2022 case; of the avviso nothing is stated but what is given."""
    return {
        "avviso": dict.fromkeys(LIMITI)
        | {"atto": "DGR 5755 del 21/12/2021", "spese_generali_base": "costo", "beni_base": "concesso"}
        | avviso,
        "progetto": {"durata_dal": None, "durata_al": None, "durata_mesi": 12, "destinatari": 22, "accessi": 80},
        "partecipazioni": [
            soggetto(1, "capofila"),
            soggetto(2, settore="pubblico"),
            soggetto(3, dimensione="micro"),
            soggetto(4, dimensione="micro"),
            soggetto(5, dimensione="piccola"),
        ],
        "azioni": [azione(codice, ore, mesi) for codice, ore, mesi, _ in SCHEDE],
        "destinatari": [{"id": f"d{c}", "azione": c, "tipo": "dipendenti", "numero": 22} for c, *_ in SCHEDE],
        "fasi": [
            {"id": "f1", "titolo": "Rete", "mesi": 12, "azioni": ["A.1"]},
            {"id": "f2", "titolo": "Governo", "mesi": 12, "azioni": ["A.2"]},
            {"id": "f3", "titolo": "Aziende", "mesi": 12, "azioni": ["F.1"]},
            {"id": "f4", "titolo": "Servizi", "mesi": 10, "azioni": ["B.1", "C.1"]},
        ],
        "costi": [costo("azioni", c, importo) for c, _, _, importo in SCHEDE]
        + [costo("voci", "A", "39300.00"), costo("voci", "B", "30500.00")],
        "cofinanziamenti": [cofinanziamento("21000.00")],
        "risposte": {"P": {"": {"interventi": ["A", "B", "C", "F"]}}},
        "dichiarati": [],
    }


CATALOGO = [
    {"codice": "A", "titolo": "rete di imprese", "complementare": True},
    {"codice": "B", "titolo": "servizi di cura"},
    {"codice": "C", "titolo": "time saving"},
    {"codice": "F", "titolo": "supporto ai dipendenti"},
]
