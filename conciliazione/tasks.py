from datetime import datetime

from celery import shared_task
from django.utils import timezone

from .file import generi, lavori
from .http import parcheggio
from .messaggi import notifiche, posta


@shared_task
def ripassa() -> int:
    """Pick up, as a sweep, the files and the mail that the broker or a killed worker left behind."""
    parcheggio.svuota()
    return lavori.ripassa() + posta.ripassa()


@shared_task
def fai_file(pk: int) -> None:
    """Make a requested file, whatever its kind. May run twice, may be killed at any line: the file is made once."""
    lavori.esegui(pk, lambda: generi.produci(pk))


@shared_task
def spedisci(pk: int) -> None:
    posta.spedisci(pk)


@shared_task
def riassumi(adesso: str | None = None) -> int:
    """Send the daily digest of the notifications; `adesso`, a moment as ISO writes it, for who does not want to wait for it."""
    return notifiche.riassumi(datetime.fromisoformat(adesso) if adesso else timezone.now())
