"""Who knows and who decides for whom people act; and fetching an ente for it."""

from django.http import Http404

from conciliazione.accesso import Puo, esigi, trova

from ..models import Appartenenza, Ente
from ..permessi import agisce_per


def vede_le_persone(utente, ente: Ente) -> bool:
    """Who acts for an ente is known to the others who do, and to the administrator."""
    return utente.is_superuser or agisce_per(utente, ente.pk)


def puo_gestire_le_persone(utente, ente: Ente) -> bool:
    """Who acts for an ente is decided by a responsabile of it or who represents it; of a new one by the administrator."""
    return utente.is_superuser or agisce_per(utente, ente.pk, Appartenenza.Ruolo.RESPONSABILE)


def puo_dare_mandato(utente, ente: Ente) -> bool:
    """To act for it an ente is let by its own responsabile: who has a mandate does not pass it on."""
    return agisce_per(utente, ente.pk, Appartenenza.Ruolo.RESPONSABILE)


def ente_delle_persone(request, pk, puo: Puo | None = None, *, blocca: bool = False) -> Ente:
    """An ente that the person acts for (or administers); `blocca` locks its row until commit."""
    ente = trova(request, Ente.objects.all(), pk, blocca=blocca)
    if not vede_le_persone(request.user, ente):
        raise Http404("ente di altri")
    return esigi(puo, request.user, ente)
