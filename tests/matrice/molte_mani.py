"""Who gets what at the addresses of this area: see `tests/test_permessi.py`."""

SOLO_POST = "405 405 405 405 405 405 405 405 405 405"
# Asked by a script: who has no log-in is told so, and is not sent to the page of it.
#                                anon estr part altro capo resp ats altra reg  amm
TABELLA: dict[tuple[str, str], str] = {
    ("progetti:salvataggio", "GET"): SOLO_POST,
    ("progetti:salvataggio", "POST"): "401 404 403 403 200 200 404 404 404 404",
    ("progetti:salvataggio_riga", "GET"): SOLO_POST,
    ("progetti:salvataggio_riga", "POST"): "401 404 200 403 200 200 404 404 404 404",
    ("progetti:presenza", "GET"): SOLO_POST,
    ("progetti:presenza", "POST"): "401 404 200 200 200 200 404 404 404 404",
    ("progetti:storia", "GET"): "acc 404 200 200 200 200 404 404 404 404",
    ("progetti:storia_riga", "GET"): "acc 404 200 200 200 200 404 404 404 404",
    # Of which moment, the address says in its query: tests/progetti/storia/test_storia_blocchi.py.
    ("progetti:ripristina", "GET"): "acc 404 404 404 404 404 404 404 404 404",
}


def argomenti(nome: str, progetto) -> list:
    """What the address is about, made here when the demo does not have it."""
    soggetto = progetto.partecipazioni.get(denominazione__startswith="Comunità").pk
    return {
        "progetti:salvataggio": [progetto.pk, "I"],
        "progetti:salvataggio_riga": [progetto.pk, "II.B", soggetto],
        "progetti:presenza": [progetto.pk, f"II.B/{soggetto}"],
        "progetti:storia": [progetto.pk, "azioni"],
        "progetti:storia_riga": [progetto.pk, "II.B", soggetto],
        "progetti:ripristina": [progetto.pk, "azioni"],
    }[nome]
