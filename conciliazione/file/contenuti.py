"""What is inside an uploaded file: which document of an office it is, and that nothing of it acts when it is opened."""

import io
import time
import zipfile
from collections.abc import Iterator

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

SGONFIATO = 200 * 1024 * 1024
"""An office document is an archive: one that grows beyond this is a trap."""
VOCI = 5_000
OGGETTI = 50_000
SECONDI = 5
"""A small PDF may be made to keep a reader busy for hours."""
ATTIVI_PDF = {"/JS", "/JavaScript", "/Launch", "/RichMedia", "/ImportData", "/SubmitForm"}
"""Keys and names by which a PDF runs a program, sends data, or plays something (ISO 32000, 12.6 and 13.6)."""
ATTIVO = "Questo file contiene istruzioni che si eseguono (macro, script, moduli che inviano dati): salvane una copia senza."
ROTTO = "Questo file non si riesce a leggere: aprilo, salvalo di nuovo e ricaricalo."
PROTETTO = "Il PDF è protetto da una password: toglila e caricalo di nuovo."


def ufficio(file: UploadedFile, inizio: bytes) -> str:
    """Return the extension of an office document, by what it says of itself; "" for what is none. Raises ValidationError."""
    if inizio.startswith(b"PK\x03\x04"):
        return _archivio(file)
    if inizio.startswith(b"\xd0\xcf\x11\xe0"):
        raise ValidationError("È un documento di vecchio formato (.doc, .xls): aprilo e salvalo come .docx o .xlsx.")
    return _testo(file)


def _testo(file: UploadedFile) -> str:
    """Plain text, and nothing that a browser or a machine would run: a page, a script, a vector drawing."""
    file.seek(0)
    try:
        testo = file.read().decode("utf-8-sig")
    except UnicodeDecodeError:
        return ""
    if "\x00" in testo or testo.lstrip().startswith(("<", "#!")):
        return ""
    # Both are plain text: here, where there is nothing to deceive with, the name says which.
    return "csv" if file.name.lower().endswith(".csv") else "txt"


OFFICE = {"word/document.xml": "docx", "xl/workbook.xml": "xlsx"}
OPENDOCUMENT = {b"application/vnd.oasis.opendocument.text": "odt", b"application/vnd.oasis.opendocument.spreadsheet": "ods"}


def _archivio(file: UploadedFile) -> str:
    file.seek(0)
    try:
        with zipfile.ZipFile(file) as archivio:
            voci = archivio.infolist()
            if len(voci) > VOCI or sum(voce.file_size for voce in voci) > SGONFIATO:
                raise ValidationError(ROTTO)
            return _documento(archivio, {voce.filename for voce in voci})
    except (zipfile.BadZipFile, OSError, NotImplementedError, RuntimeError) as errore:
        raise ValidationError(ROTTO) from errore


def _documento(archivio: zipfile.ZipFile, nomi: set[str]) -> str:
    if any(_e_attiva(nome) for nome in nomi):
        raise ValidationError(ATTIVO)
    if "mimetype" in nomi:
        return OPENDOCUMENT.get(archivio.open("mimetype").read(100).strip(), "")
    return next((estensione for nome, estensione in OFFICE.items() if nome in nomi), "")


def _e_attiva(nome: str) -> bool:
    """Macros, embedded programs, ActiveX; of OpenDocument, Basic and scripts."""
    basso = nome.lower()
    return "vbaproject" in basso or "/activex/" in basso or "/embeddings/" in basso or basso.startswith(("basic/", "scripts/"))


def pdf_inerte(file: UploadedFile) -> None:
    """Raises ValidationError for a PDF that acts when it is opened, is locked, or that nobody can read to tell."""
    from pypdf import PdfReader
    from pypdf.errors import DependencyError, FileNotDecryptedError, WrongPasswordError

    file.seek(0)
    try:
        lettore = PdfReader(io.BytesIO(file.read()))
        if lettore.is_encrypted and not lettore.decrypt(""):
            raise ValidationError(PROTETTO)
        if any(ATTIVI_PDF & _nomi(oggetto) for oggetto in _oggetti(lettore)):
            raise ValidationError(ATTIVO)
    except ValidationError:
        raise
    except (DependencyError, FileNotDecryptedError, WrongPasswordError) as errore:
        raise ValidationError(PROTETTO) from errore
    except Exception as errore:  # a damaged file fails in any part of the library, with any exception
        raise ValidationError(ROTTO) from errore
    finally:
        file.seek(0)


def _oggetti(lettore) -> Iterator:
    """Each object of the file, wherever it is kept, as long as there is time."""
    from pypdf.generic import IndirectObject

    posti = {(numero, generazione) for generazione, numeri in lettore.xref.items() for numero in numeri}
    posti |= {(numero, 0) for numero in lettore.xref_objStm}
    fine = time.monotonic() + SECONDI
    if not posti or len(posti) > OGGETTI:
        raise ValidationError(ROTTO)
    for numero, generazione in posti:
        if time.monotonic() > fine:
            raise ValidationError(ROTTO)
        yield lettore.get_object(IndirectObject(numero, generazione, lettore))
    yield lettore.trailer


def _nomi(oggetto, livello: int = 0) -> set[str]:
    """Keys, and names said as values, of an object and of what is written inside it."""
    if livello > 20:
        raise ValidationError(ROTTO)
    if isinstance(oggetto, dict):
        dentro = [_nomi(v, livello + 1) for v in oggetto.values()]
        return set(map(str, oggetto)).union(*dentro)
    if isinstance(oggetto, list):
        return set().union(*(_nomi(v, livello + 1) for v in oggetto))
    return {oggetto} if isinstance(oggetto, str) and oggetto.startswith("/") else set()
