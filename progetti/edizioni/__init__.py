"""The calls whose form the portal knows: one module each, and one line here."""

from conciliazione.schede.edizione import Edizione

from .dgr1081_2014 import DGR1081_2014

EDIZIONI: dict[str, Edizione] = {e.codice: e for e in (DGR1081_2014,)}
