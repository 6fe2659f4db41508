"""A soggetto of a scheda: fetch and check in one call."""

from conciliazione.accesso import Puo, esigi, trova

from ..accesso import scheda_leggibile
from ..models import Partecipazione


def partecipazione_visibile(request, pk, riga, puo: Puo | None = None, *, blocca: bool = False) -> Partecipazione:
    """Return a soggetto of a scheda that the person reads; `blocca` locks the row of the project until commit."""
    progetto = scheda_leggibile(request, pk, blocca=blocca)
    partecipazione = trova(request, progetto.partecipazioni.select_related("ente"), riga)
    partecipazione.progetto = progetto
    return esigi(puo, request.user, partecipazione)
