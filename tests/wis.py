"""The interchange file of WIS (2022), and short names for what the tests change in a copy of it."""

from copy import deepcopy

from conciliazione.demo.wis import WIS

SOGGETTI = ("irene", "citta", "fedeli", "mep", "cinemino", "cgil", "cisl", "uil")
ID = {
    **dict(zip(SOGGETTI, (p["id"] for p in WIS["partecipazioni"]), strict=True)),
    **{a["codice"]: a["id"] for a in WIS["azioni"]},
}


def copia() -> dict:
    return deepcopy(WIS)


def contenuto() -> dict:
    """As `progetti.contenuto` gives it."""
    return copia() | {"conferme": {}}


def soggetto(dati: dict, nome: str) -> dict:
    return next(p for p in dati["partecipazioni"] if p["id"] == ID[nome])


def azione(dati: dict, codice: str) -> dict:
    return next(a for a in dati["azioni"] if a["id"] == ID[codice])


def fase(dati: dict, numero: int) -> dict:
    return dati["fasi"][numero - 1]


def voce(dati: dict, codice: str) -> dict:
    return next(c for c in dati["costi"] if c["voce"] == codice and c["prospetto"] == "voci")


def budget(dati: dict, codice: str) -> dict:
    return next(c for c in dati["costi"] if c["azione"] == ID[codice])


def cofinanziamento(dati: dict) -> dict:
    (riga,) = dati["cofinanziamenti"]
    return riga


def beni(dati: dict, importo: str) -> None:
    dati["costi"].append({"prospetto": "beni", "azione": None, "voce": "B", "partecipazione": None, "importo": importo})


def risposte(dati: dict, blocco: str, riga: str = "") -> dict:
    return dati["risposte"][blocco][ID.get(riga, riga)]


def senza_dichiarati(dati: dict) -> None:
    """The figures as if they had been typed in the portal; names stay as the paper has them."""
    dati["dichiarati"] = [d for d in dati["dichiarati"] if d["campo"] == "denominazione"]
