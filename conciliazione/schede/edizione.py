"""What a call's form is made of: an edition has sections, a section has blocks, as the paper has.

A block is the unit of form, of saving and of state. Every kind of block reads and writes rows × fields.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cache
from typing import Any, ClassVar, cast

from crispy_forms.helper import FormHelper
from django import forms

from .campi import Riga
from .campo import Campo
from .contenuto import Contenuto, QualsiasiRiga, RigaAzione, colonne_del_progetto, righe_di
from .tipi import Gravita, Righe, Segnalazione, Valore, Valori

CAPOFILA, PARTNER = "capofila", "partner"
"""Who writes a block: the capofila only, or also each partner in the rows of its own."""


class Scheda(forms.Form):
    """Base of the forms of a scheda: nothing is required while it is a draft."""

    use_required_attribute = False
    # Every field of ours is a Campo; Django cannot know.
    base_fields: ClassVar[dict[str, Campo]]  # type: ignore[assignment]
    fields: dict[str, Campo]  # type: ignore[assignment]
    helper: FormHelper

    def clean(self) -> dict[str, Any]:
        super().clean()
        return self.cleaned_data


NOMI_DI_RIGA = {"partecipazioni": "Soggetto", "azioni": "Azione", "voci": "Voce di costo", "fasi": "Fase"}
"""What a row of a shared table is."""


class Genere:
    """What a kind of block answers for itself, so that nobody else asks which kind it is."""

    genere: ClassVar[str] = ""
    si_aggiunge: ClassVar[bool] = False
    """Whether rows are added and removed here."""
    di_denaro: ClassVar[bool] = False
    """Whether its cells are amounts, kept in the tables of the money."""
    altrove: ClassVar[bool] = False
    """Whether its rows are filled in on another page."""
    in_tabella: bool = False
    dentro: str = ""
    """The block that prints this one inside its rows."""
    padre: str = ""
    """The field that says in which of them."""
    della_riga: str = ""
    proprietario: str = ""
    intestazione: str = ""
    """Printed title of the first column."""
    colonne: tuple["Colonna", ...] = ()
    calcolate: tuple["Colonna", ...] = ()
    totale: str = ""
    """Printed title of the row of totals, where there is one."""
    mesi: int = 0
    """How many months it has a column for."""
    manca: Gravita | None = None
    gestione: str = ""
    cosa: str = "riga"
    """What a row of it is called."""
    filtro: Callable[[QualsiasiRiga], bool] = staticmethod(lambda riga: True)
    """Whether it is about a row of its table."""

    @property
    def a_parte(self) -> bool:
        """Whether each row has a page of its own."""
        return False


@dataclass(frozen=True, kw_only=True)
class Blocco(Genere):
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
    in_parole: str = ""
    """What it is about in a plain line, under its title on the screen: the paper keeps its own words only."""
    aspetto: str = ""
    """The template that reads it, where its kind's does not do."""
    in_word: str = ""
    """How Word draws it, where its kind does not do: one of the exporter's ways, or one of the edition's own `disegni`."""
    domanda_nel_titolo: bool = False
    """Whether its title says the question already."""

    @property
    def si_legge(self) -> str:
        """The template that reads it."""
        return self.aspetto or f"conciliazione/schede/lettura/{self.disegno}.html"

    @property
    def disegno(self) -> str:
        """The way of its kind."""
        return self.genere

    @property
    def prima_colonna(self) -> str:
        """The title of the column that names the rows; "" where there is none."""
        return ""

    @property
    def id(self) -> str:
        return "b-" + self.chiave.replace(".", "-").replace(" ", "")

    @property
    def chiamato(self) -> str:
        return self.nome_breve or self.titolo or self.chiave

    @property
    def risponde(self) -> bool:
        """Whether what is typed here are answers, or columns of its rows: not amounts, nor rows of another page."""
        return not self.di_denaro and not self.altrove

    def scrive_denaro(self, fonte: str) -> bool:
        """Whether amounts of that table are typed in its cells."""
        return any(colonna.scrive == fonte for colonna in self.colonne)

    @property
    def caselle(self) -> dict[str, str]:
        """The cells that it prints for each row, and their labels."""
        return {c.chiave: c.etichetta for c in self.colonne} or {n: str(c.label) for n, c in self.campi().items()}

    @property
    def colonne_in_parole(self) -> list[tuple[str, str]]:
        """Return the columns that are told in plain words, where it is filled in as a table: their labels, and the words."""
        if not (self.si_aggiunge or self.di_denaro or self.in_tabella):
            return []  # each question has its own beside it
        colonne = [(c.etichetta, c.in_parole) for c in self.colonne]
        return [(e, p) for e, p in colonne + [(str(c.label), c.in_parole) for c in self.campi().values()] if p]

    def etichetta_riga(self, numero: int, riga: QualsiasiRiga) -> str:
        """What is printed before the row, where rows are numbered."""
        return ""

    def righe(self, contenuto: Contenuto) -> Sequence[QualsiasiRiga]:
        """The rows of the shared table that this block is about."""
        return [riga for riga in righe_di(contenuto, self.fonte) if self.filtro(riga)] if self.fonte else [{"id": ""}]

    def titolo_riga(self, riga: QualsiasiRiga) -> str:
        titolo = riga.get("denominazione") or riga.get("titolo") or ""
        return " — ".join(filter(None, (riga.get("codice"), titolo)))

    def basta_altrove(self, contenuto: Contenuto, riga: QualsiasiRiga, campo: str) -> bool:
        """Whether a blank field of an azione need not be asked: the whole says it for its parts, or each part for the whole.

        Blank everywhere, it is asked of the whole.
        """
        if self.fonte != "azioni" or not self.campi()[campo].condiviso:
            return False
        detto = {r["id"] for r in self.righe(contenuto) if self.valore(contenuto, r, campo) not in (None, "")}
        if riga.get("padre"):
            sorelle = {s["id"] for s in parti(contenuto, {"id": riga["padre"]})}
            return riga["padre"] in detto or not detto & sorelle
        return bool(detto & {p["id"] for p in parti(contenuto, riga)})

    def form(self, contenuto: Contenuto, riga: QualsiasiRiga, **opzioni: Any) -> Scheda:
        """The form of one row, with its choices taken from the content."""
        assert self.modulo is not None, f"«{self.chiave}» non ha domande"
        form = self.modulo(**opzioni)
        for campo in form.fields.values():
            campo.prepara(contenuto)
        return form

    def campi(self) -> dict[str, Campo]:
        return self.modulo.base_fields if self.modulo else {}

    def campi_pronti(self, contenuto: Contenuto) -> dict[str, Campo]:
        """Its fields, with the choices that come from the content."""
        return self.form(contenuto, {"id": "", "padre": None}).fields if self.modulo else self.campi()

    def valore(self, contenuto: Contenuto, riga: QualsiasiRiga, campo: str) -> Valore:
        """A promoted value is a key of its row; any other is an answer to this block."""
        colonne = riga if self.fonte else colonne_del_progetto(contenuto)
        if campo in colonne:
            return cast(Valore, colonne[campo])
        return contenuto["risposte"].get(self.chiave, {}).get(riga["id"], {}).get(campo)

    def valori(self, contenuto: Contenuto, riga: QualsiasiRiga) -> Valori:
        return {campo: self.valore(contenuto, riga, campo) for campo in self.campi()}

    def attuali(self, contenuto: Contenuto) -> Righe:
        """All that this block holds now."""
        return {riga["id"]: self.valori(contenuto, riga) for riga in self.righe(contenuto)}


