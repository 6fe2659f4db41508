"""XLSX files, read as whoever sent them may be anybody: limits first, then one sheet at a time."""

import datetime as dt
import io
import re
import warnings
import zipfile
from collections.abc import Iterator

from ..italiano import date
from . import FoglioIllegibile
from .matrice import MASSIME_COLONNE, Matrice

MASSIMO_FILE = 5 * 1024 * 1024
MASSIMO_APERTO = 20 * 1024 * 1024
"""Of all that the file unpacks to: a few kilobytes of zip may hold gigabytes."""
MASSIME_PARTI = 500
MASSIME_CELLE = 2_000_000
ULTIMA_RIGA = 1_048_576
"""Of a sheet of Excel."""

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SALVALO = "Aprilo in Excel o LibreOffice e salvalo come «Cartella di lavoro di Excel (.xlsx)»"
_NON_E_EXCEL = f"Questo file non è una cartella di Excel (.xlsx). {_SALVALO}, oppure copia la tabella e incollala."


def leggi_xlsx(dati: bytes) -> list[Matrice]:
    """Return the sheets that hold something. Raises FoglioIllegibile."""
    _controlla(dati)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what of the styles openpyxl does not know does not matter here
            fogli = list(_fogli(dati))
    except FoglioIllegibile:
        raise
    except Exception as errore:  # a damaged file fails in any part of the library, with any exception
        raise FoglioIllegibile(f"Il file è danneggiato e non si riesce a leggere. {_SALVALO}.") from errore
    if not fogli:
        raise FoglioIllegibile("Il file non contiene nessuna riga scritta.")
    return fogli


def _controlla(dati: bytes) -> None:
    """Refuse what is not an XLSX, what would run or unpack to too much."""
    if len(dati) > MASSIMO_FILE:
        raise FoglioIllegibile("Il file supera 5 MB: tieni solo il foglio che serve, o incolla la tabella.")
    if dati.startswith(_OLE):
        raise FoglioIllegibile(f"Il file è nel vecchio formato .xls, o è protetto da una password. {_SALVALO}, senza password.")
    try:
        with zipfile.ZipFile(io.BytesIO(dati)) as archivio:
            _controlla_parti(archivio)
    except FoglioIllegibile:
        raise
    except Exception as errore:  # zipfile raises several, and zlib its own
        raise FoglioIllegibile(_NON_E_EXCEL) from errore


def _controlla_parti(archivio: zipfile.ZipFile) -> None:
    parti = archivio.infolist()
    nomi = {p.filename.lower() for p in parti}
    # A part never gives more than its declared size: zipfile stops there.
    if len(parti) > MASSIME_PARTI or sum(p.file_size for p in parti) > MASSIMO_APERTO:
        raise FoglioIllegibile("Il file, aperto, è troppo grande: tieni solo il foglio che serve, o incolla la tabella.")
    if "mimetype" in nomi:
        raise FoglioIllegibile(f"Il file è di LibreOffice (.ods). {_SALVALO}.")
    if "[content_types].xml" not in nomi or not any(n.startswith("xl/") for n in nomi):
        raise FoglioIllegibile(_NON_E_EXCEL)
    tipi = archivio.read(next(p for p in parti if p.filename.lower() == "[content_types].xml"))
    if any(n.endswith("vbaproject.bin") for n in nomi) or b"macroEnabled" in tipi:
        raise FoglioIllegibile(f"Il file contiene macro, che non si accettano. {_SALVALO}, senza macro.")
    for parte in parti:
        if parte.filename.lower().endswith((".xml", ".rels")) and _ha_un_dtd(archivio.read(parte)):
            raise FoglioIllegibile(_NON_E_EXCEL)


def _ha_un_dtd(xml: bytes) -> bool:
    """No office program writes one; who writes one wants the parser to unfold something."""
    return any("<!DOCTYPE".encode(c) in xml for c in ("utf-8", "utf-16-le", "utf-16-be"))


def _fogli(dati: bytes) -> Iterator[Matrice]:
    import openpyxl

    libro = openpyxl.load_workbook(io.BytesIO(dati), read_only=True, data_only=True, keep_links=False)
    try:
        for foglio in libro.worksheets:
            if foglio.sheet_state == "visible" and (matrice := Matrice.di(_righe(foglio), foglio.title)).righe:
                yield matrice
    finally:
        libro.close()


def _righe(foglio) -> Iterator[tuple[str, ...]]:
    """The rows as text. The sheet's own word on how large it is is not taken."""
    foglio.reset_dimensions()
    celle = 0
    for numero, riga in enumerate(foglio.iter_rows(min_row=1, values_only=True), 1):
        celle += len(riga)
        if numero > ULTIMA_RIGA or celle > MASSIME_CELLE:
            raise FoglioIllegibile("Il foglio è troppo grande: tieni solo le righe che servono, o incolla la tabella.")
        yield tuple(come_testo(v) for v in _senza_coda(riga))


def _senza_coda(riga: tuple) -> tuple:
    """Cells that bear only a colour may go on to the last column."""
    if len(riga) > MASSIME_COLONNE and not any(v not in (None, "") for v in riga[MASSIME_COLONNE:]):
        return riga[:MASSIME_COLONNE]
    return riga


def come_testo(valore) -> str:
    """Return a cell's value as a person would type it here: 12500.5 → «12500,5», a date → «31/12/2015»."""
    if valore is None:
        return ""
    if isinstance(valore, bool):
        return "sì" if valore else "no"
    if isinstance(valore, float):
        return _numero(valore)
    if isinstance(valore, dt.datetime):
        ora = f" {valore:%H:%M}" if valore.time() != dt.time() else ""
        return date.scrivi_data(valore.date()) + ora
    if isinstance(valore, dt.date):
        return date.scrivi_data(valore)
    return decodifica(valore) if isinstance(valore, str) else str(valore)


def _numero(valore: float) -> str:
    """Return the fifteen digits that Excel holds, with the comma, or «1.234» would be read as a thousand."""
    testo = f"{valore:.15g}"
    if "e" in testo:
        testo = f"{valore:.15f}".rstrip("0").rstrip(".") if abs(valore) < 1 else f"{valore:.0f}"
    return testo.replace(".", ",")


# What XML cannot hold, and the carriage return that it would mend, is written «_x000D_»: the rule of the format itself.
_VIETATI = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
_CODIFICATI = re.compile("_x([0-9A-Fa-f]{4})_")


def codifica(testo: str) -> str:
    return _VIETATI.sub(lambda trovato: f"_x{ord(trovato[0]):04X}_", testo)


def decodifica(testo: str) -> str:
    return _CODIFICATI.sub(_carattere, testo)


def _carattere(trovato: re.Match) -> str:
    carattere = chr(int(trovato[1], 16))
    return trovato[0] if "\ud800" <= carattere <= "\udfff" else carattere
