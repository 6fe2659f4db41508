from django.contrib.postgres.fields import ArrayField
from django.db import models


class Messaggio(models.Model):
    """A mail to send: written in the transaction that caused it, sent after, kept as proof of what was said."""

    destinatari = ArrayField(models.EmailField(), verbose_name="destinatari")
    oggetto = models.CharField("oggetto", max_length=250)
    testo = models.TextField("testo")
    creato_il = models.DateTimeField("creato il", auto_now_add=True)
    inviato_il = models.DateTimeField("inviato il", null=True, blank=True)
    tentativi = models.PositiveSmallIntegerField(default=0)
    ultimo_tentativo_il = models.DateTimeField("ultimo tentativo il", null=True, blank=True)
    errore = models.TextField(blank=True)

    class Meta:
        verbose_name = "messaggio"
        verbose_name_plural = "messaggi"
        ordering = ["-creato_il", "-pk"]

    def __str__(self) -> str:
        return self.oggetto
