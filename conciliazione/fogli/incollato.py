"""Tables as they come from the clipboard or from a text file: cells of Excel, a table of Word or of a page (HTML), Markdown,
CSV with semicolons."""

import csv
import io
import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from lxml import etree

from . import FoglioIllegibile
from .matrice import MASSIME_COLONNE, MASSIME_RIGHE, MASSIMO_TESTO, Matrice

_SEPARATORE = re.compile(r"[ :|-]+")
_CELLA_FRA_VIRGOLETTE = re.compile(r'"((?:[^"]|"")*)"(?=\t|\n|\Z)')
_FINO_A_TAB = re.compile(r"[^\t\n]*")


def leggi_testo(testo: str) -> Matrice:
    """Return the table that a text holds. Raises FoglioIllegibile when there is nothing in it."""
    if len(testo) > MASSIMO_TESTO:
        raise FoglioIllegibile("Il testo è troppo lungo per una volta sola: dividilo in più parti.")
    testo = testo.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    try:
        matrice = Matrice.di(_righe(testo))
    except csv.Error as errore:
        raise FoglioIllegibile("Una cella è troppo lunga, o le virgolette non si chiudono: controlla il testo.") from errore
    if not matrice.righe:
        raise FoglioIllegibile("Non c'è nessuna riga: copia la tabella da Excel o da Word e incollala qui.")
    return matrice


def leggi_csv(dati: bytes) -> Matrice:
    """Return a text file, in the two writings that offices use."""
    if b"\x00" in dati[:4096] and not dati.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise FoglioIllegibile("Questo file non si riconosce: si accettano cartelle di Excel (.xlsx) e file CSV o di testo.")
    if dati.startswith((b"\xff\xfe", b"\xfe\xff")):
        return leggi_testo(dati.decode("utf-16", errors="replace"))
    try:
        return leggi_testo(dati.decode("utf-8-sig"))
    except UnicodeDecodeError:
        return leggi_testo(dati.decode("cp1252", errors="replace"))


def _righe(testo: str) -> Iterator[list[str]]:
    if re.search(r"<t(?:able|r|d|h)[\s>]", testo, re.IGNORECASE):
        return iter(tabella_html(testo))
    if "\t" in testo:
        return _con_i_tab(testo)
    linee = [linea for linea in testo.split("\n") if linea.strip()]
    if linee and sum(linea.strip().startswith("|") for linea in linee) * 2 > len(linee):
        return _markdown(testo)
    if linee and ";" in linee[0] and sum(";" in linea for linea in linee) * 2 > len(linee):
        return csv.reader(io.StringIO(testo), delimiter=";")
    return ([linea] for linea in testo.split("\n"))


def _con_i_tab(testo: str) -> Iterator[list[str]]:
    """Yield the rows as Excel copies: only a cell with a line end or a tab is in quotes, so «"IN...TEMPO"» keeps its own."""
    posto, riga = 0, []
    while posto <= len(testo):
        cella = _CELLA_FRA_VIRGOLETTE.match(testo, posto)
        if cella and re.search("[\t\n]", cella[1]):
            riga.append(cella[1].replace('""', '"'))
        else:
            cella = _FINO_A_TAB.match(testo, posto)
            riga.append(cella[0] if cella else "")
        fine = cella.end() if cella else len(testo)
        posto = fine + 1
        if testo[fine:posto] != "\t":
            yield riga
            riga = []


def _markdown(testo: str) -> Iterator[list[str]]:
    for linea in testo.split("\n"):
        pulita = linea.strip()
        if not pulita.startswith("|") or ("--" in pulita and _SEPARATORE.fullmatch(pulita)):
            yield []
            continue
        celle = re.split(r"(?<!\\)\|", pulita.strip().removeprefix("|"))
        yield [_cella_markdown(c) for c in (celle[:-1] if not celle[-1].strip() else celle)]


