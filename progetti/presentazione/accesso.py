"""A version: fetch and check in one call."""

from conciliazione.accesso import Puo, esigi, trova

from ..models import Progetto, Versione


def versione_visibile(request, pk, puo: Puo | None = None) -> Versione:
    """Return a version of a project that the person sees; `puo` is asked of the project."""
    visibili = Progetto.objects.visibili_a(request.user)
    versioni = Versione.objects.select_related("progetto__avviso", "progetto__alleanza", "progetto__capofila")
    versione = trova(request, versioni.filter(progetto__in=visibili), pk)
    esigi(puo, request.user, versione.progetto)
    return versione
