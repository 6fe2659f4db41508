"""One cell of a paper: the boxes that are ticked in it, the rows that it lists, those of other tables that it names."""

import re

from conciliazione.schede import campi

from .esito import Letto, RigaLetta
from .parole import PAROLA, chiave, propri
from .vocabolario import RIMANDI, Parte

SEGNI = frozenset("xXхХ✓✔✗✘☒☑■●✕×⊠")
"""Latin and Cyrillic, and the signs of the word processors."""
VUOTE = frozenset("☐□○▢❏❑❒◻")
QUADRA = re.compile(r"\[\s*([^\]\s]?)\s*\]|\(\s*([xXхХ]?)\s*\)")
POSTA = re.compile(r"[^\s@,;()<>]+@[^\s@,;()<>]+")
TELEFONO = re.compile(r"(?:(?:tel|cell|telefono|fax)\.?\s*:?\s*)?(\+?[0-9][0-9 ./-]{5,}[0-9])", re.IGNORECASE)
CODICE_FISCALE = re.compile(r"\b([A-Z]{6}[0-9A-Z]{2}[A-Z][0-9A-Z]{2}[A-Z][0-9A-Z]{3}[A-Z]|[0-9]{11})\b", re.IGNORECASE)
PROVINCIA = re.compile(r"\(\s*([A-Z]{2})\s*\)")
PUNTO = re.compile(r"^\s*(?:[-•·▪*–]|[0-9]{1,2}[.)]|[a-h]\))\s+")
"""What a line of a list begins with."""
NUMERO = re.compile(r"^\s*(?:n[.°]\s*)?([0-9]{1,6})\b(?![.,][0-9])\s*")
ETICHETTE = re.compile(r"\b(?:c\.?\s?f\.?|cod(?:ice)?\.?\s*fiscale|e-?mail|mail|tel|telefono|cell)\b\.?\s*:?", re.IGNORECASE)
DI_TIPO = (
    (campi.Posta, POSTA),
    (campi.CodiceFiscale, CODICE_FISCALE),
    (campi.Telefono, TELEFONO),
    (campi.Provincia, PROVINCIA),
)


def segnate(testo: str, opzioni: dict[str, str]) -> tuple[list[str], set[tuple[int, int]]]:
    """Return the keys of the ticked options, and the stretches of text where options stand (ticked or not)."""
    piano = QUADRA.sub(lambda m: ("☒" if (m[1] or m[2]) else "☐").ljust(len(m[0])), testo)
    posti = _posti(piano, opzioni)
    if not posti:
        return [], set()
    davanti = _segno(piano[: posti[0][0]]) is not None
    scelte = []
    for n, (inizio, fine, opzione) in enumerate(posti):
        prima = piano[posti[n - 1][1] if n else 0 : inizio]
        dopo = piano[fine : posti[n + 1][0] if n + 1 < len(posti) else len(piano)]
        if _segno(prima if davanti else dopo, in_fondo=davanti):
            scelte.append(opzione)
    return [o for o in opzioni if o in scelte], {(i, f) for i, f, _ in posti}


def _segno(tratto: str, *, in_fondo: bool = True) -> bool | None:
    """Whether the box next to the option is ticked; None where there is no box."""
    pezzi = [p for p in re.split(r"[\s:;,.\-–•*]+", tratto.strip()) if p]
    if not pezzi:
        return None
    vicino = pezzi[-1] if in_fondo else pezzi[0]
    if vicino and set(vicino) <= SEGNI:
        return True
    return False if set(vicino) <= VUOTE else None


def _posti(testo: str, opzioni: dict[str, str]) -> list[tuple[int, int, str]]:
    """Where each option stands, the longest first: one is often the beginning of another."""
    presi: list[tuple[int, int, str]] = []
    parole = [(chiave(p[0]), p.start(), p.end()) for p in PAROLA.finditer(testo)]
    for opzione, etichetta in sorted(opzioni.items(), key=lambda voce: -len(voce[1])):
        modi = dict.fromkeys((chiave(etichetta), chiave(re.sub(r"\s*\([^()]*\)\s*$", "", etichetta))))
        for n in range(len(parole)):
            fine = next((f for modo in modi if (f := _fine(parole, n, modo))), 0)
            if fine and not any(i < fine and parole[n][1] < f for i, f, _ in presi):
                presi.append((parole[n][1], fine, opzione))
                break
    return sorted(presi)


def _fine(parole: list[tuple[str, int, int]], da: int, cercata: str) -> int:
    letto = ""
    for parola, _, fine in parole[da:]:
        letto += parola
        if letto == cercata:
            return fine
        if not cercata.startswith(letto):
            return 0
    return 0


def resto(testo: str, posti: set[tuple[int, int]]) -> str:
    """Return what stands among the options and is neither one of them nor a mark."""
    lettere = list(testo)
    for inizio, fine in posti:
        lettere[inizio:fine] = " " * (fine - inizio)
    parole = re.split(r"[\s\[\]()]+", "".join(lettere))
    return " ".join(p for p in parole if p and not set(p) <= (SEGNI | VUOTE) and PAROLA.search(p))


