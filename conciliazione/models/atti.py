"""What goes on around a thing that is examined: the acts that decide, the clocks that run, the letters that leave."""

import uuid

import pgtrigger
from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import F, Q

from ..storia import traccia
from .messaggi import Messaggio


class DiUnOggettoQuerySet(models.QuerySet):
    def di(self, *oggetti: models.Model) -> "DiUnOggettoQuerySet":
        """Return those of these things, which are all of one kind and one at least."""
        tipo = ContentType.objects.get_for_model(oggetti[0])
        return self.filter(tipo=tipo, oggetto_id__in=[str(oggetto.pk) for oggetto in oggetti])

    def per(self, oggetto: models.Model, **campi) -> models.Model:
        """Return a new one of this thing."""
        return self.create(tipo=ContentType.objects.get_for_model(oggetto), oggetto_id=str(oggetto.pk), **campi)


class DiUnOggetto(models.Model):
    """It is about a thing of any kind; who may read it, that thing's own feature says."""

    tipo = models.ForeignKey(ContentType, on_delete=models.PROTECT, related_name="+")
    oggetto_id = models.CharField(max_length=40)
    oggetto = GenericForeignKey("tipo", "oggetto_id")

    objects = DiUnOggettoQuerySet.as_manager()

    class Meta:
        abstract = True


class Atto(DiUnOggetto):
    """The act by which somebody decided: who adopted it, its number and day, its file. Only ever inserted."""

    organo = models.CharField("adottato da", max_length=160)
    numero = models.CharField("numero", max_length=40, blank=True)
    data = models.DateField("data")
    file = models.FileField("file", upload_to="atti/%Y/%m", blank=True)
    registrato_da = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    registrato_il = models.DateTimeField("registrato il", auto_now_add=True)

    class Meta:
        verbose_name = "atto"
        verbose_name_plural = "atti"
        ordering = ["registrato_il", "pk"]
        indexes = [models.Index(fields=["tipo", "oggetto_id"])]
        triggers = [pgtrigger.Protect(name="atto_non_si_tocca", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        numero = f", n. {self.numero}" if self.numero else ""
        return f"{self.organo}{numero} del {self.data:%d/%m/%Y}"


@traccia()
class Termine(DiUnOggetto):
    """A clock of days: when it began, how long it is, when it stood still (once). How it counts: `atti.termini`."""

    nome = models.CharField("di che cosa", max_length=40)
    dal = models.DateField("dal")
    giorni = models.PositiveSmallIntegerField("giorni")
    sospeso_dal = models.DateField("sospeso dal", null=True, blank=True)
    sospeso_al = models.DateField("sospeso al", null=True, blank=True)
    chiuso_il = models.DateField("chiuso il", null=True, blank=True)

    class Meta:
        verbose_name = "termine"
        verbose_name_plural = "termini"
        ordering = ["dal", "pk"]
        indexes = [models.Index(fields=["tipo", "oggetto_id"])]
        constraints = [
            models.CheckConstraint(name="termine_ha_dei_giorni", condition=Q(giorni__gt=0)),
            models.CheckConstraint(
                name="termine_sospeso_in_ordine",
                condition=(Q(sospeso_dal=None) | Q(sospeso_dal__gte=F("dal")))
                & (Q(sospeso_al=None) | Q(sospeso_dal__isnull=False, sospeso_al__gte=F("sospeso_dal"))),
            ),
            models.UniqueConstraint(
                fields=["tipo", "oggetto_id", "nome"], condition=Q(chiuso_il=None), name="termine_uno_aperto_per_nome"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.nome}: {self.giorni} giorni dal {self.dal:%d/%m/%Y}"


class Lettera(DiUnOggetto):
    """A letter as it left: numbered without gaps by who writes it, each year anew. Its mail is kept beside it.

    Only ever inserted: what was written is read alike for ever, on its page and as PDF.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    registro = models.CharField("registro", max_length=40)
    anno = models.PositiveSmallIntegerField("anno")
    numero = models.PositiveIntegerField("numero")
    mittente = models.CharField("da", max_length=250)
    destinatario = models.CharField("a", max_length=250)
    titolo = models.CharField("oggetto", max_length=250)
    testo = models.TextField("testo")
    scritta_da = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    scritta_il = models.DateTimeField("scritta il")
    messaggio = models.OneToOneField(Messaggio, verbose_name="e-mail", on_delete=models.PROTECT, related_name="lettera")

    class Meta:
        verbose_name = "lettera"
        verbose_name_plural = "lettere"
        ordering = ["scritta_il", "pk"]
        indexes = [models.Index(fields=["tipo", "oggetto_id"])]
        constraints = [models.UniqueConstraint(fields=["registro", "anno", "numero"], name="lettera_una_per_numero")]
        triggers = [pgtrigger.Protect(name="lettera_non_si_tocca", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"Lettera n. {self.numero}/{self.anno}"
