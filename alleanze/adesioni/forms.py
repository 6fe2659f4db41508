"""The guided form by which an ente asks to join an alleanza, and what who receives the request answers."""

from datetime import timedelta

from django import forms
from django.utils import timezone

from conciliazione.atti.forms import ConAtto, Risponde
from conciliazione.italiano import codici
from conciliazione.moduli.campi import Allegato, Giorno, NonFuturo, Vestito

from ..models import Adesione, Carica, Ente
from ..models.enti import PREPARANO

RUOLI = [(r.value, r.label) for r in Adesione.Ruolo if r is not Adesione.Ruolo.CAPOFILA]
"""In which one may ask to join: the capofila is there already."""
LR = [("", "Scegli"), *((t.value, t.label) for t in (Carica.Tipo.LEGALE_RAPPRESENTANTE, Carica.Tipo.DELEGATO))]


class _Letto(forms.CharField):
    """A code or an address that is read by one of the `identificativi`; kept in its one writing if `canonico`."""

    def __init__(self, controllo, *, canonico: bool = False, **opzioni):
        super().__init__(**opzioni)
        self.controllo, self.canonico = controllo, canonico

    def clean(self, valore):
        scritto = super().clean(valore)
        lettura = self.controllo(scritto)
        if lettura.errore:
            raise forms.ValidationError(lettura.errore)
        return (lettura.valore or "") if self.canonico else scritto


class _DiUnEnte(Vestito):
    """What says which ente it is, and what it wants to be."""

    denominazione = forms.CharField(label="Denominazione dell'ente", max_length=250)
    codice_fiscale = _Letto(
        codici.controlla_codice_fiscale,
        canonico=True,
        label="Codice fiscale dell'ente",
        max_length=20,
        required=False,
        help_text="Dell'ente, non tuo: 11 cifre. Se non ne ha uno suo (per esempio un ufficio di piano), lascia vuoto.",
        widget=forms.TextInput(attrs={"class": "form-control medio", "spellcheck": "false", "autocapitalize": "characters"}),
    )
    ruolo = forms.ChoiceField(
        label="Come vuole aderire",
        choices=RUOLI,
        initial=Adesione.Ruolo.EFFETTIVO,
        help_text="Il partner effettivo realizza attività o mette risorse; l'aderente con lettera condivide gli obiettivi; "
        "il sostenitore li fa conoscere.",
    )


class Chiede(_DiUnEnte):
    """Who has no account says who it is: the rest is asked through the link that goes to its mailbox."""

    nome = forms.CharField(label="Il tuo nome", max_length=80, widget=forms.TextInput(attrs={"autocomplete": "given-name"}))
    cognome = forms.CharField(
        label="Il tuo cognome", max_length=80, widget=forms.TextInput(attrs={"autocomplete": "family-name"})
    )
    email = forms.EmailField(
        label="La tua e-mail",
        help_text="Ti mandiamo qui un collegamento personale per compilare la richiesta.",
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"invalid": "Non è un indirizzo di posta elettronica: scrivilo come nome@example.org."},
    )
    field_order = ["nome", "cognome", "email", "denominazione", "codice_fiscale", "ruolo"]


class ChiedePer(_DiUnEnte):
    """Who has an account may ask for one of the enti it acts for, whose data are there already."""

    ente = forms.ModelChoiceField(
        queryset=Ente.objects.none(), label="Per quale ente", required=False, empty_label="Un altro ente, che scrivo sotto"
    )
    field_order = ["ente", "denominazione", "codice_fiscale", "ruolo"]

    def __init__(self, *args, utente, **opzioni):
        super().__init__(*args, **opzioni)
        miei = Ente.objects.di(utente, *PREPARANO).filter(genere=Ente.Genere.ORDINARIO).per_elenco()
        self.fields["ente"].queryset = miei
        self.fields["denominazione"].required = False
        if not miei:
            del self.fields["ente"]
            self.fields["denominazione"].required = True
        elif len(miei) == 1:
            self.initial["ente"] = miei[0]

    def clean(self):
        puliti = super().clean()
        if not puliti.get("ente") and not puliti.get("denominazione") and "denominazione" not in self.errors:
            self.add_error("denominazione", "Scegli un tuo ente, o scrivi la denominazione di quello per cui chiedi.")
        return puliti


class Passo(Vestito):
    """One step of the form, saved also incomplete: what is wrong is refused, what is missing is told before sending."""

    NECESSARI: tuple[str, ...] = ()
    titolo = ""

    def __init__(self, *args, **opzioni):
        super().__init__(*args, **opzioni)
        for nome in self.NECESSARI:
            self.fields[nome].label += " *"


