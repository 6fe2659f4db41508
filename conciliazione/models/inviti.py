import uuid
from datetime import timedelta

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils import timezone


class InvitoQuerySet(models.QuerySet):
    def validi(self) -> "InvitoQuerySet":
        return self.filter(usato_il=None, revocato_il=None, scade_il__gt=timezone.now())

    def in_attesa_da(self, tipo: type[models.Model], giorni: int) -> "InvitoQuerySet":
        """Return the open ones of a kind that nobody took in so many days, with what they are about."""
        vecchi = self.validi().filter(mandato_il__lt=timezone.now() - timedelta(days=giorni))
        return vecchi.filter(tipo=ContentType.objects.get_for_model(tipo)).prefetch_related("oggetto")

    def su(self, oggetto: models.Model) -> "InvitoQuerySet":
        return self.filter(tipo=ContentType.objects.get_for_model(oggetto), oggetto_id=str(oggetto.pk))


class Invito(models.Model):
    """A personal link that lets one person in, once, until a day: to act for an ente, or for a soggetto of one project.

    The key of the link is in the mail only: here is its sha256, so that who reads the database cannot use it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    tipo = models.ForeignKey(ContentType, on_delete=models.PROTECT)
    oggetto_id = models.CharField(max_length=40)
    oggetto = GenericForeignKey("tipo", "oggetto_id")
    ruolo = models.CharField("ruolo", max_length=12)
    """In the words of `Appartenenza.Ruolo`."""
    email = models.EmailField("indirizzo e-mail")
    nome = models.CharField("nome", max_length=80, blank=True)
    cognome = models.CharField("cognome", max_length=80, blank=True)
    impronta = models.CharField(max_length=64, unique=True)
    mandato_da = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="inviti_mandati")
    mandato_il = models.DateTimeField("mandato il", default=timezone.now)
    scade_il = models.DateTimeField("scade il")
    usato_il = models.DateTimeField("usato il", null=True, blank=True)
    usato_da = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="inviti_usati"
    )
    revocato_il = models.DateTimeField("revocato il", null=True, blank=True)

    objects = InvitoQuerySet.as_manager()

    class Meta:
        verbose_name = "invito"
        verbose_name_plural = "inviti"
        ordering = ["-mandato_il", "pk"]
        indexes = [models.Index(fields=["tipo", "oggetto_id"])]
        constraints = [
            models.CheckConstraint(
                name="invito_usato_da_qualcuno",
                condition=models.Q(usato_il=None, usato_da=None) | models.Q(usato_il__isnull=False, usato_da__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"invito a {self.email}"
