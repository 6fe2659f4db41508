"""The file as JSON: reading, writing, the path of each of its values, and what any part of it is held against."""

import json
import re
from collections.abc import Iterator
from typing import cast

from django.core.exceptions import ValidationError

from alleanze.models import Ente
from conciliazione.schede import campi
from conciliazione.schede.contenuto import Contenuto
from conciliazione.schede.edizione import Blocco, Edizione
from conciliazione.schede.prospetto import VOCI, voci_di

from ..contenuto import TABELLA_DI
from ..edizioni.caricamento import archivio
from ..models import Azione, Cofinanziamento, Destinatari, Partecipazione

Errore = tuple[str, str]
"""A JSON path, and what is wrong there and how to mend it."""
OGGETTO, ELENCO, TESTO = "qui va un oggetto fra parentesi graffe", "qui va un elenco fra parentesi quadre", "qui va un testo"
TIPI = {
    **{c: campi.Numero("").entro(d.massimo) for t in archivio().tabelle.values() for c, d in t.items() if d.massimo},
    "dimensione": campi.Scelta("", scelte=Partecipazione.Dimensione.choices),
    "tipo": campi.Scelta("", scelte=Destinatari.Tipo.choices),
    "azioni": campi.SceltaRighe("", fonte="azioni", colonna="titolo"),
    "importo": campi.Importo(""),
    "ruolo": campi.Scelta("", scelte=Partecipazione.Ruolo.choices),
    "genere": campi.Scelta("", scelte=Azione.Genere.choices),
    "natura": campi.Scelta("", scelte=Cofinanziamento.Natura.choices),
    "personale.ruolo": campi.Riga(""),
    "azioni.titolo": campi.Testo(""),
    "descrizione": campi.Testo(""),
    "settore": campi.Scelta("", scelte=Ente.Settore.choices),
    "durata_dal": campi.Mese(""),
    "durata_al": campi.Mese(""),
}
"""How the value of a promoted column travels, where it is not a text; a table may have its own of the same name."""


class FileRifiutato(Exception):
    """The file cannot be taken in; `errori` are pairs (JSON path, what is wrong and how to mend it)."""

    def __init__(self, errori: list[Errore]):
        super().__init__("\n".join(f"{percorso}: {messaggio}" for percorso, messaggio in errori))
        self.errori = errori


def passo(percorso: str, chiave: str) -> str:
    """Return the path one key further: `$.progetto.titolo`, `$.risposte["I.2"][""]`."""
    semplice = re.fullmatch("[A-Za-z_][A-Za-z0-9_]*", chiave)
    return f"{percorso}.{chiave}" if semplice else f"{percorso}[{json.dumps(_breve(chiave))}]"


