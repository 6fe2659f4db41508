"""An old scheda on paper (a Word or PDF file, or its text) read by the words that the form prints, and offered as a start."""

from .estrazione import controlla, estrai
from .lettore import leggi

__all__ = ["controlla", "estrai", "leggi"]
