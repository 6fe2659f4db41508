"""The reading of a scheda as a Word document: the same walk as the page and the PDF, in the printed order.

It knows the kinds of block and no field: a new edition prints without a line here.
"""

import hashlib
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import lru_cache
from importlib import metadata
from itertools import groupby
from pathlib import Path

from ..stampa import word
from ..stampa.word import Brano, Capoverso, Carta, Cella, detta
from .lettura import BloccoLetto, Lettura, RigaLetta, VoceLetta, che_completa, senza_completamenti, solo_stampati

Disegni = Mapping[str, Callable[[Carta, BloccoLetto], None]]

VUOTA = "________________"
"""A blank answer: the line to write on."""
BARRATA, LIBERA = "☒", "☐"
A_DESTRA = ("importo", "numero")


def esporta(
    lettura: Lettura, *, titolo: str, piede: str = "", stato: str = "", creata_il: datetime, disegni: Disegni | None = None
) -> bytes:
    """The scheda as DOCX. stato: a mark on every page, or "". creata_il: from the database, never now.

    disegni: how its edition draws what none of the kinds does.
    """
    disegni = {**DISEGNI, **(disegni or {})}
    carta = Carta(titolo, piede=piede, testata=stato, creata_il=creata_il)
    if lettura["sottotitolo"]:
        carta.capoverso([Brano(lettura["sottotitolo"], "forte")])
    carta.titolo(lettura["titolo"], 0)
    for sezione in solo_stampati(lettura)["sezioni"]:
        if sezione.get("stampata", True):
            carta.titolo(sezione["titolo"], 1)
        for blocco in sezione["blocchi"]:
            _blocco(carta, blocco, disegni)
    return carta.byte()


@lru_cache(maxsize=1)
def impronta_modello() -> str:
    """SHA-256 of all that makes the document beside the reading."""
    somma = hashlib.sha256()
    for libreria in ("python-docx", "lxml"):
        somma.update(f"{libreria} {metadata.version(libreria)}\n".encode())
    for file in (Path(__file__), Path(word.__file__)):
        somma.update(hashlib.sha256(file.read_bytes()).digest())
    return somma.hexdigest()


def _blocco(carta: Carta, blocco: BloccoLetto, disegni: Disegni) -> None:
    if blocco["titolo"]:
        carta.titolo(blocco["titolo"], 2)
    if blocco["istruzioni"]:
        carta.capoverso([Brano(blocco["istruzioni"])], "Istruzioni")
    disegni.get(blocco["in_word"], disegni[blocco["genere"]])(carta, blocco)


# Answers.


def valore(voce: VoceLetta, *, euro: bool = False, vuota: str = "") -> Capoverso:
    """The answer alone: as declared on the paper if it was, and what is computed where it differs."""
    if voce.get("riservata"):
        return [Brano(voce["testo"], "corsivo")]
    if voce["dichiarato"]:
        calcolato = f" (calcolato: {voce['testo'] or 'nessun importo'})" if voce["diverso"] else ""
        return [Brano(voce["dichiarato"]), Brano(calcolato, "corsivo")]
    segno = "€ " if euro else ""
    return [Brano(f"{segno}{voce['testo']}" if voce["testo"] else f"{segno}{vuota}")]


def _caselle(voce: VoceLetta, voci: list[VoceLetta]) -> list[Capoverso]:
    """A line for each box; the short question that goes on with its words stands on the same line."""
    righe = []
    for opzione in voce["opzioni"]:
        segno = Brano(f"{BARRATA if opzione['scelta'] else LIBERA} ")
        completa = che_completa(opzione, voci)
        resto = [Brano(" "), *valore(completa, vuota=VUOTA)] if completa else []
        righe.append([segno, Brano(completa["etichetta"] if completa else opzione["etichetta"]), *resto])
    return righe


def _risposta(voce: VoceLetta) -> list[Capoverso]:
    """An answer in a cell: its boxes, or its lines."""
    if voce["opzioni"] and voce["genere"] in ("scelta", "scelte"):
        return ([valore(voce)] if voce["dichiarato"] else []) + _caselle(voce, [])
    return [valore(voce)]


def _cella(voce: VoceLetta) -> Cella:
    unite = voce.get("unite", 1)
    capoversi = _risposta(voce) if unite else []
    return Cella(capoversi, a_destra=voce["genere"] in A_DESTRA, unite=unite)


# Kinds of block.


