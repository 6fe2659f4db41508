"""Lending the draft: to which ATS, and a word for it."""

from django import forms

from alleanze.models import Ente
from conciliazione.moduli import Vestito

from .. import permessi


class Presta(Vestito):
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
