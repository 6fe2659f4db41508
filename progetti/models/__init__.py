"""What: the calls, the projects and their schede, what was frozen and filed."""

from .avvisi import Avviso
from .denaro import Cofinanziamento, VoceCosto
from .presentazioni import Presentazione, Versione
from .progetti import Partecipazione, Progetto
from .righe import Azione, Destinatari, Fase, Indicatore, Personale, Referente
from .scheda import Compilazione, Conferma, DaRivedere, Dichiarato, Scartato
from .sintesi import SchedaSintetica

__all__ = [
    "Avviso",
    "Azione",
    "Cofinanziamento",
    "Compilazione",
    "Conferma",
    "DaRivedere",
    "Destinatari",
    "Dichiarato",
    "Fase",
    "Indicatore",
    "Partecipazione",
    "Personale",
    "Presentazione",
    "Progetto",
    "Referente",
    "Scartato",
    "SchedaSintetica",
    "Versione",
    "VoceCosto",
]
