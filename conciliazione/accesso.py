"""Fetch and check in one call: what is not visible is not there (404), what may not be done is forbidden (403)."""

import uuid
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar, cast

from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

if TYPE_CHECKING:
    from .models import Utente

M = TypeVar("M", bound=Model)
T = TypeVar("T")
Puo = Callable[..., bool]
"""A predicate of `permessi`: may this person do this to that object?"""
Chiave = uuid.UUID | int | str
"""The primary key of a row, as an address has it."""


class Richiesta(HttpRequest):
    """A request as views receive it, for who reads their types: who asks has logged in."""

    user: "Utente"
    prestito: Any
    """The loan by which a draft is read, where it is one: the page says so."""


def trova(request: "Richiesta", righe: QuerySet[M], pk: Chiave, puo: Puo | None = None, *, blocca: bool = False) -> M:
    """Return the row that a person sees and, given a predicate, may act upon; `blocca` locks it until commit.

    `righe` are those that the person sees. What was known of the person before the lock is forgotten: who waited for it may
    have lost its right meanwhile. Raises Http404, PermissionDenied.
    """
    trovata = get_object_or_404(bloccate(righe) if blocca else righe, pk=pk)
    if blocca:
        ricordi(request.user).clear()
    return esigi(puo, request.user, trovata)


def esigi(puo: Puo | None, utente: "Utente", oggetto: T, *altro: Any) -> T:
    """Return the object again, if the person may do that to it. Raises PermissionDenied."""
    if puo is not None and not puo(utente, oggetto, *altro):
        raise PermissionDenied
    return oggetto


def ricordi(utente: "Utente") -> dict[str, Any]:
    """Return what was asked of the database about that person, by name: once for each request, and anew when a row is taken
    (`passaggi.prendi`), for who asked may have lost its right while it waited."""
    return cast(dict[str, Any], utente.__dict__.setdefault("_ricordi", {}))


def bloccate(righe: QuerySet[M]) -> QuerySet[M]:
    """Return the same rows, locked until commit when they are read; those that a join brings, or refer to them, are not."""
    return righe.select_for_update(of=("self",), no_key=True)
