"""What people have to do about how large their firms are, for the one list of all (`conciliazione.messaggi.da_fare`)."""

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import Max
from django.urls import reverse
from django.utils import timezone

from conciliazione.messaggi.da_fare import Cosa

from ..models import Ente

UN_ANNO = timedelta(days=365)


def dimensione_da_ridichiarare(utente) -> Iterator[Cosa]:
    """Yield the private firms that declared how large they are, more than a year ago: for who may declare it."""
    mie = Ente.objects.di(utente, "responsabile").filter(settore=Ente.Settore.PRIVATO)
    dichiarate = mie.annotate(ultima=Max("dichiarazioni_dimensione__del_giorno"))
    for ente in dichiarate.filter(ultima__lt=timezone.localdate() - UN_ANNO).per_elenco():
        url = reverse("alleanze:dimensione", args=[ente.pk])
        che_cosa = f"La dichiarazione di dimensione di {ente} ha più di un anno: rifalla"
        yield Cosa(f"dimensione:{ente.pk}:{ente.ultima}", che_cosa, url, str(ente), "anagrafica dell'ente")
