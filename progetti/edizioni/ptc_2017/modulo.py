"""Schema progetto of the territorial conciliation plans 2017-2018, in the words it prints.

The paper has no numbers and one section title only: the others are ours, and are on the screens. An action may be split
(C1, C2): what its parts have in common is said once, as the paper merges cells. Costs go by item and never by action.
"""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from conciliazione.schede import campi
from conciliazione.schede.contenuto import Contenuto
from conciliazione.schede.edizione import (
    COFINANZIAMENTI,
    COSTI,
    PARTNER,
    Colonna,
    Domande,
    Edizione,
    Elenco,
    PerRiga,
    Rimandi,
    Scheda,
    Sezione,
    Tabella,
)
from conciliazione.schede.prospetto import VOCI, Prospetto, Voce
from conciliazione.schede.tipi import Gravita

from ... import regole
from ...contenuto import conti

AVVISO, INFORMAZIONE = Gravita.AVVISO, Gravita.INFORMAZIONE

CATALOGO = (
    (
        "A",
        "Attività di assistenza, servizi di mobilità/trasporto per l'accesso a servizi rivolti a soggetti fragili e figli "
        "minori appartenenti a famiglie di lavoratori/lavoratrici con esigenze di conciliazione tra impegni lavorativi e "
        "carichi di assistenza, purché non già sostenuti da altri interventi e misure pubbliche",
    ),
    (
        "B",
        "Supporto alle famiglie tramite l'erogazione di voucher per servizi di micronido, centro prima infanzia, nido "
        "famiglia, baby-sitting, baby-parking, ludoteca, altri servizi per l'infanzia anche integrativi della rete "
        "tradizionale e connotati dalla necessità di soddisfare esigenze particolari di flessibilità nella organizzazione "
        "del lavoro",
    ),
    ("C", "Adozione di modalità di lavoro flessibili (smart working e co-working)"),
    (
        "D",
        "Realizzazione di contratti territoriali e accordi di secondo livello anche a seguito di accompagnamento e supporto "
        "di micro, piccole e medie imprese, reti di imprese e aziende di cura pubbliche e private",
    ),
    (
        "E",
        "Realizzazione di piani di congedo, piani di flessibilità aziendale e adozione di misure flessibili di lavoro "
        "attraverso l'accompagnamento, il supporto, iniziative di formazione a favore di micro, piccole e medie imprese, "
        "reti di imprese e aziende di cura pubbliche e private",
    ),
)
COSTITUITA = (("si", "SI"), ("no", "NO"))


def _domanda(chiave: str, etichetta: str, **campi_: campi.Campo) -> Domande:
    """A printed title with its answer: the label of the answer is the title itself."""
    return Domande(chiave=chiave, titolo=etichetta, modulo=type("Domanda", (Scheda,), campi_))


def _testo(chiave: str, titolo: str) -> Domande:
    return _domanda(chiave, titolo, testo=campi.Testo(titolo))


class Ente(Scheda):
    denominazione = campi.Riga("NOME DELL'ENTE", nome="nome dell'ente", mai_vuota=True, manca=AVVISO)
    tipologia = campi.Riga(
        "TIPOLOGIA",
        nome="tipologia",
        max_length=120,
        manca=AVVISO,
        in_parole="Che ente è: comune, cooperativa sociale, associazione, impresa…",
    )


class Referente(Scheda):
    partecipazione = campi.SceltaRiga("Ente", fonte="partecipazioni", colonna="denominazione", manca=None)
    nominativo = campi.Riga("nome, cognome", max_length=200, manca=AVVISO)
    telefono = campi.Telefono("numero di telefono", manca=INFORMAZIONE)
    email = campi.Posta("mail", manca=INFORMAZIONE)


class AzioneForm(Scheda):
    codice = campi.Riga("Codice", max_length=12)
    titolo = campi.Testo("Azione", altezza=3, condiviso=True)
    padre = campi.SceltaRiga("È parte di", fonte="azioni", colonna="codice", vuota="(azione intera)", manca=None)


class Descrizione(Scheda):
    modalita = campi.Testo("Modalità", altezza=6)
    integrazione = campi.Testo("Integrazione", altezza=6, condiviso=True, manca=AVVISO)


class Obiettivi(Scheda):
    obiettivi = campi.Testo("Obiettivi", altezza=5, condiviso=True)


class Target(Scheda):
    target = campi.Testo("Target", altezza=4, condiviso=True)


class Stima(Scheda):
    stima = campi.Testo("Stima dei risultati", altezza=4, condiviso=True, manca=AVVISO)


class IndicatoreForm(Scheda):
    azione = campi.SceltaRiga("Azione", fonte="azioni", colonna="codice")
    descrizione = campi.Testo("Indicatore", altezza=2)
    minimo = campi.Numero("almeno", manca=None)


