from celery import shared_task
from django.utils import timezone

from .accordi import accordi
from .adesioni import scadenze as delle_adesioni
from .sportello import scadenze


@shared_task
def segnala_scadenze() -> int:
    """Tell of the clocks of the sportello that are running out, or have. May run twice: nobody is told twice."""
    return scadenze.segnala(timezone.now())


@shared_task
def avvisa_degli_accordi() -> int:
    """Tell of the agreements that are about to end. May run twice: nobody is told twice."""
    return accordi.avvisa(timezone.now())


@shared_task
def segnala_integrazioni_scadute() -> int:
    """Tell of the requests to join that were not completed in time. May run twice: nobody is told twice."""
    return delle_adesioni.segnala(timezone.now())