COSTI, COFINANZIAMENTI = "costi", "cofinanziamenti"
"""What an amount typed in a cell becomes: a row of one of these tables."""


@dataclass(frozen=True)
class Colonna:
    """A column of money, computed from the content; or typed here, when `scrive` names the table that its cells are rows of.

    cella: what such a row has beside the row of the prospetto ({"natura": "monetario"}).
    genere: "importo", or "riga" for a column of words.
    """

    chiave: str
    etichetta: str
    calcola: Callable[[Contenuto, str | None], Decimal | str | None]
    """Of one row (its id) or, given None, of the whole project. None is blank."""
    scrive: str = ""
    cella: dict[str, str] = field(default_factory=dict)
    genere: str = "importo"
    in_parole: str = ""
    """What it is in a plain line, on the screen only."""

    @property
    def scrivibile(self) -> bool:
        return bool(self.scrive)

    def importo(self, contenuto: Contenuto, riga: str | None) -> Decimal | None:
        """Return its amount, in euro; None where it is blank, and for a column of words."""
        valore = self.calcola(contenuto, riga)
        return None if isinstance(valore, str) else valore


class Domande(Blocco):
    """Questions to the project, asked once."""

    genere: ClassVar[str] = "domande"


@dataclass(frozen=True, kw_only=True)
class PerRiga(Blocco):
    """A form repeated for each row of a shared table: each soggetto fills one, each azione has one.

    Each row has a page of its own, or (in_tabella) they stand together in a table on the page of the section.
    """

    genere: ClassVar[str] = "per_riga"
    filtro: Callable[[QualsiasiRiga], bool] = lambda riga: True
    calcolate: tuple[Colonna, ...] = ()
    """Amounts shown in the row beside its answers."""
    in_tabella: bool = False
    intestazione: str = ""
    """Printed title of the first column, where rows stand in a table and it is not what their table is about."""

    @property
    def a_parte(self) -> bool:
        return not self.in_tabella

    @property
    def prima_colonna(self) -> str:
        return self.intestazione or NOMI_DI_RIGA.get(self.fonte, "Riga")

    @property
    def disegno(self) -> str:
        return "in_tabella" if self.in_tabella else self.genere

    def form(self, contenuto: Contenuto, riga: QualsiasiRiga, **opzioni: Any) -> Scheda:
        """What each part of an azione says is not asked of the whole, unless it was said there before."""
        form = super().form(contenuto, riga, **opzioni)
        if self.fonte == "azioni" and parti(contenuto, riga):
            for nome in [n for n, c in form.fields.items() if not c.condiviso and not self.valore(contenuto, riga, n)]:
                del form.fields[nome]
        return form


