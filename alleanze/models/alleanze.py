import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone

from conciliazione.italiano.parole import per_nome
from conciliazione.storia import traccia

from .enti import Ente
from .periodi import in_corso


class AlleanzaQuerySet(models.QuerySet):
    def visibili_a(self, utente) -> "AlleanzaQuerySet":
        """Return the alleanze of one's own enti (capofila or member) and of one's own ATS; all of them for the Regione."""
        enti = Ente.objects.di(utente)
        return self.filter(
            Q(capofila__in=enti)
            | Q(pk__in=Adesione.objects.filter(Adesione.in_corso(), ente__in=enti).values("alleanza"))
            | Q(ats__in=enti)
            | Q(pk__isnull=not enti.filter(genere=Ente.Genere.REGIONE).exists())
        )

    def pubbliche(self) -> "AlleanzaQuerySet":
        """Return what anyone reads without an account."""
        return self.filter(pubblica=True)

    def per_elenco(self) -> "AlleanzaQuerySet":
        return (
            self.select_related("capofila", "ats")
            .annotate(numero_aderenti=models.Count("adesioni", filter=Adesione.in_corso("adesioni__"), distinct=True))
            .order_by(per_nome("nome"), "pk")
        )


@traccia()
class Alleanza(models.Model):
    """An alleanza locale di conciliazione: an open group of enti of one territory, with a capofila."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    nome = models.CharField("nome", max_length=200, unique=True)
    territorio = models.CharField("territorio", max_length=200, blank=True)
    ats = models.ForeignKey(
        Ente,
        verbose_name="ATS",
        on_delete=models.PROTECT,
        related_name="alleanze_del_territorio",
        limit_choices_to={"genere": Ente.Genere.ATS},
    )
    capofila = models.ForeignKey(Ente, verbose_name="capofila", on_delete=models.PROTECT, related_name="alleanze_guidate")
    costituita_il = models.DateField("costituita il", null=True, blank=True)
    comuni = ArrayField(models.CharField(max_length=100), verbose_name="comuni", default=list, blank=True)
    presentazione = models.TextField("che cos'è e che cosa fa", blank=True)
    come_aderire = models.TextField("come si aderisce", blank=True)
    email = models.EmailField("e-mail per il pubblico", blank=True)
    telefono = models.CharField("telefono per il pubblico", max_length=40, blank=True)
    pubblica = models.BooleanField("visibile a tutti", default=False)

    objects = AlleanzaQuerySet.as_manager()

    class Meta:
        verbose_name = "alleanza"
        verbose_name_plural = "alleanze"
        ordering = ["nome"]

    def __str__(self) -> str:
        return self.nome


@traccia()
class Adesione(models.Model):
    """An ente belongs to an alleanza, in a role and for a time."""

    class Ruolo(models.TextChoices):
        CAPOFILA = "capofila", "capofila"
        EFFETTIVO = "effettivo", "partner effettivo"
        ADERENTE = "aderente", "aderente con lettera"
        SOSTENITORE = "sostenitore", "sostenitore"

    alleanza = models.ForeignKey(Alleanza, verbose_name="alleanza", on_delete=models.CASCADE, related_name="adesioni")
    ente = models.ForeignKey(Ente, verbose_name="ente", on_delete=models.PROTECT, related_name="adesioni")
    ruolo = models.CharField("ruolo", max_length=12, choices=Ruolo, default=Ruolo.EFFETTIVO)
    dal = models.DateField("dal", default=timezone.localdate)
    al = models.DateField("al", null=True, blank=True)
    recesso_motivo = models.CharField("motivo del recesso", max_length=300, blank=True)

    class Meta:
        verbose_name = "adesione"
        verbose_name_plural = "adesioni"
        ordering = ["alleanza", "pk"]
        constraints = [
            # Who left may come back: it is another adesione.
            models.UniqueConstraint(fields=["alleanza", "ente"], condition=Q(al=None), name="adesione_una_per_ente"),
            models.CheckConstraint(
                name="adesione_date_in_ordine",
                condition=Q(al=None) | Q(al__gte=models.F("dal")),
                violation_error_message="L'adesione finisce prima di cominciare: controlla le due date.",
            ),
            models.UniqueConstraint(
                fields=["alleanza"],
                condition=Q(ruolo="capofila", al=None),
                name="adesione_un_solo_capofila",
                violation_error_message="Un'alleanza ha un solo capofila.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ente} in {self.alleanza}"

    in_corso = staticmethod(in_corso)
