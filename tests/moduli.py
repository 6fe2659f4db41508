"""What a browser would send: the inputs of a form as the page holds them, hidden ones included."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

from progetti.edizioni import EDIZIONI

EDIZIONE = EDIZIONI["dgr1081-2014"]
NON_INVIATI = {"submit", "button", "image", "reset", "file"}


@dataclass
class ModuloHtml:
    """A form of a page: where it goes, and its successful controls by name."""

    azione: str
    metodo: str
    campi: dict[str, list[str]] = field(default_factory=dict)
    pulsanti: list[str] = field(default_factory=list)

    def metti(self, nome: str, valore: str) -> None:
        self.campi.setdefault(nome, []).append(valore)


class _Lettore(HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.moduli: list[ModuloHtml] = []
        self.modulo: ModuloHtml | None = None
        self.area: str | None = None
        self.testo = ""
        self.scelta: str | None = None
        self.opzioni: list[tuple[str, bool]] = []

    def handle_starttag(self, tag, attributi):
        a = dict(attributi)
        if tag == "form":
            self.modulo = ModuloHtml(a.get("action") or "", (a.get("method") or "get").lower())
            self.moduli.append(self.modulo)
        elif self.modulo is None or "disabled" in a:
            return
        elif tag == "input":
            self._input(a)
        elif tag == "button":
            self.modulo.pulsanti.append(a.get("name") or "")
        elif tag == "textarea":
            self.area, self.testo = a.get("name"), ""
        elif tag == "select":
            self.scelta, self.opzioni = a.get("name"), []
        elif tag == "option" and self.scelta:
            self.opzioni.append((a.get("value") or "", "selected" in a))

    def _input(self, a: dict) -> None:
        genere = (a.get("type") or "text").lower()
        if not a.get("name") or genere in NON_INVIATI:
            return
        if genere in ("checkbox", "radio"):
            if "checked" in a:
                self.modulo.metti(a["name"], a.get("value") or "on")
        else:
            self.modulo.metti(a["name"], a.get("value") or "")

    def handle_data(self, dati):
        if self.area:
            self.testo += dati

    def handle_endtag(self, tag):
        if tag == "form":
            self.modulo = None
        elif tag == "textarea" and self.area:
            # The first line end is the markup's own; the others travel as a browser sends them.
            testo = self.testo.removeprefix("\r").removeprefix("\n")
            self.modulo.metti(self.area, testo.replace("\r\n", "\n").replace("\n", "\r\n"))
            self.area = None
        elif tag == "select" and self.scelta:
            scelte = [v for v, scelta in self.opzioni if scelta] or [v for v, _ in self.opzioni[:1]]
            for valore in scelte:
                self.modulo.metti(self.scelta, valore)
            self.scelta = None


def moduli(risposta) -> list[ModuloHtml]:
    lettore = _Lettore()
    lettore.feed(risposta if isinstance(risposta, str) else risposta.content.decode())
    return lettore.moduli


def campi(risposta, azione: str = "") -> dict[str, list[str]]:
    """What the form of the page with that address (none: the page's own) would send, untouched."""
    trovati = [m for m in moduli(risposta) if m.metodo == "post" and m.azione == azione]
    assert len(trovati) == 1, f"{len(trovati)} moduli verso «{azione}»: {[m.azione for m in moduli(risposta)]}"
    return {nome: list(valori) for nome, valori in trovati[0].campi.items()}


def nome(blocco: str, campo: str, riga="") -> str:
    """The name of the input of a field."""
    definizione = EDIZIONE.blocco(blocco)
    return f"{definizione.id}_{riga}-{campo}" if riga else f"{definizione.id}-{campo}"


def apri(client, url: str) -> dict[str, list[str]]:
    """Opens a page of the scheda and holds what its form would send."""
    risposta = client.get(url)
    assert risposta.status_code == 200
    return campi(risposta)


def riga_nuova(dati: dict[str, list[str]], blocco: str) -> str:
    """The name that the page gave to its blank row."""
    return dati[f"{EDIZIONE.blocco(blocco).id}-righe"][0]
