"""What a paper scheda declares, against what its own rows give: told where it differs, never mended."""

from collections import defaultdict
from decimal import Decimal

from conciliazione import importi
from conciliazione.importi import scrivi_importo as E
from conciliazione.schede.edizione import Edizione, Prospetto
from conciliazione.schede.lettura import TOTALE
from conciliazione.schede.tipi import Contenuto, Gravita, Luogo, Segnalazione

from .. import conti


def dichiarati_diversi(edizione: Edizione, contenuto: Contenuto) -> list[Segnalazione]:
    """A printed figure that is not what the rows give. One fact, one segnalazione: the same figure printed in two places
    is one; a total that is off only because its rows are is told with them, and so is the contribution of a row whose
    cost or cofinancing is off by as much.
    """
    celle = [_Cella(edizione, contenuto, d) for d in contenuto["dichiarati"] if _e_importo(edizione, d)]
    diverse = [c for c in celle if c.detto is not None and c.scarto]
    righe = [c for c in diverse if c.riga]
    conseguenze = [c for c in diverse if not c.riga and _dalle_righe(c, righe, celle)]
    totali: dict[tuple, list[_Cella]] = defaultdict(list)
    for cella in diverse:
        if not cella.riga and cella not in conseguenze:
            totali[cella.colonna, cella.detto].append(cella)
    trovate = [_totale_diverso(contenuto, gruppo) for gruppo in totali.values()]
    fatti = [c for c in righe if not _senza_costo(contenuto, c) and not _dalla_riga(c, righe)]
    trovate += [_riga_diversa(c, [t for t in conseguenze if t.colonna == c.colonna]) for c in fatti]
    return trovate + [_illeggibile(c) for c in celle if c.detto is None]


def _dalle_righe(totale: "_Cella", righe: list["_Cella"], celle: list["_Cella"]) -> bool:
    """Whether a total is off by as much as the rows of its column are. A figure printed elsewhere (I.6, I.7) must also
    be the one that the table has for its total: where the two disagree, that is a fact of its own.
    """
    if totale.scarto != sum((c.scarto for c in righe if c.colonna == totale.colonna), Decimal(0)):
        return False
    della_tabella = [c.detto for c in celle if c.riga_scritta == TOTALE and c.colonna == totale.colonna]
    return totale.riga_scritta == TOTALE or della_tabella in ([], [totale.detto])


def _dalla_riga(cella: "_Cella", righe: list["_Cella"]) -> bool:
    """Whether a contribution is off by as much as the cost and the cofinancing of its row are: as declared, it adds up."""
    altre = {c.colonna: c.scarto for c in righe if c.riga == cella.riga and c.colonna != "contributo"}
    return cella.colonna == "contributo" and cella.scarto == altre.pop("costo", 0) - sum(altre.values())


def _senza_costo(contenuto: Contenuto, cella: "_Cella") -> bool:
    """An action without a cost is told as such: its declared cost, and what is left of it, are the same fact."""
    azione = next(a for a in contenuto["azioni"] if a["id"] == cella.riga)
    blank = cella.colonna in ("costo", "contributo") and cella.calcolato is None
    return blank and azione["genere"] == "azione"


class _Cella:
    """A declared amount beside the computed one."""

    def __init__(self, edizione: Edizione, contenuto: Contenuto, dichiarato: dict):
        self.blocco: Prospetto = edizione.blocco(dichiarato["blocco"])
        self.riga = "" if dichiarato["riga"] in ("", None, TOTALE) else dichiarato["riga"]
        self.riga_scritta = dichiarato["riga"] or ""
        self.colonna = dichiarato["campo"]
        self.testo = dichiarato["testo"]
        self.detto = None if dichiarato["importo"] is None else Decimal(dichiarato["importo"])
        self.calcolato = self.blocco.colonna(self.colonna).calcola(contenuto, self.riga or None)
        self.nome = self._nome(contenuto)

    def _nome(self, contenuto: Contenuto) -> str:
        """«I. 7.» or «IV. 1.2., formazione»."""
        punto = self.blocco.titolo.split(" - ")[0].strip()
        if self.riga_scritta == TOTALE:
            return f"{punto} (totale)"
        titoli = {r["id"]: self.blocco.titolo_riga(r) for r in self.blocco.righe(contenuto)}
        return f"{punto} ({titoli[self.riga]})" if self.riga in titoli and self.riga else punto

    @property
    def etichetta(self) -> str:
        return self.blocco.colonna(self.colonna).etichetta

    @property
    def scarto(self) -> Decimal:
        return (self.detto or Decimal(0)) - (self.calcolato or 0)

    @property
    def luogo(self) -> Luogo:
        return Luogo(self.blocco.chiave, self.riga_scritta, self.colonna, f"{self.nome}: {self.etichetta}")


