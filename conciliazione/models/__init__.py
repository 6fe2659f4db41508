"""The kernel's own tables: who logs in, what passed, who is told, which numbers were given, which files there are."""

from .atti import Atto, Lettera, Termine
from .documenti import Documento, Revisione
from .file import FileGenerato
from .inviti import Invito
from .messaggi import Messaggio
from .notifiche import Notifica
from .parcheggi import Parcheggio
from .passaggi import Passaggio
from .registri import Registro
from .sguardi import Sguardo
from .utenti import Utente

__all__ = [
    "Atto",
    "Documento",
    "FileGenerato",
    "Invito",
    "Lettera",
    "Messaggio",
    "Notifica",
    "Parcheggio",
    "Passaggio",
    "Registro",
    "Revisione",
    "Sguardo",
    "Termine",
    "Utente",
]
