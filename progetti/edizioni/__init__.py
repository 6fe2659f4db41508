"""The calls whose form the portal knows: one module each, and one line here."""

from conciliazione.schede.edizione import Edizione

from .dgr1081_2014 import DGR1081_2014
from .ptc_2017 import PTC_2017
from .welfare_2022 import WELFARE_2022

EDIZIONI: dict[str, Edizione] = {e.codice: e for e in (DGR1081_2014, PTC_2017, WELFARE_2022)}
