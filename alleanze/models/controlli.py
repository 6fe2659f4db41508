"""What the register of the enti refuses, with a message at the field: the same rules as the schede's."""

from collections.abc import Callable

from django.core.exceptions import ValidationError
from django.db.models import Model

from conciliazione.italiano.codici import Lettura


def controlla(oggetto: Model, **controlli: Callable[[str], Lettura]) -> None:
    """Raises ValidationError with what is wrong with each of those fields."""
    errori = {campo: controllo(getattr(oggetto, campo)).errore for campo, controllo in controlli.items()}
    if errori := {campo: errore for campo, errore in errori.items() if errore}:
        raise ValidationError(errori)
