"""Scheda progetto of the call for the DGR 1081 of 12/12/2013 (two years 2014-2015), in the words it prints.

Titles, instructions, labels and columns are the form's own; the paper numbers II.4 and II.5 differently for the capofila
(bank, register data) and for the others (ATECO, workers), and so do the two blocks here.
"""

from decimal import Decimal
from typing import Any

from conciliazione.schede import campi
from conciliazione.schede.contenuto import Contenuto, QualsiasiRiga
from conciliazione.schede.edizione import (
    PARTNER,
    Colonna,
    Cronoprogramma,
    Domande,
    Edizione,
    Elenco,
    PerRiga,
    Rimandi,
    Scheda,
    Sezione,
    Tabella,
)
from conciliazione.schede.prospetto import Prospetto
from conciliazione.schede.tipi import Gravita

from ... import regole
from ...contenuto import conti
from .word import a_gruppi

AVVISO, INFORMAZIONE = Gravita.AVVISO, Gravita.INFORMAZIONE

AREE = (
    (
        "aggiornamento",
        "aggiornamento e orientamento per favorire l'occupazione nei servizi legati alla conciliazione famiglia-lavoro",
    ),
    (
        "incentivi_persone_imprese",
        "concessione di incentivi diretti alle persone e alle imprese per attività sperimentali che rispondano ad "
        "esigenze di conciliazione dei lavoratori/trici e delle famiglie",
    ),
    (
        "congedi",
        "sostegno per la promozione di azioni volte a favorire piani personalizzati di congedo di "
        "maternità-paternità/parentali alle lavoratrici madri/lavoratori padri",
    ),
    (
        "welfare_aziendale",
        "sostegno alle imprese che introducono nuovi interventi di welfare aziendale e interaziendale",
    ),
    ("family_friendly", "sostegno alle imprese che introducono nuove modalità di lavoro family friendly"),
    (
        "incentivi_sperimentali",
        "concessione di incentivi diretti per attività sperimentali che rispondano ad esigenze di conciliazione dei "
        "lavoratori/trici e delle famiglie",
    ),
    (
        "servizi_cura",
        "concessione di incentivi alle persone per il ricorso a servizi di cura e a servizi socio-educativi per l'infanzia",
    ),
)
AMBITI = tuple((a, a) for a in ("comunale", "distrettuale", "provinciale", "interregionale", "interdistrettuale"))
BENEFICIARI = tuple((b, b) for b in ("persone", "imprese", "altro"))


class Titolo(Scheda):
    titolo = campi.Riga("Titolo del progetto", max_length=300)


class Area(Scheda):
    aree = campi.Scelte(
        "Area di intervento",
        scelte=AREE,
        massimo="aree_massime",
        help_text="Indicare l'area principale di intervento del progetto tra quelle elencate di seguito (ex DGR n. 1081/2013)",
    )
    ambito = campi.Scelta("Ambito territoriale", scelte=AMBITI, manca=AVVISO)


class Beneficiari(Scheda):
    beneficiari = campi.Scelte("Beneficiari degli interventi", scelte=BENEFICIARI)
    beneficiari_altro = campi.Riga("altro: quali", manca=None)

    def clean(self) -> dict[str, Any]:
        puliti = super().clean()
        if puliti.get("beneficiari_altro") and "altro" not in (puliti.get("beneficiari") or []):
            self.add_error("beneficiari", "Hai scritto quali altri beneficiari: spunta anche la casella «altro».")
        return puliti


class Durata(Scheda):
    durata_dal = campi.Mese("da", nome="mese di inizio", manca=AVVISO, regola="duration_not_filled")
    durata_al = campi.Mese("a", nome="mese di fine", manca=AVVISO, regola="duration_not_filled")

    def clean(self) -> dict[str, Any]:
        puliti = super().clean()
        dal, al = puliti.get("durata_dal"), puliti.get("durata_al")
        if dal and al and al < dal:
            self.add_error("durata_al", "Il mese di fine viene prima di quello di inizio: controlla le due date.")
        return puliti


LR = "Legale Rappresentante"
DIRIGENTE = "Dirigente referente per il progetto e per le relative comunicazioni"


