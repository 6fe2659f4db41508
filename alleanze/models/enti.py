import uuid

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Cast
from django.utils import timezone

from conciliazione.italiano import codici
from conciliazione.italiano.parole import per_nome
from conciliazione.models import Passaggio
from conciliazione.storia import traccia

from .controlli import controlla
from .periodi import in_corso


class EnteQuerySet(models.QuerySet):
    def di(self, utente, *ruoli: str) -> "EnteQuerySet":
        """Return the enti that a person acts for today, in one of those roles when any is named; an esperto only when it is
        named.

        Who represents an ente acts for it as a responsabile does; who prepares for an ente that has a mandate prepares for
        the one that gave it. Who chose to act for one ente (`agisce_solo_per`) acts for no other.
        """
        from .incarichi import incarichi

        return self.filter(pk__in={i.ente_id for i in incarichi(utente) if i.vale(ruoli)})

    def visibili_a(self, utente) -> "EnteQuerySet":
        """One's own with their offices, those of one's alliances (capofila, ATS, who is or was a member), and those that
        one registered, until they have people of their own; all of them for the administrator."""
        from .alleanze import Adesione, Alleanza

        if utente.is_superuser:
            return self
        miei, alleanze = Ente.objects.di(utente), Alleanza.objects.visibili_a(utente)
        return self.filter(
            Q(pk__in=miei)
            | Q(articolazione_di__in=miei)
            | Q(pk__in=alleanze.values("capofila"))
            | Q(pk__in=alleanze.values("ats"))
            | Q(pk__in=Adesione.objects.filter(alleanza__in=alleanze).values("ente"))
            | registrati_da(utente)
        )

    def trovati(self, parole: str) -> "EnteQuerySet":
        """Return those whose name, other names or codes hold these words; capitals and accents do not count."""
        alias = models.Func(models.F("alias"), models.Value(" | "), function="array_to_string", output_field=models.TextField())
        return self.annotate(altri_nomi=alias).filter(
            Q(denominazione__unaccent__icontains=parole)
            | Q(altri_nomi__unaccent__icontains=parole)
            | Q(codice_fiscale__icontains=parole.replace(" ", ""))
            | Q(partita_iva__icontains=parole.replace(" ", ""))
        )

    def chiamati(self, nome: str) -> "EnteQuerySet":
        """Return the enti called so, by name or by one of the other names they are known under."""
        return self.filter(Q(denominazione__iexact=nome) | Q(alias__contains=[nome]))

    def per_elenco(self) -> "EnteQuerySet":
        return self.order_by(per_nome("denominazione"), "pk")


REGISTRA = "registra"
"""The action of the Passaggio of who entered an ente in the register."""


def registrati_da(utente) -> Q:
    """Return the condition «this person registered it, and nobody acts for it yet»."""
    if not utente.is_authenticated:
        return Q(pk__in=[])
    mio = Passaggio.objects.filter(
        tipo=ContentType.objects.get_for_model(Ente),
        oggetto_id=Cast(models.OuterRef("pk"), models.CharField()),
        azione=REGISTRA,
        utente=utente,
    )
    sue_persone = Appartenenza.objects.filter(Appartenenza.in_corso(), ente=models.OuterRef("pk"))
    return models.Exists(mio) & ~models.Exists(sue_persone)


