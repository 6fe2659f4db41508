"""Forms about who acts for an ente: inviting, changing a role, ending it; giving a mandate."""

from datetime import date

from django import forms
from django.db.models import F, Q
from django.utils import timezone

from conciliazione.italiano.codici import controlla_codice_fiscale, controlla_partita_iva
from conciliazione.moduli.campi import Giorno, Vestito

from ..models import Adesione, Ente
from . import incarichi


def _posta(**opzioni) -> forms.EmailField:
    attributi = {"class": "form-control", "autocomplete": "off", "inputmode": "email"}
    return forms.EmailField(label="Indirizzo e-mail", widget=forms.EmailInput(attrs=attributi), **opzioni)


class InvitaPersona(Vestito):
    """Somebody who will act for the ente, by the address of their own."""

    email = _posta(help_text="L'indirizzo della persona, non quello dell'ufficio: il collegamento è personale.")
    nome = forms.CharField(label="Nome", max_length=80, required=False)
    cognome = forms.CharField(label="Cognome", max_length=80, required=False)
    ruolo = forms.ChoiceField(
        label="Ruolo",
        help_text="L'operatore prepara; il responsabile presenta, invita e decide; l'esperto risponde allo sportello, e basta.",
    )

    def __init__(self, *args, ente: Ente, **opzioni):
        super().__init__(*args, **opzioni)
        self.fields["ruolo"].choices = incarichi.ruoli_di(ente)


class CambiaRuolo(forms.Form):
    ruolo = forms.ChoiceField()

    def __init__(self, *args, ente: Ente, **opzioni):
        super().__init__(*args, **opzioni)
        self.fields["ruolo"].choices = incarichi.ruoli_di(ente)


class FineIncarico(forms.Form):
    """The day from which somebody does not act any more; what is past is not written anew."""

    dal = Giorno(required=False)

    def clean_dal(self) -> date | None:
        dal = self.cleaned_data["dal"]
        if dal and dal < timezone.localdate():
            raise forms.ValidationError("Scrivi la data di oggi o una futura: quello che è stato fatto finora resta fatto.")
        return dal


class DaiMandato(Vestito):
    """A mandate: to which ente, by which act, from when to when."""

    ente = forms.ModelChoiceField(
        queryset=Ente.objects.none(), label="A un ente delle tue alleanze", required=False, empty_label="Scegli un ente"
    )
    codice_fiscale = forms.CharField(
        label="Oppure, per codice fiscale o partita IVA",
        required=False,
        max_length=40,
        help_text="Di un ente registrato nel portale, per esempio una società che vi fa da servizio globale.",
    )
    atto = forms.CharField(label="Atto", max_length=200, help_text="Per esempio: contratto di servizio globale del 03/02/2026.")
    dal = Giorno(label="Dal", help_text="Il primo giorno in cui vale.")
    al = Giorno(label="Fino al", required=False, help_text="Vuoto se vale finché non lo ritirate.")

    def __init__(self, *args, mandante: Ente, **opzioni):
        super().__init__(*args, **opzioni)
        self.mandante = mandante
        mie = Adesione.objects.filter(Adesione.in_corso(), ente=mandante).values("alleanza")
        compagni = Adesione.objects.filter(Adesione.in_corso(), alleanza__in=mie).values("ente")
        altri = Ente.objects.filter(pk__in=compagni, genere=Ente.Genere.ORDINARIO).exclude(pk=mandante.pk)
        self.fields["ente"].queryset = altri.per_elenco()

    def clean(self) -> dict:
        puliti = super().clean()
        scritto = (puliti.get("codice_fiscale") or "").strip()
        if not puliti.get("ente") and scritto:
            puliti["ente"] = self._per_codice(scritto)
        elif not puliti.get("ente") and "ente" not in self.errors:
            self.add_error("ente", "Scegli un ente, o scrivi il suo codice fiscale o la partita IVA.")
        if puliti.get("dal") and puliti.get("al") and puliti["al"] < puliti["dal"]:
            self.add_error("al", "Il mandato finisce prima di cominciare: controlla le due date.")
        if puliti.get("al") and puliti["al"] < timezone.localdate():
            self.add_error("al", "Questa data è passata: il mandato non varrebbe neanche un giorno.")
        return puliti

    def _per_codice(self, scritto: str) -> Ente | None:
        """An office has the code of the body it belongs to: the body comes first."""
        fiscale, iva = controlla_codice_fiscale(scritto), controlla_partita_iva(scritto)
        codici = {scritto.upper(), fiscale.valore, iva.valore} - {None}
        trovati = Ente.objects.filter(Q(codice_fiscale__in=codici) | Q(partita_iva__in=codici), genere=Ente.Genere.ORDINARIO)
        ente = trovati.order_by(F("articolazione_di").asc(nulls_first=True), "pk").first()
        if ente is None:
            self.add_error("codice_fiscale", "Nessun ente registrato nel portale ha questo codice: ricontrollalo.")
        return ente
