"""Who gets what at the addresses of this area: see `tests/test_permessi.py`."""

#                                anon estr part altro capo resp ats altra reg  amm
TABELLA: dict[tuple[str, str], str] = {}


def argomenti(nome: str, progetto) -> list:
    """What the address is about, made here when the demo does not have it."""
    return []
