"""Who represents an ente, or is to be called: the person, from when, by which act."""

from django import forms

from conciliazione.italiano import codici
from conciliazione.moduli.campi import Giorno, Vestito
from conciliazione.moduli.contesi import canonico
from conciliazione.schede import campi

from ..models import Carica, Ente, Persona
from ..models.persone import RAPPRESENTANO
from . import nomine

SUOI = ("nome", "cognome", "codice_fiscale", "nato_il", "nato_a", "nato_provincia", "indirizzo", "cap", "citta", "provincia")
SUOI += ("telefono", "fax", "email")
"""What is asked of a person who is new here."""
DI_CHI_FIRMA = ("codice_fiscale", "nato_il", "nato_a", "nato_provincia", "indirizzo", "cap", "citta", "provincia", "fax")
"""Of who is only to be called nobody needs to know them."""


class NuovaCarica(Vestito):
    """A person that the ente knows already, or a new one."""

    use_required_attribute = False

    persona = forms.ModelChoiceField(
        queryset=Persona.objects.none(),
        label="Persona già nota all'ente",
        required=False,
        empty_label="una persona nuova: la scrivo qui sotto",
        error_messages={"invalid_choice": "Questa persona non è fra quelle dell'ente: sceglila di nuovo."},
    )
    nome = campi.Riga("Nome", max_length=80, manca=None)
    cognome = campi.Riga("Cognome", max_length=80, manca=None)
    codice_fiscale = campi.CodiceFiscale("Codice fiscale", manca=None)
    nato_il = campi.DataDiNascita("Nato/a il", manca=None)
    nato_a = campi.Riga("Città di nascita", max_length=100, manca=None)
    nato_provincia = campi.Provincia("Provincia di nascita", manca=None)
    indirizzo = campi.Riga("Indirizzo di residenza", max_length=200, manca=None)
    cap = campi.Cap("C.A.P.", manca=None)
    citta = campi.Riga("Città di residenza", max_length=100, manca=None)
    provincia = campi.Provincia("Provincia di residenza", manca=None)
    telefono = campi.Telefono("Telefono", manca=None)
    fax = campi.Telefono("Fax", manca=None)
    email = campi.Posta("E-mail", manca=None)
    settore_ufficio = campi.Riga("Settore o ufficio", max_length=120, manca=None)
    dal = Giorno(label="In carica dal", error_messages={"required": "Scrivi da quale giorno è in carica."})
    atto = campi.Riga("Atto di nomina", max_length=200, manca=None, help_text="Per esempio: delibera 12 del 3 marzo 2026.")

    def __init__(self, *args, ente: Ente, tipo: str, **opzioni):
        self.tipo = tipo
        super().__init__(*args, **opzioni)
        self.fields["persona"].queryset = nomine.persone_note(ente).order_by("cognome", "nome", "pk")
        if tipo in RAPPRESENTANO:
            self.fields["atto"].required = True
            self.fields["atto"].error_messages["required"] = "Scrivi l'atto: delibera, verbale, decreto, con numero e data."
        else:
            for nome in DI_CHI_FIRMA:
                del self.fields[nome]
        if not self.fields["persona"].queryset.exists():
            del self.fields["persona"]

    @property
    def nota(self):
        """The choice among those whom the ente knows; None when it knows nobody."""
        return self["persona"] if "persona" in self.fields else None

    @property
    def di_persona(self) -> list:
        return [self[nome] for nome in SUOI if nome in self.fields]

    @property
    def di_carica(self) -> list:
        return [self[nome] for nome in ("dal", "atto", "settore_ufficio")]

    def clean_codice_fiscale(self) -> str:
        codice = self.cleaned_data["codice_fiscale"]
        if codice and len(codici.controlla_codice_fiscale(codice).valore or "") != 16:
            raise forms.ValidationError("È il codice fiscale di un ente: quello di una persona ha 16 caratteri.")
        return codice

    def clean(self):
        puliti = super().clean()
        if puliti.get("persona"):
            if any(puliti.get(nome) for nome in SUOI):
                self.add_error("persona", "Hai scelto una persona già nota e ne hai scritta un'altra: tieni una delle due.")
        elif "persona" not in self.errors:
            for nome, messaggio in (("nome", "Scrivi il nome."), ("cognome", "Scrivi il cognome.")):
                if nome not in self.errors and not puliti.get(nome):
                    self.add_error(nome, messaggio)
        return puliti

    def carica(self) -> Carica:
        """Return the carica as it was written, not kept yet."""
        puliti = self.cleaned_data
        nuova = Persona(**{nome: self._scritto(nome) for nome in SUOI if nome in self.fields})
        altro = {nome: puliti.get(nome) or "" for nome in ("settore_ufficio", "atto")}
        return Carica(persona=puliti.get("persona") or nuova, tipo=self.tipo, dal=puliti["dal"], **altro)

    def _scritto(self, nome: str):
        campo, pulito = self.fields[nome], self.cleaned_data.get(nome)
        return pulito if isinstance(campo, campi.Data) else canonico(campo, pulito) or ""


class Cessazione(Vestito):
    """The last day in office."""

    use_required_attribute = False

    al = Giorno(label="Ultimo giorno in carica", error_messages={"required": "Scrivi l'ultimo giorno in carica."})
    atto = campi.Riga("Atto o motivo", max_length=200, manca=None, help_text="Per esempio: dimissioni, fine del mandato.")
