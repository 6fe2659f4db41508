"""The content of a project as one dict, and the way changes go back: the only place that knows which value is a column
and which a JSON answer.
"""

from .colonne import COLONNE, COLONNE_PROGETTO, COSTO, FORMATO, MODELLI, MOLTI, PARAMETRI, RIMANDI, TABELLA_DI, al_filo
from .lettura import avviso_di, contenuti, contenuto, in_ordine
from .scrittura import cella_di, elimina, scrivi

__all__ = [
    "COLONNE",
    "COLONNE_PROGETTO",
    "COSTO",
    "FORMATO",
    "MODELLI",
    "MOLTI",
    "PARAMETRI",
    "RIMANDI",
    "TABELLA_DI",
    "al_filo",
    "avviso_di",
    "cella_di",
    "contenuti",
    "contenuto",
    "elimina",
    "in_ordine",
    "scrivi",
]
