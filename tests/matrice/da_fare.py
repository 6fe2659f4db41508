"""Who gets what at the addresses of this area: see `tests/test_permessi.py`."""

from uuid import uuid4

from conciliazione.messaggi.notifiche import avvisa
from conciliazione.models import Notifica

CHI_ENTRA = "acc 200 200 200 200 200 200 200 200 200"
ALLA_PAGINA = "acc 302 302 302 302 302 302 302 302 302"
NESSUNO = "404 404 404 404 404 404 404 404 404 404"

#                                anon estr part altro capo resp ats altra reg  amm
TABELLA: dict[tuple[str, str], str] = {
    ("da_fare", "GET"): CHI_ENTRA,
    ("da_fare_scarica", "GET"): CHI_ENTRA,
    # With the key of nobody: who has a right one reads it without logging in (tests/conciliazione/messaggi/test_da_fare.py).
    ("calendario", "GET"): NESSUNO,
    ("notifiche:elenco", "GET"): CHI_ENTRA,
    ("notifiche:apri", "GET"): ALLA_PAGINA,
    ("notifiche:apri", "POST"): "acc 404 302 404 404 404 404 404 404 404",
    ("notifiche:tutte_lette", "GET"): ALLA_PAGINA,
    ("notifiche:tutte_lette", "POST"): ALLA_PAGINA,
    ("notifiche:preferenze", "GET"): CHI_ENTRA,
    ("notifiche:preferenze", "POST"): "acc 422 422 422 422 422 422 422 422 422",
    ("notifiche:calendario", "GET"): ALLA_PAGINA,
    ("notifiche:calendario", "POST"): "acc 404 404 404 404 404 404 404 404 404",
    ("progetti:tabellone", "GET"): "acc 404 200 200 200 200 404 404 404 404",
    ("progetti:sollecita", "GET"): "acc 404 403 403 200 200 404 404 404 404",
    ("progetti:sollecita", "POST"): "acc 404 403 403 422 422 404 404 404 404",
    # To whom the draft is lent, and who looked: the capofila's own.
    ("progetti:prestito", "GET"): "acc 404 403 403 200 200 404 404 404 404",
    ("progetti:prestito", "POST"): "acc 404 403 403 422 422 404 404 404 404",
    ("progetti:riprendi", "GET"): ALLA_PAGINA,
    ("progetti:riprendi", "POST"): "acc 404 403 403 302 302 404 404 404 404",
}


def argomenti(nome: str, progetto) -> list:
    """What the address is about, made here when the demo does not have it."""
    if nome == "calendario":
        return [uuid4()]
    if nome == "notifiche:apri":
        return [_del_partner(progetto).pk]
    return [progetto.pk] if nome.startswith("progetti:") else []


def _del_partner(progetto) -> Notifica:
    csc = progetto.partecipazioni.get(denominazione__startswith="Comunità")
    utente = csc.ente.appartenenze.get().utente
    avvisa([utente], chiave="prova", testo="Una prova")
    return utente.notifiche.get(chiave="prova")
