"""The reading of a scheda: sezioni → blocchi → righe → voci, with every label and every text in full."""

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from typing import NotRequired, TypedDict

from ..italiano import importi
from .campo import Campo, Opzione
from .contenuto import Contenuto, QualsiasiRiga
from .edizione import Blocco, Colonna, Edizione, Tabella
from .tipi import Valore

RISERVATO = "dato personale, non visibile"

Nascondi = Callable[[str, bool], bool]
"""Whether a field of a row must not be shown to whoever reads."""


class ColonnaLetta(TypedDict):
    """A column of a block: its printed title, and how its values read (`genere`)."""

    chiave: str
    etichetta: str
    genere: str
    stampata: NotRequired[bool]


class VoceLetta(TypedDict):
    """One answer as people read it: `valore` as it travels, `testo` in words; what a paper scheda declares beside it."""

    chiave: str
    etichetta: str
    aiuto: str
    gruppo: str
    intestazione: str
    genere: str
    valore: Valore
    testo: str
    opzioni: list[Opzione]
    max_righe: int | None
    max_caratteri: int | None
    dichiarato: str
    diverso: bool
    """Whether the paper declares another figure."""
    riservata: bool
    personale: bool
    stampata: NotRequired[bool]
    condivisa: bool
    righe_contate: NotRequired[str]
    """In a preview, how long it is beside how long it may be."""
    troppe_righe: NotRequired[bool]
    unite: int
    """Over how many rows its cell spans; 0 where the one above takes its place."""


class RigaLetta(TypedDict):
    """A row of a block, with the tables that hang from it."""

    id: str
    numero: int
    etichetta: str
    titolo: str
    codice: str
    titolo_solo: str
    unite_titolo: int
    ruolo: str
    voci: list[VoceLetta]
    figlie: list["BloccoLetto"]


class BloccoLetto(TypedDict):
    """A block: the template that reads it (`aspetto`), the way in which Word draws it, its columns, its rows, its totals."""

    chiave: str
    id: str
    titolo: str
    nome: str
    istruzioni: str
    genere: str
    aspetto: str
    in_word: str
    domanda_nel_titolo: bool
    stampato: bool
    intestazione: str
    con_codici: bool
    colonne: list[ColonnaLetta]
    righe: list[RigaLetta]
    totale: list[VoceLetta]
    etichetta_totale: str
    livello: NotRequired[int]
    """Of its headings, on a page that prints its title above them."""


class SezioneLetta(TypedDict):
    """A section, as printed or on the screen alone."""

    chiave: str
    titolo: str
    stampata: NotRequired[bool]
    blocchi: list[BloccoLetto]


class Lettura(TypedDict):
    """A scheda as people read it: what is frozen beside its content, so that it reads the same for ever."""

    titolo: str
    sottotitolo: str
    sezioni: list[SezioneLetta]


Dichiarati = dict[tuple[str, str, str], str]
"""What a paper scheda declares: by block, row and field."""


def leggi(edizione: Edizione, contenuto: Contenuto, nascondi: Nascondi = lambda riga, personale: False) -> Lettura:
    """The whole scheda as people read it."""
    dichiarati = {(d["blocco"], d["riga"] or "", d["campo"]): d["testo"] for d in contenuto["dichiarati"]}
    sezioni: list[SezioneLetta] = [
        {
            "chiave": sezione.chiave,
            "titolo": sezione.titolo,
            "stampata": sezione.stampata,
            "blocchi": [
                leggi_blocco(b, contenuto, dichiarati, nascondi, edizione.figlie(b)) for b in sezione.blocchi if not b.dentro
            ],
        }
        for sezione in edizione.sezioni
    ]
    return {"titolo": edizione.titolo, "sottotitolo": edizione.sottotitolo, "sezioni": sezioni}


def solo_stampati(lettura: Lettura) -> Lettura:
    """The parts of a reading that the form prints: its blocks and, in each, its answers. (An older reading has no
    «stampata»: then every answer was the form's.)
    """
    sezioni: list[SezioneLetta] = [
        {**s, "blocchi": [_stampato(b) for b in s["blocchi"] if b["stampato"]]} for s in lettura["sezioni"]
    ]
    return {**lettura, "sezioni": sezioni}


def _stampato(blocco: BloccoLetto) -> BloccoLetto:
    righe: list[RigaLetta] = [{**r, "voci": [v for v in r["voci"] if v.get("stampata", True)]} for r in blocco["righe"]]
    return {**blocco, "colonne": [c for c in blocco["colonne"] if c.get("stampata", True)], "righe": righe}


