"""History of rows, kept by the database itself (django-pghistory): also of what an `UPDATE` or the admin changes."""

from typing import Any, cast

import pghistory
from django.db.models import F, Model, QuerySet, Window
from django.db.models.functions import Lead


def traccia(**opzioni: Any) -> Any:
    """Class decorator: every insert, change and deletion of the model leaves an event with who did it.

    Not for passwords, sessions, frozen versions.
    """
    return pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent(), **opzioni)


def eventi(modello: type[Model]) -> QuerySet[Any]:
    """Return the events of a traced model, in no order."""
    return cast(Any, modello).pgh_event_model.objects.all()


def ultimo_autore(riga: Model) -> int | None:
    """Return the key of who wrote a row last; None where it was no page of the portal."""
    ultimo = eventi(type(riga)).filter(pgh_obj_id=riga.pk).select_related("pgh_context").order_by("pgh_id").last()
    contesto = ultimo.pgh_context if ultimo else None
    return contesto.metadata.get("user") if contesto else None


def versioni(modello: type[Model]) -> QuerySet[Any]:
    """Return the events of a traced model, each with the moment until which the row stood so (`fino_a`; None: it still does).

    Narrow them only by what a row never changes: the next event of the same row tells when one ends.
    """
    poi = Window(Lead("pgh_created_at"), partition_by=F("pgh_obj_id"), order_by=F("pgh_id").asc())
    return eventi(modello).annotate(fino_a=poi)
