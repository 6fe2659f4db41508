"""Who may ask a soggetto for its part, confirm it, and read what it signed."""

from ..models import Partecipazione, Progetto
from ..permessi import e_capofila, mie_partecipazioni, puo_compilare, scrivibili


def puo_sollecitare(utente, progetto: Progetto) -> bool:
    """To ask the soggetti for what is missing is of who prepares the scheda, as long as it is being filled."""
    return puo_compilare(utente, progetto)


def puo_confermare(utente, partecipazione: Partecipazione) -> bool:
    return partecipazione.progetto.modificabile and str(partecipazione.pk) in scrivibili(utente, partecipazione.progetto)


def puo_confermare_per_conto(utente, partecipazione: Partecipazione) -> bool:
    """The capofila, for a partner that signed on paper."""
    return puo_compilare(utente, partecipazione.progetto)


def puo_leggere_i_documenti(utente, partecipazione: Partecipazione) -> bool:
    """The signed papers of a soggetto: the capofila and the soggetto itself."""
    progetto = partecipazione.progetto
    return e_capofila(utente, progetto) or str(partecipazione.pk) in mie_partecipazioni(utente, progetto)
