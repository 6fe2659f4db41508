"""What a paper scheda declares, against what its own rows give: told where it differs, never mended."""

from collections import defaultdict
from decimal import Decimal

from conciliazione import importi
from conciliazione.importi import scrivi_importo as E
from conciliazione.schede.edizione import Edizione, Prospetto
from conciliazione.schede.lettura import TOTALE
from conciliazione.schede.tipi import Contenuto, Gravita, Luogo, Segnalazione

from .. import conti
from . import dove
from .correzioni import Correzione, con, correzioni


def dichiarati_diversi(edizione: Edizione, contenuto: Contenuto) -> list[Segnalazione]:
    """A printed figure that is not what the rows give. One fact, one segnalazione: the same figure printed in two places
    is one; a figure that is off only because the rows are, and adds up with them as declared, is told with them.
    """
    celle = [_Cella(edizione, contenuto, d) for d in contenuto["dichiarati"] if _e_importo(edizione, d)]
    diverse = [c for c in celle if c.detto is not None and c.scarto]
    righe = [c for c in diverse if c.riga]
    corrette = correzioni(edizione, contenuto)
    come_detto = con(contenuto, corrette)
    conseguenze = [c for c in diverse if not c.riga and (c.torna(come_detto) or _dalle_righe(c, righe, celle))]
    totali: dict[tuple, list[_Cella]] = defaultdict(list)
    for cella in diverse:
        if not cella.riga and cella not in conseguenze:
            totali[cella.colonna, cella.detto].append(cella)
    trovate = [_totale_diverso(edizione, contenuto, gruppo) for gruppo in totali.values()]
    fatti = [c for c in righe if not _senza_costo(edizione, contenuto, c) and not _dalla_riga(c, righe)]
    for c in fatti:
        sue = [k for k in corrette if (k.blocco.chiave, k.riga, k.colonna.chiave) == (c.blocco.chiave, c.riga, c.colonna)]
        mosse = con(contenuto, sue)
        trovate.append(_riga_diversa(c, [t for t in conseguenze if t.colonna == c.colonna or t.cambia(mosse)]))
    for taciuta in (k for k in corrette if k.detto is None):
        mosse = con(contenuto, [taciuta])
        trovate += _non_dichiarata(contenuto, taciuta, [t for t in conseguenze if t.cambia(mosse)])
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


def _senza_costo(edizione: Edizione, contenuto: Contenuto, cella: "_Cella") -> bool:
    """An action without a cost is told as such: its declared cost, and what is left of it, are the same fact. So is a
    project without any.
    """
    if cella.colonna not in ("costo", "contributo") or cella.calcolato is not None:
        return False
    azioni = {a["id"] for a in contenuto["azioni"] if a["genere"] == "azione"}
    return cella.riga in azioni or dove.costo(edizione, contenuto) is None


class _Cella:
    """A declared amount beside the computed one."""

    def __init__(self, edizione: Edizione, contenuto: Contenuto, dichiarato: dict):
        self.blocco: Prospetto = edizione.blocco(dichiarato["blocco"])
        self.riga = "" if dichiarato["riga"] in ("", None, TOTALE) else dichiarato["riga"]
        self.riga_scritta = dichiarato["riga"] or ""
        self.colonna = dichiarato["campo"]
        self.testo = dichiarato["testo"]
        self.detto = None if dichiarato["importo"] is None else Decimal(dichiarato["importo"])
        self.calcolato = self._calcola(contenuto)
        self.nome = _nome(contenuto, self.blocco, self.riga_scritta)

    def _calcola(self, contenuto: Contenuto) -> Decimal | None:
        return self.blocco.colonna(self.colonna).calcola(contenuto, self.riga or None)

    def torna(self, come_detto: Contenuto) -> bool:
        """Whether it is what another content gives."""
        return (self.detto or 0) == (self._calcola(come_detto) or 0)

    def cambia(self, altro: Contenuto) -> bool:
        return (self.calcolato or 0) != (self._calcola(altro) or 0)

    @property
    def etichetta(self) -> str:
        return self.blocco.colonna(self.colonna).etichetta

    @property
    def scarto(self) -> Decimal:
        return (self.detto or Decimal(0)) - (self.calcolato or 0)

    @property
    def luogo(self) -> Luogo:
        return Luogo(self.blocco.chiave, self.riga_scritta, self.colonna, f"{self.nome}: {self.etichetta}")


