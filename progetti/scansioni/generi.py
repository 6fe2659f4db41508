"""The files of the scans: their pieces, which no page offers by themselves."""

from conciliazione.file.generi import Genere

from . import scansioni

GENERI = (Genere("scansione", scansioni.produci),)
