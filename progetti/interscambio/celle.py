"""What is wrong with the cells of a file: amounts of cost, answers, and what a paper declares."""

from collections.abc import Iterator

from conciliazione.schede.edizione import COFINANZIAMENTI, Blocco, Edizione
from conciliazione.schede.lettura import TOTALE, importo_detto
from conciliazione.schede.prospetto import Prospetto, prospetti

from ..contenuto import COLONNE, COLONNE_PROGETTO, COSTO
from .documento import OGGETTO, TIPI, Errore, blocco_di, chiavi, id_di, id_unici, passo

CELLA = ("blocco", "riga", "campo", "testo", "importo")
COORDINATE = ("partecipazione", "azione", "settore", "natura")
"""What tells an amount of cofinancing from another."""
COORDINATE_DEI_COSTI = ("azione", "partecipazione", "voce")
"""The coordinate by which a cost is in a row of each kind of prospetto."""


def costi(edizione: Edizione, dati: dict) -> Iterator[Errore]:
    per_nome = {b.nome: b for b in prospetti(edizione) if b.nome}
    celle: list[tuple] = []
    yield from id_unici("costi", dati["costi"])
    for posto, costo in enumerate(dati["costi"]):
        percorso = f"$.costi[{posto}]"
        yield from chiavi(percorso, costo, ("id", *COSTO), obbligatorie=("id", "prospetto", "importo"))
        if costo.get("importo") is None or TIPI["importo"].rifiuta(costo["importo"]):
            yield f"{percorso}.importo", 'qui va un importo scritto così: "2000.00"'
        if costo.get("prospetto") not in list(per_nome):
            yield f"{percorso}.prospetto", f"qui va una di queste: {', '.join(per_nome)}"
        else:
            yield from _coordinate(edizione, per_nome[costo["prospetto"]], percorso, costo, dati)
        cella = tuple(costo.get(c) or None for c in COSTO[:4])
        if cella in celle:
            yield percorso, "questa cella ha già un importo"
        celle.append(cella)


def _coordinate(edizione: Edizione, blocco: Prospetto, percorso: str, costo: dict, dati: dict) -> Iterator[Errore]:
    """A cost is in a row of its prospetto and in no other: else it would be in the total and in no row."""
    sua = blocco.coordinata
    if costo.get(sua) in (None, ""):
        yield f"{percorso}.{sua}", f"di quale {sua} è il costo? Qui va l'id di una riga di {blocco.fonte}"
    elif costo[sua] not in id_di(edizione, blocco, dati):
        yield f"{percorso}.{sua}", f"nessuna riga di {blocco.fonte} ha questo id"
    for colonna in COORDINATE_DEI_COSTI:
        if colonna != sua and costo.get(colonna) not in (None, ""):
            yield f"{percorso}.{colonna}", f"il prospetto «{blocco.nome}» ha i costi per {sua} soltanto: qui va null"


def cofinanziamenti(edizione: Edizione, dati: dict) -> Iterator[Errore]:
    """Yield the rows of cofinancing that are two in one cell, where the form has a cell for each amount."""
    colonne = [(b.coordinata, c.cella) for b in prospetti(edizione) for c in b.colonne if c.scrive == COFINANZIAMENTI]
    viste: list[tuple] = []
    for posto, riga in enumerate(dati["cofinanziamenti"]):
        for sua, cella in colonne:
            detta = {c: riga.get(c) for c in COORDINATE if riga.get(c) not in (None, "")}
            if detta != {sua: riga.get(sua)} | cella:
                continue
            if (sua, riga.get(sua), cella) in viste:
                yield f"$.cofinanziamenti[{posto}]", "questa cella ha già un importo: somma i due in uno"
            viste.append((sua, riga.get(sua), cella))


def risposte(edizione: Edizione, dati: dict) -> Iterator[Errore]:
    for chiave, righe in dati["risposte"].items():
        percorso = passo("$.risposte", chiave)
        blocco = blocco_di(edizione, chiave)
        if blocco is None:
            yield percorso, f"l'edizione {edizione.codice} non ha questo blocco"
        elif not isinstance(righe, dict):
            yield percorso, OGGETTO
        else:
            yield from _risposte_del_blocco(blocco, percorso, righe, id_di(edizione, blocco, dati))


def _risposte_del_blocco(blocco: Blocco, percorso: str, righe: dict, ids: list) -> Iterator[Errore]:
    for riga, risposte in righe.items():
        dove = passo(percorso, riga)
        if riga not in ids:
            yield dove, "nessuna riga ha questo id" if blocco.fonte else 'questo blocco ha una riga sola: ""'
        elif not isinstance(risposte, dict):
            yield dove, OGGETTO
        else:
            for nome, valore in risposte.items():
                yield from _risposta(blocco, dove, nome, valore)


def _risposta(blocco: Blocco, percorso: str, nome: str, valore) -> Iterator[Errore]:
    note = blocco.campi() if blocco.risponde else {}
    if nome in COLONNE.get(blocco.fonte, COLONNE_PROGETTO):
        yield passo(percorso, nome), f"questo valore va in $.{blocco.fonte or 'progetto'}"
    elif nome not in note:
        yield passo(percorso, nome), "questo blocco non ha questa risposta"
    elif motivo := note[nome].rifiuta(valore):
        yield passo(percorso, nome), motivo


def dichiarati(edizione: Edizione, dati: dict) -> Iterator[Errore]:
    celle: list[tuple] = []
    for posto, cella in enumerate(dati["dichiarati"]):
        percorso = f"$.dichiarati[{posto}]"
        yield from chiavi(percorso, cella, CELLA, obbligatorie=("blocco", "campo", "testo"))
        yield from _cella(edizione, percorso, cella, dati)
        nome = (cella.get("blocco"), cella.get("riga") or "", cella.get("campo"))
        if nome in celle:
            yield percorso, "questa cella è già dichiarata"
        celle.append(nome)


def _cella(edizione: Edizione, percorso: str, cella: dict, dati: dict) -> Iterator[Errore]:
    blocco = blocco_di(edizione, cella.get("blocco"))
    if blocco is None:
        yield f"{percorso}.blocco", f"l'edizione {edizione.codice} non ha questo blocco"
        return
    nomi = list(blocco.caselle)
    if cella.get("campo") not in nomi:
        yield f"{percorso}.campo", f"il blocco {blocco.chiave} ha: {', '.join(nomi)}"
    totale = [TOTALE] if blocco.totale else []
    riga = "" if cella.get("riga") is None else cella["riga"]
    if riga not in id_di(edizione, blocco, dati) + totale:
        yield f"{percorso}.riga", "nessuna riga ha questo id" + (f" (per il totale: «{TOTALE}»)" if totale else "")
    if not isinstance(cella.get("testo"), str):
        yield f"{percorso}.testo", "qui va il testo della cella com'è scritto"
    elif cella.get("importo") is not None and cella["importo"] != importo_di(cella, blocco):
        letto = importo_di(cella, blocco) or "come nessun importo"
        yield f"{percorso}.importo", f"il testo «{cella['testo'][:60]}» si legge {letto}"


def importo_di(cella: dict, blocco: Blocco) -> str | None:
    """Return the amount that the text of a declared cell says, where the cell is one of money."""
    di_denaro = [c.chiave for c in blocco.colonne if c.genere == "importo"]
    if cella["campo"] not in di_denaro:
        return None
    importo = importo_detto(cella["testo"])
    return None if importo is None else f"{importo:.2f}"
