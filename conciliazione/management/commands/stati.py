from collections.abc import Iterator

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db.models import Model

from ...passaggi import FINE, TABELLE, Passo, Tabella

FILE = settings.RADICE / "docs" / "stati.md"
INTESTAZIONE = """# Gli stati, e come si passa dall'uno all'altro

Disegnati da `python3 manage.py stati`, dalle tabelle che il portale segue: qui non si scrive a mano.
"""


class Command(BaseCommand):
    help = "Disegna in docs/stati.md gli stati di ogni cosa che ne ha, dalle tabelle dei passaggi."
    requires_system_checks = ()

    def handle(self, **_) -> None:
        FILE.write_text(disegno(), encoding="utf-8")
        self.stdout.write(f"Scritto {FILE.relative_to(settings.RADICE)}.")


def disegno() -> str:
    """Return the page: a diagram for each thing that has states, and what may be done without changing them."""
    con_stati = [(modello, tabella) for modello, tabella in TABELLE.items() if hasattr(modello, "stato")]
    pagine = [_di_uno(modello, tabella) for modello, tabella in con_stati]
    return "\n".join([INTESTAZIONE, *("\n".join(righe) + "\n" for righe in pagine)])


def _di_uno(modello: type[Model], tabella: Tabella) -> Iterator[str]:
    campo = modello._meta.get_field("stato")
    nomi = dict(campo.flatchoices)
    archi = _archi(tabella, campo.default, list(nomi))
    toccati = [stato for stato in nomi if any(stato in arco for arco in archi)]
    yield f"## {modello._meta.verbose_name.capitalize()}\n"
    yield "```mermaid\nstateDiagram-v2"
    yield from (f"    {stato}: {nomi[stato]}" for stato in toccati)
    yield from (f"    {da} --> {a}{': ' if detti else ''}{', '.join(detti)}" for (da, a), detti in archi.items())
    yield "```"
    if senza := [nomi[stato] for stato in nomi if stato not in toccati]:
        yield f"\nNessun passaggio, per ora, porta a: {', '.join(senza)}."
    if restano := [passo for passo in tabella.passi.values() if passo.da and passo.a is None]:
        yield f"\nSenza cambiare stato: {'; '.join(_dove_resta(passo, nomi) for passo in restano)}."
    for chi, suoi in tabella.nomi.items():
        yield from (f"\n«{nomi[stato]}» per {chi} è «{nome}»." for stato, nome in suoi.items())


def _archi(tabella: Tabella, inizio: str, stati: list[str]) -> dict[tuple[str, str], list[str]]:
    """From where to where, and the names of what leads there, in the order of the table."""
    archi = {(FINE, str(inizio)): []}
    for passo in tabella.passi.values():
        if passo.a is None and passo.da:
            continue
        partenze = [stato for stato in stati if stato in passo.da] or [FINE]
        for da in partenze:
            archi.setdefault((da, str(passo.a or inizio)), []).append(_detto(passo.detto))
    return archi


def _dove_resta(passo: Passo, nomi: dict[str, str]) -> str:
    stati = [nome for stato, nome in nomi.items() if stato in passo.da]
    return f"{_detto(passo.detto)} ({'in ogni stato' if len(stati) == len(nomi) else ', '.join(stati)})"


def _detto(detto: str) -> str:
    return detto.replace("{motivo}", "…")
