"""Who may bring an old paper scheda in."""

from ..models import Progetto
from ..permessi import puo_compilare


def puo_leggere_la_carta(utente, progetto: Progetto) -> bool:
    """An old scheda fills every part of a draft, those of the partners too: it is the capofila's to bring in."""
    return puo_compilare(utente, progetto)
