"""The file as JSON: reading, writing, and the path of each of its values."""

import json
import re
from collections.abc import Iterator

from conciliazione.schede.tipi import Contenuto

Errore = tuple[str, str]
"""A JSON path, and what is wrong there and how to mend it."""


class FileRifiutato(Exception):
    """The file cannot be taken in; `errori` are pairs (JSON path, what is wrong and how to mend it)."""

    def __init__(self, errori: list[Errore]):
        super().__init__("\n".join(f"{percorso}: {messaggio}" for percorso, messaggio in errori))
        self.errori = errori


def passo(percorso: str, chiave: str) -> str:
    """The path one key further: `$.progetto.titolo`, `$.risposte["I.2"][""]`."""
    semplice = re.fullmatch("[A-Za-z_][A-Za-z0-9_]*", chiave)
    return f"{percorso}.{chiave}" if semplice else f"{percorso}[{json.dumps(_breve(chiave))}]"


def scrivi(dati: Contenuto) -> str:
    return json.dumps(dati, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def leggi_file(testo: str) -> dict:
    """Raises FileRifiutato for what is not JSON, such as half a file."""
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
    """Where what the file says and what the portal then has are not the same."""
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
