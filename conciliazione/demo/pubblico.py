"""The public face of the demo: two alleanze that show themselves, two approved projects with their schede sintetiche.

Organisations and amounts are those of the real schede; the texts are invented.
"""

import json
from pathlib import Path

from alleanze.models import Alleanza
from progetti.models import Progetto, SchedaSintetica
from progetti.stati import Stato

from ..models import Passaggio

FILE = Path(__file__).parent / "pubblico.json"


def carica() -> None:
    """To be called when the projects taken from paper are there."""
    dati = json.loads(FILE.read_text(encoding="utf-8"))
    for vetrina in dati["alleanze"]:
        Alleanza.objects.filter(nome=vetrina.pop("nome")).update(**vetrina, pubblica=True)
    for approvato in dati["progetti"]:
        progetto = Progetto.objects.get(titolo__startswith=approvato["titolo"])
        _approva(progetto, Stato(approvato["stato"]))
        SchedaSintetica.objects.create(progetto=progetto, ente=progetto.capofila, pubblica=True, risposte=approvato["risposte"])


def _approva(progetto: Progetto, a: Stato) -> None:
    """As the ATS did years ago, on paper."""
    Passaggio.objects.annota(progetto, "registrata l'approvazione avvenuta su carta", None, da=progetto.stato, a=a)
    Progetto.objects.filter(pk=progetto.pk).update(stato=a)
