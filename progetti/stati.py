"""The states of a progetto, their names for each audience, and the table of what may follow what."""

from django.db import models

from conciliazione.passaggi import FINE, Passo, Tabella


class Stato(models.TextChoices):
    """As the life cycle of the calls goes; of the later ones only the names are here."""

    BOZZA = "bozza", "in compilazione"
    PRESENTATO = "presentato", "presentato"
    IN_ISTRUTTORIA = "in_istruttoria", "in istruttoria"
    IN_INTEGRAZIONE = "in_integrazione", "in integrazione"
    RIPRESENTATO = "ripresentato", "ripresentato"
    AMMESSO = "ammesso", "ammesso"
    AMMESSO_CON_RIMODULAZIONE = "ammesso_con_rimodulazione", "ammesso con rimodulazione"
    NON_AMMESSO = "non_ammesso", "non ammesso"
    FINANZIATO = "finanziato", "finanziato"
    AVVIATO = "avviato", "avviato"
    CONCLUSO = "concluso", "concluso"
    CHIUSO = "chiuso", "chiuso"
    RITIRATO = "ritirato", "ritirato"
    RINUNCIATO = "rinunciato", "rinunciato"
    REVOCATO = "revocato", "revocato"
    DECADUTO = "decaduto", "decaduto"


PER_ATS = {Stato.PRESENTATO: "da istruire"}
"""What the reviewer reads where it is not what the applicant reads."""

TONI = {Stato.BOZZA: "neutro", Stato.PRESENTATO: "informativo", Stato.RITIRATO: "attenzione"}

MODIFICABILI = {Stato.BOZZA, Stato.IN_INTEGRAZIONE}
"""Where the live scheda may be written."""

PRESENTATI = set(Stato) - {Stato.BOZZA, Stato.RITIRATO}
"""Where the ATS and the Regione see the project."""

APPROVATI = (
    Stato.AMMESSO,
    Stato.AMMESSO_CON_RIMODULAZIONE,
    Stato.FINANZIATO,
    Stato.AVVIATO,
    Stato.CONCLUSO,
    Stato.CHIUSO,
)
"""Where anyone may be told of a project: the act that approves it is public (d.lgs. 33/2013, artt. 26 and 27)."""

GIA_PRESENTATA = "La scheda è stata presentata: l'ATS ne legge le versioni, non c'è più una bozza da prestare."

PROGETTO = Tabella(
    chi="Il progetto",
    passi={
        "presenta": Passo("scheda presentata", {Stato.BOZZA}, Stato.PRESENTATO),
        "registra_presentata_altrove": Passo("registrata la presentazione fatta altrove", {Stato.BOZZA}, Stato.PRESENTATO),
        "acquisisci_da_carta": Passo("scheda acquisita da carta", {Stato.BOZZA}, Stato.PRESENTATO),
        "riapri": Passo("presentazione ritirata", {Stato.PRESENTATO}, Stato.BOZZA),
        "elimina": Passo("scheda eliminata", {Stato.BOZZA}, FINE),
        "presta": Passo("bozza prestata", MODIFICABILI, altrimenti=GIA_PRESENTATA),
        "riprendi": Passo("bozza ripresa", MODIFICABILI, altrimenti=GIA_PRESENTATA),
        "copiata_da_un_progetto_precedente": Passo("copiata da un progetto precedente", {Stato.BOZZA}),
    },
    nomi={"ATS": PER_ATS},
)


def nome_per(stato: str, *, ats: bool = False) -> str:
    """Return the name of a state, as the capofila or as the ATS reads it."""
    return (PER_ATS.get(Stato(stato)) if ats else None) or Stato(stato).label
