"""How long a text is: in lines of the printed page, counted by the engine that prints it with the page's own style, or in
characters.

The decree says «max 30 righe» of a paper form; a line is what stands on one line of the exported PDF.
"""

from functools import lru_cache
from html import escape
from typing import Any

from .. import stampa

BASTANO = 12_000
"""Characters beyond which a text is longer than any limit of lines, and is not set whole only to say by how much."""


def misura(testo: str, massimo: int, larghezza_mm: str, corpo_pt: str) -> tuple[int, str]:
    """Lines of a text and how one says them: (31, «31 di 30 righe»); of a text out of all measure «oltre 90 di 30 righe»."""
    limite = max(BASTANO, massimo * 400)
    contate = conta(testo[:limite], larghezza_mm, corpo_pt)
    return contate, f"{'oltre ' if len(testo) > limite else ''}{contate} di {massimo} righe"


def misura_caratteri(testo: str, massimo: int) -> tuple[int, str]:
    """Characters of a text as they are typed, spaces and line ends included, and how one says them: «512 di 500 caratteri»."""
    return len(testo), f"{len(testo)} di {massimo} caratteri"


@lru_cache(maxsize=1024)
def conta(testo: str, larghezza_mm: str, corpo_pt: str) -> int:
    """Lines of a text set in a column of that width (mm) and type size (pt). Blank text takes none."""
    if not testo.strip():
        return 0
    documento = _documento(testo, larghezza_mm, corpo_pt)
    return sum(_righe(pagina._page_box) for pagina in documento.pages)


def _documento(testo: str, larghezza_mm: str, corpo_pt: str) -> Any:
    stile = f"@page {{ size: A4; margin: 5mm }} body {{ margin: 0 }} {stampa.stile_righe(larghezza_mm, corpo_pt)}"
    pagina = (
        f'<!doctype html><html lang="it"><head><title>righe</title><style>{stile}</style></head>'
        f'<body><p class="righe">{escape(testo.rstrip())}</p></body></html>'
    )
    return stampa.documento(stampa.stampabile(pagina), della_scheda=False)


def _righe(scatola: Any) -> int:
    from weasyprint.formatting_structure import boxes

    if isinstance(scatola, boxes.LineBox):
        return 1
    return sum(_righe(figlia) for figlia in getattr(scatola, "children", None) or ())