def leggi_blocco(
    blocco: Blocco, contenuto: Contenuto, dichiarati: Dichiarati, nascondi: Nascondi, figlie: Sequence[Tabella] = ()
) -> BloccoLetto:
    """One block; `figlie` are the tables that are printed inside its rows."""
    righe = [_riga(blocco, contenuto, n, r, dichiarati, nascondi) for n, r in enumerate(blocco.righe(contenuto), 1)]
    for riga in righe:
        riga["figlie"] = [leggi_blocco(f.di(riga["id"]), contenuto, dichiarati, nascondi) for f in figlie]
    return {
        "chiave": blocco.chiave,
        "id": blocco.id,
        "titolo": blocco.titolo,
        "nome": blocco.chiamato,
        "istruzioni": blocco.istruzioni,
        "genere": blocco.genere,
        "aspetto": blocco.si_legge,
        "in_word": blocco.in_word or blocco.disegno,
        "domanda_nel_titolo": blocco.domanda_nel_titolo,
        "stampato": blocco.stampato,
        "intestazione": blocco.prima_colonna,
        "con_codici": any(riga["codice"] for riga in righe),
        "colonne": _colonne(blocco),
        "righe": unisci(righe, contenuto) if blocco.in_tabella else righe,
        "totale": _totale(blocco, contenuto, dichiarati),
        "etichetta_totale": blocco.totale,
    }


def _colonne(blocco: Blocco) -> list[ColonnaLetta]:
    if blocco.di_denaro:
        return [{"chiave": c.chiave, "etichetta": c.etichetta, "genere": c.genere} for c in blocco.colonne]
    campi = {k: c for k, c in blocco.campi().items() if not (blocco.della_riga and k == blocco.padre)}
    return [{"chiave": k, "etichetta": str(c.label), "genere": c.genere, "stampata": c.stampato} for k, c in campi.items()]


def _riga(
    blocco: Blocco, contenuto: Contenuto, numero: int, riga: QualsiasiRiga, dichiarati: Dichiarati, nascondi: Nascondi
) -> RigaLetta:
    return {
        "id": riga["id"],
        "numero": numero,
        "etichetta": blocco.etichetta_riga(numero, riga),
        "titolo": blocco.titolo_riga(riga),
        "codice": riga.get("codice") or "",
        "titolo_solo": riga.get("titolo") or riga.get("denominazione") or "",
        "unite_titolo": 1,
        "ruolo": riga.get("ruolo") or "",
        "voci": list(_voci(blocco, contenuto, riga, dichiarati, nascondi)),
        "figlie": [],
    }


def _voci(
    blocco: Blocco, contenuto: Contenuto, riga: QualsiasiRiga, dichiarati: Dichiarati, nascondi: Nascondi
) -> Iterator[VoceLetta]:
    if not blocco.di_denaro:
        mostrate = {c["chiave"] for c in _colonne(blocco)}
        di_chi = riga.get(blocco.padre) or riga["id"]
        for chiave, campo in blocco.campi_pronti(contenuto).items():
            if chiave not in mostrate:
                continue
            valore = blocco.valore(contenuto, riga, chiave)
            detto = dichiarati.get((blocco.chiave, riga["id"], chiave), "")
            if nascondi(di_chi, campo.personale):
                yield _voce(chiave, campo, None, "", riservata=True)
            else:
                yield _voce(chiave, campo, valore, detto)
    for colonna in (*blocco.colonne, *blocco.calcolate):
        yield _voce_importo(blocco, colonna, contenuto, riga["id"], dichiarati)


def _voce(chiave: str, campo: Campo, valore: Valore, dichiarato: str, riservata: bool = False) -> VoceLetta:
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
        "max_caratteri": campo.max_caratteri,
        "dichiarato": dichiarato,
        "diverso": False,
        "riservata": riservata,
        "personale": campo.personale,
        "stampata": campo.stampato,
        "condivisa": campo.condiviso,
        "unite": 1,
    }


