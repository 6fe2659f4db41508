"""What people have to do about the incentives, for the one list of all (`conciliazione.messaggi.da_fare`)."""

from datetime import datetime, time

from django.urls import reverse
from django.utils import timezone

from alleanze.models import Appartenenza, Ente
from alleanze.permessi import PREPARANO
from conciliazione.messaggi.da_fare import Cosa

from ..models import RichiestaIncentivo
from .stati import Incentivo


def da_decidere(utente):
    """Yield, for the responsabili of the capofila, the requests that wait for a decision."""
    capofila = Ente.objects.di(utente, Appartenenza.Ruolo.RESPONSABILE)
    attese = RichiestaIncentivo.objects.filter(stato=Incentivo.PRESENTATA, misura__progetto__capofila__in=capofila)
    for richiesta in attese.select_related("misura__progetto__capofila", "ente"):
        yield Cosa(
            chiave=f"incentivo:{richiesta.pk}:decidi",
            che_cosa=f"Decidi sulla richiesta di incentivo di {richiesta.ente}",
            url=reverse("voucher:richiesta", args=[richiesta.pk]),
            ente=str(richiesta.misura.progetto.capofila),
            dove=str(richiesta.misura),
        )


def da_presentare(utente):
    """Yield, for a firm, the experiments whose incentive is to be asked: from the day they end."""
    avviate = RichiestaIncentivo.objects.filter(stato=Incentivo.AVVIATA, ente__in=Ente.objects.di(utente, *PREPARANO))
    for richiesta in avviate.select_related("misura", "ente"):
        fine = richiesta.fine and timezone.make_aware(datetime.combine(richiesta.fine, time(23, 59)))
        yield Cosa(
            chiave=f"incentivo:{richiesta.pk}:presenta",
            che_cosa="Concludi la sperimentazione e chiedi l'incentivo",
            url=reverse("voucher:richiesta", args=[richiesta.pk]),
            ente=str(richiesta.ente),
            dove=str(richiesta.misura),
            entro=fine,
        )
