"""The states of what lives in an alleanza, their names, and the tables of their transitions."""

from django.db import models


class Richiesta(models.TextChoices):
    """Of a request to join."""

    BOZZA = "bozza", "da completare"
    RICHIESTA = "richiesta", "richiesta"
    IN_ESAME = "in_esame", "in esame"
    ACCOLTA = "accolta", "accolta"
    RESPINTA = "respinta", "respinta"
    RITIRATA = "ritirata", "ritirata"


APERTE = (Richiesta.RICHIESTA, Richiesta.IN_ESAME)
"""Where somebody has still to decide."""

TRANSIZIONI_RICHIESTA = {  # azione: (da, a)
    "invia": ({Richiesta.BOZZA}, Richiesta.RICHIESTA),
    "prendi_in_esame": ({Richiesta.RICHIESTA}, Richiesta.IN_ESAME),
    "accogli": ({Richiesta.RICHIESTA, Richiesta.IN_ESAME}, Richiesta.ACCOLTA),
    "respingi": ({Richiesta.RICHIESTA, Richiesta.IN_ESAME}, Richiesta.RESPINTA),
    "ritira": ({Richiesta.BOZZA, Richiesta.RICHIESTA, Richiesta.IN_ESAME}, Richiesta.RITIRATA),
}

AVVENUTE_RICHIESTA = {
    "invia": "richiesta inviata",
    "prendi_in_esame": "presa in esame",
    "accogli": "richiesta accolta",
    "respingi": "richiesta respinta",
    "ritira": "richiesta ritirata",
    "ricevi_originale": "originale della scheda partnership",
}
"""The same actions as things that happened."""

TONI_RICHIESTA = {
    Richiesta.BOZZA: "neutro",
    Richiesta.RICHIESTA: "attenzione",
    Richiesta.IN_ESAME: "informativo",
    Richiesta.ACCOLTA: "positivo",
    Richiesta.RESPINTA: "critico",
    Richiesta.RITIRATA: "neutro",
}


class Domande(models.TextChoices):
    """Of a question at the sportello."""

    APERTO = "aperto", "da assegnare"
    ASSEGNATO = "assegnato", "assegnato"
    RISPOSTO = "risposto", "risposto"
    RITIRATO = "ritirato", "ritirato"


APERTI = (Domande.APERTO, Domande.ASSEGNATO)
"""Where the clock runs."""

TRANSIZIONI_QUESITO = {
    "assegna": ({Domande.APERTO, Domande.ASSEGNATO}, Domande.ASSEGNATO),
    "rispondi": ({Domande.APERTO, Domande.ASSEGNATO}, Domande.RISPOSTO),
    "ritira": ({Domande.APERTO, Domande.ASSEGNATO}, Domande.RITIRATO),
}

AVVENUTE_QUESITO = {
    "chiedi": "domanda fatta",
    "assegna": "assegnata a",
    "rispondi": "risposta data",
    "ritira": "domanda ritirata",
    "pubblica": "pubblicata tra le domande frequenti",
    "correggi_la_pubblicazione": "cambiate le parole pubblicate",
    "ritira_la_pubblicazione": "tolta dalle domande frequenti",
}
"""What was done to a question, as things that happened."""

TONI_QUESITO = {
    Domande.APERTO: "attenzione",
    Domande.ASSEGNATO: "informativo",
    Domande.RISPOSTO: "positivo",
    Domande.RITIRATO: "neutro",
}
