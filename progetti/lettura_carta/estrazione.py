"""From a file to text: Word, PDF, or plain. Tables become lines of cells between bars, pages are marked."""

import io
import zipfile

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from .carta import A_CAPO

MASSIMO = 10 * 1024 * 1024
CARATTERI = 400_000
"""The longest text that is looked at: thirty times a real scheda."""
SGONFIATO = 200 * 1024 * 1024
"""A Word file is an archive: one that would grow beyond this is no scheda."""
PAGINE = 300
NON_SI_LEGGE = "Questo file non si riesce a leggere: salvalo di nuovo come .docx o PDF, oppure copia il testo e incollalo."


def estrai(file: UploadedFile) -> str:
    """The text of an uploaded file, known by its content. Raises ValidationError, in words for who uploaded it."""
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
    """A text that can be looked at: some, not too much, without invisible characters that nothing could store."""
    pulito = testo.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "").replace("\x0b", "\n").replace("\x0c", "\n")
    if not pulito.strip():
        raise ValidationError("Non c'è testo da leggere: se è una scansione, serve prima il riconoscimento del testo (OCR).")
    if len(pulito) > CARATTERI:
        raise ValidationError("Il testo è troppo lungo per essere una scheda: incolla solo la parte che serve.")
    return pulito


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
    from pypdf.errors import PyPdfError

    try:
        lettore = PdfReader(io.BytesIO(dati))
        if lettore.is_encrypted and not lettore.decrypt(""):
            raise ValidationError("Il PDF è protetto da una password: toglila e caricalo di nuovo.")
        if len(lettore.pages) > PAGINE:
            raise ValidationError(f"Il PDF ha più di {PAGINE} pagine: carica solo la scheda.")
        pagine = [pagina.extract_text() for pagina in lettore.pages]
    except ValidationError:
        raise
    # A damaged PDF makes the library stumble in ways that it does not all name.
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError, OSError) as errore:
        raise ValidationError(NON_SI_LEGGE) from errore
    except Exception as errore:
        if type(errore).__module__.partition(".")[0] in ("pypdf", "cryptography"):
            raise ValidationError(NON_SI_LEGGE) from errore
        raise
    if not any(pagina.strip() for pagina in pagine):
        raise ValidationError("Il PDF è una scansione senza testo: serve prima il riconoscimento del testo (OCR).")
    return "\n".join(f"[pagina {n}]\n{pagina}" for n, pagina in enumerate(pagine, 1))


def _docx(dati: bytes) -> str:
    from docx import Document
    from docx.opc.exceptions import OpcError

    try:
        if sum(voce.file_size for voce in zipfile.ZipFile(io.BytesIO(dati)).infolist()) > SGONFIATO:
            raise ValidationError(NON_SI_LEGGE)
        documento = Document(io.BytesIO(dati))
        return "\n".join(_pezzo(p) for p in documento.iter_inner_content())
    except ValidationError:
        raise
    except (OpcError, zipfile.BadZipFile, ValueError, KeyError, AttributeError, TypeError, SyntaxError) as errore:
        raise ValidationError(NON_SI_LEGGE) from errore


def _pezzo(pezzo) -> str:
    from docx.table import Table

    return _tabella(pezzo) if isinstance(pezzo, Table) else pezzo.text


def _tabella(tabella) -> str:
    """One line for each row; a cell that spans several is said once, where it begins."""
    viste: set = set()
    righe = []
    for riga in tabella.rows:
        celle = [""] * riga.grid_cols_before
        for cella in riga.cells:
            celle.append("" if cella._tc in viste else _cella(cella))
            viste.add(cella._tc)
        righe.append("| " + " | ".join(celle) + " |")
    return "\n" + "\n".join(righe) + "\n"


def _cella(cella) -> str:
    from docx.table import Table

    testi = []
    for pezzo in cella.iter_inner_content():
        if isinstance(pezzo, Table):
            testi += [" ".join(c.text for c in riga.cells) for riga in pezzo.rows]
        else:
            testi.append(pezzo.text)
    testo = "\n".join(testi).strip()
    return testo.replace("|", "\\|").replace("\n", A_CAPO)
