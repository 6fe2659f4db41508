"""From a file (Word, PDF, or plain) to its text, and from this to the lines and cells that the reader of schede takes.

In the text tables are lines of cells between bars, and pages are marked.
"""

import io
import re
import time
import zipfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

MASSIMO = 10 * 1024 * 1024
CARATTERI = 400_000
"""The longest text that is looked at: thirty times a real scheda."""
SGONFIATO = 40 * 1024 * 1024
"""A Word file is an archive: one that would grow beyond this is no scheda."""
PAGINE = 300
PEZZI = 12_000
"""Lines and cells: a real scheda has a thousand."""
RIGA = 20_000
"""Characters of one line or cell: a printed page has three thousand."""
SECONDI = 15
"""A small file may be made to keep a reader busy for hours: past this, what a scheda takes ten times, it is left."""
COLONNE = 63
"""Of a table of Word: a cell that says it spans more is lying."""
A_CAPO = " ⏎ "
"""A line end inside a cell, which stands on one line of the text."""
PAGINA = re.compile(r"\[pagina [0-9]+\]")
RIGA_DI_TABELLA = re.compile(r"\s*\|.*\|\s*")
SEPARATORE = re.compile(r"[\s|:–—-]+")
MARGINE = 2
"""How many lines at the top and at the foot of a page may be its heading."""
ELENCO = re.compile(r"\s*(?:[-•·▪*–]|[a-z0-9]{1,2}[.)])\s")
FINE = tuple(".;:!?»)")
TROPPO_LUNGO = "Il testo è troppo lungo per essere una scheda: incolla solo la parte che serve."
NON_SI_LEGGE = "Questo file non si riesce a leggere: salvalo di nuovo come .docx o PDF, oppure copia il testo e incollalo."


def estrai(file: UploadedFile) -> str:
    """Return the text of an uploaded file, known by its content. Raises ValidationError, in words for who uploaded it."""
    if file.size > MASSIMO:
        raise ValidationError("Il file supera 10 MB: togli le immagini, oppure copia il testo e incollalo.")
    dati = file.read()
    if not dati:
        raise ValidationError("Il file è vuoto: scegline un altro.")
    if dati.startswith(b"%PDF-"):
        return controlla(_pdf(dati))
    if dati.startswith(b"PK\x03\x04"):
        return controlla(_docx(dati))
    if dati.startswith(b"\xd0\xcf\x11\xe0"):
        raise ValidationError("È un documento Word di vecchio formato (.doc): aprilo e salvalo come .docx.")
    return controlla(_piano(dati))


def controlla(testo: str) -> str:
    """Return a text that can be looked at: some, not too much, without invisible characters that nothing could store."""
    pulito = testo.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "").replace("\x0b", "\n").replace("\x0c", "\n")
    pulito = re.sub("[\ud800-\udfff]", "", pulito)
    if not pulito.strip():
        raise ValidationError("Non c'è testo da leggere: se è una scansione, serve prima il riconoscimento del testo (OCR).")
    if len(pulito) > CARATTERI or pulito.count("\n") + pulito.count("|") > PEZZI or _riga_troppo_lunga(pulito):
        raise ValidationError(TROPPO_LUNGO)
    return pulito


def _riga_troppo_lunga(testo: str) -> bool:
    return any(len(cella) > RIGA for riga in testo.split("\n") for cella in riga.split("|"))


def _piano(dati: bytes) -> str:
    for codifica in ("utf-8-sig", "cp1252"):
        try:
            testo = dati.decode(codifica)
        except UnicodeDecodeError:
            continue
        if "\x00" not in testo:
            return testo
    raise ValidationError("Questo file non si riconosce: si accettano Word (.docx), PDF e testo semplice.")


def _pdf(dati: bytes) -> str:
    from pypdf import PdfReader

    try:
        lettore = PdfReader(io.BytesIO(dati))
        if lettore.is_encrypted and not lettore.decrypt(""):
            raise ValidationError("Il PDF è protetto da una password: toglila e caricalo di nuovo.")
        if len(lettore.pages) > PAGINE:
            raise ValidationError(f"Il PDF ha più di {PAGINE} pagine: carica solo la scheda.")
        pagine = list(_a_tempo(pagina.extract_text() for pagina in lettore.pages))
    except ValidationError:
        raise
    except Exception as errore:  # a damaged file fails in any part of the library, with any exception
        raise ValidationError(NON_SI_LEGGE) from errore
    if not any(pagina.strip() for pagina in pagine):
        raise ValidationError("Il PDF è una scansione senza testo: serve prima il riconoscimento del testo (OCR).")
    return "\n".join(f"[pagina {n}]\n{pagina}" for n, pagina in enumerate(pagine, 1))


def _docx(dati: bytes) -> str:
    from docx import Document

    try:
        if sum(voce.file_size for voce in zipfile.ZipFile(io.BytesIO(dati)).infolist()) > SGONFIATO:
            raise ValidationError(NON_SI_LEGGE)
        documento = Document(io.BytesIO(dati))
        return "\n".join(_a_tempo(_pezzo(p) for p in documento.iter_inner_content()))
    except ValidationError:
        raise
    except Exception as errore:  # as above
        raise ValidationError(NON_SI_LEGGE) from errore


def _pezzo(pezzo) -> str:
    from docx.table import Table

    return _tabella(pezzo) if isinstance(pezzo, Table) else pezzo.text


def _a_tempo(pezzi: Iterable[str]) -> Iterator[str]:
    """The pieces of a text as they are read, as long as it does not become too long, in characters or in time."""
    caratteri, inizio = 0, time.monotonic()
    for pezzo in pezzi:
        caratteri += len(pezzo)
        if caratteri > CARATTERI or time.monotonic() - inizio > SECONDI:
            raise ValidationError(TROPPO_LUNGO)
        yield pezzo


def _tabella(tabella) -> str:
    """One line for each row; a cell that spans several is said once, where it begins."""
    return "\n" + "\n".join(_a_tempo(_riga(tabella, tr) for tr in tabella._tbl.tr_lst)) + "\n"


def _riga(tabella, tr) -> str:
    from docx.table import _Cell

    celle = [""] * min(tr.grid_before, COLONNE)
    for tc in tr.tc_lst:
        celle.append("" if tc.vMerge == "continue" else _cella(_Cell(tc, tabella)))
        celle += [""] * (min(tc.grid_span, COLONNE) - 1)
    return "| " + " | ".join(celle) + " |"


def _cella(cella) -> str:
    from docx.table import Table, _Cell

    testi = []
    for pezzo in cella.iter_inner_content():
        if isinstance(pezzo, Table):
            testi += [" ".join(_Cell(tc, pezzo).text for tc in tr.tc_lst) for tr in pezzo._tbl.tr_lst]
        else:
            testi.append(pezzo.text)
    testo = "\n".join(testi).strip()
    return testo.replace("|", "\\|").replace("\n", A_CAPO)


# The text in lines and cells of tables, in their order, each with its number.


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
    """Return all the lines and cells of a text that hold something."""
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


def unisci(righe: list[str], larghezza: int) -> str:
    """Return the lines of one answer as a text: where the page only broke a line, the line goes on.

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
    """Return how long the full lines are, if the paper is set in pages."""
    lunghezze = sorted(len(b.testo) for b in tutti if not b.tavola and not b.stampato and len(b.testo) > 40)
    if len(lunghezze) < 8:
        return 0
    quasi_la_piu_lunga = lunghezze[int(len(lunghezze) * 0.9)]
    return quasi_la_piu_lunga if quasi_la_piu_lunga <= 170 else 0
