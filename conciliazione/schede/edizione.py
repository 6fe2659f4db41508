"""What a call's form is made of: an edition has sections, a section has blocks, as the paper has.

A block is the unit of form, of saving and of state. Every kind of block reads and writes rows × fields.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import ClassVar

from django import forms

from .campi import Campo, Importo, Riga
from .tipi import Contenuto, Righe, Segnalazione, Valore, Valori

CAPOFILA, PARTNER = "capofila", "partner"
"""Who writes a block: the capofila only, or also each partner in the rows of its own."""


class Scheda(forms.Form):
    """Base of the forms of a scheda: nothing is required while it is a draft."""

    use_required_attribute = False


@dataclass(frozen=True, kw_only=True)
class Blocco:
    """A piece of the form. `fonte` names the shared table whose rows it repeats over; "" is the project itself."""

    chiave: str
    titolo: str
    istruzioni: str = ""
    modulo: type[Scheda] | None = None
    fonte: str = ""
    scrive: str = CAPOFILA
    stampato: bool = True
    nome_breve: str = ""
    """What the screens call it where the printed title is long, or printed elsewhere."""
    aspetto: str = ""
    """The template of this block where its kind's does not do."""
    genere: ClassVar[str] = ""
    si_aggiunge: ClassVar[bool] = False
    """Whether rows are added and removed here."""
    a_parte: ClassVar[bool] = False
    """Whether each row has a page of its own."""

    @property
    def id(self) -> str:
        return "b-" + self.chiave.replace(".", "-").replace(" ", "")

    @property
    def chiamato(self) -> str:
        return self.nome_breve or self.titolo or self.chiave

    def righe(self, contenuto: Contenuto) -> list[dict]:
        """The rows of the shared table that this block is about."""
        return contenuto[self.fonte] if self.fonte else [{"id": ""}]

    def titolo_riga(self, riga: dict) -> str:
        return riga.get("denominazione") or riga.get("titolo") or ""

    def form(self, contenuto: Contenuto, riga: dict, **opzioni) -> Scheda:
        """The form of one row, with its choices taken from the content."""
        form = self.modulo(**opzioni)
        for campo in form.fields.values():
            campo.prepara(contenuto)
        return form

    def campi(self) -> dict[str, Campo]:
        return self.modulo.base_fields if self.modulo else {}

    def valore(self, contenuto: Contenuto, riga: dict, campo: str) -> Valore:
        """A promoted value is a key of its row; any other is an answer to this block."""
        colonne = riga if self.fonte else contenuto["progetto"]
        if campo in colonne:
            return colonne[campo]
        return contenuto["risposte"].get(self.chiave, {}).get(riga["id"], {}).get(campo)

    def valori(self, contenuto: Contenuto, riga: dict) -> Valori:
        return {campo: self.valore(contenuto, riga, campo) for campo in self.campi()}

    def attuali(self, contenuto: Contenuto) -> Righe:
        """All that this block holds now."""
        return {riga["id"]: self.valori(contenuto, riga) for riga in self.righe(contenuto)}


@dataclass(frozen=True)
class Colonna:
    """A column of money: computed from the content, or (scrivibile) typed here as the cost of the row."""

    chiave: str
    etichetta: str
    calcola: Callable[[Contenuto, str | None], Decimal | None]
    """Of one row (its id) or, given None, of the whole project. None is blank."""
    scrivibile: bool = False


class Domande(Blocco):
    """Questions to the project, asked once."""

    genere = "domande"


@dataclass(frozen=True, kw_only=True)
class PerRiga(Blocco):
    """A form repeated for each row of a shared table: each soggetto fills one, each azione has one."""

    genere: ClassVar[str] = "per_riga"
    a_parte: ClassVar[bool] = True
    filtro: Callable[[dict], bool] = lambda riga: True
    calcolate: tuple[Colonna, ...] = ()
    """Amounts shown in the row beside its answers."""

    def righe(self, contenuto: Contenuto) -> list[dict]:
        return [riga for riga in contenuto[self.fonte] if self.filtro(riga)]


@dataclass(frozen=True, kw_only=True)
class Tabella(Blocco):
    """Rows of a shared table, added and removed here. `proprietario` is the field that says whose a row is."""

    genere: ClassVar[str] = "tabella"
    si_aggiunge: ClassVar[bool] = True
    filtro: Callable[[dict], bool] = lambda riga: True
    proprietario: str = ""
    solo_non_attribuite: tuple[str, ...] = ()
    """Fields that say something only of a row without an owner."""
    cosa: str = "riga"

    def righe(self, contenuto: Contenuto) -> list[dict]:
        return [riga for riga in contenuto[self.fonte] if self.filtro(riga)]


