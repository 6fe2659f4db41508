"""The data sets as CSV and as JSON, a row at a time: a file of thousands of rows is never whole in memory."""

import csv
import json
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.utils import timezone

from conciliazione.fogli.scrivi import PERICOLOSI

from .dati_insiemi import ELENCO, Campo, Insieme, assoluto

LICENZA = "https://creativecommons.org/licenses/by/4.0/"
SEPARA = " | "
"""Between the items of a list in one cell of CSV."""
BOM = "\ufeff"
"""Spreadsheets take a CSV without it for one of another alphabet."""


class _Eco:
    """Gives back what the csv module would write."""

    def write(self, riga: str) -> str:
        return riga


def in_csv(insieme: Insieme) -> Iterator[str]:
    """RFC 4180: commas, CRLF; the decimals have a dot and no thousands; what is not known is blank."""
    scrittore = csv.writer(_Eco())
    yield BOM + scrittore.writerow([campo.nome for campo in insieme.campi])
    for riga in insieme.righe():
        yield scrittore.writerow([_cella(campo, riga) for campo in insieme.campi])


def _cella(campo: Campo, riga) -> str:
    valore = al_filo(campo, riga)
    testo = SEPARA.join(valore) if campo.tipo == ELENCO else "" if valore is None else str(valore)
    # To a spreadsheet a text that begins so is a formula.
    return f"'{testo}" if testo.startswith(PERICOLOSI) else testo


def in_json(insieme: Insieme) -> Iterator[str]:
    """Yield the JSON of one object: what it is, and `dati`, the rows. Amounts are texts, because JSON has no decimals."""
    yield json.dumps(_testa(insieme), ensure_ascii=False)[:-1] + ', "dati": [\n'
    fra = ""
    for riga in insieme.righe():
        oggetto = {campo.nome: al_filo(campo, riga) for campo in insieme.campi}
        yield fra + json.dumps(oggetto, ensure_ascii=False)
        fra = ",\n"
    yield "\n]}\n"


def _testa(insieme: Insieme) -> dict:
    return {
        "insieme": insieme.nome,
        "titolo": insieme.titolo,
        "licenza": LICENZA,
        "estratto_il": timezone.now().isoformat(timespec="seconds"),
        "schema": assoluto("pubblico:schema"),
    }


def al_filo(campo: Campo, riga) -> str | int | list[str] | None:
    """Return a value as it travels; None is not known."""
    valore = campo.valore(riga)
    if campo.tipo == ELENCO:
        return [str(v) for v in valore or ()]
    if valore is None or valore == "":
        return None
    if isinstance(valore, Decimal):
        return f"{valore:.2f}"
    if isinstance(valore, date):
        return valore.isoformat()
    return str(valore) if isinstance(valore, UUID) else valore
