"""The interchange file of Castellanza, and short names for what the tests change in a copy of it."""

from copy import deepcopy

from progetti.demo.castellanza import CASTELLANZA

SOGGETTI = (
    *("azienda", "marnate", "fagnano", "castellanza", "olgiate", "solbiate", "gorla maggiore", "gorla minore"),
    *("totem", "ccs", "dire fare giocare", "somma", "il seme"),
)
ID = {
    **dict(zip(SOGGETTI, (p["id"] for p in CASTELLANZA["partecipazioni"]), strict=True)),
    **{a["codice"]: a["id"] for a in CASTELLANZA["azioni"]},
}


def contenuto() -> dict:
    """As `archivio.contenuto` gives it: the file, and what does not travel."""
    colonne = {"personale": [], "destinatari": [], "fasi": []}
    return deepcopy(CASTELLANZA) | colonne | {"conferme": {}, "da_rivedere": []}


def soggetto(dati: dict, nome: str) -> dict:
    return next(p for p in dati["partecipazioni"] if p["id"] == ID[nome])


def azione(dati: dict, codice: str) -> dict:
    return next(a for a in dati["azioni"] if a["id"] == ID[codice])


def risposte(dati: dict, blocco: str, codice: str = "") -> dict:
    return dati["risposte"][blocco][ID.get(codice, "")]


def costa(dati: dict, voce: str, importo: str | None) -> None:
    """What a cost item costs; None leaves its cell blank."""
    dati["costi"] = [c for c in dati["costi"] if c["voce"] != voce]
    if importo is not None:
        cella = {"id": f"costo {voce}", "prospetto": "voci", "azione": None, "voce": voce, "partecipazione": None}
        dati["costi"].append(cella | {"importo": importo})


def mette(dati: dict, nome: str, natura: str, importo: str | None) -> None:
    """What an ente puts in; None leaves its cell blank."""
    ente = ID[nome]
    altri = [r for r in dati["cofinanziamenti"] if (r["partecipazione"], r["natura"]) != (ente, natura)]
    if importo is not None:
        cella = {"id": f"{nome} {natura}", "partecipazione": ente, "azione": None, "settore": None, "natura": natura}
        altri.append(cella | {"importo": importo, "atto": None})
    dati["cofinanziamenti"] = altri


def dichiara(dati: dict, blocco: str, campo: str, testo: str, importo: str | None = None, riga: str = "") -> None:
    """Write a declared cell, new or in place of the one that is there."""
    riga = riga if blocco == "voci" else ID.get(riga, riga)
    dati["dichiarati"] = [c for c in dati["dichiarati"] if (c["blocco"], c["riga"], c["campo"]) != (blocco, riga, campo)]
    dati["dichiarati"].append({"blocco": blocco, "riga": riga, "campo": campo, "testo": testo, "importo": importo})
