"""Inviting who fills the part of a soggetto, confirming it, asking for what is missing of it."""

from django import forms

from conciliazione.moduli.campi import ADOTTATO, Allegato, Euro, Giorno, Motivo, Vestito
from conciliazione.templatetags.italiano import data_ora

from ..fascicolo.forms import Atto
from ..models import AttoDiImpegno, Progetto

AMMESSI = "PDF, PDF firmato (.p7m), PNG o JPEG, al massimo 10 MB."


class InvitaIncaricato(Vestito):
    """Who fills that part; the addresses that are known are offered."""

    email = forms.EmailField(
        label="Indirizzo e-mail",
        widget=forms.EmailInput(attrs={"class": "form-control", "autocomplete": "off", "inputmode": "email"}),
        help_text="Di una persona: il collegamento è personale e vale una volta sola.",
    )
    nome = forms.CharField(label="Nome", max_length=80, required=False)
    cognome = forms.CharField(label="Cognome", max_length=80, required=False)
    nome_altrui = ""
    """The name that was proposed, where it was sent with another address: it is not used."""

    def __init__(self, *args, **opzioni):
        super().__init__(*args, **opzioni)
        self.fields["email"].widget.attrs["data-proposta"] = self.initial.get("email", "")  # invita.js goes by it

    def clean(self) -> dict:
        """Take away the proposed name where the address is another: the two belong together."""
        puliti = super().clean()
        proposto = [self.initial.get(c, "") for c in ("nome", "cognome")]
        cambiato = puliti.get("email", "").lower() != self.initial.get("email", "").lower()
        if cambiato and any(proposto) and proposto == [puliti.get("nome"), puliti.get("cognome")]:
            self.nome_altrui = " ".join(filter(None, proposto))
            puliti |= {"nome": "", "cognome": ""}
        return puliti


class InvitaAnche(forms.Form):
    """One row of «invita tutti»: whether, and to which address."""

    manda = forms.BooleanField(required=False)
    email = forms.EmailField(
        required=False,
        widget=forms.EmailInput(attrs={"class": "form-control", "autocomplete": "off", "inputmode": "email"}),
    )

    def __init__(self, *args, soggetto, **opzioni):
        super().__init__(*args, prefix=f"s-{soggetto.pk}", **opzioni)
        self.soggetto = soggetto
        self.fields["manda"].label = f"Invita {soggetto}"
        self.fields["email"].label = f"Indirizzo e-mail per {soggetto}"

    def clean(self) -> dict:
        puliti = super().clean()
        if puliti.get("manda") and not puliti.get("email") and "email" not in self.errors:
            self.add_error("email", "Scrivi l'indirizzo, o togli la spunta.")
        return puliti


class Conferma(Atto):
    """What a soggetto may give with its confirmation, the act and the paper; nothing of it is asked."""

    genere = forms.ChoiceField(
        label="Tipo di atto",
        choices=[("", "Nessun atto"), *AttoDiImpegno.Genere.choices],
        required=False,
        help_text="Quello con cui il tuo ente impegna il cofinanziamento, se c'è già.",
    )
    data = Giorno(label="Data", required=False, validators=[ADOTTATO])
    importo = Euro(label="Importo impegnato", help_text="In euro, se l'atto lo dice.")
    documento = Allegato(label="Documento firmato", required=False, help_text=AMMESSI)

    def clean(self) -> dict:
        """Refuse an act that is not told by its kind and its date at least."""
        puliti = super().clean()
        if any(puliti.get(c) not in (None, "") for c in Atto.base_fields):
            for campo, detto in (("genere", "Scegli il tipo di atto."), ("data", "Scrivi la data dell'atto.")):
                if not puliti.get(campo) and campo not in self.errors:
                    self.add_error(campo, detto)
        return puliti

    @property
    def atto(self) -> dict | None:
        """The act that was written, if one was."""
        return {c: self.cleaned_data[c] for c in Atto.base_fields} if self.cleaned_data["genere"] else None


class ConfermaPerConto(Conferma):
    """By the capofila for a partner that signed on paper: the paper must be there."""

    documento = Allegato(
        label="Documento firmato dal partner",
        help_text=AMMESSI,
        error_messages={"required": "Allega il documento firmato: senza, la conferma spetta al partner."},
    )
    field_order = ["documento"]


class RitiraConferma(Vestito):
    """Why a confirmation is taken back."""

    motivo = Motivo(
        label="Perché la ritiri",
        help_text="Resta scritto accanto alla conferma, e lo legge chi legge la scheda.",
        error_messages={"required": "Scrivi il motivo: resta accanto alla conferma ritirata."},
    )


class Sollecita(Vestito):
    """Asking for what is missing: whom, and in which words; `soggetti` are the rows of the board of who owes something."""

    soggetti = forms.MultipleChoiceField(
        label="A chi",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Spunta almeno un soggetto.", "invalid_choice": "Uno dei soggetti non deve più niente."},
    )
    testo = forms.CharField(
        label="Che cosa scrivere",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Sotto queste parole ciascuno trova l'elenco di ciò che gli manca, con i collegamenti alle pagine.",
    )

    def __init__(self, *args, righe: list[dict], **opzioni):
        super().__init__(*args, **opzioni)
        self.fields["soggetti"].choices = [(r["id"], r["denominazione"]) for r in righe]


def parole(progetto: Progetto) -> str:
    """Return the words that are proposed."""
    entro = f", che si chiude il {data_ora(progetto.avviso.chiude_il)}" if progetto.avviso.chiude_il else ""
    return (
        f"Buongiorno,\nper presentare la scheda «{progetto}» all'avviso{entro}, ci manca ancora la vostra parte. "
        "Vi chiediamo di completarla appena potete: bastano pochi minuti, anche dal telefono.\nGrazie"
    )
