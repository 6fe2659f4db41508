"""What people have to do about the requests to join, for the one list of all (`conciliazione.messaggi.da_fare`)."""

from collections.abc import Iterator

from django.db.models import Q
from django.urls import reverse

from conciliazione.messaggi.da_fare import Cosa

from ..models import Ente, RichiestaAdesione
from ..models.enti import PREPARANO
from ..models.incarichi import DELL_ATS
from ..permessi import agisce_per
from ..stati import Richiesta

DELL_ALLEANZA = ("alleanza__capofila", "alleanza__ats")


def adesioni_da_esaminare(utente) -> Iterator[Cosa]:
    """The requests to join that the capofila and the ATS have to answer."""
    capofila, ats = Ente.objects.di(utente, *PREPARANO), Ente.objects.di(utente, *DELL_ATS)
    ricevute = RichiestaAdesione.objects.aperte().filter(Q(alleanza__capofila__in=capofila) | Q(alleanza__ats__in=ats))
    for richiesta in ricevute.select_related(*DELL_ALLEANZA, "ente").order_by("inviata_il"):
        alleanza = richiesta.alleanza
        chi = alleanza.capofila if agisce_per(utente, alleanza.capofila_id, *PREPARANO) else alleanza.ats
        url = reverse("alleanze:adesione", args=[richiesta.pk])
        che_cosa = f"Esamina la richiesta di adesione di {richiesta.denominazione}"
        yield Cosa(f"richiesta_adesione:{richiesta.pk}", che_cosa, url, str(chi), str(alleanza))


def adesioni_da_completare(utente) -> Iterator[Cosa]:
    """The requests that the person began and has not sent."""
    mie = RichiestaAdesione.objects.filter(chiesta_da=utente, stato=Richiesta.BOZZA)
    for richiesta in mie.select_related("alleanza", "ente"):
        url = reverse("alleanze:adesione_passo", args=[richiesta.pk, 1])
        che_cosa = f"Completa la richiesta di adesione di {richiesta.denominazione}"
        chiave = f"richiesta_adesione:{richiesta.pk}:completa"
        yield Cosa(chiave, che_cosa, url, richiesta.denominazione, str(richiesta.alleanza))
