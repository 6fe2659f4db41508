"""The call of 2014 as another ASL printed it, in words that are not the official ones: an edition that lives elsewhere."""

from conciliazione.schede import campi
from conciliazione.schede.edizione import COSTI, PARTNER, Colonna, Domande, Edizione, PerRiga, Rimandi, Scheda, Sezione, Tabella
from conciliazione.schede.prospetto import Prospetto
from conciliazione.schede.tipi import Gravita
from progetti import regole
from progetti.contenuto import conti


class Anagrafica(Scheda):
    titolo = campi.Riga("Titolo")
    bisogni = campi.Testo("Bisogni del territorio", max_righe=20)


class Ente(Scheda):
    denominazione = campi.Riga("Denominazione", mai_vuota=True)
    apporto = campi.Testo("Apporto al progetto", manca=Gravita.AVVISO)


class Intervento(Scheda):
    titolo = campi.Riga("Intervento")


def in_riga(carta, blocco: dict) -> None:
    """The enti, one after the other on a line."""
    carta.titolo("; ".join(riga["titolo"] for riga in blocco["righe"]), 3)


EDIZIONE = Edizione(
    codice="milano-2014",
    titolo="FORMULARIO DI PROGETTO",
    sottotitolo="Area metropolitana",
    sezioni=(
        Sezione(
            "1",
            "1. Il progetto",
            (
                Domande(chiave="anagrafica", titolo="1.1 Anagrafica", modulo=Anagrafica),
                PerRiga(
                    chiave="enti",
                    titolo="1.2 Enti",
                    fonte="partecipazioni",
                    modulo=Ente,
                    scrive=PARTNER,
                    aspetto="milano-2014/enti.html",
                    in_word="in_riga",
                ),
            ),
        ),
        Sezione(
            "2",
            "2. Interventi e costi",
            (
                Tabella(chiave="interventi", titolo="2.1 Interventi", fonte="azioni", modulo=Intervento, cosa="intervento"),
                Prospetto(
                    chiave="costi",
                    titolo="2.2 Costi",
                    fonte="azioni",
                    nome="azioni",
                    totale="Totale",
                    intestazione="Intervento",
                    colonne=(Colonna("costo", "Costo", conti.costo, scrive=COSTI),),
                ),
            ),
        ),
    ),
    significati={"contesto": ("anagrafica", "bisogni")},
    sintesi=Rimandi(finanziatore="Regione Lombardia", descrizione=("anagrafica.bisogni",)),
    disegni={"in_riga": in_riga},
    regole=(regole.limiti_dell_avviso, regole.soggetti_ripetuti, regole.righe_oltre_il_massimo, regole.conferme_mancanti),
)