def parti(contenuto: Contenuto, riga: QualsiasiRiga) -> list[RigaAzione]:
    """The azioni that an azione is split into."""
    return [a for a in contenuto["azioni"] if riga["id"] and a.get("padre") == riga["id"]]


@dataclass(frozen=True, kw_only=True)
class Tabella(Blocco):
    """Rows of a shared table, added and removed here. `proprietario` is the field that says whose a row is.

    A table may hang from the rows of another block: `dentro` is that block, and the field `padre` says from which row.
    It is printed inside that row, and filled in on its page if it has one.
    """

    genere: ClassVar[str] = "tabella"
    si_aggiunge: ClassVar[bool] = True
    filtro: Callable[[QualsiasiRiga], bool] = lambda riga: True
    proprietario: str = ""
    solo_non_attribuite: tuple[str, ...] = ()
    """Fields that say something only of a row without an owner."""
    cosa: str = "riga"
    dentro: str = ""
    padre: str = ""
    manca: Gravita | None = None
    """How grave it is that there is no row (for each row of `dentro`, when it hangs from another block)."""
    a_schede: bool = False
    """Whether each row is filled in as a card, where it asks too much to stand on the line of a table."""
    della_riga: str = ""
    """The row that this is the table of, once it is."""

    def righe(self, contenuto: Contenuto) -> Sequence[QualsiasiRiga]:
        mie = super().righe(contenuto)
        return [riga for riga in mie if riga[self.padre] == self.della_riga] if self.della_riga else mie

    def di(self, riga: str) -> "Tabella":
        """The part of it that hangs from one row."""
        return replace(self, della_riga=riga)


