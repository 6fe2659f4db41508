"""Export and import: the examination of the file, its normal form, the writing, and the proof that it comes out the same."""

import json
from decimal import Decimal

from django.db import IntegrityError, transaction

from conciliazione.schede.edizione import Edizione

from ..contenuto import COLONNE, COLONNE_PROGETTO, al_filo, contenuto, in_ordine
from ..contenuto.colonne import campo_del_parametro
from ..edizioni import EDIZIONI
from ..models import Progetto
from . import scrittura
from .celle import importo_di
from .documento import FileRifiutato, caratteri, diversi, scrivi
from .esame import ALTRE, CHIAVI_AVVISO, ISTANTI, LASCIATE, esamina, istante


def esporta(progetto: Progetto) -> str:
    """Return the scheda as a file. Confirmations stay here: they are acts of people of this portal, not content."""
    return scrivi({chiave: valore for chiave, valore in contenuto(progetto).items() if chiave not in LASCIATE})


@transaction.atomic
def importa(dati: dict, utente=None) -> tuple[Progetto, str]:
    """Take a scheda in; returns the project and what was done: «creato», «aggiornato» or «identico».

    Raises FileRifiutato, and then nothing is written.
    """
    if errori := list(caratteri(dati)) or list(esamina(dati)) or scrittura.righe_di_altri(dict.fromkeys(ALTRE, ()) | dati):
        raise FileRifiutato(errori)
    progetto = Progetto.objects.select_for_update(no_key=True).filter(pk=dati["progetto"]["id"]).first()
    completi = completa(dati, EDIZIONI[dati["edizione"]])
    if progetto is not None and esporta(progetto) == scrivi(completi):
        return progetto, "identico"
    if progetto is not None and not progetto.modificabile:
        raise FileRifiutato([("$.progetto.id", f"«{progetto}» è già stato presentato e non si può cambiare")])
    fatto = "creato" if progetto is None else "aggiornato"
    try:
        with transaction.atomic():
            progetto = scrittura.scrivi(completi, progetto, utente)
    except IntegrityError as errore:
        raise FileRifiutato([("$", "qualcun altro sta scrivendo le stesse righe: riprova fra poco")]) from errore
    _che_sia_uguale(progetto, completi)
    return progetto, fatto


def _che_sia_uguale(progetto: Progetto, dati: dict) -> None:
    """What went in must come out: a difference is what exists here and does not agree with the file."""
    progetto = Progetto.objects.select_related("avviso__ats", "alleanza__ats").get(pk=progetto.pk)
    if trovati := list(diversi("$", dati, json.loads(esporta(progetto)))):
        raise FileRifiutato(trovati)


def completa(dati: dict, edizione: Edizione) -> dict:
    """Return the file with every key said, in the order in which it comes out: an absent key is null, which is blank."""
    progetto = {"origine": "portale"} | dict.fromkeys(COLONNE_PROGETTO) | _senza_vuoti(dati["progetto"])
    celle = [_cella(c, edizione.blocco(c["blocco"])) for c in dati["dichiarati"]]
    costi = [{"azione": None, "voce": None, "partecipazione": None} | _senza_vuoti(c) for c in dati["costi"]]
    tabelle = {f: [dict.fromkeys(COLONNE[f]) | _senza_vuoti(r) for r in dati.get(f, [])] for f in COLONNE}
    return {chiave: valore for chiave, valore in dati.items() if chiave not in LASCIATE} | {
        "avviso": _avviso(dati["avviso"]),
        "progetto": progetto,
        **tabelle,
        "azioni": in_ordine(tabelle["azioni"]),
        "fasi": [f | {"azioni": _in_fila(f["azioni"], tabelle["azioni"])} for f in tabelle["fasi"]],
        "costi": sorted(costi, key=lambda c: (c["prospetto"], c["id"])),
        "dichiarati": sorted(celle, key=lambda c: (c["blocco"], c["riga"], c["campo"])),
        "risposte": _risposte(dati["risposte"]),
    }


def _in_fila(scelte: list | None, azioni: list[dict]) -> list | None:
    """Actions that a row points to, in the order of their table."""
    return [a["id"] for a in in_ordine(azioni) if a["id"] in (scelte or ())] or None


def _senza_vuoti(riga: dict) -> dict:
    return {chiave: None if valore in ("", [], {}) else valore for chiave, valore in riga.items()}


def _avviso(avviso: dict) -> dict:
    """What the model says where the file says nothing; instants as they come out."""
    detti = {c: avviso[c] if c in avviso else _consueto(c) for c in CHIAVI_AVVISO}
    return _senza_vuoti(detti | {c: al_filo(istante(detti[c])) for c in ISTANTI})


def _consueto(chiave: str):
    predefinito = campo_del_parametro(chiave).get_default()
    return f"{predefinito:.2f}" if isinstance(predefinito, Decimal) else (predefinito or None)


def _cella(cella: dict, blocco) -> dict:
    detta = {"blocco": cella["blocco"], "riga": cella.get("riga") or "", "campo": cella["campo"], "testo": cella["testo"]}
    return detta | {"importo": importo_di(cella, blocco)}


def _risposte(risposte: dict) -> dict:
    """Blank answers are not kept: neither in the portal nor in the file that comes out."""
    piene: dict = {}
    for blocco, righe in risposte.items():
        for riga, valori in righe.items():
            scritti = {c: v for c, v in valori.items() if v not in (None, "", [])}
            if scritti:
                piene.setdefault(blocco, {})[riga] = scritti
    return piene
