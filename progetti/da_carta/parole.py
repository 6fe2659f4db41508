"""Words as a paper writes them: with or without accents, apostrophes, capitals, dashes and spaces they are the same words."""

import re
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from functools import lru_cache

from conciliazione.italiano.parole import PAROLA, parole

_PARTE = r"(?:[IVX]+|[A-Z]|[0-9]{1,2})"
_FRA = r"(?:\s?[.\-–]\s?|(?<=[IVX])\s(?=[0-9]))"
NUMERO = re.compile(rf"\s*({_PARTE}(?:{_FRA}{_PARTE})*)(?:\s?[.)]|(?<=[0-9])(?=\s))+(?=\s|$|[-–—])(?:\s*[-–—])?\s*")
"""«III. 1.1. - », «2.1 », «A) »: the number before a printed title."""
LIMITE = re.compile(r"\(\s*max\.?\s+[0-9.]+\s+(?:righe|caratteri)\s*\)", re.IGNORECASE)
CODA = re.compile(r"(?:[\s:*_–—,;)-]|\.(?!\.))*")
TESTA = re.compile(r"[\s#*>•·▪■□-]*")
SINONIMI = {
    "partitaiva": ("piva", "partitaiva"),
    "codicefiscale": ("cf", "codfiscale"),
    "tel": ("telefono",),
    "email": ("mail", "postaelettronica"),
    "prov": ("provincia",),
    "cap": ("codicepostale",),
    "natoail": ("natoil", "natail", "natoailgiorno"),
}
"""Other ways of writing a short label."""
ABBASTANZA_SIMILI = 0.82


@lru_cache(maxsize=20_000)
def chiave(testo: str) -> str:
    """Return letters and figures only, without accents and capitals."""
    return "".join(parole(testo))


@dataclass(frozen=True)
class Etichetta:
    """A printed title or label: how it is numbered, and its words."""

    testo: str
    numero: str = field(init=False)
    corpo: str = field(init=False)
    """The key of its words."""
    breve: str = field(init=False)
    """The same without what stands in brackets at the end."""

    def __post_init__(self):
        numero, resto = separa_numero(LIMITE.sub("", self.testo))
        object.__setattr__(self, "numero", numero)
        object.__setattr__(self, "corpo", chiave(resto))
        object.__setattr__(self, "breve", chiave(re.sub(r"\s*\([^()]*\)\s*:?\s*$", "", resto)))

    @property
    def forte(self) -> bool:
        """Whether a line that begins so can be nothing else."""
        _, nudo = separa_numero(LIMITE.sub("", self.testo))
        return len(self.corpo) >= 18 or len(PAROLA.findall(nudo)) >= 3

    @property
    def numerata(self) -> bool:
        """Whether its number alone tells it: «II. 2.», «2.5»."""
        return "." in self.numero

    @property
    def modi(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(m for m in (self.corpo, self.breve, *SINONIMI.get(self.corpo, ())) if m))


def separa_numero(testo: str) -> tuple[str, str]:
    """Split «III. 1.1. - Coerenza» → («III.1.1», «Coerenza»)."""
    trovato = NUMERO.match(testo)
    if not trovato:
        return "", testo.strip()
    return ".".join(PAROLA.findall(trovato[1])), testo[trovato.end() :].strip()


def comincia(etichetta: Etichetta, testo: str, *, come_scritta: bool = False, quasi: bool = False) -> int | None:
    """Return where the answer begins in a text that begins with that label; None when it does not.

    come_scritta: capital letters count (a short word may begin any sentence).
    quasi: the same number and nearly the same words will do.
    """
    inizio = TESTA.match(testo).end()
    trovato = NUMERO.match(testo, inizio)
    numero = ".".join(PAROLA.findall(trovato[1])) if trovato else ""
    if not etichetta.corpo:
        return _dopo(testo, trovato.end()) if numero and numero == etichetta.numero else None
    # «26 di cui donne 23»: a bare figure before a label that has no number is an answer.
    salta = bool(trovato) and bool(etichetta.numero or set(trovato[0]) & set(".)-–—"))
    partenze = [trovato.end(), inizio] if salta else [inizio]
    for da in partenze:
        for modo in etichetta.modi:
            fine = fin_dove(modo, testo, da)
            if fine is not None and not (come_scritta and not _stessa_iniziale(etichetta, testo, da)):
                return _dopo(testo, fine)
    if quasi and numero and numero == etichetta.numero and "." in numero:
        return _quasi(etichetta, testo, trovato.end())
    return None