def _domande(carta: Carta, blocco: BloccoLetto) -> None:
    voci = [voce for riga in blocco["righe"] for voce in riga["voci"]]
    for voce in senza_completamenti(voci):
        ripetuta = blocco.get("domanda_nel_titolo") or f"- {voce['etichetta']}" in blocco["titolo"]
        if voce["genere"] == "testo":
            _testo_lungo(carta, voce, ripetuta=ripetuta)
        elif voce["opzioni"]:
            _scelta(carta, voce, voci, ripetuta=ripetuta)
        else:
            etichetta = [] if ripetuta else [Brano(f"{voce['etichetta']} ", "forte")]
            carta.capoverso([*etichetta, *valore(voce, vuota=VUOTA), Brano(_fra(voce["aiuto"]), "corsivo")])


def _fra(aiuto: str) -> str:
    return f" {aiuto}" if aiuto else ""


def _testo_lungo(carta: Carta, voce: VoceLetta, *, ripetuta: bool) -> None:
    if not ripetuta:
        carta.titolo(voce["etichetta"], 3)
    if voce["aiuto"]:
        carta.capoverso([Brano(voce["aiuto"])], "Istruzioni")
    carta.riquadro("".join(brano.testo for brano in valore(voce)))


def _scelta(carta: Carta, voce: VoceLetta, voci: list[VoceLetta], *, ripetuta: bool) -> None:
    if not ripetuta:
        carta.capoverso([Brano(voce["etichetta"], "forte")])
    if voce["aiuto"]:
        carta.capoverso([Brano(voce["aiuto"])], "Istruzioni")
    if voce["dichiarato"]:
        carta.capoverso(valore(voce))
    for riga in _caselle(voce, voci):
        carta.capoverso(riga)


def _elenco(carta: Carta, blocco: BloccoLetto) -> None:
    for riga in blocco["righe"]:
        nomi = [brano for voce in riga["voci"] for brano in valore(voce, vuota=VUOTA)]
        etichetta = [Brano(f"{riga['etichetta']} ", "forte")] if riga["etichetta"] else []
        carta.capoverso([*etichetta, *nomi])
    _nessuna(carta, blocco, "Nessun soggetto indicato.")


def _nessuna(carta: Carta, blocco: BloccoLetto, detto: str) -> None:
    if not blocco["righe"]:
        carta.capoverso([Brano(detto, "corsivo")])


def per_riga(carta: Carta, blocco: BloccoLetto) -> None:
    """Each row: its name, a table of questions and answers group by group, the tables that hang from it."""
    for riga in blocco["righe"]:
        carta.titolo(riga["titolo"] or "(senza nome)", 3)
        if riga["voci"]:
            carta.tabella(_questionario(riga["voci"]))
        for figlia in riga.get("figlie", ()):
            _figlia(carta, figlia)
    _nessuna(carta, blocco, "Nessun soggetto indicato.")


def _questionario(voci: list[VoceLetta]) -> list[list[Cella]]:
    righe = []
    for gruppo, del_gruppo in groupby(voci, key=lambda voce: voce["gruppo"]):
        gruppo_di = list(del_gruppo)
        sopra = [t for t in (gruppo_di[0].get("intestazione", ""), gruppo) if t]
        if sopra:
            righe.append([Cella([[Brano(t, "forte")] for t in sopra], intestazione=True), Cella(intestazione=True)])
        righe += [[_etichetta(voce), _cella(voce)] for voce in gruppo_di]
    return righe


def _etichetta(voce: VoceLetta) -> Cella:
    return Cella([[Brano(voce["etichetta"])], *([[Brano(voce["aiuto"], "corsivo")]] if voce["aiuto"] else [])])


def _figlia(carta: Carta, figlia: BloccoLetto) -> None:
    carta.capoverso([Brano(figlia["titolo"], "forte")])
    _tabella(carta, figlia)


def _tabella(carta: Carta, blocco: BloccoLetto) -> None:
    colonne = [detta(c["etichetta"], a_destra=c["genere"] in A_DESTRA) for c in blocco["colonne"]]
    if blocco["righe"]:
        carta.tabella([colonne, *([_cella(voce) for voce in riga["voci"]] for riga in blocco["righe"])], 1)
    _nessuna(carta, blocco, "Nessuna riga.")


def _in_tabella(carta: Carta, blocco: BloccoLetto) -> None:
    """A row for each azione, with its code apart; what hangs from it stands in its cells, merged ones are merged."""
    if not blocco["righe"]:
        return _nessuna(carta, blocco, "Nessuna azione indicata.")
    figlie = [detta(f["titolo"]) for f in blocco["righe"][0].get("figlie", ())]
    codici = [detta("")] if blocco.get("con_codici", True) else []
    testa = [*codici, detta(blocco.get("intestazione", "")), *figlie, *map(_testa_di, blocco["righe"][0]["voci"])]
    carta.tabella([testa, *(_riga_in_tabella(riga, bool(codici)) for riga in blocco["righe"])], 1)


