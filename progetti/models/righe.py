"""The rows that a scheda is made of. Their UUIDs travel: in content, in files, from one version to the next."""

import uuid

from django.db import models
from django.db.models import Q

from conciliazione.storia import traccia

from .progetti import Partecipazione, Progetto


class Riga(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    progetto = models.ForeignKey(Progetto, on_delete=models.CASCADE, related_name="%(class)s_righe")

    class Meta:
        abstract = True


@traccia()
class Azione(Riga):
    """An action of the project; general expenses are one too, outside the timetable."""

    class Genere(models.TextChoices):
        AZIONE = "azione", "azione"
        SPESE_GENERALI = "spese_generali", "spese generali"

    genere = models.CharField(max_length=16, choices=Genere, default=Genere.AZIONE)
    ordine = models.PositiveSmallIntegerField()
    codice = models.CharField("codice", max_length=12, blank=True)
    titolo = models.TextField("titolo", blank=True)
    titolo_breve = models.CharField("titolo breve", max_length=120, blank=True)
    padre = models.ForeignKey(
        "self", verbose_name="è parte di", on_delete=models.RESTRICT, null=True, blank=True, related_name="parti"
    )
    mesi = models.PositiveSmallIntegerField("mesi", null=True, blank=True)
    ore = models.PositiveIntegerField("ore di servizio", null=True, blank=True)
    accessi = models.PositiveIntegerField("accessi ai servizi", null=True, blank=True)

    class Meta:
        verbose_name = "azione"
        verbose_name_plural = "azioni"
        ordering = ["ordine", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["progetto"], condition=Q(genere="spese_generali"), name="azione_spese_generali_una_sola"
            )
        ]

    def __str__(self) -> str:
        return self.titolo


@traccia()
class Indicatore(Riga):
    """What tells whether an action succeeded, and the least that is promised of it. Never summed across actions."""

    ordine = models.PositiveSmallIntegerField(default=0)
    azione = models.ForeignKey(Azione, on_delete=models.CASCADE, related_name="indicatori")
    descrizione = models.TextField("indicatore", blank=True)
    minimo = models.PositiveIntegerField("valore minimo", null=True, blank=True)

    class Meta:
        verbose_name = "indicatore"
        verbose_name_plural = "indicatori"
        ordering = ["ordine", "pk"]

    def __str__(self) -> str:
        return self.descrizione


@traccia()
class Personale(Riga):
    """How many people of one role an action employs."""

    ordine = models.PositiveSmallIntegerField(default=0)
    azione = models.ForeignKey(Azione, on_delete=models.CASCADE, related_name="personale")
    ruolo = models.CharField("ruolo", max_length=250, blank=True)
    numero = models.PositiveIntegerField("numero", null=True, blank=True)

    class Meta:
        verbose_name = "personale impiegato"
        verbose_name_plural = "personale impiegato"
        ordering = ["ordine", "pk"]

    def __str__(self) -> str:
        return f"{self.numero or ''} {self.ruolo}".strip()


@traccia()
class Destinatari(Riga):
    """How many recipients of one kind an action has. The same people may be in several actions: never summed."""

    class Tipo(models.TextChoices):
        DIPENDENTI = "dipendenti", "dipendenti"
        TITOLARI = "titolari", "titolari d'impresa"
        NUCLEI = "nuclei", "nuclei famigliari di dipendenti"
        ALTRI = "altri", "altri"

    ordine = models.PositiveSmallIntegerField(default=0)
    azione = models.ForeignKey(Azione, on_delete=models.CASCADE, related_name="destinatari")
    tipo = models.CharField("tipologia", max_length=12, choices=Tipo, blank=True)
    numero = models.PositiveIntegerField("numero", null=True, blank=True)

    class Meta:
        verbose_name = "destinatari"
        verbose_name_plural = "destinatari"
        ordering = ["ordine", "pk"]

    def __str__(self) -> str:
        return f"{self.numero or ''} {self.get_tipo_display()}".strip()


@traccia()
class Fase(Riga):
    """A phase of the project and the actions that it carries out."""

    ordine = models.PositiveSmallIntegerField(default=0)
    titolo = models.CharField("fase", max_length=300, blank=True)
    mesi = models.PositiveSmallIntegerField("durata in mesi", null=True, blank=True)
    azioni = models.ManyToManyField(Azione, verbose_name="attività previste", blank=True, related_name="fasi")

    class Meta:
        verbose_name = "fase"
        verbose_name_plural = "fasi"
        ordering = ["ordine", "pk"]

    def __str__(self) -> str:
        return self.titolo


@traccia()
class Referente(Riga):
    """Whom to call about a soggetto of the project; a soggetto may have several."""

    ordine = models.PositiveSmallIntegerField(default=0)
    partecipazione = models.ForeignKey(Partecipazione, on_delete=models.CASCADE, related_name="referenti")
    nominativo = models.CharField("nome e cognome", max_length=250, blank=True)
    telefono = models.CharField("telefono", max_length=200, blank=True)
    email = models.CharField("e-mail", max_length=200, blank=True)

    class Meta:
        verbose_name = "referente"
        verbose_name_plural = "referenti"
        ordering = ["ordine", "pk"]

    def __str__(self) -> str:
        return self.nominativo
