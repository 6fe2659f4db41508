"""What may happen to the things that have states: one table for each of them, and the only way to go by it.

A table is written in a `stati.py` and entered in `TABELLE` by the AppConfig. Guards, the names that the history shows and the
drawing of the states (`manage.py stati`) all come from it.
"""

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar

from django import forms
from django.contrib import messages
from django.db.models import Manager, Model, QuerySet

from .accesso import Puo, bloccate, esigi, ricordi
from .models import Passaggio

M = TypeVar("M", bound=Model)
FINE = "[*]"
"""Where nothing is left of the thing."""


@dataclass(frozen=True)
class Passo:
    """One line of a table: what is done.

    `detto`: as something that happened; «{motivo}» in it is where the reason goes, else the reason follows in brackets.
    `da`: the states in which it may be done; none for what the thing begins with. `a`: the state that follows, None when it
    stays what it is. `altrimenti`: what who comes too late is told, instead of the name of the state.
    """

    detto: str
    da: Collection[str] = ()
    a: str | None = None
    altrimenti: str = ""


@dataclass(frozen=True)
class Tabella:
    """All that may happen to a thing. `chi` is its name in a sentence; `nomi` those of its states for a particular audience."""

    chi: str
    passi: Mapping[str, Passo]
    nomi: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


TABELLE: dict[type[Model], Tabella] = {}


class Rifiuto(Exception):
    """What was asked cannot be done: `motivi` say why, each a sentence to who asked that says also what to do.

    `campo` is the field of the form that it is about, if it is about one.
    """

    def __init__(self, *motivi: str, campo: str | None = None):
        super().__init__(" ".join(motivi))
        self.motivi, self.campo = motivi, campo

    def spiega(self, request, form: forms.Form | None = None) -> None:
        """Tell the person: on the form that asked it or, without one, as messages."""
        for motivo in self.motivi:
            if form is None:
                messages.error(request, motivo)
            else:
                form.add_error(self.campo if self.campo in form.fields else None, motivo)


@contextmanager
def spiega_i_rifiuti(request, form: forms.Form | None = None) -> Iterator[None]:
    """Tell the person of a view what is refused inside; the view goes on after it."""
    try:
        yield
    except Rifiuto as rifiuto:
        rifiuto.spiega(request, form)


def prendi(righe: QuerySet[M] | Manager[M], pk, azione: str = "", utente=None, puo: Puo | None = None) -> M:
    """Return the row as it is now, locked until commit; given an action, one to which it may be done; given a predicate, by
    whom.

    What was known of the person before the lock is forgotten. Raises Rifiuto, PermissionDenied.
    """
    presa = bloccate(righe).get(pk=pk)
    if azione:
        _passo(presa, azione)
    if utente is not None:
        ricordi(utente).clear()
    return esigi(puo, utente, presa)


def passa(oggetto: Model, azione: str, utente, perche: str = "", /, **campi) -> Passaggio:
    """Do it to a row that is locked (`prendi`): the state that follows and `campi` are saved, and it is remembered why.

    Of a thing without states it is remembered alone. Raises Rifiuto when it may not be done in the state in which the row is.
    """
    passo = _passo(oggetto, azione)
    prima = oggetto.stato if passo.da else ""
    if passo.a is not None:
        campi["stato"] = passo.a
    for campo, valore in campi.items():
        setattr(oggetto, campo, valore)
    if campi:
        da_soli = [f.name for f in oggetto._meta.fields if getattr(f, "auto_now", False)]
        oggetto.save(update_fields=[*campi, *da_soli])
    return Passaggio.objects.annota(oggetto, azione, utente, da=prima, a=getattr(oggetto, "stato", ""), motivo=perche)


def _passo(oggetto: Model, azione: str) -> Passo:
    tabella = TABELLE[type(oggetto)]
    passo = tabella.passi[azione]
    if passo.da and oggetto.stato not in passo.da:
        stato = oggetto.get_stato_display()
        raise Rifiuto(passo.altrimenti or f"{tabella.chi} è «{stato}»: questa operazione non è più possibile.")
    return passo


@dataclass(frozen=True)
class Avvenuto:
    """A line of the history of a thing, in words; shown by `_passaggi.html`."""

    il: datetime
    che_cosa: str
    chi: str
    motivo: str


def racconta(oggetto: Model, *, anonimo: str = "") -> list[Avvenuto]:
    """Return what happened to it, in order. `anonimo`: who it was that acted without being logged in."""
    return [in_parole(oggetto, passaggio, anonimo) for passaggio in Passaggio.objects.di(oggetto)]


def in_parole(oggetto: Model, passaggio: Passaggio, anonimo: str = "") -> Avvenuto:
    """Return one of the things that happened to it in words; of an action that is in no table its own name, with spaces."""
    passo, motivo = TABELLE[type(oggetto)].passi.get(passaggio.azione), passaggio.motivo
    detto = passo.detto if passo else passaggio.azione.replace("_", " ")
    if "{motivo}" in detto:
        detto, motivo = detto.replace("{motivo}", motivo), ""
    return Avvenuto(passaggio.il, detto, str(passaggio.utente or anonimo), motivo)