def _voce_importo(
    blocco: Blocco, colonna: Colonna, contenuto: Contenuto, riga: str | None, dichiarati: Dichiarati
) -> VoceLetta:
    calcolato = colonna.calcola(contenuto, riga)
    parole, importo = (calcolato, None) if isinstance(calcolato, str) else (None, calcolato)
    detto = dichiarati.get((blocco.chiave, TOTALE if riga is None else riga, colonna.chiave), "")
    return {
        "chiave": colonna.chiave,
        "etichetta": colonna.etichetta,
        "aiuto": "",
        "gruppo": "",
        "intestazione": "",
        "genere": colonna.genere,
        "valore": f"{importo:.2f}" if importo is not None else parole,
        "testo": importi.scrivi_importo(importo) if colonna.genere == "importo" else (parole or ""),
        "opzioni": [],
        "max_righe": None,
        "max_caratteri": None,
        "dichiarato": detto,
        # As for the segnalazioni: a declared zero is not another figure than a blank.
        "diverso": bool(detto.strip()) and colonna.genere == "importo" and importo_detto(detto) != (importo or 0),
        "riservata": False,
        "personale": False,
        "condivisa": False,
        "unite": 1,
    }


TOTALE = "totale"
"""In place of a row's id, for a declared cell of the total row."""


def importo_detto(testo: str) -> Decimal | None:
    """The amount that a cell of a paper scheda says; None when it says none that can be read."""
    try:
        return importi.leggi_importo(testo)
    except importi.ImportoNonLeggibile:
        return None


def _totale(blocco: Blocco, contenuto: Contenuto, dichiarati: Dichiarati) -> list[VoceLetta]:
    if not blocco.totale:
        return []
    return [_voce_importo(blocco, colonna, contenuto, None, dichiarati) for colonna in blocco.colonne]


# What who draws a reading asks of it: pages, PDF and Word. A box «altro» and a short question «altro: quali» are one line of
# the form.


def modelli(blocco: BloccoLetto) -> list[str]:
    """Return the templates that may read a block, the first that is there does: its own, or that of its kind when the edition
    that brought it along is not installed any more."""
    return [blocco["aspetto"], f"conciliazione/schede/lettura/{blocco['genere']}.html"]


def che_completa(opzione: Opzione, voci: list[VoceLetta]) -> VoceLetta | None:
    """Return the short question that goes on with the words of a box, if the block has one."""
    inizio = f"{opzione['etichetta']}:".casefold()
    return next((v for v in voci if not v["opzioni"] and v["etichetta"].casefold().startswith(inizio)), None)


def senza_completamenti(voci: list[VoceLetta]) -> list[VoceLetta]:
    """Return the questions that stand on a line of their own."""
    nelle_caselle = [che_completa(opzione, voci) for voce in voci for opzione in voce["opzioni"]]
    return [voce for voce in voci if voce not in nelle_caselle]


# The cells that the paper merges: what is said once of an azione stands beside all its parts. It works on rows already
# read: the first part takes the cell and says over how many rows it spans; the row of the whole stays only when something
# of its own is left.


def unisci(righe: list[RigaLetta], contenuto: Contenuto) -> list[RigaLetta]:
    """The rows as they are printed."""
    padri = {a["id"]: a.get("padre") for a in contenuto["azioni"]}
    for intera in righe:
        parti = [r for r in righe if padri.get(r["id"]) == intera["id"]]
        if parti:
            _titolo(intera, parti)
            for posto, voce in enumerate(intera["voci"]):
                _cella(voce, [p["voci"][posto] for p in parti])
    senza = {padre for padre in padri.values() if padre}
    return [r for r in righe if r["id"] not in senza or _resta(r)]


def _titolo(intera: RigaLetta, parti: list[RigaLetta]) -> None:
    if intera["titolo_solo"] and not any(p["titolo_solo"] for p in parti):
        parti[0] |= {"titolo_solo": intera["titolo_solo"], "unite_titolo": len(parti)}
        for parte in parti[1:]:
            parte["unite_titolo"] = 0
        intera["titolo_solo"] = ""


def _cella(voce: VoceLetta, sotto: list[VoceLetta]) -> None:
    if voce["condivisa"] and _detta(voce) and not any(_detta(s) for s in sotto):
        sotto[0] |= {
            "valore": voce["valore"],
            "testo": voce["testo"],
            "opzioni": voce["opzioni"],
            "dichiarato": voce["dichiarato"],
            "diverso": voce["diverso"],
            "riservata": voce["riservata"],
            "unite": len(sotto),
        }
        for altra in sotto[1:]:
            altra["unite"] = 0
        voce |= {"valore": None, "testo": "", "opzioni": [], "dichiarato": "", "diverso": False}


def _detta(voce: VoceLetta) -> bool:
    return bool(voce["testo"] or voce["dichiarato"])


def _resta(riga: RigaLetta) -> bool:
    """Whether the row of an azione that has parts still says something: a title of its own beside theirs is a heading."""
    return bool(riga["titolo_solo"]) or any(map(_detta, riga["voci"])) or any(f["righe"] for f in riga["figlie"])
