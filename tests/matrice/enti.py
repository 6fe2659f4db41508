"""Who gets what at the addresses of this area: see `tests/test_permessi.py`.

The ente is Comunità Sociale Cremasca (partner): its operatore changes it, who is in its alleanza reads it.
"""

from alleanze.models import Carica, Ente

SOLO_SUO = "acc 404 200 403 403 403 403 404 403 200"
RIFIUTA_IL_SUO = "acc 404 422 403 403 403 403 404 403 422"
#                                anon estr part altro capo resp ats altra reg  amm
TABELLA: dict[tuple[str, str], str] = {
    ("alleanze:enti", "GET"): "acc 200 200 200 200 200 200 200 200 200",
    ("alleanze:ente", "GET"): "acc 404 200 200 200 200 200 404 200 200",
    ("alleanze:ente_nuovo", "GET"): "acc 200 200 200 200 200 200 200 403 200",
    ("alleanze:ente_nuovo", "POST"): "acc 422 422 422 422 422 422 422 403 422",
    ("alleanze:ente_modifica", "GET"): SOLO_SUO,
    ("alleanze:ente_modifica", "POST"): RIFIUTA_IL_SUO,
    ("alleanze:sede_nuova", "GET"): SOLO_SUO,
    ("alleanze:sede_nuova", "POST"): RIFIUTA_IL_SUO,
    ("alleanze:sede_modifica", "GET"): SOLO_SUO,
    ("alleanze:sede_modifica", "POST"): RIFIUTA_IL_SUO,
    ("alleanze:sede_elimina", "GET"): "acc 302 302 302 302 302 302 302 302 302",
    ("alleanze:sede_elimina", "POST"): "acc 404 302 403 403 403 403 404 403 302",
    ("alleanze:carica_nuova", "GET"): SOLO_SUO,
    ("alleanze:carica_nuova", "POST"): RIFIUTA_IL_SUO,
    ("alleanze:carica_cessa", "GET"): SOLO_SUO,
    ("alleanze:carica_cessa", "POST"): RIFIUTA_IL_SUO,
    # Nobody declares but a responsabile of the ente: here it has none.
    ("alleanze:dimensione", "GET"): "acc 404 403 403 403 403 403 404 403 403",
    ("alleanze:dimensione", "POST"): "acc 404 403 403 403 403 403 404 403 403",
}


def argomenti(nome: str, progetto) -> list:
    """What the address is about, made here when the demo does not have it."""
    if nome in ("alleanze:enti", "alleanze:ente_nuovo"):
        return []
    ente = Ente.objects.get(denominazione__startswith="Comunità Sociale")
    if nome.startswith("alleanze:sede_") and nome != "alleanze:sede_nuova":
        return [ente.pk, ente.sedi.order_by("pk").first().pk]
    if nome == "alleanze:carica_nuova":
        return [ente.pk, "lr"]
    if nome == "alleanze:carica_cessa":
        return [ente.pk, ente.cariche.get(tipo=Carica.Tipo.LEGALE_RAPPRESENTANTE).pk]
    return [ente.pk]
