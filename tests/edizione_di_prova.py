"""An edition with one block of every kind, as a newcomer would write it from a decree: nothing of it is known elsewhere."""

from conciliazione.schede import campi
from conciliazione.schede.edizione import (
    PARTNER,
    Colonna,
    Cronoprogramma,
    Domande,
    Edizione,
    Elenco,
    PerRiga,
    Prospetto,
    Scheda,
    Sezione,
    Tabella,
)
from progetti import conti, regole


class Generale(Scheda):
    titolo = campi.Riga("Titolo")
    sintesi = campi.Testo("Sintesi", max_righe=5)
    inizio = campi.Data("Inizio delle attività")
    destinatari = campi.Numero("Numero di destinatari")
    tetto = campi.Importo("Tetto di spesa", manca=None)
    tipo = campi.Scelta("Tipo", scelte=(("nuovo", "nuovo"), ("seguito", "seguito di un altro")))
    temi = campi.Scelte("Temi", scelte=(("tempo", "tempo"), ("cura", "cura")))
    durata_dal = campi.Mese("dal mese", manca=None)
    durata_al = campi.Mese("al mese", manca=None)


class Partner(Scheda):
    denominazione = campi.Riga("Ragione sociale")
    codice_fiscale = campi.CodiceFiscale("Codice fiscale", manca=None)
    motto = campi.Riga("Motto")


class Obiettivo(Scheda):
    obiettivo = campi.Testo("Obiettivo")


class Azioni(Scheda):
    codice = campi.Riga("Codice")
    titolo = campi.Riga("Titolo")


class Quote(Scheda):
    partecipazione = campi.SceltaRiga("Chi", fonte="partecipazioni", colonna="denominazione")
    azione = campi.SceltaRiga("Per che cosa", fonte="azioni", colonna="titolo")
    natura = campi.Scelta("Natura", scelte=(("monetario", "monetario"), ("valorizzazione", "valorizzazione")), a_tendina=True)
    importo = campi.Importo("Quanto")


EDIZIONE = Edizione(
    codice="prova-2030",
    titolo="MODULO DI PROVA",
    sottotitolo="Avviso di prova 2030",
    sezioni=(
        Sezione(
            "uno",
            "Parte uno",
            (
                Domande(chiave="1", titolo="1. Il progetto", modulo=Generale),
                Elenco(chiave="2", titolo="2. Chi partecipa", fonte="partecipazioni"),
                PerRiga(
                    chiave="3",
                    titolo="3. I partecipanti",
                    fonte="partecipazioni",
                    modulo=Partner,
                    scrive=PARTNER,
                ),
            ),
        ),
        Sezione(
            "due",
            "Parte due",
            (
                Tabella(chiave="4", titolo="4. Azioni", fonte="azioni", modulo=Azioni),
                PerRiga(chiave="5", titolo="5. Obiettivi di ogni azione", fonte="azioni", modulo=Obiettivo),
                Cronoprogramma(chiave="6", titolo="6. Tempi", mesi=12),
                Prospetto(
                    chiave="7",
                    titolo="7. Costi",
                    fonte="azioni",
                    nome=conti.PROSPETTO_AZIONI,
                    colonne=(
                        Colonna("costo", "Costo", conti.costo, scrive="costi"),
                        Colonna("contributo", "Contributo", conti.contributo),
                    ),
                    totale="Somma",
                ),
                Tabella(
                    chiave="8",
                    titolo="8. Cofinanziamento",
                    fonte="cofinanziamenti",
                    modulo=Quote,
                    scrive=PARTNER,
                    proprietario="partecipazione",
                ),
            ),
        ),
    ),
    regole=(regole.senza_azioni_o_costi, regole.cofinanziamento_oltre_il_costo, regole.conferme_mancanti),
)
