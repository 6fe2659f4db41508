from allauth.account import admin as amministrazione_account
from django import forms
from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import AdminPasswordChangeForm, UserCreationForm
from django.contrib.auth.models import Group
from django.db.models import Q

from .italiano.parole import per_nome
from .messaggi import posta
from .models import Atto, FileGenerato, Lettera, Messaggio, Passaggio, Termine, Utente

admin.site.site_header = "Conciliazione in rete: amministrazione"
admin.site.site_title = "Amministrazione"
admin.site.index_title = "Che cosa vuoi gestire"
# Not used here: what people may do follows from their enti, and the address is on the account itself.
admin.site.unregister([Group, amministrazione_account.EmailAddress])


class NuovoUtente(UserCreationForm):
    class Meta:
        model = Utente
        fields = ["email", "nome", "cognome"]
        field_classes = {"email": forms.EmailField}


class CambioPassword(AdminPasswordChangeForm):
    # Django joins this text of two, one of which it does not translate; its script shows the warning by that id.
    usable_password_help_text = (
        "Se non è attivo, la persona non può entrare con una password."
        '<ul id="id_unusable_warning" class="messagelist"><li class="warning">'
        "Se lo disattivi, la password attuale di questo account va persa.</li></ul>"
    )


@admin.register(Utente)
class UtenteAdmin(UserAdmin):
    ordering = ["cognome", "nome"]
    list_display = ["email", "nome", "cognome", "is_active", "is_staff"]
    list_filter = ["is_active", "is_staff"]
    search_fields = ["email", "nome", "cognome"]
    readonly_fields = ["last_login", "creato_il"]
    fieldsets = [
        (None, {"fields": ["email", "password", "nome", "cognome"]}),
        ("Accesso", {"fields": ["is_active", "is_staff", "is_superuser"]}),
        ("Date", {"fields": ["last_login", "creato_il"]}),
    ]
    change_password_form = CambioPassword
    add_form = NuovoUtente
    add_fieldsets = [(None, {"fields": ["email", "nome", "cognome", "password1", "password2"]})]

    def get_ordering(self, request):
        return [per_nome("cognome"), per_nome("nome")]


class SolaLetturaAdmin(admin.ModelAdmin):
    """What the portal writes by itself is looked at, not changed."""

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(Passaggio)
class PassaggioAdmin(SolaLetturaAdmin):
    list_display = ["il", "tipo", "oggetto_id", "azione", "da", "a", "utente"]
    list_select_related = ["tipo", "utente"]


@admin.register(Atto)
class AttoAdmin(SolaLetturaAdmin):
    list_display = ["registrato_il", "tipo", "oggetto_id", "organo", "numero", "data", "registrato_da"]
    list_select_related = ["tipo", "registrato_da"]
    exclude = ["file"]


@admin.register(Termine)
class TermineAdmin(SolaLetturaAdmin):
    list_display = ["nome", "tipo", "oggetto_id", "dal", "giorni", "sospeso_dal", "sospeso_al", "chiuso_il"]
    list_select_related = ["tipo"]
    list_filter = ["nome"]


@admin.register(Lettera)
class LetteraAdmin(SolaLetturaAdmin):
    """Without the texts, which are for who writes and for who receives them."""

    list_display = ["scritta_il", "registro", "anno", "numero", "titolo", "mittente", "destinatario", "scritta_da"]
    list_select_related = ["scritta_da"]
    exclude = ["testo"]


class Spedizione(admin.SimpleListFilter):
    title = "spedizione"
    parameter_name = "spedizione"
    CONDIZIONI = {
        "spedita": Q(inviato_il__isnull=False),
        "in_coda": Q(inviato_il=None, tentativi__lt=posta.TENTATIVI),
        "non_spedita": Q(inviato_il=None, tentativi__gte=posta.TENTATIVI),
    }

    def lookups(self, request, model_admin):
        return [("spedita", "spedita"), ("in_coda", "in coda"), ("non_spedita", "non spedita")]

    def queryset(self, request, queryset):
        return queryset.filter(self.CONDIZIONI[self.value()]) if self.value() in self.CONDIZIONI else queryset


@admin.register(Messaggio)
class MessaggioAdmin(SolaLetturaAdmin):
    """Without the texts: some hold the link that changes a password."""

    list_display = ["creato_il", "oggetto", "destinatari", "spedizione", "inviato_il", "tentativi", "ultimo_tentativo_il"]
    list_filter = [Spedizione]
    exclude = ["testo"]
    actions = ["rispedisci"]

    @admin.display(description="spedizione")
    def spedizione(self, messaggio: Messaggio) -> str:
        if messaggio.inviato_il:
            return "spedita"
        return "non spedita" if messaggio.non_riuscito else "in coda"

    def has_rispedisci_permission(self, request):
        return request.user.has_perm("conciliazione.change_messaggio")

    @admin.action(description="Rispedisci quelle non spedite", permissions=["rispedisci"])
    def rispedisci(self, request, queryset):
        quante = posta.rispedisci(queryset)
        self.message_user(request, f"Messaggi rimessi in coda: {quante}.", messages.SUCCESS)


@admin.register(FileGenerato)
class FileGeneratoAdmin(SolaLetturaAdmin):
    list_display = ["nome", "stato", "richiesto_da", "richiesto_il", "pronto_il", "tentativi"]
    list_select_related = ["richiesto_da"]
    list_filter = ["stato"]
    exclude = ["dati"]
