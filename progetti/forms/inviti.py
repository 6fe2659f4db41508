"""Forms of the invitations to fill the part of a soggetto."""

from django import forms

from conciliazione.moduli import Vestito


class InvitaIncaricato(Vestito):
    """Who fills that part; the addresses that are known are offered."""

    email = forms.EmailField(
        label="Indirizzo e-mail",
        widget=forms.EmailInput(attrs={"class": "form-control", "autocomplete": "off", "inputmode": "email"}),
        help_text="Di una persona: il collegamento è personale e vale una volta sola.",
    )
    nome = forms.CharField(label="Nome", max_length=80, required=False)
    cognome = forms.CharField(label="Cognome", max_length=80, required=False)


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
