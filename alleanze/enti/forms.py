"""The forms of the register: an ente, a new one, a sede of it."""

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from conciliazione.italiano.codici import controlla_codice_fiscale
from conciliazione.moduli.contesi import Conteso
from conciliazione.schede import campi
from conciliazione.schede.tipi import Valori

from ..models import Alleanza, Ente, Sede
from . import registro

RELAZIONI = ("articolazione_di", "succede_a")
DOPPIO = "C'è già un ente con questo codice fiscale."
DI_UNO_PER_RIGA = "Uno per riga."


class DatiEnte(Conteso):
    """What an ente says of itself."""

    obbligatori = {
        "denominazione": "Scrivi la denominazione dell'ente.",
        "settore": "Indica se l'ente è pubblico o privato: si dichiara, non si deduce.",
    }

    denominazione = campi.Riga("Denominazione", mai_vuota=True, manca=None)
    alias = campi.Testo(
        "Altri nomi", altezza=3, manca=None, help_text=f"Sigle e nomi di prima, per ritrovarlo. {DI_UNO_PER_RIGA}"
    )
    settore = campi.Scelta(
        "Settore",
        scelte=Ente.Settore.choices,
        a_tendina=True,
        manca=None,
        help_text="Si dichiara, non si deduce dalla tipologia: un'azienda speciale è pubblica.",
    )
    tipologia = campi.Riga("Tipologia", max_length=120, manca=None)
    natura_giuridica = campi.Riga("Natura giuridica", max_length=120, manca=None)
    codice_fiscale = campi.CodiceFiscale(
        "Codice fiscale", manca=None, help_text="Può mancare: per esempio a un Ufficio di Piano."
    )
    partita_iva = campi.PartitaIva("Partita IVA", manca=None)
    ateco = campi.Ateco("Codice ATECO", manca=None)
    pec = campi.Posta("PEC", manca=None)
    email = campi.Posta("E-mail", manca=None)
    articolazione_di = campi.Scelta(
        "Articolazione di",
        scelte=[],
        a_tendina=True,
        manca=None,
        help_text="L'ente di cui è un ufficio o una parte: solo allora può averne lo stesso codice fiscale.",
    )
    succede_a = campi.Scelta("Succede a", scelte=[], a_tendina=True, manca=None, help_text="L'ente di cui ha preso il posto.")
    rappresenta = campi.Testo(
        "Rappresenta",
        altezza=3,
        manca=None,
        help_text=f"Gli enti per cui parla: la denominazione o il codice fiscale, come sono registrati. {DI_UNO_PER_RIGA}",
    )

    def __init__(self, dati=None, *, utente, **opzioni):
        self.utente = utente
        self.doppio: Ente | None = None
        super().__init__(dati, **opzioni)

    def prepara(self) -> None:
        visibili = Ente.objects.visibili_a(self.utente).exclude(pk=self.oggetto.pk).per_elenco()
        scelte = [(str(pk), nome) for pk, nome in visibili.values_list("pk", "denominazione")]
        for nome in RELAZIONI:
            detta = getattr(self.oggetto, nome)
            anche = [(str(detta.pk), str(detta))] if detta and str(detta.pk) not in dict(scelte) else []
            self.fields[nome].choices = [("", "nessun ente"), *scelte, *anche]

    def letti(self, oggetto: Ente) -> Valori:
        valori = super().letti(oggetto) | {nome: str(getattr(oggetto, f"{nome}_id") or "") or None for nome in RELAZIONI}
        rappresentati = sorted(map(str, oggetto.rappresenta.all()))
        return valori | {
            "alias": "\n".join(oggetto.alias) or None,
            "rappresenta": "\n".join(rappresentati) or None,
        }

    def clean_alias(self) -> str:
        nomi = righe(self.cleaned_data["alias"])
        if lungo := next((n for n in nomi if len(n) > 250), ""):
            raise ValidationError(f"«{lungo[:40]}…» è troppo lungo: al massimo 250 caratteri.")
        return "\n".join(dict.fromkeys(nomi))

    def clean_rappresenta(self) -> str:
        """Return the names, as the register writes them; who is meant is kept for the writing."""
        self.rappresentati, mancano = [], []
        for detto in righe(self.cleaned_data["rappresenta"]):
            trovati = list(chiamati(detto).exclude(pk=self.oggetto.pk)[:2])
            self.rappresentati += trovati[:1] if len(trovati) == 1 else []
            mancano += [detto] if len(trovati) != 1 else []
        if mancano:
            detti = ", ".join(f"«{nome[:60]}»" for nome in mancano)
            raise ValidationError(
                f"Non si capisce quale ente sia: {detti}. Scrivi la denominazione esatta o il codice fiscale."
            )
        return "\n".join(sorted(str(e) for e in set(self.rappresentati)))

    def clean(self):
        puliti = super().clean()
        for nome in RELAZIONI:
            if puliti.get(nome) and gira_in_tondo(self.oggetto, nome, puliti[nome]):
                self.add_error(nome, "Questo ente dipende già da quello che stai registrando: la relazione girerebbe in tondo.")
        if not puliti.get("articolazione_di"):
            self.doppio = self._con_lo_stesso_codice(puliti.get("codice_fiscale") or "")
        if self.doppio:
            self.add_error("codice_fiscale", DOPPIO)
        return puliti

    def _con_lo_stesso_codice(self, scritto: str) -> Ente | None:
        """The other ente that has it; an office may have that of the body it belongs to."""
        codice = controlla_codice_fiscale(scritto).valore
        altri = Ente.objects.filter(codice_fiscale=codice, articolazione_di=None).exclude(pk=self.oggetto.pk)
        return altri.first() if codice else None

    def scrivi(self, oggetto: Ente, valori: Valori) -> None:
        propri = {n: v for n, v in valori.items() if n not in ("alias", "rappresenta", *RELAZIONI)}
        super().scrivi(oggetto, propri)
        for nome in RELAZIONI:
            if nome in valori:
                setattr(oggetto, f"{nome}_id", valori[nome])
        if "alias" in valori:
            oggetto.alias = righe(valori["alias"])
        self.cambia_rappresentati = "rappresenta" in valori

    def registra(self) -> None:
        """Save it; of two who write the same codice fiscale at once the database lets one, the other reads the same message."""
        self.oggetto.full_clean(validate_constraints=False)
        try:
            with transaction.atomic():
                self.oggetto.save()
        except IntegrityError as errore:
            if "ente_codice_fiscale_unico" not in str(errore):
                raise
            self.doppio = self._con_lo_stesso_codice(self.oggetto.codice_fiscale)
            raise ValidationError({"codice_fiscale": DOPPIO}) from errore
        if self.cambia_rappresentati:
            self.oggetto.rappresenta.set(self.rappresentati)


