"""What people wrote in a scheda, and what is to be known of single cells of it."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from conciliazione.storia import traccia

from .progetti import Partecipazione, Progetto


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


class DaRivedere(models.Model):
    """A cell that a person has still to look at: copied from another project, or read from an old paper.

    It goes away when the cell is saved with another value, or when somebody says that it is right.
    """

    class Motivo(models.TextChoices):
        COPIATO = "copiato", "da rivedere"
        LETTO = "letto", "da verificare"

    progetto = models.ForeignKey(Progetto, on_delete=models.CASCADE, related_name="da_rivedere")
    blocco = models.CharField(max_length=40)
    riga = models.CharField(max_length=36, blank=True)
    campo = models.CharField(max_length=60)
    motivo = models.CharField(max_length=10, choices=Motivo)
    provenienza = models.CharField("da dove viene", max_length=300, blank=True)

    class Meta:
        verbose_name = "valore da rivedere"
        verbose_name_plural = "valori da rivedere"
        ordering = ["blocco", "riga", "campo"]
        constraints = [
            models.UniqueConstraint(fields=["progetto", "blocco", "riga", "campo"], name="da_rivedere_uno_per_cella")
        ]

    def __str__(self) -> str:
        return f"{self.blocco} {self.campo}"


class ConfermaQuerySet(models.QuerySet):
    def non_ritirate(self) -> "ConfermaQuerySet":
        """Return those that nobody took back: of a soggetto the last of them counts."""
        return self.filter(ritirata_il=None)


@traccia()
class Conferma(models.Model):
    """A partner says «these are my figures». It stands as long as they still are (`impronta` tells) and it is not withdrawn."""

    partecipazione = models.ForeignKey(Partecipazione, on_delete=models.CASCADE, related_name="conferme")
    impronta = models.CharField(max_length=64)
    cifre = models.JSONField()
    da = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT)
    il = models.DateTimeField(auto_now_add=True)
    per_conto = models.BooleanField("registrata dal capofila", default=False)
    documento = models.FileField("documento firmato", upload_to="conferme/%Y/%m", blank=True)
    ritirata_il = models.DateTimeField("ritirata il", null=True, blank=True)
    ritirata_da = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="ritirata da",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    motivo = models.TextField("perché è ritirata", blank=True)

    objects = ConfermaQuerySet.as_manager()

    class Meta:
        verbose_name = "conferma"
        verbose_name_plural = "conferme"
        ordering = ["il", "pk"]
        constraints = [
            models.CheckConstraint(name="conferma_per_conto_ha_il_documento", condition=Q(per_conto=False) | ~Q(documento="")),
            models.CheckConstraint(
                name="conferma_ritirata_quando_da_chi_e_perche",
                condition=Q(ritirata_il=None, ritirata_da=None, motivo="")
                | (Q(ritirata_il__isnull=False, ritirata_da__isnull=False) & ~Q(motivo="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.partecipazione}: {self.il:%d/%m/%Y}"


class Presenza(models.Model):
    """Who has which page of a scheda open, as its browser last said: not history, it is swept away."""

    progetto = models.ForeignKey(Progetto, on_delete=models.CASCADE, related_name="presenze")
    utente = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="presenze")
    pagina = models.CharField(max_length=120)
    """Key of the section, or «block/row»."""
    blocco = models.CharField("blocco in cui scrive", max_length=40, blank=True)
    vista_il = models.DateTimeField()

    class Meta:
        verbose_name = "presenza"
        verbose_name_plural = "presenze"
        constraints = [models.UniqueConstraint(fields=["progetto", "utente", "pagina"], name="presenza_una_per_pagina")]

    def __str__(self) -> str:
        return f"{self.utente} in {self.pagina}"
