"""The ente of an accepted request is written in the register: once, with its address and who represents it."""

from django.db import transaction

from .models import Carica, Ente, Persona, Sede


@transaction.atomic
def iscrivi(dati: dict) -> Ente:
    """The ente of what was typed in a request; that which the register has, if somebody entered it meanwhile."""
    propri = {c: dati.get(c, "") for c in ("denominazione", "tipologia", "settore", "partita_iva", "pec")}
    if codice := dati.get("codice_fiscale", ""):
        ente, nuovo = Ente.objects.get_or_create(codice_fiscale=codice, articolazione_di=None, defaults=propri)
    else:
        ente, nuovo = Ente.objects.create(**propri), True
    if nuovo:
        _sede(ente, dati)
        _rappresentante(ente, dati)
    return ente


def _sede(ente: Ente, dati: dict) -> None:
    campi = ("indirizzo", "cap", "citta", "provincia", "telefono")
    Sede.objects.create(ente=ente, tipo=Sede.Tipo.LEGALE, **{c: dati.get(c, "") for c in campi})


def _rappresentante(ente: Ente, dati: dict) -> None:
    persona = Persona.objects.create(nome=dati["lr_nome"], cognome=dati["lr_cognome"])
    Carica.objects.create(ente=ente, persona=persona, tipo=dati["lr_carica"])
