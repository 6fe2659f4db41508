"""Who may do what to the papers of a project."""

from ..models import DaFirmare, Partecipazione
from ..permessi import e_capofila, fa_la_scheda, mie_partecipazioni, prepara, scrive_per

puo_preparare = prepara
"""Making, sending, checking and annulling papers: who prepares the schede of the capofila, in any state of the project."""
puo_vedere = fa_la_scheda
"""The board: the capofila sees all of it, each soggetto its own rows."""


def puo_leggere_di(utente, soggetto: Partecipazione) -> bool:
    """Whether the person reads its papers, with personal data of who signs them: the capofila and the soggetto itself."""
    progetto = soggetto.progetto
    return e_capofila(utente, progetto) or str(soggetto.pk) in mie_partecipazioni(utente, progetto)


def puo_leggere(utente, carta: DaFirmare) -> bool:
    return puo_leggere_di(utente, carta.partecipazione)


def puo_scrivere_di(utente, soggetto: Partecipazione) -> bool:
    """Whether the person brings its signed papers and its acts: the soggetto or, for it, the capofila."""
    return prepara(utente, soggetto.progetto) or scrive_per(utente, soggetto)


def puo_consegnare(utente, carta: DaFirmare) -> bool:
    return puo_scrivere_di(utente, carta.partecipazione)


def puo_controllare(utente, carta: DaFirmare) -> bool:
    return prepara(utente, carta.partecipazione.progetto)


def mia(utente, carta: DaFirmare) -> bool:
    """Whether the person acts for who has to sign it."""
    return str(carta.partecipazione_id) in mie_partecipazioni(utente, carta.partecipazione.progetto)
