"""The paper of Word documents: Italian, A4, numbered pages, real tables, and the same bytes for the same input.

No clock goes in, no name of a person, nothing of the machine. What XML refuses is written as «�», as on the PDF.
"""

import io
import re
import zipfile
from dataclasses import dataclass, field
from datetime import UTC, datetime

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.table import _Cell
from docx.text.paragraph import Paragraph

TIPO = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
CARATTERE = "Arial"
NEL_ARCHIVIO = (1980, 1, 1, 0, 0, 0)
"""When every part of the file was «written»: the first day that a zip knows."""
_A_CAPO = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_VIETATI = re.compile("[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff\u202a-\u202e\u2066-\u2069]")
"""What XML does not admit, and what makes a text read backwards."""


@dataclass(frozen=True)
class Brano:
    """A piece of a line. forma: "" | "forte" | "corsivo"."""

    testo: str
    forma: str = ""


Capoverso = list[Brano]


@dataclass(frozen=True)
class Cella:
    """A cell of a table: its paragraphs; `unite` rows that it spans, 0 when the one above covers it."""

    capoversi: list[Capoverso] = field(default_factory=list)
    a_destra: bool = False
    al_centro: bool = False
    unite: int = 1
    intestazione: bool = False


def detta(testo: str, *, a_destra: bool = False) -> Cella:
    """Return a cell that names what is in its row or column."""
    return Cella([[Brano(testo, "forte")]], a_destra=a_destra, intestazione=True)


def scrivibile(testo: str) -> str:
    """Return the text with only what a Word document can hold."""
    return _VIETATI.sub("\ufffd", _A_CAPO.sub("\n", testo))


class Carta:
    """A document being written, from the top down."""

    def __init__(self, titolo: str, *, piede: str = "", testata: str = "", creata_il: datetime):
        self.documento = Document()
        _alleggerisci(self.documento)
        _stili(self.documento)
        _pagina(self.documento, scrivibile(piede), scrivibile(testata))
        _proprieta(self.documento, scrivibile(titolo), creata_il)

    def titolo(self, testo: str, livello: int) -> None:
        """livello: 0 the document, 1 a section, 2 a block, 3 a row."""
        _scrivi(self.documento.add_heading("", livello), [Brano(testo)])

    def capoverso(self, brani: Capoverso, stile: str = "Normal") -> None:
        _scrivi(self.documento.add_paragraph(style=stile), brani)

    def riquadro(self, testo: str) -> None:
        """Write a long text in its box, a paragraph for each of its lines; a blank one leaves the room to write."""
        for riga in scrivibile(testo).split("\n"):
            self.capoverso([Brano(riga)], "Riquadro")

    def tabella(self, righe: list[list[Cella]], intestazioni: int = 0) -> None:
        """Write a real table; its first `intestazioni` rows come again at the top of each page."""
        tabella = self.documento.add_table(len(righe), len(righe[0]), style="Table Grid")
        for numero, (tr, riga) in enumerate(zip(tabella._tbl.tr_lst, righe, strict=True)):
            _riga_di_tabella(tr, si_ripete=numero < intestazioni)
            for tc, cella in zip(tr.tc_lst, riga, strict=True):
                _riempi(_Cell(tc, tabella), cella)
        _unisci(tabella._tbl.tr_lst, righe)
        self.documento.add_paragraph(style="Dopo tabella")

    def byte(self) -> bytes:
        fuori = io.BytesIO()
        self.documento.save(fuori)
        return _senza_orologio(fuori)


def _scrivi(capoverso: Paragraph, brani: Capoverso) -> None:
    for brano in brani:
        if brano.testo:
            pezzo = capoverso.add_run(scrivibile(brano.testo))
            pezzo.bold = True if brano.forma == "forte" else None
            pezzo.italic = True if brano.forma == "corsivo" else None


def _riga_di_tabella(tr, *, si_ripete: bool) -> None:
    proprieta = tr.get_or_add_trPr()
    if si_ripete:
        proprieta.append(OxmlElement("w:cantSplit"))
        proprieta.append(OxmlElement("w:tblHeader"))


def _riempi(cella: _Cell, detta: Cella) -> None:
    capoversi = detta.capoversi or [[]]
    for posto, brani in enumerate(capoversi):
        capoverso = cella.paragraphs[0] if posto == 0 else cella.add_paragraph()
        capoverso._p.style = IN_TABELLA  # by its name the library reads all styles again, for each cell
        if detta.a_destra or detta.al_centro:
            capoverso.alignment = WD_ALIGN_PARAGRAPH.RIGHT if detta.a_destra else WD_ALIGN_PARAGRAPH.CENTER
        _scrivi(capoverso, brani)
    if detta.intestazione:
        _sfondo(cella, "E8EDF2")


def _sfondo(cella: _Cell, colore: str) -> None:
    ombra = OxmlElement("w:shd")
    for nome, valore in (("val", "clear"), ("color", "auto"), ("fill", colore)):
        ombra.set(qn(f"w:{nome}"), valore)
    cella._tc.get_or_add_tcPr().append(ombra)


def _unisci(tr_lst, righe: list[list[Cella]]) -> None:
    """Merged cells: the first says that they begin, those it covers that they go on."""
    for tr, riga in zip(tr_lst, righe, strict=True):
        for tc, cella in zip(tr.tc_lst, riga, strict=True):
            if cella.unite != 1:
                tc.vMerge = "restart" if cella.unite else "continue"


# The document before its first word.


