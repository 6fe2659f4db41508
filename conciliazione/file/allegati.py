"""Uploads: known by content, not by name; small; kept private, and given back as what they are."""

from pathlib import PurePath

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db.models.fields.files import FieldFile
from django.http import FileResponse
from django.utils.text import slugify

from . import contenuti

FIRME = {
    b"%PDF-": "pdf",
    b"\x89PNG\r\n\x1a\n": "png",
    b"\xff\xd8\xff": "jpg",
    b"0\x82": "p7m",
    b"0\x83": "p7m",
    b"0\x80": "p7m",
}
"""First bytes of what we take, with its extension: PDF, scans, signed envelopes (DER up to 64 KB and beyond, BER)."""
TIPI = {
    "pdf": "application/pdf",
    "png": "image/png",
    "jpg": "image/jpeg",
    "p7m": "application/pkcs7-mime",
    "eml": "message/rfc822",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "txt": "text/plain; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
}


UFFICIO = {"docx", "xlsx", "odt", "ods", "txt", "csv"}
"""What a shared folder takes besides: documents that people go on working on."""


def verifica(file: UploadedFile, *, posta: bool = False, ufficio: bool = False) -> UploadedFile:
    """Refuse what is too large, not one of the kinds we take, or does something when it is opened.

    `posta` also takes a mail message (.eml), `ufficio` the documents of an office. Known by content, never by name; what is
    taken has a name of ours from here on: that of the person may deceive who downloads it.
    """
    if file.size > settings.ALLEGATO_MASSIMO:
        massimo = settings.ALLEGATO_MASSIMO // (1024 * 1024)
        raise ValidationError(f"Il file supera {massimo} MB: riduci la scansione o dividila.")
    if file.size == 0:
        raise ValidationError("Il file è vuoto: scegline un altro.")
    genere = _genere(file, posta=posta, ufficio=ufficio)
    if not genere:
        raise ValidationError(f"Questo file non si riconosce: si accettano {_ammessi(posta, ufficio)}.")
    if genere == "pdf":
        contenuti.pdf_inerte(file)
    file.seek(0)
    file.name = nome(file.name, genere)
    return file


def _genere(file: UploadedFile, *, posta: bool, ufficio: bool) -> str:
    file.seek(0)
    inizio = file.read(4096)
    genere = next((g for firma, g in FIRME.items() if inizio.startswith(firma)), "")
    if not genere and ufficio:
        genere = contenuti.ufficio(file, inizio)
    if not genere and posta and _e_messaggio(inizio):
        genere = "eml"
    return genere


def _ammessi(posta: bool, ufficio: bool) -> str:
    documenti = ", Word e Excel senza macro (.docx, .xlsx), OpenDocument (.odt, .ods), testo (.txt, .csv)" if ufficio else ""
    return f"PDF, PDF firmato (.p7m), PNG, JPEG{documenti}" + (" o messaggio di posta (.eml)" if posta else "")


def nome(scritto: str, genere: str) -> str:
    """Return plain letters, not too many, and the extension of what the file is: «firma-di-iride.pdf»."""
    percorso = PurePath(scritto)
    while percorso.suffix.lower().lstrip(".") in TIPI:
        percorso = percorso.with_suffix("")
    return f"{slugify(percorso.name)[:60].strip('-') or 'allegato'}.{genere}"


def scarica(file: FieldFile) -> FileResponse:
    """Return the file as an attachment, by the name and the kind it was stored under."""
    salvato = PurePath(file.name)
    tipo = TIPI.get(salvato.suffix.lstrip("."), "application/octet-stream")
    return FileResponse(file.open("rb"), as_attachment=True, filename=salvato.name, content_type=tipo)


def _e_messaggio(inizio: bytes) -> bool:
    """A mail message begins with header lines."""
    prima = inizio.splitlines()[0] if inizio else b""
    nome, due_punti, _ = prima.partition(b":")
    return bool(due_punti) and nome.replace(b"-", b"").isalnum() and b"\x00" not in inizio
