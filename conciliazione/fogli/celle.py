"""What one cell says, by the field it is for; and how a value is written in a cell."""

import datetime as dt
import re
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

from django.core.exceptions import ValidationError

from ..italiano import date
from ..schede.campo import Campo
from ..schede.tipi import Valore, vuoto
from .excel import come_testo
from .matrice import chiave

ACCESI = frozenset({"x", "х", "✓", "✔", "☑", "☒", "■", "●", "si", "sì", "s", "1", "vero", "true"})
"""How people tick a box; the second is a Cyrillic letter that looks like the first."""
SPENTI = frozenset({"□", "☐", "○", "no", "n", "0", "-", "–", "—", "falso", "false"})
ERRORI_DI_EXCEL = frozenset(
    ("#REF!", "#RIF!", "#N/A", "#N/D", "#NAME?", "#NOME?", "#VALUE!", "#VALORE!", "#DIV/0!", "#NUM!", "#NULL!", "#NULLO!")
)

PIU_LUNGO = 32_767
"""Characters that a cell of Excel holds, each of the rarer ones counting for two."""
NON_CI_STA = "(testo più lungo di quanto entra in una cella di Excel: resta com'è nel portale)"
"""In place of such a text; taken back it means «leave it»."""

Nomi = dict[str, frozenset[str]]
"""Of rows that a cell may name: id → what else they are called (see `chiave`)."""


class NonCapito(ValueError):
    """`str()` is a sentence for the person who wrote the cell."""


@dataclass(frozen=True)
class Capito:
    """mandati: what a browser would send for the field; valore: as it travels."""

    mandati: list[str] = field(default_factory=list)
    valore: Valore = None


def capisci(campo: Campo, testo: str, nomi: Nomi) -> Capito:
    """Return what a cell that is not blank says. Raises NonCapito."""
    if testo.strip().upper() in ERRORI_DI_EXCEL:
        raise NonCapito(f"«{testo.strip()}» è un errore di Excel, non un valore: correggi la formula nel foglio.")
    mandati = _mandati(campo, testo, nomi)
    molti = campo.genere in ("scelte", "rimandi")
    try:
        pulito = campo.clean(mandati if molti else mandati[0] if mandati else "")
    except ValidationError as errore:
        raise NonCapito(" ".join(errore.messages)) from errore
    return Capito(mandati, campo.al_filo(pulito))


def _mandati(campo: Campo, testo: str, nomi: Nomi) -> list[str]:
    if campo.genere in ("scelta", "rimando"):
        return [scelta_detta(campo, testo, nomi)]
    if campo.genere in ("scelte", "rimandi"):
        return _piu_scelte(campo, testo, nomi)
    if campo.genere == "mese":
        return [_mese(testo)]
    return [testo]


def _mese(testo: str) -> str:
    """Excel makes of «10/2014» the first of October."""
    try:
        giorno = date.leggi_data(testo)
    except ValueError:
        return testo
    return f"{giorno.month:02}/{giorno.year}" if giorno and giorno.day == 1 else testo


def scelta_detta(campo: Campo, testo: str, nomi: Nomi) -> str:
    """Return the key of the choice that a text names. Raises NonCapito when it is none, or may be two."""
    voci = [(str(k), str(nome)) for k, nome in campo.choices]
    if esatta := [k for k, nome in voci if testo in (nome, k)]:
        return esatta[0] if len(esatta) == 1 else _piu_d_una(testo, voci, esatta)
    detta = chiave(_si_no(testo, voci))
    if not detta:
        raise NonCapito(f"«{testo.strip()}» non è tra le scelte: {_elenco(voci)}.")
    chiamate = [k for k, nome in voci if detta in {chiave(k), chiave(nome), *nomi.get(k, ())}]
    trovate = chiamate or [k for k, nome in voci if len(detta) > 3 and chiave(nome).startswith(detta)]
    if not trovate:
        raise NonCapito(f"«{_corto(testo)}» non è tra le scelte: {_elenco(voci)}.")
    return trovate[0] if len(trovate) == 1 else _piu_d_una(testo, voci, trovate)


