"""The papers that each soggetto signs for a project, and the acts by which it commits its money."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from conciliazione.storia import traccia

from .progetti import Partecipazione


@traccia()
class AttoDiImpegno(models.Model):
    """The act by which a soggetto commits the cofinancing it declares: kind, number, date, and who adopted it."""

    class Genere(models.TextChoices):
        DELIBERA = "delibera", "delibera"
        DETERMINA = "determina", "determina"
        IMPEGNO = "impegno", "impegno di spesa"
        VERBALE = "verbale", "verbale dell'organo amministrativo"
        DICHIARAZIONE = "dichiarazione", "dichiarazione del legale rappresentante"

    partecipazione = models.ForeignKey(Partecipazione, on_delete=models.CASCADE, related_name="atti")
    genere = models.CharField("tipo di atto", max_length=14, choices=Genere)
    numero = models.CharField("numero", max_length=40, blank=True)
    data = models.DateField("data")
    organo = models.CharField("adottato da", max_length=120, blank=True)
    importo = models.DecimalField("importo impegnato", max_digits=12, decimal_places=2, null=True, blank=True)

    class Meta:
        verbose_name = "atto di impegno"
        verbose_name_plural = "atti di impegno"
        ordering = ["partecipazione", "data", "pk"]
        constraints = [models.CheckConstraint(name="atto_importo_positivo", condition=Q(importo=None) | Q(importo__gte=0))]

    def __str__(self) -> str:
        numero = f" n. {self.numero}" if self.numero else ""
        return f"{self.get_genere_display()}{numero} del {self.data:%d/%m/%Y}"


class DaFirmareQuerySet(models.QuerySet):
    def in_vigore(self) -> "DaFirmareQuerySet":
        return self.exclude(stato=DaFirmare.Stato.ANNULLATO)

    def non_firmati(self) -> "DaFirmareQuerySet":
        """Return those that have still to come back."""
        return self.filter(stato__in=DaFirmare.NON_FIRMATI)

    def firmati(self) -> "DaFirmareQuerySet":
        """Return those in force that came back signed: they hold their soggetto in the project."""
        return self.filter(stato__in=DaFirmare.FIRMATI)


@traccia(exclude=["dati"])
class DaFirmare(models.Model):
    """One paper for one soggetto, prefilled and frozen: what it says is `dati`, and `codice` is in its QR.

    A paper whose figures have changed since is annulled and made again: what was signed is never changed.
    """

    class Genere(models.TextChoices):
        LETTERA = "lettera", "lettera di adesione"
        IMPEGNO = "impegno", "impegno al cofinanziamento"
        MANDATO = "mandato", "mandato al capofila"
        PRIVACY = "privacy", "informativa e consenso privacy"

    class Stato(models.TextChoices):
        PREPARATO = "preparato", "preparato"
        INVIATO = "inviato", "inviato"
        FIRMATO = "firmato", "firmato, da controllare"
        RICEVUTO = "ricevuto", "ricevuto"
        ANNULLATO = "annullato", "annullato"

    NON_FIRMATI = frozenset({Stato.PREPARATO, Stato.INVIATO})
    FIRMATI = frozenset({Stato.FIRMATO, Stato.RICEVUTO})

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    partecipazione = models.ForeignKey(Partecipazione, on_delete=models.CASCADE, related_name="da_firmare")
    genere = models.CharField("documento", max_length=10, choices=Genere)
    stato = models.CharField("stato", max_length=10, choices=Stato, default=Stato.PREPARATO)
    dati = models.JSONField("ciò che dice")
    impronta = models.CharField(max_length=64)
    """sha256 of `dati`: tells whether the paper still says what the scheda says."""
    codice = models.CharField("codice", max_length=16, unique=True)
    preparato_da = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    preparato_il = models.DateTimeField("preparato il")
    inviato_il = models.DateTimeField("inviato il", null=True, blank=True)
    inviato_a = models.JSONField("inviato a", default=list)
    firmato = models.FileField("documento firmato", upload_to="fascicoli/%Y/%m", blank=True)
    firmato_il = models.DateTimeField("consegnato firmato il", null=True, blank=True)
    firmato_da = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    ricevuto_il = models.DateTimeField("controllato il", null=True, blank=True)
    ricevuto_da = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    nota = models.CharField("nota", max_length=300, blank=True)
    """Why it was sent back, or annulled."""

    objects = DaFirmareQuerySet.as_manager()

    class Meta:
        verbose_name = "documento da firmare"
        verbose_name_plural = "documenti da firmare"
        ordering = ["partecipazione", "genere", "preparato_il"]
        constraints = [
            models.UniqueConstraint(
                fields=["partecipazione", "genere"], condition=~Q(stato="annullato"), name="da_firmare_uno_in_vigore"
            ),
            models.CheckConstraint(
                name="da_firmare_firmato_ha_il_file", condition=~Q(stato__in=["firmato", "ricevuto"]) | ~Q(firmato="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_genere_display()}: {self.partecipazione}"
