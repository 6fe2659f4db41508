"""Who: the enti, the people who act for them, the alliances they form."""

from .alleanze import Adesione, Alleanza
from .enti import Appartenenza, Ente, Sede
from .persone import Carica, Persona

__all__ = ["Adesione", "Alleanza", "Appartenenza", "Carica", "Ente", "Persona", "Sede"]