def scrivi(dati: Contenuto) -> str:
    return json.dumps(dati, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def leggi_file(testo: str) -> dict:
    """Return what the file holds; raises FileRifiutato for what is not JSON, such as half a file."""
    try:
        dati = json.loads(testo.removeprefix("\ufeff"), object_pairs_hook=_una_volta_sola)
    except json.JSONDecodeError as errore:
        dove = f"riga {errore.lineno}, colonna {errore.colno}"
        raise FileRifiutato([("$", f"il file non è JSON completo ({dove}): forse è stato troncato")]) from errore
    except (ValueError, RecursionError) as errore:  # a number of thousands of digits, brackets within brackets without end
        raise FileRifiutato([("$", "il file non è una scheda: ha un numero enorme o troppe parentesi")]) from errore
    if not isinstance(dati, dict):
        raise FileRifiutato([("$", "il file deve contenere una scheda: un oggetto JSON fra parentesi graffe")])
    return dati


def _una_volta_sola(coppie: list[tuple[str, object]]) -> dict:
    """JSON would keep the last of two equal keys, and say nothing."""
    oggetto = dict(coppie)
    if len(oggetto) < len(coppie):
        chiavi = [chiave for chiave, _ in coppie]
        doppia = next(c for c in chiavi if chiavi.count(c) > 1)
        raise FileRifiutato([("$", f"la chiave «{_breve(doppia)}» è scritta due volte nello stesso oggetto")])
    return oggetto


def caratteri(dati: dict) -> Iterator[Errore]:
    """Texts that no database keeps: with a NUL, or with half of a character. No recursion: a file may be very deep."""
    da_vedere: list[tuple[str, object]] = [("$", dati)]
    while da_vedere:
        percorso, valore = da_vedere.pop()
        if isinstance(valore, dict):
            for chiave, altro in valore.items():
                dove = passo(percorso, chiave)
                da_vedere += [(dove, altro)] if not _impossibile(chiave) else []
                if _impossibile(chiave):
                    yield dove, "la chiave ha un carattere che non si può scrivere"
        elif isinstance(valore, list):
            da_vedere += [(f"{percorso}[{posto}]", altro) for posto, altro in enumerate(valore)]
        elif isinstance(valore, str) and _impossibile(valore):
            yield percorso, "il testo ha un carattere che non si può scrivere (NUL, o metà di una coppia Unicode)"


def _impossibile(testo: str) -> bool:
    return "\0" in testo or any("\ud800" <= carattere <= "\udfff" for carattere in testo)


def diversi(percorso: str, atteso, trovato) -> Iterator[Errore]:
    """Yield where what the file says and what the portal then has are not the same."""
    if isinstance(atteso, dict) and isinstance(trovato, dict):
        for chiave in sorted(atteso.keys() | trovato.keys()):
            yield from diversi(passo(percorso, chiave), atteso.get(chiave), trovato.get(chiave))
    elif isinstance(atteso, list) and isinstance(trovato, list) and len(atteso) == len(trovato):
        for posto, (a, t) in enumerate(zip(atteso, trovato, strict=True)):
            yield from diversi(f"{percorso}[{posto}]", a, t)
    elif atteso != trovato:
        yield percorso, f"il file dice {_detto(atteso)}, nel portale è {_detto(trovato)}"


def _detto(valore) -> str:
    return "vuoto" if valore is None else _breve(json.dumps(valore, ensure_ascii=False))


def _breve(testo: str) -> str:
    return testo if len(testo) <= 60 else testo[:57] + "…"


# What any part of the file is held against: keys, types, limits of the columns, links between rows.


def tipo_di(colonna: str, fonte: str = "") -> campi.Campo:
    return TIPI.get(f"{fonte}.{colonna}") or TIPI.get(colonna) or campi.Riga("")


def chiavi(percorso: str, oggetto: dict, note, obbligatorie=()) -> Iterator[Errore]:
    for chiave in oggetto:
        if chiave not in note:
            yield passo(percorso, chiave), "chiave sconosciuta: controlla come è scritta"
    for chiave in obbligatorie:
        if chiave not in oggetto:
            yield passo(percorso, chiave), "manca questa chiave"


def tipo(percorso: str, chiave: str, valore, fonte: str = "") -> Iterator[Errore]:
    if motivo := tipo_di(chiave, fonte).rifiuta(valore):
        yield passo(percorso, chiave), motivo


def limiti(modello, percorso: str, valori: dict) -> Iterator[Errore]:
    """Yield what the columns do not hold: a text too long, a blank where there must be something, a figure out of range."""
    noti = {f.name for f in modello._meta.concrete_fields if not f.is_relation} & valori.keys() - {"id"}
    pronti = {c: "" if v is None and not modello._meta.get_field(c).null else v for c, v in valori.items() if c in noti}
    try:
        modello(**pronti).clean_fields(exclude={f.name for f in modello._meta.fields} - noti)
    except ValidationError as errore:
        for chiave, messaggi in errore.message_dict.items():
            yield passo(percorso, chiave), " ".join(messaggi)


def nome_di_ente(percorso: str, nome: str | None) -> Iterator[Errore]:
    if nome is not None:
        yield from ((percorso, motivo) for _, motivo in limiti(Ente, percorso, {"denominazione": nome}))


def uuid_giusto(percorso: str, valore) -> Iterator[Errore]:
    if not isinstance(valore, str) or not re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", valore):
        yield percorso, "qui va un UUID in minuscolo, come 1b4e28ba-2fa1-41d2-883f-0016d3cca427"


def id_unici(fonte: str, righe: list[dict]) -> Iterator[Errore]:
    visti: list = []
    for posto, riga in enumerate(righe):
        yield from uuid_giusto(f"$.{fonte}[{posto}].id", riga.get("id"))
        if "id" in riga and riga["id"] in visti:
            yield f"$.{fonte}[{posto}].id", "questo id è già di un'altra riga"
        visti.append(riga.get("id"))


def rimandi(percorso: str, riga: dict, dati: dict, colonna: str) -> Iterator[Errore]:
    """Yield a link, or several, to rows that must be there."""
    fonte, valore = TABELLA_DI[colonna], riga.get(colonna)
    if motivo := TIPI[colonna].rifiuta(valore) if colonna in TIPI else "":
        yield passo(percorso, colonna), motivo
        return
    note = [r.get("id") for r in dati[fonte]]
    for id_ in valore if isinstance(valore, list) and colonna in TIPI else [valore]:
        if id_ not in (None, "") and id_ not in note:
            yield passo(percorso, colonna), f"nessuna riga di {fonte} ha questo id"


def blocco_di(edizione: Edizione, chiave) -> Blocco | None:
    return next((b for b in edizione.blocchi if b.chiave == chiave), None)


def id_di(edizione: Edizione, blocco: Blocco, dati: dict) -> list:
    """Return the rows that a block may have in this file."""
    if blocco.fonte == VOCI:
        return [v["id"] for v in voci_di(blocco, cast(Contenuto, {"avviso": {"voci_costo": None} | dati["avviso"]}))]
    return [r.get("id") for r in dati[blocco.fonte]] if blocco.fonte else [""]
