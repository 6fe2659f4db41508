"""The schede sintetiche of the demo, and what the public reads: two alleanze that show themselves, two approved projects.

Organisations and amounts are those of the real schede; the texts are invented.
"""

import json
from pathlib import Path

from alleanze.models import Alleanza, Ente
from progetti.models import Progetto, SchedaSintetica
from progetti.stati import Stato

from ..models import Passaggio

CARTELLA = Path(__file__).parent


def carica_sintesi() -> None:
    """Load three schede sintetiche: one of Crema, two of projects that other bodies fund."""
    for dati in json.loads((CARTELLA / "sintesi.json").read_text(encoding="utf-8")):
        progetto = Progetto.objects.get(titolo=dati.pop("progetto")) if dati["progetto"] else None
        ente = Ente.objects.get(denominazione=dati.pop("ente"))
        SchedaSintetica.objects.create(**dati | {"progetto": progetto, "ente": ente})


def carica() -> None:
    """Load it. The projects taken from paper must be there."""
    dati = json.loads((CARTELLA / "pubblico.json").read_text(encoding="utf-8"))
    for vetrina in dati["alleanze"]:
        Alleanza.objects.filter(nome=vetrina.pop("nome")).update(**vetrina, pubblica=True)
    for approvato in dati["progetti"]:
        progetto = Progetto.objects.get(titolo__startswith=approvato["titolo"])
        _approva(progetto, Stato(approvato["stato"]))
        SchedaSintetica.objects.create(progetto=progetto, ente=progetto.capofila, pubblica=True, risposte=approvato["risposte"])


def _approva(progetto: Progetto, a: Stato) -> None:
    """Approve the project, as the ATS did years ago on paper."""
    Passaggio.objects.annota(progetto, "registrata l'approvazione avvenuta su carta", None, da=progetto.stato, a=a)
    Progetto.objects.filter(pk=progetto.pk).update(stato=a)
