"""The soggetti of a project in the order that the scheda prints, and those of the alleanza that are not in yet."""

from django.db import transaction
from django.db.models import QuerySet

from alleanze.models import Adesione, Ente

from . import nascita
from .models import Partecipazione, Progetto

SU, GIU = -1, 1


def dell_alleanza(progetto: Progetto) -> QuerySet[Ente]:
    """The enti of its alleanza, today, that are not in the scheda."""
    adesioni = Adesione.objects.filter(Adesione.in_corso(), alleanza=progetto.alleanza_id)
    presenti = progetto.partecipazioni.values("ente")
    return Ente.objects.filter(pk__in=adesioni.values("ente")).exclude(pk__in=presenti).per_elenco()


@transaction.atomic
def aggiungi_tutti(progetto: Progetto, utente=None) -> list[Partecipazione]:
    """Let in all of them, by name. To be called with the project's row locked."""
    return [nascita.aggiungi_soggetto(progetto, ente, utente=utente) for ente in dell_alleanza(progetto)]


@transaction.atomic
def sposta(progetto: Progetto, soggetto: Partecipazione, verso: int) -> int:
    """Move a soggetto one place up or down and return its place; the capofila is always the first, and stays there.

    To be called with the project's row locked.
    """
    tutti = list(progetto.partecipazioni.order_by("ordine", "pk"))
    ordinati = sorted(tutti, key=lambda s: s.ruolo != "capofila")  # stable: the others keep their order
    da = ordinati.index(soggetto)
    a = da + verso
    primo = sum(s.ruolo == "capofila" for s in ordinati)
    if da >= primo and primo <= a < len(ordinati):
        ordinati.insert(a, ordinati.pop(da))
    for posto, riga in enumerate(ordinati, 1):
        if riga.ordine != posto:
            progetto.partecipazioni.filter(pk=riga.pk).update(ordine=posto)
    progetto.save(update_fields=["modificato_il"])
    return ordinati.index(soggetto) + 1
