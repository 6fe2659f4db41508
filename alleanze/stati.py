"""The states of what lives in an alleanza, their names, and the tables of their transitions."""

from django.db import models

from conciliazione.passaggi import Passo, Tabella


class Richiesta(models.TextChoices):
    """The states of a request to join."""

    BOZZA = "bozza", "da completare"
    RICHIESTA = "richiesta", "inviata"
    IN_ESAME = "in_esame", "in esame"
    IN_INTEGRAZIONE = "in_integrazione", "in integrazione"
    ACCOLTA = "accolta", "accolta"
    RESPINTA = "respinta", "respinta"
    RITIRATA = "ritirata", "ritirata"


DA_DECIDERE = (Richiesta.RICHIESTA, Richiesta.IN_ESAME)
"""Where it is the turn of who examines."""
DA_SCRIVERE = (Richiesta.BOZZA, Richiesta.IN_INTEGRAZIONE)
"""Where it is the turn of who asks."""
APERTE = (*DA_DECIDERE, Richiesta.IN_INTEGRAZIONE)
"""Sent, and not yet decided."""

RICHIESTA = Tabella(
    chi="La richiesta",
    passi={
        "invia": Passo("richiesta inviata", {Richiesta.BOZZA}, Richiesta.RICHIESTA),
        "prendi_in_esame": Passo("presa in esame", {Richiesta.RICHIESTA}, Richiesta.IN_ESAME),
        "chiedi_integrazione": Passo("chieste integrazioni", {Richiesta.IN_ESAME}, Richiesta.IN_INTEGRAZIONE),
        "ripresenta": Passo("integrata e inviata di nuovo", {Richiesta.IN_INTEGRAZIONE}, Richiesta.IN_ESAME),
        "riprendi": Passo("esame ripreso", {Richiesta.IN_INTEGRAZIONE}, Richiesta.IN_ESAME),
        "accogli": Passo("richiesta accolta", DA_DECIDERE, Richiesta.ACCOLTA),
        "respingi": Passo("richiesta respinta", DA_DECIDERE, Richiesta.RESPINTA),
        "ritira": Passo("richiesta ritirata", {Richiesta.BOZZA, *APERTE}, Richiesta.RITIRATA),
        "ricevi_originale": Passo("originale della scheda partnership", set(Richiesta)),
    },
)

TONI_RICHIESTA = {
    Richiesta.BOZZA: "neutro",
    Richiesta.RICHIESTA: "attenzione",
    Richiesta.IN_ESAME: "informativo",
    Richiesta.IN_INTEGRAZIONE: "attenzione",
    Richiesta.ACCOLTA: "positivo",
    Richiesta.RESPINTA: "critico",
    Richiesta.RITIRATA: "neutro",
}


class Domande(models.TextChoices):
    """The states of a question at the sportello."""

    APERTO = "aperto", "da assegnare"
    ASSEGNATO = "assegnato", "assegnato"
    RISPOSTO = "risposto", "risposto"
    RITIRATO = "ritirato", "ritirato"


APERTI = (Domande.APERTO, Domande.ASSEGNATO)
"""Where the clock runs."""

QUESITO = Tabella(
    chi="La domanda",
    passi={
        "chiedi": Passo("domanda fatta"),
        "assegna": Passo("assegnata a {motivo}", APERTI, Domande.ASSEGNATO),
        "rispondi": Passo("risposta data", APERTI, Domande.RISPOSTO),
        "correggi_la_risposta": Passo("risposta corretta", {Domande.RISPOSTO}),
        "ritira": Passo("domanda ritirata", APERTI, Domande.RITIRATO),
        "pubblica": Passo("pubblicata tra le domande frequenti", {Domande.RISPOSTO}),
        "correggi_la_pubblicazione": Passo("cambiate le parole pubblicate", {Domande.RISPOSTO}),
        "ritira_la_pubblicazione": Passo("tolta dalle domande frequenti", {Domande.RISPOSTO}),
    },
)

TONI_QUESITO = {
    Domande.APERTO: "attenzione",
    Domande.ASSEGNATO: "informativo",
    Domande.RISPOSTO: "positivo",
    Domande.RITIRATO: "neutro",
}

ENTE = Tabella(
    chi="L'ente",
    passi={
        "registra": Passo("ente registrato"),
        "nomina": Passo("entra in carica: {motivo}"),
        "cessa": Passo("cessa dalla carica: {motivo}"),
    },
)
"""It has no states: what is told of it is who entered it, and who came into office and left it."""

ADESIONE = Tabella(chi="L'adesione", passi={"recedi": Passo("recesso: {motivo}")})
"""It has no states either: it has its days."""
