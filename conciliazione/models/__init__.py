"""The kernel's own tables: who logs in, what passed, which numbers were given, which files are made."""

from .file import FileGenerato
from .messaggi import Messaggio
from .parcheggi import Parcheggio
from .passaggi import Passaggio
from .registri import Registro
from .utenti import Utente

__all__ = ["FileGenerato", "Messaggio", "Parcheggio", "Passaggio", "Registro", "Utente"]