class DatiDellEnte(Passo):
    """Step 1: what of the ente goes in the modulo di richiesta."""

    titolo = "L'ente"
    NECESSARI = ("denominazione", "tipologia", "settore", "indirizzo", "citta", "lr_nome", "lr_cognome", "lr_carica")

    denominazione = forms.CharField(label="Denominazione", max_length=250, required=False)
    tipologia = forms.CharField(
        label="Tipologia",
        max_length=120,
        required=False,
        help_text="Per esempio: Comune, azienda speciale, cooperativa sociale, impresa, associazione.",
    )
    settore = forms.ChoiceField(
        label="Settore",
        choices=[("", "Scegli"), *Ente.Settore.choices],
        required=False,
        help_text="Si dichiara, non si deduce dalla tipologia: un'azienda speciale è pubblica.",
    )
    codice_fiscale = _DiUnEnte.base_fields["codice_fiscale"]
    partita_iva = _Letto(
        codici.controlla_partita_iva,
        canonico=True,
        label="Partita IVA",
        max_length=20,
        required=False,
        widget=forms.TextInput(attrs={"class": "form-control medio", "inputmode": "numeric"}),
    )
    indirizzo = forms.CharField(label="Sede legale: via e numero", max_length=200, required=False)
    cap = _Letto(
        codici.controlla_cap,
        canonico=True,
        label="C.A.P.",
        max_length=10,
        required=False,
        widget=forms.TextInput(attrs={"class": "form-control cap", "inputmode": "numeric"}),
    )
    citta = forms.CharField(label="Città", max_length=100, required=False)
    provincia = _Letto(
        codici.controlla_provincia,
        canonico=True,
        label="Provincia",
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"class": "form-control provincia"}),
    )
    telefono = _Letto(codici.controlla_telefono, label="Telefono", max_length=40, required=False)
    pec = _Letto(codici.controlla_pec, label="PEC", max_length=254, required=False)
    lr_nome = forms.CharField(label="Nome di chi firma", max_length=80, required=False)
    lr_cognome = forms.CharField(label="Cognome di chi firma", max_length=80, required=False)
    lr_carica = forms.ChoiceField(label="In qualità di", choices=LR, required=False)
    ruolo = _DiUnEnte.base_fields["ruolo"]


class SchedaPartnership(Passo):
    """Step 2: what the ente brings, for the scheda partnership."""

    titolo = "La scheda partnership"
    NECESSARI = ("referente", "referente_email", "attivita", "motivazione")

    referente = forms.CharField(
        label="Referente per il progetto", max_length=160, required=False, help_text="Nome e cognome di chi seguirà i lavori."
    )
    referente_telefono = _Letto(codici.controlla_telefono, label="Telefono del referente", max_length=40, required=False)
    referente_email = _Letto(codici.controlla_posta, label="E-mail del referente", max_length=254, required=False)
    attivita = forms.CharField(
        label="Che cosa offre: attività e servizi",
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"class": "form-control", "rows": 5}),
    )
    risorse = forms.CharField(
        label="Con quali risorse",
        required=False,
        max_length=4000,
        help_text="Persone, spazi, denaro, beni e servizi.",
        widget=forms.Textarea(attrs={"class": "form-control", "rows": 3}),
    )
    beneficiari = forms.CharField(
        label="Per chi",
        required=False,
        max_length=2000,
        help_text="Chi ne beneficia: lavoratrici e lavoratori, famiglie, imprese.",
        widget=forms.Textarea(attrs={"class": "form-control", "rows": 3}),
    )
    motivazione = forms.CharField(
        label="Perché vuole aderire",
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"class": "form-control", "rows": 4}),
    )


PASSI = {1: DatiDellEnte, 2: SchedaPartnership}
"""The steps that are filled; the third is to check, sign and send."""


class Invio(Vestito):
    """The two papers, signed; they may also be handed in later."""

    _AIUTO = "PDF, PDF firmato (.p7m), PNG o JPEG, al massimo 10 MB."
    modulo_firmato = Allegato(label="Modulo di richiesta firmato, per l'ATS", required=False, help_text=_AIUTO)
    scheda_firmata = Allegato(label="Scheda partnership firmata, per il capofila", required=False, help_text=_AIUTO)


class Ripresenta(Invio, Risponde):
    """The same, in answer to a request for integration."""

    field_order = ["risposta"]


class Accoglie(ConAtto):
    """In which role the ente enters, and from when."""

    ruolo = forms.ChoiceField(label="Ruolo", choices=RUOLI)
    dal = Giorno(label="Entra il", help_text="Per esempio 01/09/2026.")
    field_order = ["ruolo", "dal"]

    def clean_dal(self):
        return _non_lontano(self.cleaned_data["dal"])


class Originale(Vestito):
    il = Giorno(
        label="Originale della scheda partnership ricevuto il", validators=[NonFuturo("il giorno in cui la carta è arrivata")]
    )


class Recede(Vestito):
    """When an ente leaves, and why."""

    al = Giorno(label="Ultimo giorno nell'alleanza", help_text="Per esempio 31/12/2026.")
    motivo = forms.CharField(
        label="Motivo del recesso",
        max_length=300,
        widget=forms.Textarea(attrs={"class": "form-control", "rows": 2}),
        error_messages={"required": "Scrivi il motivo: resta agli atti dell'alleanza."},
    )

    def __init__(self, *args, adesione: Adesione, **opzioni):
        super().__init__(*args, **opzioni)
        self.adesione = adesione

    def clean_al(self):
        al = _non_lontano(self.cleaned_data["al"])
        if al < self.adesione.dal:
            raise forms.ValidationError(f"L'ente è entrato il {self.adesione.dal:%d/%m/%Y}: non può uscire prima.")
        return al


def _non_lontano(giorno):
    """A year typed wrong («2206») is not a day that anybody means."""
    if giorno > timezone.localdate() + timedelta(days=3660):
        raise forms.ValidationError(f"Controlla l'anno: il {giorno:%d/%m/%Y} è fra più di dieci anni.")
    return giorno
