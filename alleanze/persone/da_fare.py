"""What people have to do about who acts for their enti, for the one list of all (`conciliazione.messaggi.da_fare`)."""

from collections.abc import Iterator

from django.urls import reverse

from conciliazione.inviti.collegamenti import GIORNI_DI_ATTESA
from conciliazione.messaggi.da_fare import Cosa
from conciliazione.models import Invito

from ..models import Ente


def inviti_senza_risposta(utente) -> Iterator[Cosa]:
    """Yield the invitations to act for an ente that the person sent and nobody took."""
    for invito in Invito.objects.filter(mandato_da=utente).in_attesa_da(Ente, GIORNI_DI_ATTESA):
        url = reverse("alleanze:persone", args=[invito.oggetto_id])
        che_cosa = f"{invito.email} non ha ancora accettato l'invito: rimandalo o annullalo"
        yield Cosa(f"invito:{invito.pk}", che_cosa, url, str(invito.oggetto), "persone dell'ente", invito.scade_il)
