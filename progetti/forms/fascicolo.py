"""Forms of the papers to sign."""

from decimal import Decimal

from django import forms
from django.utils import timezone

from conciliazione.moduli import Allegato, Giorno, Vestito

from ..fascicolo.scansioni import Letto
from ..models import AttoDiImpegno, DaFirmare
from .campi import Euro

NON_ORA = "non registrare ora"


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


class PiuFile(forms.ClearableFileInput):
    allow_multiple_selected = True


class Scansioni(Vestito):
    """Several scans at once; each is checked by itself and told by its name."""

    MASSIMO = 40
    file = Allegato(
        label="Scansioni",
        help_text="PDF (anche di più documenti insieme), PNG o JPEG; al massimo 10 MB ciascuno. Puoi sceglierne più d'uno.",
        widget=PiuFile(attrs={"accept": ".pdf,.png,.jpg,.jpeg,.p7m"}),
        error_messages={"required": "Scegli almeno un file."},
    )

    def clean(self):
        """The field itself looks at the last of them only."""
        puliti, campo, buoni = super().clean(), self.fields["file"], []
        scelti = self.files.getlist("file") if self.files else []
        self._errors.pop("file", None) if scelti else None
        if len(scelti) > self.MASSIMO:
            self.add_error("file", f"Sono {len(scelti)} file: caricane al massimo {self.MASSIMO} alla volta.")
            return puliti
        for file in scelti:
            nome = file.name
            try:
                buoni.append(campo.clean(file))
            except forms.ValidationError as errore:
                self.add_error("file", [f"{nome}: {messaggio}" for messaggio in errore.messages])
        puliti["file"] = buoni
        return puliti


class Abbina(Vestito):
    """Which paper each piece is: what its QR says is chosen already, the rest is for a person to say."""

    controllate = forms.BooleanField(
        label="Ho controllato le firme: segna questi documenti come ricevuti",
        required=False,
        help_text="Altrimenti restano «firmati, da controllare».",
    )

    def __init__(self, *args, letti: list[Letto], registrabili: list[DaFirmare], **opzioni):
        super().__init__(*args, **opzioni)
        self.letti = letti
        scelte = [("", NON_ORA), *((str(c.pk), f"{c.partecipazione}: {c.get_genere_display()}") for c in registrabili)]
        for letto in letti:
            self.fields[letto.chiave] = forms.ChoiceField(
                label=f"Di quale documento si tratta: {letto.nome}, {letto.dove}",
                choices=scelte,
                initial=letto.proposta,
                required=False,
                widget=forms.Select(attrs={"class": "form-select"}),
                error_messages={"invalid_choice": "Questo documento non si può più registrare: scegline un altro."},
            )

    @property
    def righe(self) -> list[tuple[Letto, forms.BoundField]]:
        return [(letto, self[letto.chiave]) for letto in self.letti]

    def clean(self):
        puliti, visti = super().clean(), set()
        for letto in self.letti:
            scelta = puliti.get(letto.chiave)
            if scelta and scelta in visti:
                self.add_error(letto.chiave, "Hai scelto lo stesso documento per due scansioni: lasciane una sola.")
            visti.add(scelta)
        if not self.errors and not self.scelte():
            raise forms.ValidationError("Non hai scelto nessun documento da registrare.")
        return puliti

    def scelte(self) -> dict[str, str]:
        """By piece, the paper that it is."""
        return {le.chiave: self.cleaned_data[le.chiave] for le in self.letti if self.cleaned_data.get(le.chiave)}


class Atto(Vestito):
    """The act that commits the cofinancing."""

    genere = forms.ChoiceField(label="Tipo di atto", choices=AttoDiImpegno.Genere.choices)
    numero = forms.CharField(label="Numero", required=False, max_length=40)
    data = Giorno(label="Data", error_messages={"required": "Scrivi la data dell'atto, per esempio 12/03/2026."})
    organo = forms.CharField(
        label="Adottato da",
        required=False,
        max_length=120,
        help_text="Per esempio: Giunta comunale, Consiglio di amministrazione.",
    )
    importo = Euro(label="Importo impegnato", help_text="Se l'atto lo dice.")

    def clean_data(self):
        giorno = self.cleaned_data["data"]
        if giorno > timezone.localdate():
            raise forms.ValidationError("Questa data è nel futuro: indica il giorno in cui l'atto è stato adottato.")
        return giorno

    def clean_importo(self) -> Decimal | None:
        importo = self.cleaned_data["importo"]
        if importo is not None and importo < 0:
            raise forms.ValidationError("L'importo non può essere negativo.")
        return importo
