"""The forms of who examines: what is missing, why not, by which act."""

from django import forms

from ..moduli.campi import ADOTTATO, Allegato, Giorno, Vestito
from .termini import FERMO_MASSIMO


class ConAtto(Vestito):
    """A decision that may name the act by which it was taken: all of it blank, or at least who adopted it and when."""

    DELL_ATTO = ("atto_organo", "atto_numero", "atto_data", "atto_file")

    atto_organo = forms.CharField(
        label="Atto adottato da",
        required=False,
        max_length=160,
        help_text="Per esempio «Cabina di regia dell'alleanza, verbale» o «Giunta comunale, delibera».",
    )
    atto_numero = forms.CharField(label="Numero dell'atto", required=False, max_length=40)
    atto_data = Giorno(label="Data dell'atto", required=False, validators=[ADOTTATO])
    atto_file = Allegato(
        label="File dell'atto", required=False, help_text="PDF, PDF firmato (.p7m), PNG o JPEG, al massimo 10 MB."
    )

    def clean(self):
        """Make one value of its four fields: `atto`, None when they are all blank."""
        puliti = super().clean()
        if any(puliti.get(nome) for nome in self.DELL_ATTO):
            for nome, manca in (("atto_organo", "Scrivi chi ha adottato l'atto."), ("atto_data", "Scrivi la data dell'atto.")):
                if not puliti.get(nome) and nome not in self.errors:
                    self.add_error(nome, manca)
        atto = {nome.removeprefix("atto_"): puliti.pop(nome, None) for nome in self.DELL_ATTO}
        return puliti | {"atto": atto if any(atto.values()) else None}

    @property
    def dell_atto(self) -> list[forms.BoundField]:
        return [self[nome] for nome in self.DELL_ATTO]

    @property
    def atto_aperto(self) -> bool:
        """Whether its part of the page stands open: something was written in it."""
        return any(campo.errors or campo.value() for campo in self.dell_atto)

    @property
    def propri(self) -> list[forms.BoundField]:
        """The fields of the decision itself."""
        return [campo for campo in self if campo.name not in self.DELL_ATTO]


class Respinge(ConAtto):
    """No, for a reason."""

    motivo = forms.CharField(
        max_length=4000,
        label="Motivi",
        help_text="Vanno nella lettera a chi ha fatto la richiesta: sulla sua pagina, per posta e in PDF.",
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Scrivi il motivo: chi ha chiesto ha diritto di saperlo."},
    )
    field_order = ["motivo"]


class ChiedeIntegrazioni(Vestito):
    """What is missing, all at once, and within how many days."""

    testo = forms.CharField(
        label="Che cosa manca o va chiarito",
        max_length=4000,
        help_text="Tutto insieme: va in una lettera sola, con un solo termine.",
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Scrivi che cosa chiedi: chi risponde deve sapere che cosa fare."},
    )
    giorni = forms.IntegerField(
        label="Giorni per rispondere",
        initial=15,
        min_value=1,
        max_value=FERMO_MASSIMO,
        widget=forms.TextInput(attrs={"class": "form-control numero", "inputmode": "numeric"}),
        error_messages={
            "min_value": "Serve almeno un giorno.",
            "max_value": f"Al massimo {FERMO_MASSIMO} giorni: di più un esame non resta fermo (L. 241/1990, art. 2, c. 7).",
            "invalid": f"Scrivi un numero di giorni in cifre, fra 1 e {FERMO_MASSIMO}.",
        },
    )


class Riprende(Vestito):
    """The examination goes on without an answer, or with one that came some other way."""

    motivo = forms.CharField(
        label="Perché l'esame riprende",
        max_length=1000,
        help_text="Per esempio «La delibera è arrivata per PEC» o «Il termine è passato senza risposta».",
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Scrivi perché: lo legge anche chi ha fatto la richiesta."},
    )


class Risponde(Vestito):
    """The answer to a request for integration, beside what was changed."""

    risposta = forms.CharField(
        label="La tua risposta",
        max_length=2000,
        help_text="Che cosa hai cambiato o aggiunto, punto per punto.",
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Scrivi che cosa hai cambiato o aggiunto: chi esamina parte da qui."},
    )
