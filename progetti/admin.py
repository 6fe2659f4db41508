from django import forms
from django.contrib import admin

from conciliazione.admin import SolaLetturaAdmin

from .edizioni import EDIZIONI
from .models import Avviso, ModuloAmmesso, Presentazione, Progetto, Versione


class ModuloForm(forms.ModelForm):
    edizione = forms.ChoiceField(
        label="Edizione della scheda",
        choices=lambda: [(e.codice, f"{e.codice}: {e.titolo}") for e in EDIZIONI.values()],
    )


class ModuloInline(admin.TabularInline):
    model = ModuloAmmesso
    form = ModuloForm
    fields = ["edizione"]
    extra = 0
    min_num = 1
    validate_min = True


class AvvisoForm(forms.ModelForm):
    class Meta:
        localized_fields = "__all__"


@admin.register(Avviso)
class AvvisoAdmin(admin.ModelAdmin):
    form = AvvisoForm
    inlines = [ModuloInline]
    list_display = ["titolo", "atto", "ats", "apre_il", "chiude_il"]
    list_select_related = ["ats"]
    prepopulated_fields = {"codice": ["titolo"]}
    fieldsets = [
        (None, {"fields": ["titolo", "codice", "atto", "ats"]}),
        ("Termini", {"fields": ["apre_il", "chiude_il", "attivita_entro"]}),
        (
            "Regole (vuoto: l'avviso non lo dice, e non si controlla)",
            {
                "fields": [
                    "aree_massime",
                    ("spese_generali_massimo", "spese_generali_base"),
                    ("contributo_percentuale", "contributo_massimo"),
                    "conferme_gravita",
                ]
            },
        ),
        ("Righe dei testi", {"fields": [("righe_larghezza_mm", "righe_corpo_pt"), "righe_gravita"]}),
    ]


@admin.register(Progetto)
class ProgettoAdmin(SolaLetturaAdmin):
    list_display = ["__str__", "capofila", "avviso", "stato", "origine", "modificato_il"]
    list_select_related = ["capofila", "avviso"]
    list_filter = ["stato", "origine"]
    search_fields = ["titolo"]


@admin.register(Versione)
class VersioneAdmin(SolaLetturaAdmin):
    list_display = ["progetto", "numero", "origine", "sha256", "creata_il"]
    list_select_related = ["progetto"]
    exclude = ["contenuto", "lettura", "segnalazioni"]


@admin.register(Presentazione)
class PresentazioneAdmin(SolaLetturaAdmin):
    list_display = ["numero_di_domanda", "versione", "canale", "presentata_il", "protocollo"]
    list_select_related = ["versione__progetto"]
