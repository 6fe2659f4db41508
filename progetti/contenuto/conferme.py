"""The confirmation of a partner: it says «these are my figures» and stands as long as they still are."""

import hashlib
import json
from collections import defaultdict
from decimal import Decimal
from itertools import zip_longest
from typing import NamedTuple, TypedDict

from conciliazione.italiano.importi import scrivi_importo
from conciliazione.schede.contenuto import ConfermaDetta, Contenuto

from ..models import Conferma


class Quota(TypedDict):
    """What a partner puts in an action: the amount in euro, its kind, the act that commits it."""

    azione: str | None
    natura: str | None
    importo: str | None
    atto: str | None


class Cifre(TypedDict):
    """What a partner confirms, and what is kept of it."""

    cofinanziamenti: list[Quota]
    lavoratori: int | None
    lavoratrici_donne: int | None
    lavoratori_uomini: int | None


def cifre(contenuto: Contenuto, partecipazione: str) -> Cifre:
    """What a partner confirms: its cofinancing, action by action, and its workers."""
    soggetto = next(p for p in contenuto["partecipazioni"] if p["id"] == partecipazione)
    righe = [
        Quota(azione=riga["azione"], natura=riga["natura"], importo=riga["importo"], atto=riga["atto"])
        for riga in contenuto["cofinanziamenti"]
        if riga["partecipazione"] == partecipazione
    ]
    return {
        "cofinanziamenti": sorted(righe, key=lambda r: json.dumps(r, sort_keys=True)),
        "lavoratori": soggetto["lavoratori"],
        "lavoratrici_donne": soggetto["lavoratrici_donne"],
        "lavoratori_uomini": soggetto["lavoratori_uomini"],
    }


def impronta(cifre: Cifre) -> str:
    return hashlib.sha256(json.dumps(cifre, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def confermate(partecipazioni: list[str]) -> dict[str, ConfermaDetta]:
    """Of each soggetto the last confirmation that was not withdrawn, with the fingerprint of the figures it was about."""
    conferme = Conferma.objects.non_ritirate().filter(partecipazione_id__in=partecipazioni).select_related("da")
    return {
        str(c.partecipazione_id): {
            "impronta": c.impronta,
            "il": c.il.isoformat(),
            "da": str(c.da),
            "per_conto": c.per_conto,
        }
        for c in conferme.order_by("il", "pk")
    }


def cifre_confermate(partecipazioni: list[str]) -> dict[str, Cifre]:
    """Of each soggetto the figures that it confirmed last, and did not take back."""
    conferme = Conferma.objects.non_ritirate().filter(partecipazione_id__in=partecipazioni).order_by("il", "pk")
    return {str(soggetto): cifre for soggetto, cifre in conferme.values_list("partecipazione", "cifre")}


def stato(contenuto: Contenuto, partecipazione: str) -> str:
    """«confermata», «da riconfermare» (the figures changed after), «da confermare»."""
    ultima = contenuto["conferme"].get(partecipazione)
    if ultima is None:
        return "da confermare"
    return "confermata" if ultima["impronta"] == impronta(cifre(contenuto, partecipazione)) else "da riconfermare"


# Which of the figures that a partner confirmed are no longer what they were: old and new, by name.

LAVORATORI = {
    "lavoratori": "Lavoratori e lavoratrici",
    "lavoratrici_donne": "Lavoratrici (donne)",
    "lavoratori_uomini": "Lavoratori (uomini)",
}
CELLE = {"importo": "Cofinanziamento", "natura": "Natura del cofinanziamento", "atto": "Atto di impegno"}


class Cambio(NamedTuple):
    """One thing that is no longer what was confirmed, as people read it."""

    etichetta: str
    prima: str
    dopo: str


def cambi(prima: Cifre, dopo: Cifre, azioni: dict[str, str]) -> list[Cambio]:
    """What changed between two `conferme.cifre`; `azioni` are the titles of the actions that there are now."""
    trovati = _del_cofinanziamento(prima, dopo, azioni)
    for campo, etichetta in LAVORATORI.items():
        if prima.get(campo) != dopo.get(campo):
            trovati.append(Cambio(etichetta, _testo(prima.get(campo)), _testo(dopo.get(campo))))
    return trovati


def _del_cofinanziamento(prima: Cifre, dopo: Cifre, azioni: dict[str, str]) -> list[Cambio]:
    """Action by action, in their order; rows that stayed as they were are left out."""
    vecchie, nuove = _per_azione(prima), _per_azione(dopo)
    trovati = []
    for azione in dict.fromkeys((*azioni, *vecchie, *nuove)):
        tolte, messe = _diverse(vecchie.get(azione, []), nuove.get(azione, []))
        for riga, altra in zip_longest(tolte, messe):
            trovati += _della_riga(riga, altra, azioni.get(azione or "", "azione che non c'è più" if azione else ""))
    return trovati


def _per_azione(cifre: Cifre) -> dict[str | None, list[Quota]]:
    gruppi: dict[str | None, list[Quota]] = defaultdict(list)
    for riga in cifre.get("cofinanziamenti", []):
        gruppi[riga["azione"]].append(riga)
    return gruppi


def _diverse(vecchie: list[Quota], nuove: list[Quota]) -> tuple[list[Quota], list[Quota]]:
    """The rows of each side that the other one has not; two equal rows are two."""
    tolte, messe = [], list(nuove)
    for riga in vecchie:
        if riga in messe:
            messe.remove(riga)
        else:
            tolte.append(riga)
    return tolte, messe


def _della_riga(prima: Quota | None, dopo: Quota | None, azione: str) -> list[Cambio]:
    """A row that came or went is told by its amount; of one that changed, each cell that did."""
    dove = f" per «{azione}»" if azione else ""
    if prima is None or dopo is None:
        return [Cambio(f"{CELLE['importo']}{dove}", _importo(prima), _importo(dopo))]
    diverse = [campo for campo in CELLE if prima.get(campo) != dopo.get(campo)]
    return [Cambio(f"{CELLE[campo]}{dove}", _cella(campo, prima), _cella(campo, dopo)) for campo in diverse]


def _cella(campo: str, riga: Quota) -> str:
    return _importo(riga) if campo == "importo" else _testo(riga.get(campo))


def _importo(riga: Quota | None) -> str:
    if riga is None:
        return "nessuno"
    return "non indicato" if riga["importo"] is None else f"€ {scrivi_importo(Decimal(riga['importo']))}"


def _testo(valore: object) -> str:
    return "non indicato" if valore is None or valore == "" else str(valore)
