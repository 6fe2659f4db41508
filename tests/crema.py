"""The interchange file of Crema, and short names for what the tests change in a copy of it."""

from copy import deepcopy

from conciliazione.demo.carica import CREMA

SOGGETTI = ("comune", "csc", "iride", "koala", "arcobaleno", "ali")
AZIONI = ("formazione", "piattaforma", "global service", "interventi", "spese generali")
ID = {
    **dict(zip(SOGGETTI, (p["id"] for p in CREMA["partecipazioni"]), strict=True)),
    **dict(zip(AZIONI, (a["id"] for a in CREMA["azioni"]), strict=True)),
}


def copia() -> dict:
    return deepcopy(CREMA)


def contenuto() -> dict:
    """As `progetti.contenuto` gives it: the file, and the confirmations that do not travel."""
    return copia() | {"conferme": {}}


def soggetto(dati: dict, nome: str) -> dict:
    return next(p for p in dati["partecipazioni"] if p["id"] == ID[nome])


def azione(dati: dict, nome: str) -> dict:
    return next(a for a in dati["azioni"] if a["id"] == ID[nome])


def costo(dati: dict, nome: str) -> dict:
    return next(c for c in dati["costi"] if c["azione"] == ID[nome])


def cofinanziamento(dati: dict, nome: str, settore: str = "pubblico") -> dict:
    return next(c for c in dati["cofinanziamenti"] if c["azione"] == ID[nome] and c["settore"] == settore)


def risposte(dati: dict, blocco: str, nome: str = "") -> dict:
    return dati["risposte"][blocco][ID.get(nome, "")]


def dichiara(dati: dict, blocco: str, campo: str, testo: str, importo: str | None = None, riga: str = "") -> None:
    """Write a declared cell, new or in place of the one that is there."""
    riga = ID.get(riga, riga)
    dati["dichiarati"] = [c for c in dati["dichiarati"] if (c["blocco"], c["riga"], c["campo"]) != (blocco, riga, campo)]
    dati["dichiarati"].append({"blocco": blocco, "riga": riga, "campo": campo, "testo": testo, "importo": importo})
