"""What `manage.py check` says of the editions, beside what stops the portal when they are loaded."""

from django.core.checks import Error, Warning
from django.db import DatabaseError
from django.db.models import Count

from conciliazione.italiano.parole import quanti
from conciliazione.schede.convalida import errori

from ..models import Progetto
from . import EDIZIONI
from .caricamento import archivio_intero


def edizioni(app_configs: object = None, **altro: object) -> list[Error]:
    """Return the mistakes that are seen once the addresses of the portal are known; `migrate` and the server stop at them."""
    return [Error(frase, id="progetti.E001") for e in EDIZIONI.values() for frase in errori(e, archivio_intero())]


def schede_senza_modulo(app_configs: object = None, **altro: object) -> list[Warning]:
    """Return the forms that were taken away while there are schede of theirs. Where no database answers nothing is known."""
    senza = Progetto.objects.exclude(edizione__in=EDIZIONI).values_list("edizione").annotate(n=Count("pk"))
    try:
        trovate = list(senza.order_by("edizione"))
    except DatabaseError:
        return []
    return [Warning(_detto(codice, n), id="progetti.W001") for codice, n in trovate]


def _detto(codice: str, n: int) -> str:
    quante = f"{'c’è' if n == 1 else 'ci sono'} {quanti(n, 'scheda', 'schede')}"
    che_fare = "le loro pagine non si aprono finché non torna in EDIZIONI_DI_FUORI (o in EDIZIONI)"
    return f"Del modulo «{codice}», che non è installato, {quante}: {che_fare}."
