"""For whom a scheda is opened."""

from django import forms

from alleanze.models import Adesione, Alleanza, Ente
from conciliazione.italiano.parole import per_nome
from conciliazione.moduli.campi import Vestito

from .. import permessi
from ..edizioni import nome_edizione


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

    edizione = forms.ChoiceField(
        label="Modulo della scheda",
        widget=forms.RadioSelect(attrs={"class": "form-check-input"}),
        help_text="L'avviso ne ammette più d'uno. Dopo aver aperto la scheda non si cambia.",
        error_messages={"required": "Scegli con quale modulo."},
    )

    def __init__(self, *args, avviso, utente, **opzioni):
        super().__init__(*args, **opzioni)
        ammesse = avviso.edizioni
        self.fields["edizione"].choices = [(codice, nome_edizione(codice)) for codice in ammesse]
        if len(ammesse) < 2:
            del self.fields["edizione"]
        enti = permessi.capofila_di(utente)
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
