"""Old schede as people keep them: the words of the three forms, written as they happen to be written, with invented answers."""

import html
import io

SCHEDA_2014 = """\
AVVISO PUBBLICO "PER LA PRESENTAZIONE DI PROPOSTE PROGETTUALI IN TEMA DI POLITICHE TERRITORIALI DI CONCILIAZIONE IN \
ATTUAZIONE DELLA DGR 1081 DEL 12/12/2013" (BIENNIO 2014 - 2015)
SCHEDA PROGETTO
Sezione I – Identificazione dell’intervento
I.1 – Titolo del progetto: Orari possibili
I. 2. - Area di intervento:
Indicare l'area principale di intervento del progetto tra quelle elencate di seguito (ex DGR n. 1081/2013)
☐ aggiornamento e orientamento per favorire l'occupazione nei servizi legati alla conciliazione famiglia-lavoro
Х concessione di incentivi diretti alle persone e alle imprese per attività sperimentali che rispondano ad esigenze di \
conciliazione dei lavoratori/trici e delle famiglie
☐ sostegno alle imprese che introducono nuove modalità di lavoro family friendly
☐ comunale x distrettuale ☐ provinciale ☐ interregionale ☐ interdistrettuale
I. 3. - Composizione dell'Alleanza locale
Denominazione soggetto n. 1 (capofila) Comune di Crema
Denominazione soggetto n. 2 Comunità Sociale Cremasca a.s.c.
Denominazione soggetto n. 3 Officina Lenta Società Cooperativa
I. 4. - Beneficiari degli interventi: persone x imprese altro
I. 5. - Durata del progetto: da ottobre 2014 a mese/2015
I. 6. - Costo totale del progetto: € 30.000,00
I. 7. - Contributo richiesto: € 20.000,00
SEZIONE II: ALLEANZA LOCALE
II.A. SOGGETTO CAPOFILA
II. 1. Denominazione: Comune di Crema
II. 2. - Partita Iva 00111540191
II. 3. - Codice fiscale: 91035680197
Ruolo nell’ambito del progetto: Tiene insieme le azioni.
II.B. SOGGETTI ADERENTI ALL'ALLEANZA LOCALE
II. 1. Denominazione: Officina Lenta Soc. Coop. a r.l.
II. 2. - Partita Iva 99887766006
II. 3. - Codice fiscale 99887766006
II. 4. - Codice ATECO: 889100 (per le imprese)
II. 5. - Numero complessivo di lavoratori/trici registrati/e, ai sensi del D.L. n. 112 del 25 giugno 2008 e s.m.i., nel \
libro unico 14, di cui donne 9, di cui uomini 5
Sede legale: Indirizzo Via dei Prati 4 C.a.p. 26013 Città Crema Prov. CR Tel. 0373 000900 Fax E-mail info@lenta.example.org
Referente per il progetto e per le relative comunicazioni: Nominativo Nives Carminati Tel. 0373 000901
SEZIONE III: DESCRIZIONE DELL'INTERVENTO
III. 1. - QUALITÀ COERENZA PROGETTUALE E RILEVANZA
III.1.1 Coerenza del progetto con riferimento all’analisi del contesto e dei fabbisogni (max 30 righe)
Nel distretto gli orari dei servizi finiscono prima di quelli del lavoro.
Le famiglie chiedono:
- una mattina più lunga;
- un pomeriggio che non si interrompa.
III. 1. 2 - FINALITA' E OBIETTIVI SPECIFICI DEL PROGETTO
Allungare le giornate dei servizi.
III. 1.3. - Descrizione dell'intervento proposto (max 30 righe):
Obiettivi specifici non ne mancano: tre laboratori e uno sportello.
Compilare la tabella sottostante indicando per ciascun soggetto dell'Alleanza le attività di propria competenza e le \
eventuali risorse messe a disposizione
| SOGGETTO | ATTIVITA' | RISORSE PROPRIE |
|---|---|---|
| Soggetto n. 1 (capofila) Comune di Crema | Obiettivi Guidare | Umane Una persona |
| | Descrizione attività di propria competenza Coordinamento | Finanziarie |
| | Destinatari/e dell'attività Tutti | Strumentali (beni/servizi) Una sala |
III. 2.2. - Sostenibilità dell'intervento proposto dopo la conclusione dell'intervento (max 15 righe)
Il servizio continua nel bilancio dei comuni.
SEZIONE IV: GESTIONE OPERATIVA DELL'INTERVENTO E SCHEDA FINANZIARIA
IV. 1.1. - PIANO TEMPORALE DELLE ATTIVITA'
| Mese | Azione 1: laboratori | Azione 2: sportello |
|---|---|---|
| 1 | x | |
| 2 | Х | verifica |
VI. 1.2. - SCHEDA FINANZIARIA RIEPILOGATIVA
| Azione | Costo Totale | Contributo richiesto | Cofin. Pubblico | Cofin. Privato |
|---|---|---|---|---|
| laboratori di quartiere | **20.000,00** | 15.000,00 | 5.000,00 | |
| sportello | € 9,145,53 | 5.000,00 | | 4.145,53 |
| Spese generali (max 10% del totale) | € 1000 | | 1.000,00 | |
| Totale | 30.145,53 | 20.000,00 | 6.000,00 | 4.145,53 |
Crema, lì 30 aprile 2014: questa riga non è di nessun campo.
"""