@dataclass(frozen=True, kw_only=True)
class Elenco(Blocco):
    """The rows of a shared table, printed as a numbered list; they are managed on a page of their own."""

    genere: ClassVar[str] = "elenco"
    etichetta: Callable[[int, dict], str] = lambda numero, riga: str(numero)
    campo: str = "denominazione"
    gestione: str = ""
    """Name of the URL where the rows are managed."""

    def campi(self) -> dict[str, Campo]:
        return {self.campo: Riga(self.titolo)}


@dataclass(frozen=True, kw_only=True)
class Cronoprogramma(Blocco):
    """Months × azioni; a cell is blank, ticked («x») or bears a word."""

    genere: ClassVar[str] = "cronoprogramma"
    fonte: str = "azioni"
    mesi: int = 24

    def righe(self, contenuto: Contenuto) -> list[dict]:
        return [riga for riga in contenuto["azioni"] if riga["genere"] == "azione"]

    def titolo_riga(self, riga: dict) -> str:
        return riga.get("titolo_breve") or riga.get("titolo") or ""

    def campi(self) -> dict[str, Campo]:
        return {f"m{mese}": Riga(f"Mese {mese}", max_length=20, manca=None) for mese in range(1, self.mesi + 1)}

    def form(self, contenuto: Contenuto, riga: dict, **opzioni) -> Scheda:
        return type("Mesi", (Scheda,), self.campi())(**opzioni)


@dataclass(frozen=True, kw_only=True)
class Prospetto(Blocco):
    """A projection of the money: rows × columns and a total, or, without `fonte`, single amounts."""

    genere: ClassVar[str] = "prospetto"
    nome: str = ""
    """The breakdown of cost that its writable column belongs to."""
    colonne: tuple[Colonna, ...] = ()
    totale: str = ""
    etichette: dict = field(default_factory=dict)
    """Printed title of a row by its genere, where the form prints one."""

    def titolo_riga(self, riga: dict) -> str:
        return self.etichette.get(riga.get("genere")) or riga.get("titolo") or ""

    def campi(self) -> dict[str, Campo]:
        return {c.chiave: Importo(c.etichetta, manca=None) for c in self.colonne if c.scrivibile}

    def form(self, contenuto: Contenuto, riga: dict, **opzioni) -> Scheda:
        return type("Costi", (Scheda,), self.campi())(**opzioni)

    def valore(self, contenuto: Contenuto, riga: dict, campo: str) -> Valore:
        importo = self.colonna(campo).calcola(contenuto, riga["id"])
        return None if importo is None else f"{importo:.2f}"

    def colonna(self, chiave: str) -> Colonna:
        return next(c for c in self.colonne if c.chiave == chiave)


@dataclass(frozen=True)
class Sezione:
    """A section as printed; `chiave` goes in its address."""

    chiave: str
    titolo: str
    blocchi: tuple[Blocco, ...]


Regola = Callable[["Edizione", Contenuto], list[Segnalazione]]


@dataclass(frozen=True)
class Edizione:
    """The form of one call, whole. `sottotitolo` is the heading printed above the title."""

    codice: str
    titolo: str
    sottotitolo: str
    sezioni: tuple[Sezione, ...]
    regole: tuple[Regola, ...] = ()
    spese_generali: bool = False
    """Whether the form has a row of general expenses among its actions."""

    @property
    def blocchi(self) -> list[Blocco]:
        return [blocco for sezione in self.sezioni for blocco in sezione.blocchi]

    def blocco(self, chiave: str) -> Blocco:
        """Raises KeyError when the edition has no such block."""
        for blocco in self.blocchi:
            if blocco.chiave == chiave:
                return blocco
        raise KeyError(chiave)

    def sezione(self, chiave: str) -> Sezione:
        """Raises KeyError when the edition has no such section."""
        for sezione in self.sezioni:
            if sezione.chiave == chiave:
                return sezione
        raise KeyError(chiave)

    def sezione_di(self, blocco: str) -> Sezione:
        return next(s for s in self.sezioni if any(b.chiave == blocco for b in s.blocchi))
