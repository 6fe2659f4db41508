"""The administrator's desk: enti, sedi, cariche, people, alliances."""

from django import forms
from django.contrib import admin

from conciliazione.admin import SolaLetturaAdmin
from conciliazione.italiano.date import problema_di_nascita
from conciliazione.italiano.parole import per_nome

from .models import (
    Accordo,
    Adesione,
    Alleanza,
    Appartenenza,
    Carica,
    DichiarazioneDimensione,
    Ente,
    ImpresaLegata,
    Mandato,
    ParteAccordo,
    Persona,
    Quesito,
    RichiestaAdesione,
    Sede,
    Sportello,
)


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


class ParteInLinea(admin.TabularInline):
    model = ParteAccordo
    extra = 0
    autocomplete_fields = ["ente"]


@admin.register(Accordo)
class AccordoAdmin(admin.ModelAdmin):
    list_display = ["titolo", "genere", "custode", "stipulato_il", "al"]
    list_select_related = ["custode"]
    list_filter = ["genere"]
    search_fields = ["titolo", "repertorio"]
    autocomplete_fields = ["alleanza", "custode"]
    inlines = [ParteInLinea]


@admin.register(Mandato)
class MandatoAdmin(admin.ModelAdmin):
    list_display = ["mandante", "mandatario", "dal", "al", "atto"]
    list_select_related = ["mandante", "mandatario"]
    autocomplete_fields = ["mandante", "mandatario"]


@admin.register(Sportello)
class SportelloAdmin(admin.ModelAdmin):
    list_display = ["alleanza", "attivo", "ore", "orologio"]
    list_select_related = ["alleanza"]
    autocomplete_fields = ["alleanza"]


class LegataInLinea(admin.TabularInline):
    model = ImpresaLegata
    extra = 0
    can_delete = False

    def has_change_permission(self, request, obj=None):
        return False

    def has_add_permission(self, request, obj=None):
        return False


@admin.register(DichiarazioneDimensione)
class DichiarazioneDimensioneAdmin(SolaLetturaAdmin):
    """A firm declares by itself, and what it declared is not touched."""

    list_display = ["ente", "del_giorno", "esercizio", "ula", "fatturato", "bilancio", "dichiarata_da"]
    list_select_related = ["ente", "dichiarata_da"]
    search_fields = ["ente__denominazione"]
    inlines = [LegataInLinea]


@admin.register(RichiestaAdesione)
class RichiestaAdesioneAdmin(SolaLetturaAdmin):
    list_display = ["denominazione", "alleanza", "ruolo", "stato", "inviata_il"]
    list_select_related = ["alleanza", "ente"]
    list_filter = ["stato"]
    exclude = ["impronta"]


@admin.register(Quesito)
class QuesitoAdmin(SolaLetturaAdmin):
    """When and by whom, not what: the question of a person is between the person and the sportello."""

    list_display = ["argomento", "stato", "sportello", "chiesto_il", "entro", "esperto"]
    list_select_related = ["sportello__alleanza", "esperto"]
    list_filter = ["stato", "argomento"]
    exclude = ["testo", "risposta", "titolo", "ricerca"]
