"""The schede sintetiche of the demo: one of Crema, two of projects that other bodies fund. People are invented."""

import json
from pathlib import Path

from alleanze.models import Ente
from progetti.models import Progetto, SchedaSintetica

FILE = Path(__file__).parent / "sintesi.json"


def carica() -> None:
    for dati in json.loads(FILE.read_text(encoding="utf-8")):
        progetto = Progetto.objects.get(titolo=dati.pop("progetto")) if dati["progetto"] else None
        ente = Ente.objects.get(denominazione=dati.pop("ente"))
        SchedaSintetica.objects.create(**dati | {"progetto": progetto, "ente": ente})