def _testa_di(voce: VoceLetta) -> Cella:
    """The head of a column, under the heading that gathers it with its neighbours."""
    detti = [t for t in (voce["gruppo"], voce["etichetta"]) if t]
    return Cella([[Brano(t, "forte")] for t in detti], a_destra=voce["genere"] in A_DESTRA, intestazione=True)


def _con_figlie(carta: Carta, blocco: BloccoLetto) -> None:
    """A row for each soggetto, with what hangs from it in the last cells."""
    if not blocco["righe"]:
        return _nessuna(carta, blocco, "Nessun soggetto indicato.")
    prima = blocco["righe"][0]
    testa = [*map(_testa_di, prima["voci"]), *(detta(f["titolo"]) for f in prima.get("figlie", ()))]
    carta.tabella([testa, *([*map(_cella, r["voci"]), *_figlie_in_cella(r)] for r in blocco["righe"])], 1)


def _figlie_in_cella(riga: RigaLetta) -> list[Cella]:
    return [Cella([_in_linea(sotto) for sotto in figlia["righe"]]) for figlia in riga.get("figlie", ())]


def _riga_in_tabella(riga: RigaLetta, con_codice: bool) -> list[Cella]:
    unite = riga.get("unite_titolo", 1)
    solo = riga.get("titolo_solo", riga["titolo"])
    titolo = Cella([[Brano(solo)]] if unite else [], unite=unite)
    codice = [Cella([[Brano(riga.get("codice", ""), "forte")]])] if con_codice else []
    return [*codice, titolo, *_figlie_in_cella(riga), *map(_cella, riga["voci"])]


def _in_linea(riga: RigaLetta) -> Capoverso:
    """A row of a child table on one line; the first answer needs no label, the column has it."""
    dette = [voce for voce in riga["voci"] if voce["testo"] or voce["dichiarato"] or voce.get("riservata")]
    brani: Capoverso = []
    for voce in dette:
        prima = voce is riga["voci"][0]
        brani += [*([] if prima else [Brano(f" {voce['etichetta']}: ", "corsivo")]), *valore(voce)]
    return brani


def _cronoprogramma(carta: Carta, blocco: BloccoLetto) -> None:
    """Months down, azioni across."""
    if not blocco["righe"]:
        return _nessuna(carta, blocco, "Nessuna azione indicata.")
    azioni = [detta(f"Azione {n}: {riga['titolo']}") for n, riga in enumerate(blocco["righe"], 1)]
    mesi = []
    for numero, mese in enumerate(blocco["colonne"], 1):
        celle = [_mese(riga, mese["chiave"]) for riga in blocco["righe"]]
        mesi.append([Cella([[Brano(str(numero), "forte")]], al_centro=True, intestazione=True), *celle])
    carta.tabella([[detta("Mese"), *azioni], *mesi], 1)


def _mese(riga: RigaLetta, chiave: str) -> Cella:
    testo = next((voce["testo"] for voce in riga["voci"] if voce["chiave"] == chiave), "")
    return Cella([[Brano(testo, "forte")]], al_centro=True)


def _prospetto(carta: Carta, blocco: BloccoLetto) -> None:
    """Single amounts on their line, or rows by columns with the total."""
    if blocco["righe"] and blocco["righe"][0]["id"] == "":
        for voce in blocco["righe"][0]["voci"]:
            etichetta = [] if voce["etichetta"] in blocco["titolo"] else [Brano(f"{voce['etichetta']} ", "forte")]
            carta.capoverso([*etichetta, *valore(voce, euro=True, vuota=VUOTA)])
        return
    colonne = [detta(c["etichetta"], a_destra=c["genere"] in A_DESTRA) for c in blocco["colonne"]]
    righe = [[detta(riga["titolo"]), *map(_cella, riga["voci"])] for riga in blocco["righe"]]
    totale = [[detta(blocco["etichetta_totale"]), *map(_cella, blocco["totale"])]] if blocco["totale"] else []
    carta.tabella([[detta(blocco["intestazione"]), *colonne], *righe, *totale], 1)


DISEGNI: Disegni = {
    "domande": _domande,
    "elenco": _elenco,
    "per_riga": per_riga,
    "in_tabella": _in_tabella,
    "tabella": _tabella,
    "con_figlie": _con_figlie,
    "cronoprogramma": _cronoprogramma,
    "prospetto": _prospetto,
}
"""The kinds of block, and the other ways in which a form may ask that one is drawn (`Blocco.in_word`)."""
