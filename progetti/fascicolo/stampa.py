"""The papers on paper: one PDF each, the same bytes for the same input, and all of them in one file to print."""

import hashlib
import io
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.text import slugify

from conciliazione import stampa
from conciliazione.file import lavori
from conciliazione.models import FileGenerato, Utente
from conciliazione.schede import pdf

from ..models import DaFirmare, Progetto
from . import codici

MODELLI = Path(settings.RADICE) / "templates" / "progetti" / "fascicolo" / "carte"
TITOLI = {
    DaFirmare.Genere.LETTERA: "Lettera di adesione",
    DaFirmare.Genere.IMPEGNO: "Impegno al cofinanziamento",
    DaFirmare.Genere.MANDATO: "Mandato al capofila",
    DaFirmare.Genere.PRIVACY: "Trattamento dei dati personali: informativa e consenso",
}

TESTI = {
    DaFirmare.Genere.LETTERA: "progetti/fascicolo/carte/lettera.html",
    DaFirmare.Genere.IMPEGNO: "progetti/fascicolo/carte/impegno.html",
    DaFirmare.Genere.MANDATO: "progetti/fascicolo/carte/mandato.html",
    DaFirmare.Genere.PRIVACY: "progetti/fascicolo/carte/privacy.html",
}


def chiedi(carta: DaFirmare, utente: Utente) -> FileGenerato:
    """Ask for the PDF of one paper: asked twice, made once."""
    return lavori.chiedi(
        parti=(f"carta {carta.pk}", carta.impronta, impronta_modello()),
        argomento=f"da_firmare:{carta.pk}",
        nome=slugify(f"{carta.get_genere_display()}-{carta.partecipazione}")[:80].strip("-") + ".pdf",
        dati={"carte": [str(carta.pk)]},
        utente=utente,
    )


def chiedi_intero(progetto: Progetto, utente: Utente) -> FileGenerato | None:
    """Ask for all the papers that are still to be signed, in one file for who prints them; None when there is none."""
    carte = DaFirmare.objects.non_firmati().filter(partecipazione__progetto=progetto)
    in_ordine = [str(c.pk) for c in carte.order_by("partecipazione__ordine", "partecipazione", "genere")]
    if not in_ordine:
        return None
    return lavori.chiedi(
        parti=("fascicolo", *in_ordine, impronta_modello()),
        argomento=f"fascicolo:{progetto.pk}",
        nome=slugify(f"fascicolo-{progetto}")[:80].strip("-") + ".pdf",
        dati={"carte": in_ordine},
        utente=utente,
    )


@lru_cache(maxsize=1)
def impronta_modello() -> str:
    somma = hashlib.sha256(pdf.impronta_modello().encode())
    for file in [Path(__file__), *sorted(MODELLI.glob("*.html"))]:
        somma.update(f"{file.name} {hashlib.sha256(file.read_bytes()).hexdigest()}\n".encode())
    return somma.hexdigest()


def produci(file: FileGenerato) -> bytes:
    carte = {str(c.pk): c for c in DaFirmare.objects.filter(pk__in=file.dati["carte"])}
    fogli = [di_una(carte[pk]) for pk in file.dati["carte"]]
    return fogli[0] if file.argomento.startswith("da_firmare:") else _uniti(fogli)


def di_una(carta: DaFirmare) -> bytes:
    """Return the PDF of one paper, from what was frozen with it."""
    return pdf.impagina(html(carta), stampa.foglio("carta.css"))


def html(carta: DaFirmare) -> str:
    contesto = {
        "titolo": TITOLI[carta.genere],
        "genere": carta.genere,
        "dice": carta.dati,
        "codice": codici.raggruppa(carta.codice),
        "qr": codici.disegna(carta.codice),
        "impronta": carta.impronta,
        "modello": TESTI[carta.genere],
        "creata_il": carta.preparato_il.strftime("%Y-%m-%dT%H:%M:%SZ"),
    }
    with translation.override("it"):
        return stampa.stampabile(render_to_string("progetti/fascicolo/carte/carta.html", contesto))


def _uniti(fogli: list[bytes]) -> bytes:
    """One file after another. To be printed: each paper by itself is the one with its tags."""
    from pypdf import PdfWriter

    intero = PdfWriter()
    for foglio in fogli:
        intero.append(io.BytesIO(foglio))
    dove = io.BytesIO()
    intero.write(dove)
    return dove.getvalue()
