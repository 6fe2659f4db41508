"""What the public reads of an alleanza."""

import re

from django import forms

from conciliazione.moduli import contesi
from conciliazione.moduli.campi import Vestito

from ..models import Alleanza

COMUNE_MASSIMO, COMUNI_MASSIMI = 100, 500
CAMPI = ("presentazione", "comuni", "come_aderire", "email", "telefono", "pubblica")


class Vetrina(Vestito):
    """All of it may be blank, but who shows itself to everybody says at least what it is."""

    presentazione = forms.CharField(
        label="Che cos'è e che cosa fa",
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"class": "form-control lungo", "rows": 8}),
        help_text="Poche righe, per chi non ne ha mai sentito parlare.",
    )
    comuni = forms.CharField(
        label="Comuni",
        required=False,
        widget=forms.Textarea(attrs={"class": "form-control", "rows": 6}),
        help_text="Quelli che l'alleanza copre: uno per riga, oppure separati da virgole. Chi cerca il suo Comune li trova.",
    )
    come_aderire = forms.CharField(
        label="Come si aderisce",
        required=False,
        max_length=3000,
        widget=forms.Textarea(attrs={"class": "form-control", "rows": 5}),
    )
    email = forms.EmailField(
        label="E-mail per il pubblico",
        required=False,
        help_text="Di un ufficio, non di una persona: la leggono tutti.",
        error_messages={"invalid": "Questo indirizzo e-mail non è scritto bene: controllalo."},
    )
    telefono = forms.CharField(label="Telefono per il pubblico", required=False, max_length=40)
    pubblica = forms.BooleanField(
        label="Visibile a tutti, anche a chi non ha un accesso",
        required=False,
        widget=forms.CheckboxInput(attrs={"class": "form-check-input"}),
        help_text="Anche i nomi degli enti che ne fanno parte; di persone niente.",
    )

    def __init__(self, *args, alleanza: Alleanza, **opzioni):
        super().__init__(*args, initial=detta(alleanza) | {"comuni": "\n".join(alleanza.comuni)}, **opzioni)

    def clean_comuni(self) -> list[str]:
        """Return the Comuni in the order they are written, each once."""
        scritti = (" ".join(pezzo.split()) for pezzo in re.split(r"[\n,;]", self.cleaned_data["comuni"]))
        comuni = list({comune.casefold(): comune for comune in scritti if comune}.values())
        if lungo := next((c for c in comuni if len(c) > COMUNE_MASSIMO), ""):
            raise forms.ValidationError(f"«{lungo[:30]}…» è troppo lungo per essere un Comune: separali con virgole o a capo.")
        if len(comuni) > COMUNI_MASSIMI:
            raise forms.ValidationError(f"I Comuni sono {len(comuni)}: se ne possono scrivere {COMUNI_MASSIMI}.")
        return comuni

    def clean(self):
        puliti = super().clean()
        if puliti.get("pubblica") and "presentazione" in puliti and not puliti["presentazione"]:
            self.add_error("presentazione", "Per renderla visibile a tutti scrivi almeno che cos'è e che cosa fa.")
        return puliti


def detta(alleanza: Alleanza) -> dict:
    """Return what the page changes, as it is saved."""
    return {campo: getattr(alleanza, campo) for campo in CAMPI}


def diverse(prima: dict, dopo: dict) -> list[dict]:
    """Return what `dopo` says otherwise: label and text."""
    una, altra = ({campo: _in_testo(detta[campo]) for campo in CAMPI} for detta in (prima, dopo))
    return contesi.diverse(una, altra, {campo: Vetrina.base_fields[campo].label for campo in CAMPI})


def _in_testo(valore: str | bool | list[str]) -> str:
    if isinstance(valore, bool):
        return "sì" if valore else "no"
    return ", ".join(valore) if isinstance(valore, list) else valore
