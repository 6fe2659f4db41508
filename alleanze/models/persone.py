from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from conciliazione.italiano import codici
from conciliazione.storia import traccia

from .controlli import controlla
from .enti import Ente


@traccia()
class Persona(models.Model):
    """A natural person who holds a carica; may or may not have an account."""

    nome = models.CharField("nome", max_length=80)
    cognome = models.CharField("cognome", max_length=80)
    codice_fiscale = models.CharField("codice fiscale", max_length=16, blank=True)
    nato_il = models.DateField("nato/a il", null=True, blank=True)
    nato_a = models.CharField("città di nascita", max_length=100, blank=True)
    nato_provincia = models.CharField("provincia di nascita", max_length=2, blank=True)
    indirizzo = models.CharField("indirizzo di residenza", max_length=200, blank=True)
    cap = models.CharField("C.A.P.", max_length=5, blank=True)
    citta = models.CharField("città di residenza", max_length=100, blank=True)
    provincia = models.CharField("provincia di residenza", max_length=2, blank=True)
    telefono = models.CharField("telefono", max_length=40, blank=True)
    fax = models.CharField("fax", max_length=40, blank=True)
    email = models.EmailField("e-mail", blank=True)
    utente = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        verbose_name="account",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="persona",
    )

    class Meta:
        verbose_name = "persona"
        verbose_name_plural = "persone"
        ordering = ["cognome", "nome", "pk"]

    def __str__(self) -> str:
        return f"{self.nome} {self.cognome}"

    def clean(self) -> None:
        controlla(
            self,
            codice_fiscale=_di_persona,
            nato_provincia=codici.controlla_provincia,
            cap=codici.controlla_cap,
            provincia=codici.controlla_provincia,
            telefono=codici.controlla_telefono,
            fax=codici.controlla_telefono,
        )


def _di_persona(codice: str) -> codici.Lettura:
    lettura = codici.controlla_codice_fiscale(codice)
    if lettura.valore and len(lettura.valore) != 16:
        return codici.Lettura(None, "È il codice fiscale di un ente: quello di una persona ha 16 caratteri.")
    return lettura


class CaricaQuerySet(models.QuerySet):
    def che_rappresentano(self) -> "CaricaQuerySet":
        """Legal representatives and delegates in office today; dates that nobody wrote do not limit."""
        oggi = timezone.localdate()
        iniziate = Q(dal=None) | Q(dal__lte=oggi)
        return self.filter(iniziate, Q(al=None) | Q(al__gte=oggi), tipo__in=RAPPRESENTANO)


@traccia()
class Carica(models.Model):
    """Who represents an ente, from when to when and by which act."""

    class Tipo(models.TextChoices):
        LEGALE_RAPPRESENTANTE = "lr", "legale rappresentante"
        DELEGATO = "delegato", "delegato"
        REFERENTE = "referente", "referente"
        DIRIGENTE = "dirigente", "dirigente"

    ente = models.ForeignKey(Ente, verbose_name="ente", on_delete=models.CASCADE, related_name="cariche")
    persona = models.ForeignKey(Persona, verbose_name="persona", on_delete=models.PROTECT, related_name="cariche")
    tipo = models.CharField("carica", max_length=10, choices=Tipo)
    settore_ufficio = models.CharField("settore o ufficio", max_length=120, blank=True)
    dal = models.DateField("dal", null=True, blank=True)
    al = models.DateField("al", null=True, blank=True)
    atto = models.CharField("atto", max_length=200, blank=True)

    objects = CaricaQuerySet.as_manager()

    class Meta:
        verbose_name = "carica"
        verbose_name_plural = "cariche"
        ordering = ["ente", "tipo", "pk"]
        constraints = [
            models.CheckConstraint(
                name="carica_date_in_ordine",
                condition=Q(dal=None) | Q(al=None) | Q(al__gte=models.F("dal")),
                violation_error_message="La carica finisce prima di cominciare: controlla le due date.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.persona}, {self.get_tipo_display()} di {self.ente}"

    @property
    def in_corso(self) -> bool:
        oggi = timezone.localdate()
        return (self.dal is None or self.dal <= oggi) and not self.passata

    @property
    def passata(self) -> bool:
        return self.al is not None and self.al < timezone.localdate()


RAPPRESENTANO = (Carica.Tipo.LEGALE_RAPPRESENTANTE, Carica.Tipo.DELEGATO)
"""Who signs for the ente and, with an account, does what a responsabile does."""
