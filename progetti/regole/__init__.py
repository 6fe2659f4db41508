"""The rules that schede share, each a pure function of edition and content. An edition lists those its call has.

A limit that the avviso does not state is never checked.
"""

from .denaro import (
    cofinanziamento_non_attribuito,
    cofinanziamento_oltre_il_costo,
    contributo_oltre_il_massimo,
    senza_azioni_o_costi,
    spese_generali_oltre_il_massimo,
)
from .dichiarati import dichiarati_diversi
from .soggetti import (
    ateco_scritto_diversamente,
    codici_fiscali_incoerenti,
    conferme_mancanti,
    durata_oltre_il_termine,
    nomi_diversi,
    piano_temporale_vuoto,
    soggetti_ripetuti,
)
from .testi import righe_oltre_il_massimo

__all__ = [
    "ateco_scritto_diversamente",
    "codici_fiscali_incoerenti",
    "cofinanziamento_non_attribuito",
    "cofinanziamento_oltre_il_costo",
    "conferme_mancanti",
    "contributo_oltre_il_massimo",
    "dichiarati_diversi",
    "durata_oltre_il_termine",
    "nomi_diversi",
    "piano_temporale_vuoto",
    "righe_oltre_il_massimo",
    "senza_azioni_o_costi",
    "soggetti_ripetuti",
    "spese_generali_oltre_il_massimo",
]
