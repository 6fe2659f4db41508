from django.conf import settings
from django.db import models
from django.utils import timezone


def posto(file: "FileGenerato", nome: str) -> str:
    """Return where the bytes go: the same at each attempt, also of a job begun before midnight of the last of the month."""
    return f"generati/{file.richiesto_il or timezone.now():%Y/%m}/{nome}"


class FileGenerato(models.Model):
    """A file to make and, once made, the file: the request is kept here before any worker hears of it.

    `chiave` is the hash of what the file is made of (content and template), so the same request finds the same row
    and the file is made once. `argomento` says of which kind it is and what it is about («versione:12»), `dati` what it is
    made from: how, and for whom, says the kind (`file/generi`).
    """

    class Stato(models.TextChoices):
        IN_ATTESA = "in_attesa", "in coda"
        PRONTO = "pronto", "pronto"
        FALLITO = "fallito", "non riuscito"

    chiave = models.CharField(max_length=64, unique=True)
    argomento = models.CharField("di che cosa", max_length=60)
    dati = models.JSONField("di che cosa è fatto", default=dict)
    nome = models.CharField("nome del file", max_length=200)
    stato = models.CharField(max_length=12, choices=Stato, default=Stato.IN_ATTESA)
    file = models.FileField(upload_to=posto, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    tentativi = models.PositiveSmallIntegerField(default=0)
    errore = models.TextField(blank=True)
    richiesto_da = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True)
    richiesto_il = models.DateTimeField(auto_now_add=True)
    avviato_il = models.DateTimeField(null=True, blank=True)
    pronto_il = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "file generato"
        verbose_name_plural = "file generati"
        indexes = [models.Index(fields=["stato", "richiesto_il"])]
        constraints = [
            models.CheckConstraint(
                name="file_pronto_ha_file",
                condition=~models.Q(stato="pronto") | (~models.Q(file="") & ~models.Q(sha256="")),
            )
        ]

    def __str__(self) -> str:
        return self.nome

    @property
    def genere(self) -> str:
        return self.argomento.partition(":")[0]

    @property
    def di_che(self) -> str:
        return self.argomento.partition(":")[2]

    @property
    def pronto(self) -> bool:
        return self.stato == self.Stato.PRONTO

    @property
    def fallito(self) -> bool:
        return self.stato == self.Stato.FALLITO

    @property
    def in_attesa(self) -> bool:
        return self.stato == self.Stato.IN_ATTESA

    @property
    def fase(self) -> str:
        """How far it is, for who waits: a row that waits says also whether somebody has begun."""
        return "in lavorazione" if self.in_attesa and self.avviato_il else self.get_stato_display()