@dataclass(frozen=True, kw_only=True)
class Elenco(Blocco):
    """The rows of a shared table, printed as a numbered list; they are managed on a page of their own."""

    genere: ClassVar[str] = "elenco"
    altrove: ClassVar[bool] = True
    etichetta: Callable[[int, QualsiasiRiga], str] = lambda numero, riga: str(numero)
    filtro: Callable[[QualsiasiRiga], bool] = lambda riga: True
    campo: str = "denominazione"
    gestione: str = ""
    """Name of the URL where the rows are managed."""

    def etichetta_riga(self, numero: int, riga: QualsiasiRiga) -> str:
        return self.etichetta(numero, riga)

    def campi(self) -> dict[str, Campo]:
        return {self.campo: Riga(self.titolo)}


@dataclass(frozen=True, kw_only=True)
class Cronoprogramma(Blocco):
    """Months × azioni; a cell is blank, ticked («x») or bears a word."""

    genere: ClassVar[str] = "cronoprogramma"
    fonte: str = "azioni"
    mesi: int = 24

    def righe(self, contenuto: Contenuto) -> Sequence[QualsiasiRiga]:
        """The azioni that are done: of one that is split, its parts."""
        fatte = [riga for riga in contenuto["azioni"] if riga["genere"] == "azione"]
        return [riga for riga in fatte if not parti(contenuto, riga)]

    def titolo_riga(self, riga: QualsiasiRiga) -> str:
        return riga.get("titolo_breve") or riga.get("titolo") or ""

    def campi(self) -> dict[str, Campo]:
        return _mesi(self.mesi).base_fields

    def form(self, contenuto: Contenuto, riga: QualsiasiRiga, **opzioni: Any) -> Scheda:
        return _mesi(self.mesi)(**opzioni)


@cache
def _mesi(quanti: int) -> type[Scheda]:
    campi = {f"m{mese}": Riga(f"Mese {mese}", max_length=20, manca=None) for mese in range(1, quanti + 1)}
    return type("Mesi", (Scheda,), campi)


@dataclass(frozen=True)
class Sezione:
    """A section as printed; `chiave` goes in its address. A title that the form does not print is on the screens only."""

    chiave: str
    titolo: str
    blocchi: tuple[Blocco, ...]
    stampata: bool = True


Regola = Callable[["Edizione", Contenuto], list[Segnalazione]]
Posto = tuple[str, str]
"""Block and field."""


@dataclass(frozen=True)
class Rimandi:
    """Where a form says what the scheda sintetica asks: places «block.field», all that answer are joined.

    obiettivi: what tells of the project where it is not described.
    """

    finanziatore: str = ""
    descrizione: tuple[str, ...] = ()
    obiettivi: tuple[str, ...] = ()
    target: tuple[str, ...] = ()


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
    prospetto: str = "azioni"
    """The breakdown of cost that leads: any other that the form asks must come to the same total."""
    catalogo: tuple[tuple[str, str], ...] = ()
    """The actions that the form prints, code and title: those of a new scheda, unless the avviso lists others."""
    significati: Mapping[str, Posto] = field(default_factory=dict)
    """What a text asks, by a name that editions share → where: a copy into another edition carries it over."""
    sintesi: Rimandi = Rimandi()
    disegni: Mapping[str, Callable[..., None]] = field(default_factory=dict)
    """Ways of drawing a block in Word that no other form has: name → function of the document and the block as read."""

    def figlie(self, blocco: Blocco) -> list[Tabella]:
        """The tables that are printed inside the rows of a block."""
        return cast(list[Tabella], [b for b in self.blocchi if b.dentro == blocco.chiave])

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