@traccia()
class Ente(models.Model):
    """A body as it is: Comune, azienda speciale, cooperative, firm, union; ATS and Regione are enti too.

    Only its own people (or an administrator) change it; a project holds its own copy of what it needs.
    """

    class Settore(models.TextChoices):
        PUBBLICO = "pubblico", "pubblico"
        PRIVATO = "privato", "privato"

    class Genere(models.TextChoices):
        ORDINARIO = "ordinario", "ente, impresa o associazione"
        ATS = "ats", "ATS"
        REGIONE = "regione", "Regione"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    denominazione = models.CharField("denominazione", max_length=250)
    alias = ArrayField(models.CharField(max_length=250), verbose_name="altri nomi", default=list, blank=True)
    genere = models.CharField("genere", max_length=12, choices=Genere, default=Genere.ORDINARIO)
    settore = models.CharField(
        "settore",
        max_length=10,
        choices=Settore,
        help_text="Si dichiara, non si deduce dalla tipologia: un'azienda speciale è pubblica.",
    )
    tipologia = models.CharField("tipologia", max_length=120, blank=True)
    codice_fiscale = models.CharField("codice fiscale", max_length=16, blank=True)
    partita_iva = models.CharField("partita IVA", max_length=11, blank=True)
    ateco = models.CharField("codice ATECO", max_length=120, blank=True)
    natura_giuridica = models.CharField("natura giuridica", max_length=120, blank=True)
    pec = models.EmailField("PEC", blank=True)
    email = models.EmailField("e-mail", blank=True)
    articolazione_di = models.ForeignKey(
        "self",
        verbose_name="articolazione di",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="articolazioni",
    )
    rappresenta = models.ManyToManyField("self", verbose_name="rappresenta", symmetrical=False, blank=True)
    succede_a = models.ForeignKey(
        "self", verbose_name="succede a", on_delete=models.PROTECT, null=True, blank=True, related_name="successori"
    )

    objects = EnteQuerySet.as_manager()

    class Meta:
        verbose_name = "ente"
        verbose_name_plural = "enti"
        ordering = ["denominazione"]
        constraints = [
            # An office shares the codice fiscale of the body it belongs to; two bodies never do.
            models.UniqueConstraint(
                fields=["codice_fiscale"],
                condition=~Q(codice_fiscale="") & Q(articolazione_di=None),
                name="ente_codice_fiscale_unico",
                violation_error_message="C'è già un ente con questo codice fiscale.",
            ),
            models.CheckConstraint(name="ente_ha_un_nome", condition=~Q(denominazione="")),
        ]

    def __str__(self) -> str:
        return self.denominazione

    def clean(self) -> None:
        controlla(
            self,
            codice_fiscale=codici.controlla_codice_fiscale,
            partita_iva=codici.controlla_partita_iva,
            ateco=codici.controlla_ateco,
            pec=codici.controlla_pec,
        )
        # Enti are found by it: one writing of it only, or the same ente could be registered twice.
        self.codice_fiscale = codici.controlla_codice_fiscale(self.codice_fiscale).valore or ""


@traccia()
class Sede(models.Model):
    """An address of an ente."""

    class Tipo(models.TextChoices):
        LEGALE = "legale", "sede legale"
        OPERATIVA = "operativa", "sede operativa"

    ente = models.ForeignKey(Ente, verbose_name="ente", on_delete=models.CASCADE, related_name="sedi")
    tipo = models.CharField("tipo", max_length=10, choices=Tipo)
    indirizzo = models.CharField("indirizzo", max_length=200)
    cap = models.CharField("C.A.P.", max_length=5, blank=True)
    citta = models.CharField("città", max_length=100)
    provincia = models.CharField("provincia", max_length=2, blank=True)
    telefono = models.CharField("telefono", max_length=40, blank=True)
    fax = models.CharField("fax", max_length=40, blank=True)
    email = models.EmailField("e-mail", blank=True)

    class Meta:
        verbose_name = "sede"
        verbose_name_plural = "sedi"
        ordering = ["ente", "tipo", "pk"]

    def __str__(self) -> str:
        return f"{self.get_tipo_display()}: {self.indirizzo}, {self.citta}"

    def clean(self) -> None:
        controlla(
            self,
            cap=codici.controlla_cap,
            provincia=codici.controlla_provincia,
            telefono=codici.controlla_telefono,
            fax=codici.controlla_telefono,
        )


@traccia()
class Appartenenza(models.Model):
    """A person acts for an ente. An operatore prepares; a responsabile files and decides; an istruttore examines."""

    class Ruolo(models.TextChoices):
        OPERATORE = "operatore", "operatore"
        RESPONSABILE = "responsabile", "responsabile"
        ISTRUTTORE = "istruttore", "istruttore"
        ESPERTO = "esperto", "esperto"

    utente = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="utente", on_delete=models.CASCADE, related_name="appartenenze"
    )
    ente = models.ForeignKey(Ente, verbose_name="ente", on_delete=models.CASCADE, related_name="appartenenze")
    ruolo = models.CharField("ruolo", max_length=12, choices=Ruolo)
    dal = models.DateField("dal", default=timezone.localdate)
    al = models.DateField("al", null=True, blank=True)

    class Meta:
        verbose_name = "appartenenza"
        verbose_name_plural = "appartenenze"
        ordering = ["ente", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["utente", "ente", "ruolo"], name="appartenenza_una_per_ruolo"),
            models.CheckConstraint(
                name="appartenenza_date_in_ordine",
                condition=Q(al=None) | Q(al__gte=models.F("dal")),
                violation_error_message="L'incarico finisce prima di cominciare: controlla le due date.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.utente} per {self.ente} ({self.get_ruolo_display()})"

    in_corso = staticmethod(in_corso)


PREPARANO = (Appartenenza.Ruolo.OPERATORE, Appartenenza.Ruolo.RESPONSABILE)
"""Who writes for an ente; the other roles read, examine, answer."""
