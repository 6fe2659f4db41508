"""Everything that is wrong with a file by itself, before looking at what the portal has.

Nothing is trusted: any value may be of any type, and what is not of the right one is told and left alone.
"""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal

from django.core.exceptions import ValidationError

from alleanze.models import Alleanza, Ente
from conciliazione.schede import campi
from conciliazione.schede.edizione import Blocco, Edizione, Elenco, Prospetto
from conciliazione.schede.lettura import TOTALE, importo_detto

from ..archivio import COLONNE, COLONNE_PROGETTO, FORMATO, MODELLI, PARAMETRI, RIMANDI
from ..edizioni import EDIZIONI
from ..models import Avviso, Azione, Cofinanziamento, Partecipazione, Progetto
from .documento import Errore, passo

CHIAVI = (
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
LASCIATE = ("conferme",)
"""Keys of a frozen version (the JSON inside a PDF) that are acts of people of a portal, and do not travel."""
LISTE = ("partecipazioni", "azioni", "costi", "cofinanziamenti", "dichiarati")
AVVISO = ("codice", "titolo", "atto", "ats", *PARAMETRI)
COSTO = ("id", "prospetto", "azione", "voce", "partecipazione", "importo")
CELLA = ("blocco", "riga", "campo", "testo", "importo")
NECESSARIE = {
    "partecipazioni": ("id", "ruolo", "denominazione", "settore"),
    "azioni": ("id", "genere"),
    "cofinanziamenti": ("id",),
}
TIPI = {
    "lavoratori": campi.Numero(""),
    "lavoratrici_donne": campi.Numero(""),
    "lavoratori_uomini": campi.Numero(""),
    "importo": campi.Importo(""),
    "ruolo": campi.Scelta("", scelte=Partecipazione.Ruolo.choices),
    "genere": campi.Scelta("", scelte=Azione.Genere.choices),
    "natura": campi.Scelta("", scelte=Cofinanziamento.Natura.choices),
    "settore": campi.Scelta("", scelte=Ente.Settore.choices),
    "durata_dal": campi.Mese(""),
    "durata_al": campi.Mese(""),
    "attivita_entro": campi.Data(""),
    "aree_massime": campi.Numero(""),
}
"""How the value of a promoted column travels, where it is not a text."""
ISTANTI = ("apre_il", "chiude_il")
NUMERI = ("spese_generali_massimo", "contributo_percentuale", "contributo_massimo", "righe_larghezza_mm", "righe_corpo_pt")
MISURE = {"righe_larghezza_mm": (50, 300), "righe_corpo_pt": (5, 30)}
"""What a page can be."""
OGGETTO, ELENCO, TESTO = "qui va un oggetto fra parentesi graffe", "qui va un elenco fra parentesi quadre", "qui va un testo"


def esamina(dati: dict) -> Iterator[Errore]:
    yield from _chiavi("$", dati, CHIAVI + LASCIATE, obbligatorie=CHIAVI)
    if any(chiave not in dati for chiave in CHIAVI):
        return
    if dati["formato"] != FORMATO:
        yield "$.formato", f"qui va «{FORMATO}»"
    edizione = EDIZIONI.get(dati["edizione"]) if isinstance(dati["edizione"], str) else None
    if edizione is None:
        yield "$.edizione", f"edizione sconosciuta: il portale conosce {', '.join(EDIZIONI)}"
    forme = list(_forme(dati))
    yield from forme
    if edizione is None or forme:
        return
    yield from _avviso(dati["avviso"])
    yield from _alleanza(dati["alleanza"])
    yield from _progetto(dati["progetto"])
    for fonte in COLONNE:
        yield from _righe(fonte, dati)
    yield from _insieme(edizione, dati)
    yield from _costi(edizione, dati)
    yield from _risposte(edizione, dati)
    yield from _dichiarati(edizione, dati)


def _forme(dati: dict) -> Iterator[Errore]:
    """The shapes: lists of objects, and objects."""
    for chiave in LISTE:
        if not isinstance(dati[chiave], list):
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


def _chiavi(percorso: str, oggetto: dict, note, obbligatorie=()) -> Iterator[Errore]:
    for chiave in oggetto:
        if chiave not in note:
            yield passo(percorso, chiave), "chiave sconosciuta: controlla come è scritta"
    for chiave in obbligatorie:
        if chiave not in oggetto:
            yield passo(percorso, chiave), "manca questa chiave"


def _tipo(percorso: str, chiave: str, valore) -> Iterator[Errore]:
    if motivo := TIPI.get(chiave, campi.Riga("")).rifiuta(valore):
        yield passo(percorso, chiave), motivo


def _limiti(modello, percorso: str, valori: dict) -> Iterator[Errore]:
    """What the columns do not hold: a text too long, a blank where there must be something, a figure out of range."""
    noti = {f.name for f in modello._meta.concrete_fields if not f.is_relation} & valori.keys() - {"id"}
    pronti = {c: "" if v is None and not modello._meta.get_field(c).null else v for c, v in valori.items() if c in noti}
    try:
        modello(**pronti).clean_fields(exclude={f.name for f in modello._meta.fields} - noti)
    except ValidationError as errore:
        for chiave, messaggi in errore.message_dict.items():
            yield passo(percorso, chiave), " ".join(messaggi)


def _avviso(avviso: dict) -> Iterator[Errore]:
    percorso = "$.avviso"
    trovati = list(_chiavi(percorso, avviso, AVVISO, obbligatorie=("codice", "titolo", "atto")))
    for chiave in AVVISO:
        if chiave in avviso:
            trovati += _parametro(percorso, chiave, avviso[chiave])
    yield from trovati
    if trovati:
        return
    yield from _limiti(Avviso, percorso, {c: _in_colonna(c, v) for c, v in avviso.items()})
    yield from _nome_di_ente("$.avviso.ats", avviso.get("ats"))
    apre, chiude = (istante(avviso[c]) if avviso.get(c) else None for c in ISTANTI)
    if apre and chiude and chiude <= apre:
        yield "$.avviso.chiude_il", "viene prima di apre_il"


def _parametro(percorso: str, chiave: str, valore) -> Iterator[Errore]:
    if valore is None:
        if chiave != "ats" and not Avviso._meta.get_field(chiave).null:
            yield passo(percorso, chiave), "qui va un valore; se l'avviso non lo dice, togli la chiave"
    elif chiave in ISTANTI:
        if istante(valore) is None:
            yield passo(percorso, chiave), 'qui va un giorno con ora e fuso: "2014-04-30T12:00:00+02:00"'
    elif chiave in NUMERI:
        minimo, massimo = MISURE.get(chiave, (0, 10**10))
        if campi.Importo("").rifiuta(valore):
            yield passo(percorso, chiave), 'qui va un numero con due decimali, fra virgolette: "10.00"'
        elif not minimo <= Decimal(valore) <= massimo:
            yield passo(percorso, chiave), f"qui va un numero da {minimo} a {massimo}"
    else:
        yield from _tipo(percorso, chiave, valore)


def _in_colonna(chiave: str, valore):
    """«170.00» is within one decimal: what it is worth counts, not how it is written."""
    if valore is not None and chiave in NUMERI:
        return Decimal(valore).normalize()
    return istante(valore) if valore is not None and chiave in ISTANTI else valore


def istante(testo) -> datetime | None:
    """The instant that a text says, to the second; None when it says none, or does not say where."""
    try:
        letto = datetime.fromisoformat(testo)
        return letto.astimezone(UTC).replace(microsecond=0) if letto.tzinfo and "T" in testo else None
    except (TypeError, ValueError, OverflowError):
        return None


def _alleanza(alleanza: dict | None) -> Iterator[Errore]:
    if alleanza is None:
        return
    trovati = list(_chiavi("$.alleanza", alleanza, ("nome", "ats"), obbligatorie=("nome", "ats")))
    trovati += [e for c in ("nome", "ats") for e in _tipo("$.alleanza", c, alleanza.get(c))]
    yield from trovati
    if not trovati:
        yield from _limiti(Alleanza, "$.alleanza", {"nome": alleanza["nome"]})
        yield from _nome_di_ente("$.alleanza.ats", alleanza["ats"] or "")


def _nome_di_ente(percorso: str, nome: str | None) -> Iterator[Errore]:
    if nome is not None:
        yield from ((percorso, motivo) for _, motivo in _limiti(Ente, percorso, {"denominazione": nome}))


def _progetto(progetto: dict) -> Iterator[Errore]:
    trovati = list(_chiavi("$.progetto", progetto, ("id", "origine", *COLONNE_PROGETTO), obbligatorie=("id",)))
    trovati += _uuid("$.progetto.id", progetto.get("id"))
    if progetto.get("origine", "portale") not in Progetto.Origine.values:
        trovati.append(("$.progetto.origine", "qui va «portale» o «carta»"))
    trovati += [e for c in COLONNE_PROGETTO for e in _tipo("$.progetto", c, progetto.get(c))]
    yield from trovati
    if not trovati:
        yield from _limiti(Progetto, "$.progetto", {c: progetto.get(c) for c in COLONNE_PROGETTO})
        dal, al = progetto.get("durata_dal"), progetto.get("durata_al")
        if dal and al and al < dal:
            yield "$.progetto.durata_al", "viene prima di durata_dal: sulla carta è così? Scrivilo fra i dichiarati"


def _uuid(percorso: str, valore) -> Iterator[Errore]:
    if not isinstance(valore, str) or not re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", valore):
        yield percorso, "qui va un UUID in minuscolo, come 1b4e28ba-2fa1-41d2-883f-0016d3cca427"


def _id_unici(fonte: str, righe: list[dict]) -> Iterator[Errore]:
    visti: list = []
    for posto, riga in enumerate(righe):
        yield from _uuid(f"$.{fonte}[{posto}].id", riga.get("id"))
        if "id" in riga and riga["id"] in visti:
            yield f"$.{fonte}[{posto}].id", "questo id è già di un'altra riga"
        visti.append(riga.get("id"))


def _righe(fonte: str, dati: dict) -> Iterator[Errore]:
    note = ["id", *COLONNE[fonte]] + (["settore"] if fonte == "partecipazioni" else [])
    yield from _id_unici(fonte, dati[fonte])
    for posto, riga in enumerate(dati[fonte]):
        percorso = f"$.{fonte}[{posto}]"
        trovati = list(_chiavi(percorso, riga, note, obbligatorie=NECESSARIE[fonte]))
        for colonna in note[1:]:
            if colonna in RIMANDI:
                trovati += _rimando(percorso, riga, dati, colonna)
            elif colonna in NECESSARIE[fonte] and colonna in riga and riga[colonna] in (None, ""):
                trovati.append((passo(percorso, colonna), "non può restare vuoto"))
            else:
                trovati += _tipo(percorso, colonna, riga.get(colonna))
        yield from trovati
        if not trovati:
            yield from _limiti(MODELLI[fonte], percorso, {c: riga.get(c) for c in COLONNE[fonte] if c not in RIMANDI})


def _rimando(percorso: str, riga: dict, dati: dict, colonna: str) -> Iterator[Errore]:
    fonte = {"partecipazione": "partecipazioni", "azione": "azioni"}[colonna]
    if riga.get(colonna) not in (None, "", *(r.get("id") for r in dati[fonte])):
        yield passo(percorso, colonna), f"nessuna riga di {fonte} ha questo id"


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


def _costi(edizione: Edizione, dati: dict) -> Iterator[Errore]:
    prospetti = {b.nome: b for b in edizione.blocchi if isinstance(b, Prospetto) and b.nome}
    celle: list[tuple] = []
    yield from _id_unici("costi", dati["costi"])
    for posto, costo in enumerate(dati["costi"]):
        percorso = f"$.costi[{posto}]"
        yield from _chiavi(percorso, costo, COSTO, obbligatorie=("id", "prospetto", "importo"))
        if costo.get("importo") is None or TIPI["importo"].rifiuta(costo["importo"]):
            yield f"{percorso}.importo", 'qui va un importo scritto così: "2000.00"'
        if costo.get("prospetto") not in list(prospetti):
            yield f"{percorso}.prospetto", f"qui va una di queste: {', '.join(prospetti)}"
        for colonna in RIMANDI:
            yield from _rimando(percorso, costo, dati, colonna)
        yield from _cella_di_costo(percorso, costo)
        cella = tuple(costo.get(c) or None for c in COSTO[1:5])
        if cella in celle:
            yield percorso, "questa cella ha già un importo"
        celle.append(cella)


def _cella_di_costo(percorso: str, costo: dict) -> Iterator[Errore]:
    """Costs are by action: a cost of no action would be in the total and in no row."""
    if costo.get("azione") in (None, ""):
        yield f"{percorso}.azione", "di quale azione è il costo? Qui va l'id di una riga di azioni"
    for colonna in ("voce", "partecipazione"):
        if costo.get(colonna):
            yield passo(percorso, colonna), "questa scheda ha i costi per azione soltanto: qui va null"
    if costo.get("voce") is not None and not isinstance(costo["voce"], str):
        yield f"{percorso}.voce", TESTO


def _risposte(edizione: Edizione, dati: dict) -> Iterator[Errore]:
    for chiave, righe in dati["risposte"].items():
        percorso = passo("$.risposte", chiave)
        blocco = _blocco(edizione, chiave)
        if blocco is None:
            yield percorso, f"l'edizione {edizione.codice} non ha questo blocco"
        elif not isinstance(righe, dict):
            yield percorso, OGGETTO
        else:
            yield from _risposte_del_blocco(blocco, percorso, righe, _id_di(blocco, dati))


def _risposte_del_blocco(blocco: Blocco, percorso: str, righe: dict, ids: list) -> Iterator[Errore]:
    for riga, risposte in righe.items():
        dove = passo(percorso, riga)
        if riga not in ids:
            yield dove, "nessuna riga ha questo id" if blocco.fonte else 'questo blocco ha una riga sola: ""'
        elif not isinstance(risposte, dict):
            yield dove, OGGETTO
        else:
            for nome, valore in risposte.items():
                yield from _risposta(blocco, dove, nome, valore)


def _risposta(blocco: Blocco, percorso: str, nome: str, valore) -> Iterator[Errore]:
    note = {} if isinstance(blocco, Prospetto | Elenco) else blocco.campi()
    if nome in COLONNE.get(blocco.fonte, COLONNE_PROGETTO):
        yield passo(percorso, nome), f"questo valore va in $.{blocco.fonte or 'progetto'}"
    elif nome not in note:
        yield passo(percorso, nome), "questo blocco non ha questa risposta"
    elif motivo := note[nome].rifiuta(valore):
        yield passo(percorso, nome), motivo


def _blocco(edizione: Edizione, chiave) -> Blocco | None:
    return next((b for b in edizione.blocchi if b.chiave == chiave), None)


def _id_di(blocco: Blocco, dati: dict) -> list:
    return [r.get("id") for r in dati[blocco.fonte]] if blocco.fonte else [""]


def _dichiarati(edizione: Edizione, dati: dict) -> Iterator[Errore]:
    celle: list[tuple] = []
    for posto, cella in enumerate(dati["dichiarati"]):
        percorso = f"$.dichiarati[{posto}]"
        yield from _chiavi(percorso, cella, CELLA, obbligatorie=("blocco", "campo", "testo"))
        yield from _cella(edizione, percorso, cella, dati)
        nome = (cella.get("blocco"), cella.get("riga") or "", cella.get("campo"))
        if nome in celle:
            yield percorso, "questa cella è già dichiarata"
        celle.append(nome)


def _cella(edizione: Edizione, percorso: str, cella: dict, dati: dict) -> Iterator[Errore]:
    blocco = _blocco(edizione, cella.get("blocco"))
    if blocco is None:
        yield f"{percorso}.blocco", f"l'edizione {edizione.codice} non ha questo blocco"
        return
    nomi = [c.chiave for c in blocco.colonne] if isinstance(blocco, Prospetto) else list(blocco.campi())
    if cella.get("campo") not in nomi:
        yield f"{percorso}.campo", f"il blocco {blocco.chiave} ha: {', '.join(nomi)}"
    totale = [TOTALE] if isinstance(blocco, Prospetto) and blocco.totale else []
    riga = "" if cella.get("riga") is None else cella["riga"]
    if riga not in _id_di(blocco, dati) + totale:
        yield f"{percorso}.riga", "nessuna riga ha questo id" + (f" (per il totale: «{TOTALE}»)" if totale else "")
    if not isinstance(cella.get("testo"), str):
        yield f"{percorso}.testo", "qui va il testo della cella com'è scritto"
    elif cella.get("importo") is not None and cella["importo"] != importo_di(cella, blocco):
        letto = importo_di(cella, blocco) or "come nessun importo"
        yield f"{percorso}.importo", f"il testo «{cella['testo'][:60]}» si legge {letto}"


def importo_di(cella: dict, blocco: Blocco) -> str | None:
    """The amount that the text of a declared cell says, where the cell is one of money."""
    if not isinstance(blocco, Prospetto):
        return None
    importo = importo_detto(cella["testo"])
    return None if importo is None else f"{importo:.2f}"
