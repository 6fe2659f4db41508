"""Personal links: made, found again by their key, used once. Whom they let in where is for the app that makes them."""

import hashlib
import secrets
from datetime import timedelta

from django.contrib.auth.hashers import make_password
from django.db import models, transaction
from django.utils import timezone

from ..http import limiti
from ..models import Invito, Utente
from ..passaggi import Rifiuto

DURATA = timedelta(days=14)
GIORNI_DI_ATTESA = 5
"""After how many days an invitation that nobody took is told to who sent it."""
A_UNO = (3, timedelta(hours=1))
"""How many links to one address for the same thing, in how long."""
DA_UNO = (200, timedelta(hours=1))
"""How many invitations of one person: more than the soggetti of any scheda."""


class InvitoNonValido(Exception):
    """The link cannot be used; `motivo` says why in the words of who holds it, and nothing about anybody else.

    `noto`: there was such a link once.
    """

    def __init__(self, motivo: str, *, noto: bool = True):
        super().__init__(motivo)
        self.motivo, self.noto = motivo, noto


def nuova_chiave() -> str:
    """Return what goes in a link: 256 bits, which nobody guesses and the database does not hold."""
    return secrets.token_urlsafe(32)


def impronta(chiave: str) -> str:
    return hashlib.sha256(chiave.encode()).hexdigest()


@transaction.atomic
def crea(oggetto: models.Model, *, email: str, ruolo: str, mandato_da: Utente, nome: str = "", cognome: str = "") -> tuple:
    """Make an invitation, and return it with the key of its link; earlier ones to that person for that thing are revoked."""
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


def non_troppi(oggetto: models.Model, email: str, da: Utente) -> None:
    """Raise Rifiuto when too many links go to one mailbox, or from one sender."""
    if not limiti.passa(f"invito:{oggetto.pk}:{email.strip().lower()}", *A_UNO):
        detto = f"A {email} sono già partiti {A_UNO[0]} inviti nell'ultima ora: aspetta prima di mandarne un altro."
        raise Rifiuto(detto, campo="email")
    if not limiti.passa(f"inviti di:{da.pk}", *DA_UNO):
        raise Rifiuto("Nell'ultima ora hai mandato troppi inviti: aspetta prima di mandarne altri.", campo="email")


def trova(chiave: str, tipo: type[models.Model], *, blocca: bool = False) -> Invito:
    """Return the invitation of a link, if it may still be used; `blocca` locks it until commit, so that it is used once.

    Raises InvitoNonValido, with the remedy in its words.
    """
    invito = _di(chiave, tipo, blocca=blocca)
    if invito is None:
        motivo = "Questo collegamento non è valido: controlla di averlo copiato per intero dalla e-mail."
        raise InvitoNonValido(motivo, noto=False)
    if invito.revocato_il:
        raise InvitoNonValido(
            "Questo invito è stato annullato o sostituito da uno più recente: cerca l'ultima e-mail ricevuta."
        )
    if invito.usato_il:
        raise InvitoNonValido("Questo invito è già stato usato: vale una volta sola. Se sei stato tu, accedi al portale.")
    if invito.scade_il <= timezone.now():
        raise InvitoNonValido("Questo invito è scaduto: chiedi a chi ti ha invitato di mandartene uno nuovo.")
    return invito


def usato(chiave: str, tipo: type[models.Model]) -> Invito | None:
    """Return the invitation of a link that was spent; None of any other."""
    invito = _di(chiave, tipo)
    return invito if invito is not None and invito.usato_il else None


def _di(chiave: str, tipo: type[models.Model], *, blocca: bool = False) -> Invito | None:
    inviti = Invito.objects.select_for_update(of=("self",)) if blocca else Invito.objects
    invito = inviti.select_related("tipo", "mandato_da", "usato_da").filter(impronta=impronta(chiave)).first()
    if invito is None or invito.tipo.model_class() is not tipo or invito.oggetto is None:
        return None
    return invito


@transaction.atomic
def usa(invito: Invito, utente: Utente) -> None:
    """Spend the link: whoever finds the mail later gets nothing by it."""
    invito.usato_il, invito.usato_da = timezone.now(), utente
    invito.save(update_fields=["usato_il", "usato_da"])


def revoca(invito: Invito) -> bool:
    """Close the link; False when it had been used, or revoked, already."""
    return bool(Invito.objects.filter(pk=invito.pk, usato_il=None, revocato_il=None).update(revocato_il=timezone.now()))


# Who holds the link.


def conto(invito: Invito) -> Utente | None:
    """Return the account that the invited address has in the portal. Only who holds a valid link may come to know of it."""
    return Utente.objects.filter(email__iexact=invito.email).first()


def entra_col_solo_collegamento(utente: Utente | None) -> bool:
    """Whether a link is enough to be that person: who has no account yet, or one that never had a password.

    Who has a password says it; who administers the portal, or was suspended, never comes in by a link.
    """
    if utente is None:
        return True
    amministra = utente.is_staff or utente.is_superuser
    return utente.is_active and not utente.has_usable_password() and not amministra


def puo_usarlo(invito: Invito, utente: Utente) -> bool:
    """Whether who is logged in may take it: the account of the invited address, or anybody when that one has none."""
    del_invitato = conto(invito)
    return del_invitato == utente or entra_col_solo_collegamento(del_invitato)


def senza_account(invito: Invito, nome: str, cognome: str) -> Utente:
    """Return the person of the invited address, without a password: made now, or at an earlier invitation."""
    dati = {"nome": nome, "cognome": cognome, "password": make_password(None)}
    return conto(invito) or Utente.objects.get_or_create(email=invito.email, defaults=dati)[0]
