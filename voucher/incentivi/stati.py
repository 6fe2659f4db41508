"""The states of a firm's request for an incentive, their names, and the table of transitions."""

from django.db import models

from conciliazione.passaggi import Passo, Tabella


class Incentivo(models.TextChoices):
    BOZZA = "bozza", "da completare"
    AVVIATA = "avviata", "sperimentazione in corso"
    PRESENTATA = "presentata", "presentata"
    CONCESSA = "concessa", "concessa"
    RESPINTA = "respinta", "respinta"
    RITIRATA = "ritirata", "ritirata"


RICHIESTA = Tabella(
    chi="La richiesta",
    passi={
        "avvia": Passo("sperimentazione avviata", {Incentivo.BOZZA}, Incentivo.AVVIATA),
        "presenta": Passo("incentivo chiesto", {Incentivo.AVVIATA}, Incentivo.PRESENTATA),
        "concedi": Passo("incentivo concesso", {Incentivo.PRESENTATA}, Incentivo.CONCESSA),
        "respingi": Passo("richiesta respinta", {Incentivo.PRESENTATA}, Incentivo.RESPINTA),
        "ritira": Passo("richiesta ritirata", {Incentivo.BOZZA, Incentivo.AVVIATA, Incentivo.PRESENTATA}, Incentivo.RITIRATA),
    },
)

TONI = {
    Incentivo.BOZZA: "neutro",
    Incentivo.AVVIATA: "informativo",
    Incentivo.PRESENTATA: "attenzione",
    Incentivo.CONCESSA: "positivo",
    Incentivo.RESPINTA: "critico",
    Incentivo.RITIRATA: "neutro",
}
