"""The paper that schede are printed on: fonts, what the renderer may open, what can be drawn, how wide a column is.

Nothing of the machine goes in: no font but ours (fontconfig is given a configuration without folders), no file but our
own, no network. What no font of ours can draw is printed as «�».
"""

import atexit
import os
import re
import threading
import unicodedata
from decimal import Decimal
from functools import lru_cache
from importlib import util
from pathlib import Path

from django.conf import settings

STAMPA = Path(__file__).parent
CARATTERI = "'Titillium Web', 'DejaVu Sans'"
"""CSS font-family of all that is printed: the typeface of the Italian public sector, and one with the other signs."""

in_stampa = threading.RLock()
"""Pango's fonts are one per process and not made for two threads at once."""


class CarattereMancante(RuntimeError):
    """A font file is not where it should be."""


def file_dei_caratteri() -> list[tuple[str, int, str, Path]]:
    """Family, weight, style and file of each font. Raises CarattereMancante when one is not there."""
    modulo = util.find_spec("bootstrap_italia_template")
    titillium = Path(modulo.origin).parent / "static" / "fonts" / "Titillium_Web" if modulo else Path("Titillium_Web")
    dejavu = Path(getattr(settings, "CARTELLA_DEJAVU", "/usr/share/fonts/truetype/dejavu"))
    nome = "titillium-web-v10-latin-ext_latin-{}.ttf"
    elenco = [
        ("Titillium Web", 400, "normal", titillium / nome.format("regular")),
        ("Titillium Web", 400, "italic", titillium / nome.format("italic")),
        ("Titillium Web", 600, "normal", titillium / nome.format("600")),
        ("DejaVu Sans", 400, "normal", dejavu / "DejaVuSans.ttf"),
        ("DejaVu Sans", 600, "normal", dejavu / "DejaVuSans-Bold.ttf"),
    ]
    for *_, percorso in elenco:
        if not percorso.is_file():
            raise CarattereMancante(
                f"Manca il carattere {percorso}: servono il pacchetto Python design-django-theme e il pacchetto Debian "
                "fonts-dejavu-core (se è altrove, la sua cartella si indica con CARTELLA_DEJAVU nelle impostazioni)."
            )
    return elenco


@lru_cache(maxsize=1)
def caratteri():
    """Return the fonts, loaded once per process: (FontConfiguration, CSS with the @font-face rules)."""
    from weasyprint import CSS
    from weasyprint.text.fonts import FontConfiguration

    regole = [
        f"@font-face {{ font-family: '{nome}'; font-weight: {peso}; font-style: {stile}; src: url('{file.as_uri()}') }}"
        for nome, peso, stile, file in file_dei_caratteri()
    ]
    with in_stampa, _ambiente("FONTCONFIG_FILE", str(STAMPA / "fonts.conf")):
        configurazione = FontConfiguration()
    atexit.register(_rilascia, configurazione, os.getpid())
    return configurazione, CSS(string="\n".join(regole), font_config=configurazione, url_fetcher=solo_nostri())


def _rilascia(configurazione, padrone: int) -> None:
    """Remove WeasyPrint's copy of the fonts while Python can still do it, and only in the process that made it."""
    if os.getpid() == padrone:
        configurazione.__del__()
    configurazione._folder = None


class _ambiente:
    """An environment variable that C code reads once; put back as it was."""

    def __init__(self, nome: str, valore: str):
        self.nome, self.valore = nome, valore

    def __enter__(self):
        self.prima = os.environ.get(self.nome)
        os.environ[self.nome] = self.valore

    def __exit__(self, *_):
        if self.prima is None:
            del os.environ[self.nome]
        else:
            os.environ[self.nome] = self.prima


@lru_cache(maxsize=1)
def solo_nostri():
    """Return the fetcher of the renderer: it opens `data:`, the style sheets of this folder, the font files. No network."""
    from weasyprint.urls import URLFetcher

    ammessi = {file.resolve().as_uri() for *_, file in file_dei_caratteri()}
    ammessi |= {file.as_uri() for *_, file in file_dei_caratteri()}
    ammessi |= {file.resolve().as_uri() for file in STAMPA.glob("*.css")}

    class SoloNostri(URLFetcher):
        def fetch(self, url, headers=None):
            if not url.startswith("data:") and url not in ammessi:
                raise ValueError(f"La stampa non apre altri file: {url}")
            return super().fetch(url, headers)

    return SoloNostri(allowed_protocols={"data", "file"}, allow_redirects=False)


# Text.

_A_CAPO = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
"""Ways of breaking a line that come with texts pasted from elsewhere."""
_NON_ASCII = re.compile("[^\t\n -~]")
_GIRANO_IL_VERSO = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""They make what follows read backwards: on an official paper they must be seen."""


@lru_cache(maxsize=1)
def _disegnabili() -> frozenset[int]:
    from fontTools.ttLib import TTFont

    codici: set[int] = set()
    for _, peso, stile, file in file_dei_caratteri():
        if peso == 400 and stile == "normal":
            with TTFont(file, lazy=True) as carattere:
                codici |= set(carattere.getBestCmap())
    return frozenset(codici)


@lru_cache(maxsize=8192)
def _segno(segno: str) -> str:
    categoria = unicodedata.category(segno)
    invisibile = categoria == "Cf" and segno not in _GIRANO_IL_VERSO
    disegnabile = ord(segno) in _disegnabili() and segno not in _GIRANO_IL_VERSO
    return segno if invisibile or (disegnabile and categoria not in ("Cc", "Cn", "Co", "Cs")) else "\ufffd"


def stampabile(testo: str) -> str:
    """Return the text with only what our fonts can draw: with a system font, each machine has lines and bytes of its own."""
    testo = unicodedata.normalize("NFC", _A_CAPO.sub("\n", testo))
    return _NON_ASCII.sub(lambda trovato: _segno(trovato[0]), testo)


def stile_righe(larghezza_mm: str, corpo_pt: str) -> str:
    """Return the column that «max N righe» is counted on: used by the page that is printed and by the counter alike."""
    larghezza, corpo = Decimal(larghezza_mm), Decimal(corpo_pt)
    return (
        f".righe {{ width: {larghezza:f}mm; font: 400 {corpo:f}pt/1.35 {CARATTERI}; margin: 0; text-align: left; "
        "white-space: pre-wrap; overflow-wrap: anywhere; hyphens: manual; orphans: 2; widows: 2 }"
    )


# The pages.


def documento(html: str, *, della_scheda: bool = True):
    """Return the pages laid out (a WeasyPrint Document), with the style sheet of the scheda or with the fonts alone."""
    from weasyprint import HTML

    configurazione, dei_caratteri = caratteri()
    with in_stampa:
        pagina = HTML(string=html, url_fetcher=solo_nostri())
        fogli = [dei_caratteri, foglio()] if della_scheda else [dei_caratteri]
        return pagina.render(stylesheets=fogli, font_config=configurazione)


@lru_cache(maxsize=4)
def foglio(nome: str = "scheda.css"):
    """Return a style sheet of this folder."""
    from weasyprint import CSS

    return CSS(filename=str(STAMPA / nome), font_config=caratteri()[0], url_fetcher=solo_nostri())
