import uuid
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone

DURATA = timedelta(hours=1)
"""How long one has to log in again and take up what one was writing."""


class ParcheggioQuerySet(models.QuerySet):
    def vivi(self) -> "ParcheggioQuerySet":
        return self.filter(creato_il__gt=timezone.now() - DURATA)

    def scaduti(self) -> "ParcheggioQuerySet":
        return self.filter(creato_il__lte=timezone.now() - DURATA)


class Parcheggio(models.Model):
    """What a page sent when its log-in had expired, kept until whoever wrote it has logged in again.

    `browser` is the secret of a signed cookie, without which nothing is given back; `utente` is whose the expired
    session was, where the portal still knows: then it is given back to no other.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    percorso = models.CharField("pagina", max_length=300)
    dati = models.TextField("ciò che la pagina ha inviato")
    browser = models.CharField(max_length=64)
    utente = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True)
    creato_il = models.DateTimeField(auto_now_add=True, db_index=True)

    objects = ParcheggioQuerySet.as_manager()

    class Meta:
        verbose_name = "testo in attesa dell'accesso"
        verbose_name_plural = "testi in attesa dell'accesso"
        ordering = ["creato_il"]

    def __str__(self) -> str:
        return self.percorso