Calcolo = Callable[[Contenuto, str | None], Decimal | None]


def _costo(contenuto: Contenuto, voce: str | None) -> Decimal | None:
    return conti.costo(contenuto, voce, prospetto=VOCI)


def _totale(settore: str = "", natura: str = "") -> Calcolo:
    """The cofinancing of the project, whole or of one kind."""
    return lambda contenuto, _: conti.cofinanziamento(contenuto, settore=settore, natura=natura)


def _di_un_ente(natura: str) -> Calcolo:
    return lambda contenuto, ente: conti.cofinanziamento(contenuto, partecipazione=ente or "", natura=natura)


def _tipologia(contenuto: Contenuto, ente: str | None) -> str:
    return next((p["tipologia"] or "" for p in contenuto["partecipazioni"] if p["id"] == ente), "")


def _singolo(chiave: str, titolo: str, calcola: Calcolo) -> Prospetto:
    """One amount on the line of its title."""
    return Prospetto(chiave=chiave, titolo=titolo, colonne=(Colonna(chiave, titolo, calcola),))


MONETARIO = Colonna(
    "monetario",
    "COFINANZIAMENTO MONETARIO",
    _di_un_ente("monetario"),
    scrive=COFINANZIAMENTI,
    cella={"natura": "monetario"},
    in_parole="i soldi che l'ente mette di proprio.",
)
VALORIZZAZIONE = Colonna(
    "valorizzazione",
    "COFINANZIAMENTO VALORIZZAZIONE",
    _di_un_ente("valorizzazione"),
    scrive=COFINANZIAMENTI,
    cella={"natura": "valorizzazione"},
    in_parole="quello che l'ente mette senza versare soldi (ore di lavoro, locali, attrezzature), contato in euro.",
)

PROGETTO = Sezione(
    "progetto",
    "Il progetto e l'alleanza",
    (
        _domanda("titolo", "Titolo del progetto", titolo=campi.Riga("Titolo del progetto", max_length=300)),
        _domanda("alleanza", "Alleanza locale di", alleanza_di=campi.Riga("Alleanza locale di")),
        _domanda(
            "costituita",
            "Alleanza già costituita",
            costituita=campi.Scelta("Alleanza già costituita", scelte=COSTITUITA, manca=None),
        ),
        Elenco(
            chiave="capofila",
            titolo="Capofila dell'alleanza locale",
            fonte="partecipazioni",
            filtro=lambda riga: riga["ruolo"] == "capofila",
            etichetta=lambda numero, riga: "",
        ),
        PerRiga(
            chiave="enti",
            titolo="Enti partner dell'Alleanza (nome e tipologia)",
            nome_breve="Enti dell'Alleanza: nome, tipologia e referenti",
            in_parole="Chi partecipa al progetto, che ente è e chi si chiama per parlarne.",
            fonte="partecipazioni",
            modulo=Ente,
            scrive=PARTNER,
            aspetto="ptc-2017/enti.html",
            in_word="con_figlie",
        ),
        Tabella(
            chiave="referenti",
            titolo="REFERENTE (nome, cognome, numero di telefono, mail)",
            nome_breve="Referenti",
            fonte="referenti",
            modulo=Referente,
            scrive=PARTNER,
            proprietario="partecipazione",
            padre="partecipazione",
            dentro="enti",
            cosa="referente",
            manca=AVVISO,
        ),
    ),
    stampata=False,
)

CONTESTO = Sezione(
    "contesto",
    "Il contesto",
    (
        _testo("analisi", "Analisi del contesto in relazione alle azioni che si vogliono sviluppare"),
        _testo(
            "iniziative",
            "Altre iniziative nell'ambito Conciliazione famiglia-lavoro realizzate extra piano territoriale di Conciliazione",
        ),
    ),
    stampata=False,
)


def _per_azione(chiave: str, titolo: str, modulo: type[Scheda], **altro: Any) -> PerRiga:
    return PerRiga(chiave=chiave, titolo=titolo, fonte="azioni", modulo=modulo, in_tabella=True, **altro)


