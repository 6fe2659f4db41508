"""What was frozen, and how it was filed. A version is only ever inserted: a trigger of the database holds that."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from alleanze.models import Ente
from conciliazione.storia import traccia

from .progetti import Progetto


class Versione(models.Model):
    """A scheda frozen: its content, and its reading with the labels of that day, so that it prints alike for ever."""

    class Origine(models.TextChoices):
        PORTALE = "portale", "presentata nel portale"
        ALTROVE = "altrove", "presentata altrove"
        CARTA = "carta", "acquisita da carta"

    progetto = models.ForeignKey(Progetto, on_delete=models.PROTECT, related_name="versioni")
    numero = models.PositiveSmallIntegerField("versione")
    origine = models.CharField(max_length=10, choices=Origine)
    edizione = models.CharField(max_length=40)
    contenuto = models.JSONField()
    lettura = models.JSONField()
    segnalazioni = models.JSONField(default=list)
    sha256 = models.CharField(max_length=64)
    creata_da = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True)
    creata_il = models.DateTimeField()

    class Meta:
        verbose_name = "versione"
        verbose_name_plural = "versioni"
        ordering = ["progetto", "numero"]
        constraints = [models.UniqueConstraint(fields=["progetto", "numero"], name="versione_una_per_numero")]
        triggers = [
            pgtrigger.Protect(name="versione_congelata", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.progetto}, versione {self.numero}"

    @property
    def domanda(self) -> "Presentazione | None":
        """Its filing; a version taken from paper has none."""
        return getattr(self, "presentazione", None)


class Presentazione(models.Model):
    """The filing of a version: our number, and the protocollo that the receiving ente gave."""

    class Canale(models.TextChoices):
        PORTALE = "portale", "questo portale"
        PEC = "pec", "PEC"
        BANDI_ONLINE = "bandi_online", "Bandi e Servizi / Bandi online"
        PROTOCOLLO = "protocollo", "consegna al protocollo"
        ALTRO = "altro", "altro"

    versione = models.OneToOneField(Versione, on_delete=models.PROTECT, related_name="presentazione")
    numero = models.PositiveIntegerField("numero di domanda")
    anno = models.PositiveSmallIntegerField()
    registro = models.CharField(max_length=40)
    canale = models.CharField("canale", max_length=14, choices=Canale)
    presentata_il = models.DateTimeField("presentata il")
    presentata_da = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True)
    protocollo = models.CharField("protocollo", max_length=80, blank=True)
    protocollo_il = models.DateField("data del protocollo", null=True, blank=True)
    ricevuta = models.FileField("ricevuta", upload_to="ricevute/%Y/%m", blank=True)
    ritirata_il = models.DateTimeField("ritirata il", null=True, blank=True)

    class Meta:
        verbose_name = "presentazione"
        verbose_name_plural = "presentazioni"
        ordering = ["anno", "numero"]
        constraints = [
            models.UniqueConstraint(fields=["registro", "anno", "numero"], name="presentazione_numero_unico"),
            models.CheckConstraint(
                name="presentazione_altrove_ha_ricevuta_o_protocollo",
                condition=Q(canale="portale") | ~Q(protocollo="") | ~Q(ricevuta=""),
            ),
        ]

    def __str__(self) -> str:
        return self.numero_di_domanda

    @property
    def numero_di_domanda(self) -> str:
        return f"{self.anno}/{self.numero:05d}"


@traccia()
class Prestito(models.Model):
    """The capofila lends the draft to the ATS: to read, until it takes it back. Each look is a `Sguardo`."""

    progetto = models.ForeignKey(Progetto, on_delete=models.CASCADE, related_name="prestiti")
    ats = models.ForeignKey(Ente, verbose_name="ATS", on_delete=models.PROTECT, related_name="prestiti")
    prestato_da = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    prestato_il = models.DateTimeField("prestata il", default=timezone.now)
    revocato_il = models.DateTimeField("ripresa il", null=True, blank=True)
    revocato_da = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    messaggio = models.TextField("messaggio per l'ATS", blank=True)

    class Meta:
        verbose_name = "prestito della bozza"
        verbose_name_plural = "prestiti della bozza"
        ordering = ["-prestato_il", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["progetto", "ats"], condition=Q(revocato_il=None), name="prestito_uno_in_corso")
        ]

    def __str__(self) -> str:
        return f"{self.progetto} a {self.ats}"
