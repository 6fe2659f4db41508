from datetime import datetime

from celery import shared_task
from django.utils import timezone

from conciliazione import lavori
from conciliazione.models import FileGenerato

from . import docx, opuscolo, solleciti, versioni
from .fascicolo import scansioni, stampa


@shared_task
def pdf_scheda(pk: int) -> None:
    """Makes a requested PDF. May run twice, may be killed at any line: the file is made once."""
    lavori.esegui(pk, lambda: versioni.produci_pdf(FileGenerato.objects.get(pk=pk)))


@shared_task
def docx_scheda(pk: int) -> None:
    """Makes a requested Word document, as the PDF is made."""
    lavori.esegui(pk, lambda: docx.produci(FileGenerato.objects.get(pk=pk)))


@shared_task
def pdf_sintesi(pk: int) -> None:
    """Makes the PDF of a scheda sintetica, or of a booklet of them."""
    lavori.esegui(pk, lambda: opuscolo.produci(FileGenerato.objects.get(pk=pk)))


@shared_task
def pdf_fascicolo(pk: int) -> None:
    """Makes the PDF of a paper to sign, or of all those of a project."""
    lavori.esegui(pk, lambda: stampa.produci(FileGenerato.objects.get(pk=pk)))


@shared_task
def leggi_scansione(pk: int) -> None:
    """Reads the QR codes of a scan of signed papers."""
    lavori.esegui(pk, lambda: scansioni.produci(FileGenerato.objects.get(pk=pk)))


@shared_task
def sollecita(adesso: str | None = None) -> int:
    """The reminders before the deadlines; `adesso`, a moment as ISO writes it, for who does not want to wait for it."""
    return solleciti.prima_della_scadenza(datetime.fromisoformat(adesso) if adesso else timezone.now())
