"""What: the calls, the projects and their schede, what was frozen and filed."""

from .avvisi import Avviso, ModuloAmmesso
from .denaro import Cofinanziamento, VoceCosto
from .fascicolo import AttoDiImpegno, DaFirmare
from .partner import Incaricato, Sollecito
from .presentazioni import Presentazione, Prestito, Versione
from .progetti import Partecipazione, Progetto
from .righe import Azione, Destinatari, Fase, Indicatore, Personale, Referente
from .scheda import Compilazione, Conferma, DaRivedere, Dichiarato, Presenza, Scartato
from .sintesi import SchedaSintetica

__all__ = [
    "AttoDiImpegno",
    "Avviso",
    "Azione",
    "Cofinanziamento",
    "Compilazione",
    "Conferma",
    "DaFirmare",
    "DaRivedere",
    "Destinatari",
    "Dichiarato",
    "Fase",
    "Incaricato",
    "Indicatore",
    "ModuloAmmesso",
    "Partecipazione",
    "Personale",
    "Presentazione",
    "Presenza",
    "Prestito",
    "Progetto",
    "Referente",
    "Scartato",
    "SchedaSintetica",
    "Sollecito",
    "Versione",
    "VoceCosto",
]
