"""Who may confirm the part of a soggetto; fetch and check in one call."""

from conciliazione.accesso import Puo, esigi, trova

from ..accesso import scheda_leggibile
from ..models import Partecipazione
from ..permessi import puo_compilare, scrivibili


def puo_confermare(utente, partecipazione: Partecipazione) -> bool:
    return partecipazione.progetto.modificabile and str(partecipazione.pk) in scrivibili(utente, partecipazione.progetto)


def puo_confermare_per_conto(utente, partecipazione: Partecipazione) -> bool:
    """Whether the person confirms for a partner that signed on paper: the capofila."""
    return puo_compilare(utente, partecipazione.progetto)


def partecipazione_visibile(request, pk, riga, puo: Puo | None = None, *, blocca: bool = False) -> Partecipazione:
    """Return a soggetto of a scheda that the person reads; `blocca` locks the row of the project until commit."""
    progetto = scheda_leggibile(request, pk, blocca=blocca)
    partecipazione = trova(request, progetto.partecipazioni.select_related("ente"), riga)
    partecipazione.progetto = progetto
    return esigi(puo, request.user, partecipazione)
