from django.conf import settings
from django.db import models
from django.utils import timezone


class NotificaQuerySet(models.QuerySet):
    def da_leggere(self) -> "NotificaQuerySet":
        return self.filter(letta_il=None)

    def da_riassumere(self) -> "NotificaQuerySet":
        """Return what waits for the daily mail of who asked for one: what was read meanwhile needs no mail."""
        return self.da_leggere().filter(per_posta=Notifica.Posta.RIEPILOGO, spedita_il=None)


class Notifica(models.Model):
    """One thing that a person is told, once: `chiave` is the thing, and the same thing is never told twice.

    Behind the bell as long as it is not read; by mail at once or in the daily digest, as the person chose.
    """

    class Posta(models.TextChoices):
        SUBITO = "subito", "subito, una e-mail per ogni notifica"
        RIEPILOGO = "riepilogo", "una volta al giorno, in un riepilogo"
        MAI = "mai", "mai: le leggo nel portale"

    utente = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notifiche")
    chiave = models.CharField(max_length=200)
    testo = models.CharField("testo", max_length=500)
    url = models.CharField("pagina", max_length=300, blank=True)
    scade_il = models.DateTimeField("entro il", null=True, blank=True)
    per_posta = models.CharField("per posta", max_length=10, choices=Posta, default=Posta.SUBITO)
    """As the person wanted it when it was written."""
    creata_il = models.DateTimeField("del", default=timezone.now)
    letta_il = models.DateTimeField("letta il", null=True, blank=True)
    spedita_il = models.DateTimeField("affidata alla posta il", null=True, blank=True)

    objects = NotificaQuerySet.as_manager()

    class Meta:
        verbose_name = "notifica"
        verbose_name_plural = "notifiche"
        ordering = ["-creata_il", "-pk"]
        constraints = [models.UniqueConstraint(fields=["utente", "chiave"], name="notifica_una_sola_volta")]
        indexes = [models.Index(fields=["utente"], condition=models.Q(letta_il=None), name="notifica_da_leggere")]

    def __str__(self) -> str:
        return self.testo
