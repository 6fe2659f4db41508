from datetime import timedelta

from django.contrib.postgres.fields import ArrayField
from django.db import models

ATTESE = tuple(timedelta(minutes=m) for m in (1, 5, 30, 120, 360, 1440, 1440, 1440))
"""How long to wait after each failure: a mail server that is off for a weekend must not cost a message."""
TENTATIVI = len(ATTESE) + 1


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

    @property
    def non_riuscito(self) -> bool:
        """Whether it was tried as often as it can be, in vain: it will not leave by itself."""
        return self.inviato_il is None and self.tentativi >= TENTATIVI