class Capofila(Scheda):
    denominazione = campi.Riga("II. 1. Denominazione", mai_vuota=True)
    partita_iva = campi.PartitaIva("II. 2. - Partita Iva", manca=AVVISO)
    codice_fiscale = campi.CodiceFiscale("II. 3. - Codice fiscale")
    iban = campi.Iban("IBAN", gruppo="II. 4. - Dati bancari", manca=AVVISO)
    iban_tesoreria = campi.Riga(
        "codice conto di tesoreria",
        gruppo="II. 4. - Dati bancari",
        manca=None,
        in_parole="Solo per gli enti pubblici: il numero del loro conto di tesoreria unica.",
    )
    iban_intestatario = campi.Riga("intestato a", gruppo="II. 4. - Dati bancari", manca=AVVISO)
    iban_presso = campi.Riga("presso", gruppo="II. 4. - Dati bancari", manca=AVVISO)
    lr_nominativo = campi.Riga("Nominativo", gruppo=LR, intestazione="II. 5. - Informazioni anagrafiche:")
    lr_codice_fiscale = campi.CodiceFiscale("Codice fiscale", gruppo=LR, personale=True)
    lr_nato_il = campi.DataDiNascita("Nato/a il", gruppo=LR, personale=True, manca=AVVISO)
    lr_nato_a = campi.Riga("Città", gruppo=LR, personale=True, manca=AVVISO)
    lr_nato_prov = campi.Provincia("Prov.", gruppo=LR, personale=True, manca=AVVISO)
    dirigente_nominativo = campi.Riga("Nominativo", gruppo=DIRIGENTE)
    dirigente_settore = campi.Riga("Settore", gruppo=DIRIGENTE, manca=AVVISO)
    dirigente_tel = campi.Telefono("Tel.", gruppo=DIRIGENTE, manca=AVVISO)
    dirigente_fax = campi.Telefono("Fax", gruppo=DIRIGENTE, manca=None)
    dirigente_email = campi.Posta("E-mail", gruppo=DIRIGENTE, manca=AVVISO)
    ruolo_nel_progetto = campi.Testo("Ruolo nell'ambito del progetto")


RESIDENZA = "Residenza anagrafica del legale rappresentante"
SEDE_LEGALE = "Sede legale"
SEDE_OPERATIVA = "Sede operativa (se diversa dalla sede legale)"
REFERENTE = "Referente per il progetto e per le relative comunicazioni"
WORKERS = (
    "Numero complessivo di lavoratori/trici registrati/e, ai sensi del D.L. n. 112 del 25 giugno 2008 e s.m.i., nel libro unico"
)


