"""A scheda sintetica: fetch and check in one call."""

from conciliazione.accesso import Puo, trova

from ..models import SchedaSintetica


def sintesi_visibile(request, pk, puo: Puo | None = None, *, blocca: bool = False) -> SchedaSintetica:
    """Return a scheda sintetica that the person sees; `blocca` locks its row until commit."""
    return trova(request, SchedaSintetica.objects.visibili_a(request.user).per_elenco(), pk, puo, blocca=blocca)
