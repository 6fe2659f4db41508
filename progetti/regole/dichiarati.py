"""What a paper scheda declares, against what its own rows give: told where it differs, never mended."""

from collections import defaultdict
from decimal import Decimal
from typing import Any, cast

from conciliazione.italiano import importi
from conciliazione.italiano.importi import scrivi_importo as E
from conciliazione.schede.contenuto import CellaDichiarata, Contenuto
from conciliazione.schede.edizione import Edizione
from conciliazione.schede.lettura import TOTALE
from conciliazione.schede.prospetto import Prospetto, di_denaro
from conciliazione.schede.tipi import Gravita, Luogo, Segnalazione

from ..contenuto import conti
from . import dove
from .correzioni import Correzione, con, correzioni


def dichiarati_diversi(edizione: Edizione, contenuto: Contenuto) -> list[Segnalazione]:
    """A printed figure that is not what the rows give. One fact, one segnalazione: the same figure printed in two places
    is one; a figure that is off only because the rows are, and adds up with them as declared, is told with them.
    """
    celle = [_Cella(edizione, contenuto, d) for d in contenuto["dichiarati"] if _e_importo(edizione, d)]
    diverse = [c for c in celle if c.detto is not None and c.scarto]
    righe = [c for c in diverse if c.riga] + _taciute(edizione, contenuto, celle)
    corrette = correzioni(edizione, contenuto)
    come_detto = con(contenuto, corrette)
    conseguenze = [c for c in diverse if not c.riga and (c.torna(come_detto) or _dalle_righe(c, righe, celle))]
    soli = [c for c in diverse if not c.riga and c not in conseguenze]
    guidano, seguono = _stesso_cofinanziamento(soli, celle)
    totali: dict[tuple[str, Decimal | None], list[_Cella]] = defaultdict(list)
    for cella in (c for c in soli if c not in seguono):
        totali[cella.colonna, cella.detto].append(cella)
    trovate = [
        _totale_diverso(edizione, contenuto, gruppo, seguono if gruppo[0].colonna in guidano else [])
        for gruppo in totali.values()
    ]
    fatti = [c for c in righe if not _senza_costo(edizione, contenuto, c) and not _dalla_riga(c, righe, come_detto)]
    fatti = [c for c in fatti if not c.taciuta or _e_un_fatto(c, righe, diverse)]
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


COFINANZIAMENTI = (
    ("cofinanziamento",),
    ("cofin_pubblico", "cofin_privato"),
    ("pubblici", "privati"),
    ("monetario", "valorizzazione"),
)
"""The same cofinancing as the forms print it: whole, by settore, by natura."""


def _stesso_cofinanziamento(totali: list["_Cella"], celle: list["_Cella"]) -> tuple[tuple[str, ...], list["_Cella"]]:
    """The columns that say first by how much the cofinancing is off, and the totals that are off by that much because of
    it: the other ways of printing it, and the contribution, which is what it leaves of the cost. A figure that the paper
    has in two places, and right in one, is a fact of its own.
    """
    detti: dict[str, set[Decimal]] = defaultdict(set)
    for cella in (c for c in celle if not c.riga and c.detto is not None):
        detti[cella.colonna].add(cella.scarto)
    scarti = {c.colonna: c.scarto for c in totali if detti[c.colonna] == {c.scarto}}
    somme = {colonne: sum((scarti.get(c, Decimal(0)) for c in colonne), Decimal(0)) for colonne in COFINANZIAMENTI}
    guidano = next((colonne for colonne, scarto in somme.items() if scarto), ())
    altre = {c for colonne, scarto in somme.items() if guidano and scarto == somme[guidano] for c in colonne}
    if guidano and scarti.get("contributo") == scarti.get("costo", Decimal(0)) - somme[guidano]:
        altre.add("contributo")
    return guidano, [c for c in totali if c.colonna in altre.difference(guidano) & scarti.keys()]