class Aderente(Scheda):
    denominazione = campi.Riga("II. 1. Denominazione", mai_vuota=True, manca=AVVISO)
    partita_iva = campi.PartitaIva("II. 2. - Partita Iva", manca=INFORMAZIONE)
    codice_fiscale = campi.CodiceFiscale("II. 3. - Codice fiscale", manca=AVVISO)
    ateco = campi.Ateco(
        "II. 4. - Codice ATECO",
        help_text="(per le imprese)",
        manca=None,
        in_parole="Il numero che dice di che attività si occupa l'ente, come 88.91.00: è scritto nella visura camerale.",
    )
    lavoratori = campi.Numero(
        WORKERS,
        gruppo="II. 5. -",
        manca=INFORMAZIONE,
        in_parole="Quante persone lavorano per l'ente. Il libro unico è il registro del personale, di chi fa le buste paga.",
    )
    lavoratrici_donne = campi.Numero("di cui donne", gruppo="II. 5. -", manca=INFORMAZIONE)
    lavoratori_uomini = campi.Numero("di cui uomini", gruppo="II. 5. -", manca=INFORMAZIONE)
    lr_nominativo = campi.Riga(
        "Nominativo",
        gruppo=LR,
        intestazione="II. 6. - Informazioni anagrafiche: Indicare i seguenti dati:",
        manca=AVVISO,
        in_parole="Chi firma per l'ente: chi lo presiede, il sindaco, chi lo amministra.",
    )
    lr_codice_fiscale = campi.CodiceFiscale("Codice fiscale", gruppo=LR, personale=True, manca=AVVISO)
    lr_nato_il = campi.DataDiNascita("Nato/a il", gruppo=LR, personale=True, manca=INFORMAZIONE)
    lr_nato_a = campi.Riga("Città", gruppo=LR, personale=True, manca=INFORMAZIONE)
    lr_nato_prov = campi.Provincia("Prov.", gruppo=LR, personale=True, manca=INFORMAZIONE)
    residenza_indirizzo = campi.Riga("Indirizzo", gruppo=RESIDENZA, personale=True, manca=INFORMAZIONE)
    residenza_cap = campi.Cap("C.a.p.", gruppo=RESIDENZA, personale=True, manca=INFORMAZIONE)
    residenza_citta = campi.Riga("Città", gruppo=RESIDENZA, personale=True, manca=INFORMAZIONE)
    residenza_prov = campi.Provincia("Prov.", gruppo=RESIDENZA, personale=True, manca=INFORMAZIONE)
    residenza_tel = campi.Telefono("Tel.", gruppo=RESIDENZA, personale=True, manca=None)
    residenza_fax = campi.Telefono("Fax", gruppo=RESIDENZA, personale=True, manca=None)
    legale_indirizzo = campi.Riga("Indirizzo", gruppo=SEDE_LEGALE, manca=INFORMAZIONE)
    legale_cap = campi.Cap("C.a.p.", gruppo=SEDE_LEGALE, manca=INFORMAZIONE)
    legale_citta = campi.Riga("Città", gruppo=SEDE_LEGALE, manca=INFORMAZIONE)
    legale_prov = campi.Provincia("Prov.", gruppo=SEDE_LEGALE, manca=INFORMAZIONE)
    legale_tel = campi.Telefono("Tel.", gruppo=SEDE_LEGALE, manca=INFORMAZIONE)
    legale_fax = campi.Telefono("Fax", gruppo=SEDE_LEGALE, manca=None)
    legale_email = campi.Posta("E-mail", gruppo=SEDE_LEGALE, manca=INFORMAZIONE)
    operativa_indirizzo = campi.Riga("Indirizzo", gruppo=SEDE_OPERATIVA, manca=INFORMAZIONE)
    operativa_cap = campi.Cap("C.a.p.", gruppo=SEDE_OPERATIVA, manca=INFORMAZIONE)
    operativa_citta = campi.Riga("Città", gruppo=SEDE_OPERATIVA, manca=INFORMAZIONE)
    operativa_prov = campi.Provincia("Prov.", gruppo=SEDE_OPERATIVA, manca=INFORMAZIONE)
    operativa_tel = campi.Telefono("Tel.", gruppo=SEDE_OPERATIVA, manca=None)
    operativa_fax = campi.Telefono("Fax", gruppo=SEDE_OPERATIVA, manca=None)
    operativa_email = campi.Posta("E-mail", gruppo=SEDE_OPERATIVA, manca=None)
    referente_nominativo = campi.Riga("Nominativo", gruppo=REFERENTE, manca=AVVISO)
    referente_tel = campi.Telefono("Tel.", gruppo=REFERENTE, manca=INFORMAZIONE)
    referente_fax = campi.Telefono("Fax", gruppo=REFERENTE, manca=None)
    referente_email = campi.Posta("E-mail", gruppo=REFERENTE, manca=INFORMAZIONE)

    def clean(self) -> dict[str, Any]:
        puliti = super().clean()
        tutti, donne, uomini = (puliti.get(c) for c in ("lavoratori", "lavoratrici_donne", "lavoratori_uomini"))
        if tutti is not None and donne is not None and uomini is not None and donne + uomini != tutti:
            somma = f"{donne} donne + {uomini} uomini = {donne + uomini}"
            self.add_error("lavoratori", f"I conti non tornano: {somma}, ma il totale indicato è {tutti}.")
        elif tutti is not None and max(donne or 0, uomini or 0) > tutti:
            self.add_error("lavoratori", f"I conti non tornano: donne o uomini sono più del totale indicato, {tutti}.")
        return puliti


def _testo(etichetta: str, righe: int, aiuto: str = "", nome: str = "") -> type[Scheda]:
    """A form of one long text; in a sentence one names it without its number and without «max N righe»."""
    detto = nome or etichetta.split(" - ")[-1].removesuffix(f" (max {righe} righe)")
    campo = campi.Testo(etichetta, max_righe=righe, help_text=aiuto, nome=detto)
    return type("TestoLungo", (Scheda,), {"testo": campo})