def _alleggerisci(documento) -> None:
    """Leave out of the library's blank document its picture, its other set of styles, its own data."""
    inutili = (RELATIONSHIP_TYPE.CUSTOM_XML, "http://schemas.microsoft.com/office/2007/relationships/stylesWithEffects")
    parte = documento.part
    for rid in [r for r, legame in parte.rels.items() if legame.reltype in inutili]:
        del parte.rels[rid]
    pacchetto = parte.package
    altre = (RELATIONSHIP_TYPE.THUMBNAIL, RELATIONSHIP_TYPE.EXTENDED_PROPERTIES)
    for rid in [r for r, legame in pacchetto.rels.items() if legame.reltype in altre]:
        del pacchetto.rels[rid]


MISURE = {
    "Normal": (10, 0, 3),
    "Title": (16, 4, 8),
    "Heading 1": (13, 14, 6),
    "Heading 2": (11, 10, 3),
    "Heading 3": (10, 6, 2),
}
"""Size, space before and after, in points."""
IN_TABELLA = "Intabella"
"""How the library identifies the style of that name."""
PROPRI = {"Istruzioni": (9, 0, 3), "Riquadro": (10, 0, 0), "In tabella": (9, 0, 1), "Dopo tabella": (4, 0, 2)}


def _stili(documento) -> None:
    for nome in PROPRI:
        documento.styles.add_style(nome, WD_STYLE_TYPE.PARAGRAPH).base_style = documento.styles["Normal"]
    for nome, (corpo, prima, dopo) in (MISURE | PROPRI).items():
        stile = documento.styles[nome]
        _carattere(stile, corpo)
        stile.paragraph_format.space_before, stile.paragraph_format.space_after = Pt(prima), Pt(dopo)
    documento.styles["Istruzioni"].font.italic = True
    documento.styles["Istruzioni"].paragraph_format.keep_with_next = True
    documento.styles["Title"].paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    documento.styles["Riquadro"].element.get_or_add_pPr().insert(0, _bordo())  # the schema has it before the spacing
    _italiano(documento)


def _carattere(stile, corpo: int) -> None:
    stile.font.size, stile.font.color.rgb = Pt(corpo), RGBColor(0, 0, 0)
    caratteri = stile.element.get_or_add_rPr().get_or_add_rFonts()
    for nome in list(caratteri.attrib):  # fonts of a theme would win over the one that is named
        del caratteri.attrib[nome]
    for insieme in ("ascii", "hAnsi", "cs"):
        caratteri.set(qn(f"w:{insieme}"), CARATTERE)


def _bordo():
    bordi = OxmlElement("w:pBdr")
    for lato in ("top", "left", "bottom", "right"):
        linea = OxmlElement(f"w:{lato}")
        for nome, valore in (("val", "single"), ("sz", "4"), ("space", "4"), ("color", "333333")):
            linea.set(qn(f"w:{nome}"), valore)
        bordi.append(linea)
    return bordi


def _italiano(documento) -> None:
    """The language of every text that does not say another: hyphenation, spelling, and the voice that reads it aloud."""
    lingue = [*documento.styles.element.iter(qn("w:lang")), *documento.settings.element.iter(qn("w:themeFontLang"))]
    for lingua in lingue:
        for nome in ("w:val", "w:eastAsia"):
            lingua.set(qn(nome), "it-IT")


def _pagina(documento, piede: str, testata: str) -> None:
    sezione = documento.sections[0]
    sezione.page_width, sezione.page_height = Mm(210), Mm(297)
    sezione.left_margin = sezione.right_margin = Mm(18)
    sezione.top_margin, sezione.bottom_margin = Mm(20), Mm(20)
    if testata:
        in_alto = sezione.header.paragraphs[0]
        in_alto.alignment = WD_ALIGN_PARAGRAPH.CENTER
        in_alto.add_run(testata).bold = True
    if piede:
        sezione.footer.paragraphs[0].add_run(piede).font.size = Pt(7)
    numeri = sezione.footer.add_paragraph() if piede else sezione.footer.paragraphs[0]
    numeri.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    for testo, campo in (("pagina ", "PAGE"), (" di ", "NUMPAGES")):
        numeri.add_run(testo).font.size = Pt(8)
        _campo(numeri, campo)


def _campo(capoverso: Paragraph, istruzione: str) -> None:
    """What Word counts by itself when it lays out the pages."""
    campo = OxmlElement("w:fldSimple")
    campo.set(qn("w:instr"), istruzione)
    pezzo = capoverso.add_run("1")
    pezzo.font.size = Pt(8)
    campo.append(pezzo._r)
    capoverso._p.append(campo)


def _proprieta(documento, titolo: str, creata_il: datetime) -> None:
    dati = documento.core_properties
    istante = creata_il.astimezone(UTC).replace(microsecond=0, tzinfo=None)
    dati.title, dati.language = titolo[:255], "it-IT"
    dati.author, dati.last_modified_by, dati.comments = "", "", ""
    dati.created, dati.modified, dati.revision = istante, istante, 1


def _senza_orologio(scritto: io.BytesIO) -> bytes:
    """The same parts, in the same order, all of them written at the same fixed moment."""
    fuori = io.BytesIO()
    with zipfile.ZipFile(scritto) as prima, zipfile.ZipFile(fuori, "w") as dopo:
        for nome in sorted(prima.namelist(), key=lambda n: (n != "[Content_Types].xml", n)):
            parte = zipfile.ZipInfo(nome, NEL_ARCHIVIO)
            parte.compress_type, parte.create_system = zipfile.ZIP_DEFLATED, 3
            dopo.writestr(parte, prima.read(nome))
    return fuori.getvalue()
