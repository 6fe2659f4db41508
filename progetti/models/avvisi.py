from decimal import Decimal

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from alleanze.models import Ente
from conciliazione.storia import traccia

PERCENTO = [MinValueValidator(Decimal("0")), MaxValueValidator(Decimal("100"))]


class AvvisoQuerySet(models.QuerySet):
    def aperti(self) -> "AvvisoQuerySet":
        """Return those that take schede now: open, and not closed yet."""
        ora = timezone.now()
        return self.filter(Q(apre_il=None) | Q(apre_il__lte=ora)).filter(Q(chiude_il=None) | Q(chiude_il__gt=ora))

    def crea(self, edizione: str, *, catalogo: list | None = None, voci_costo: list | None = None, **valori) -> "Avviso":
        """Make a new avviso with the one form that it admits."""
        avviso = self.create(**valori)
        ModuloAmmesso.objects.create(avviso=avviso, edizione=edizione, catalogo=catalogo, voci_costo=voci_costo)
        return avviso

    def per_elenco(self) -> "AvvisoQuerySet":
        return self.select_related("ats").order_by(F("chiude_il").desc(nulls_first=True), "titolo", "pk")


@traccia()
class Avviso(models.Model):
    """A call: the act, its window, and every rule that varies from call to call without code.

    Null means «not stated by this call», which is not zero: what is not stated is never checked.
    """

    class Base(models.TextChoices):
        COSTO = "costo", "costo totale"
        RICHIESTO = "richiesto", "contributo richiesto"
        CONCESSO = "concesso", "contributo concesso"

    class Gravita(models.TextChoices):
        ERRORE = "errore", "errore: impedisce di presentare"
        AVVISO = "avviso", "avviso: si può presentare lo stesso"
        INFORMAZIONE = "informazione", "informazione"

    class Iva(models.TextChoices):
        NETTO = "netto", "spese al netto dell'IVA"
        LORDO = "lordo", "spese comprensive di IVA"
        SE_INDETRAIBILE = "indetraibile", "IVA ammessa se non recuperabile"

    class RegolaSaldo(models.TextChoices):
        DIFFERENZA = "differenza", "spese ammesse meno cofinanziamento"
        PRO_QUOTA = "pro quota", "stessa percentuale del piano approvato"
        MINORE = "minore", "la minore delle due"

    codice = models.SlugField("codice", max_length=60, unique=True, help_text="Per esempio: dgr1081-2014-val-padana.")
    titolo = models.CharField("titolo", max_length=300)
    atto = models.CharField("atto", max_length=200, help_text="Per esempio: DGR 1081 del 12/12/2013.")
    ats = models.ForeignKey(
        Ente,
        verbose_name="ATS",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="avvisi",
        limit_choices_to={"genere": Ente.Genere.ATS},
        help_text="Vuota se l'avviso è regionale.",
    )
    apre_il = models.DateTimeField("si apre il", null=True, blank=True)
    chiude_il = models.DateTimeField("si chiude il", null=True, blank=True)
    attivita_entro = models.DateField("le attività terminano entro il", null=True, blank=True)
    aree_massime = models.PositiveSmallIntegerField("quante aree di intervento si possono indicare", null=True, blank=True)
    spese_generali_massimo = models.DecimalField(
        "spese generali: massimo (%)", max_digits=5, decimal_places=2, null=True, blank=True, validators=PERCENTO
    )
    spese_generali_base = models.CharField("spese generali: in percentuale di", max_length=10, choices=Base, default=Base.COSTO)
    contributo_percentuale = models.DecimalField(
        "contributo: massimo (% del costo)", max_digits=5, decimal_places=2, null=True, blank=True, validators=PERCENTO
    )
    contributo_massimo = models.DecimalField(
        "contributo: massimo (euro)", max_digits=12, decimal_places=2, null=True, blank=True
    )
    beni_massimo = models.DecimalField(
        "acquisto di beni: massimo (%)", max_digits=5, decimal_places=2, null=True, blank=True, validators=PERCENTO
    )
    beni_base = models.CharField("acquisto di beni: in percentuale di", max_length=10, choices=Base, default=Base.CONCESSO)
    cofinanziamento_minimo = models.DecimalField(
        "cofinanziamento: minimo (% del costo)", max_digits=5, decimal_places=2, null=True, blank=True, validators=PERCENTO
    )
    durata_massima = models.PositiveSmallIntegerField("durata: massimo (mesi)", null=True, blank=True)
    soggetti_minimi = models.PositiveSmallIntegerField("quanti enti almeno", null=True, blank=True)
    pubblici_minimi = models.PositiveSmallIntegerField("quanti enti pubblici almeno", null=True, blank=True)
    imprese_minime = models.PositiveSmallIntegerField("quante micro o piccole imprese almeno", null=True, blank=True)
    capofila_pubblico = models.BooleanField("il capofila dev'essere un ente pubblico", null=True, blank=True)
    iva = models.CharField("IVA nelle spese", max_length=14, choices=Iva, blank=True)
    tolleranza = models.DecimalField(
        "scostamento fra voci senza chiedere (%)", max_digits=5, decimal_places=2, null=True, blank=True, validators=PERCENTO
    )
    anticipo = models.DecimalField("anticipo (%)", max_digits=5, decimal_places=2, null=True, blank=True, validators=PERCENTO)
    saldo = models.DecimalField("saldo (%)", max_digits=5, decimal_places=2, null=True, blank=True, validators=PERCENTO)
    regola_saldo = models.CharField("come si calcola il saldo", max_length=12, choices=RegolaSaldo, blank=True)
    griglia = models.JSONField("griglia di valutazione", null=True, blank=True)
    """List of {criterio, massimo}: points, whole numbers."""
    fonti = models.JSONField("da quale atto viene ogni regola", default=dict, blank=True)
    """Name of a parameter → act and article that state it; where it says nothing, the act of the avviso."""
    righe_larghezza_mm = models.DecimalField("righe: larghezza (mm)", max_digits=5, decimal_places=1, default=Decimal("170.0"))
    righe_corpo_pt = models.DecimalField("righe: corpo (pt)", max_digits=4, decimal_places=1, default=Decimal("10.0"))
    righe_gravita = models.CharField("righe oltre il massimo: sono", max_length=12, choices=Gravita, default=Gravita.AVVISO)
    conferme_gravita = models.CharField(
        "partner che non ha confermato: è", max_length=12, choices=Gravita, default=Gravita.AVVISO
    )

    objects = AvvisoQuerySet.as_manager()

    class Meta:
        verbose_name = "avviso"
        verbose_name_plural = "avvisi"
        ordering = ["-chiude_il", "titolo"]
        constraints = [
            models.CheckConstraint(
                name="avviso_date_in_ordine",
                condition=Q(apre_il=None) | Q(chiude_il=None) | Q(chiude_il__gt=F("apre_il")),
                violation_error_message="L'avviso si chiude prima di aprirsi: controlla i due termini.",
            )
        ]

    def __str__(self) -> str:
        return self.titolo

    @property
    def aperto(self) -> bool:
        ora = timezone.now()
        return (self.apre_il is None or self.apre_il <= ora) and (self.chiude_il is None or ora < self.chiude_il)

    @property
    def edizioni(self) -> list[str]:
        """The forms that it admits, by code; the first is offered first."""
        return [modulo.edizione for modulo in self.moduli.all()]


@traccia()
class ModuloAmmesso(models.Model):
    """A form that a call admits, with what the call states of that form alone."""

    avviso = models.ForeignKey(Avviso, verbose_name="avviso", on_delete=models.CASCADE, related_name="moduli")
    edizione = models.CharField("edizione della scheda", max_length=40)
    catalogo = models.JSONField("catalogo delle azioni", null=True, blank=True)
    """List of {codice, titolo, complementare, da_verificare}. A complementary action cannot be the only one."""
    voci_costo = models.JSONField("voci di costo", null=True, blank=True)
    """List of {codice, titolo, genere}: genere = "" | personale | beni | servizi | voucher | generali. Null: the form's."""

    class Meta:
        verbose_name = "modulo ammesso"
        verbose_name_plural = "moduli ammessi"
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["avviso", "edizione"], name="modulo_ammesso_una_volta")]

    def __str__(self) -> str:
        return f"{self.edizione} ({self.avviso})"

    @property
    def parametri(self) -> dict:
        """As they stand among the parameters of the avviso, for a scheda of this form."""
        return {"catalogo": self.catalogo, "voci_costo": self.voci_costo}