class AttivitaRisorse(Scheda):
    obiettivi = campi.Testo("Obiettivi", gruppo="ATTIVITA'", altezza=4, manca=AVVISO)
    attivita = campi.Testo("Descrizione attività di propria competenza", gruppo="ATTIVITA'", altezza=5, manca=AVVISO)
    destinatari = campi.Testo("Destinatari/e dell'attività", gruppo="ATTIVITA'", altezza=3, manca=AVVISO)
    umane = campi.Testo(
        "Umane",
        gruppo="RISORSE PROPRIE",
        altezza=3,
        manca=None,
        in_parole="Le persone dell'ente che lavorano al progetto: quante, e con quale ruolo.",
    )
    finanziarie = campi.Testo(
        "Finanziarie",
        gruppo="RISORSE PROPRIE",
        altezza=2,
        manca=None,
        help_text="Una nota: gli importi si scrivono nella sezione IV, «Da chi viene il cofinanziamento».",
    )
    strumentali = campi.Testo(
        "Strumentali (beni/servizi)",
        gruppo="RISORSE PROPRIE",
        altezza=3,
        manca=None,
        in_parole="Le cose che l'ente mette a disposizione: locali, attrezzature, mezzi, programmi.",
    )


class AzioneForm(Scheda):
    titolo = campi.Testo("Azione", altezza=2)
    titolo_breve = campi.Riga("Titolo breve, per il piano temporale", max_length=120, manca=None)


class CofinanziamentoForm(Scheda):
    partecipazione = campi.SceltaRiga(
        "Soggetto", fonte="partecipazioni", colonna="denominazione", vuota="(non attribuito)", manca=None
    )
    azione = campi.SceltaRiga("Azione", fonte="azioni", colonna="titolo")
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
        if "partecipazione" not in self.fields:  # a partner's own rows: whose they are is not asked
            return puliti
        if puliti.get("partecipazione") and puliti.get("settore"):
            self.add_error("settore", "Il settore è quello del soggetto indicato: qui non serve, lascialo vuoto.")
        if puliti.get("importo") is not None and not (puliti.get("partecipazione") or puliti.get("settore")):
            self.add_error("settore", "Indica da quale soggetto viene o almeno se è pubblico o privato.")
        return puliti


def _soggetto(numero: int, riga: QualsiasiRiga) -> str:
    """As I.3 prints it."""
    return f"Denominazione soggetto n. {numero}{' (capofila)' if riga['ruolo'] == 'capofila' else ''}"


def _solo_importo(contenuto: Contenuto, soggetto: str | None) -> Decimal | None:
    return conti.cofinanziamento(contenuto, partecipazione=soggetto or "") if soggetto else None


COSTO = Colonna("costo", "Costo Totale", conti.costo, scrive="costi")
COSTO_TOTALE = Colonna("costo", "Costo totale del progetto", lambda contenuto, _: conti.costo(contenuto))
CONTRIBUTO = Colonna(
    "contributo",
    "Contributo richiesto",
    conti.contributo,
    in_parole="quanto si chiede all'avviso: il costo, tolto il cofinanziamento.",
)
CONTRIBUTO_TOTALE = Colonna("contributo", "Contributo richiesto", lambda contenuto, _: conti.contributo(contenuto))
PUBBLICO = Colonna(
    "cofin_pubblico",
    "Cofin. Pubblico",
    conti.cofinanziamento_pubblico,
    in_parole="quanto mettono di proprio gli enti pubblici (cofinanziamento).",
)
PRIVATO = Colonna(
    "cofin_privato",
    "Cofin. Privato",
    conti.cofinanziamento_privato,
    in_parole="quanto mettono di proprio gli altri: cooperative, associazioni, imprese.",
)

SEZIONE_I = Sezione(
    "I",
    "SEZIONE I: IDENTIFICAZIONE DELL'INTERVENTO",
    (
        Domande(chiave="I.1", titolo="I. 1. - Titolo del progetto", modulo=Titolo),
        Domande(chiave="I.2", titolo="I. 2. - Area di intervento", modulo=Area),
        Elenco(
            chiave="I.3",
            titolo="I. 3. - Composizione dell'Alleanza locale",
            fonte="partecipazioni",
            etichetta=_soggetto,
            gestione="progetti:soggetti",
        ),
        Domande(chiave="I.4", titolo="I. 4. - Beneficiari degli interventi", modulo=Beneficiari),
        Domande(chiave="I.5", titolo="I. 5. - Durata del progetto", modulo=Durata),
        Prospetto(chiave="I.6", titolo="I. 6. - Costo totale del progetto", colonne=(COSTO_TOTALE,)),
        Prospetto(chiave="I.7", titolo="I. 7. - Contributo richiesto", colonne=(CONTRIBUTO_TOTALE,)),
    ),
)

