"""Several things said in one cell: who to call, how many people of which role, a name with its codice fiscale.

Each field of the row takes what is of its kind: an address, a telephone, a number, an option; what is left is the text.
"""

import re

from conciliazione.schede import campi

from .esito import Letto, RigaLetta
from .parole import PAROLA, chiave, propri
from .vocabolario import RIMANDI, Parte

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


def spezza(testo: str, dei: dict[str, campi.Campo]) -> dict[str, str]:
    """What each of those fields takes from the text."""
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


def leggi(lettore, parte: Parte, madre: RigaLetta | None, testo: str, posto: int) -> bool:
    """The rows of a table that hangs from another row: one for each line of the cell."""
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
    """The rows that a text names: by code, or by the words that tell them from the others."""
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
