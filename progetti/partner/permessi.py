"""Who may confirm the part of a soggetto."""

from ..models import Conferma, Partecipazione
from ..permessi import puo_compilare, scrivibili


def puo_confermare(utente, partecipazione: Partecipazione) -> bool:
    return partecipazione.progetto.modificabile and str(partecipazione.pk) in scrivibili(utente, partecipazione.progetto)


def puo_confermare_per_conto(utente, partecipazione: Partecipazione) -> bool:
    """Whether the person confirms for a partner that signed on paper: the capofila."""
    return puo_compilare(utente, partecipazione.progetto)


def puo_ritirare(utente, conferma: Conferma) -> bool:
    """Whether the person takes back a confirmation: who confirms for that soggetto today, whoever gave it, for it is its word;
    the capofila only what it registered «per conto di».
    """
    soggetto = conferma.partecipazione
    return puo_confermare(utente, soggetto) or (conferma.per_conto and puo_confermare_per_conto(utente, soggetto))
