"""Who knows and who decides for whom people act; and fetching an ente for it."""

from django.http import Http404

from conciliazione.accesso import Puo, esigi, trova

from ..models import Appartenenza, Ente
from ..permessi import agisce_per


def vede_le_persone(utente, ente: Ente) -> bool:
    """Whether the person knows who acts for the ente: as one of them, or as administrator."""
    return utente.is_superuser or agisce_per(utente, ente.pk)


def puo_gestire_le_persone(utente, ente: Ente) -> bool:
    """Whether the person decides who acts for the ente: a responsabile, who represents it; for a new one the administrator."""
    return utente.is_superuser or agisce_per(utente, ente.pk, Appartenenza.Ruolo.RESPONSABILE)


def puo_dare_mandato(utente, ente: Ente) -> bool:
    """Whether the person lets others act for the ente: a responsabile of its own, as who has a mandate does not pass it on."""
    return agisce_per(utente, ente.pk, Appartenenza.Ruolo.RESPONSABILE)


def ente_delle_persone(request, pk, puo: Puo | None = None, *, blocca: bool = False) -> Ente:
    """Return an ente that the person acts for (or administers); `blocca` locks its row until commit."""
    ente = trova(request, Ente.objects.all(), pk, blocca=blocca)
    if not vede_le_persone(request.user, ente):
        raise Http404("ente di altri")
    return esigi(puo, request.user, ente)