# Several things said in one cell: who to call, how many people of which role, a name with its codice fiscale.


def spezza(testo: str, dei: dict[str, campi.Campo]) -> dict[str, str]:
    """Return what each of those fields takes from the text."""
    presi: dict[str, str] = {}
    for nome, campo in dei.items():
        modo = next((m for tipo, m in DI_TIPO if isinstance(campo, tipo)), None)
        modo = modo or (_numero(campo) if isinstance(campo, campi.Numero) else None)
        if modo and (trovato := modo.search(testo)):
            presi[nome] = (trovato[1] if modo.groups else trovato[0]).strip(" .-/")
            testo = f"{testo[: trovato.start()]} {testo[trovato.end() :]}"
        elif isinstance(campo, campi.Scelta) and (opzione := _opzione(campo, testo)):
            presi[nome] = opzione
            testo = ""
    libero = next((n for n, c in dei.items() if n not in presi and _libero(c)), None)
    resto = " ".join(ETICHETTE.sub(" ", testo).split()).strip(" ,;:–-()")
    if resto and libero:
        presi[libero] = resto
    return presi


def _libero(campo) -> bool:
    """A text of no particular kind."""
    return isinstance(campo, campi.Riga | campi.Testo) and not any(isinstance(campo, tipo) for tipo, _ in DI_TIPO)


def _numero(campo) -> re.Pattern:
    """A number at the beginning, or after the words of its label («almeno 2»)."""
    detta = str(campo.label).strip()
    return re.compile(rf"{re.escape(detta)}\s+([0-9]{{1,6}})\b", re.IGNORECASE) if len(chiave(detta)) > 6 else NUMERO


def _opzione(campo, testo: str) -> str:
    dette = {chiave(p) for p in PAROLA.findall(testo)}
    for valore, nome in campo.choices:
        if valore and chiave(PAROLA.findall(str(nome))[0]) in dette:
            return str(valore)
    return ""


def leggi_righe(lettore, parte: Parte, madre: RigaLetta | None, testo: str, posto: int) -> bool:
    """Read the rows of a table that hangs from another row: one for each line of the cell."""
    if madre is None:
        return False
    dei = {n: c for n, c in parte.campi.items() if n != parte.blocco.padre and not isinstance(c, RIMANDI)}
    dove = lettore.brani[posto].dove
    for riga in _righe(testo, dei):
        presi = spezza(riga, dei)
        if not presi:
            continue
        nuova = RigaLetta(parte.blocco.fonte, nome=riga.strip(), dove=dove, madre=madre)
        lettore.esito.righe.append(nuova)
        lettore.esito.letti.append(Letto(parte.blocco.chiave, nuova, parte.blocco.padre, madre.nome, dove, rimando=madre))
        lettore.esito.letti += [Letto(parte.blocco.chiave, nuova, nome, valore, dove) for nome, valore in presi.items()]
    lettore.esito.usati.add(posto)
    return True


def _righe(testo: str, dei: dict[str, campi.Campo]) -> list[str]:
    """The lines of a cell; where each row begins by a number, a comma parts them too."""
    righe = [PUNTO.sub("", riga) for riga in testo.split("\n") if riga.strip()]
    if any(isinstance(c, campi.Numero) and len(chiave(str(c.label))) <= 6 for c in dei.values()):
        righe = [p for riga in righe for p in re.split(r"[,;+]\s*(?=[0-9])|\s+e\s+(?=[0-9])", riga)]
    if any(isinstance(c, campi.Posta) for c in dei.values()):
        return _per_persona(righe)
    return righe


def _per_persona(righe: list[str]) -> list[str]:
    """Name, telephone and address may stand on a line each: a line without either begins another person."""
    persone: list[str] = []
    for riga in righe:
        solo_recapito = not PAROLA.search(ETICHETTE.sub("", TELEFONO.sub("", POSTA.sub("", riga))))
        if persone and solo_recapito:
            persone[-1] += f" {riga}"
        else:
            persone.append(riga)
    return persone


def nominate(righe: list[RigaLetta], testo: str) -> list[RigaLetta]:
    """Return the rows that a text names: by code, or by the words that tell them from the others."""
    dette = {chiave(p) for p in PAROLA.findall(testo)}
    codici = {chiave(c) for c in re.findall(r"\b[A-Z]\.?[0-9]{0,2}\b", testo)}
    per_codice = [r for r in righe if r.codice and chiave(r.codice) in codici]
    return per_codice or [r for r in righe if r.nome and propri(r.nome) <= dette]


def detto_altro(righe: list[RigaLetta], testo: str) -> bool:
    """Whether a text that names rows says more than their codes and names."""
    resto = chiave(testo)
    for riga in righe:
        resto = resto.replace(chiave(riga.codice) or "\0", "").replace(chiave(riga.nome) or "\0", "")
    return bool(resto)