def _e_importo(edizione: Edizione, dichiarato: dict) -> bool:
    blocco = edizione.blocco(dichiarato["blocco"])
    return isinstance(blocco, Prospetto) and bool(dichiarato["testo"].strip())


REGOLE_DICHIARATI = {"contributo": "declared_contribution_vs_table", "costo": "declared_cost_vs_table"}


def _totale_diverso(contenuto: Contenuto, celle: list[_Cella]) -> Segnalazione:
    prima = celle[0]
    dove = " e ".join(c.nome for c in celle)
    messaggio = (
        f"{prima.etichetta}: al punto {dove} è dichiarato {E(prima.detto)}, {_conto(prima)}: "
        f"differenza {E(abs(prima.scarto))}.{_conseguenza(contenuto, prima)}"
    )
    regola = REGOLE_DICHIARATI.get(prima.colonna, "declared_cofinancing_vs_table")
    return Segnalazione(regola, Gravita.ERRORE, messaggio, tuple(c.luogo for c in celle), _cifre(prima))


def _conseguenza(contenuto: Contenuto, cella: _Cella) -> str:
    """A contribution that is off implies another cofinancing: told here, or it would be a second segnalazione."""
    costo, cofinanziamento = conti.costo(contenuto), conti.cofinanziamento(contenuto)
    if cella.colonna != "contributo" or costo is None:
        return ""
    return (
        f" Con {E(cella.detto)} il cofinanziamento sarebbe {E(costo - cella.detto)}, "
        f"la tabella ne indica {E(cofinanziamento or Decimal(0))}."
        if cella.detto <= costo
        else f" Il contributo supererebbe il costo totale, {E(costo)}."
    )


def _riga_diversa(cella: _Cella, conseguenze: list[_Cella]) -> Segnalazione:
    anche = f" Lo stesso scarto è al punto {' e '.join(c.nome for c in conseguenze)}." if conseguenze else ""
    messaggio = (
        f"{cella.etichetta}: al punto {cella.nome} è dichiarato {E(cella.detto)}, {_conto(cella)}: "
        f"differenza {E(abs(cella.scarto))}.{anche}"
    )
    luoghi = (cella.luogo, *(c.luogo for c in conseguenze))
    return Segnalazione("declared_row_vs_computed", Gravita.ERRORE, messaggio, luoghi, _cifre(cella))


def _illeggibile(cella: _Cella) -> Segnalazione:
    """The text as it was written, and the amount that was probably meant."""
    try:
        importi.leggi_importo(cella.testo)
        perche = f"«{cella.testo}» non è stato letto come importo."
    except importi.ImportoNonLeggibile as errore:
        perche = str(errore)
    messaggio = f"{cella.etichetta}: al punto {cella.nome} {perche}"
    return Segnalazione("declared_unreadable", Gravita.AVVISO, messaggio, (cella.luogo,))


def _conto(cella: _Cella) -> str:
    if cella.calcolato is None:
        return "nella tabella la cella è vuota"
    return f"{'i conti della riga danno' if cella.riga else 'la somma della tabella dà'} {E(cella.calcolato)}"


def _cifre(cella: _Cella) -> dict:
    """A blank is null, not zero."""
    calcolato = None if cella.calcolato is None else f"{cella.calcolato:.2f}"
    return {"declared": f"{cella.detto:.2f}", "computed": calcolato, "difference": f"{abs(cella.scarto):.2f}"}
