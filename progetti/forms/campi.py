"""Fields of the plain forms, written as Italians write them. Those of the scheda are in `conciliazione.schede.campi`."""

import re
from datetime import date
from decimal import Decimal

from django import forms

from conciliazione import importi
from conciliazione.date_it import scrivi_data
from conciliazione.moduli import Giorno


class Euro(forms.Field):
    """An amount, refused with a proposal when it cannot be read."""

    unita = "€"

    def __init__(self, **opzioni):
        widget = forms.TextInput(attrs={"class": "form-control importo", "inputmode": "decimal"})
        super().__init__(required=False, widget=widget, **opzioni)

    def to_python(self, valore) -> Decimal | None:
        try:
            return importi.leggi_importo(str(valore or ""))
        except importi.ImportoNonLeggibile as errore:
            raise forms.ValidationError(str(errore), code="importo") from errore

    def prepare_value(self, valore):
        return importi.scrivi_importo(valore) if isinstance(valore, Decimal) else valore


class Percento(Euro):
    """From 0 to 100, with at most two decimals; «70», «12,5», «70%»."""

    unita = "%"

    def to_python(self, valore) -> Decimal | None:
        scritto = str(valore or "").strip().removesuffix("%").strip()
        if not scritto:
            return None
        if not re.fullmatch(r"[0-9]{1,3}([.,][0-9]{1,2})?", scritto):
            detto = f"«{scritto[:40]}» non è una percentuale: scrivila così, 70 oppure 12,50."
            raise forms.ValidationError(detto, code="percento")
        letto = Decimal(scritto.replace(",", "."))
        if letto > 100:
            raise forms.ValidationError(f"{scritto}% è più di 100%: controlla.", code="percento")
        return letto

    def prepare_value(self, valore):
        return super().prepare_value(valore).removesuffix(",00") if isinstance(valore, Decimal) else valore


class Intero(forms.Field):
    """A small whole number; a blank is not zero."""

    def __init__(self, *, massimo: int = 9999, **opzioni):
        widget = forms.TextInput(attrs={"class": "form-control numero", "inputmode": "numeric"})
        self.massimo = massimo
        super().__init__(required=False, widget=widget, **opzioni)

    def to_python(self, valore) -> int | None:
        scritto = str("" if valore is None else valore).strip()
        if not scritto:
            return None
        if not re.fullmatch("[0-9]{1,9}", scritto) or int(scritto) > self.massimo:
            detto = f"«{scritto[:40]}» non è un numero intero fra 0 e {self.massimo}: scrivilo in cifre."
            raise forms.ValidationError(detto, code="numero")
        return int(scritto)


class Misura(forms.Field):
    """Millimetres or points: a number with at most one decimal."""

    def __init__(self, *, minimo: int, massimo: int, unita: str, **opzioni):
        self.minimo, self.massimo, self.unita = minimo, massimo, unita
        widget = forms.TextInput(attrs={"class": "form-control numero", "inputmode": "decimal"})
        super().__init__(widget=widget, **opzioni)

    def to_python(self, valore) -> Decimal | None:
        scritto = str(valore or "").strip()
        if not scritto:
            return None
        letto = Decimal(scritto.replace(",", ".")) if re.fullmatch("[0-9]{1,3}([.,][0-9])?", scritto) else None
        if letto is None or not self.minimo <= letto <= self.massimo:
            detto = f"«{scritto[:40]}» non va bene: scrivi un numero fra {self.minimo} e {self.massimo}, come 10 o 10,5."
            raise forms.ValidationError(detto, code="misura")
        return letto

    def prepare_value(self, valore):
        return f"{valore:.1f}".replace(".", ",").removesuffix(",0") if isinstance(valore, Decimal) else valore


class GiornoScritto(Giorno):
    """A day, shown as it is asked: 31/12/2015."""

    def prepare_value(self, valore):
        return scrivi_data(valore) if isinstance(valore, date) else valore


SI_NO = [("", "non detto dall'avviso"), ("si", "sì"), ("no", "no")]


class SiNo(forms.ChoiceField):
    """Yes, no, or not said."""

    def __init__(self, **opzioni):
        super().__init__(required=False, choices=SI_NO, **opzioni)

    def clean(self, valore) -> bool | None:
        return {"si": True, "no": False}.get(super().clean(valore))

    def prepare_value(self, valore):
        return {True: "si", False: "no", None: ""}.get(valore, valore)
