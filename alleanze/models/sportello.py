import uuid

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q

from conciliazione.storia import traccia

from ..stati import APERTI, Domande
from .alleanze import Alleanza
from .enti import Ente


class SportelloQuerySet(models.QuerySet):
    def visibili_a(self, utente) -> "SportelloQuerySet":
        """Return the sportelli of one's own alleanze and, for anybody with an account, of the public ones."""
        if not utente.is_authenticated:
            return self.none()
        return self.filter(Q(alleanza__pubblica=True) | Q(alleanza__in=Alleanza.objects.visibili_a(utente)))

    def tenuti_da(self, utente) -> "SportelloQuerySet":
        """Return the sportelli at which the person answers, or sees to it that somebody does: the capofila's people."""
        return self.filter(alleanza__capofila__in=Ente.objects.di(utente, "esperto", "responsabile", "operatore"))


@traccia()
class Sportello(models.Model):
    """The sportello on-line of an alleanza: within how many hours it answers, and which hours count."""

    class Orologio(models.TextChoices):
        SOLARI = "solari", "ore solari (tutti i giorni)"
        LAVORATIVE = "lavorative", "ore dei giorni lavorativi (da lunedì a venerdì, festivi esclusi)"

    alleanza = models.OneToOneField(Alleanza, on_delete=models.CASCADE, related_name="sportello")
    attivo = models.BooleanField("aperto alle domande", default=True)
    ore = models.PositiveSmallIntegerField("risponde entro (ore)", default=48, validators=[MinValueValidator(1)])
    orologio = models.CharField("come si contano", max_length=10, choices=Orologio, default=Orologio.SOLARI)
    preavviso_ore = models.PositiveSmallIntegerField("avvisa i responsabili (ore prima)", default=8)

    objects = SportelloQuerySet.as_manager()

    class Meta:
        verbose_name = "sportello"
        verbose_name_plural = "sportelli"

    def __str__(self) -> str:
        return f"Sportello di {self.alleanza}"


class QuesitoQuerySet(models.QuerySet):
    def visibili_a(self, utente) -> "QuesitoQuerySet":
        """Return the questions that the person asked, or answers for the ente of the sportello while the incarico lasts."""
        if not utente.is_authenticated:
            return self.none()
        return self.filter(Q(chiesto_da=utente) | Q(sportello__in=Sportello.objects.tenuti_da(utente)))

    def aperti(self) -> "QuesitoQuerySet":
        """Return the questions whose clock runs."""
        return self.filter(stato__in=APERTI)

    def pubblicati(self) -> "QuesitoQuerySet":
        """Return the searchable FAQ: answered, and published by who answers, with no name in it."""
        return self.filter(stato=Domande.RISPOSTO, sportello__alleanza__pubblica=True, pubblicato_il__isnull=False)


@traccia(exclude=["ricerca"])
class Quesito(models.Model):
    """A question at the sportello and its answer. `entro` is the instant by which the sportello promised to answer.

    What the public reads is `faq_domanda` and `faq_risposta`, written for it: never the question of the person.
    """

    class Argomento(models.TextChoices):
        CONGEDI = "congedi", "congedi e permessi"
        CONTRATTI = "contratti", "contratti e orari di lavoro"
        SMART = "smart", "lavoro agile"
        SERVIZI = "servizi", "servizi di cura e per l'infanzia"
        VOUCHER = "voucher", "voucher e contributi"
        WELFARE = "welfare", "welfare aziendale"
        ALTRO = "altro", "altro"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    sportello = models.ForeignKey(Sportello, on_delete=models.PROTECT, related_name="quesiti")
    argomento = models.CharField("argomento", max_length=10, choices=Argomento)
    titolo = models.CharField("in breve", max_length=150)
    testo = models.TextField("domanda", max_length=4000)
    stato = models.CharField("stato", max_length=10, choices=Domande, default=Domande.APERTO)
    chiesto_da = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="quesiti")
    chiesto_il = models.DateTimeField("chiesto il")
    entro = models.DateTimeField("risposta entro")
    esperto = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="esperto",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="quesiti_assegnati",
    )
    assegnato_il = models.DateTimeField(null=True, blank=True)
    segnalato_il = models.DateTimeField("segnalato ai responsabili il", null=True, blank=True)
    """When the clock was about to run out and the responsabili were told."""
    risposta = models.TextField("risposta", blank=True)
    risposto_da = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    risposto_il = models.DateTimeField("risposto il", null=True, blank=True)
    pubblicabile = models.BooleanField("può diventare una domanda frequente, senza nomi", default=False)
    """Said by who asks."""
    faq_domanda = models.TextField("domanda pubblicata", blank=True)
    faq_risposta = models.TextField("risposta pubblicata", blank=True)
    pubblicato_il = models.DateTimeField("pubblicato il", null=True, blank=True)
    ricerca = models.GeneratedField(
        expression=SearchVector("faq_domanda", weight="A", config="italian")
        + SearchVector("faq_risposta", weight="B", config="italian"),
        output_field=SearchVectorField(),
        db_persist=True,
    )
    segue = models.ForeignKey(
        "self", verbose_name="seguito di", on_delete=models.PROTECT, null=True, blank=True, related_name="seguiti"
    )

    objects = QuesitoQuerySet.as_manager()

    class Meta:
        verbose_name = "quesito"
        verbose_name_plural = "quesiti"
        ordering = ["entro", "pk"]
        indexes = [GinIndex(fields=["ricerca"], name="quesito_ricerca"), models.Index(fields=["stato", "entro"])]
        constraints = [
            models.CheckConstraint(
                name="quesito_risposto_ha_la_risposta",
                condition=~Q(stato="risposto") | (~Q(risposta="") & Q(risposto_il__isnull=False)),
            ),
            models.CheckConstraint(
                name="quesito_pubblicato_col_consenso",
                condition=Q(pubblicato_il=None) | (Q(pubblicabile=True) & ~Q(faq_domanda="") & ~Q(faq_risposta="")),
            ),
        ]

    def __str__(self) -> str:
        return self.titolo


class CorrezioneRisposta(models.Model):
    """An answer was given by mistake, and other words took its place: those of before, and why. Never changed after.

    What was answered, by whom and when stays on the question: the promise was kept, or not, with the first answer.
    """

    quesito = models.ForeignKey(Quesito, on_delete=models.CASCADE, related_name="correzioni")
    prima = models.TextField("risposta di prima")
    motivo = models.TextField("perché è corretta")
    da = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name="corretta da", on_delete=models.PROTECT, related_name="+")
    il = models.DateTimeField("corretta il")

    class Meta:
        verbose_name = "correzione di una risposta"
        verbose_name_plural = "correzioni di risposte"
        ordering = ["il", "pk"]
        constraints = [
            models.CheckConstraint(name="correzione_risposta_dice_prima_e_perche", condition=~Q(prima="") & ~Q(motivo=""))
        ]

    def __str__(self) -> str:
        return f"{self.quesito}: {self.il:%d/%m/%Y}"
