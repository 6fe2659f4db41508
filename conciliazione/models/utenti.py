from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models.functions import Lower

from ..storia import traccia
from .notifiche import Notifica


class GestoreUtenti(BaseUserManager):
    """Makes accounts; the address is the name of the account, so it is kept in one writing."""

    def create_user(self, email: str, password: str | None = None, **campi) -> "Utente":
        utente = self.model(email=email.strip().lower(), **campi)
        utente.set_password(password)
        utente.save()
        return utente

    def create_superuser(self, email: str, password: str | None = None, **campi) -> "Utente":
        return self.create_user(email, password, is_staff=True, is_superuser=True, **campi)

    def get_by_natural_key(self, email: str) -> "Utente":
        return self.get(email__iexact=email)


@traccia(exclude=["password", "last_login", "calendario"])
class Utente(AbstractBaseUser, PermissionsMixin):
    """A person who logs in. What they may do follows from the enti they act for, never from a flag here."""

    email = models.EmailField("indirizzo e-mail", unique=True)
    nome = models.CharField("nome", max_length=80)
    cognome = models.CharField("cognome", max_length=80)
    is_staff = models.BooleanField("può entrare in amministrazione", default=False)
    is_active = models.BooleanField("attivo", default=True)
    creato_il = models.DateTimeField("creato il", auto_now_add=True)
    notifiche_per_posta = models.CharField(
        "notifiche per posta", max_length=10, choices=Notifica.Posta, default=Notifica.Posta.SUBITO
    )
    calendario = models.UUIDField("chiave del calendario", null=True, blank=True, unique=True)
    """Whoever has it reads what this person has to do: given on request, changed or taken back by the person."""

    agisce_solo_per = None
    """Id of the one ente that the person, in this session, chose to act for («agisci per»); set by `AgisciPer`."""

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["nome", "cognome"]
    objects = GestoreUtenti()

    class Meta:
        verbose_name = "utente"
        verbose_name_plural = "utenti"
        constraints = [models.UniqueConstraint(Lower("email"), name="utente_email_unica")]

    def __str__(self) -> str:
        return self.get_full_name()

    def get_full_name(self) -> str:
        return f"{self.nome} {self.cognome}".strip() or self.email

    def get_short_name(self) -> str:
        return self.nome or self.email
