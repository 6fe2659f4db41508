"""The money of a scheda: every printed figure is a projection of these rows."""

from django.db import models
from django.db.models import Q

from alleanze.models import Ente
from conciliazione.storia import traccia

from .progetti import Partecipazione
from .righe import Azione, Riga


@traccia()
class VoceCosto(Riga):
    """One amount of cost, in euro. A `prospetto` is one breakdown of the same total (by action, by cost item)."""

    prospetto = models.CharField(max_length=20)
    azione = models.ForeignKey(Azione, on_delete=models.CASCADE, null=True, blank=True)
    voce = models.CharField(max_length=20, blank=True)
    partecipazione = models.ForeignKey(Partecipazione, on_delete=models.CASCADE, null=True, blank=True)
    importo = models.DecimalField(max_digits=12, decimal_places=2)

    class Meta:
        verbose_name = "voce di costo"
        verbose_name_plural = "voci di costo"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["progetto", "prospetto", "azione", "voce", "partecipazione"],
                nulls_distinct=False,
                name="voce_costo_una_per_cella",
            ),
            models.CheckConstraint(name="voce_costo_non_negativa", condition=Q(importo__gte=0)),
        ]

    def __str__(self) -> str:
        return f"{self.prospetto}: {self.importo}"


@traccia()
class Cofinanziamento(Riga):
    """Money or value that somebody puts in beside the contribution, in euro.

    `partecipazione` may be unknown: then the settore is said here. With a partner it follows the partner's ente.
    """

    class Natura(models.TextChoices):
        MONETARIO = "monetario", "monetario"
        VALORIZZAZIONE = "valorizzazione", "valorizzazione"

    ordine = models.PositiveSmallIntegerField(default=0)
    partecipazione = models.ForeignKey(
        Partecipazione, on_delete=models.CASCADE, null=True, blank=True, related_name="cofinanziamenti"
    )
    azione = models.ForeignKey(Azione, on_delete=models.PROTECT, null=True, blank=True)
    settore = models.CharField(max_length=10, choices=Ente.Settore, blank=True)
    natura = models.CharField(max_length=16, choices=Natura, blank=True)
    importo = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    atto = models.CharField("atto", max_length=250, blank=True)

    class Meta:
        verbose_name = "cofinanziamento"
        verbose_name_plural = "cofinanziamenti"
        ordering = ["ordine", "pk"]
        constraints = [
            models.CheckConstraint(
                name="cofinanziamento_settore_di_uno_solo",
                condition=Q(partecipazione=None) | Q(settore=""),
                violation_error_message="Il settore segue il soggetto: non si indica anche qui.",
            ),
            models.CheckConstraint(name="cofinanziamento_non_negativo", condition=Q(importo=None) | Q(importo__gte=0)),
        ]

    def __str__(self) -> str:
        return f"{self.partecipazione or self.settore}: {self.importo}"