def _nome(contenuto: Contenuto, blocco: Prospetto, riga: str) -> str:
    """«I. 7.» or «IV. 1.2. (formazione)»; where the form has no numbers, what the block is called."""
    punto = blocco.titolo.split(" - ")[0].strip() if " - " in blocco.titolo else blocco.chiamato
    if riga == TOTALE:
        return f"{punto} (totale)"
    titoli = {r["id"]: blocco.titolo_riga(r) for r in blocco.righe(contenuto)}
    return f"{punto} ({titoli[riga]})" if riga and riga in titoli else punto


def _e_importo(edizione: Edizione, dichiarato: dict) -> bool:
    blocco = edizione.blocco(dichiarato["blocco"])
    if not isinstance(blocco, Prospetto) or not dichiarato["testo"].strip():
        return False
    return blocco.colonna(dichiarato["campo"]).genere == "importo"


REGOLE_DICHIARATI = {"contributo": "declared_contribution_vs_table", "costo": "declared_cost_vs_table"}


def _totale_diverso(edizione: Edizione, contenuto: Contenuto, celle: list[_Cella]) -> Segnalazione:
    prima = celle[0]
    punti = " e ".join(c.nome for c in celle)
    punto = "" if punti == prima.etichetta else f"al punto {punti} "
    messaggio = (
        f"{prima.etichetta}: {punto}è dichiarato {E(prima.detto)}, {_conto(prima)}: "
        f"differenza {E(abs(prima.scarto))}.{_conseguenza(edizione, contenuto, prima)}"
    )
    regola = REGOLE_DICHIARATI.get(prima.colonna, "declared_cofinancing_vs_table")
    return Segnalazione(regola, Gravita.ERRORE, messaggio, tuple(c.luogo for c in celle), _cifre(prima))


def _conseguenza(edizione: Edizione, contenuto: Contenuto, cella: _Cella) -> str:
    """A contribution that is off implies another cofinancing: told here, or it would be a second segnalazione."""
    costo, cofinanziamento = dove.costo(edizione, contenuto), conti.cofinanziamento(contenuto)
    if cella.colonna != "contributo" or costo is None:
        return ""
    return (
        f" Con {E(cella.detto)} il cofinanziamento sarebbe {E(costo - cella.detto)}, "
        f"la tabella ne indica {E(cofinanziamento or Decimal(0))}."
        if cella.detto <= costo
        else f" Il contributo supererebbe il costo totale, {E(costo)}."
    )


def _riga_diversa(cella: _Cella, conseguenze: list[_Cella]) -> Segnalazione:
    messaggio = (
        f"{cella.etichetta}: al punto {cella.nome} è dichiarato {E(cella.detto)}, {_conto(cella)}: "
        f"differenza {E(abs(cella.scarto))}.{_anche(conseguenze)}"
    )
    luoghi = (cella.luogo, *(c.luogo for c in conseguenze))
    return Segnalazione("declared_row_vs_computed", Gravita.ERRORE, messaggio, luoghi, _cifre(cella))


def _anche(conseguenze: list[_Cella]) -> str:
    return f" Lo stesso scarto è al punto {' e '.join(c.nome for c in conseguenze)}." if conseguenze else ""


def _non_dichiarata(contenuto: Contenuto, cella: Correzione, conseguenze: list[_Cella]) -> list[Segnalazione]:
    """An amount that the paper does not have, told when it is what its totals are off by."""
    if not conseguenze:
        return []
    importo, nome = cella.colonna.calcola(contenuto, cella.riga), _nome(contenuto, cella.blocco, cella.riga)
    messaggio = (
        f"{cella.colonna.etichetta}: al punto {nome} la scheda su carta non dichiara niente, qui c'è {E(importo)}: "
        f"differenza {E(importo)}.{_anche(conseguenze)}"
    )
    luogo = Luogo(cella.blocco.chiave, cella.riga, cella.colonna.chiave, f"{nome}: {cella.colonna.etichetta}")
    dati = {"declared": None, "computed": f"{importo:.2f}", "difference": f"{importo:.2f}"}
    luoghi = (luogo, *(c.luogo for c in conseguenze))
    return [Segnalazione("declared_row_vs_computed", Gravita.ERRORE, messaggio, luoghi, dati)]


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
