"""What `manage.py check` says of the editions, beside what stops the portal when they are loaded."""

from django.core.checks import Error

from conciliazione.schede.convalida import errori

from . import EDIZIONI
from .caricamento import archivio_intero


def edizioni(app_configs=None, **altro) -> list[Error]:
    """The mistakes that are seen only once the addresses of the portal are known; `migrate` and the server stop at them."""
    return [Error(frase, id="progetti.E001") for e in EDIZIONI.values() for frase in errori(e, archivio_intero())]
