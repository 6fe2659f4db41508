"""The public lists: what one narrows them by, from the address. What makes no sense there finds nothing."""

import uuid
from functools import cached_property
from urllib.parse import urlencode

from django.db.models import Exists, F, Func, IntegerField, OuterRef, Q, QuerySet, TextField, Value
from django.db.models.functions import Cast, Coalesce, ExtractYear, Left, NullIf
from django.http import QueryDict

from alleanze.models import Alleanza
from conciliazione.italiano.parole import per_nome

from ..models import Avviso, Partecipazione, Progetto
from .progetti import persona_fisica

LUNGA = 100
"""As much as anybody types into a search box."""


def base_di(scelte: dict[str, str]) -> str:
    """Return what stands before the number of the page in the address of a list, for `_pagine.html`."""
    dati = urlencode({nome: valore for nome, valore in scelte.items() if valore})
    return f"?{dati}&pagina=" if dati else "?pagina="


class _Elenco:
    filtri: tuple[str, ...] = ("q",)

    def __init__(self, dati: QueryDict):
        self.scelte = {nome: dati.get(nome, "").replace("\x00", "").strip()[:LUNGA] for nome in self.filtri}

    @property
    def filtrato(self) -> bool:
        return any(self.scelte.values())

    @property
    def base(self) -> str:
        return base_di(self.scelte)


class AlleanzePubbliche(_Elenco):
    """By name, territorio or Comune."""

    @cached_property
    def trovate(self) -> QuerySet[Alleanza]:
        alleanze = Alleanza.objects.pubbliche().per_elenco()
        if not self.scelte["q"]:
            return alleanze
        comuni = Func(F("comuni"), Value("\n"), function="array_to_string", output_field=TextField())
        return alleanze.annotate(luoghi=comuni).filter(_contiene(self.scelte["q"], "nome", "territorio", "luoghi"))


class ProgettiPubblici(_Elenco):
    """By title or ente, alleanza, avviso, year: the one in which it begins or, where it is not said, that of the call."""

    filtri = ("q", "alleanza", "avviso", "anno")

    @cached_property
    def tutti(self) -> QuerySet[Progetto]:
        comincia = Cast(NullIf(Left("durata_dal", 4), Value("")), IntegerField())
        anno = Coalesce(comincia, ExtractYear("avviso__chiude_il"))
        return Progetto.objects.pubblici().annotate(anno=anno)

    @cached_property
    def trovati(self) -> QuerySet[Progetto]:
        q, alleanza, avviso, anno = (self.scelte[nome] for nome in self.filtri)
        progetti = self.tutti.order_by(F("anno").desc(nulls_last=True), per_nome("titolo"), "pk")
        if q:
            persone = persona_fisica() | persona_fisica("ente__codice_fiscale")
            suoi = Partecipazione.objects.filter(progetto=OuterRef("pk")).exclude(persone)
            progetti = progetti.filter(_contiene(q, "titolo") | Q(Exists(suoi.filter(_contiene(q, "denominazione")))))
        if alleanza:
            progetti = progetti.filter(alleanza__pubblica=True, alleanza=_uuid(alleanza))
        if avviso:
            progetti = progetti.filter(avviso__codice=avviso)
        return progetti.filter(anno=_numero(anno)) if anno else progetti

    @cached_property
    def scelta(self) -> list[dict]:
        """What one may narrow by: only what some public project has."""
        alleanze = (
            Alleanza.objects.pubbliche().filter(Exists(self._di(alleanza=OuterRef("pk")))).order_by(per_nome("nome"), "pk")
        )
        avvisi = Avviso.objects.filter(Exists(self._di(avviso=OuterRef("pk")))).order_by("-chiude_il", "pk")
        anni = self.tutti.filter(anno__isnull=False).order_by("-anno").values_list("anno", flat=True).distinct()
        return [
            self._filtro("alleanza", "Alleanza", "tutte", alleanze.order_by(per_nome("nome"), "pk").values_list("pk", "nome")),
            self._filtro("avviso", "Avviso", "tutti", avvisi.values_list("codice", "titolo")),
            self._filtro("anno", "Anno", "tutti", [(anno, anno) for anno in anni]),
        ]

    @staticmethod
    def _di(**condizioni) -> QuerySet[Progetto]:
        return Progetto.objects.pubblici().filter(**condizioni)

    def _filtro(self, nome: str, etichetta: str, tutti: str, voci) -> dict:
        opzioni = [{"valore": str(v), "testo": str(t), "scelta": str(v) == self.scelte[nome]} for v, t in voci]
        return {"nome": nome, "etichetta": etichetta, "tutti": tutti, "opzioni": opzioni}


def _contiene(cercato: str, *campi: str) -> Q:
    """Accents and capitals do not count."""
    condizione = Q()
    for campo in campi:
        condizione |= Q(**{f"{campo}__unaccent__icontains": cercato})
    return condizione


def _uuid(scritto: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(scritto)
    except ValueError:
        return None


def _numero(scritto: str) -> int:
    """A year, or 0, which is none."""
    return int(scritto) if scritto.isascii() and scritto.isdigit() and len(scritto) == 4 else 0
