"""Fetch and check in one call: a stranger gets 404, a reader who may not do this gets 403."""

from conciliazione.accesso import Puo, trova
from progetti.accesso import progetto_visibile
from progetti.models import Progetto

from ..models import MisuraIncentivo, RichiestaIncentivo
from . import permessi


def progetto_gestibile(request, pk) -> Progetto:
    """A project whose measures the person writes."""
    return progetto_visibile(request, pk, permessi.puo_gestire)


def misura_visibile(request, pk, puo: Puo | None = None, *, blocca: bool = False) -> MisuraIncentivo:
    misure = MisuraIncentivo.objects.visibili_a(request.user)
    return trova(request, misure.select_related("progetto__capofila", "progetto__avviso", "azione"), pk, puo, blocca=blocca)


def richiesta_visibile(request, pk, puo: Puo | None = None, *, blocca: bool = False) -> RichiestaIncentivo:
    """`blocca` locks its row until commit."""
    legate = ("misura__progetto__capofila", "misura__azione", "ente", "dichiarata_da", "decisa_da")
    richieste = RichiestaIncentivo.objects.visibili_a(request.user).select_related(*legate)
    return trova(request, richieste, pk, puo, blocca=blocca)
