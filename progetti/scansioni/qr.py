"""The QR of a paper: drawn, and read back from scans.

A scan comes from outside and goes through libraries written in C: it is read in a process of its own, with a limit to its
time and memory, by `python -m progetti.scansioni.qr <scan> <archive to write>`. Nothing of Django is loaded there.
"""

import io
import json
import resource
import sys
import zipfile
from dataclasses import asdict, dataclass, field

from ..fascicolo.codici import leggi

PAGINE_MASSIME = 150
LATO_MASSIMO = 2600
"""Pixels of the longer side of a page that is looked at: 220 dpi of an A4."""
PIXEL_MASSIMI = 120_000_000
"""Of a picture, before it is opened: an A4 at 600 dpi has 35 millions."""
SECONDI = 120
MEMORIA = 3 * 1024**3


class Illeggibile(Exception):
    """The scan cannot be opened; the words are for who sent it."""


@dataclass
class Pezzo:
    """Pages of a scan that belong together: those of one paper, or (codice "") those that no QR claims."""

    codice: str
    pagine: list[int] = field(default_factory=list)
    """From 1."""
    senza_codice: list[int] = field(default_factory=list)
    """Of these, the pages that have no QR themselves and were taken with the one before."""
    estranei: list[str] = field(default_factory=list)
    """What other QR on these pages say."""


def dividi(codici: list[list[str]]) -> list[Pezzo]:
    """Return the pieces of a scan, from what the QR of each page say. A page without goes with the one before it."""
    pezzi: list[Pezzo] = []
    for pagina, detti in enumerate(codici, 1):
        nostri = [codice for codice in map(leggi, detti) if codice]
        codice = nostri[0] if nostri else ""
        if not pezzi or (codice and codice != pezzi[-1].codice):
            pezzi.append(Pezzo(codice))
        pezzi[-1].pagine.append(pagina)
        pezzi[-1].senza_codice += [] if codice or not pezzi[-1].codice else [pagina]
        pezzi[-1].estranei += [detto[:80] for detto in detti if not leggi(detto)]
    return pezzi


# In the process of its own.


def codici_di(immagine) -> list[str]:
    """Return what the QR codes on a page say, ours or not; the page may be turned any way."""
    import zxingcpp

    grigia = immagine.convert("L")
    grigia.thumbnail((LATO_MASSIMO, LATO_MASSIMO))
    trovati = zxingcpp.read_barcodes(grigia, formats=zxingcpp.BarcodeFormat.QRCode)
    return list(dict.fromkeys(trovato.text for trovato in trovati))


def leggi_scansione(dati: bytes) -> tuple[list[Pezzo], list[bytes]]:
    """Return the pieces of a scan and the bytes of each. Raises Illeggibile."""
    if dati.startswith(b"%PDF-"):
        return _leggi_pdf(dati)
    if dati.startswith((b"\x89PNG", b"\xff\xd8\xff")):
        return dividi([codici_di(_immagine(dati))]), [dati]
    # A signed envelope: its pages cannot be looked at, which is no reason to lose it.
    return [Pezzo("", [1])], [dati]


def _immagine(dati: bytes):
    from PIL import Image

    try:
        immagine = Image.open(io.BytesIO(dati), formats=("PNG", "JPEG"))
        if immagine.width * immagine.height > PIXEL_MASSIMI:
            raise Illeggibile("L'immagine è troppo grande: falla a 300 punti per pollice.")
        immagine.draft("L", (LATO_MASSIMO, LATO_MASSIMO))
        immagine.load()
    except (OSError, ValueError, Image.DecompressionBombError) as errore:
        raise Illeggibile("L'immagine non si apre: è rovinata o incompleta. Falla di nuovo.") from errore
    return immagine


def _leggi_pdf(dati: bytes) -> tuple[list[Pezzo], list[bytes]]:
    import pypdfium2

    try:
        documento = pypdfium2.PdfDocument(dati)
        quante = len(documento)
    except pypdfium2.PdfiumError as errore:
        raise Illeggibile("Il PDF non si apre: è rovinato, incompleto o protetto da una password.") from errore
    if quante == 0:
        raise Illeggibile("Il PDF non ha pagine.")
    if quante > PAGINE_MASSIME:
        raise Illeggibile(f"La scansione ha {quante} pagine: dividila in file di {PAGINE_MASSIME} pagine al massimo.")
    pezzi = dividi([_codici_di_pagina(documento[posto]) for posto in range(quante)])
    # One paper by itself stays as it was sent: a digital signature inside would not outlive any other way.
    return pezzi, [dati] if len(pezzi) == 1 else [_estrai(documento, pezzo) for pezzo in pezzi]


def _codici_di_pagina(pagina) -> list[str]:
    import pypdfium2

    try:
        disegnata = pagina.render(scale=min(LATO_MASSIMO / max(*pagina.get_size(), 1), 4), grayscale=True)
        return codici_di(disegnata.to_pil())
    except (pypdfium2.PdfiumError, ValueError):
        return []  # one page that cannot be drawn is one to be told by hand


def _estrai(documento, pezzo: Pezzo) -> bytes:
    import pypdfium2

    nuovo, dove = pypdfium2.PdfDocument.new(), io.BytesIO()
    nuovo.import_pages(documento, [pagina - 1 for pagina in pezzo.pagine])
    nuovo.save(dove)
    return dove.getvalue()


def scrivi_archivio(dati: bytes, dove) -> None:
    """Write what a scan turned out to be: `pezzi.json`, and the bytes of each piece, by its number."""
    try:
        _scrivi("", *leggi_scansione(dati), dove)
    except Illeggibile as errore:
        scrivi_intera(dati, str(errore), dove)


def scrivi_intera(dati: bytes, errore: str, dove) -> None:
    """Write a scan that cannot be read, in one piece, with the reason."""
    _scrivi(errore, [Pezzo("", [1])], [dati], dove)


def _scrivi(errore: str, pezzi: list[Pezzo], parti: list[bytes], dove) -> None:
    with zipfile.ZipFile(dove, "w", zipfile.ZIP_STORED) as archivio:
        archivio.writestr(zipfile.ZipInfo("pezzi.json"), json.dumps({"errore": errore, "pezzi": [asdict(p) for p in pezzi]}))
        for numero, parte in enumerate(parti):
            archivio.writestr(zipfile.ZipInfo(f"{numero}"), parte)


def principale(scansione: str, archivio: str) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORIA, MEMORIA))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDI, SECONDI))
    with open(scansione, "rb") as letta:
        scrivi_archivio(letta.read(), archivio)


if __name__ == "__main__":
    principale(*sys.argv[1:])
