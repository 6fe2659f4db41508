from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models


class PassaggioQuerySet(models.QuerySet):
    def di(self, oggetto: models.Model) -> "PassaggioQuerySet":
        """Return what happened to it, in order, with who did it."""
        tipo = ContentType.objects.get_for_model(oggetto)
        return self.filter(tipo=tipo, oggetto_id=str(oggetto.pk)).select_related("utente")

    def annota(self, oggetto: models.Model, azione: str, utente, *, da: str, a: str, motivo: str = "") -> "Passaggio":
        """Write that it passed from one state to another; who is not logged in (or a machine) is nobody."""
        chi = utente if utente is not None and utente.is_authenticated else None
        dove = {"tipo": ContentType.objects.get_for_model(oggetto), "oggetto_id": str(oggetto.pk)}
        return self.create(**dove, azione=azione, da=da, a=a, utente=chi, motivo=motivo)


class Passaggio(models.Model):
    """A change of state of anything that has states: from, to, who, when, why. Written only by `transizioni`."""

    tipo = models.ForeignKey(ContentType, on_delete=models.PROTECT)
    oggetto_id = models.CharField(max_length=40)
    oggetto = GenericForeignKey("tipo", "oggetto_id")
    azione = models.CharField("azione", max_length=60)
    da = models.CharField("dallo stato", max_length=40, blank=True)
    a = models.CharField("allo stato", max_length=40)
    utente = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True)
    motivo = models.TextField("motivo", blank=True)
    il = models.DateTimeField("il", auto_now_add=True)

    objects = PassaggioQuerySet.as_manager()

    class Meta:
        verbose_name = "passaggio"
        verbose_name_plural = "passaggi"
        ordering = ["il", "pk"]
        indexes = [models.Index(fields=["tipo", "oggetto_id"])]

    def __str__(self) -> str:
        return f"{self.azione}: {self.da} → {self.a}"
