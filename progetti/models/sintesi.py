import uuid

from django.db import models
from django.db.models import Q

from alleanze.models import Ente
from conciliazione.storia import traccia

from .progetti import Progetto


@traccia(exclude=["modificata_il"])
class SchedaSintetica(models.Model):
    """One page about a project for who has to know of it: taken from the scheda, with a few fields of its own.

    Without a project it tells of one that another body funds. What is blank here is taken from the project.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    progetto = models.OneToOneField(
        Progetto, verbose_name="progetto", on_delete=models.CASCADE, null=True, blank=True, related_name="sintesi"
    )
    ente = models.ForeignKey(Ente, verbose_name="a cura di", on_delete=models.PROTECT, related_name="schede_sintetiche")
    nome = models.CharField("nome progetto", max_length=300, blank=True)
    risposte = models.JSONField(default=dict)
    referenti = models.JSONField(default=list)
    """Whom the public may call: {nominativo, telefono, email}, chosen one by one."""
    pubblica = models.BooleanField("visibile a tutti", default=False)
    creata_il = models.DateTimeField(auto_now_add=True)
    modificata_il = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = "scheda sintetica"
        verbose_name_plural = "schede sintetiche"
        ordering = ["nome", "pk"]
        constraints = [
            models.CheckConstraint(
                name="scheda_sintetica_ha_un_nome",
                condition=Q(progetto__isnull=False) | ~Q(nome=""),
                violation_error_message="Senza un progetto del portale serve il nome.",
            )
        ]

    def __str__(self) -> str:
        return self.nome or str(self.progetto or "Scheda sintetica")
