"""Forms around the scheda; those of the scheda itself are in the editions."""

from datetime import datetime

from django import forms
from django.utils import timezone

from alleanze.models import Adesione, Alleanza, Ente
from conciliazione.ordinamento import per_nome

from . import allegati, nascita
from .models import Presentazione, Progetto

TESTO = {"class": "form-control"}
SCELTA = {"class": "form-select"}
PRIMO_ANNO = 2000


class Vestito(forms.Form):
    """Widgets with the classes of the portal's stylesheet."""

    def __init__(self, *args, **opzioni):
        super().__init__(*args, **opzioni)
        for campo in self.fields.values():
            classe = "form-select" if isinstance(campo.widget, forms.Select) else "form-control"
            if not isinstance(campo.widget, forms.CheckboxInput):
                campo.widget.attrs.setdefault("class", classe)


class NuovoProgetto(Vestito):
    """For which ente, in which alleanza (none where the call has free partnerships)."""

    capofila = forms.ModelChoiceField(queryset=Ente.objects.none(), label="Ente capofila", empty_label=None)
    alleanza = forms.ModelChoiceField(
        queryset=Alleanza.objects.none(),
        label="Alleanza",
        required=False,
        empty_label="Nessuna alleanza",
        help_text="I soggetti dell'alleanza si aggiungono alla scheda con un clic.",
    )

    def __init__(self, *args, utente, **opzioni):
        super().__init__(*args, **opzioni)
        enti = nascita.capofila_di(utente)
        self.fields["capofila"].queryset = Ente.objects.filter(pk__in=[e.pk for e in enti]).per_elenco()
        alleanze = Alleanza.objects.filter(capofila__in=enti) | Alleanza.objects.filter(
            pk__in=Adesione.objects.filter(Adesione.in_corso(), ente__in=enti).values("alleanza")
        )
        self.fields["alleanza"].queryset = alleanze.order_by(per_nome("nome"))
        if alleanze:
            self.initial["alleanza"] = alleanze[0]

    def clean(self):
        puliti = super().clean()
        alleanza, capofila = puliti.get("alleanza"), puliti.get("capofila")
        if alleanza and capofila and not self._ne_fa_parte(alleanza, capofila):
            self.add_error("alleanza", f"{capofila} non fa parte di questa alleanza: scegline un'altra o nessuna.")
        return puliti

    @staticmethod
    def _ne_fa_parte(alleanza: Alleanza, ente: Ente) -> bool:
        return alleanza.capofila_id == ente.pk or alleanza.adesioni.filter(Adesione.in_corso(), ente=ente).exists()


class AggiungiSoggetto(Vestito):
    """An ente that is not in the scheda yet: those of the alleanza first, any other by codice fiscale."""

    ente = forms.ModelChoiceField(
        queryset=Ente.objects.none(), label="Dall'alleanza", required=False, empty_label="Scegli un soggetto"
    )
    codice_fiscale = forms.CharField(
        label="Oppure, per codice fiscale",
        required=False,
        max_length=16,
        help_text="Di un ente già registrato nel portale che non fa parte dell'alleanza.",
    )

    def __init__(self, *args, progetto: Progetto, **opzioni):
        super().__init__(*args, **opzioni)
        self.presenti = progetto.partecipazioni.values("ente")
        adesioni = Adesione.objects.filter(Adesione.in_corso(), alleanza=progetto.alleanza_id).values("ente")
        dell_alleanza = Ente.objects.filter(pk__in=adesioni).exclude(pk__in=self.presenti)
        self.fields["ente"].queryset = dell_alleanza.per_elenco()

    def clean(self):
        puliti = super().clean()
        codice = (puliti.get("codice_fiscale") or "").strip().upper()
        if puliti.get("ente") or "ente" in self.errors:
            return puliti
        if not codice:
            raise forms.ValidationError("Scegli un soggetto dell'alleanza o scrivi un codice fiscale.")
        puliti["ente"] = self._per_codice(codice)
        return puliti

    def _per_codice(self, codice: str) -> Ente | None:
        ente = Ente.objects.filter(codice_fiscale__iexact=codice, genere=Ente.Genere.ORDINARIO).first()
        if ente is None:
            self.add_error(
                "codice_fiscale",
                "Nessun ente registrato ha questo codice fiscale: controlla o chiedi all'amministratore.",
            )
        elif self.presenti.filter(ente=ente).exists():
            self.add_error("codice_fiscale", f"{ente} è già tra i soggetti del progetto.")
        return ente


class ConfermaPerConto(Vestito):
    """The paper that a partner signed."""

    documento = forms.FileField(
        label="Documento firmato dal partner",
        help_text="PDF, PDF firmato (.p7m), PNG o JPEG, al massimo 10 MB.",
        error_messages={"required": "Allega il documento firmato: senza, la conferma spetta al partner."},
    )

    def clean_documento(self):
        return allegati.verifica(self.cleaned_data["documento"])


class GiornoEOra(forms.SplitDateTimeField):
    """A day and an hour as clocks show them: twice a year a night has an hour that is two, or none."""

    def compress(self, valori):
        try:
            return super().compress(valori)
        except forms.ValidationError as errore:
            if errore.code != "ambiguous_timezone":
                raise
            raise forms.ValidationError(self._quale(datetime.combine(*valori)), code=errore.code) from errore

    @staticmethod
    def _quale(detta: datetime) -> str:
        zona = timezone.get_current_timezone()
        prima, dopo = (detta.replace(tzinfo=zona, fold=fold).utcoffset() for fold in (0, 1))
        come = "è passata due volte" if prima > dopo else "non c'è stata"
        return (
            f"La notte del {detta:%d/%m/%Y} si è cambiata l'ora, e l'ora {detta:%H:%M} {come}: "
            "scrivine una prima delle 02:00 o dalle 03:00 in poi."
        )


class PresentataAltrove(Vestito):
    """A filing made outside the portal."""

    canale = forms.ChoiceField(
        label="Canale", choices=[c for c in Presentazione.Canale.choices if c[0] != Presentazione.Canale.PORTALE]
    )
    presentata_il = GiornoEOra(
        label="Presentata il",
        input_date_formats=["%d/%m/%Y", "%d.%m.%Y", "%Y-%m-%d"],
        input_time_formats=["%H:%M", "%H.%M"],
        widget=forms.SplitDateTimeWidget(
            date_attrs=TESTO | {"placeholder": "gg/mm/aaaa"}, time_attrs=TESTO | {"placeholder": "oo:mm"}
        ),
        help_text="Giorno e ora, per esempio 14/07/2022 e 11:30.",
        error_messages={
            "invalid_date": "Scrivi il giorno così: 14/07/2022.",
            "invalid_time": "Scrivi l'ora così: 11:30.",
        },
    )
    protocollo = forms.CharField(label="Numero di protocollo", required=False, max_length=80)
    protocollo_il = forms.DateField(
        label="Data del protocollo",
        required=False,
        input_formats=["%d/%m/%Y", "%d.%m.%Y", "%Y-%m-%d"],
        error_messages={"invalid": "Scrivi il giorno così: 14/07/2022."},
    )
    ricevuta = forms.FileField(
        label="Ricevuta",
        required=False,
        help_text="La ricevuta della PEC (.eml) o un PDF, al massimo 10 MB.",
    )

    def clean_presentata_il(self):
        quando = self.cleaned_data["presentata_il"]
        if quando > timezone.now():
            raise forms.ValidationError("Questa data è nel futuro: indica quando la scheda è stata presentata.")
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
