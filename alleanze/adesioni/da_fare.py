"""What people have to do about the requests to join, for the one list of all (`conciliazione.messaggi.da_fare`)."""

from collections.abc import Iterator

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from conciliazione.atti import termini
from conciliazione.messaggi.da_fare import Cosa

from ..models import Ente, RichiestaAdesione
from ..models.enti import PREPARANO
from ..models.incarichi import DELL_ATS
from ..permessi import agisce_per
from ..stati import DA_SCRIVERE, Richiesta

DELL_ALLEANZA = ("alleanza__capofila", "alleanza__ats")


def adesioni_da_esaminare(utente) -> Iterator[Cosa]:
    """Yield the requests to join that the capofila and the ATS have to answer; also those not completed within the term."""
    oggi = timezone.localdate()
    capofila, ats = Ente.objects.di(utente, *PREPARANO), Ente.objects.di(utente, *DELL_ATS)
    ricevute = RichiestaAdesione.objects.aperte().filter(Q(alleanza__capofila__in=capofila) | Q(alleanza__ats__in=ats))
    ricevute = list(ricevute.select_related(*DELL_ALLEANZA, "ente").order_by("inviata_il"))
    orologi = termini.orologi(ricevute, oggi)
    for richiesta in ricevute:
        alleanza, suoi = richiesta.alleanza, orologi[str(richiesta.pk)]
        in_attesa, risposta = richiesta.stato == Richiesta.IN_INTEGRAZIONE, suoi.get(termini.INTEGRAZIONE)
        if in_attesa and risposta and not risposta.scaduto:
            continue
        chi = alleanza.capofila if agisce_per(utente, alleanza.capofila_id, *PREPARANO) else alleanza.ats
        url = reverse("alleanze:adesione", args=[richiesta.pk])
        verbo = "Riprendi l'esame della" if in_attesa else "Esamina la"
        che_cosa = f"{verbo} richiesta di adesione di {richiesta.denominazione}"
        entro = suoi[termini.ESAME].scade_il if termini.ESAME in suoi else None
        yield Cosa(f"richiesta_adesione:{richiesta.pk}", che_cosa, url, str(chi), str(alleanza), entro)


def adesioni_da_completare(utente) -> Iterator[Cosa]:
    """Yield the requests that were begun and not sent, or that have to be completed: one's own, and those of its enti."""
    oggi = timezone.localdate()
    mie = RichiestaAdesione.objects.compilabili_da(utente).filter(stato__in=DA_SCRIVERE)
    mie = list(mie.select_related("alleanza", "ente"))
    orologi = termini.orologi(mie, oggi)
    for richiesta in mie:
        di_che = f"richiesta di adesione di {richiesta.denominazione}"
        url, che_cosa, entro = reverse("alleanze:adesione_passo", args=[richiesta.pk, 1]), f"Completa la {di_che}", None
        if richiesta.stato == Richiesta.IN_INTEGRAZIONE:
            url, che_cosa = reverse("alleanze:adesione", args=[richiesta.pk]), f"Servono integrazioni alla {di_che}: rispondi"
            entro = orologi[str(richiesta.pk)][termini.INTEGRAZIONE].scade_il
        chiave = f"richiesta_adesione:{richiesta.pk}:completa"
        yield Cosa(chiave, che_cosa, url, richiesta.denominazione, str(richiesta.alleanza), entro)