class NuovoEnte(DatiEnte):
    """An ente that is not in the register: who keeps an alleanza may let it in there at once."""

    alleanza = campi.Scelta("Entra nell'alleanza", scelte=[], a_tendina=True, manca=None)
    omonimo = campi.Scelta(
        "È proprio un altro ente?",
        scelte=[("si", "sì, ha lo stesso nome ma è un altro")],
        a_tendina=True,
        manca=None,
    )

    def __init__(self, dati=None, *, utente, **opzioni):
        self.omonimi: list[Ente] = []
        super().__init__(dati, utente=utente, oggetto=Ente(), **opzioni)
        if not self.alleanze:
            del self.fields["alleanza"]

    def prepara(self) -> None:
        super().prepara()
        self.alleanze = {str(a.pk): a for a in registro.alleanze_gestite(self.utente)}
        self.fields["alleanza"].choices = [("", "nessuna"), *((pk, str(a)) for pk, a in self.alleanze.items())]

    def letti(self, oggetto: Ente) -> Valori:
        return {}

    def clean(self):
        puliti = super().clean()
        nome = puliti.get("denominazione")
        if nome and not puliti.get("omonimo") and "codice_fiscale" not in self.errors:
            self.omonimi = list(Ente.objects.chiamati(nome.strip())[:3])
        if self.omonimi:
            self.add_error("denominazione", "C'è già un ente con questo nome: se è un altro, dillo in fondo alla pagina.")
        return puliti

    def scrivi(self, oggetto: Ente, valori: Valori) -> None:
        super().scrivi(oggetto, {n: v for n, v in valori.items() if n not in ("alleanza", "omonimo")})

    @property
    def entra_in(self) -> Alleanza | None:
        return self.alleanze.get(self.cleaned_data.get("alleanza") or "")


class DatiSede(Conteso):
    """An address."""

    obbligatori = {
        "tipo": "Indica se è la sede legale o una operativa.",
        "indirizzo": "Scrivi l'indirizzo.",
        "citta": "Scrivi la città.",
    }

    tipo = campi.Scelta("Tipo", scelte=Sede.Tipo.choices, a_tendina=True, manca=None)
    indirizzo = campi.Riga("Indirizzo", max_length=200, manca=None)
    cap = campi.Cap("C.A.P.", manca=None)
    citta = campi.Riga("Città", max_length=100, manca=None)
    provincia = campi.Provincia("Provincia", manca=None)
    telefono = campi.Telefono("Telefono", manca=None)
    fax = campi.Telefono("Fax", manca=None)
    email = campi.Posta("E-mail", manca=None)


def righe(testo: str | None) -> list[str]:
    return [riga.strip() for riga in (testo or "").splitlines() if riga.strip()]


def chiamati(detto: str):
    """Return the enti meant by a name, by another name or by a codice fiscale: of this, the body and not its offices."""
    codice = controlla_codice_fiscale(detto).valore
    if codice and not controlla_codice_fiscale(detto).errore:
        return Ente.objects.filter(codice_fiscale=codice, articolazione_di=None)
    return Ente.objects.chiamati(detto)


def gira_in_tondo(ente: Ente, relazione: str, verso) -> bool:
    """Whether, following the relation from there, one comes back to the ente."""
    visti, pk = set(), verso
    while pk and pk not in visti:
        if str(pk) == str(ente.pk):
            return True
        visti.add(pk)
        pk = Ente.objects.filter(pk=pk).values_list(f"{relazione}_id", flat=True).first()
    return False
