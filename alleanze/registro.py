"""Entering an ente in the register, once; and letting into an alleanza one that is there already."""

from django.db import transaction

from conciliazione.models import Passaggio

from .models import Adesione, Alleanza, Ente
from .models.enti import REGISTRA


@transaction.atomic
def registra(ente: Ente, utente, alleanza: Alleanza | None) -> None:
    """Remember who entered it: until it has people of its own, that person keeps it."""
    Passaggio.objects.annota(ente, REGISTRA, utente, da="", a="registrato")
    if alleanza:
        fa_entrare(ente, alleanza)


def fa_entrare(ente: Ente, alleanza: Alleanza) -> Adesione:
    """As a partner effettivo from today, unless it is in already."""
    return alleanza.adesioni.get_or_create(ente=ente, al=None, defaults={"ruolo": Adesione.Ruolo.EFFETTIVO})[0]
