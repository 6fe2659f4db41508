"""The forms of a confirmation: the act by which the cofinancing is committed, and the paper that was signed."""

from datetime import date

from django import forms
from django.utils import timezone

from conciliazione.moduli import Allegato, Giorno, Vestito

from ..models import AttoDiImpegno
from .campi import Euro

AMMESSI = "PDF, PDF firmato (.p7m), PNG o JPEG, al massimo 10 MB."
DELL_ATTO = ("genere", "numero", "data", "organo", "importo")


class Conferma(Vestito):
    """What a soggetto may give with its confirmation; nothing of it is asked."""

    genere = forms.ChoiceField(
        label="Tipo di atto",
        choices=[("", "Nessun atto"), *AttoDiImpegno.Genere.choices],
        required=False,
        help_text="Quello con cui il tuo ente impegna il cofinanziamento, se c'è già.",
    )
    numero = forms.CharField(label="Numero", max_length=40, required=False)
    data = Giorno(label="Data", required=False)
    organo = forms.CharField(
        label="Adottato da",
        max_length=120,
        required=False,
        help_text="Per esempio: Giunta comunale, consiglio di amministrazione.",
    )
    importo = Euro(label="Importo impegnato", help_text="In euro, se l'atto lo dice.")
    documento = Allegato(label="Documento firmato", required=False, help_text=AMMESSI)

    def clean_data(self) -> date | None:
        data = self.cleaned_data["data"]
        if data and data > timezone.localdate():
            raise forms.ValidationError("Questa data è nel futuro: indica il giorno in cui l'atto è stato adottato.")
        return data

    def clean(self) -> dict:
        """An act is told by its kind and its date at least."""
        puliti = super().clean()
        if any(puliti.get(c) not in (None, "") for c in DELL_ATTO):
            for campo, detto in (("genere", "Scegli il tipo di atto."), ("data", "Scrivi la data dell'atto.")):
                if not puliti.get(campo) and campo not in self.errors:
                    self.add_error(campo, detto)
        return puliti

    @property
    def atto(self) -> dict | None:
        """The act that was written, if one was."""
        return {c: self.cleaned_data[c] for c in DELL_ATTO} if self.cleaned_data["genere"] else None


class ConfermaPerConto(Conferma):
    """By the capofila for a partner that signed on paper: the paper must be there."""

    documento = Allegato(
        label="Documento firmato dal partner",
        help_text=AMMESSI,
        error_messages={"required": "Allega il documento firmato: senza, la conferma spetta al partner."},
    )
    field_order = ["documento"]