SCHEDA_2017 = """\
SCHEMA PROGETTO
Titolo del progetto Orari possibili due
Alleanza locale di CREMA
Alleanza già costituita X SI ☐ NO
Capofila dell'alleanza locale Comune di Crema
Enti partner dell'Alleanza (nome e tipologia)
| NOME DELL'ENTE | TIPOLOGIA | REFERENTE (nome, cognome, numero di telefono, mail) |
|---|---|---|
| COMUNE DI CREMA | ENTE PUBBLICO | Ada Belli 0373 000100 ada@comune.example.org<br>Ivo Neri tel. 0373 000101 |
| Officina Lenta Società Cooperativa | COOPERATIVA | Nives Carminati 0373 000901 |
## Analisi del contesto in relazione alle azioni che si vogliono sviluppare
Dodici comuni e molte piccole imprese.
## Descrizione delle azioni che si intendono realizzare
| Azione | | Modalità | Integrazione |
|---|---|---|---|
| B | Supporto alle famiglie | Avvisi pubblici | Nidi Gratis |
| C1 | Adozione di modalità di lavoro flessibili | Incontri | Pari opportunità |
| C2 | | Sperimentazione | |
## Finalità
Dare tempo.
## Obiettivi
| Azione | Obiettivi |
|---|---|
| B | Sette famiglie |
## Risultati attesi
| Azione | Risultati | |
|---|---|---|
| B | n. famiglie beneficiarie<br>incremento dei servizi | almeno 7 famiglie |
## Sostenibilità e ipotesi di sviluppo
Continuerà.
## RISORSE DEL PROGETTO
Costo complessivo di progetto € 40.000,00
Contributo richiesto € 30.000,00
| Voce di costo | Importo totale |
|---|---|
| A. Costi di personale interno ed esterno | € 25.000,00 |
| B. Costo di acquisto, noleggio, leasing di beni o software | € 0 |
| D. Costi relativi ad erogazione voucher | € 15.000,00 |
| TOTALE | € 40.000,00 |
2) Dettagliare la previsione sulla fonte e la tipologia del cofinanziamento
| ENTE | TIPOLOGIA ENTE | COFINANZIAMENTO MONETARIO | COFINANZIAMENTO VALORIZZAZIONE |
|---|---|---|---|
| COMUNE DI CREMA | ENTE PUBBLICO | 2.000,00 | 8.000,00 |
"""

