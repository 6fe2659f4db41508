"""The administrator's desk: enti, sedi, cariche, people, alliances."""

from django import forms
from django.contrib import admin

from conciliazione.date_it import problema_di_nascita
from conciliazione.ordinamento import per_nome

from .models import Adesione, Alleanza, Appartenenza, Carica, Ente, Persona, Sede


class SedeInLinea(admin.StackedInline):
    model = Sede
    extra = 0


class CaricaInLinea(admin.TabularInline):
    model = Carica
    extra = 0
    autocomplete_fields = ["persona"]


class AppartenenzaInLinea(admin.TabularInline):
    model = Appartenenza
    extra = 0
    autocomplete_fields = ["utente"]


class AdesioneInLinea(admin.TabularInline):
    model = Adesione
    extra = 0
    autocomplete_fields = ["ente"]


@admin.register(Ente)
class EnteAdmin(admin.ModelAdmin):
    list_display = ["denominazione", "settore", "tipologia", "codice_fiscale", "genere"]
    list_filter = ["settore", "genere"]
    search_fields = ["denominazione", "alias", "codice_fiscale", "partita_iva"]
    autocomplete_fields = ["articolazione_di", "rappresenta", "succede_a"]
    inlines = [SedeInLinea, CaricaInLinea, AppartenenzaInLinea]

    def get_ordering(self, request):
        return [per_nome("denominazione")]


class PersonaForm(forms.ModelForm):
    def clean_nato_il(self):
        if problema := problema_di_nascita(self.cleaned_data["nato_il"]):
            raise forms.ValidationError(f"Controlla: {problema}.")
        return self.cleaned_data["nato_il"]


@admin.register(Persona)
class PersonaAdmin(admin.ModelAdmin):
    form = PersonaForm
    list_display = ["cognome", "nome", "codice_fiscale", "email"]
    search_fields = ["cognome", "nome", "codice_fiscale"]
    autocomplete_fields = ["utente"]

    def get_ordering(self, request):
        return [per_nome("cognome"), per_nome("nome")]


@admin.register(Alleanza)
class AlleanzaAdmin(admin.ModelAdmin):
    list_display = ["nome", "territorio", "capofila", "ats"]
    list_select_related = ["capofila", "ats"]
    search_fields = ["nome", "territorio"]
    autocomplete_fields = ["capofila"]
    inlines = [AdesioneInLinea]
