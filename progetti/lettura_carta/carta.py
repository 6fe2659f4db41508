"""A paper as the reader of schede takes it: lines and cells of tables, in their order, each with its number."""

import re
from collections import Counter, defaultdict
from dataclasses import dataclass

A_CAPO = " ⏎ "
"""A line end inside a cell, which stands on one line of the text."""
PAGINA = re.compile(r"\[pagina [0-9]+\]")
RIGA_DI_TABELLA = re.compile(r"\s*\|.*\|\s*")
SEPARATORE = re.compile(r"[\s|:–—-]+")
MARGINE = 2
"""How many lines at the top and at the foot of a page may be its heading."""


@dataclass(frozen=True)
class Brano:
    """A line of the paper, or a cell of a table."""

    numero: int
    """Line of the text, from 1."""
    testo: str
    tavola: int = 0
    """Which table it is a cell of; 0 is none."""
    riga: int = 0
    colonna: int = 0
    stampato: bool = False
    """A mark of page, a heading repeated on each page, the line under a table's titles."""

    @property
    def dove(self) -> str:
        return f"riga {self.numero}" + (f", colonna {self.colonna + 1}" if self.tavola else "")


def brani(testo: str) -> list[Brano]:
    """All the lines and cells of a text that hold something."""
    righe = testo.splitlines()
    ripetute = _di_ogni_pagina(righe)
    trovati: list[Brano] = []
    tavola = riga = 0
    for numero, scritta in enumerate(righe, 1):
        if RIGA_DI_TABELLA.fullmatch(scritta):
            tavola, riga = (tavola, riga + 1) if riga else (tavola + 1, 1)
            trovati += _celle(numero, scritta, tavola, riga)
            continue
        if scritta.strip():
            riga = 0
            trovati.append(Brano(numero, scritta.strip(), stampato=numero in ripetute))
    return trovati


def _celle(numero: int, scritta: str, tavola: int, riga: int) -> list[Brano]:
    if "-" in scritta and SEPARATORE.fullmatch(scritta):
        return [Brano(numero, scritta.strip(), tavola, riga, 0, stampato=True)]
    celle = re.split(r"(?<!\\)\|", scritta.strip()[1:-1])
    dette = [cella.replace("\\|", "|").replace("<br>", "\n").replace(A_CAPO.strip(), "\n") for cella in celle]
    pulite = ["\n".join(" ".join(r.split()) for r in cella.split("\n")).strip() for cella in dette]
    return [Brano(numero, cella, tavola, riga, colonna) for colonna, cella in enumerate(pulite) if cella]


def _di_ogni_pagina(righe: list[str]) -> set[int]:
    """Marks of page, and the lines that stand at the top or at the foot of several pages, but for a number in them."""
    segni = [n for n, r in enumerate(righe, 1) if PAGINA.fullmatch(r.strip())]
    if not segni:
        return set()
    dove: dict[str, list[int]] = defaultdict(list)
    pagine: Counter = Counter()
    for prima, dopo in zip([0, *segni], [*segni, len(righe) + 1], strict=True):
        piene = [n for n in range(prima + 1, dopo) if righe[n - 1].strip()]
        ai_margini = sorted({*piene[:MARGINE], *piene[-MARGINE:]})
        for uguale in {_senza_cifre(righe[n - 1]) for n in ai_margini}:
            pagine[uguale] += 1
        for n in ai_margini:
            dove[_senza_cifre(righe[n - 1])].append(n)
    quante = sum(pagine.values()) and max(3, len(segni) // 2)
    return {*segni, *(n for uguale, posti in dove.items() if pagine[uguale] >= quante for n in posti)}


def _senza_cifre(riga: str) -> str:
    return re.sub("[0-9]+", "#", " ".join(riga.split()))


def tavole(tutti: list[Brano]) -> dict[int, list[Brano]]:
    """The cells of each table."""
    trovate: dict[int, list[Brano]] = defaultdict(list)
    for brano in tutti:
        if brano.tavola:
            trovate[brano.tavola].append(brano)
    return trovate


ELENCO = re.compile(r"\s*(?:[-•·▪*–]|[a-z0-9]{1,2}[.)])\s")
FINE = tuple(".;:!?»)")


def unisci(righe: list[str], larghezza: int) -> str:
    """The lines of one answer as a text: where the page only broke a line, the line goes on.

    larghezza: how long are the full lines of a paper set in pages; 0 when its lines are whole paragraphs.
    """
    testo = ""
    for riga in righe:
        testo += (_legame(testo, riga, larghezza) if testo else "") + riga.rstrip()
    return testo


def _legame(testo: str, riga: str, larghezza: int) -> str:
    ultima = testo.rpartition("\n")[2].rstrip()
    if ELENCO.match(riga) or not larghezza:
        return "\n"
    aperta = not ultima.endswith(FINE)
    piena = len(ultima.split("\n")[-1]) % (larghezza or 1) > 0.8 * larghezza or len(ultima) > 0.8 * larghezza
    return " " if (aperta and riga[:1].islower()) or (piena and aperta) or (piena and riga[:1].islower()) else "\n"


def larghezza(tutti: list[Brano]) -> int:
    """How long are the full lines, if the paper is set in pages."""
    lunghezze = sorted(len(b.testo) for b in tutti if not b.tavola and not b.stampato and len(b.testo) > 40)
    if len(lunghezze) < 8:
        return 0
    quasi_la_piu_lunga = lunghezze[int(len(lunghezze) * 0.9)]
    return quasi_la_piu_lunga if quasi_la_piu_lunga <= 170 else 0