def _cella_markdown(cella: str) -> str:
    testo = re.sub(r"<br\s*/?>", "\n", cella.strip().replace(r"\|", "|"), flags=re.IGNORECASE)
    grassetto = re.fullmatch(r"\*\*([^*]+)\*\*", testo)
    return grassetto[1].strip() if grassetto else testo


# The table of a fragment of HTML, as Word, Excel and the browsers put it on the clipboard.

A_CAPO = {"br", "p", "div", "li"}
A_PARTE = {"td", "th", "table", "style", "script", "title"}
"""What is written in them is not part of the text around them."""
MASSIME_CELLE = 200_000


class Cella(NamedTuple):
    pezzi: list[str]
    alta: int
    larga: int

    @property
    def testo(self) -> str:
        return re.sub(r" *\n *", "\n", re.sub(" +", " ", "".join(self.pezzi))).strip()


def tabella_html(testo: str) -> list[list[str]]:
    """Return the rows of the table that has most of them, merged cells opened.

    Nothing is fetched, no entity of a document is known, and no tree is built: a tag may have any number of attributes.
    """
    lettore = _Lettore()
    etree.fromstring(testo.encode("utf-8", "replace"), etree.HTMLParser(target=lettore, encoding="utf-8", no_network=True))
    return list(_apri(max(lettore.tabelle, key=len)))


def _apri(righe: list[list[Cella]]) -> Iterator[list[str]]:
    """A cell that spans several rows is repeated in each, as its meaning is; of several columns it is in the first."""
    coperte: dict[int, tuple[int, str]] = {}
    celle = 0
    for riga in righe:
        aperta: list[str] = []
        prossime: dict[int, tuple[int, str]] = {}
        for cella in (*riga, Cella([], 0, 0)):
            testo = cella.testo
            while len(aperta) in coperte:
                restano, sopra = coperte.pop(len(aperta))
                if restano > 1:
                    prossime[len(aperta)] = (restano - 1, sopra)
                aperta.append(sopra)
            for i in range(cella.larga):
                if cella.alta > 1:
                    prossime[len(aperta)] = (cella.alta - 1, "" if i else testo)
                aperta.append("" if i else testo)
        coperte = prossime
        celle += len(aperta)
        if celle > MASSIME_CELLE:
            raise FoglioIllegibile("La tabella è troppo grande: dividila in più parti.")
        yield aperta


Attributi = Mapping[str, str | None]


class _Lettore:
    """Takes what the parser meets, which has closed by then what a page leaves open."""

    def __init__(self) -> None:
        self.tabelle: list[list[list[Cella]]] = [[]]
        self.aperte = [self.tabelle[0]]
        self.fogli: list[list[str]] = [[]]
        """Where the text goes: what is around it waits below."""

    def start(self, marca: str, attributi: Attributi) -> None:
        if marca in A_CAPO:
            self.fogli[-1].append("\n")
        elif marca == "tr":
            self.aperte[-1].append([])
        elif marca in A_PARTE:
            self.fogli.append([])
        if marca == "table":
            self.tabelle.append([])
            self.aperte.append(self.tabelle[-1])
        elif marca in ("td", "th"):
            alta, larga = _quanti(attributi, "rowspan", MASSIME_RIGHE), _quanti(attributi, "colspan", MASSIME_COLONNE)
            if not self.aperte[-1]:
                self.aperte[-1].append([])
            self.aperte[-1][-1].append(Cella(self.fogli[-1], alta, larga))

    def end(self, marca: str) -> None:
        if marca in A_PARTE:
            self.fogli.pop()
        if marca == "table":
            self.aperte.pop()

    def data(self, scritto: str) -> None:
        self.fogli[-1].append(re.sub(r"[\s\xa0]+", " ", scritto))

    def close(self) -> None:
        """What the parser returns in the end: nothing."""


def _quanti(attributi: Attributi, nome: str, massimo: int) -> int:
    scritto = (attributi.get(nome) or "").strip()
    return max(1, min(int(scritto), massimo)) if scritto.isdecimal() and scritto.isascii() and len(scritto) < 6 else 1
