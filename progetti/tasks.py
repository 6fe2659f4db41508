from datetime import datetime

from celery import shared_task
from django.utils import timezone

from .partner import solleciti


@shared_task
def sollecita(adesso: str | None = None) -> int:
    """Send the reminders before the deadlines; `adesso`, a moment as ISO writes it, for who does not want to wait for it."""
    return solleciti.prima_della_scadenza(datetime.fromisoformat(adesso) if adesso else timezone.now())
