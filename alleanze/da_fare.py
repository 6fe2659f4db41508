"""What people have to do here, for the one list of all (`conciliazione.da_fare`)."""

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import Max, Q
from django.urls import reverse
from django.utils import timezone

from conciliazione.da_fare import Cosa, fonte
from conciliazione.models import Invito

from .models import Ente, Quesito, RichiestaAdesione, Sportello
from .models.enti import PREPARANO
from .permessi import DELL_ATS, agisce_per
from .stati import Domande, Richiesta

GIORNI_DI_ATTESA = 5
"""After how many days an invitation that nobody took is told to who sent it."""
UN_ANNO = timedelta(days=365)
DELLO_SPORTELLO = "sportello__alleanza__capofila"


@fonte
def quesiti_da_rispondere(utente) -> Iterator[Cosa]:
    """The questions of the sportello that were given to this person."""
    miei = Quesito.objects.filter(stato=Domande.ASSEGNATO, esperto=utente, sportello__in=Sportello.objects.tenuti_da(utente))
    for quesito in miei.select_related(DELLO_SPORTELLO):
        yield _del_quesito(quesito, f"Rispondi alla domanda «{quesito}»")


@fonte
def quesiti_da_assegnare(utente) -> Iterator[Cosa]:
    """The questions that nobody has, for the responsabili of the sportello."""
    mie = Ente.objects.di(utente, "responsabile")
    quesiti = Quesito.objects.filter(stato=Domande.APERTO, sportello__alleanza__capofila__in=mie)
    for quesito in quesiti.select_related(DELLO_SPORTELLO):
        yield _del_quesito(quesito, f"Assegna la domanda «{quesito}» a chi risponde")


def _del_quesito(quesito: Quesito, che_cosa: str) -> Cosa:
    alleanza = quesito.sportello.alleanza
    url = reverse("sportello:quesito", args=[quesito.pk])
    return Cosa(f"quesito:{quesito.pk}", che_cosa, url, str(alleanza.capofila), f"sportello, {alleanza}", quesito.entro)


@fonte
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


DELL_ALLEANZA = ("alleanza__capofila", "alleanza__ats")


@fonte
def adesioni_da_completare(utente) -> Iterator[Cosa]:
    """The requests that the person began and has not sent."""
    mie = RichiestaAdesione.objects.filter(chiesta_da=utente, stato=Richiesta.BOZZA)
    for richiesta in mie.select_related("alleanza", "ente"):
        url = reverse("alleanze:adesione_passo", args=[richiesta.pk, 1])
        che_cosa = f"Completa la richiesta di adesione di {richiesta.denominazione}"
        chiave = f"richiesta_adesione:{richiesta.pk}:completa"
        yield Cosa(chiave, che_cosa, url, richiesta.denominazione, str(richiesta.alleanza))


@fonte
def dimensione_da_ridichiarare(utente) -> Iterator[Cosa]:
    """The private firms that declared how large they are, more than a year ago: for who may declare it."""
    mie = Ente.objects.di(utente, "responsabile").filter(settore=Ente.Settore.PRIVATO)
    dichiarate = mie.annotate(ultima=Max("dichiarazioni_dimensione__del_giorno"))
    for ente in dichiarate.filter(ultima__lt=timezone.localdate() - UN_ANNO).per_elenco():
        url = reverse("alleanze:dimensione", args=[ente.pk])
        che_cosa = f"La dichiarazione di dimensione di {ente} ha più di un anno: rifalla"
        yield Cosa(f"dimensione:{ente.pk}:{ente.ultima}", che_cosa, url, str(ente), "anagrafica dell'ente")


@fonte
def inviti_senza_risposta(utente) -> Iterator[Cosa]:
    """The invitations to act for an ente that the person sent and nobody took."""
    for invito in Invito.objects.filter(mandato_da=utente).in_attesa_da(Ente, GIORNI_DI_ATTESA):
        url = reverse("alleanze:persone", args=[invito.oggetto_id])
        che_cosa = f"{invito.email} non ha ancora accettato l'invito: rimandalo o annullalo"
        yield Cosa(f"invito:{invito.pk}", che_cosa, url, str(invito.oggetto), "persone dell'ente", invito.scade_il)
