"""Where a form writes what the rules speak of, and its sums along the breakdown of cost that leads."""

from decimal import Decimal

from conciliazione.schede.contenuto import Contenuto, RigaAzione
from conciliazione.schede.edizione import Blocco, Edizione, parti
from conciliazione.schede.prospetto import Prospetto, prospetti
from conciliazione.schede.tipi import Luogo

from ..contenuto import conti


def blocco_di(edizione: Edizione, fonte: str, genere: str = "") -> Blocco | None:
    """The first block about a shared table, of one kind when it is said."""
    return next((b for b in edizione.blocchi if b.fonte == fonte and genere in ("", b.genere)), None)


def blocco_con(edizione: Edizione, campo: str, fonte: str = "") -> Blocco | None:
    """The first block that asks a field of the rows of that table ("": of the project)."""
    return next((b for b in edizione.blocchi if b.fonte == fonte and campo in b.campi()), None)


def tabella_costi(edizione: Edizione, prospetto: str = "") -> Prospetto | None:
    """The table where the costs of a breakdown are typed; the leading one where none is named."""
    cercato = prospetto or edizione.prospetto
    tabelle = [b for b in prospetti(edizione) if b.nome]
    return next((b for b in tabelle if b.nome == cercato), None if prospetto else next(iter(tabelle), None))


def luogo(edizione: Edizione, blocco: Blocco | None, riga: str = "", campo: str = "", nota: str = "") -> Luogo:
    """A place in a block; where the form has no such block, its beginning."""
    return Luogo((blocco or edizione.blocchi[0]).chiave, riga, campo, nota)


def foglie(contenuto: Contenuto) -> list[RigaAzione]:
    """The azioni that are done: of one that is split, its parts. General expenses are not an action."""
    return [a for a in contenuto["azioni"] if a["genere"] == "azione" and not parti(contenuto, a)]


def nome_azione(contenuto: Contenuto, azione: RigaAzione) -> str:
    """An action in a sentence: its code and title or, while it has neither, its place."""
    detto = " ".join(filter(None, (azione["codice"], azione["titolo"])))
    return detto or f"azione n. {[a['id'] for a in contenuto['azioni']].index(azione['id']) + 1}"


def costo(edizione: Edizione, contenuto: Contenuto) -> Decimal | None:
    return conti.costo(contenuto, prospetto=edizione.prospetto)


def contributo(edizione: Edizione, contenuto: Contenuto) -> Decimal | None:
    return conti.contributo(contenuto, prospetto=edizione.prospetto)


def costo_di_genere(edizione: Edizione, contenuto: Contenuto, genere: str) -> Decimal | None:
    """What the cost items of one kind cost; None when none of them is written."""
    tabella = tabella_costi(edizione, "voci")
    voci = {r["id"] for r in tabella.righe(contenuto) if r.get("genere") == genere} if tabella else set()
    scritti = [Decimal(c["importo"]) for c in contenuto["costi"] if c["prospetto"] == "voci" and c["voce"] in voci]
    return sum(scritti, Decimal("0.00")) if scritti else None


def costo_intero(edizione: Edizione, contenuto: Contenuto) -> Decimal | None:
    """Return the cost where the leading breakdown says all, or None: a percentage of a part of it would be told as exceeded."""
    intero = costo(edizione, contenuto)
    if intero is None or edizione.prospetto != conti.PROSPETTO_AZIONI:
        return intero
    azioni = foglie(contenuto)
    return intero if azioni and all(conti.costo(contenuto, a["id"]) is not None for a in azioni) else None
