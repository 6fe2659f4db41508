"""The forms of the sportello. What is written is text: shown as it was typed, never as markup."""

import unicodedata
from datetime import date

from django import forms

from conciliazione.models import Utente
from conciliazione.moduli.campi import Giorno, Motivo, Vestito

from ..models import Quesito, Sportello
from ..stati import Domande
from . import permessi, ricerca

GIRANO = {"\u202a", "\u202b", "\u202c", "\u202d", "\u202e", "\u2066", "\u2067", "\u2068", "\u2069"}
"""Signs that are not seen, and make a text read another way than it is written."""
LUNGA = 4000
MASSIMO = 720
"""Thirty days: more than that nobody waits for an answer."""


class Testo(forms.CharField):
    """Text of people: on one line or, with `righe`, on many. Refuses the characters that are not seen."""

    def __init__(self, *, righe: int = 0, **opzioni):
        if righe:
            opzioni["widget"] = forms.Textarea(attrs={"rows": righe, "class": "form-control lungo"})
        super().__init__(**opzioni)
        self.a_capo = "\n\t" if righe else ""

    def to_python(self, valore) -> str:
        """Return the text with one character for each new line: browsers send two, and count one."""
        return super().to_python(valore).replace("\r\n", "\n")

    def validate(self, valore: str) -> None:
        super().validate(valore)
        if any(c in GIRANO or (unicodedata.category(c) == "Cc" and c not in self.a_capo) for c in valore):
            raise forms.ValidationError(
                "C'è un carattere che non si vede, forse incollato da un altro programma: riscrivi il testo qui.",
                code="invisibile",
            )


class Domanda(Vestito):
    """A question to a sportello that the person sees."""

    sportello = forms.ModelChoiceField(
        queryset=Sportello.objects.none(), label="A quale alleanza", empty_label="Scegli l'alleanza"
    )
    argomento = forms.ChoiceField(label="Argomento", choices=[("", "Scegli l'argomento"), *Quesito.Argomento.choices])
    titolo = Testo(label="In breve", max_length=150, help_text="Una riga, come l'oggetto di una lettera.")
    testo = Testo(
        label="La domanda",
        max_length=LUNGA,
        righe=10,
        help_text="La leggono solo gli esperti dello sportello: scrivi quello che serve per rispondere, non di più.",
    )
    pubblicabile = forms.BooleanField(
        label="La risposta può diventare una domanda frequente, senza nomi",
        required=False,
        help_text="Se lo permetti, gli esperti possono riscriverla in modo che nessuno riconosca te o il tuo ente.",
    )
    viste = forms.BooleanField(required=False, widget=forms.HiddenInput)
    """The similar questions were shown."""

    def __init__(self, *args, sportelli, **opzioni):
        super().__init__(*args, **opzioni)
        campo = self.fields["sportello"]
        campo.queryset = sportelli
        campo.label_from_instance = lambda sportello: str(sportello.alleanza)

    def dati(self) -> dict:
        return {nome: self.cleaned_data[nome] for nome in ("argomento", "titolo", "testo", "pubblicabile")}


class Seguito(Domanda):
    """Another question on the same thing: to the same sportello, about the same topic."""

    def __init__(self, *args, segue: Quesito, **opzioni):
        super().__init__(*args, sportelli=Sportello.objects.none(), **opzioni)
        self.segue = segue
        del self.fields["sportello"], self.fields["argomento"]

    def clean(self):
        return super().clean() | {"sportello": self.segue.sportello, "argomento": self.segue.argomento}


class Risposta(Vestito):
    risposta = Testo(label="La risposta", max_length=LUNGA * 2, righe=10, help_text="La legge solo chi ha fatto la domanda.")


class Correzione(Vestito):
    """The words that take the place of an answer, and why."""

    risposta = Testo(label="La risposta giusta", max_length=LUNGA * 2, righe=10)
    motivo = Motivo(
        label="Perché la correggi",
        help_text="Lo legge chi ha fatto la domanda, accanto alla risposta, e lo riceve in un avviso.",
        error_messages={"required": "Scrivi il motivo: chi ha già letto la prima risposta deve capire che cosa è cambiato."},
    )
    lette = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    """How many corrections there were when the page was opened."""


class Assegnazione(Vestito):
    """Who will answer, among those who do for the capofila."""

    esperto = forms.ModelChoiceField(queryset=Utente.objects.none(), label="A chi", empty_label="Scegli la persona")

    def __init__(self, *args, quesito: Quesito, **opzioni):
        super().__init__(*args, **opzioni)
        self.fields["esperto"].queryset = permessi.chi_risponde(quesito.sportello.alleanza.capofila)


class Pubblicazione(Vestito):
    """The words that anybody will read; what may give somebody away is shown, and must be confirmed."""

    faq_domanda = Testo(label="La domanda, come la legge chiunque", max_length=LUNGA, righe=5)
    faq_risposta = Testo(label="La risposta, come la legge chiunque", max_length=LUNGA * 2, righe=10)
    controllato = forms.BooleanField(label="Ho controllato: nessuno può essere riconosciuto", required=False)

    def __init__(self, *args, quesito: Quesito, **opzioni):
        super().__init__(*args, **opzioni)
        self.quesito, self.indizi = quesito, []

    def clean(self):
        puliti = super().clean()
        self.indizi = ricerca.indizi(self.quesito, puliti.get("faq_domanda", ""), puliti.get("faq_risposta", ""))
        if self.indizi and not puliti.get("controllato"):
            self.add_error(
                "controllato", "Nel testo c'è qualcosa che può far riconoscere una persona o un ente: rileggi e conferma."
            )
        return puliti


class Impostazioni(forms.ModelForm):
    """How the sportello works from now on: what was promised already stays."""

    class Meta:
        model = Sportello
        fields = ["attivo", "ore", "orologio", "preavviso_ore"]
        widgets = {
            "ore": forms.NumberInput(attrs={"class": "form-control corto", "min": 1, "max": 720}),
            "preavviso_ore": forms.NumberInput(attrs={"class": "form-control corto", "min": 0, "max": 720}),
            "orologio": forms.RadioSelect,
        }
        help_texts = {
            "orologio": "Le feste dei patroni non si contano: ogni comune ha la sua.",
            "preavviso_ore": "Quando a una domanda resta meno di così, i responsabili e chi deve rispondere sono avvisati.",
        }

    def clean(self):
        puliti = super().clean()
        ore, preavviso = puliti.get("ore"), puliti.get("preavviso_ore")
        if ore is not None and ore > MASSIMO:
            self.add_error("ore", f"Al massimo {MASSIMO} ore (trenta giorni).")
        elif ore and preavviso is not None and preavviso >= ore:
            self.add_error("preavviso_ore", "L'avviso deve arrivare dopo la domanda: scrivi meno ore di quelle per rispondere.")
        return puliti


class Filtro(Vestito):
    """The filter of the list of questions."""

    stato = forms.ChoiceField(
        label="Stato", required=False, choices=[("", "tutte"), ("aperte", "senza risposta"), *Domande.choices]
    )
    argomento = forms.ChoiceField(label="Argomento", required=False, choices=[("", "tutti"), *Quesito.Argomento.choices])


class Periodo(Vestito):
    """The days of the figures, both included."""

    dal = Giorno(label="Dal", required=False)
    al = Giorno(label="Al", required=False)

    def clean(self):
        puliti = super().clean()
        dal, al = puliti.get("dal"), puliti.get("al")
        if isinstance(dal, date) and isinstance(al, date) and al < dal:
            self.add_error("al", "Il periodo finisce prima di cominciare: controlla i due giorni.")
        return puliti
