import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone

from conciliazione.storia import traccia

from .alleanze import Alleanza
from .enti import Ente
from .periodi import in_corso


class AccordoQuerySet(models.QuerySet):
    def visibili_a(self, utente) -> "AccordoQuerySet":
        """Return the agreements that its parties, its keeper, the members and the ATS of its alleanza, and the Regione read."""
        enti = Ente.objects.di(utente)
        return self.filter(
            Q(custode__in=enti)
            | Q(pk__in=ParteAccordo.objects.filter(ente__in=enti).values("accordo"))
            | Q(alleanza__in=Alleanza.objects.visibili_a(utente))
        )

    def finiti(self) -> "AccordoQuerySet":
        """Over: the day until which they held is past."""
        return self.filter(al__lt=timezone.localdate())

    def non_finiti(self) -> "AccordoQuerySet":
        return self.filter(Q(al=None) | Q(al__gte=timezone.localdate()))


@traccia()
class Accordo(models.Model):
    """What enti agreed in writing: who, from when to when, the signed file (the last revision of its document)."""

    class Genere(models.TextChoices):
        ALLEANZA = "alleanza", "accordo di alleanza"
        RETE = "rete", "accordo di rete"
        CONVENZIONE = "convenzione", "convenzione"
        SECONDO_LIVELLO = "secondo_livello", "accordo di secondo livello"
        PROTOCOLLO = "protocollo", "protocollo d'intesa"
        MANDATO = "mandato", "mandato"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    genere = models.CharField("tipo", max_length=16, choices=Genere)
    titolo = models.CharField("oggetto", max_length=250)
    alleanza = models.ForeignKey(
        Alleanza, verbose_name="alleanza", on_delete=models.PROTECT, null=True, blank=True, related_name="accordi"
    )
    custode = models.ForeignKey(Ente, verbose_name="tenuto da", on_delete=models.PROTECT, related_name="accordi_tenuti")
    stipulato_il = models.DateField("stipulato il", null=True, blank=True)
    dal = models.DateField("vale dal", null=True, blank=True)
    al = models.DateField("fino al", null=True, blank=True)
    repertorio = models.CharField("numero di repertorio o protocollo", max_length=80, blank=True)
    note = models.TextField("note", blank=True)

    objects = AccordoQuerySet.as_manager()

    class Meta:
        verbose_name = "accordo"
        verbose_name_plural = "accordi"
        ordering = ["-stipulato_il", "titolo", "pk"]
        constraints = [
            models.CheckConstraint(
                name="accordo_date_in_ordine",
                condition=Q(dal=None) | Q(al=None) | Q(al__gte=models.F("dal")),
                violation_error_message="L'accordo finisce prima di cominciare: controlla le due date.",
            )
        ]

    def __str__(self) -> str:
        return self.titolo

    @property
    def finito(self) -> bool:
        return self.al is not None and self.al < timezone.localdate()


@traccia()
class ParteAccordo(models.Model):
    """One of the parties; a party that is in no register (a provider) has a name only."""

    accordo = models.ForeignKey(Accordo, on_delete=models.CASCADE, related_name="parti")
    ente = models.ForeignKey(
        Ente, verbose_name="ente", on_delete=models.PROTECT, null=True, blank=True, related_name="parti_di_accordi"
    )
    denominazione = models.CharField("denominazione", max_length=250, blank=True)
    qualita = models.CharField("in qualità di", max_length=120, blank=True)
    firmato_il = models.DateField("firmato il", null=True, blank=True)

    class Meta:
        verbose_name = "parte di un accordo"
        verbose_name_plural = "parti di un accordo"
        ordering = ["accordo", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["accordo", "ente"], name="parte_una_per_ente"),
            models.CheckConstraint(name="parte_ha_un_nome", condition=Q(ente__isnull=False) | ~Q(denominazione="")),
        ]

    def __str__(self) -> str:
        return self.nome

    @property
    def nome(self) -> str:
        return str(self.ente) if self.ente else self.denominazione


@traccia()
class Mandato(models.Model):
    """An ente acts for another (global service, documento 000): its people prepare for it, as operatori, while it lasts."""

    mandante = models.ForeignKey(Ente, verbose_name="mandante", on_delete=models.CASCADE, related_name="mandati_dati")
    mandatario = models.ForeignKey(Ente, verbose_name="mandatario", on_delete=models.CASCADE, related_name="mandati_avuti")
    dal = models.DateField("dal")
    al = models.DateField("al", null=True, blank=True)
    atto = models.CharField("atto", max_length=200)

    class Meta:
        verbose_name = "mandato"
        verbose_name_plural = "mandati"
        ordering = ["mandante", "-dal", "pk"]
        constraints = [
            models.CheckConstraint(name="mandato_fra_due_enti", condition=~Q(mandante=models.F("mandatario"))),
            models.CheckConstraint(
                name="mandato_date_in_ordine",
                condition=Q(al=None) | Q(al__gte=models.F("dal")),
                violation_error_message="Il mandato finisce prima di cominciare: controlla le due date.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.mandatario} per {self.mandante}"

    in_corso = staticmethod(in_corso)
