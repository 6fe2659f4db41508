"""Forms of the papers to sign."""

from decimal import Decimal

from django import forms

from conciliazione.moduli.campi import ADOTTATO, Allegato, Euro, Giorno, Vestito

from ..models import AttoDiImpegno


class ConsegnaFirmata(Vestito):
    """The signed paper, as it comes back."""

    firmato = Allegato(
        label="Documento firmato",
        help_text="Il PDF firmato digitalmente (anche .p7m), oppure la scansione o la foto del foglio: al massimo 10 MB.",
        error_messages={"required": "Scegli il file del documento firmato."},
    )


class RimandaIndietro(Vestito):
    nota = forms.CharField(
        label="Che cosa non va",
        max_length=300,
        help_text="Lo legge chi deve firmare di nuovo: per esempio «manca la firma in fondo alla seconda pagina».",
        error_messages={"required": "Scrivi che cosa non va: chi deve firmare di nuovo ha bisogno di saperlo."},
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class Atto(Vestito):
    """The act that commits the cofinancing."""

    genere = forms.ChoiceField(label="Tipo di atto", choices=AttoDiImpegno.Genere.choices)
    numero = forms.CharField(label="Numero", required=False, max_length=40)
    data = Giorno(
        label="Data",
        error_messages={"required": "Scrivi la data dell'atto, per esempio 12/03/2026."},
        validators=[ADOTTATO],
    )
    organo = forms.CharField(
        label="Adottato da",
        required=False,
        max_length=120,
        help_text="Per esempio: Giunta comunale, Consiglio di amministrazione.",
    )
    importo = Euro(label="Importo impegnato", help_text="Se l'atto lo dice.")

    def clean_importo(self) -> Decimal | None:
        importo = self.cleaned_data["importo"]
        if importo is not None and importo < 0:
            raise forms.ValidationError("L'importo non può essere negativo.")
        return importo
