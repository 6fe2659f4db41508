"""Everything that is wrong with a file by itself, before looking at what the portal has.

Nothing is trusted: any value may be of any type, and what is not of the right one is told and left alone.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal

from alleanze.models import Alleanza
from conciliazione.schede import campi
from conciliazione.schede.edizione import Edizione

from ..contenuto import COLONNE, COLONNE_PROGETTO, FORMATO, MODELLI, MOLTI, PARAMETRI, RIMANDI
from ..contenuto.colonne import campo_del_parametro
from ..edizioni import EDIZIONI
from ..models import Avviso, Progetto
from . import celle
from .documento import ELENCO, OGGETTO, Errore, chiavi, id_unici, limiti, nome_di_ente, passo, rimandi, tipo, uuid_giusto

OBBLIGATORIE = (
    "formato",
    "edizione",
    "avviso",
    "alleanza",
    "progetto",
    "partecipazioni",
    "azioni",
    "costi",
    "cofinanziamenti",
    "risposte",
    "dichiarati",
)
ALTRE = tuple(fonte for fonte in COLONNE if fonte not in OBBLIGATORIE)
"""Tables that not every edition has: left out of a file, they have no rows."""
CHIAVI = (*OBBLIGATORIE, *ALTRE)
LASCIATE = ("conferme", "da_rivedere")
"""Keys of a frozen version (the JSON inside a PDF) that are acts of people of a portal, and do not travel."""
LISTE = (*COLONNE, "costi", "dichiarati")
NECESSARIE = {
    "partecipazioni": ("id", "ruolo", "denominazione", "settore"),
    "azioni": ("id", "genere"),
    "referenti": ("id", "partecipazione"),
    "indicatori": ("id", "azione"),
    "personale": ("id", "azione"),
    "destinatari": ("id", "azione"),
    "fasi": ("id",),
    "cofinanziamenti": ("id",),
}
"""What each row must have."""
CHIAVI_AVVISO = ("codice", "titolo", "atto", "ats", *PARAMETRI)
ISTANTI = ("apre_il", "chiude_il")
NUMERI = (
    "spese_generali_massimo",
    "contributo_percentuale",
    "contributo_massimo",
    "beni_massimo",
    "cofinanziamento_minimo",
    "tolleranza",
    "anticipo",
    "saldo",
    "righe_larghezza_mm",
    "righe_corpo_pt",
)
INTERI = ("aree_massime", "durata_massima", "soggetti_minimi", "pubblici_minimi", "imprese_minime")
MISURATI = {*INTERI, *NUMERI, *ISTANTI, "capofila_pubblico", "attivita_entro"}
"""Parameters that are looked at by themselves; of the others only the type counts."""
MISURE = {"righe_larghezza_mm": (50, 300), "righe_corpo_pt": (5, 30)}
"""What a page can be."""
ELENCHI = {"catalogo": ("codice", "titolo"), "voci_costo": ("codice", "titolo"), "griglia": ("criterio", "massimo")}
"""Parameters that are lists of objects, and the keys that each of these must have."""
ALTRE_CHIAVI = {"catalogo": ("complementare", "da_verificare"), "voci_costo": ("genere",), "griglia": ()}


def esamina(dati: dict) -> Iterator[Errore]:
    yield from chiavi("$", dati, CHIAVI + LASCIATE, obbligatorie=OBBLIGATORIE)
    if any(chiave not in dati for chiave in OBBLIGATORIE):
        return
    dati = dict.fromkeys(ALTRE, ()) | dati
    if dati["formato"] != FORMATO:
        yield "$.formato", f"qui va «{FORMATO}»"
    edizione = EDIZIONI.get(dati["edizione"]) if isinstance(dati["edizione"], str) else None
    if edizione is None:
        yield "$.edizione", f"edizione sconosciuta: il portale conosce {', '.join(EDIZIONI)}"
    forme = list(_forme(dati))
    yield from forme
    if edizione is None or forme:
        return
    yield from esamina_avviso(dati["avviso"])
    yield from _alleanza(dati["alleanza"])
    yield from _progetto(dati["progetto"])
    for fonte in COLONNE:
        yield from _righe(fonte, dati)
    yield from _insieme(edizione, dati)
    yield from celle.costi(edizione, dati)
    yield from celle.cofinanziamenti(edizione, dati)
    yield from celle.risposte(edizione, dati)
    yield from celle.dichiarati(edizione, dati)


def _forme(dati: dict) -> Iterator[Errore]:
    """The shapes: lists of objects, and objects."""
    for chiave in LISTE:
        if not isinstance(dati[chiave], list | tuple):
            yield f"$.{chiave}", ELENCO
            continue
        for posto, riga in enumerate(dati[chiave]):
            if not isinstance(riga, dict):
                yield f"$.{chiave}[{posto}]", OGGETTO
    for chiave in ("avviso", "progetto", "risposte"):
        if not isinstance(dati[chiave], dict):
            yield f"$.{chiave}", OGGETTO
    if not (dati["alleanza"] is None or isinstance(dati["alleanza"], dict)):
        yield "$.alleanza", "qui va un oggetto con nome e ats, oppure null"


def _alleanza(alleanza: dict | None) -> Iterator[Errore]:
    if alleanza is None:
        return
    trovati = list(chiavi("$.alleanza", alleanza, ("nome", "ats"), obbligatorie=("nome", "ats")))
    trovati += [e for c in ("nome", "ats") for e in tipo("$.alleanza", c, alleanza.get(c))]
    yield from trovati
    if not trovati:
        yield from limiti(Alleanza, "$.alleanza", {"nome": alleanza["nome"]})
        yield from nome_di_ente("$.alleanza.ats", alleanza["ats"] or "")


def _progetto(progetto: dict) -> Iterator[Errore]:
    trovati = list(chiavi("$.progetto", progetto, ("id", "origine", *COLONNE_PROGETTO), obbligatorie=("id",)))
    trovati += uuid_giusto("$.progetto.id", progetto.get("id"))
    if progetto.get("origine", "portale") not in Progetto.Origine.values:
        trovati.append(("$.progetto.origine", "qui va «portale» o «carta»"))
    trovati += [e for c in COLONNE_PROGETTO for e in tipo("$.progetto", c, progetto.get(c))]
    yield from trovati
    if not trovati:
        yield from limiti(Progetto, "$.progetto", {c: progetto.get(c) for c in COLONNE_PROGETTO})
        dal, al = progetto.get("durata_dal"), progetto.get("durata_al")
        if dal and al and al < dal:
            yield "$.progetto.durata_al", "viene prima di durata_dal: sulla carta è così? Scrivilo fra i dichiarati"


def _righe(fonte: str, dati: dict) -> Iterator[Errore]:
    note = ["id", *COLONNE[fonte]] + (["settore"] if fonte == "partecipazioni" else [])
    yield from id_unici(fonte, dati[fonte])
    for posto, riga in enumerate(dati[fonte]):
        percorso = f"$.{fonte}[{posto}]"
        trovati = list(chiavi(percorso, riga, note, obbligatorie=NECESSARIE[fonte]))
        for colonna in note[1:]:
            if colonna in NECESSARIE[fonte] and colonna in riga and riga[colonna] in (None, ""):
                trovati.append((passo(percorso, colonna), "non può restare vuoto"))
            elif colonna in RIMANDI or colonna in MOLTI:
                trovati += rimandi(percorso, riga, dati, colonna)
            else:
                trovati += tipo(percorso, colonna, riga.get(colonna), fonte)
        yield from trovati
        if not trovati:
            semplici = {c: riga.get(c) for c in COLONNE[fonte] if c not in RIMANDI and c not in MOLTI}
            yield from limiti(MODELLI[fonte], percorso, semplici)


def _insieme(edizione: Edizione, dati: dict) -> Iterator[Errore]:
    """What holds of all the rows of a table together."""
    if [r.get("ruolo") for r in dati["partecipazioni"]].count("capofila") != 1:
        yield "$.partecipazioni", "ci vuole un capofila, e uno solo"
    generali = [posto for posto, a in enumerate(dati["azioni"]) if a.get("genere") == "spese_generali"]
    for posto in generali[1:] if edizione.spese_generali else generali:
        motivo = "di spese generali c'è una riga sola" if edizione.spese_generali else "questa scheda non ha spese generali"
        yield f"$.azioni[{posto}].genere", motivo
    for posto, riga in enumerate(dati["cofinanziamenti"]):
        if riga.get("partecipazione") and riga.get("settore"):
            yield f"$.cofinanziamenti[{posto}].settore", "con un soggetto indicato il settore è il suo: qui va null"
    yield from _parti(dati)


def _parti(dati: dict) -> Iterator[Errore]:
    """An azione is split once: its parts have no parts."""
    divise = [a.get("padre") for a in dati["azioni"]]
    for posto, azione in enumerate(dati["azioni"]):
        if azione.get("padre") and (azione["padre"] == azione.get("id") or azione.get("id") in divise):
            yield f"$.azioni[{posto}].padre", "un'azione divisa in parti non può essere parte di un'altra"


# The avviso that a file names: its name, its act, its parameters.


def esamina_avviso(avviso: dict) -> Iterator[Errore]:
    percorso = "$.avviso"
    trovati = list(chiavi(percorso, avviso, CHIAVI_AVVISO, obbligatorie=("codice", "titolo", "atto")))
    for chiave in CHIAVI_AVVISO:
        if chiave in avviso:
            trovati += _parametro(percorso, chiave, avviso[chiave])
    yield from trovati
    if trovati:
        return
    yield from limiti(Avviso, percorso, {c: _in_colonna(c, v) for c, v in avviso.items()})
    yield from nome_di_ente("$.avviso.ats", avviso.get("ats"))
    apre, chiude = (istante(avviso[c]) if avviso.get(c) else None for c in ISTANTI)
    if apre and chiude and chiude <= apre:
        yield "$.avviso.chiude_il", "viene prima di apre_il"


def _parametro(percorso: str, chiave: str, valore) -> Iterator[Errore]:
    dove = passo(percorso, chiave)
    if valore is None:
        campo = campo_del_parametro(chiave)
        if chiave != "ats" and not (campo.null or campo.blank):
            yield dove, "qui va un valore; se l'avviso non lo dice, togli la chiave"
    elif chiave in ELENCHI:
        yield from _elenco(dove, chiave, valore)
    elif chiave == "fonti":
        yield from _fonti(dove, valore)
    elif chiave in MISURATI:
        if motivo := _rifiuto(chiave, valore):
            yield dove, motivo
    else:
        yield from tipo(percorso, chiave, valore)


def _rifiuto(chiave: str, valore) -> str | None:
    """Why a number, a day or an instant is not one; None when it is."""
    if chiave == "capofila_pubblico":
        return None if isinstance(valore, bool) else "qui va true, false oppure null"
    if chiave in ISTANTI:
        return None if istante(valore) else 'qui va un giorno con ora e fuso: "2014-04-30T12:00:00+02:00"'
    if chiave not in NUMERI:
        return (campi.Data("") if chiave == "attivita_entro" else campi.Numero("")).rifiuta(valore)
    if campi.Importo("").rifiuta(valore):
        return 'qui va un numero con due decimali, fra virgolette: "10.00"'
    minimo, massimo = MISURE.get(chiave, (0, 10**10))
    return None if minimo <= Decimal(valore) <= massimo else f"qui va un numero da {minimo} a {massimo}"


def _elenco(percorso: str, chiave: str, valore) -> Iterator[Errore]:
    if not isinstance(valore, list):
        yield percorso, ELENCO
        return
    for posto, voce in enumerate(valore):
        dove = f"{percorso}[{posto}]"
        if not isinstance(voce, dict):
            yield dove, OGGETTO
            continue
        yield from chiavi(dove, voce, (*ELENCHI[chiave], *ALTRE_CHIAVI[chiave]), obbligatorie=ELENCHI[chiave])
        for nome, detto in voce.items():
            giusto = isinstance(detto, {"massimo": int, "complementare": bool, "da_verificare": bool}.get(nome, str))
            if not giusto or (detto == "" and nome != "genere") or (nome == "massimo" and not 0 <= detto <= 1000):
                yield passo(dove, nome), "qui va un altro tipo di valore"
    codici = [str(v.get(ELENCHI[chiave][0])) for v in valore if isinstance(v, dict)]
    if len(set(codici)) < len(codici):
        yield percorso, "due voci hanno lo stesso nome"


def _fonti(percorso: str, valore) -> Iterator[Errore]:
    if not isinstance(valore, dict):
        yield percorso, OGGETTO
        return
    for nome, detto in valore.items():
        if nome not in PARAMETRI or not isinstance(detto, str):
            yield passo(percorso, nome), "qui va il nome di un parametro, con il testo dell'atto che lo stabilisce"


def _in_colonna(chiave: str, valore):
    """«170.00» is within one decimal: what it is worth counts, not how it is written."""
    if valore is not None and chiave in NUMERI:
        return Decimal(valore).normalize()
    return istante(valore) if valore is not None and chiave in ISTANTI else valore


def istante(testo) -> datetime | None:
    """Return the instant that a text says, to the second; None when it says none, or does not say where."""
    try:
        letto = datetime.fromisoformat(testo)
        return letto.astimezone(UTC).replace(microsecond=0) if letto.tzinfo and "T" in testo else None
    except (TypeError, ValueError, OverflowError):
        return None
