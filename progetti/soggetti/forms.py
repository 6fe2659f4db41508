"""Letting one ente in."""

from django import forms
from django.db.models import F, Q

from alleanze.models import Ente
from conciliazione.italiano.codici import Lettura, controlla_codice_fiscale, controlla_partita_iva
from conciliazione.moduli.campi import Vestito

from ..models import Progetto
from . import aggiungi


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
        self.fields["ente"].queryset = aggiungi.dell_alleanza(progetto)
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
        fiscale, iva = controlla_codice_fiscale(scritto), controlla_partita_iva(scritto)
        codici = {scritto.upper(), fiscale.valore, iva.valore} - {None}
        trovati = Ente.objects.filter(Q(codice_fiscale__in=codici) | Q(partita_iva__in=codici), genere=Ente.Genere.ORDINARIO)
        nuovo = trovati.exclude(pk__in=self.presenti).order_by(F("articolazione_di").asc(nulls_first=True), "pk").first()
        if nuovo is None:
            self.add_error("codice_fiscale", self._perche_no(trovati.first(), fiscale, iva))
        return nuovo

    @staticmethod
    def _perche_no(ente: Ente | None, fiscale: Lettura, iva: Lettura) -> str:
        if ente is not None:
            return f"{ente} è già tra i soggetti del progetto."
        if fiscale.valore is None and iva.valore is None:
            return f"Non è un codice fiscale né una partita IVA. {fiscale.errore}"
        return (
            "Il codice è scritto bene, ma nessun ente registrato nel portale lo ha come codice fiscale o come partita IVA. "
            "Ricontrollalo sui documenti dell'ente; se è giusto, registra l'ente con «Carica o incolla un elenco di soggetti»."
        )
