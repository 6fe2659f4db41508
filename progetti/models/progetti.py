import uuid

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q

from alleanze.models import Alleanza, Ente
from conciliazione.storia import traccia

from ..stati import APPROVATI, MODIFICABILI, PRESENTATI, TONI, Stato
from .avvisi import Avviso


class ProgettoQuerySet(models.QuerySet):
    def visibili_a(self, utente) -> "ProgettoQuerySet":
        """One's own (capofila, partner, or let in for a partner) from the first draft; ATS and Regione only once filed,
        or when the draft is lent to them."""
        from .presentazioni import Prestito

        enti = Ente.objects.di(utente)
        miei = Q(capofila__in=enti) | Q(pk__in=Partecipazione.objects.di(utente, enti).values("progetto"))
        miei |= Q(pk__in=Prestito.objects.filter(revocato_il=None, ats__in=enti).values("progetto"))
        regione = enti.filter(genere=Ente.Genere.REGIONE)
        del_territorio = Q(avviso__ats__in=enti) | Q(alleanza__ats__in=enti) | models.Exists(regione)
        return self.filter(miei | (Q(stato__in=PRESENTATI) & del_territorio))

    def pubblici(self) -> "ProgettoQuerySet":
        """Return what anyone is told of: approved, and with a version that can be read in place of the live scheda."""
        from .presentazioni import Versione

        return self.filter(models.Exists(Versione.objects.filter(progetto=models.OuterRef("pk"))), stato__in=APPROVATI)

    def per_elenco(self) -> "ProgettoQuerySet":
        return self.select_related("avviso__ats", "alleanza__ats", "capofila").order_by("-modificato_il", "pk")


@traccia(exclude=["modificato_il"])
class Progetto(models.Model):
    """A project and its live scheda. What others decide upon is never this row but a frozen `Versione` of it."""

    class Origine(models.TextChoices):
        PORTALE = "portale", "compilata nel portale"
        CARTA = "carta", "acquisita da carta"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    avviso = models.ForeignKey(Avviso, verbose_name="avviso", on_delete=models.PROTECT, related_name="progetti")
    edizione = models.CharField("edizione della scheda", max_length=40, editable=False)
    """One of the forms that the avviso admits: chosen when the scheda is opened, and no page changes it."""
    alleanza = models.ForeignKey(
        Alleanza, verbose_name="alleanza", on_delete=models.PROTECT, null=True, blank=True, related_name="progetti"
    )
    capofila = models.ForeignKey(Ente, verbose_name="capofila", on_delete=models.PROTECT, related_name="progetti_guidati")
    titolo = models.CharField("titolo", max_length=300, blank=True)
    durata_dal = models.CharField("dal mese", max_length=7, blank=True)
    durata_al = models.CharField("al mese", max_length=7, blank=True)
    durata_mesi = models.PositiveSmallIntegerField("durata in mesi", null=True, blank=True)
    destinatari = models.PositiveIntegerField("destinatari", null=True, blank=True)
    accessi = models.PositiveIntegerField("accessi ai servizi", null=True, blank=True)
    contributo_obiettivo = models.DecimalField(
        "contributo obiettivo", max_digits=12, decimal_places=2, null=True, blank=True, validators=[MinValueValidator(0)]
    )
    """In euro, for the capofila's eyes: what it hopes to be granted. Neither printed nor part of the content."""
    stato = models.CharField("stato", max_length=30, choices=Stato, default=Stato.BOZZA)
    origine = models.CharField("origine", max_length=10, choices=Origine, default=Origine.PORTALE)
    copiato_da = models.ForeignKey(
        "self", verbose_name="copiato da", on_delete=models.SET_NULL, null=True, blank=True, related_name="copie"
    )
    """The project that the scheda was begun from."""
    creato_da = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True)
    creato_il = models.DateTimeField(auto_now_add=True)
    modificato_il = models.DateTimeField(auto_now=True)

    objects = ProgettoQuerySet.as_manager()

    class Meta:
        verbose_name = "progetto"
        verbose_name_plural = "progetti"
        constraints = [
            models.CheckConstraint(
                name="progetto_durata_in_ordine",
                condition=Q(durata_dal="") | Q(durata_al="") | Q(durata_al__gte=F("durata_dal")),
                violation_error_message="Il mese di fine viene prima di quello di inizio.",
            ),
        ]
        indexes = [models.Index(fields=["stato", "-modificato_il"])]

    def __str__(self) -> str:
        return self.titolo or "Progetto senza titolo"

    @property
    def modificabile(self) -> bool:
        return self.stato in MODIFICABILI

    @property
    def tono(self) -> str:
        return TONI.get(Stato(self.stato), "informativo")


