"""Who gets what at the addresses of this area: see `tests/test_permessi.py`."""

from progetti.models import Progetto, SchedaSintetica

TUTTI = "200 200 200 200 200 200 200 200 200 200"
#                                anon estr part altro capo resp ats altra reg  amm
TABELLA: dict[tuple[str, str], str] = {
    **{
        (f"pubblico:{nome}", "GET"): TUTTI
        for nome in ("alleanze", "alleanza", "progetti", "progetto", "schede", "scheda", "faq")
    },
    **{(f"pubblico:{nome}", "GET"): TUTTI for nome in ("dati", "schema", "catalogo", "scarica")},
    ("alleanze:modifica", "GET"): "acc 404 403 403 200 200 200 404 403 200",
    # Without the fingerprint of what was opened, what is there now is not written over.
    ("alleanze:modifica", "POST"): "acc 404 403 403 409 409 409 404 403 409",
}


def argomenti(nome: str, progetto) -> list:
    """What the address is about, made here when the demo does not have it."""
    if nome in ("pubblico:alleanza", "alleanze:modifica"):
        return [progetto.alleanza_id]
    if nome == "pubblico:progetto":
        return [Progetto.objects.pubblici().first().pk]
    if nome == "pubblico:scheda":
        return [SchedaSintetica.objects.get(nome="Porte aperte").pk]
    return ["progetti", "csv"] if nome == "pubblico:scarica" else []
