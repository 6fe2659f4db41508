"""Scheda progetto of the 2022 call for conciliazione and welfare in micro and small firms (DGR XI/5755/2021), in its words.

The paper asks the cost twice, by activity card and by cost item, and the recipients card by card. What its own rules need
and it does not ask (the size of the firms, the goods inside item B, the total of the recipients, who cofinances) is asked
here in fields and blocks that are not printed.
"""

import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError

from conciliazione.schede import campi
from conciliazione.schede.contenuto import Contenuto, QualsiasiRiga
from conciliazione.schede.edizione import (
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
from conciliazione.schede.tipi import Gravita, Luogo, Segnalazione

from ... import regole
from ...contenuto import conti
from ...models import Destinatari, Partecipazione
from .word import per_codice

AVVISO = Gravita.AVVISO
VOCI_DI_COSTO = "voci"
"""The breakdown of cost by item, which leads."""

INTERVENTI = {
    "A": "Attivazione di una rete di imprese per lo sviluppo del welfare di conciliazione",
    "B": "Accesso ai servizi di conciliazione per le responsabilità di cura e assistenza",
    "C": "Time Saving",
    "F": "Area di supporto ai dipendenti",
}
"""The types that the form prints; D, E and G are the avviso's, until somebody has seen their official words."""
NON_DA_SOLA = (
    " (tale attività è complementare alle azioni sottoelencate. Pertanto, non sarà possibile indicare solo questa attività)"
)
STAMPATI = tuple((c, f"{c}) {titolo}{NON_DA_SOLA if c == 'A' else ''}") for c, titolo in INTERVENTI.items())

EFFETTIVI = ("capofila", "partner")
RAPPRESENTANTE, SEDE = "Rappresentante legale", "Sede operativa"


class Titolo(Scheda):
    titolo = campi.Riga("TITOLO DEL PROGETTO", nome="titolo per esteso", max_length=300)
    acronimo = campi.Riga("ACRONIMO", nome="acronimo", max_length=60, manca=None)


def _testo(etichetta: str, aiuto: str = "", nome: str = "") -> type[Scheda]:
    """A form of one long text; the form prints no limit of lines."""
    campo = campi.Testo(etichetta, help_text=aiuto, altezza=12, nome=nome)
    return type("TestoLungo", (Scheda,), {"testo": campo})


class Ente(Scheda):
    denominazione = campi.Riga(
        "Partner effettivi (ragione sociale)",
        mai_vuota=True,
        in_parole="Il nome dell'ente per intero, come è registrato.",
    )
    codice_fiscale = campi.CodiceFiscale("Codice fiscale", manca=AVVISO)
    lr_nominativo = campi.Riga(
        "Nome e cognome",
        gruppo=RAPPRESENTANTE,
        manca=AVVISO,
        in_parole="Chi firma per l'ente: chi lo presiede, il sindaco, chi lo amministra.",
    )
    lr_codice_fiscale = campi.CodiceFiscale("Codice fiscale", gruppo=RAPPRESENTANTE, personale=True, manca=AVVISO)
    natura_giuridica = campi.Riga(
        "Natura giuridica",
        max_length=120,
        manca=AVVISO,
        help_text="Denominazione e codice, come al Registro imprese.",
        in_parole="La forma dell'ente (cooperativa sociale, associazione, s.r.l.…): è scritta nella visura camerale.",
    )
    operativa_citta = campi.Riga("Città", gruppo=SEDE, manca=AVVISO)
    operativa_prov = campi.Provincia("Prov.", gruppo=SEDE, manca=AVVISO)
    dimensione = campi.Scelta(
        "Dimensione dichiarata",
        scelte=Partecipazione.Dimensione.choices,
        manca=AVVISO,
        stampato=False,
        help_text="Il modulo non la chiede: serve per contare le micro e piccole imprese (punto A.3 del Bando).",
    )


class Durata(Scheda):
    durata_mesi = campi.Numero("DURATA DEL PROGETTO", nome="durata in mesi", help_text="mesi")


class Interventi(Scheda):
    interventi = campi.Scelte(
        "2.1 Descrizione dettagliata delle attività e degli interventi previsti",
        nome="tipologia di intervento",
        scelte=STAMPATI,
        catalogo=True,
        stampa_solo_scelte=True,
        help_text="Per ciascuna attività si chiede di indicare la tipologia ed il numero di destinatari a cui ci si rivolge. "
        "I destinatari delle azioni progettuali sono dipendenti e le loro famiglie delle micro e piccole imprese coinvolte che "
        "hanno almeno una sede operativa attiva nel territorio di svolgimento del progetto. Indicare la tipologia di "
        "destinatari finali del progetto motivandoli anche sulla base di quanto descritto al punto 1.\n"
        "Indicare la tipologia di intervento (anche più di una tipologia):",
    )


class CodiceAttivita(campi.Riga):
    """Letter of the intervention and number of the activity: it says under which intervention the card is printed."""

    def __init__(self, label: str, **opzioni: Any) -> None:
        super().__init__(label, max_length=12, **opzioni)
        self.widget.attrs |= {"placeholder": "A.1", "class": "form-control codice"}

    def clean(self, valore: Any) -> Any:
        pulito = super().clean(valore)
        if pulito and not re.fullmatch(r"\s*[A-G]\.[1-9][0-9]?\s*", pulito):
            raise ValidationError(f"«{pulito[:20]}» non è il codice di un'attività: scrivilo come A.1.", code="codice")
        return pulito


class Attivita(Scheda):
    codice = CodiceAttivita("Codice", manca=None)
    titolo = campi.Testo("Titolo", altezza=2, manca=None)


class SchedaAttivita(Scheda):
    """A card; the title and the code are those of the table where it is opened."""

    titolo = campi.Testo("Titolo attività", altezza=2)
    codice = CodiceAttivita("Codice identificativo azione (esempio A.1)", nome="Codice identificativo azione")
    descrizione = campi.Testo(
        "Descrizione attività (indicando se si tratta di nuovo intervento oppure se interventi già presenti messi in rete)",
        nome="Descrizione attività",
        altezza=10,
    )
    tempistica = campi.Testo("Tempistica di realizzazione", altezza=3, manca=AVVISO)
    mesi = campi.Numero("Durata in mesi", manca=AVVISO)
    obiettivo = campi.Testo("Obiettivo specifico e risultato atteso", altezza=6)
    ore = campi.Numero("Ore di servizio totali", manca=AVVISO)
    partner = campi.SceltaRighe(
        "Partner coinvolti e budget ipotizzato",
        nome="Partner coinvolti",
        fonte="partecipazioni",
        colonna="denominazione",
        manca=AVVISO,
        help_text="Il budget si scrive nella tabella «Budget ipotizzato per attività».",
    )
    destinatari_note = campi.Testo("Destinatari: precisazioni", altezza=3, manca=None)
    accessi = campi.Numero("Accessi ai servizi", manca=None)


class PersonaleForm(Scheda):
    azione = campi.SceltaRiga("Attività", fonte="azioni", colonna="titolo")
    numero = campi.Numero("N°", manca=AVVISO)
    ruolo = campi.Riga("Tipologia", manca=AVVISO)


class DestinatariForm(Scheda):
    azione = campi.SceltaRiga("Attività", fonte="azioni", colonna="titolo")
    numero = campi.Numero("Numero", manca=AVVISO)
    tipo = campi.Scelta("Tipologia", scelte=Destinatari.Tipo.choices, a_tendina=True, manca=AVVISO)


class Totali(Scheda):
    destinatari = campi.Numero("Destinatari", manca=AVVISO)
    accessi = campi.Numero("Accessi ai servizi", manca=None)


class FaseForm(Scheda):
    titolo = campi.Riga("Fase", max_length=300)
    mesi = campi.Numero("Durata", nome="Durata in mesi", manca=AVVISO, help_text="mesi")
    obiettivo = campi.Testo("Obiettivo", altezza=3, manca=AVVISO)
    azioni = campi.SceltaRighe("Attività previste", fonte="azioni", colonna="codice", manca=AVVISO)
    attivita = campi.Testo("Attività previste: descrizione", altezza=3, manca=None)
    risultati = campi.Testo("Risultati attesi", altezza=3, manca=AVVISO)
    strumenti = campi.Testo("Strumenti e indicatori di monitoraggio", altezza=3, manca=AVVISO)


class CofinanziamentoForm(Scheda):
    partecipazione = campi.SceltaRiga(
        "Soggetto", fonte="partecipazioni", colonna="denominazione", vuota="(non attribuito)", manca=None
    )
    settore = campi.Scelta(
        "Settore, se il soggetto non è indicato",
        scelte=(("pubblico", "pubblico"), ("privato", "privato")),
        a_tendina=True,
        manca=None,
    )
    importo = campi.Importo("Importo (€)")
    atto = campi.Riga(
        "Atto di impegno",
        manca=None,
        in_parole="il documento con cui l'ente decide di mettere questa cifra: una delibera, una determina, il verbale del "
        "consiglio. Se non c'è ancora, si lascia vuoto.",
    )

    def clean(self) -> dict[str, Any]:
        puliti = super().clean()
        if puliti.get("partecipazione") and puliti.get("settore"):
            self.add_error("settore", "Il settore è quello del soggetto indicato: qui non serve, lascialo vuoto.")
        return puliti


class Firma(Scheda):
    data = campi.Data("Data", manca=AVVISO)  # type: ignore[assignment]  # a field, whatever forms call so
    firmatario = campi.Riga(
        "Legale Rappresentante o Soggetto delegato dell'ente capofila", nome="nome di chi firma", manca=AVVISO
    )


def intervento(contenuto: Contenuto, azione: str | None) -> str:
    """The type of intervention that an activity is printed under, by the letter of its code."""
    codice = next((a["codice"] or "" for a in contenuto["azioni"] if a["id"] == azione), "").strip()
    altri = {v["codice"]: f"{v['titolo']} (da verificare)" for v in contenuto["avviso"].get("catalogo") or []}
    titolo = (altri | INTERVENTI).get(codice[:1])
    return f"Intervento {codice[:1]}) {titolo}" if titolo else ""


def rete_da_sola(edizione: Edizione, contenuto: Contenuto) -> list[Segnalazione]:
    """The form itself prints that intervention A cannot be the only one: it holds where the avviso lists no catalogue."""
    scelti = contenuto["risposte"].get("B.2.1", {}).get("", {}).get("interventi")
    if contenuto["avviso"].get("catalogo") or scelti != ["A"]:
        return []
    messaggio = f"A ({INTERVENTI['A']}) è un intervento complementare: serve almeno un altro intervento (punto 2.1)."
    luogo = Luogo("B.2.1", "", "interventi", "tipologia di intervento")
    return [Segnalazione("complementary_action_alone", Gravita.ERRORE, messaggio, (luogo,))]


def _di_voce(prospetto: str) -> Callable[[Contenuto, str | None], Decimal | None]:
    return lambda contenuto, voce: conti.costo(contenuto, voce, prospetto=prospetto)


def _ruolo(numero: int, riga: QualsiasiRiga) -> str:
    return f"{numero}. ({'partner effettivo' if riga['ruolo'] == 'partner' else riga['ruolo']})"


VOCI_STAMPATE = (
    Voce("A", "A. Spese di personale", genere="personale"),
    Voce(
        "B",
        "B. Altri costi diretti diversi da quelli di personale incluse le spese riferite all'acquisto di beni (in misura del "
        "15% rispetto al totale del contributo concesso) e servizi connessi alle attività previste dal progetto",
    ),
)
CONTRIBUTO = Colonna("contributo", "TOTALE A CONTRIBUTO PUBBLICO", lambda c, _: conti.contributo(c, prospetto=VOCI_DI_COSTO))
COFINANZIAMENTO = Colonna("cofinanziamento", "TOTALE COFINANZIAMENTO", lambda c, _: conti.cofinanziamento(c))

PARTE_A = Sezione(
    "A",
    "PARTE A — PRESENTAZIONE COMPLESSIVA DEL PROGETTO E DELLA RETE / PARTENARIATO",
    (
        Domande(
            chiave="A.1",
            titolo="1. TITOLO DEL PROGETTO (PER ESTESO ED ACRONIMO)",
            modulo=Titolo,
            aspetto="welfare-2022/in_riga.html",
            domanda_nel_titolo=True,
        ),
        Elenco(
            chiave="A.2",
            titolo="2. ENTE CAPOFILA DEL PROGETTO (responsabile dell'attuazione del progetto)",
            fonte="partecipazioni",
            filtro=lambda riga: riga["ruolo"] == "capofila",
            etichetta=lambda numero, riga: "",
            aspetto="welfare-2022/in_riga.html",
            domanda_nel_titolo=True,
        ),
        Domande(
            chiave="A.3",
            titolo="3. COMPOSIZIONE E CARATTERISTICHE DEL PARTENARIATO/RETE",
            aspetto="welfare-2022/testo.html",
            domanda_nel_titolo=True,
            modulo=_testo(
                "3. COMPOSIZIONE E CARATTERISTICHE DEL PARTENARIATO/RETE",
                "Elencare i partner e illustrare le caratteristiche del partenariato, evidenziare le motivazioni che "
                "giustificano la scelta dei partner, e descrivere le modalità previste per la costituzione del "
                "partenariato/rete. Descrivere la rappresentatività di ogni partner con riferimento alle azioni di progetto e "
                "all'esperienza pregressa in tale ambito, e la complementarità e integrazione delle competenze ed esperienze "
                "offerte dal partenariato nel suo complesso per la buona riuscita del progetto.",
                "3. Composizione e caratteristiche del partenariato/rete",
            ),
        ),
        Elenco(
            chiave="A.3-elenco",
            titolo="Soggetti del progetto",
            istruzioni="Il capofila, i partner effettivi e chi aderisce o sostiene il progetto, con il nome che hanno al punto "
            "3. Nella tabella degli enti partner ci sono solo il capofila e i partner effettivi.",
            fonte="partecipazioni",
            etichetta=_ruolo,
            gestione="progetti:soggetti",
            stampato=False,
        ),
        PerRiga(
            chiave="enti",
            titolo="ENTI PARTNER",
            in_parole="I dati di chi realizza il progetto: chi è, dove lavora, chi lo rappresenta.",
            istruzioni="Si ricorda che la presente iniziativa è rivolta a partenariati pubblico-privati composti da almeno "
            "quattro enti, di cui due devono obbligatoriamente essere una micro e/o piccola impresa iscritte alla CCIAA ai "
            "sensi del punto A.3 del Bando. In caso la sede legale non fosse in Lombardia la micro/piccola impresa deve avere "
            "almeno una sede operativa attiva in Lombardia dove svolgere le attività previste dal progetto ma in tal caso non "
            "può svolgere il ruolo di capofila.",
            fonte="partecipazioni",
            filtro=lambda riga: riga["ruolo"] in EFFETTIVI,
            modulo=Ente,
            scrive=PARTNER,
            aspetto="welfare-2022/enti.html",
            in_word="con_figlie",
        ),
        Domande(
            chiave="A.4",
            titolo="4. DURATA DEL PROGETTO",
            modulo=Durata,
            aspetto="welfare-2022/in_riga.html",
            domanda_nel_titolo=True,
        ),
    ),
)

PARTE_B = Sezione(
    "B",
    "PARTE B — PROPOSTA PROGETTUALE",
    (
        Domande(
            chiave="B.1",
            titolo="1. CONTESTO PROGETTUALE",
            aspetto="welfare-2022/testo.html",
            domanda_nel_titolo=True,
            modulo=_testo(
                "1. CONTESTO PROGETTUALE",
                "Presentare la struttura generale del progetto descrivendone, in un elenco puntato, analisi del contesto e "
                "degli eventuali bisogni dei lavoratori e delle loro famiglie (se già rilevati), gli obiettivi (cambiamenti), "
                "i risultati attesi (benefici in favore dei singoli destinatari e del sistema) e le principali realizzazioni "
                "(output)",
                "1. Contesto progettuale",
            ),
        ),
        Domande(
            chiave="B.2.1",
            titolo="2. DESCRIZIONE DETTAGLIATA DELLE ATTIVITA' PREVISTE",
            modulo=Interventi,
            aspetto="welfare-2022/interventi.html",
        ),
        Tabella(
            chiave="azioni",
            titolo="Attività del progetto",
            istruzioni="Una riga per ogni attività: ciascuna apre la sua scheda, qui sotto. Il codice è la lettera "
            "dell'intervento e un numero: A.1, A.2, B.1…",
            fonte="azioni",
            modulo=Attivita,
            stampato=False,
            cosa="attività",
        ),
        Prospetto(
            chiave="budget",
            titolo="Budget ipotizzato per attività",
            istruzioni="Ogni importo è stampato nella scheda della sua attività. Il totale dev'essere lo stesso della Parte C.",
            fonte="azioni",
            nome=conti.PROSPETTO_AZIONI,
            colonne=(Colonna("costo", "Budget ipotizzato", conti.costo, scrive="costi"),),
            totale="Totale",
            intestazione="Attività",
            stampato=False,
        ),
        PerRiga(
            chiave="schede",
            titolo="",
            nome_breve="Scheda di attività",
            fonte="azioni",
            modulo=SchedaAttivita,
            calcolate=(
                Colonna("budget", "Budget ipotizzato", conti.costo),
                Colonna("intervento", "Stampata sotto", intervento, genere="riga"),
            ),
            aspetto="welfare-2022/schede.html",
            in_word="per_codice",
        ),
        Tabella(
            chiave="personale",
            titolo="N° e tipologia di personale impiegato",
            fonte="personale",
            dentro="schede",
            padre="azione",
            modulo=PersonaleForm,
            manca=AVVISO,
            cosa="personale",
        ),
        Tabella(
            chiave="destinatari",
            titolo="Tipologia e numero di destinatari previsti (precisare se dipendenti o nuclei famigliari di dipendenti)",
            nome_breve="Tipologia e numero di destinatari previsti",
            fonte="destinatari",
            dentro="schede",
            padre="azione",
            modulo=DestinatariForm,
            manca=AVVISO,
            cosa="destinatari",
        ),
        Domande(
            chiave="totali",
            titolo="Totale dei destinatari del progetto (non si sommano le schede)",
            istruzioni="Le stesse persone possono essere nelle schede di più attività: qui si contano una volta sola.",
            modulo=Totali,
            stampato=False,
        ),
        Tabella(
            chiave="B.2.2",
            titolo="2.2 Fasi del Progetto",
            istruzioni="Indicare per ciascuna fase del progetto: gli obiettivi, le attività previste ed i risultati "
            "corrispondenti (compilare una riga per ogni fase del progetto)",
            fonte="fasi",
            modulo=FaseForm,
            manca=Gravita.ERRORE,
            cosa="fase",
            a_schede=True,
            aspetto="welfare-2022/fasi.html",
        ),
        Domande(
            chiave="B.2.3",
            titolo="",
            modulo=_testo(
                "2.3 Carattere innovativo del progetto",
                "Descrivere il carattere innovativo (organizzativo, metodologico, strumentale) del progetto.",
            ),
        ),
        Domande(
            chiave="B.2.4",
            titolo="",
            modulo=_testo(
                "2.4 Integrazione delle azioni progettuali con altri interventi già attivi sul territorio (ad esempio i piani "
                "di conciliazione, la programmazione sociale territoriale e le reti WHP)",
                nome="2.4 Integrazione con altri interventi già attivi sul territorio",
            ),
        ),
        Domande(
            chiave="B.2.5",
            titolo="",
            modulo=_testo(
                "2.5 Sostenibilità",
                "Illustrare la sostenibilità del progetto, intesa come capacità degli interventi realizzati di continuare "
                "autonomamente e generare benefici anche successivamente alla conclusione del progetto",
            ),
        ),
    ),
)

PARTE_C = Sezione(
    "C",
    "PARTE C — TABELLA DI SINTESI DEL COSTO DEL PROGETTO",
    (
        Prospetto(
            chiave="C",
            titolo="",
            nome_breve="Tabella di sintesi del costo",
            fonte=VOCI,
            nome=VOCI_DI_COSTO,
            voci=VOCI_STAMPATE,
            colonne=(Colonna("costo", "Importo stimato", _di_voce(VOCI_DI_COSTO), scrive="costi"),),
            totale="TOTALE COSTO DEL PROGETTO",
            intestazione="Voce di costo",
            aspetto="welfare-2022/costo.html",
        ),
        Prospetto(
            chiave="C-contributo",
            titolo="",
            nome_breve="Totale a contributo pubblico",
            colonne=(CONTRIBUTO,),
            aspetto="welfare-2022/totale.html",
        ),
        Prospetto(
            chiave="C-cofinanziamento",
            titolo="",
            nome_breve="Totale cofinanziamento",
            colonne=(COFINANZIAMENTO,),
            aspetto="welfare-2022/totale.html",
        ),
        Prospetto(
            chiave="beni",
            titolo="Di cui per acquisto di beni",
            istruzioni="Facoltativo: il modulo non separa i beni dai servizi, ma il loro massimo si può verificare solo se "
            "sono indicati a parte.",
            fonte=VOCI,
            nome="beni",
            voci=VOCI_STAMPATE,
            filtro=lambda voce: not voce["genere"],
            colonne=(Colonna("beni", "Di cui beni", _di_voce("beni"), scrive="costi"),),
            intestazione="Voce di costo",
            stampato=False,
        ),
        Tabella(
            chiave="cofinanziamenti",
            titolo="Da chi viene il cofinanziamento",
            in_parole="Il cofinanziamento è quanto ciascuno mette di proprio: la parte del costo che non si chiede al bando.",
            istruzioni="Una riga per ogni soggetto. Il «Totale cofinanziamento» è la somma di queste righe, il «Totale a "
            "contributo pubblico» è il resto del costo.",
            fonte="cofinanziamenti",
            modulo=CofinanziamentoForm,
            scrive=PARTNER,
            proprietario="partecipazione",
            solo_non_attribuite=("settore",),
            stampato=False,
            cosa="cofinanziamento",
        ),
        Domande(
            chiave="firma",
            titolo="DA FIRMARE DIGITALMENTE",
            nome_breve="Data e firma",
            modulo=Firma,
            aspetto="welfare-2022/firma.html",
        ),
    ),
)

WELFARE_2022 = Edizione(
    codice="welfare-2022",
    titolo="SCHEDA PROGETTO (A CURA DEL SOGGETTO CAPOFILA)",
    sottotitolo="",
    sezioni=(PARTE_A, PARTE_B, PARTE_C),
    prospetto=VOCI_DI_COSTO,
    significati={
        "contesto": ("B.1", "testo"),
        "azione: come": ("schede", "descrizione"),
        "azione: obiettivi": ("schede", "obiettivo"),
        "azione: per chi": ("schede", "destinatari_note"),
        "seguito": ("B.2.5", "testo"),
        "novità": ("B.2.3", "testo"),
        "partenariato": ("A.3", "testo"),
        "altre iniziative": ("B.2.4", "testo"),
    },
    sintesi=Rimandi(
        finanziatore="Regione Lombardia",
        descrizione=("B.1.testo",),
        obiettivi=("schede.obiettivo",),
        target=("destinatari.tipo",),
    ),
    disegni={"per_codice": per_codice},
    regole=(
        regole.dichiarati_diversi,
        regole.costi_fuori_dalle_voci,
        regole.senza_azioni_o_costi,
        regole.cofinanziamento_oltre_il_costo,
        regole.prospetti_discordi,
        regole.beni_oltre_la_voce,
        regole.limiti_dell_avviso,
        rete_da_sola,
        regole.ore_e_costo_del_personale,
        regole.destinatari_ripetuti,
        regole.durate_oltre_il_progetto,
        regole.azioni_fuori_dalle_fasi,
        regole.attivita_senza_intervento,
        regole.codici_ripetuti,
        regole.cofinanziamento_non_attribuito,
        regole.soggetti_ripetuti,
        regole.nomi_diversi,
        regole.codici_fiscali_incoerenti,
        regole.righe_oltre_il_massimo,
        regole.conferme_mancanti,
    ),
)
