"""Forms of the agreements: what was agreed, between whom, and the signed file."""

from django import forms

from conciliazione.moduli.campi import Allegato, Giorno, Vestito
from conciliazione.moduli.contesi import Sorvegliato

from ..models import Accordo, Alleanza, Ente, ParteAccordo
from . import accordi

STATI = {"": "in vigore o da venire", "finiti": "finiti", "tutti": "tutti"}


class Filtro(Vestito):
    """What to see of the list."""

    genere = forms.ChoiceField(label="Tipo", required=False, choices=[("", "tutti i tipi"), *Accordo.Genere.choices])
    stato = forms.ChoiceField(label="Quali", required=False, choices=list(STATI.items()))


class ModuloAccordo(Sorvegliato, Vestito, forms.ModelForm):
    che_cosa = "questo accordo"

    stipulato_il = Giorno(label="Stipulato il", required=False)
    dal = Giorno(label="Vale dal", required=False)
    al = Giorno(
        label="Fino al", required=False, help_text="Vuoto se non ha una fine. Chi lo tiene è avvisato 60 e 30 giorni prima."
    )

    class Meta:
        model = Accordo
        fields = ("genere", "titolo", "custode", "alleanza", "stipulato_il", "dal", "al", "repertorio", "note")
        help_texts = {
            "custode": "L'ente che conserva l'accordo e lo tiene aggiornato qui.",
            "alleanza": "Se riguarda un'alleanza, lo leggono anche i suoi membri e l'ATS.",
        }
        widgets = {"titolo": forms.TextInput, "note": forms.Textarea(attrs={"rows": 4})}

    def __init__(self, *args, utente, **opzioni):
        super().__init__(*args, **opzioni)
        if not self.instance._state.adding:
            campi = {nome: getattr(self.instance, nome) for nome in self._meta.fields}
            parti = {"parti": list(self.instance.parti.order_by("pk").values_list())}
            self.sorveglia(campi | parti, di=self.instance, utente=utente)
        custodi = accordi.custodi(utente)
        if self.instance.custode_id:
            custodi = Ente.objects.filter(pk__in=[self.instance.custode_id, *custodi.values_list("pk", flat=True)]).per_elenco()
        self.fields["custode"].queryset = custodi
        self.fields["alleanza"].queryset = Alleanza.objects.visibili_a(utente).order_by("nome")
        self.fields["alleanza"].empty_label = "nessuna alleanza"
        if len(custodi) == 1:
            self.fields["custode"].empty_label = None
        self.fields["genere"].choices = [("", "scegli il tipo"), *Accordo.Genere.choices]

    def clean(self):
        """Tell at its field what is wrong; the database would tell it of the whole row."""
        puliti = super().clean()
        dal, al = puliti.get("dal"), puliti.get("al")
        if dal and al and al < dal:
            self.add_error("al", "L'accordo finisce prima di cominciare: controlla le due date.")
        return puliti


class ModuloParte(Vestito, forms.ModelForm):
    firmato_il = Giorno(label="Firmato il", required=False)

    class Meta:
        model = ParteAccordo
        fields = ("ente", "denominazione", "qualita", "firmato_il")
        labels = {"denominazione": "Oppure, se non è registrato, il nome"}

    def __init__(self, *args, enti, **opzioni):
        super().__init__(*args, **opzioni)
        self.fields["ente"].choices = enti
        self.fields["ente"].required = False

    def clean(self):
        puliti = super().clean()
        if self.has_changed() and not puliti.get("DELETE") and not puliti.get("ente") and not puliti.get("denominazione"):
            self.add_error("denominazione", "Scegli un ente o scrivi il nome della parte.")
        return puliti


class _Parti(forms.BaseInlineFormSet):
    def add_fields(self, form, index) -> None:
        super().add_fields(form, index)
        if "DELETE" in form.fields:
            form.fields["DELETE"].label = "Togli questa parte"


Parti = forms.inlineformset_factory(Accordo, ParteAccordo, form=ModuloParte, formset=_Parti, extra=3, can_delete_extra=False)


def parti(dati, accordo: Accordo | None, utente) -> forms.BaseInlineFormSet:
    """Return the rows of the parties; the enti to choose from are asked for once for all of them."""
    enti = [("", "scegli un ente"), *((ente.pk, str(ente)) for ente in accordi.enti_nominabili(utente, accordo))]
    return Parti(dati, instance=accordo, prefix="parti", form_kwargs={"enti": enti})


class FileFirmato(Vestito):
    file = Allegato(
        label="Accordo firmato",
        help_text="PDF, PDF firmato (.p7m), PNG o JPEG, al massimo 10 MB. Quelli di prima restano.",
        error_messages={"required": "Scegli il file dell'accordo firmato."},
    )
    nota = forms.CharField(
        label="Che cosa cambia", required=False, max_length=200, help_text="Per esempio: «con la firma del terzo partner»."
    )
