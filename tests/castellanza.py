"""The interchange file of Castellanza, and short names for what the tests change in a copy of it."""

import json
import uuid
from copy import deepcopy

from conciliazione.demo.castellanza import CASTELLANZA
from progetti import interscambio
from progetti.contenuto import avviso_di
from progetti.models import Avviso, Progetto

SOGGETTI = (
    *("azienda", "marnate", "fagnano", "castellanza", "olgiate", "solbiate", "gorla maggiore", "gorla minore"),
    *("totem", "ccs", "dire fare giocare", "somma", "il seme"),
)
ID = {
    **dict(zip(SOGGETTI, (p["id"] for p in CASTELLANZA["partecipazioni"]), strict=True)),
    **{a["codice"]: a["id"] for a in CASTELLANZA["azioni"]},
}


def contenuto() -> dict:
    """As `progetti.contenuto` gives it: the file, and what does not travel."""
    colonne = {"personale": [], "destinatari": [], "fasi": []}
    return deepcopy(CASTELLANZA) | colonne | {"conferme": {}, "da_rivedere": []}


def bozza() -> Progetto:
    """The same scheda as one being filled in the portal, in the open call: other rows, nothing declared. Made once."""
    testo = json.dumps(CASTELLANZA)
    for fonte in ("partecipazioni", "referenti", "azioni", "indicatori", "costi", "cofinanziamenti"):
        for riga in CASTELLANZA[fonte]:
            testo = testo.replace(riga["id"], _altro(riga["id"]))
    aperto = Avviso.objects.get(codice="ptc-2017-dimostrativo")
    avviso = avviso_di(aperto, aperto.moduli.get().parametri)
    dati = json.loads(testo) | {"avviso": avviso, "dichiarati": []}
    dati["progetto"] |= {"id": _altro(dati["progetto"]["id"]), "origine": "portale", "titolo": "Bozza di Castellanza"}
    return interscambio.importa(dati)[0]


def _altro(id_: str) -> str:
    return str(uuid.uuid5(uuid.UUID(id_), "bozza"))


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
