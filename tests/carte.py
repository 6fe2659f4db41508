"""Small files as people upload them: whole, so that whoever reads them finds what they say they are."""

import io
import zipfile


def pdf(catalogo: bytes = b"") -> bytes:
    """The smallest whole PDF of one blank page; `catalogo` goes into its root."""
    oggetti = [
        b"<< /Type /Catalog /Pages 2 0 R " + catalogo + b" >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>",
    ]
    corpo, posti = b"%PDF-1.7\n", []
    for numero, oggetto in enumerate(oggetti, 1):
        posti.append(len(corpo))
        corpo += b"%d 0 obj\n%s\nendobj\n" % (numero, oggetto)
    tavola = b"xref\n0 4\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % posto for posto in posti)
    return corpo + tavola + b"trailer\n<< /Size 4 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % len(corpo)


PDF = pdf()
PDF_CHE_AGISCE = pdf(b"/OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >>")


def archivio(*nomi: str, **altri: bytes) -> bytes:
    """A zip with these files, as office documents are."""
    dove = io.BytesIO()
    with zipfile.ZipFile(dove, "w", zipfile.ZIP_DEFLATED) as aperto:
        for nome in nomi:
            aperto.writestr(nome, b"<x/>")
        for nome, dati in altri.items():
            aperto.writestr(nome, dati)
    return dove.getvalue()


DOCX = archivio("[Content_Types].xml", "word/document.xml")
DOCX_CON_MACRO = archivio("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin")
