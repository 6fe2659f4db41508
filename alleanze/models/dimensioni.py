from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from conciliazione.storia import traccia

from .enti import Ente


@traccia()
class DichiarazioneDimensione(models.Model):
    """How large a firm says it is, on a day: Annex I to Reg. (UE) 651/2014. The class is derived (`alleanze.dimensione`).

    Money in euro; `ula` are unità lavorative-anno. What the linked firms add stands in their own rows.
    """

    ente = models.ForeignKey(Ente, verbose_name="ente", on_delete=models.CASCADE, related_name="dichiarazioni_dimensione")
    del_giorno = models.DateField("data della dichiarazione")
    esercizio = models.PositiveSmallIntegerField("esercizio di riferimento")
    ula = models.DecimalField("unità lavorative-anno (ULA)", max_digits=8, decimal_places=2, validators=[MinValueValidator(0)])
    fatturato = models.DecimalField(
        "fatturato annuo", max_digits=14, decimal_places=2, null=True, blank=True, validators=[MinValueValidator(0)]
    )
    bilancio = models.DecimalField(
        "totale di bilancio annuo", max_digits=14, decimal_places=2, null=True, blank=True, validators=[MinValueValidator(0)]
    )
    dichiarata_da = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    dichiarata_il = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "dichiarazione di dimensione"
        verbose_name_plural = "dichiarazioni di dimensione"
        ordering = ["ente", "-del_giorno", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="dimensione_ha_una_cifra_di_bilancio",
                condition=Q(fatturato__isnull=False) | Q(bilancio__isnull=False),
                violation_error_message="Indica almeno il fatturato o il totale di bilancio.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.ente}, {self.del_giorno:%d/%m/%Y}"


@traccia()
class ImpresaLegata(models.Model):
    """A firm whose figures count with those of the one that declares: collegata whole, associata pro quota (art. 6)."""

    class Legame(models.TextChoices):
        COLLEGATA = "collegata", "collegata"
        ASSOCIATA = "associata", "associata"

    dichiarazione = models.ForeignKey(DichiarazioneDimensione, on_delete=models.CASCADE, related_name="legate")
    denominazione = models.CharField("denominazione", max_length=250)
    codice_fiscale = models.CharField("codice fiscale", max_length=16, blank=True)
    legame = models.CharField("legame", max_length=10, choices=Legame)
    quota = models.DecimalField(
        "quota in percentuale",
        max_digits=5,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(100)],
    )
    ula = models.DecimalField("ULA", max_digits=8, decimal_places=2, default=0, validators=[MinValueValidator(0)])
    fatturato = models.DecimalField(
        "fatturato annuo", max_digits=14, decimal_places=2, null=True, blank=True, validators=[MinValueValidator(0)]
    )
    bilancio = models.DecimalField(
        "totale di bilancio annuo", max_digits=14, decimal_places=2, null=True, blank=True, validators=[MinValueValidator(0)]
    )

    class Meta:
        verbose_name = "impresa legata"
        verbose_name_plural = "imprese legate"
        ordering = ["dichiarazione", "pk"]
        constraints = [
            models.CheckConstraint(
                name="impresa_associata_ha_una_quota",
                condition=Q(legame="collegata") | Q(quota__isnull=False),
                violation_error_message="Di un'impresa associata serve la quota.",
            )
        ]

    def __str__(self) -> str:
        return self.denominazione