def _si_no(testo: str, voci: list[tuple[str, str]]) -> str:
    """Return the choice that a tick says, where it is between yes and no."""
    if {chiave(nome) for k, nome in voci if k} == {"si", "no"}:
        return {True: "si", False: "no"}.get(segno(testo), testo)
    return testo


def _piu_d_una(testo: str, voci: list[tuple[str, str]], trovate: list[str]) -> str:
    quali = " o ".join(f"«{_corto(nome)}»" for k, nome in voci if k in trovate[:3])
    raise NonCapito(f"«{_corto(testo)}» può essere {quali}: scrivi il nome intero o il codice.")


def _piu_scelte(campo: Campo, testo: str, nomi: Nomi) -> list[str]:
    """One for each line, or parted by semicolons where no choice has one in its name."""
    scelte = []
    for linea in filter(None, (p.strip() for p in testo.split("\n"))):
        try:
            scelte.append(scelta_detta(campo, linea, nomi))
        except NonCapito:
            if ";" not in linea:
                raise
            scelte += [scelta_detta(campo, p.strip(), nomi) for p in linea.split(";") if p.strip()]
    return list(dict.fromkeys(scelte))


def segno(testo: str) -> bool | None:
    """Whether a box is ticked; None for what is no tick. Raises nothing: the caller says what it expected."""
    nudo = testo.strip().strip("()[]").strip().casefold()
    return True if nudo in ACCESI else False if nudo in SPENTI or (not nudo and bool(testo.strip())) else None


def _elenco(voci: list[tuple[str, str]]) -> str:
    nomi = [_corto(nome) for k, nome in voci if k]
    return "; ".join(nomi[:8]) + ("; …" if len(nomi) > 8 else "") if nomi else "non ce n'è nessuna"


def _corto(testo: str) -> str:
    piano = " ".join(testo.split())
    return piano if len(piano) <= 60 else f"{piano[:59]}…"


# Writing.


def in_cella(campo: Campo, valore: Valore):
    """Return a value as a cell holds it: numbers and dates as such, the rest as people read it. None is a blank cell."""
    if vuoto(valore):
        return None
    try:
        return _in_cella(campo, valore)
    except (InvalidOperation, TypeError, ValueError):
        return _che_ci_sta(str(valore))  # a value that came from a file and is not one of this field


def _in_cella(campo: Campo, valore: Valore):
    if campo.genere == "importo":
        return Decimal(valore)
    if campo.genere == "data":
        return dt.date.fromisoformat(valore)
    if campo.genere == "numero" and isinstance(valore, int):
        return valore
    if campo.genere in ("scelte", "rimandi"):
        nomi = _etichette(campo)
        return _che_ci_sta("\n".join(nomi.get(str(v), str(v)) for v in valore))
    if campo.genere in ("scelta", "rimando"):
        return _che_ci_sta(_etichette(campo).get(str(valore), str(valore)))
    return _che_ci_sta(campo.testo(valore))


def _etichette(campo: Campo) -> dict[str, str]:
    """Return what is written of each choice, by key: the key itself where the name is of two, or has an empty line."""
    nomi = [str(nome) for _, nome in campo.choices]
    sole = {str(k): str(nome) for k, nome in campo.choices}
    return {k: nome if nomi.count(nome) == 1 and "\n" not in nome and nome.strip() else k for k, nome in sole.items()}


def _che_ci_sta(testo: str) -> str:
    return testo if len(testo.encode("utf-16-le", "surrogatepass")) // 2 <= PIU_LUNGO else NON_CI_STA


def riletto(campo: Campo, valore: Valore) -> str:
    """Return the text that the cell of a value comes back as: a cell that says it says nothing new."""
    cella = in_cella(campo, valore)
    return come_testo(float(cella)) if isinstance(cella, Decimal) else come_testo_scritto(cella)


def come_testo_scritto(cella) -> str:
    return cella if isinstance(cella, str) else come_testo(cella)


def uguali(uno: str, altro: str) -> bool:
    """Whether two texts are the same, line ends apart, which travel in their own way."""
    return re.sub("\r\n?", "\n", uno) == re.sub("\r\n?", "\n", altro)
