"""What people have to do about the questions of the sportello, for the one list of all (`conciliazione.messaggi.da_fare`)."""

from collections.abc import Iterator

from django.urls import reverse

from conciliazione.messaggi.da_fare import Cosa

from ..models import Ente, Quesito, Sportello
from ..stati import Domande

DELLO_SPORTELLO = "sportello__alleanza__capofila"


def quesiti_da_rispondere(utente) -> Iterator[Cosa]:
    """Yield the questions of the sportello that were given to this person."""
    miei = Quesito.objects.filter(stato=Domande.ASSEGNATO, esperto=utente, sportello__in=Sportello.objects.tenuti_da(utente))
    for quesito in miei.select_related(DELLO_SPORTELLO):
        yield _del_quesito(quesito, f"Rispondi alla domanda «{quesito}»")


def quesiti_da_assegnare(utente) -> Iterator[Cosa]:
    """Yield the questions that nobody has, for the responsabili of the sportello."""
    mie = Ente.objects.di(utente, "responsabile")
    quesiti = Quesito.objects.filter(stato=Domande.APERTO, sportello__alleanza__capofila__in=mie)
    for quesito in quesiti.select_related(DELLO_SPORTELLO):
        yield _del_quesito(quesito, f"Assegna la domanda «{quesito}» a chi risponde")


def _del_quesito(quesito: Quesito, che_cosa: str) -> Cosa:
    alleanza = quesito.sportello.alleanza
    url = reverse("sportello:quesito", args=[quesito.pk])
    return Cosa(f"quesito:{quesito.pk}", che_cosa, url, str(alleanza.capofila), f"sportello, {alleanza}", quesito.entro)
