"""The content as a paper declares it: typed amounts replaced by those that are printed in their cells.

It tells a wrong figure from its consequences: what adds up with the declared rows is not another fact.
"""

from dataclasses import dataclass
from decimal import Decimal
from typing import cast

from conciliazione.schede.contenuto import CellaDichiarata, Contenuto, righe_di
from conciliazione.schede.edizione import COSTI, Colonna, Edizione
from conciliazione.schede.lettura import TOTALE
from conciliazione.schede.prospetto import Prospetto, prospetti


@dataclass(frozen=True)
class Correzione:
    """A typed cell that the paper has otherwise; a cell that the paper leaves blank is None."""

    blocco: Prospetto
    colonna: Colonna
    riga: str
    detto: Decimal | None


def correzioni(edizione: Edizione, contenuto: Contenuto) -> list[Correzione]:
    """Every typed cell that is not as declared. Of a column of which nothing is declared nothing is known."""
    detti = {(d["blocco"], d["riga"] or "", d["campo"]): d for d in contenuto["dichiarati"] if d["testo"].strip()}
    trovate = []
    for blocco in (b for b in prospetti(edizione) if b.fonte):
        ids = [r["id"] for r in blocco.righe(contenuto)]
        for colonna in (c for c in blocco.colonne if c.scrivibile):
            dette = {riga: detti[b, riga, c] for b, riga, c in detti if (b, c) == (blocco.chiave, colonna.chiave)}
            dette.pop(TOTALE, None)
            if dette:
                trovate += [_correzione(blocco, colonna, riga, dette.get(riga)) for riga in ids]
    return [c for c in trovate if c and (c.detto or 0) != (c.colonna.calcola(contenuto, c.riga) or 0)]


def _correzione(blocco: Prospetto, colonna: Colonna, riga: str, dichiarato: CellaDichiarata | None) -> Correzione | None:
    """None for a text that says no amount."""
    if dichiarato is None:
        return Correzione(blocco, colonna, riga, None)
    importo = dichiarato["importo"]
    return None if importo is None else Correzione(blocco, colonna, riga, Decimal(importo))


def con(contenuto: Contenuto, fatte: list[Correzione]) -> Contenuto:
    """The content with these cells as declared."""
    for c in fatte:
        tabella = "costi" if c.colonna.scrive == COSTI else "cofinanziamenti"
        cella = {c.blocco.coordinata: c.riga} | c.colonna.cella | ({"prospetto": c.blocco.nome} if c.blocco.nome else {})
        altre = [r for r in righe_di(contenuto, tabella) if any(r.get(k) != v for k, v in cella.items())]
        nuova = {"azione": None, "voce": None, "partecipazione": None, "settore": None, "natura": None, "atto": None} | cella
        righe = altre if c.detto is None else [*altre, nuova | {"importo": f"{c.detto:.2f}"}]
        contenuto = cast(Contenuto, {**contenuto, tabella: righe})
    return contenuto
