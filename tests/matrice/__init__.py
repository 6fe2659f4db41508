"""The matrix of the permissions, an area at a time."""

from . import adesioni, cartella, da_fare, enti, fascicolo, incentivi, inviti, molte_mani, pubblico, sportello

PARTI = [adesioni, cartella, da_fare, enti, fascicolo, incentivi, inviti, molte_mani, pubblico, sportello]