def _taciute(edizione: Edizione, contenuto: Contenuto, celle: list["_Cella"]) -> list["_Cella"]:
    """Cells of cofinancing that the paper leaves blank, in a computed column that it fills in for other rows."""
    dette = {(c.blocco.chiave, c.riga, c.colonna) for c in celle}
    colonne = {(c.blocco.chiave, c.colonna): c.blocco for c in celle if c.riga and c.colonna not in ("costo", "contributo")}
    calcolate = [(b, nome) for (_, nome), b in colonne.items() if not b.colonna(nome).scrivibile]
    vuote = [
        _Cella(edizione, contenuto, {"blocco": b.chiave, "riga": r["id"], "campo": nome, "testo": "", "importo": "0.00"})
        for b, nome in calcolate
        for r in b.righe(contenuto)
        if (b.chiave, r["id"], nome) not in dette
    ]
    return [c for c in vuote if c.scarto]


def _e_un_fatto(taciuta: "_Cella", righe: list["_Cella"], diverse: list["_Cella"]) -> bool:
    """A blank is told when a declared figure is off because of it, unless its row has that amount under another settore."""
    sua_riga = [c for c in righe if c.riga == taciuta.riga and c.colonna not in ("costo", "contributo")]
    spostato = len(sua_riga) > 1 and not sum(c.scarto for c in sua_riga)
    ne_dipende = any(c.colonna == taciuta.colonna and not c.riga for c in diverse) or any(
        c.riga == taciuta.riga and c.colonna == "contributo" for c in diverse
    )
    return ne_dipende and not spostato


def _dalla_riga(cella: "_Cella", righe: list["_Cella"], come_detto: Contenuto) -> bool:
    """Whether a contribution is off by as much as the cost and the cofinancing of its row are: as declared, it adds up."""
    if cella.colonna == "contributo" and cella.torna(come_detto):
        return True
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

    def __init__(self, edizione: Edizione, contenuto: Contenuto, dichiarato: CellaDichiarata) -> None:
        self.blocco = cast(Prospetto, edizione.blocco(dichiarato["blocco"]))
        self.riga = "" if dichiarato["riga"] in ("", None, TOTALE) else dichiarato["riga"]
        self.riga_scritta = dichiarato["riga"] or ""
        self.colonna = dichiarato["campo"]
        self.testo = dichiarato["testo"]
        self.taciuta = not self.testo.strip()
        self.detto = None if dichiarato["importo"] is None else Decimal(dichiarato["importo"])
        self.calcolato = self._calcola(contenuto)
        self.nome = _nome(contenuto, self.blocco, self.riga_scritta)

    def _calcola(self, contenuto: Contenuto) -> Decimal | None:
        return self.blocco.colonna(self.colonna).importo(contenuto, self.riga or None)

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


def _e_importo(edizione: Edizione, dichiarato: CellaDichiarata) -> bool:
    blocco = edizione.blocco(dichiarato["blocco"])
    if not di_denaro(blocco) or not dichiarato["testo"].strip():
        return False
    return blocco.colonna(dichiarato["campo"]).genere == "importo"


REGOLE_DICHIARATI = {"contributo": "declared_contribution_vs_table", "costo": "declared_cost_vs_table"}


def _totale_diverso(edizione: Edizione, contenuto: Contenuto, celle: list[_Cella], conseguenze: list[_Cella]) -> Segnalazione:
    prima = celle[0]
    messaggio = (
        f"{prima.etichetta}: {_dove(celle)}è dichiarato {E(prima.detto)}, {_conto(prima)}: "
        f"differenza {E(abs(prima.scarto))}.{_conseguenza(edizione, contenuto, prima)}{_anche(prima.scarto, conseguenze)}"
    )
    regola = REGOLE_DICHIARATI.get(prima.colonna, "declared_cofinancing_vs_table")
    return Segnalazione(regola, Gravita.ERRORE, messaggio, tuple(c.luogo for c in (*celle, *conseguenze)), _cifre(prima))


