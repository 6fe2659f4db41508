"""The cells that the paper merges: what is said once of an azione stands beside all its parts.

Works on rows already read. The first part takes the cell and says over how many rows it spans; the row of the whole stays
only when something of its own is left.
"""

from .tipi import Contenuto

PORTATE = ("valore", "testo", "opzioni", "dichiarato", "diverso", "riservata")


def unisci(righe: list[dict], contenuto: Contenuto) -> list[dict]:
    """The rows as they are printed."""
    padri = {a["id"]: a.get("padre") for a in contenuto["azioni"]}
    for intera in righe:
        parti = [r for r in righe if padri.get(r["id"]) == intera["id"]]
        if parti:
            _titolo(intera, parti)
            for posto, voce in enumerate(intera["voci"]):
                _voce(voce, [p["voci"][posto] for p in parti])
    senza = {padre for padre in padri.values() if padre}
    return [r for r in righe if r["id"] not in senza or _resta(r)]


def _titolo(intera: dict, parti: list[dict]) -> None:
    if intera["titolo_solo"] and not any(p["titolo_solo"] for p in parti):
        parti[0] |= {"titolo_solo": intera["titolo_solo"], "unite_titolo": len(parti)}
        for parte in parti[1:]:
            parte["unite_titolo"] = 0
        intera["titolo_solo"] = ""


def _voce(voce: dict, sotto: list[dict]) -> None:
    if voce["condivisa"] and _detta(voce) and not any(_detta(s) for s in sotto):
        sotto[0] |= {chiave: voce[chiave] for chiave in PORTATE} | {"unite": len(sotto)}
        for altra in sotto[1:]:
            altra["unite"] = 0
        voce |= {"valore": None, "testo": "", "opzioni": [], "dichiarato": "", "diverso": False}


def _detta(voce: dict) -> bool:
    return bool(voce["testo"] or voce["dichiarato"])


def _resta(riga: dict) -> bool:
    """Whether the row of an azione that has parts still says something: a title of its own beside theirs is a heading."""
    return bool(riga["titolo_solo"]) or any(map(_detta, riga["voci"])) or any(f["righe"] for f in riga["figlie"])
