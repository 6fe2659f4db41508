"""Who may begin a scheda from a previous one."""

from ..models import Progetto
from ..permessi import prepara


def puo_copiare(utente, progetto: Progetto) -> bool:
    """A new scheda may begin from this one, whatever its state: for who prepares the schede of its capofila."""
    return prepara(utente, progetto)
