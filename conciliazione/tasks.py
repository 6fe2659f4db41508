from celery import shared_task

from . import lavori, parcheggio, posta


@shared_task
def ripassa() -> int:
    """The sweep: picks up the files and the mail that the broker or a killed worker left behind."""
    parcheggio.svuota()
    return lavori.ripassa() + posta.ripassa()


@shared_task
def spedisci(pk: int) -> None:
    posta.spedisci(pk)
