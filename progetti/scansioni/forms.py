"""Bringing scans in, and saying which paper each piece of them is."""

from django import forms

from conciliazione.moduli.campi import Allegato, Vestito

from ..models import DaFirmare
from .scansioni import Letto

NON_ORA = "non registrare ora"


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
        """Return, by piece, the paper that it is."""
        return {le.chiave: self.cleaned_data[le.chiave] for le in self.letti if self.cleaned_data.get(le.chiave)}
