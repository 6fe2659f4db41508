"""Who: the enti, the people who act for them, the alliances they form, what they agree and ask."""

from .accordi import Accordo, Mandato, ParteAccordo
from .adesioni import RichiestaAdesione
from .alleanze import Adesione, Alleanza
from .dimensioni import DichiarazioneDimensione, ImpresaLegata
from .enti import Appartenenza, Ente, Sede
from .persone import Carica, Persona
from .sportello import CorrezioneRisposta, Quesito, Sportello

__all__ = [
    "Accordo",
    "Adesione",
    "Alleanza",
    "Appartenenza",
    "Carica",
    "CorrezioneRisposta",
    "DichiarazioneDimensione",
    "Ente",
    "ImpresaLegata",
    "Mandato",
    "ParteAccordo",
    "Persona",
    "Quesito",
    "RichiestaAdesione",
    "Sede",
    "Sportello",
]
