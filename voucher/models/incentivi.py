import uuid

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from alleanze.models import Ente
from conciliazione.storia import traccia
from progetti.models import Azione, Progetto

from ..incentivi.stati import Incentivo


class MisuraQuerySet(models.QuerySet):
    def visibili_a(self, utente) -> "MisuraQuerySet":
        """Published ones to whoever logs in, those being written to the capofila that writes them."""
        return self.filter(Q(pubblicata=True) | Q(progetto__capofila__in=Ente.objects.di(utente)))


@traccia()
class MisuraIncentivo(models.Model):
    """What a project gives to firms that try a family-friendly or welfare measure, and on which conditions (documento 004).

    Euro. Paid at the end of the experiment; never above `dotazione`, nor the cost of the action it belongs to.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    progetto = models.ForeignKey(Progetto, verbose_name="progetto", on_delete=models.PROTECT, related_name="misure")
    azione = models.ForeignKey(
        Azione, verbose_name="azione", on_delete=models.PROTECT, null=True, blank=True, related_name="misure"
    )
    titolo = models.CharField("misura", max_length=200)
    condizioni = models.TextField("condizioni")
    atto = models.CharField("atto", max_length=200, blank=True)
    dotazione = models.DecimalField("dotazione", max_digits=12, decimal_places=2, validators=[MinValueValidator(0)])
    massimo_per_impresa = models.DecimalField(
        "massimo per impresa", max_digits=12, decimal_places=2, null=True, blank=True, validators=[MinValueValidator(0)]
    )
    percentuale = models.DecimalField(
        "percentuale della spesa",
        max_digits=5,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(100)],
    )
    de_minimis = models.BooleanField("aiuto de minimis", default=True)
    de_minimis_massimo = models.DecimalField(
        "massimale de minimis in tre anni", max_digits=12, decimal_places=2, default=300000, validators=[MinValueValidator(0)]
    )
    """Reg. (UE) 2023/2831, art. 3: 300.000 euro in three years to one impresa unica."""
    apre_il = models.DateTimeField("apre il", null=True, blank=True)
    chiude_il = models.DateTimeField("chiude il", null=True, blank=True)
    pubblicata = models.BooleanField("pubblicata", default=False)

    objects = MisuraQuerySet.as_manager()

    class Meta:
        verbose_name = "misura di incentivo"
        verbose_name_plural = "misure di incentivo"
        ordering = ["progetto", "titolo", "pk"]
        constraints = [
            models.CheckConstraint(
                name="misura_date_in_ordine",
                condition=Q(apre_il=None) | Q(chiude_il=None) | Q(chiude_il__gt=F("apre_il")),
                violation_error_message="La misura chiude prima di aprire: controlla le due date.",
            )
        ]

    def __str__(self) -> str:
        return self.titolo


class RichiestaIncentivoQuerySet(models.QuerySet):
    def visibili_a(self, utente) -> "RichiestaIncentivoQuerySet":
        """Return the requests shown to the firm; once begun, to the capofila of the project.

        The ATS and the Regione see the totals only.
        """
        enti = Ente.objects.di(utente)
        return self.filter(Q(ente__in=enti) | (Q(misura__progetto__capofila__in=enti) & ~Q(stato=Incentivo.BOZZA)))


@traccia()
class RichiestaIncentivo(models.Model):
    """A firm tries a measure and, at the end, asks for its incentive: declarations, decision, amount. Euro."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    misura = models.ForeignKey(MisuraIncentivo, on_delete=models.PROTECT, related_name="richieste")
    ente = models.ForeignKey(Ente, verbose_name="impresa", on_delete=models.PROTECT, related_name="richieste_di_incentivo")
    stato = models.CharField("stato", max_length=12, choices=Incentivo, default=Incentivo.BOZZA)
    descrizione = models.TextField("che cosa si sperimenta")
    inizio = models.DateField("inizio della sperimentazione", null=True, blank=True)
    fine = models.DateField("fine della sperimentazione", null=True, blank=True)
    risultati = models.TextField("che cosa è cambiato", blank=True)
    spesa = models.DecimalField(
        "spesa sostenuta", max_digits=12, decimal_places=2, null=True, blank=True, validators=[MinValueValidator(0)]
    )
    richiesto = models.DecimalField(
        "incentivo richiesto", max_digits=12, decimal_places=2, null=True, blank=True, validators=[MinValueValidator(0)]
    )
    impresa_unica = models.TextField("imprese che formano con lei un'impresa unica", blank=True)
    dichiarata_il = models.DateTimeField("dichiarazione de minimis resa il", null=True, blank=True)
    dichiarata_da = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    presentata_il = models.DateTimeField("presentata il", null=True, blank=True)
    concesso = models.DecimalField(
        "incentivo concesso", max_digits=12, decimal_places=2, null=True, blank=True, validators=[MinValueValidator(0)]
    )
    atto = models.CharField("atto di concessione", max_length=200, blank=True)
    codice_rna = models.CharField("codice RNA (COR)", max_length=20, blank=True)
    """Given by the Registro nazionale degli aiuti (D.M. 115/2017) when the aid is registered."""
    motivo = models.TextField("motivo", blank=True)
    decisa_il = models.DateTimeField("decisa il", null=True, blank=True)
    decisa_da = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    aperta_da = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    aperta_il = models.DateTimeField(auto_now_add=True)

    objects = RichiestaIncentivoQuerySet.as_manager()

    class Meta:
        verbose_name = "richiesta di incentivo"
        verbose_name_plural = "richieste di incentivo"
        ordering = ["-aperta_il", "pk"]
        constraints = [
            models.CheckConstraint(
                name="incentivo_concesso_ha_importo_e_atto",
                condition=~Q(stato="concessa") | (Q(concesso__isnull=False) & ~Q(atto="")),
            ),
            models.CheckConstraint(name="incentivo_respinto_ha_un_motivo", condition=~Q(stato="respinta") | ~Q(motivo="")),
            models.CheckConstraint(
                name="incentivo_date_in_ordine",
                condition=Q(inizio=None) | Q(fine=None) | Q(fine__gte=F("inizio")),
                violation_error_message="La sperimentazione finisce prima di cominciare: controlla le due date.",
            ),
            models.UniqueConstraint(
                fields=["misura", "ente"],
                condition=~Q(stato__in=["respinta", "ritirata"]),
                name="incentivo_una_richiesta_per_impresa",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ente}: {self.misura}"


@traccia()
class AiutoDeMinimis(models.Model):
    """An aid that the firm, or its impresa unica, declares to have had in the three years before. Euro."""

    richiesta = models.ForeignKey(RichiestaIncentivo, on_delete=models.CASCADE, related_name="aiuti")
    concesso_il = models.DateField("concesso il")
    da = models.CharField("concesso da", max_length=200)
    norma = models.CharField("norma o regolamento", max_length=200, blank=True)
    importo = models.DecimalField("importo", max_digits=12, decimal_places=2, validators=[MinValueValidator(0)])

    class Meta:
        verbose_name = "aiuto de minimis"
        verbose_name_plural = "aiuti de minimis"
        ordering = ["richiesta", "concesso_il", "pk"]

    def __str__(self) -> str:
        return f"{self.da}, {self.concesso_il:%d/%m/%Y}"
