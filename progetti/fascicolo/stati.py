"""The states of a paper to sign, and what may follow what."""

from ..models import DaFirmare

Stato = DaFirmare.Stato

TRANSIZIONI = {  # azione: (da, a)
    "invia": ({Stato.PREPARATO, Stato.INVIATO}, Stato.INVIATO),
    "consegna_firmato": ({Stato.PREPARATO, Stato.INVIATO}, Stato.FIRMATO),
    "rimanda_indietro": ({Stato.FIRMATO, Stato.RICEVUTO}, Stato.INVIATO),
    "ricevi": ({Stato.FIRMATO}, Stato.RICEVUTO),
    "annulla": ({Stato.PREPARATO, Stato.INVIATO, Stato.FIRMATO, Stato.RICEVUTO}, Stato.ANNULLATO),
}
AVVENUTE = {
    "prepara": "preparato",
    "invia": "inviato",
    "consegna_firmato": "consegnato firmato",
    "rimanda_indietro": "rimandato indietro",
    "ricevi": "controllato e ricevuto",
    "annulla": "annullato",
}
"""The same actions as things that happened."""

NON_FIRMATI = {Stato.PREPARATO, Stato.INVIATO}
FIRMATI = {Stato.FIRMATO, Stato.RICEVUTO}
TONI = {
    Stato.PREPARATO: "neutro",
    Stato.INVIATO: "informativo",
    Stato.FIRMATO: "attenzione",
    Stato.RICEVUTO: "positivo",
    Stato.ANNULLATO: "neutro",
}
