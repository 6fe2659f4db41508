"""XLSX written row by row: ten thousand rows take the memory of one."""

import datetime as dt
import re
import tempfile
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import IO

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from .celle import NON_CI_STA, PIU_LUNGO
from .excel import codifica

TIPO = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
IMPORTO, DATA, NUMERO = "#,##0.00", "dd/mm/yyyy", "0"
PERICOLOSI = ("=", "+", "-", "@", "\t", "\r")
"""A text that begins with one of these is a formula to a spreadsheet that is not told otherwise."""


def scrivi_xlsx(righe: Iterable[Sequence], etichette: Sequence[str], nome: str = "Tabella") -> IO[bytes]:
    """Return a temporary file, at its beginning: one sheet, headings in the first row, then the rows as they come."""
    libro = Workbook(write_only=True)
    foglio = libro.create_sheet(nome_di_foglio(nome))
    foglio.freeze_panes = "A2"
    for i, etichetta in enumerate(etichette, 1):
        foglio.column_dimensions[get_column_letter(i)].width = min(60, max(14, len(etichetta) + 2))
    scrittore = _Scrittore(foglio)
    foglio.append([scrittore.testa(e) for e in etichette])
    for riga in righe:
        foglio.append([scrittore.cella(i, v) for i, v in enumerate(riga)])
    file = tempfile.TemporaryFile()  # noqa: SIM115 -- who streams it closes it
    libro.save(file)
    file.seek(0)
    return file


def nome_di_foglio(nome: str) -> str:
    """Return the name cut at 31 characters, without those that Excel refuses."""
    pulito = re.sub(r"[\[\]:*?/\\\x00-\x1f\ufffe\uffff]", " ", nome)
    pulito = " ".join(pulito.split())[:31].strip(" '")
    return pulito if pulito and pulito.lower() != "history" else "Tabella"


class _Scrittore:
    """One cell for each column and kind, filled anew at every row: what is appended is written at once."""

    def __init__(self, foglio):
        self.foglio, self.celle = foglio, {}

    def testa(self, etichetta: str) -> WriteOnlyCell:
        cella = WriteOnlyCell(self.foglio, value=codifica(etichetta))
        cella.data_type, cella.font = "s", Font(bold=True)
        cella.alignment = Alignment(wrap_text=True, vertical="top")
        return cella

    def cella(self, posto: int, valore):
        if valore is None or valore == "":
            return None
        if isinstance(valore, bool):
            valore = "sì" if valore else "no"
        if isinstance(valore, Decimal):
            return self._piena(posto, IMPORTO, valore)
        if isinstance(valore, dt.date):
            return self._piena(posto, DATA, valore)
        if isinstance(valore, int):
            return self._piena(posto, NUMERO, valore)
        testo = codifica(str(valore))
        if len(testo.encode("utf-16-le", "surrogatepass")) // 2 > PIU_LUNGO:
            testo = NON_CI_STA
        return self._piena(posto, "formula" if testo.startswith(PERICOLOSI) else "testo", testo)

    def _piena(self, posto: int, genere: str, valore) -> WriteOnlyCell:
        if (posto, genere) not in self.celle:
            self.celle[posto, genere] = self._nuova(genere)
        cella = self.celle[posto, genere]
        cella.value = valore
        if genere in ("testo", "formula"):
            cella.data_type = "s"  # never a formula, whatever it begins with
        return cella

    def _nuova(self, genere: str) -> WriteOnlyCell:
        cella = WriteOnlyCell(self.foglio)
        if genere in ("testo", "formula"):
            cella.alignment = Alignment(wrap_text=True, vertical="top")
            cella.quotePrefix = genere == "formula"  # so that editing it does not make it one
            cella.number_format = "@"
        else:
            cella.alignment = Alignment(vertical="top")
            cella.number_format = genere
        return cella
