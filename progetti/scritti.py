"""What a page sent, field by field and in words: for when it cannot be written where it was meant to go."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.http import QueryDict

from conciliazione.schede.edizione import Blocco, Edizione, Elenco
from conciliazione.schede.modulo import IMPRONTA
from conciliazione.schede.salvataggio import impronta
from conciliazione.schede.tipi import Contenuto, Valore, vuoto

from .edizioni import EDIZIONI
from .models import Progetto, Scartato

RIGA = re.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
NULLA: Contenuto = defaultdict(list, avviso={}, progetto={}, risposte={})
"""The content of a project of which nothing may be read: rows have no titles, and choices no names."""


@dataclass(frozen=True)
class Scritto:
    """A field that somebody changed: how it is called, what was typed, and the same as it travels."""

    blocco: str
    riga: str
    campo: str
    etichetta: str
    testo: str
    valore: Valore


def scritti(blocco: Blocco, contenuto: Contenuto, dati: QueryDict) -> list[Scritto]:
    """What was typed in a block: of what the page sent, all that is not as the page was opened."""
    if isinstance(blocco, Elenco) or not blocco.campi():
        return []
    return [scritto for riga in _righe(blocco, contenuto, dati) for scritto in _di_riga(blocco, contenuto, dati, riga)]


def scritti_in(edizione: Edizione, dati: QueryDict) -> list[Scritto]:
    """The same of a whole page, when nothing may be read of the project."""
    return [scritto for blocco in edizione.blocchi for scritto in scritti(blocco, NULLA, dati)]


def indovina(dati: QueryDict) -> list[Scritto]:
    """What was typed in a page of whatever scheda: the edition is the one that knows most of the names that came."""
    candidati = [scritti_in(edizione, dati) for edizione in EDIZIONI.values()]
    return max(candidati, key=len, default=[])


def ricorda(progetto: Progetto, cosa: Iterable[Scritto], contenuto: Contenuto, edizione: Edizione, utente) -> None:
    """Keep in history what was typed and not written: once, also when it is sent twice."""
    for scritto in cosa:
        dove = {"progetto": progetto, "blocco": scritto.blocco, "riga": scritto.riga, "campo": scritto.campo}
        tenuto = _attuale(edizione.blocco(scritto.blocco), contenuto, scritto)
        ultimo = Scartato.objects.filter(**dove, deciso_da=utente).first()
        if ultimo is None or ultimo.scartato != scritto.valore:
            Scartato.objects.create(**dove, tenuto=tenuto, scartato=scritto.valore, deciso_da=utente)


def _attuale(blocco: Blocco, contenuto: Contenuto, scritto: Scritto) -> Valore:
    riga = next((r for r in blocco.righe(contenuto) if r["id"] == scritto.riga), None)
    return blocco.valore(contenuto, riga, scritto.campo) if riga else None


def _righe(blocco: Blocco, contenuto: Contenuto, dati: QueryDict) -> list[dict]:
    """The rows that the names of the inputs tell of, in the order of the page; of one that is no more, its id."""
    campi = "|".join(re.escape(campo) for campo in blocco.campi())
    nome = re.compile(f"{re.escape(blocco.id)}(?:_(.+))?-(?:{campi})(?:{IMPRONTA})?")
    dette = dict.fromkeys(trovato[1] or "" for chiave in dati if (trovato := nome.fullmatch(chiave)))
    note = {r["id"]: r for r in blocco.righe(contenuto)}
    return [note.get(riga, {"id": riga}) for riga in dette if riga in note or RIGA.fullmatch(riga)]


def _di_riga(blocco: Blocco, contenuto: Contenuto, dati: QueryDict, riga: dict) -> Iterable[Scritto]:
    pk = riga["id"]
    form = blocco.form(contenuto, riga, data=dati, prefix=f"{blocco.id}_{pk}" if pk else blocco.id)
    for nome in form.fields:
        campo = form[nome]
        valore = _letto(campo)
        if _mandato(campo, dati) and _cambiato(valore, dati.get(campo.html_name + IMPRONTA)):
            yield Scritto(blocco.chiave, pk, nome, _etichetta(blocco, riga, campo), _testo(campo, valore), valore)


def _mandato(campo: BoundField, dati: QueryDict) -> bool:
    """Boxes are sent as nothing when none is ticked: then the fingerprint alone tells that they were there."""
    if campo.html_name in dati:
        return True
    omesso = campo.field.widget.value_omitted_from_data(dati, {}, campo.html_name)
    return campo.html_name + IMPRONTA in dati and not omesso


def _cambiato(valore: Valore, originale: str | None) -> bool:
    return not vuoto(valore) if originale is None else impronta(valore) != originale


def _letto(campo: BoundField) -> Valore:
    """As it travels or, where it cannot be understood, as it was typed."""
    try:
        return campo.field.al_filo(campo.field.clean(campo.data))
    except ValidationError:
        return campo.data


def _testo(campo: BoundField, valore: Valore) -> str:
    try:
        letto = campo.field.testo(valore)
    except (ArithmeticError, TypeError, ValueError):
        letto = ""
    return letto or ("; ".join(campo.data) if isinstance(campo.data, list) else str(campo.data or ""))


def _etichetta(blocco: Blocco, riga: dict, campo: BoundField) -> str:
    parti = [blocco.chiamato, blocco.titolo_riga(riga), campo.field.gruppo, str(campo.label)]
    return " · ".join(dict.fromkeys(" ".join(parte.split()) for parte in parti if parte))
