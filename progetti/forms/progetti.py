"""Forms around the scheda; those of the scheda itself are in the editions."""

from django import forms
from django.db.models import F, Q
from django.utils import timezone

from alleanze.models import Adesione, Alleanza, Ente
from conciliazione import allegati, identificativi
from conciliazione.moduli import Giorno, GiornoEOra, Vestito
from conciliazione.parole import per_nome

from .. import nascita, ordine
from ..models import Presentazione, Progetto

TESTO = {"class": "form-control"}
SCELTA = {"class": "form-select"}
PRIMO_ANNO = 2000


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
    """An ente that is not in the scheda yet: those of the alleanza first, any other by one of its two codes."""

    ente = forms.ModelChoiceField(
        queryset=Ente.objects.none(), label="Dall'alleanza", required=False, empty_label="Scegli un soggetto"
    )
    codice_fiscale = forms.CharField(
        label="Oppure, per codice fiscale o partita IVA",
        required=False,
        max_length=40,
        help_text="Di un ente già registrato nel portale che non fa parte dell'alleanza.",
    )

    def __init__(self, *args, progetto: Progetto, **opzioni):
        super().__init__(*args, **opzioni)
        self.presenti = progetto.partecipazioni.values("ente")
        self.fields["ente"].queryset = ordine.dell_alleanza(progetto)
        self.mancano = list(self.fields["ente"].queryset)
        vuota = self.fields["ente"].empty_label if self.mancano else "sono già tutti nella scheda"
        self.fields["ente"].choices = [("", vuota), *((e.pk, str(e)) for e in self.mancano)]
        if progetto.alleanza_id is None:
            self._senza_alleanza()

    def _senza_alleanza(self) -> None:
        """The call has free partnerships: there is nothing to choose from."""
        del self.fields["ente"]
        self.fields["codice_fiscale"].label = "Codice fiscale o partita IVA"
        self.fields["codice_fiscale"].help_text = "Di un ente già registrato nel portale."

    def clean(self):
        puliti = super().clean()
        scritto = (puliti.get("codice_fiscale") or "").strip()
        if puliti.get("ente") or self.errors:
            return puliti
        if not scritto:
            scegli = "Scegli un soggetto dell'alleanza o scrivi" if "ente" in self.fields else "Scrivi"
            raise forms.ValidationError(f"{scegli} un codice fiscale o una partita IVA.")
        puliti["ente"] = self._per_codice(scritto)
        return puliti

    def _per_codice(self, scritto: str) -> Ente | None:
        """An office has the code of the body it belongs to: the body comes first, unless it is in already."""
        fiscale, iva = identificativi.controlla_codice_fiscale(scritto), identificativi.controlla_partita_iva(scritto)
        codici = {scritto.upper(), fiscale.valore, iva.valore} - {None}
        trovati = Ente.objects.filter(Q(codice_fiscale__in=codici) | Q(partita_iva__in=codici), genere=Ente.Genere.ORDINARIO)
        nuovo = trovati.exclude(pk__in=self.presenti).order_by(F("articolazione_di").asc(nulls_first=True), "pk").first()
        if nuovo is None:
            self.add_error("codice_fiscale", self._perche_no(trovati.first(), fiscale, iva))
        return nuovo

    @staticmethod
    def _perche_no(ente: Ente | None, fiscale: identificativi.Lettura, iva: identificativi.Lettura) -> str:
        if ente is not None:
            return f"{ente} è già tra i soggetti del progetto."
        if fiscale.valore is None and iva.valore is None:
            return f"Non è un codice fiscale né una partita IVA. {fiscale.errore}"
        return (
            "Il codice è scritto bene, ma nessun ente registrato nel portale lo ha come codice fiscale o come partita IVA. "
            "Ricontrollalo sui documenti dell'ente; se è giusto, registra l'ente con «Carica o incolla un elenco di soggetti»."
        )


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
    )
    protocollo = forms.CharField(
        label="Numero di protocollo",
        required=False,
        max_length=80,
        help_text="Il numero dato da chi ha ricevuto la scheda; se non lo hai, allega la ricevuta.",
    )
    protocollo_il = Giorno(
        label="Data del protocollo", required=False, help_text="Il giorno della registrazione, per esempio 14/07/2022."
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

    def clean_protocollo_il(self):
        giorno = self.cleaned_data["protocollo_il"]
        if giorno and giorno > timezone.localdate():
            raise forms.ValidationError("Questa data è nel futuro: indica il giorno in cui la scheda è stata protocollata.")
        return giorno

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
