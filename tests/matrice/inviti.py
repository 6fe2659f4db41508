"""Who gets what at the addresses of this area: see `tests/test_permessi.py`."""

from alleanze.models import Appartenenza, Ente, Mandato
from conciliazione.inviti import collegamenti
from conciliazione.models import Utente
from progetti.models import Incaricato

SOLO_POST = "405 405 405 405 405 405 405 405 405 405"
ALLA_PAGINA = "acc 302 302 302 302 302 302 302 302 302"
TUTTI = "200 200 200 200 200 200 200 200 200 200"

# A valid link is for who holds it, whoever they are: with no account and nothing typed the form is shown again.
#                                anon estr part altro capo resp ats altra reg  amm
TABELLA: dict[tuple[str, str], str] = {
    ("alleanze:agisci_per", "GET"): "acc 405 405 405 405 405 405 405 405 405",
    ("alleanze:agisci_per", "POST"): "acc 302 302 302 302 302 302 302 302 302",
    ("alleanze:invito", "GET"): TUTTI,
    ("alleanze:invito", "POST"): "422 302 302 302 302 302 302 302 302 302",
    ("alleanze:invito_nuovo", "GET"): SOLO_POST,
    ("alleanze:invito_nuovo", "POST"): "302 302 302 302 302 302 302 302 302 302",
    # The people of an ente (the Comune di Crema) are known to one another.
    ("alleanze:persone", "GET"): "acc 404 404 404 200 200 404 404 404 200",
    ("alleanze:persone", "POST"): "acc 404 404 404 403 422 404 404 404 422",
    ("alleanze:invito_revoca", "GET"): ALLA_PAGINA,
    ("alleanze:invito_revoca", "POST"): "acc 404 404 404 403 302 404 404 404 302",
    ("alleanze:invito_rimanda", "GET"): ALLA_PAGINA,
    ("alleanze:invito_rimanda", "POST"): "acc 404 404 404 403 302 404 404 404 302",
    ("alleanze:appartenenza_fine", "GET"): ALLA_PAGINA,
    ("alleanze:appartenenza_fine", "POST"): "acc 404 404 404 403 302 404 404 404 302",
    ("alleanze:appartenenza_ruolo", "GET"): ALLA_PAGINA,
    ("alleanze:appartenenza_ruolo", "POST"): "acc 404 404 404 403 302 404 404 404 302",
    ("alleanze:mandati", "GET"): "acc 404 404 404 200 200 404 404 404 200",
    ("alleanze:mandati", "POST"): "acc 404 404 404 403 422 404 404 404 403",
    ("alleanze:mandato_ritira", "GET"): ALLA_PAGINA,
    ("alleanze:mandato_ritira", "POST"): "acc 404 404 404 403 302 404 404 404 403",
    ("progetti:invito", "GET"): TUTTI,
    ("progetti:invito", "POST"): "422 302 302 302 302 302 302 302 302 302",
    ("progetti:invito_nuovo", "GET"): SOLO_POST,
    ("progetti:invito_nuovo", "POST"): "302 302 302 302 302 302 302 302 302 302",
    ("progetti:invita_tutti", "GET"): "acc 404 403 403 200 200 404 404 404 404",
    ("progetti:invita_tutti", "POST"): "acc 404 403 403 302 302 404 404 404 404",
    ("progetti:invita", "GET"): "acc 404 403 403 200 200 404 404 404 404",
    ("progetti:invita", "POST"): "acc 404 403 403 422 422 404 404 404 404",
    ("progetti:invito_revoca", "GET"): ALLA_PAGINA,
    ("progetti:invito_revoca", "POST"): "acc 404 403 403 302 302 404 404 404 404",
    ("progetti:invito_rimanda", "GET"): ALLA_PAGINA,
    ("progetti:invito_rimanda", "POST"): "acc 404 403 403 302 302 404 404 404 404",
    ("progetti:incaricato_togli", "GET"): ALLA_PAGINA,
    ("progetti:incaricato_togli", "POST"): "acc 404 403 403 302 302 404 404 404 404",
    # The part of Comunità Sociale Cremasca.
    ("progetti:tua_parte", "GET"): "acc 404 200 403 200 200 404 404 404 404",
}


def argomenti(nome: str, progetto) -> list:
    """What the address is about, made here when the demo does not have it."""
    crema, csc = progetto.capofila, progetto.partecipazioni.get(denominazione__startswith="Comunità")
    spazio, _, corto = nome.partition(":")
    oggetto = crema if spazio == "alleanze" else csc
    if corto.startswith("invito"):
        chi = Utente.objects.get(email="responsabile@comune-crema.example.org")
        invito, chiave = collegamenti.crea(oggetto, email="nuova@example.org", ruolo="operatore", mandato_da=chi)
        if corto in ("invito", "invito_nuovo"):
            return [chiave]
        return [crema.pk, invito.pk] if spazio == "alleanze" else [progetto.pk, csc.pk, invito.pk]
    if corto in ("persone", "mandati"):
        return [crema.pk]
    if corto.startswith("appartenenza"):
        return [crema.pk, Appartenenza.objects.get(utente__email="operatore@comune-crema.example.org").pk]
    if corto == "mandato_ritira":
        altro = Ente.objects.create(denominazione="Servizi srl", settore="privato")
        return [crema.pk, Mandato.objects.create(mandante=crema, mandatario=altro, atto="x", dal="2020-01-01").pk]
    if corto == "incaricato_togli":
        anna = Utente.objects.create_user("anna@example.org", nome="Anna", cognome="Verdi")
        return [progetto.pk, csc.pk, Incaricato.objects.create(partecipazione=csc, utente=anna).pk]
    return {"agisci_per": [], "invita_tutti": [progetto.pk]}.get(corto, [progetto.pk, csc.pk])
