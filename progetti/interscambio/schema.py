"""The JSON Schema of the file of one edition: what a program that prepares schede can hold its files against.

It says the shape. What only the whole file tells (a row that is pointed to and is not there, two filled cells that are one)
is said by the import, with the path.
"""

from conciliazione.schede import campi
from conciliazione.schede.edizione import Blocco, Edizione
from conciliazione.schede.prospetto import prospetti

from ..contenuto import COLONNE, COLONNE_PROGETTO, COSTO, FORMATO, MOLTI, RIMANDI
from ..models import Progetto
from .celle import CELLA
from .documento import tipo_di
from .esame import ALTRE, ALTRE_CHIAVI, CHIAVI_AVVISO, ELENCHI, INTERI, ISTANTI, LASCIATE, NECESSARIE, NUMERI, OBBLIGATORIE

VERSIONE = "https://json-schema.org/draft/2020-12/schema"
UUID = {"type": "string", "pattern": "^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$"}
TESTO = {"type": ["string", "null"]}
NUMERO = {"type": ["string", "null"], "pattern": r"^(0|[1-9][0-9]{0,9})\.[0-9]{2}$"}


def schema(edizione: Edizione) -> dict:
    """Return the JSON schema of the interchange file of a scheda of this edition."""
    proprieta = {
        "formato": {"const": FORMATO},
        "edizione": {"const": edizione.codice},
        "avviso": _avviso(),
        "alleanza": {"anyOf": [{"type": "null"}, _oggetto({"nome": {"type": "string"}, "ats": TESTO}, ("nome", "ats"))]},
        "progetto": _progetto(),
        **{fonte: {"type": "array", "items": _riga(fonte)} for fonte in COLONNE},
        "costi": {"type": "array", "items": _costo(edizione)},
        "risposte": _oggetto({b.chiave: _risposte(b) for b in edizione.blocchi if b.risponde and _campi_di_risposta(b)}),
        "dichiarati": {"type": "array", "items": _dichiarato(edizione)},
        **dict.fromkeys(LASCIATE, True),
    }
    testa = {"$schema": VERSIONE, "title": f"{edizione.titolo} ({edizione.codice})"}
    return testa | _oggetto(proprieta, tuple(c for c in OBBLIGATORIE if c not in ALTRE))


def _oggetto(proprieta: dict, necessarie: tuple[str, ...] = ()) -> dict:
    return {"type": "object", "properties": proprieta, "required": list(necessarie), "additionalProperties": False}


def di_campo(campo: campi.Campo) -> dict:
    """Return what a field may hold as it travels; blank is null."""
    dette = [str(campo.label), *(limite for limite in campo.limiti if limite not in str(campo.label))]
    etichetta = {"description": ", ".join(filter(None, dette))} if any(dette) else {}
    return etichetta | _di_campo(campo)


def _di_campo(campo: campi.Campo) -> dict:
    match campo:
        case campi.Numero():
            return {"type": ["integer", "null"], "minimum": 0, "maximum": campo.massimo}
        case campi.Importo():
            return NUMERO
        case campi.Data():
            return TESTO | {"format": "date"}
        case campi.Mese():
            return TESTO | {"pattern": f"^{campi.MESE.pattern}$"}
        case campi.Scelta():
            return {"enum": [*(c for c, _ in campo.choices if c), None]}
        case campi.Scelte(catalogo=True) | campi.SceltaRighe():
            return {"type": ["array", "null"], "items": {"type": "string"}, "uniqueItems": True}
        case campi.Scelte():
            return {"type": ["array", "null"], "items": {"enum": [c for c, _ in campo.choices]}, "uniqueItems": True}
    return TESTO


def _avviso() -> dict:
    proprieta = {chiave: _parametro(chiave) for chiave in CHIAVI_AVVISO}
    return _oggetto(proprieta, ("codice", "titolo", "atto"))


def _parametro(chiave: str) -> dict:
    if chiave in ELENCHI:
        generi = {"massimo": "integer", "complementare": "boolean", "da_verificare": "boolean"}
        voci = {c: {"type": generi.get(c, "string")} for c in (*ELENCHI[chiave], *ALTRE_CHIAVI[chiave])}
        return {"type": ["array", "null"], "items": _oggetto(voci, ELENCHI[chiave])}
    if chiave in NUMERI:
        return NUMERO
    if chiave in INTERI:
        return {"type": ["integer", "null"], "minimum": 0}
    altri = {"fonti": {"type": ["object", "null"]}, "capofila_pubblico": {"type": ["boolean", "null"]}}
    istante = TESTO | {"format": "date-time"} if chiave in ISTANTI else TESTO
    return altri.get(chiave, istante)


def _progetto() -> dict:
    colonne = {c: _colonna(c) for c in COLONNE_PROGETTO}
    return _oggetto({"id": UUID, "origine": {"enum": Progetto.Origine.values}, **colonne}, ("id",))


def _riga(fonte: str) -> dict:
    altre = {"settore": _colonna("settore")} if fonte == "partecipazioni" else {}
    return _oggetto({"id": UUID, **{c: _colonna(c, fonte) for c in COLONNE[fonte]}, **altre}, NECESSARIE[fonte])


def _colonna(colonna: str, fonte: str = "") -> dict:
    if colonna in MOLTI:
        return {"type": ["array", "null"], "items": UUID, "uniqueItems": True}
    if colonna in RIMANDI:
        return {"anyOf": [UUID, {"enum": [None, ""]}]}
    return di_campo(tipo_di(colonna, fonte))


def _costo(edizione: Edizione) -> dict:
    nomi = [b.nome for b in prospetti(edizione) if b.nome]
    coordinate = {c: _colonna(c) for c in COSTO if c not in ("prospetto", "importo")}
    importo = {"type": "string", "pattern": NUMERO["pattern"]}
    return _oggetto({"id": UUID, "prospetto": {"enum": nomi}, **coordinate, "importo": importo}, ("id", "prospetto", "importo"))


def _campi_di_risposta(blocco: Blocco) -> dict[str, campi.Campo]:
    promosse = COLONNE.get(blocco.fonte, ()) if blocco.fonte else COLONNE_PROGETTO
    return {nome: campo for nome, campo in blocco.campi().items() if nome not in promosse}


def _risposte(blocco: Blocco) -> dict:
    """Row → field → value."""
    riga = _oggetto({nome: di_campo(campo) for nome, campo in _campi_di_risposta(blocco).items()})
    nomi = UUID["pattern"] if blocco.fonte else "^$"
    return {"type": "object", "description": blocco.chiamato, "patternProperties": {nomi: riga}, "additionalProperties": False}


def _dichiarato(edizione: Edizione) -> dict:
    blocchi = {"enum": [b.chiave for b in edizione.blocchi]}
    celle = dict.fromkeys(CELLA, TESTO) | {"blocco": blocchi, "testo": {"type": "string"}, "importo": NUMERO}
    return _oggetto(celle, ("blocco", "campo", "testo"))
