"""The lists of an avviso, row by row: the catalogue of the azioni, the cost items, the grid of the evaluation."""

from django import forms
from django.forms import BaseFormSet, formset_factory

from conciliazione.moduli import campi
from conciliazione.moduli.campi import Vestito

from ..contenuto.colonne import DEL_MODULO
from ..edizioni import nome_edizione
from ..models import Avviso
from .parametri import COLONNE, ELENCHI, GENERI_VOCE

MASSIMO_RIGHE = 60
NUOVE = 3
"""Blank rows offered under those that are there."""


class Riga(Vestito):
    """A row of a list; blank from end to end it is not there."""

    use_required_attribute = False
    chiave = "codice"

    def vuota(self) -> bool:
        return not any(self.cleaned_data.get(nome) for nome in self.fields if nome != "DELETE")

    def clean(self):
        puliti = super().clean()
        if self.vuota() or puliti.get("DELETE"):
            return puliti
        for nome in (self.chiave, "titolo"):
            if nome in self.fields and not puliti.get(nome) and nome not in self.errors:
                self.add_error(nome, f"Manca: {self.fields[nome].label.lower()}.")
        return puliti


class VoceCatalogo(Riga):
    codice = forms.CharField(label="Codice", required=False, max_length=12)
    titolo = forms.CharField(label="Titolo", required=False, max_length=300)
    complementare = forms.BooleanField(label="Da sola non basta", required=False)
    da_verificare = forms.BooleanField(label="Da verificare", required=False)


class VoceDiCosto(Riga):
    codice = forms.CharField(label="Codice", required=False, max_length=20)
    titolo = forms.CharField(label="Titolo", required=False, max_length=300)
    genere = forms.ChoiceField(label="Genere", required=False, choices=GENERI_VOCE)


class Criterio(Riga):
    chiave = "criterio"
    criterio = forms.CharField(label="Criterio", required=False, max_length=300)
    massimo = campi.Intero(label="Punti al massimo", massimo=1000)

    def clean(self):
        puliti = super().clean()
        if not self.vuota() and not puliti.get("DELETE") and puliti.get("massimo") is None and "massimo" not in self.errors:
            self.add_error("massimo", "Manca: quanti punti al massimo.")
        return puliti


class Elenco(BaseFormSet):
    """Rows added with a button and removed with a box, with no script."""

    def clean(self):
        """Refuse two rows with the same code, which would be one."""
        visti: dict[str, int] = {}
        for numero, form in enumerate(self.forms, 1):
            scritto = (form.cleaned_data.get(form.chiave) or "").strip().casefold() if form.is_valid() else ""
            if not scritto or form.cleaned_data.get("DELETE"):
                continue
            if scritto in visti:
                form.add_error(form.chiave, f"È già nella riga {visti[scritto]}: ogni riga ne ha uno suo.")
            visti.setdefault(scritto, numero)

    def valore(self) -> list[dict] | None:
        """Return the list as it is kept; no row at all is «not stated»."""
        rimaste = [f for f in self.forms if not f.cleaned_data.get("DELETE") and not f.vuota()]
        return [_pulita(f.cleaned_data) for f in rimaste] or None


def _pulita(puliti: dict) -> dict:
    return {nome: v.strip() if isinstance(v, str) else v for nome, v in puliti.items() if nome != "DELETE"}


RIGHE = {"catalogo": VoceCatalogo, "voci_costo": VoceDiCosto, "griglia": Criterio}


def elenchi(avviso: Avviso, edizioni: list[str], dati=None) -> dict[str, Elenco]:
    """Return the formset of each list, of those that vary by form one for each; «aggiungi» asks for more rows of one of them,
    keeping what was typed.
    """
    moduli = {m.edizione: m for m in avviso.moduli.all()} if avviso.pk else {}
    insiemi = {}
    for nome in ELENCHI:
        for edizione in edizioni if nome in DEL_MODULO else [""]:
            da = moduli.get(edizione) if edizione else avviso
            titolo = nome_edizione(edizione) if len(edizioni) > 1 and edizione else ""
            prefisso = f"{nome}-{edizione}" if edizione else nome
            insieme = insiemi[prefisso] = _elenco(nome, edizione, titolo, prefisso, getattr(da, nome) if da else None, dati)
            insieme.primo = edizione in ("", *edizioni[:1])
    return insiemi


def _elenco(nome: str, edizione: str, titolo: str, prefisso: str, righe: list | None, dati) -> Elenco:
    classe = formset_factory(
        RIGHE[nome], formset=Elenco, extra=NUOVE, can_delete=True, max_num=MASSIMO_RIGHE, absolute_max=MASSIMO_RIGHE + 10
    )
    # Of a form that was ticked just now the page had no lists: they are not said.
    nuovo = dati is not None and f"{prefisso}-TOTAL_FORMS" not in dati
    if dati is not None and dati.get("aggiungi") == prefisso:
        dati = dati.copy()
        chiave = f"{prefisso}-TOTAL_FORMS"
        quante = int(dati.get(chiave, "0")) if dati.get(chiave, "0").isdecimal() else 0
        dati[chiave] = str(min(quante + NUOVE, MASSIMO_RIGHE))
    insieme = classe(None if nuovo else dati, prefix=prefisso, initial=righe or [])
    insieme.colonne = [etichetta for _, etichetta in COLONNE[nome]]
    insieme.nome, insieme.edizione, insieme.titolo = nome, edizione, titolo
    return insieme
