"""Tables as they come from the clipboard: cells of Excel, a table of Word or of a page, Markdown, CSV with semicolons."""

import csv
import io
import re
from collections.abc import Iterator

from . import FoglioIllegibile
from .html import tabella_html
from .matrice import MASSIMO_TESTO, Matrice

_SEPARATORE = re.compile(r"[ :|-]+")
_CELLA_FRA_VIRGOLETTE = re.compile(r'"((?:[^"]|"")*)"(?=\t|\n|\Z)')
_FINO_A_TAB = re.compile(r"[^\t\n]*")


def leggi_testo(testo: str) -> Matrice:
    """The table that a text holds. Raises FoglioIllegibile when there is nothing in it."""
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
    """A text file, in the two writings that offices use."""
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
    """As Excel copies: a cell is put in quotes only when it holds a line end or a tab, so «"IN...TEMPO"» keeps its own."""
    posto, riga = 0, []
    while posto <= len(testo):
        cella = _CELLA_FRA_VIRGOLETTE.match(testo, posto)
        if cella and re.search("[\t\n]", cella[1]):
            riga.append(cella[1].replace('""', '"'))
        else:
            cella = _FINO_A_TAB.match(testo, posto)
            riga.append(cella[0])
        posto = cella.end() + 1
        if testo[cella.end() : posto] != "\t":
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
