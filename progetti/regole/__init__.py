"""The rules that schede share, each a pure function of edition and content. An edition lists those its call has.

A limit that the avviso does not state is never checked.
"""

from .attivita import (
    attivita_senza_intervento,
    azioni_fuori_dalle_fasi,
    codici_ripetuti,
    destinatari_ripetuti,
    durate_oltre_il_progetto,
)
from .denaro import (
    beni_oltre_la_voce,
    cofinanziamento_non_attribuito,
    cofinanziamento_oltre_il_costo,
    costi_fuori_dalle_voci,
    costi_senza_azioni,
    ore_e_costo_del_personale,
    partner_senza_cofinanziamento,
    prospetti_discordi,
    senza_azioni_o_costi,
)
from .dichiarati import dichiarati_diversi
from .limiti import contributo_oltre_il_massimo, limiti_dell_avviso, spese_generali_oltre_il_massimo, verifiche
from .soggetti import (
    ateco_scritto_diversamente,
    codici_fiscali_incoerenti,
    conferme_mancanti,
    durata_oltre_il_termine,
    nomi_diversi,
    piano_temporale_vuoto,
    soggetti_ripetuti,
)
from .testi import caratteri_oltre_il_massimo, righe_oltre_il_massimo
from .verifica import Esito, Verifica

__all__ = [
    "Esito",
    "Verifica",
    "ateco_scritto_diversamente",
    "attivita_senza_intervento",
    "azioni_fuori_dalle_fasi",
    "beni_oltre_la_voce",
    "caratteri_oltre_il_massimo",
    "codici_fiscali_incoerenti",
    "codici_ripetuti",
    "cofinanziamento_non_attribuito",
    "cofinanziamento_oltre_il_costo",
    "conferme_mancanti",
    "contributo_oltre_il_massimo",
    "costi_fuori_dalle_voci",
    "costi_senza_azioni",
    "destinatari_ripetuti",
    "dichiarati_diversi",
    "durata_oltre_il_termine",
    "durate_oltre_il_progetto",
    "limiti_dell_avviso",
    "nomi_diversi",
    "ore_e_costo_del_personale",
    "partner_senza_cofinanziamento",
    "piano_temporale_vuoto",
    "prospetti_discordi",
    "righe_oltre_il_massimo",
    "senza_azioni_o_costi",
    "soggetti_ripetuti",
    "spese_generali_oltre_il_massimo",
    "verifiche",
]
