"""The rows that a scheda is made of. Their UUIDs travel: in content, in files, from one version to the next."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from alleanze.models import Ente
from conciliazione.storia import traccia

from .progetti import Partecipazione, Progetto


class Riga(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    progetto = models.ForeignKey(Progetto, on_delete=models.CASCADE, related_name="%(class)s_righe")

    class Meta:
        abstract = True


@traccia()
class Azione(Riga):
    """An action of the project; general expenses are one too, outside the timetable."""

    class Genere(models.TextChoices):
        AZIONE = "azione", "azione"
        SPESE_GENERALI = "spese_generali", "spese generali"

    genere = models.CharField(max_length=16, choices=Genere, default=Genere.AZIONE)
    ordine = models.PositiveSmallIntegerField()
    codice = models.CharField("codice", max_length=12, blank=True)
    titolo = models.TextField("titolo", blank=True)
    titolo_breve = models.CharField("titolo breve", max_length=120, blank=True)

    class Meta:
        verbose_name = "azione"
        verbose_name_plural = "azioni"
        ordering = ["ordine", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["progetto"], condition=Q(genere="spese_generali"), name="azione_spese_generali_una_sola"
            )
        ]

    def __str__(self) -> str:
        return self.titolo


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


@traccia(exclude=["aggiornata_il"])
class Compilazione(models.Model):
    """The answers to one block, for one row or (riga null) for the project: JSON, read only by people."""

    progetto = models.ForeignKey(Progetto, on_delete=models.CASCADE, related_name="compilazioni")
    blocco = models.CharField(max_length=40)
    riga = models.UUIDField(null=True, blank=True)
    risposte = models.JSONField(default=dict)
    aggiornata_da = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True)
    per_conto = models.BooleanField("scritta dal capofila per conto del partner", default=False)
    aggiornata_il = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = "compilazione"
        verbose_name_plural = "compilazioni"
        constraints = [
            models.UniqueConstraint(
                fields=["progetto", "blocco", "riga"], nulls_distinct=False, name="compilazione_una_per_blocco_e_riga"
            )
        ]

    def __str__(self) -> str:
        return f"{self.blocco} {self.riga or ''}".strip()


class Scartato(models.Model):
    """The text that lost when two people changed the same field: kept, because its author may want it back."""

    progetto = models.ForeignKey(Progetto, on_delete=models.CASCADE, related_name="scartati")
    blocco = models.CharField(max_length=40)
    riga = models.CharField(max_length=36, blank=True)
    campo = models.CharField(max_length=60)
    tenuto = models.JSONField(null=True)
    scartato = models.JSONField(null=True)
    deciso_da = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT)
    deciso_il = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "testo scartato"
        verbose_name_plural = "testi scartati"
        ordering = ["-deciso_il"]

    def __str__(self) -> str:
        return f"{self.blocco} {self.campo}"


class Dichiarato(models.Model):
    """A cell of a paper scheda as it was written, and the amount read from it. Told where it differs, never mended."""

    progetto = models.ForeignKey(Progetto, on_delete=models.CASCADE, related_name="dichiarati")
    blocco = models.CharField(max_length=40)
    riga = models.CharField(max_length=36, blank=True)
    campo = models.CharField(max_length=60)
    testo = models.TextField()
    importo = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)

    class Meta:
        verbose_name = "cella dichiarata"
        verbose_name_plural = "celle dichiarate"
        ordering = ["blocco", "riga", "campo"]
        constraints = [models.UniqueConstraint(fields=["progetto", "blocco", "riga", "campo"], name="dichiarato_uno_per_cella")]

    def __str__(self) -> str:
        return f"{self.blocco} {self.campo}: {self.testo}"


@traccia()
class Conferma(models.Model):
    """A partner says «these are my figures». It stands as long as they still are: `impronta` tells."""

    partecipazione = models.ForeignKey(Partecipazione, on_delete=models.CASCADE, related_name="conferme")
    impronta = models.CharField(max_length=64)
    cifre = models.JSONField()
    da = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT)
    il = models.DateTimeField(auto_now_add=True)
    per_conto = models.BooleanField("registrata dal capofila", default=False)
    documento = models.FileField("documento firmato", upload_to="conferme/%Y/%m", blank=True)

    class Meta:
        verbose_name = "conferma"
        verbose_name_plural = "conferme"
        ordering = ["il", "pk"]
        constraints = [
            models.CheckConstraint(name="conferma_per_conto_ha_il_documento", condition=Q(per_conto=False) | ~Q(documento=""))
        ]

    def __str__(self) -> str:
        return f"{self.partecipazione}: {self.il:%d/%m/%Y}"
