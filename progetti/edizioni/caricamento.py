"""How an edition comes in: held first against what the portal keeps (`schede.convalida`)."""

import uuid
from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any, cast

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.template.utils import get_app_template_dirs
from django.urls import NoReverseMatch, reverse

from conciliazione.schede import campi
from conciliazione.schede.convalida import Archivio, Deposito, errori
from conciliazione.schede.edizione import COFINANZIAMENTI, COSTI, Edizione
from conciliazione.schede.tipi import EdizioneSbagliata

from ..contenuto.colonne import COLONNE, COLONNE_PROGETTO, COSTO, MODELLI, MOLTI, PARAMETRI, RIMANDI, TABELLA_DI
from ..models import Compilazione, DaRivedere, Progetto, VoceCosto
from .corrispondenze import SIGNIFICATI


@cache
def archivio() -> Archivio:
    """What the portal keeps of a scheda, as its tables say."""
    progetto = {c: _deposito(Progetto, c) for c in COLONNE_PROGETTO}
    tabelle = {fonte: {c: _deposito(MODELLI[fonte], c) for c in colonne} for fonte, colonne in COLONNE.items()}
    nomi: dict[str, tuple[Any, str]] = {
        "edizione": (Progetto, "edizione"),
        "blocco": (Compilazione, "blocco"),
        "campo": (DaRivedere, "campo"),
        "prospetto": (VoceCosto, "prospetto"),
        "voce": (VoceCosto, "voce"),
    }
    return Archivio(
        tabelle={"": progetto} | tabelle,
        denaro={COSTI: COSTO, COFINANZIAMENTI: COLONNE["cofinanziamenti"]},
        parametri=PARAMETRI,
        significati=tuple(SIGNIFICATI),
        modelli=tuple(
            Path(d) for t in settings.TEMPLATES for d in (*cast(Any, t["DIRS"]), *get_app_template_dirs("templates"))
        ),
        lunghezze={nome: modello._meta.get_field(campo).max_length for nome, (modello, campo) in nomi.items()},
    )


def archivio_intero() -> Archivio:
    """The same, and the pages that a project has: they can be asked for once the apps are loaded, as their views import us."""
    return replace(archivio(), pagina=_ha_una_pagina)


def _ha_una_pagina(nome: str) -> bool:
    try:
        reverse(nome, args=[uuid.UUID(int=0)])
    except NoReverseMatch:
        return False
    return True


def _deposito(modello: type[models.Model], colonna: str) -> Deposito:
    if colonna in MOLTI or colonna in RIMANDI:
        return Deposito(campo=campi.SceltaRighe if colonna in MOLTI else campi.SceltaRiga, verso=TABELLA_DI[colonna])
    campo = cast("models.Field[Any, Any]", modello._meta.get_field(colonna))
    if isinstance(campo, models.IntegerField):
        return Deposito(campo=campi.Numero, massimo=_massimo(campo))
    if isinstance(campo, models.DecimalField):
        return Deposito(campo=campi.Importo)
    scelte = tuple(chiave for chiave, _ in campo.choices or ())
    return Deposito(campo=campi.Scelta if scelte else None, caratteri=campo.max_length or 0, scelte=scelte)


def _massimo(colonna: "models.IntegerField[Any, Any]") -> int:
    """The largest number that a column holds."""
    return min(v.limit_value for v in colonna.validators if isinstance(v, MaxValueValidator))


def _entro_le_colonne(edizione: Edizione) -> None:
    """Tell each number that is a column what that holds: who types more is told by the field, not by the database."""
    for blocco in edizione.blocchi:
        colonne = archivio().tabelle.get(blocco.fonte, {})
        for nome, campo in blocco.campi().items():
            massimo = colonne[nome].massimo if nome in colonne else None
            if isinstance(campo, campi.Numero) and massimo is not None:
                campo.entro(massimo)


def valide(edizioni: Iterable[Edizione]) -> dict[str, Edizione]:
    """Editions by their code, each number within its column. Raises EdizioneSbagliata with the mistakes of all of them."""
    tutte = list(edizioni)
    trovati = [errore for edizione in tutte for errore in errori(edizione, archivio())]
    codici = [e.codice for e in tutte if isinstance(e, Edizione)]
    trovati += [f"Edizione «{c}»: due edizioni hanno questo codice." for c in dict.fromkeys(codici) if codici.count(c) > 1]
    if trovati:
        raise EdizioneSbagliata(trovati)
    for edizione in tutte:
        _entro_le_colonne(edizione)
    return {e.codice: e for e in tutte}
