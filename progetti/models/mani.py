"""The many hands of a scheda: who is let in, who is there now, who was reminded, to whom the draft is lent."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from alleanze.models import Ente
from alleanze.models.periodi import in_corso
from conciliazione.storia import traccia

from .progetti import Partecipazione, Progetto


@traccia()
class Incaricato(models.Model):
    """A person who fills the part of one soggetto in one project, by invitation of the capofila; nothing else of the ente."""

    partecipazione = models.ForeignKey(Partecipazione, on_delete=models.CASCADE, related_name="incaricati")
    utente = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="persona", on_delete=models.CASCADE, related_name="incarichi_di_progetto"
    )
    dal = models.DateField("dal", default=timezone.localdate)
    al = models.DateField("al", null=True, blank=True)

    in_corso = staticmethod(in_corso)

    class Meta:
        verbose_name = "incaricato di un soggetto"
        verbose_name_plural = "incaricati dei soggetti"
        ordering = ["partecipazione", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["partecipazione", "utente"], name="incaricato_una_volta"),
            models.CheckConstraint(name="incaricato_date_in_ordine", condition=Q(al=None) | Q(al__gte=F("dal"))),
        ]

    def __str__(self) -> str:
        return f"{self.utente} per {self.partecipazione}"


class Presenza(models.Model):
    """Who has which page of a scheda open, as its browser last said: not history, it is swept away."""

    progetto = models.ForeignKey(Progetto, on_delete=models.CASCADE, related_name="presenze")
    utente = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="presenze")
    pagina = models.CharField(max_length=120)
    """Key of the section, or «block/row»."""
    blocco = models.CharField("blocco in cui scrive", max_length=40, blank=True)
    vista_il = models.DateTimeField()

    class Meta:
        verbose_name = "presenza"
        verbose_name_plural = "presenze"
        constraints = [models.UniqueConstraint(fields=["progetto", "utente", "pagina"], name="presenza_una_per_pagina")]

    def __str__(self) -> str:
        return f"{self.utente} in {self.pagina}"


@traccia()
class Prestito(models.Model):
    """The capofila lends the draft to the ATS: to read, until it takes it back. Each look is a `Sguardo`."""

    progetto = models.ForeignKey(Progetto, on_delete=models.CASCADE, related_name="prestiti")
    ats = models.ForeignKey(Ente, verbose_name="ATS", on_delete=models.PROTECT, related_name="prestiti")
    prestato_da = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    prestato_il = models.DateTimeField("prestata il", default=timezone.now)
    revocato_il = models.DateTimeField("ripresa il", null=True, blank=True)
    revocato_da = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    messaggio = models.TextField("messaggio per l'ATS", blank=True)

    class Meta:
        verbose_name = "prestito della bozza"
        verbose_name_plural = "prestiti della bozza"
        ordering = ["-prestato_il", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["progetto", "ats"], condition=Q(revocato_il=None), name="prestito_uno_in_corso")
        ]

    def __str__(self) -> str:
        return f"{self.progetto} a {self.ats}"


class Sollecito(models.Model):
    """The capofila asked a soggetto for what is missing: when, who, in which words. The portal's own have no author."""

    partecipazione = models.ForeignKey(Partecipazione, on_delete=models.CASCADE, related_name="solleciti")
    mandato_da = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    mandato_il = models.DateTimeField("mandato il", default=timezone.now)
    a = models.JSONField("a chi", default=list)
    testo = models.TextField("testo", blank=True)

    class Meta:
        verbose_name = "sollecito"
        verbose_name_plural = "solleciti"
        ordering = ["-mandato_il", "-pk"]

    def __str__(self) -> str:
        return f"{self.partecipazione}, {self.mandato_il:%d/%m/%Y}"
