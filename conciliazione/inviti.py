"""Personal links: made, found again by their key, used once. Whom they let in where is for the app that makes them."""

import hashlib
import secrets
from datetime import timedelta

from django.db import models, transaction
from django.utils import timezone

from .models import Invito, Utente

DURATA = timedelta(days=14)


class InvitoNonValido(Exception):
    """The link cannot be used; `motivo` says why in the words of who holds it, and nothing about anybody else."""

    def __init__(self, motivo: str):
        super().__init__(motivo)
        self.motivo = motivo


def nuova_chiave() -> str:
    """What goes in a link: 256 bits, which nobody guesses and the database does not hold."""
    return secrets.token_urlsafe(32)


def impronta(chiave: str) -> str:
    return hashlib.sha256(chiave.encode()).hexdigest()


def crea(oggetto: models.Model, *, email: str, ruolo: str, mandato_da: Utente, nome: str = "", cognome: str = "") -> tuple:
    """A new invitation and the key of its link; earlier ones to the same person for the same thing are revoked."""
    Invito.objects.su(oggetto).validi().filter(email__iexact=email.strip()).update(revocato_il=timezone.now())
    chiave = nuova_chiave()
    invito = Invito.objects.create(
        oggetto=oggetto,
        email=email.strip().lower(),
        ruolo=ruolo,
        nome=nome,
        cognome=cognome,
        impronta=impronta(chiave),
        mandato_da=mandato_da,
        scade_il=timezone.now() + DURATA,
    )
    return invito, chiave


def trova(chiave: str, tipo: type[models.Model], *, blocca: bool = False) -> Invito:
    """The invitation of a link, if it may still be used. Raises InvitoNonValido, with the remedy in its words."""
    inviti = Invito.objects.select_for_update(of=("self",)) if blocca else Invito.objects
    invito = inviti.select_related("tipo", "mandato_da").filter(impronta=impronta(chiave)).first()
    if invito is None or invito.tipo.model_class() is not tipo or invito.oggetto is None:
        raise InvitoNonValido("Questo collegamento non è valido: controlla di averlo copiato per intero dalla e-mail.")
    if invito.revocato_il:
        raise InvitoNonValido(
            "Questo invito è stato annullato o sostituito da uno più recente: cerca l'ultima e-mail ricevuta."
        )
    if invito.usato_il:
        raise InvitoNonValido("Questo invito è già stato usato: vale una volta sola. Se sei stato tu, accedi al portale.")
    if invito.scade_il <= timezone.now():
        raise InvitoNonValido("Questo invito è scaduto: chiedi a chi ti ha invitato di mandartene uno nuovo.")
    return invito


@transaction.atomic
def usa(invito: Invito, utente: Utente) -> None:
    """It is spent: whoever finds the mail later gets nothing by it."""
    invito.usato_il, invito.usato_da = timezone.now(), utente
    invito.save(update_fields=["usato_il", "usato_da"])
