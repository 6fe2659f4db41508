import uuid

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils import timezone

from ..storia import traccia


class DocumentoQuerySet(models.QuerySet):
    def di(self, oggetto: models.Model) -> "DocumentoQuerySet":
        """Return the folder of an alleanza, of a progetto: of whatever has one."""
        return self.filter(tipo=ContentType.objects.get_for_model(oggetto), oggetto_id=str(oggetto.pk))


@traccia()
class Documento(models.Model):
    """A document of a shared folder; its bytes are in its revisions, the last of which is the document as it is.

    Whose the folder is says who may enter it; `visibilita` who of them finds the document.
    """

    class Genere(models.TextChoices):
        VERBALE = "verbale", "verbale"
        ATTO = "atto", "atto o delibera"
        ACCORDO = "accordo", "accordo o convenzione"
        RELAZIONE = "relazione", "relazione o monitoraggio"
        COMUNICAZIONE = "comunicazione", "comunicazione"
        MODULISTICA = "modulistica", "modulistica"
        ALTRO = "altro", "altro"

    class Visibilita(models.TextChoices):
        CAPOFILA = "capofila", "solo il capofila"
        SOGGETTI = "soggetti", "i soggetti"
        ATS = "ats", "i soggetti e l'ATS"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    tipo = models.ForeignKey(ContentType, on_delete=models.PROTECT)
    oggetto_id = models.CharField(max_length=40)
    oggetto = GenericForeignKey("tipo", "oggetto_id")
    titolo = models.CharField("titolo", max_length=200)
    genere = models.CharField("tipo", max_length=14, choices=Genere, default=Genere.ALTRO)
    data = models.DateField("data del documento", default=timezone.localdate)
    visibilita = models.CharField("chi lo vede", max_length=10, choices=Visibilita, default=Visibilita.SOGGETTI)
    creato_da = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    creato_il = models.DateTimeField(auto_now_add=True)
    tolto_il = models.DateTimeField("tolto il", null=True, blank=True)
    """Out of the folder; its revisions stay for whoever must account for them."""

    objects = DocumentoQuerySet.as_manager()

    class Meta:
        verbose_name = "documento"
        verbose_name_plural = "documenti"
        ordering = ["-data", "titolo", "pk"]
        indexes = [models.Index(fields=["tipo", "oggetto_id"])]

    def __str__(self) -> str:
        return self.titolo


class Revisione(models.Model):
    """The bytes of a document, as somebody put them in the folder; a new one never takes the place of the old."""

    documento = models.ForeignKey(Documento, on_delete=models.PROTECT, related_name="revisioni")
    numero = models.PositiveSmallIntegerField("versione")
    file = models.FileField("file", upload_to="cartelle/%Y/%m")
    sha256 = models.CharField(max_length=64)
    grandezza = models.PositiveIntegerField("grandezza in byte")
    nota = models.CharField("che cosa cambia", max_length=200, blank=True)
    caricata_da = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    caricata_il = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "versione del documento"
        verbose_name_plural = "versioni del documento"
        ordering = ["documento", "numero"]
        constraints = [models.UniqueConstraint(fields=["documento", "numero"], name="revisione_una_per_numero")]

    def __str__(self) -> str:
        return f"{self.documento}, versione {self.numero}"