class PartecipazioneQuerySet(models.QuerySet):
    def di(self, utente, enti) -> "PartecipazioneQuerySet":
        """Return the soggetti that the person acts for: those of its `enti`, and those it was invited to fill in."""
        from .partner import Incaricato

        miei = Q(ente__in=enti)
        if utente.is_authenticated and utente.agisce_solo_per is None:
            miei |= Q(pk__in=Incaricato.objects.filter(Incaricato.in_corso(), utente=utente).values("partecipazione"))
        return self.filter(miei)


@traccia()
class Partecipazione(models.Model):
    """An ente in a project, with the project's own copy of its register data: frozen when the scheda is.

    Only what is matched, summed or joined is a column; the rest of the register data are answers (`Compilazione`).
    Codes are kept as they were written, spaces and all: the columns are as wide as the fields of the scheda.
    """

    class Ruolo(models.TextChoices):
        CAPOFILA = "capofila", "capofila"
        PARTNER = "partner", "partner"
        ADERENTE = "aderente", "aderente"
        SOSTENITORE = "sostenitore", "sostenitore"

    CHIESTI = (Ruolo.CAPOFILA, Ruolo.PARTNER)
    """Of whom a part of the scheda is asked; who only adheres or supports owes nothing."""

    class Dimensione(models.TextChoices):
        """Annex I to Reg. (UE) 651/2014, as the soggetto declares it."""

        MICRO = "micro", "microimpresa"
        PICCOLA = "piccola", "piccola impresa"
        MEDIA = "media", "media impresa"
        GRANDE = "grande", "grande impresa"
        NESSUNA = "nessuna", "non è un'impresa"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    progetto = models.ForeignKey(Progetto, on_delete=models.CASCADE, related_name="partecipazioni")
    ente = models.ForeignKey(Ente, verbose_name="ente", on_delete=models.PROTECT, related_name="partecipazioni")
    ruolo = models.CharField("ruolo", max_length=12, choices=Ruolo, default=Ruolo.PARTNER)
    ordine = models.PositiveSmallIntegerField("ordine")
    dal = models.DateField("dal", null=True, blank=True)
    al = models.DateField("al", null=True, blank=True)
    denominazione = models.CharField("denominazione", max_length=250)
    codice_fiscale = models.CharField("codice fiscale", max_length=200, blank=True)
    partita_iva = models.CharField("partita IVA", max_length=200, blank=True)
    tipologia = models.CharField("tipologia", max_length=120, blank=True)
    ateco = models.CharField("codice ATECO", max_length=200, blank=True)
    natura_giuridica = models.CharField("natura giuridica", max_length=120, blank=True)
    dimensione = models.CharField("dimensione dichiarata", max_length=10, choices=Dimensione, blank=True)
    lavoratori = models.PositiveIntegerField("lavoratori", null=True, blank=True)
    lavoratrici_donne = models.PositiveIntegerField("di cui donne", null=True, blank=True)
    lavoratori_uomini = models.PositiveIntegerField("di cui uomini", null=True, blank=True)

    objects = PartecipazioneQuerySet.as_manager()

    class Meta:
        verbose_name = "soggetto del progetto"
        verbose_name_plural = "soggetti del progetto"
        ordering = ["ordine", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["progetto", "ente"], name="partecipazione_una_per_ente"),
            models.UniqueConstraint(fields=["progetto"], condition=Q(ruolo="capofila"), name="partecipazione_un_solo_capofila"),
        ]

    def __str__(self) -> str:
        return self.denominazione
