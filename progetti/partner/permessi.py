"""Who may confirm the part of a soggetto."""

from ..models import Partecipazione
from ..permessi import puo_compilare, scrivibili


def puo_confermare(utente, partecipazione: Partecipazione) -> bool:
    return partecipazione.progetto.modificabile and str(partecipazione.pk) in scrivibili(utente, partecipazione.progetto)


def puo_confermare_per_conto(utente, partecipazione: Partecipazione) -> bool:
    """Whether the person confirms for a partner that signed on paper: the capofila."""
    return puo_compilare(utente, partecipazione.progetto)
