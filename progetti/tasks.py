from celery import shared_task

from conciliazione import lavori
from conciliazione.models import FileGenerato

from . import versioni


@shared_task
def pdf_scheda(pk: int) -> None:
    """Makes a requested PDF. May run twice, may be killed at any line: the file is made once."""
    lavori.esegui(pk, lambda: versioni.produci_pdf(FileGenerato.objects.get(pk=pk)))
