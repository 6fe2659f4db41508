"""What a soggetto says of itself, short enough to be checked: what is filled in, what is asked and blank, where to change it.

What is blank and is not asked is left out.
"""

import re
from collections.abc import Iterator
from itertools import groupby

from conciliazione.schede.campo import Campo
from conciliazione.schede.edizione import Blocco, Tabella
from conciliazione.schede.lettura import RigaLetta, VoceLetta, leggi_blocco
from conciliazione.schede.segnalazioni import nome_del_gruppo
from conciliazione.schede.stato import CHIESTE
from conciliazione.schede.tipi import Luogo, vuoto

from ..permessi import nasconde
from ..scheda.pagina import Pagina
from ..scheda.permessi import puo_scrivere_riga

NUMERO_STAMPATO = re.compile(r"^[IVX]+(\. ?\d+)*\. (- )?")
"""«II. 2. - » before a label: on paper it says where one is."""


def riepilogo(pagina: Pagina, soggetto: dict) -> list[dict]:
    """Return the parts of a soggetto as `Pagina.soggetti` has them, each with its groups of answers."""
    return [parte | {"gruppi": _gruppi(pagina, parte["chiave"], soggetto["id"])} for parte in soggetto["parti"]]


def _gruppi(pagina: Pagina, chiave: str, soggetto: str) -> list[dict]:
    blocco = pagina.edizione.blocco(chiave)
    figlie = pagina.edizione.figlie(blocco)
    letto = leggi_blocco(blocco, pagina.contenuto, {}, nasconde(pagina.utente, pagina.progetto), figlie)
    riga = next(r for r in letto["righe"] if r["id"] == soggetto)
    scrive = puo_scrivere_riga(pagina.utente, pagina.progetto, blocco, {"id": soggetto})
    trovati = [
        *_delle_domande(pagina, blocco, riga),
        *(_della_tabella(pagina, blocco, riga, posto, figlia) for posto, figlia in enumerate(figlie)),
    ]
    return [g | {"scrive": scrive} for g in trovati if g["voci"] or g["manca"] or g["non_indicati"]]


def _delle_domande(pagina: Pagina, blocco: Blocco, riga: RigaLetta) -> Iterator[dict]:
    campi = blocco.campi()
    # What is computed is not said here, and what is hidden from the reader is not told either, blank or not.
    voci = [v for v in riga["voci"] if v["chiave"] in campi and not v["riservata"]]
    for nome, sue in groupby(voci, key=lambda voce: nome_del_gruppo(campi[voce["chiave"]])):
        gruppo = list(sue)
        vuote = [campi[v["chiave"]] for v in gruppo if vuoto(v["valore"])]
        yield {
            "titolo": nome,
            "voci": [_voce(v) for v in gruppo if not vuoto(v["valore"])],
            "manca": _nomi([c for c in vuote if c.manca in CHIESTE]),
            "non_indicati": _nomi([c for c in vuote if c.manca and c.manca not in CHIESTE]),
            "url": pagina.indirizzo(Luogo(blocco.chiave, riga["id"], gruppo[0]["chiave"])),
        }


def _voce(voce: VoceLetta) -> dict:
    scelte = ", ".join(o["etichetta"] for o in voce["opzioni"] if o["scelta"])
    return {"etichetta": senza_numero(voce["etichetta"]), "testo": scelte or voce["testo"]}


def _nomi(campi: list[Campo]) -> str:
    return ", ".join(senza_numero(campo.nome) for campo in campi)


def senza_numero(etichetta: str) -> str:
    """Return a printed label without the number that it begins with."""
    return NUMERO_STAMPATO.sub("", etichetta)


def _della_tabella(pagina: Pagina, blocco: Blocco, riga: RigaLetta, posto: int, figlia: Tabella) -> dict:
    """The rows of a table that hangs from it, one on a line."""
    righe = [
        {
            "etichetta": f"{figlia.cosa} {numero}",
            "testo": ", ".join(v["testo"] for v in r["voci"] if v["testo"] and not v["riservata"]),
        }
        for numero, r in enumerate(riga["figlie"][posto]["righe"], 1)
    ]
    return {
        "titolo": figlia.chiamato,
        "voci": righe,
        "manca": figlia.cosa if figlia.manca in CHIESTE and not righe else "",
        "non_indicati": figlia.cosa if figlia.manca and figlia.manca not in CHIESTE and not righe else "",
        "url": pagina.parte(blocco, {"id": riga["id"]})["url"] + f"#{figlia.id}",
    }
