"""Who is let in to fill the part of a soggetto, and what a soggetto was reminded of."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from alleanze.models.periodi import in_corso
from conciliazione.storia import traccia

from .progetti import Partecipazione


@traccia()
class Incaricato(models.Model):
    """A person who fills the part of one soggetto in one project, by invitation of the capofila; nothing else of the ente."""

    partecipazione = models.ForeignKey(Partecipazione, on_delete=models.CASCADE, related_name="incaricati")
    utente = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="persona", on_delete=models.CASCADE, related_name="incarichi_di_progetto"
    )
    dal = models.DateField("dal", default=timezone.localdate)
    al = models.DateField("al", null=True, blank=True)

    in_corso = staticmethod(in_corso)

    class Meta:
        verbose_name = "incaricato di un soggetto"
        verbose_name_plural = "incaricati dei soggetti"
        ordering = ["partecipazione", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["partecipazione", "utente"], name="incaricato_una_volta"),
            models.CheckConstraint(name="incaricato_date_in_ordine", condition=Q(al=None) | Q(al__gte=F("dal"))),
        ]

    def __str__(self) -> str:
        return f"{self.utente} per {self.partecipazione}"


class Sollecito(models.Model):
    """The capofila asked a soggetto for what is missing: when, who, in which words. The portal's own have no author."""

    partecipazione = models.ForeignKey(Partecipazione, on_delete=models.CASCADE, related_name="solleciti")
    mandato_da = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    mandato_il = models.DateTimeField("mandato il", default=timezone.now)
    a = models.JSONField("a chi", default=list)
    testo = models.TextField("testo", blank=True)

    class Meta:
        verbose_name = "sollecito"
        verbose_name_plural = "solleciti"
        ordering = ["-mandato_il", "-pk"]

    def __str__(self) -> str:
        return f"{self.partecipazione}, {self.mandato_il:%d/%m/%Y}"
