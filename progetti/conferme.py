"""The confirmation of a partner: it says «these are my figures» and stands as long as they still are."""

import hashlib
import json

from conciliazione.schede.tipi import Contenuto

from .models import Conferma, Partecipazione


def cifre(contenuto: Contenuto, partecipazione: str) -> dict:
    """What a partner confirms: its cofinancing, action by action, and its workers."""
    soggetto = next(p for p in contenuto["partecipazioni"] if p["id"] == partecipazione)
    righe = [
        {c: riga[c] for c in ("azione", "natura", "importo", "atto")}
        for riga in contenuto["cofinanziamenti"]
        if riga["partecipazione"] == partecipazione
    ]
    lavoratori = {c: soggetto[c] for c in ("lavoratori", "lavoratrici_donne", "lavoratori_uomini")}
    return {"cofinanziamenti": sorted(righe, key=lambda r: json.dumps(r, sort_keys=True)), **lavoratori}


def impronta(cifre: dict) -> str:
    return hashlib.sha256(json.dumps(cifre, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def confermate(partecipazioni: list[Partecipazione]) -> dict:
    """Of each soggetto the last confirmation, with the fingerprint of the figures it was about."""
    conferme = Conferma.objects.filter(partecipazione__in=partecipazioni).select_related("da").order_by("il", "pk")
    return {
        str(c.partecipazione_id): {
            "impronta": c.impronta,
            "il": c.il.isoformat(),
            "da": str(c.da),
            "per_conto": c.per_conto,
        }
        for c in conferme
    }


def cifre_confermate(partecipazioni: list[str]) -> dict[str, dict]:
    """Of each soggetto the figures that it confirmed last."""
    conferme = Conferma.objects.filter(partecipazione__in=partecipazioni).order_by("il", "pk")
    return {str(soggetto): cifre for soggetto, cifre in conferme.values_list("partecipazione", "cifre")}


def stato(contenuto: Contenuto, partecipazione: str) -> str:
    """«confermata», «da riconfermare» (the figures changed after), «da confermare»."""
    ultima = contenuto["conferme"].get(partecipazione)
    if ultima is None:
        return "da confermare"
    return "confermata" if ultima["impronta"] == impronta(cifre(contenuto, partecipazione)) else "da riconfermare"