SEZIONE_II = Sezione(
    "II",
    "SEZIONE II: ALLEANZA LOCALE",
    (
        PerRiga(
            chiave="II.A",
            titolo="II.A. SOGGETTO CAPOFILA",
            nome_breve="II.A. - Dati del capofila",
            in_parole="Chi guida il progetto e lo presenta: i suoi dati, la banca, chi lo rappresenta.",
            fonte="partecipazioni",
            filtro=lambda riga: riga["ruolo"] == "capofila",
            modulo=Capofila,
        ),
        PerRiga(
            chiave="II.B",
            titolo="II.B. SOGGETTI ADERENTI ALL'ALLEANZA LOCALE",
            nome_breve="II.B. - Dati del soggetto",
            in_parole="I dati di chi partecipa al progetto: chi è, dove ha sede, chi lo rappresenta.",
            istruzioni="Compilare questa parte per ciascun soggetto facente parte dell'Alleanza",
            fonte="partecipazioni",
            filtro=lambda riga: riga["ruolo"] != "capofila",
            modulo=Aderente,
            scrive=PARTNER,
        ),
    ),
)

SEZIONE_III = Sezione(
    "III",
    "SEZIONE III: DESCRIZIONE DELL'INTERVENTO",
    (
        Domande(
            chiave="III.1.1",
            titolo="III. 1. - QUALITA' COERENZA PROGETTUALE E RILEVANZA",
            modulo=_testo(
                "III. 1.1. - Coerenza del progetto con riferimento all'analisi del contesto e dei fabbisogni (max 30 righe)",
                30,
            ),
        ),
        Domande(
            chiave="III.1.2",
            titolo="",
            modulo=_testo(
                "III. 1.2. - Finalità e obiettivi specifici del progetto (max 30 righe)",
                30,
                "Descrivere qual è il contributo del progetto alle politiche di conciliazione territoriali e quali sono "
                "gli obiettivi che si vogliono raggiungere attraverso gli interventi proposti.",
            ),
        ),
        Domande(
            chiave="III.1.3",
            titolo="",
            modulo=_testo(
                "III. 1.3. - Descrizione dell'intervento proposto (max 30 righe)",
                30,
                "Descrivere le attività che si intende porre in essere per realizzare un intervento di conciliazione "
                "rispondente ai fabbisogni rilevati ed evidenziare le modalità di svolgimento",
            ),
        ),
        PerRiga(
            chiave="III.1.3-soggetti",
            titolo="",
            nome_breve="III. 1.3. - Soggetto, attività e risorse proprie",
            in_parole="Che cosa fa ciascuno nel progetto, e con quali persone, soldi e mezzi.",
            istruzioni="Compilare la tabella sottostante indicando per ciascun soggetto dell'Alleanza le attività di "
            "propria competenza e le eventuali risorse messe a disposizione",
            fonte="partecipazioni",
            modulo=AttivitaRisorse,
            scrive=PARTNER,
            aspetto="dgr1081-2014/soggetti_attivita_risorse.html",
            in_word="a_gruppi",
            calcolate=(Colonna("cofinanziamento", "Cofinanziamento", _solo_importo),),
        ),
        Domande(
            chiave="III.2.1",
            titolo="III. 2. - RISULTATI ATTESI",
            modulo=_testo(
                "III. 2.1. - Rispondenza dell'intervento previsto alle esigenze dei destinatari (max 15 righe)",
                15,
                "Evidenziare i risultati attesi sia dal punto di vista quantitativo che qualitativo",
            ),
        ),
        Domande(
            chiave="III.2.2",
            titolo="",
            modulo=_testo(
                "III. 2.2. - Sostenibilità dell'intervento proposto dopo la conclusione dell'intervento (max 15 righe)",
                15,
                "Indicare le modalità con le quali si intende dare continuità all'intervento nel tempo",
            ),
        ),
        Domande(
            chiave="III.2.3",
            titolo="",
            modulo=_testo(
                "III. 2.3. - Ricaduta prevista dell'intervento (max 15 righe)",
                15,
                "Evidenziare la ricaduta dell'intervento in termini di destinatari/e raggiunti/e e i cambiamenti che ci "
                "si attende all'interno del contesto specifico.",
            ),
        ),
        Domande(
            chiave="III.2.4",
            titolo="",
            modulo=_testo(
                "III. 2.4. - Aspetti innovativi dell'intervento (max 15 righe)",
                15,
                "Descrivere gli aspetti innovativi dell'intervento proposto, delle metodologie e degli obiettivi",
            ),
        ),
        Domande(
            chiave="III.3",
            titolo="III. 3. - PARTENARIATO/ALLEANZA LOCALE",
            modulo=_testo(
                "Descrivere le caratteristiche e le motivazioni del partenariato/alleanza locale in relazione agli "
                "obiettivi del progetto, alle azioni previste e ai risultati attesi (max 15 righe)",
                15,
                nome="la descrizione del partenariato",
            ),
        ),
    ),
)