SCHEDA_2022 = """\
SCHEDA PROGETTO (A CURA DEL SOGGETTO CAPOFILA)
PARTE A - PRESENTAZIONE COMPLESSIVA DEL PROGETTO E DELLA RETE / PARTENARIATO
1. TITOLO DEL PROGETTO (PER ESTESO ED ACRONIMO): Orari possibili nelle imprese
2. ENTE CAPOFILA DEL PROGETTO (responsabile dell'attuazione del progetto): Comune di Crema
3. COMPOSIZIONE E CARATTERISTICHE DEL PARTENARIATO/RETE:
Un comune e tre imprese che si conoscono.
ENTI PARTNER
| Partner effettivi (ragione sociale) | Codice fiscale | Rappresentante legale | Natura giuridica | Sede operativa |
|---|---|---|---|---|
| Comune di Crema | 91035680197 | Ada Belli | Comune - 2.4.30 | Crema (CR) |
| Officina Lenta srl | 99887766006 | Nives Carminati C.F. CRMNVS70A41D142X | Società a resp. limitata - 1.3.20 | Crema (CR) |
4. DURATA DEL PROGETTO 12 mesi
PARTE B - PROPOSTA PROGETTUALE
1. CONTESTO PROGETTUALE
Poche persone, molti turni.
2. DESCRIZIONE DETTAGLIATA DELLE ATTIVITA' PREVISTE
2.1 Descrizione dettagliata delle attività e degli interventi previsti
X A) Attivazione di una rete di imprese per lo sviluppo del welfare di conciliazione
☐ C) Time Saving
X F) Area di supporto ai dipendenti
| Titolo attività | La rete |
|---|---|
| Codice identificativo azione (esempio A.1) | A.1 |
| Descrizione attività (indicando se si tratta di nuovo intervento oppure se interventi già presenti messi in rete) | Incontri |
| Tempistica di realizzazione | 12 mesi |
| Obiettivo specifico e risultato atteso | Conoscersi |
| N° e tipologia di personale impiegato | 3 referenti aziendali, 2 esperti |
| Ore di servizio totali | 417 |
| Partner coinvolti e budget ipotizzato | Comune di Crema, Officina Lenta: € 12.500,00 |
| Tipologia e numero di destinatari previsti (precisare se dipendenti o nuclei famigliari di dipendenti) | 22 dipendenti |

| Titolo attività | Lo sportello |
|---|---|
| Codice identificativo azione (esempio A.1) | F.1 |
| Ore di servizio totali | 100 |
2.2 Fasi del Progetto:
| Fase | Durata | Obiettivo | Attività previste | Risultati attesi | Strumenti e indicatori di monitoraggio |
|---|---|---|---|---|---|
| Avvio | 12 | Partire | A.1 | Una rete | Verbali |
2.5 Sostenibilità
Le imprese continueranno.
PARTE C - TABELLA DI SINTESI DEL COSTO DEL PROGETTO
| Voce di costo | Importo stimato |
|---|---|
| A. Spese di personale | 9.000,00 € |
| B. Altri costi diretti | € 3500 |
| TOTALE COSTO DEL PROGETTO | 12.500,00 |
"""


def docx(testo: str) -> bytes:
    """The same as a Word file: lines as paragraphs, tables as tables."""
    from docx import Document

    documento, righe = Document(), []
    for riga in [*testo.split("\n"), ""]:
        if riga.startswith("|"):
            righe.append([c.strip().replace("<br>", "\n") for c in riga.strip("|").split("|")])
            continue
        if righe:
            _tabella(documento, [r for r in righe if not set("".join(r)) <= set("-")])
            righe = []
        documento.add_paragraph(riga)
    return _salvato(documento)


def _tabella(documento, righe: list[list[str]]) -> None:
    tabella = documento.add_table(len(righe), max(map(len, righe)))
    for celle, riga in zip(tabella.rows, righe, strict=True):
        for cella, testo in zip(celle.cells, riga, strict=False):
            cella.text = testo


def _salvato(documento) -> bytes:
    dentro = io.BytesIO()
    documento.save(dentro)
    return dentro.getvalue()


def pdf(testo: str) -> bytes:
    """The same printed, with a heading on every page."""
    from weasyprint import HTML

    righe = [r for r in testo.split("\n") if not r.startswith("|---")]
    corpo = "".join(_riga_html(r) for r in righe)
    stile = "@page { size: A4; @bottom-center { content: 'Pagina ' counter(page) } } table { width: 100% } td { width: 20% }"
    return HTML(string=f"<html lang=it><style>{stile}</style>{corpo}</html>").write_pdf()


def _riga_html(riga: str) -> str:
    if not riga.startswith("|"):
        return f"<p>{html.escape(riga)}</p>"
    celle = "".join(f"<td>{html.escape(c.strip()).replace('&lt;br&gt;', '<br>')}</td>" for c in riga.strip("|").split("|"))
    return f"<table><tr>{celle}</tr></table>"
