"""The reading of a scheda: sezioni → blocchi → righe → voci, with every label and every text in full.

A plain dict, because the very same dict is frozen in a Versione: page, PDF, comparison and exports walk it and need
neither the edition nor the content. No template but a block's own names a field.
"""

from collections.abc import Callable
from decimal import Decimal

from conciliazione import importi

from .campi import Campo
from .edizione import Blocco, Colonna, Cronoprogramma, Edizione, Elenco, Prospetto
from .tipi import Contenuto, Valore

RISERVATO = "dato personale, non visibile"

Nascondi = Callable[[str, bool], bool]
"""Whether a field of a row must not be shown to whoever reads."""


def leggi(edizione: Edizione, contenuto: Contenuto, nascondi: Nascondi = lambda riga, personale: False) -> dict:
    """The whole scheda as people read it."""
    dichiarati = {(d["blocco"], d["riga"] or "", d["campo"]): d["testo"] for d in contenuto["dichiarati"]}
    sezioni = [
        {
            "chiave": sezione.chiave,
            "titolo": sezione.titolo,
            "blocchi": [leggi_blocco(b, contenuto, dichiarati, nascondi) for b in sezione.blocchi],
        }
        for sezione in edizione.sezioni
    ]
    return {"titolo": edizione.titolo, "sottotitolo": edizione.sottotitolo, "sezioni": sezioni}


def leggi_blocco(blocco: Blocco, contenuto: Contenuto, dichiarati: dict, nascondi: Nascondi) -> dict:
    righe = blocco.righe(contenuto)
    return {
        "chiave": blocco.chiave,
        "id": blocco.id,
        "titolo": blocco.titolo,
        "istruzioni": blocco.istruzioni,
        "genere": blocco.genere,
        "aspetto": blocco.aspetto or blocco.genere,
        "stampato": blocco.stampato,
        "colonne": _colonne(blocco),
        "righe": [_riga(blocco, contenuto, n, riga, dichiarati, nascondi) for n, riga in enumerate(righe, 1)],
        "totale": _totale(blocco, contenuto, dichiarati),
        "etichetta_totale": getattr(blocco, "totale", ""),
    }


def _colonne(blocco: Blocco) -> list[dict]:
    if isinstance(blocco, Prospetto):
        return [{"chiave": c.chiave, "etichetta": c.etichetta, "genere": "importo"} for c in blocco.colonne]
    return [{"chiave": k, "etichetta": str(c.label), "genere": c.genere} for k, c in blocco.campi().items()]


def _riga(blocco: Blocco, contenuto: Contenuto, numero: int, riga: dict, dichiarati: dict, nascondi: Nascondi) -> dict:
    etichetta = blocco.etichetta(numero, riga) if isinstance(blocco, Elenco) else ""
    return {
        "id": riga["id"],
        "numero": numero,
        "etichetta": etichetta,
        "titolo": blocco.titolo_riga(riga),
        "ruolo": riga.get("ruolo") or "",
        "voci": list(_voci(blocco, contenuto, riga, dichiarati, nascondi)),
    }


def _voci(blocco: Blocco, contenuto: Contenuto, riga: dict, dichiarati: dict, nascondi: Nascondi):
    colonne = blocco.colonne if isinstance(blocco, Prospetto) else getattr(blocco, "calcolate", ())
    if not isinstance(blocco, Prospetto):
        for chiave, campo in _campi_pronti(blocco, contenuto).items():
            valore = blocco.valore(contenuto, riga, chiave)
            detto = dichiarati.get((blocco.chiave, riga["id"], chiave), "")
            if nascondi(riga["id"], campo.personale):
                yield _voce(chiave, campo, None, "", riservata=True)
            else:
                yield _voce(chiave, campo, valore, detto)
    for colonna in colonne:
        yield _voce_importo(blocco, colonna, contenuto, riga["id"], dichiarati)


def _campi_pronti(blocco: Blocco, contenuto: Contenuto) -> dict[str, Campo]:
    if blocco.modulo is None or isinstance(blocco, Cronoprogramma):
        return blocco.campi()
    return blocco.form(contenuto, {"id": ""}).fields


def _voce(chiave: str, campo: Campo, valore: Valore, dichiarato: str, riservata: bool = False) -> dict:
    return {
        "chiave": chiave,
        "etichetta": str(campo.label),
        "aiuto": str(campo.help_text),
        "gruppo": campo.gruppo,
        "intestazione": getattr(campo, "intestazione", ""),
        "genere": campo.genere,
        "valore": valore,
        # Blank lines at the end are not printed, and not counted.
        "testo": RISERVATO if riservata else campo.testo(valore).rstrip(),
        "opzioni": campo.opzioni(valore),
        "max_righe": campo.max_righe,
        "dichiarato": dichiarato,
        "diverso": False,
        "riservata": riservata,
        "personale": campo.personale,
    }


def _voce_importo(blocco: Blocco, colonna: Colonna, contenuto: Contenuto, riga: str | None, dichiarati: dict) -> dict:
    importo = colonna.calcola(contenuto, riga)
    detto = dichiarati.get((blocco.chiave, TOTALE if riga is None else riga, colonna.chiave), "")
    return {
        "chiave": colonna.chiave,
        "etichetta": colonna.etichetta,
        "aiuto": "",
        "gruppo": "",
        "intestazione": "",
        "genere": "importo",
        "valore": None if importo is None else f"{importo:.2f}",
        "testo": importi.scrivi_importo(importo),
        "opzioni": [],
        "max_righe": None,
        "dichiarato": detto,
        # As for the segnalazioni: a declared zero is not another figure than a blank.
        "diverso": bool(detto.strip()) and importo_detto(detto) != (importo or 0),
        "riservata": False,
        "personale": False,
    }


TOTALE = "totale"
"""In place of a row's id, for a declared cell of the total row."""


def importo_detto(testo: str) -> Decimal | None:
    """The amount that a cell of a paper scheda says; None when it says none that can be read."""
    try:
        return importi.leggi_importo(testo)
    except importi.ImportoNonLeggibile:
        return None


def _totale(blocco: Blocco, contenuto: Contenuto, dichiarati: dict) -> list[dict]:
    if not (isinstance(blocco, Prospetto) and blocco.totale):
        return []
    return [_voce_importo(blocco, colonna, contenuto, None, dichiarati) for colonna in blocco.colonne]