AZIONI = Sezione(
    "azioni",
    "Le azioni",
    (
        Tabella(
            chiave="azioni",
            titolo="Azioni del progetto",
            istruzioni="Le azioni di tutte le tabelle qui sotto. Un'azione si può dividere in parti (C1 e C2 sono parti di C): "
            "ciò che le parti hanno in comune, titolo compreso, si scrive una volta sola sull'azione intera.",
            fonte="azioni",
            modulo=AzioneForm,
            stampato=False,
            cosa="azione",
        ),
        _per_azione("descrizione", "Descrizione delle azioni che si intendono realizzare", Descrizione),
        _testo("finalita", "Finalità"),
        _per_azione("obiettivi", "Obiettivi", Obiettivi),
        _per_azione("target", "Target", Target),
        Tabella(
            chiave="indicatori",
            titolo="Risultati",
            nome_breve="Indicatori dei risultati",
            fonte="indicatori",
            modulo=IndicatoreForm,
            dentro="risultati",
            padre="azione",
            cosa="indicatore",
            manca=AVVISO,
        ),
        _per_azione("risultati", "Risultati attesi", Stima, aspetto="ptc-2017/risultati.html"),
        _testo("verifica", "Sistema di verifica e monitoraggio"),
        _testo("sostenibilita", "Sostenibilità e ipotesi di sviluppo"),
    ),
    stampata=False,
)

RISORSE = Sezione(
    "risorse",
    "RISORSE DEL PROGETTO",
    (
        _singolo("costo", "Costo complessivo di progetto", lambda contenuto, _: _costo(contenuto, None)),
        _singolo("contributo", "Contributo richiesto", lambda contenuto, _: conti.contributo(contenuto, prospetto=VOCI)),
        _singolo("cofinanziamento", "Cofinanziamento dell'alleanza", _totale()),
        Prospetto(
            chiave="voci",
            titolo="",
            nome_breve="Voci di costo",
            intestazione="Voce di costo",
            fonte=VOCI,
            nome=VOCI,
            voci=(
                Voce("A", "A. Costi di personale interno ed esterno", genere="personale"),
                Voce("B", "B. Costo di acquisto, noleggio, leasing di beni o software", genere="beni"),
                Voce("C", "C. Costo di acquisto di servizi", genere="servizi"),
                Voce("D", "D. Costi relativi ad erogazione voucher", genere="voucher"),
                Voce("E", "E. Spese generali di funzionamento e gestione", genere="generali"),
            ),
            colonne=(Colonna("costo", "Importo totale", _costo, scrive=COSTI),),
            totale="TOTALE",
        ),
        Prospetto(
            chiave="tipologia",
            titolo="Dettagliare le previsioni di cofinanziamento dell'alleanza:",
            nome_breve="Tipologia del cofinanziamento",
            istruzioni="1) La tipologia del cofinanziamento:",
            colonne=(
                Colonna("monetario", "Cofinanziamento monetario", _totale(natura="monetario")),
                Colonna("valorizzazione", "Cofinanziamento valorizzazioni", _totale(natura="valorizzazione")),
            ),
        ),
        Prospetto(
            chiave="fonti",
            titolo="",
            nome_breve="Cofinanziamento di ogni ente",
            in_parole="Il cofinanziamento è quanto ciascuno mette di proprio: la parte del costo che non si chiede all'avviso.",
            istruzioni="2) Dettagliare la previsione sulla fonte e la tipologia del cofinanziamento",
            intestazione="ENTE",
            fonte="partecipazioni",
            colonne=(Colonna("tipologia", "TIPOLOGIA ENTE", _tipologia, genere="riga"), MONETARIO, VALORIZZAZIONE),
            scrive=PARTNER,
        ),
        _singolo("pubblici", "Cofinanziamento da Enti Pubblici", _totale("pubblico")),
        _singolo("privati", "Cofinanziamento da Enti privati", _totale("privato")),
    ),
)

PTC_2017 = Edizione(
    codice="ptc-2017",
    titolo="SCHEMA PROGETTO",
    sottotitolo="",
    sezioni=(PROGETTO, CONTESTO, AZIONI, RISORSE),
    prospetto=VOCI,
    catalogo=CATALOGO,
    significati={
        "contesto": ("analisi", "testo"),
        "finalità": ("finalita", "testo"),
        "azione: come": ("descrizione", "modalita"),
        "azione: obiettivi": ("obiettivi", "obiettivi"),
        "azione: per chi": ("target", "target"),
        "seguito": ("sostenibilita", "testo"),
        "altre iniziative": ("iniziative", "testo"),
    },
    sintesi=Rimandi(
        finanziatore="Regione Lombardia",
        descrizione=("finalita.testo",),
        obiettivi=("obiettivi.obiettivi",),
        target=("target.target",),
    ),
    regole=(
        regole.dichiarati_diversi,
        regole.costi_fuori_dalle_voci,
        regole.senza_azioni_o_costi,
        regole.cofinanziamento_oltre_il_costo,
        regole.limiti_dell_avviso,
        regole.costi_senza_azioni,
        regole.codici_ripetuti,
        regole.partner_senza_cofinanziamento,
        regole.cofinanziamento_non_attribuito,
        regole.soggetti_ripetuti,
        regole.nomi_diversi,
        regole.righe_oltre_il_massimo,
        regole.conferme_mancanti,
    ),
)