def _dove(celle: list[_Cella]) -> str:
    """«al punto I. 7. », or nothing where the point is called as the figure itself."""
    nomi = _punti(celle)
    return "" if [n.casefold() for n in nomi] == [celle[0].etichetta.casefold()] else f"{_ai_punti(nomi)} "


def _punti(celle: list[_Cella]) -> list[str]:
    """Each point once: a table has a total for each column."""
    return list(dict.fromkeys(c.nome for c in celle))


def _ai_punti(nomi: list[str]) -> str:
    return f"al punto {nomi[0]}" if len(nomi) == 1 else f"ai punti {', '.join(nomi[:-1])} e {nomi[-1]}"


def _conseguenza(edizione: Edizione, contenuto: Contenuto, cella: _Cella) -> str:
    """A contribution that is off implies another cofinancing: told here, or it would be a second segnalazione."""
    costo, cofinanziamento, detto = dove.costo(edizione, contenuto), conti.cofinanziamento(contenuto), cella.detto
    if cella.colonna != "contributo" or costo is None or detto is None:
        return ""
    return (
        f" Con {E(detto)} il cofinanziamento sarebbe {E(costo - detto)}, "
        f"la tabella ne indica {E(cofinanziamento or Decimal(0))}."
        if detto <= costo
        else f" Il contributo supererebbe il costo totale, {E(costo)}."
    )


def _riga_diversa(cella: _Cella, conseguenze: list[_Cella]) -> Segnalazione:
    taciuto = f"la scheda su carta non dichiara niente, qui c'è {E(cella.calcolato or Decimal(0))}"
    messaggio = (
        f"{cella.etichetta}: al punto {cella.nome} "
        f"{taciuto if cella.taciuta else f'è dichiarato {E(cella.detto)}, {_conto(cella)}'}: "
        f"differenza {E(abs(cella.scarto))}.{_anche(cella.scarto, conseguenze)}"
    )
    luoghi = (cella.luogo, *(c.luogo for c in conseguenze))
    return Segnalazione("declared_row_vs_computed", Gravita.ERRORE, messaggio, luoghi, _cifre(cella))


def _anche(scarto: Decimal, conseguenze: list[_Cella]) -> str:
    if not conseguenze:
        return ""
    uguale = all(abs(c.scarto) == abs(scarto) for c in conseguenze)
    inizio = "Lo stesso scarto è" if uguale else "Ne viene una differenza anche"
    return f" {inizio} {_ai_punti(_punti(conseguenze)).removesuffix('.')}."


def _non_dichiarata(contenuto: Contenuto, cella: Correzione, conseguenze: list[_Cella]) -> list[Segnalazione]:
    """An amount that the paper does not have, told when it is what its totals are off by."""
    if not conseguenze:
        return []
    importo = cella.colonna.importo(contenuto, cella.riga) or Decimal(0)
    nome = _nome(contenuto, cella.blocco, cella.riga)
    messaggio = (
        f"{cella.colonna.etichetta}: al punto {nome} la scheda su carta non dichiara niente, qui c'è {E(importo)}: "
        f"differenza {E(importo)}.{_anche(importo, conseguenze)}"
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
    messaggio = f"{cella.etichetta}: {_dove([cella])}{perche}"
    return Segnalazione("declared_unreadable", Gravita.AVVISO, messaggio, (cella.luogo,))


def _conto(cella: _Cella) -> str:
    if cella.calcolato is None:
        return "nella tabella la cella è vuota"
    return f"{'i conti della riga danno' if cella.riga else 'la somma della tabella dà'} {E(cella.calcolato)}"


def _cifre(cella: _Cella) -> dict[str, Any]:
    """A blank is null, not zero."""
    calcolato = None if cella.calcolato is None else f"{cella.calcolato:.2f}"
    detto = None if cella.taciuta else f"{cella.detto:.2f}"
    return {"declared": detto, "computed": calcolato, "difference": f"{abs(cella.scarto):.2f}"}
