"""The Castellanza project of 2017-2018, taken from paper, and its call with the window open today.

Organisations and amounts are those of the real scheda; people are invented, and so are the texts.
"""

import copy
import json
from pathlib import Path

from alleanze.models import Adesione, Alleanza, Ente
from progetti import interscambio
from progetti.presentazione import transizioni

from ..schede.contenuto import Contenuto
from . import avvisi

CASTELLANZA: Contenuto = json.loads((Path(__file__).parent / "castellanza.json").read_text(encoding="utf-8"))
NOMI = (
    "Comune di Olgiate Olona",
    "Comune di Solbiate Olona",
    "Comune di Gorla Maggiore",
    "Comune di Gorla Minore",
    "Società Cooperativa Sociale Totem ONLUS",
    "Consorzio Cooperative Sociali - Società Cooperativa ONLUS",
    "Società Cooperativa Sociale Dire Fare Giocare ONLUS",
    "Ufficio di Piano di Somma Lombardo",
    "Cooperativa Sociale Il Seme",
)
"""The register's spelling of those that the demo does not have yet: the scheda has them in capitals."""


def carica() -> None:
    """Load the project and its call. The alliance of Castellanza must be there."""
    _enti()
    progetto, _ = interscambio.importa(copy.deepcopy(CASTELLANZA))
    transizioni.acquisisci_da_carta(progetto.pk)
    avvisi.riaperto(CASTELLANZA["avviso"]["codice"], "ptc-2017-dimostrativo")


def _enti() -> None:
    scritti = {p["denominazione"]: p for p in CASTELLANZA["partecipazioni"]}
    alleanza = Alleanza.objects.get(nome=CASTELLANZA["alleanza"]["nome"])
    for nome in NOMI:
        su_carta = nome.replace("Società", "Societa'").upper()
        settore, tipologia = scritti[su_carta]["settore"], scritti[su_carta]["tipologia"].capitalize()
        altri_nomi = [su_carta] if su_carta != nome.upper() else []
        ente = Ente.objects.create(denominazione=nome, settore=settore, tipologia=tipologia, alias=altri_nomi)
        Adesione.objects.create(alleanza=alleanza, ente=ente)
