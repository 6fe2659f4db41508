"""Who gets what at the addresses of this area: see `tests/test_permessi.py`."""

from alleanze.models import Appartenenza, Sportello
from alleanze.sportello import transizioni
from conciliazione.models import Utente

# A question is of who put it (here the partner) and of the capofila, that keeps the sportello: of nobody else.
SUA = "acc 404 {chi} 404 {capofila} {capofila} 404 404 404 404"
AL_TASTO = "acc 302 302 302 302 302 302 302 302 302"

#                                anon estr part altro capo resp ats altra reg  amm
TABELLA: dict[tuple[str, str], str] = {
    ("sportello:elenco", "GET"): "acc 200 200 200 200 200 200 200 200 200",
    ("sportello:nuova", "GET"): "acc 200 200 200 200 200 200 200 200 200",
    ("sportello:nuova", "POST"): "acc 422 422 422 422 422 422 422 422 422",
    ("sportello:quesito", "GET"): SUA.format(chi=200, capofila=200),
    ("sportello:ritira", "GET"): AL_TASTO,
    ("sportello:ritira", "POST"): SUA.format(chi=302, capofila=403),
    ("sportello:assegna", "GET"): AL_TASTO,
    ("sportello:assegna", "POST"): SUA.format(chi=403, capofila=422),
    ("sportello:prendi", "GET"): AL_TASTO,
    ("sportello:prendi", "POST"): SUA.format(chi=403, capofila=302),
    ("sportello:rispondi", "GET"): AL_TASTO,
    ("sportello:rispondi", "POST"): SUA.format(chi=403, capofila=422),
    # Answered.
    ("sportello:seguito", "GET"): SUA.format(chi=200, capofila=403),
    ("sportello:seguito", "POST"): SUA.format(chi=422, capofila=403),
    ("sportello:pubblica", "GET"): SUA.format(chi=403, capofila=200),
    ("sportello:pubblica", "POST"): SUA.format(chi=403, capofila=422),
    # By who gave the answer, here the operatore; what a colleague answered, by nobody else while that colleague is there.
    ("sportello:correggi", "GET"): "acc 404 403 404 200 403 404 404 404 404",
    ("sportello:correggi", "POST"): "acc 404 403 404 422 403 404 404 404 404",
    # Published.
    ("sportello:ritira_pubblicazione", "GET"): AL_TASTO,
    ("sportello:ritira_pubblicazione", "POST"): SUA.format(chi=403, capofila=302),
    # Figures are for the ATS of the territory and the Regione too; the rules, for who keeps the alleanza.
    ("sportello:impostazioni", "GET"): "acc 404 403 403 200 200 200 404 403 200",
    ("sportello:impostazioni", "POST"): "acc 404 403 403 422 422 422 404 403 422",
    ("sportello:statistiche", "GET"): "acc 404 403 403 200 200 200 404 200 404",
    ("sportello:statistiche_csv", "GET"): "acc 404 403 403 200 200 200 404 200 404",
}
CHIUSI = {"sportello:seguito", "sportello:correggi", "sportello:pubblica", "sportello:ritira_pubblicazione"}


def argomenti(nome: str, progetto) -> list:
    """A question of the partner, as far as its address needs it."""
    if nome in ("sportello:elenco", "sportello:nuova"):
        return []
    if nome in ("sportello:impostazioni", "sportello:statistiche", "sportello:statistiche_csv"):
        return [progetto.alleanza_id]
    sportello = Sportello.objects.get(alleanza=progetto.alleanza_id)
    chi = Utente.objects.get(email="partner@csc.example.org")
    dati = {"argomento": "altro", "titolo": "Una domanda", "testo": "Si può?", "pubblicabile": True}
    quesito = transizioni.chiedi(sportello, chi, dati)
    if nome in CHIUSI:
        risponde = Appartenenza.objects.filter(ente=sportello.alleanza.capofila).first().utente
        transizioni.rispondi(quesito.pk, risponde, "Si può.")
        if nome == "sportello:ritira_pubblicazione":
            transizioni.pubblica(quesito.pk, risponde, "Si può?", "Si può.")
    return [quesito.pk]
