"""The PDF of a scheda: PDF/A-3a with its data attached, the same bytes for the same input, on any machine.

No clock goes in, and nothing of the machine (see `stampa`); the attached data keep also what cannot be printed.
"""

import hashlib
import warnings
from collections.abc import Iterable
from datetime import UTC, datetime
from decimal import Decimal
from functools import lru_cache
from importlib import metadata
from pathlib import Path
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

from .. import stampa
from .canonico import canonico
from .contenuto import AvvisoDetto, Contenuto
from .lettura import BloccoLetto, Lettura, SezioneLetta, VoceLetta, solo_stampati
from .righe import misura, misura_caratteri

MODELLI = Path(settings.RADICE) / "templates" / "conciliazione" / "schede"
MARGINE_INTERNO_MM = Decimal("3.00")
"""Padding and border on each side of the column of a long text."""
LARGHEZZA_A4_MM = Decimal("210.00")
MARGINE_MINIMO_MM = Decimal("5.00")


def _stile_pagina(avviso: AvvisoDetto) -> str:
    """The page leaves the column its width, with the box drawn outside of it."""
    larghezza = Decimal(avviso["righe_larghezza_mm"]) + 2 * MARGINE_INTERNO_MM
    margine = max((LARGHEZZA_A4_MM - larghezza) / 2, MARGINE_MINIMO_MM)
    return stampa.stile_righe(avviso["righe_larghezza_mm"], avviso["righe_corpo_pt"]) + (
        f"\n@page {{ margin-left: {margine:f}mm; margin-right: {margine:f}mm }}"
    )


def html_scheda(
    lettura: Lettura, contenuto: Contenuto, *, titolo: str, intestazione: dict[str, str], creata_il: datetime
) -> str:
    """What is printed, as HTML: the parts that the form prints, in its order."""
    contesto = {
        "lettura": _stampata(lettura, contenuto["avviso"], anteprima=bool(intestazione["stato"])),
        "titolo": titolo,
        "piede": _piede(intestazione),
        "stato": intestazione["stato"],
        "creata_il": _istante(creata_il).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "stile": _stile_pagina(contenuto["avviso"]),
    }
    with translation.override("it"):
        return stampa.stampabile(render_to_string("conciliazione/schede/pdf.html", contesto))


def _stampata(lettura: Lettura, avviso: AvvisoDetto, *, anteprima: bool) -> Lettura:
    """The blocks that are printed; a preview also says how long each text is that may not be longer."""
    stampata = solo_stampati(lettura)
    if not anteprima:
        return stampata
    sezioni: list[SezioneLetta] = [
        {**s, "blocchi": [_con_le_misure(b, avviso) for b in s["blocchi"]]} for s in stampata["sezioni"]
    ]
    return {**stampata, "sezioni": sezioni}


def _con_le_misure(blocco: BloccoLetto, avviso: AvvisoDetto) -> BloccoLetto:
    def contata(voce: VoceLetta) -> VoceLetta:
        misure = []
        if massimo := voce["max_righe"]:
            misure.append((massimo, *misura(voce["testo"], massimo, avviso["righe_larghezza_mm"], avviso["righe_corpo_pt"])))
        if massimo := voce["max_caratteri"]:
            misure.append((massimo, *misura_caratteri(str(voce["valore"] or ""), massimo)))
        if not misure:
            return voce
        detto = " · ".join(detta for _, _, detta in misure)
        return {**voce, "righe_contate": detto, "troppe_righe": any(contate > massimo for massimo, contate, _ in misure)}

    return {**blocco, "righe": [{**riga, "voci": [contata(voce) for voce in riga["voci"]]} for riga in blocco["righe"]]}


def _piede(intestazione: dict[str, str]) -> str:
    versione = f"Versione {intestazione['numero']}" if intestazione["numero"] else intestazione["stato"]
    parti = (versione, intestazione["origine"], f"sha256 {intestazione['sha256']}")
    return " · ".join(parte for parte in parti if parte)


def _istante(quando: datetime) -> datetime:
    if quando.tzinfo is None:
        raise ValueError("creata_il: serve un istante con il suo fuso orario")
    return quando.astimezone(UTC).replace(microsecond=0)


def scheda(lettura: Lettura, contenuto: Contenuto, *, titolo: str, intestazione: dict[str, str], creata_il: datetime) -> bytes:
    """The scheda as PDF/A-3a, tagged, with the canonical JSON of its content attached as `scheda.json`.

    intestazione: numero (None for what is not a version), sha256, stato (a mark on every page, or ""), origine.
    creata_il: from the database, never now: it is the only date inside.
    """
    from weasyprint import Attachment

    istante = _istante(creata_il)
    html = html_scheda(lettura, contenuto, titolo=titolo, intestazione=intestazione, creata_il=istante)
    dati = Attachment(
        string=canonico(contenuto),
        name="scheda.json",
        description="Dati della scheda",
        created=istante,
        modified=istante,
        relationship="Data",
    )
    return impagina(html, stampa.foglio(), allegati=[dati])


def impagina(html: str, foglio: Any, *, allegati: Iterable[Any] = ()) -> bytes:
    """A page of ours as PDF/A-3a, tagged."""
    from weasyprint import HTML

    configurazione, dei_caratteri = stampa.caratteri()
    with stampa.in_stampa, warnings.catch_warnings():
        # WeasyPrint leaves the file of its colour profile for the garbage collector to close.
        warnings.simplefilter("ignore", ResourceWarning)
        return HTML(string=html, url_fetcher=stampa.solo_nostri()).write_pdf(
            stylesheets=[dei_caratteri, foglio],
            font_config=configurazione,
            pdf_variant="pdf/a-3a",
            attachments=list(allegati),
            finisher=_completa,
        )


def _completa(documento: Any, pdf: Any) -> None:
    """What WeasyPrint does not do: the PDF/UA identifier, and the attachment named once among the associated files."""
    if "AF" in pdf.catalog:
        pdf.catalog["AF"][:] = dict.fromkeys(pdf.catalog["AF"])
    _dichiara_pdf_ua(pdf)


def _dichiara_pdf_ua(pdf: Any) -> None:
    """Add the PDF/UA identifier to the metadata: WeasyPrint's own option would write a second rdf:RDF, which is no XMP.

    PDF/A knows only the properties of XMP 2004: any other comes with the description of its schema.
    """
    aggiunta = (stampa.STAMPA / "pdfua.xml").read_bytes().strip()
    for oggetto in pdf.objects:
        if getattr(oggetto, "extra", {}).get("Type") == "/Metadata":
            oggetto.stream = [oggetto.stream[0].replace(b"</rdf:RDF>", aggiunta + b"</rdf:RDF>", 1)]


@lru_cache(maxsize=1)
def impronta_modello() -> str:
    """SHA-256 of all that makes the PDF beside the content: what is printed anew when it changes."""
    somma = hashlib.sha256()
    librerie = ("weasyprint", "pydyf", "fonttools", "tinycss2", "tinyhtml5", "cssselect2", "django")
    for libreria in librerie:
        somma.update(f"{libreria} {metadata.version(libreria)}\n".encode())
    propri = [Path(__file__), *sorted(stampa.STAMPA.glob("*.*")), *sorted(MODELLI.rglob("*.html"))]
    for file in [*propri, *(file for *_, file in stampa.file_dei_caratteri())]:
        somma.update(f"{file.name} {hashlib.sha256(file.read_bytes()).hexdigest()}\n".encode())
    return somma.hexdigest()
