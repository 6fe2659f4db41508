"""The states of a paper to sign, and what may follow what."""

from conciliazione.passaggi import Passo, Tabella

from ..models import DaFirmare

Stato, NON_FIRMATI, FIRMATI = DaFirmare.Stato, DaFirmare.NON_FIRMATI, DaFirmare.FIRMATI

DOCUMENTO = Tabella(
    chi="Il documento",
    passi={
        "prepara": Passo("preparato"),
        "invia": Passo("inviato", NON_FIRMATI, Stato.INVIATO),
        "consegna_firmato": Passo("consegnato firmato", NON_FIRMATI, Stato.FIRMATO),
        "rimanda_indietro": Passo("rimandato indietro", FIRMATI, Stato.INVIATO),
        "ricevi": Passo("controllato e ricevuto", {Stato.FIRMATO}, Stato.RICEVUTO),
        "annulla": Passo("annullato", NON_FIRMATI | FIRMATI, Stato.ANNULLATO),
    },
)

TONI = {
    Stato.PREPARATO: "neutro",
    Stato.INVIATO: "informativo",
    Stato.FIRMATO: "attenzione",
    Stato.RICEVUTO: "positivo",
    Stato.ANNULLATO: "neutro",
}
