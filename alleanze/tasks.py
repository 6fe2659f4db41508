from celery import shared_task
from django.utils import timezone

from conciliazione import lavori
from conciliazione.models import FileGenerato

from . import carte
from . import scadenze as degli_accordi
from .sportello import scadenze


@shared_task
def pdf_adesione(pk: int) -> None:
    """Makes a paper of a request to join. May run twice, may be killed at any line: the file is made once."""
    lavori.esegui(pk, lambda: carte.produci(FileGenerato.objects.get(pk=pk)))


@shared_task
def segnala_scadenze() -> int:
    """The clocks of the sportello that are running out, or have. May run twice: nobody is told twice."""
    return scadenze.segnala(timezone.now())


@shared_task
def avvisa_degli_accordi() -> int:
    """The agreements that are about to end. May run twice: nobody is told twice."""
    return degli_accordi.avvisa(timezone.now())