def fin_dove(modo: str, testo: str, da: int) -> int | None:
    """Return where in the text, from there, end the words whose key is `modo`."""
    letto = ""
    for parola in PAROLA.finditer(testo, da):
        letto += chiave(parola[0])
        if letto == modo:
            return parola.end()
        if not modo.startswith(letto):
            return None
    return None


def va_avanti(etichetta: Etichetta, testo: str) -> bool:
    """Whether the text is only the beginning of the label: the rest of it stands on the next line."""
    resto = testo[TESTA.match(testo).end() :]
    letti = {chiave(resto), chiave(separa_numero(resto)[1])}
    return any(len(letto) >= 12 and len(letto) < len(etichetta.corpo) and etichetta.corpo.startswith(letto) for letto in letti)


def _quasi(etichetta: Etichetta, testo: str, da: int) -> int | None:
    """The same number, and words with a typing error or two."""
    letto, migliore, fine = "", 0.0, None
    for parola in PAROLA.finditer(testo, da):
        letto += chiave(parola[0])
        if len(letto) > len(etichetta.corpo) + 12:
            break
        simili = SequenceMatcher(None, etichetta.corpo, letto, autojunk=False).ratio()
        if simili > migliore:
            migliore, fine = simili, parola.end()
    return _dopo(testo, fine) if migliore >= ABBASTANZA_SIMILI else None


def _dopo(testo: str, fine: int) -> int:
    """Past «(max 30 righe)» and the signs between a label and its answer."""
    fine = CODA.match(testo, fine).end()
    limite = LIMITE.match(testo, fine)
    return _dopo(testo, limite.end()) if limite else fine


def _stessa_iniziale(etichetta: Etichetta, testo: str, da: int) -> bool:
    _, nudo = separa_numero(etichetta.testo)
    stampata, scritta = PAROLA.search(nudo), PAROLA.search(testo, da)
    return bool(stampata and scritta) and stampata[0][0].isupper() == scritta[0][0].isupper()


def trova(etichetta: Etichetta, testo: str, da: int) -> tuple[int, int] | None:
    """Return where a short label stands inside a line, and where its answer begins; capitals count."""
    for parola in PAROLA.finditer(testo, da):
        if parola.start() and testo[parola.start() - 1] in "@.-_/'’":
            continue
        if not _stessa_iniziale(etichetta, testo, parola.start()):
            continue
        for modo in etichetta.modi:
            if (fine := fin_dove(modo, testo, parola.start())) is not None:
                return parola.start(), _dopo(testo, fine)
    return None


COMUNI = frozenset(
    (
        *("a", "al", "alla", "c", "d", "da", "dei", "del", "della", "delle", "di", "e", "ed", "il", "in", "l", "la", "le", "o"),
        *("asc", "asl", "ats", "coop", "cooperativa", "ets", "impresa", "onlus", "p", "per", "r", "rl", "s", "sapa", "sc"),
        *("soc", "sociale", "societa", "spa", "srl", "srls", "ss"),
    )
)
"""Words that do not tell one ente from another."""


def propri(nome: str) -> frozenset[str]:
    """Return the words of a name that tell who it is."""
    tutte = {chiave(p) for p in PAROLA.findall(nome)}
    return frozenset(tutte - COMUNI) or frozenset(tutte)


def stesso_ente(uno: str, altro: str) -> bool:
    """Whether they are the same ente: «Iride Soc. Coop. Sociale» is «Iride Società Cooperativa Sociale impresa sociale»."""
    a, b = propri(uno), propri(altro)
    return bool(a and b) and (a <= b or b <= a)
