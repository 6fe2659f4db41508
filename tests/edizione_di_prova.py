"""An edition with one block of every kind, as a newcomer would write it from a decree: nothing of it is known elsewhere."""

from conciliazione.schede import campi
from conciliazione.schede.edizione import (
    COFINANZIAMENTI,
    COSTI,
    PARTNER,
    Colonna,
    Cronoprogramma,
    Domande,
    Edizione,
    Elenco,
    PerRiga,
    Scheda,
    Sezione,
    Tabella,
)
from conciliazione.schede.prospetto import VOCI, Prospetto, Voce
from conciliazione.schede.tipi import Gravita
from progetti import regole
from progetti.contenuto import conti


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
    obiettivo = campi.Testo("Obiettivo (max 120 caratteri)", nome="obiettivo", max_caratteri=120)


class Azioni(Scheda):
    codice = campi.Riga("Codice", max_length=12)
    titolo = campi.Riga("Titolo", condiviso=True)
    padre = campi.SceltaRiga("È parte di", fonte="azioni", colonna="titolo", manca=None)


class Metodo(Scheda):
    metodo = campi.Testo("Metodo", max_caratteri=200)
    pubblico = campi.Testo("A chi si rivolge", condiviso=True)


class Indicatori(Scheda):
    azione = campi.SceltaRiga("Di quale azione", fonte="azioni", colonna="titolo")
    descrizione = campi.Riga("Che cosa si conta")
    minimo = campi.Numero("Almeno", manca=None)


class Persone(Scheda):
    azione = campi.SceltaRiga("Di quale azione", fonte="azioni", colonna="titolo")
    ruolo = campi.Riga("Mestiere")
    numero = campi.Numero("Quante persone")


class Fasi(Scheda):
    titolo = campi.Riga("Fase")
    mesi = campi.Numero("Mesi")
    azioni = campi.SceltaRighe("Che cosa si fa", fonte="azioni", colonna="titolo")
    note = campi.Testo("Note sulla fase", manca=None)


class Recapiti(Scheda):
    lr_nominativo = campi.Riga("Chi firma", personale=True)
    referente_email = campi.Posta("E-mail", manca=None, personale=True)
    quota = campi.Importo("Quota associativa", manca=None)
    iscritto = campi.Mese("Iscritto da", manca=None)


class Quote(Scheda):
    partecipazione = campi.SceltaRiga("Chi", fonte="partecipazioni", colonna="denominazione")
    azione = campi.SceltaRiga("Per che cosa", fonte="azioni", colonna="titolo", manca=None)
    natura = campi.Scelta("Natura", scelte=(("monetario", "monetario"), ("valorizzazione", "valorizzazione")), a_tendina=True)
    importo = campi.Importo("Quanto")


def _messi(natura: str):
    """What a partner puts in of one natura; of all of them, given no partner."""
    return lambda contenuto, soggetto: conti.cofinanziamento(contenuto, partecipazione=soggetto or "", natura=natura)


def _spesa(contenuto, voce):
    return conti.costo(contenuto, voce, prospetto="voci")


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
                        Colonna("costo", "Costo", conti.costo, scrive=COSTI),
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
        Sezione(
            "tre",
            "Parte tre",
            (
                PerRiga(chiave="9", titolo="9. Come si fa", fonte="azioni", modulo=Metodo, in_tabella=True),
                Tabella(
                    chiave="9.1",
                    titolo="Indicatori",
                    fonte="indicatori",
                    modulo=Indicatori,
                    dentro="9",
                    padre="azione",
                    manca=Gravita.AVVISO,
                ),
                Tabella(chiave="5.1", titolo="Chi ci lavora", fonte="personale", modulo=Persone, dentro="5", padre="azione"),
                Tabella(chiave="10", titolo="10. Fasi", fonte="fasi", modulo=Fasi),
                Prospetto(
                    chiave="11",
                    titolo="11. Spese",
                    fonte=VOCI,
                    nome="voci",
                    voci=(Voce("A", "A. Personale", "personale"), Voce("B", "B. Voucher", "voucher")),
                    colonne=(Colonna("spesa", "Spesa", _spesa, scrive=COSTI),),
                    totale="In tutto",
                    intestazione="Voce",
                ),
                Prospetto(
                    chiave="12",
                    titolo="12. Chi mette che cosa",
                    fonte="partecipazioni",
                    colonne=(
                        Colonna(
                            "monetario", "Denaro", _messi("monetario"), scrive=COFINANZIAMENTI, cella={"natura": "monetario"}
                        ),
                    ),
                    totale="In tutto",
                    intestazione="Ente",
                    scrive=PARTNER,
                ),
                PerRiga(
                    chiave="13",
                    titolo="13. Chi firma per ciascuno",
                    fonte="partecipazioni",
                    modulo=Recapiti,
                    in_tabella=True,
                    scrive=PARTNER,
                ),
            ),
        ),
    ),
    regole=(
        regole.senza_azioni_o_costi,
        regole.cofinanziamento_oltre_il_costo,
        regole.righe_oltre_il_massimo,
        regole.caratteri_oltre_il_massimo,
        regole.conferme_mancanti,
    ),
)
