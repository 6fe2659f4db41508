import uuid

from django.db import models
from django.db.models import Q, Value
from django.db.models.functions import Coalesce, NullIf

from alleanze.models import Ente
from conciliazione.italiano.parole import per_nome
from conciliazione.storia import traccia

from ..stati import APPROVATI
from .progetti import Progetto


class SchedaSinteticaQuerySet(models.QuerySet):
    def pubbliche(self) -> "SchedaSinteticaQuerySet":
        """Return what anyone reads: made public, of an approved project or of one that is not ours to approve."""
        return self.filter(Q(progetto=None) | Q(progetto__stato__in=APPROVATI), pubblica=True)

    def visibili_a(self, utente) -> "SchedaSinteticaQuerySet":
        """Return those of one's own enti, those of the projects that one sees, and the public ones."""
        proprie = Q(ente__in=Ente.objects.di(utente)) | Q(progetto__in=Progetto.objects.visibili_a(utente))
        return self.filter(proprie | Q(pk__in=self.model.objects.pubbliche().values("pk")))

    def per_elenco(self) -> "SchedaSinteticaQuerySet":
        di_chi = ("ente", "progetto__avviso__ats", "progetto__alleanza__ats", "progetto__capofila")
        chiamata = Coalesce(NullIf("nome", Value("")), "progetto__titolo", Value(""))
        return self.select_related(*di_chi).annotate(chiamata=chiamata).order_by(per_nome("chiamata"), "pk")


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

    objects = SchedaSinteticaQuerySet.as_manager()

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

    @property
    def detta(self) -> dict:
        """What a person changes of it."""
        return {"nome": self.nome, "risposte": self.risposte, "referenti": self.referenti, "pubblica": self.pubblica}
