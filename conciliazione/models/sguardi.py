from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models


class Sguardo(models.Model):
    """Somebody looked at something whose looks are kept: what, who, when, which page. Written after the page is made."""

    tipo = models.ForeignKey(ContentType, on_delete=models.PROTECT)
    oggetto_id = models.CharField(max_length=40)
    oggetto = GenericForeignKey("tipo", "oggetto_id")
    utente = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="sguardi")
    pagina = models.CharField("pagina", max_length=300)
    il = models.DateTimeField("il", auto_now_add=True)

    class Meta:
        verbose_name = "sguardo"
        verbose_name_plural = "sguardi"
        ordering = ["-il", "-pk"]
        indexes = [models.Index(fields=["tipo", "oggetto_id"])]

    def __str__(self) -> str:
        return f"{self.utente}: {self.pagina}"
