"""What: the calls, the projects and their schede, what was frozen and filed."""

from .avvisi import Avviso
from .presentazioni import Presentazione, Versione
from .progetti import Partecipazione, Progetto
from .scheda import Azione, Cofinanziamento, Compilazione, Conferma, Dichiarato, Scartato, VoceCosto

__all__ = [
    "Avviso",
    "Azione",
    "Cofinanziamento",
    "Compilazione",
    "Conferma",
    "Dichiarato",
    "Partecipazione",
    "Presentazione",
    "Progetto",
    "Scartato",
    "Versione",
    "VoceCosto",
]
