"""Telling of a filing made elsewhere, and lending the draft."""

from django import forms

from alleanze.models import Ente
from conciliazione.file import allegati
from conciliazione.moduli.campi import Giorno, GiornoEOra, NonFuturo, Vestito

from .. import permessi
from ..models import Presentazione

PRIMO_ANNO = 2000


class PresentataAltrove(Vestito):
    """A filing made outside the portal."""

    canale = forms.ChoiceField(
        label="Canale",
        choices=[c for c in Presentazione.Canale.choices if c[0] != Presentazione.Canale.PORTALE],
        help_text="Per quale via la scheda è stata presentata.",
    )
    presentata_il = GiornoEOra(
        label="Presentata il",
        help_text="Giorno e ora, per esempio 14/07/2022 e 11:30: quelli della ricevuta (per la PEC, quella di accettazione).",
        error_messages={"required": "Scrivi giorno e ora della presentazione, per esempio 14/07/2022 e 11:30."},
        validators=[NonFuturo("quando la scheda è stata presentata")],
    )
    protocollo = forms.CharField(
        label="Numero di protocollo",
        required=False,
        max_length=80,
        help_text="Il numero dato da chi ha ricevuto la scheda; se non lo hai, allega la ricevuta.",
    )
    protocollo_il = Giorno(
        label="Data del protocollo",
        required=False,
        help_text="Il giorno della registrazione, per esempio 14/07/2022.",
        validators=[NonFuturo("il giorno in cui la scheda è stata protocollata")],
    )
    ricevuta = forms.FileField(
        label="Ricevuta",
        required=False,
        help_text="La ricevuta della PEC (.eml) o un PDF, al massimo 10 MB.",
    )

    def clean_presentata_il(self):
        quando = self.cleaned_data["presentata_il"]
        if quando.year < PRIMO_ANNO:
            raise forms.ValidationError(f"Controlla l'anno: {quando.year} viene prima di ogni avviso.")
        return quando

    def clean_ricevuta(self):
        file = self.cleaned_data.get("ricevuta")
        return allegati.verifica(file, posta=True) if file else None

    def clean(self):
        puliti = super().clean()
        if not puliti.get("protocollo") and not puliti.get("ricevuta") and "ricevuta" not in self.errors:
            self.add_error(
                "protocollo",
                "Indica il numero di protocollo o allega la ricevuta: serve una prova della presentazione.",
            )
        return puliti


class Presta(Vestito):
    """Lending the draft: to which ATS, and a word for it."""

    ats = forms.ModelChoiceField(queryset=Ente.objects.none(), label="A quale ATS", empty_label=None)
    messaggio = forms.CharField(
        label="Messaggio per l'ATS",
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Facoltativo: per esempio, su che cosa vorresti un parere.",
    )

    def __init__(self, *args, progetto, **opzioni):
        super().__init__(*args, **opzioni)
        ats = Ente.objects.filter(pk__in=permessi.ats_di(progetto))
        gia = progetto.prestiti.filter(revocato_il=None).values("ats")
        self.fields["ats"].queryset = ats.exclude(pk__in=gia).per_elenco()
