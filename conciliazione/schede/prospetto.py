"""The block of the money: amounts by azione, by soggetto or by cost item, computed or typed in their cells."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar, TypeGuard

from .campi import Importo
from .campo import Campo
from .contenuto import Contenuto, QualsiasiRiga, VoceDiCosto
from .edizione import NOMI_DI_RIGA, Blocco, Colonna, Edizione, Scheda, parti
from .tipi import Valore

VOCI = "voci"
"""In place of a shared table: the rows are the cost items of the call."""
GENERI_VOCE = ("", "personale", "beni", "servizi", "voucher", "generali")
"""What a cost item pays for, where a rule asks it; "" is nothing of these."""


@dataclass(frozen=True)
class Voce:
    """A cost item as the form prints it; its genere is one of GENERI_VOCE."""

    codice: str
    titolo: str
    genere: str = ""


@dataclass(frozen=True, kw_only=True)
class Prospetto(Blocco):
    """A projection of the money: rows × columns and a total, or, without `fonte`, single amounts.

    The rows are azioni, soggetti, or the cost items (VOCI): those of the avviso, or else the ones that the form prints.
    """

    genere: ClassVar[str] = "prospetto"
    di_denaro: ClassVar[bool] = True
    nome: str = ""
    """The breakdown of cost that its writable column belongs to."""
    colonne: tuple[Colonna, ...] = ()
    voci: tuple[Voce, ...] = ()
    totale: str = ""
    intestazione: str = ""
    """Printed title of the first column, where it is not what its rows are."""
    etichette: dict[str, str] = field(default_factory=dict)
    """Printed title of a row by its genere, where the form prints one."""
    filtro: Callable[[QualsiasiRiga], bool] = lambda riga: True

    @property
    def prima_colonna(self) -> str:
        return self.intestazione or NOMI_DI_RIGA.get(self.fonte, "Riga")

    @property
    def coordinata(self) -> str:
        """The key by which a row of money says in which row of this prospetto it is."""
        return {"azioni": "azione", "partecipazioni": "partecipazione", VOCI: "voce"}[self.fonte]

    def righe(self, contenuto: Contenuto) -> Sequence[QualsiasiRiga]:
        if self.fonte == VOCI:
            return [v for v in voci_di(self, contenuto) if self.filtro(v)]
        righe = super().righe(contenuto)
        return [riga for riga in righe if not parti(contenuto, riga)] if self.fonte == "azioni" else righe

    def titolo_riga(self, riga: QualsiasiRiga) -> str:
        return self.etichette.get(riga.get("genere") or "") or super().titolo_riga(riga)

    def campi(self) -> dict[str, Campo]:
        return {c.chiave: Importo(c.etichetta, manca=None) for c in self.colonne if c.scrivibile}

    def form(self, contenuto: Contenuto, riga: QualsiasiRiga, **opzioni: Any) -> Scheda:
        return type("Importi", (Scheda,), self.campi())(**opzioni)

    def valore(self, contenuto: Contenuto, riga: QualsiasiRiga, campo: str) -> Valore:
        importo = self.colonna(campo).importo(contenuto, riga["id"])
        return None if importo is None else f"{importo:.2f}"

    def colonna(self, chiave: str) -> Colonna:
        return next(c for c in self.colonne if c.chiave == chiave)


def di_denaro(blocco: Blocco) -> TypeGuard[Prospetto]:
    """Whether it is a block of the money: `blocco.di_denaro`, for who goes on with what only such a block has."""
    return blocco.di_denaro


def prospetti(edizione: Edizione) -> list[Prospetto]:
    """Return the blocks of the money of an edition."""
    return [blocco for blocco in edizione.blocchi if di_denaro(blocco)]


def voci_di(blocco: Prospetto, contenuto: Contenuto) -> Sequence[QualsiasiRiga]:
    """The cost items of a call, as rows: {id, titolo, genere}; and those that it has no more, as long as money is on them."""
    voci = [{"id": v["codice"], "titolo": v["titolo"], "genere": v.get("genere") or ""} for v in _dette(blocco, contenuto)]
    return voci + [{"id": c, "titolo": f"{c} (voce che l'avviso non ha)", "genere": ""} for c in voci_tolte(blocco, contenuto)]


def _dette(blocco: Prospetto, contenuto: Contenuto) -> list[VoceDiCosto]:
    """Return the cost items that the avviso states or, where it states none, those that the form prints."""
    stampate: list[VoceDiCosto] = [{"codice": v.codice, "titolo": v.titolo, "genere": v.genere} for v in blocco.voci]
    return contenuto["avviso"].get("voci_costo") or stampate


def voci_tolte(blocco: Prospetto, contenuto: Contenuto) -> list[str]:
    """Cost items that an amount is on and that the call does not have: it was changed meanwhile."""
    note = {v["codice"] for v in _dette(blocco, contenuto)}
    scritte = {c["voce"] for c in contenuto.get("costi", ()) if c["prospetto"] == blocco.nome and c["voce"]}
    return sorted(scritte - note)