SEZIONE_IV = Sezione(
    "IV",
    "SEZIONE IV: GESTIONE OPERATIVA DELL'INTERVENTO E SCHEDA FINANZIARIA",
    (
        Tabella(
            chiave="azioni",
            titolo="Azioni del progetto",
            istruzioni="I titoli delle azioni sono quelli del piano temporale e della scheda finanziaria. "
            "Le spese generali hanno già la loro riga.",
            fonte="azioni",
            filtro=lambda riga: riga["genere"] == "azione",
            modulo=AzioneForm,
            stampato=False,
            cosa="azione",
        ),
        Cronoprogramma(
            chiave="IV.1.1",
            titolo="IV. 1.1. - PIANO TEMPORALE DELLE ATTIVITA'",
            istruzioni="(compilare il cronoprogramma delle azioni, che dovranno terminare entro e non oltre il 31.12.2015)",
        ),
        Prospetto(
            chiave="IV.1.2",
            titolo="IV. 1.2. - SCHEDA FINANZIARIA RIEPILOGATIVA",
            fonte="azioni",
            nome=conti.PROSPETTO_AZIONI,
            colonne=(COSTO, CONTRIBUTO, PUBBLICO, PRIVATO),
            totale="Totale",
            etichette={"spese_generali": "Spese generali (max 10% del totale)"},
        ),
        Tabella(
            chiave="cofinanziamenti",
            titolo="Da chi viene il cofinanziamento",
            in_parole="Il cofinanziamento è quanto ciascuno mette di proprio: la parte del costo che non si chiede all'avviso.",
            istruzioni="Una riga per ogni soggetto e azione. Le colonne «Cofin. Pubblico» e «Cofin. Privato» della scheda "
            "finanziaria sono la somma di queste righe.",
            fonte="cofinanziamenti",
            modulo=CofinanziamentoForm,
            scrive=PARTNER,
            proprietario="partecipazione",
            solo_non_attribuite=("settore",),
            stampato=False,
            cosa="cofinanziamento",
        ),
    ),
)

DGR1081_2014 = Edizione(
    codice="dgr1081-2014",
    titolo="SCHEDA PROGETTO",
    sottotitolo='AVVISO PUBBLICO "PER LA PRESENTAZIONE DI PROPOSTE PROGETTUALI IN TEMA DI POLITICHE TERRITORIALI DI '
    'CONCILIAZIONE IN ATTUAZIONE DELLA DGR 1081 DEL 12/12/2013" (BIENNIO 2014 - 2015)',
    sezioni=(SEZIONE_I, SEZIONE_II, SEZIONE_III, SEZIONE_IV),
    spese_generali=True,
    significati={
        "contesto": ("III.1.1", "testo"),
        "finalità": ("III.1.2", "testo"),
        "seguito": ("III.2.2", "testo"),
        "novità": ("III.2.4", "testo"),
        "partenariato": ("III.3", "testo"),
    },
    sintesi=Rimandi(
        finanziatore="Regione Lombardia",
        descrizione=("III.1.3.testo",),
        obiettivi=("III.1.2.testo",),
        target=("I.4.beneficiari", "I.4.beneficiari_altro"),
    ),
    disegni={"a_gruppi": a_gruppi},
    regole=(
        regole.dichiarati_diversi,
        regole.senza_azioni_o_costi,
        regole.cofinanziamento_oltre_il_costo,
        regole.limiti_dell_avviso,
        regole.durata_oltre_il_termine,
        regole.piano_temporale_vuoto,
        regole.cofinanziamento_non_attribuito,
        regole.soggetti_ripetuti,
        regole.nomi_diversi,
        regole.ateco_scritto_diversamente,
        regole.codici_fiscali_incoerenti,
        regole.righe_oltre_il_massimo,
        regole.conferme_mancanti,
    ),
)
