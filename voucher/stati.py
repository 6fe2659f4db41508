"""The states of a firm's request for an incentive, their names, and the table of transitions."""

from django.db import models


class Incentivo(models.TextChoices):
    BOZZA = "bozza", "da completare"
    AVVIATA = "avviata", "sperimentazione in corso"
    PRESENTATA = "presentata", "presentata"
    CONCESSA = "concessa", "concessa"
    RESPINTA = "respinta", "respinta"
    RITIRATA = "ritirata", "ritirata"


TRANSIZIONI = {  # azione: (da, a)
    "avvia": ({Incentivo.BOZZA}, Incentivo.AVVIATA),
    "presenta": ({Incentivo.AVVIATA}, Incentivo.PRESENTATA),
    "concedi": ({Incentivo.PRESENTATA}, Incentivo.CONCESSA),
    "respingi": ({Incentivo.PRESENTATA}, Incentivo.RESPINTA),
    "ritira": ({Incentivo.BOZZA, Incentivo.AVVIATA, Incentivo.PRESENTATA}, Incentivo.RITIRATA),
}

AVVENUTE = {
    "avvia": "sperimentazione avviata",
    "presenta": "incentivo chiesto",
    "concedi": "incentivo concesso",
    "respingi": "richiesta respinta",
    "ritira": "richiesta ritirata",
}
"""The same actions as things that happened."""

TONI = {
    Incentivo.BOZZA: "neutro",
    Incentivo.AVVIATA: "informativo",
    Incentivo.PRESENTATA: "attenzione",
    Incentivo.CONCESSA: "positivo",
    Incentivo.RESPINTA: "critico",
    Incentivo.RITIRATA: "neutro",
}
