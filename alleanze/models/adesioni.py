import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from conciliazione.storia import traccia

from ..stati import APERTE, DA_DECIDERE, Richiesta
from .alleanze import Adesione, Alleanza
from .enti import PREPARANO, Ente


class RichiestaAdesioneQuerySet(models.QuerySet):
    def visibili_a(self, utente) -> "RichiestaAdesioneQuerySet":
        """Return those shown to the ATS and the capofila once sent; to who asks and its ente from the first word."""
        enti = Ente.objects.di(utente)
        riceve = Q(alleanza__capofila__in=enti) | Q(alleanza__ats__in=enti)
        return self.filter(Q(ente__in=enti) | _mie(utente) | (riceve & Q(inviata_il__isnull=False)))

    def compilabili_da(self, utente) -> "RichiestaAdesioneQuerySet":
        """Return those that the person fills in: for an ente that it prepares for, or asked by itself for another."""
        return self.filter(Q(ente__in=Ente.objects.di(utente, *PREPARANO)) | _mie(utente))

    def aperte(self) -> "RichiestaAdesioneQuerySet":
        return self.filter(stato__in=APERTE)

    def da_decidere(self) -> "RichiestaAdesioneQuerySet":
        return self.filter(stato__in=DA_DECIDERE)


def _mie(utente) -> Q:
    """Asked by the person; one for its own ente is of whoever acts for that ente."""
    return Q(chiesta_da=utente, per_il_suo_ente=False) if utente.is_authenticated else Q(pk__in=[])


@traccia(exclude=["impronta"])
class RichiestaAdesione(models.Model):
    """Who asks to join an alleanza: one form, from which two papers are made — the modulo di richiesta, for the ATS,
    and the scheda partnership, for the capofila (documento 004).

    `dati` is what was typed of the ente, until it is in the register; `risposte` the rest of the form. Each time it is sent,
    what was sent is added to `invii`: who examines reads the last of them. Who has no account follows the request by a
    personal link, of which only the sha256 is here.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    alleanza = models.ForeignKey(Alleanza, verbose_name="alleanza", on_delete=models.CASCADE, related_name="richieste")
    ente = models.ForeignKey(
        Ente, verbose_name="ente", on_delete=models.PROTECT, null=True, blank=True, related_name="richieste_di_adesione"
    )
    per_il_suo_ente = models.BooleanField("chiesta per un ente proprio", default=False)
    """It is of that ente, whatever is typed; that of any other is looked for each time it is sent."""
    ruolo = models.CharField("ruolo chiesto", max_length=12, choices=Adesione.Ruolo, default=Adesione.Ruolo.EFFETTIVO)
    stato = models.CharField("stato", max_length=16, choices=Richiesta, default=Richiesta.BOZZA)
    dati = models.JSONField("dati dell'ente", default=dict)
    risposte = models.JSONField("che cosa porta all'alleanza", default=dict)
    nome = models.CharField("nome di chi compila", max_length=80)
    cognome = models.CharField("cognome di chi compila", max_length=80)
    email = models.EmailField("e-mail di chi compila")
    chiesta_da = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="richieste_di_adesione"
    )
    impronta = models.CharField(max_length=64, unique=True)
    aperta_il = models.DateTimeField(auto_now_add=True)
    inviata_il = models.DateTimeField("inviata il", null=True, blank=True)
    modulo_firmato = models.FileField("modulo di richiesta firmato", upload_to="adesioni/%Y/%m", blank=True)
    scheda_firmata = models.FileField("scheda partnership firmata", upload_to="adesioni/%Y/%m", blank=True)
    firmati = models.JSONField("che cosa dicevano i documenti firmati", default=dict, blank=True)
    """Of each of the two that was uploaded, the fingerprint of what it was to say that day."""
    invii = models.JSONField("che cosa fu inviato, ogni volta", default=list, blank=True)
    originale_ricevuto_il = models.DateField("originale ricevuto il", null=True, blank=True)
    motivo = models.TextField("motivo", blank=True)
    adesione = models.OneToOneField(
        Adesione, verbose_name="adesione", on_delete=models.PROTECT, null=True, blank=True, related_name="richiesta"
    )

    objects = RichiestaAdesioneQuerySet.as_manager()

    class Meta:
        verbose_name = "richiesta di adesione"
        verbose_name_plural = "richieste di adesione"
        ordering = ["-aperta_il", "pk"]
        constraints = [
            models.CheckConstraint(name="richiesta_respinta_ha_un_motivo", condition=~Q(stato="respinta") | ~Q(motivo="")),
            models.CheckConstraint(
                name="richiesta_accolta_ha_l_adesione", condition=~Q(stato="accolta") | Q(adesione__isnull=False)
            ),
            models.UniqueConstraint(
                fields=["alleanza", "ente"],
                condition=Q(stato__in=["richiesta", "in_esame", "in_integrazione"]),
                name="richiesta_una_in_corso",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.denominazione} chiede di aderire a {self.alleanza}"

    @property
    def denominazione(self) -> str:
        """The name by which it is known: that with which it was sent."""
        dati = self.invii[-1]["dati"] if self.invii else self.dati
        return str(self.ente) if self.ente else dati.get("denominazione", "") or "(ente senza nome)"

    @property
    def scritto(self) -> dict:
        """All that who asks writes, as it stands now."""
        firmati = {campo: getattr(self, campo).name or "" for campo in ("modulo_firmato", "scheda_firmata")}
        return {campo: getattr(self, campo) for campo in ("ruolo", "dati", "risposte", "firmati")} | firmati

    def come_inviata(self) -> "RichiestaAdesione":
        """Return the same request, as it was sent the last time: what was written since is not there."""
        for campo, valore in (self.invii[-1] if self.invii else {}).items():
            setattr(self, campo, valore)
        return self
