"""An edition tried out before anybody fills it in: found, filled with invented content, read, checked, printed."""

from .campione import campione, contenuto_di_prova
from .esito import Esito, prova
from .modulo import NonSiTrova, trova

__all__ = ["Esito", "NonSiTrova", "campione", "contenuto_di_prova", "prova", "trova"]
