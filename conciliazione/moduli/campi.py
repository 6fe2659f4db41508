"""Forms around the scheda, in every app: their dress, and fields that read what Italians write (days, hours, amounts).

The fields of a scheda, which keep what was written, are in `conciliazione.schede.campi`.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal

from django import forms
from django.conf import settings
from django.utils import timezone

from ..file import allegati
from ..italiano import importi
from ..italiano.date import DataNonLeggibile, leggi_data, scrivi_data

PAROLE_MINIME = 2


class Vestito(forms.Form):
    """Widgets with the classes of the portal's stylesheet."""

    def __init__(self, *args, **opzioni):
        super().__init__(*args, **opzioni)
        for campo in self.fields.values():
            classe = "form-select" if isinstance(campo.widget, forms.Select) else "form-control"
            if not isinstance(campo.widget, forms.CheckboxInput):
                campo.widget.attrs.setdefault("class", classe)


class Allegato(forms.FileField):
    """A file that is taken only if it is what we take: see `allegati.verifica`, whose options these are."""

    def __init__(self, *, posta: bool = False, ufficio: bool = False, **opzioni):
        super().__init__(**opzioni)
        self.posta, self.ufficio = posta, ufficio
        self.widget.attrs["data-massimo"] = settings.ALLEGATO_MASSIMO

    def clean(self, valore, iniziale=None):
        file = super().clean(valore, iniziale)
        return allegati.verifica(file, posta=self.posta, ufficio=self.ufficio) if valore else file


@dataclass(frozen=True)
class NonFuturo:
    """Validator of a day, or of a day and hour, that has come already; `quale` tells which one to write."""

    quale: str

    def __call__(self, quando: date | datetime) -> None:
        adesso = timezone.now() if isinstance(quando, datetime) else timezone.localdate()
        if quando > adesso:
            raise forms.ValidationError(f"Questa data è nel futuro: indica {self.quale}.", code="futuro")


ADOTTATO = NonFuturo("il giorno in cui l'atto è stato adottato")


class Motivo(forms.CharField):
    """Why something is done, that is kept and read by others: some words, not a dot to go on. On one line."""

    def __init__(self, **opzioni):
        opzioni = {"max_length": 500, "widget": forms.Textarea(attrs={"class": "form-control", "rows": 3})} | opzioni
        super().__init__(**opzioni)

    def to_python(self, valore) -> str:
        return " ".join(super().to_python(valore).split())

    def validate(self, valore: str) -> None:
        super().validate(valore)
        parole = [p for p in valore.split() if any(c.isalpha() for c in p)]
        if valore and len(parole) < PAROLE_MINIME:
            raise forms.ValidationError("Scrivi qualche parola in più: chi legge deve capire perché.", code="breve")


class Giorno(forms.DateField):
    """A day as people write it; what is wrong with it is said of that very day."""

    widget = forms.DateInput(attrs={"class": "form-control data", "inputmode": "numeric", "placeholder": "gg/mm/aaaa"})

    def to_python(self, valore) -> date | None:
        if valore is None or isinstance(valore, date):
            return super().to_python(valore)
        try:
            return leggi_data(str(valore))
        except DataNonLeggibile as errore:
            raise forms.ValidationError(str(errore), code="invalid") from errore


class GiornoScritto(Giorno):
    """A day, shown as it is asked: 31/12/2015."""

    def prepare_value(self, valore):
        return scrivi_data(valore) if isinstance(valore, date) else valore


class Ora(forms.TimeField):
    """An hour of the day, «11:30» or «11.30»."""

    def to_python(self, valore) -> time | None:
        try:
            return super().to_python(valore)
        except forms.ValidationError as errore:
            detto = f"«{str(valore)[:20]}» non è un'ora: scrivila così, 11:30, con i minuti."
            raise forms.ValidationError(detto, code="invalid") from errore


class DueCaselle(forms.SplitDateTimeWidget):
    """The two inputs of a day and an hour, each with its name for who does not see them."""

    def __init__(self):
        giorno = {"placeholder": "gg/mm/aaaa", "aria-label": "Giorno", "inputmode": "numeric"}
        ora = {"placeholder": "oo:mm", "aria-label": "Ora"}
        super().__init__(date_attrs=giorno, time_attrs=ora)
        self.attrs["class"] = "form-control data"  # of both: Django gives it to each

    def id_for_label(self, id_: str, index: str = "") -> str:
        """Return the id of the two of them, to which the summary of errors leads."""
        return id_


class GiornoEOra(forms.SplitDateTimeField):
    """A day and an hour as clocks show them: twice a year a night has an hour that is two, or none."""

    widget = DueCaselle
    MANCA = ("Manca il giorno: scrivilo così, 14/07/2022.", "Manca l'ora: scrivila così, 11:30.")

    def __init__(self, **opzioni):
        super().__init__(**opzioni)
        self.fields = (Giorno(required=False), Ora(required=False, input_formats=["%H:%M", "%H.%M", "%H:%M:%S"]))

    def clean(self, valori):
        """Clean each half by itself, so that both are told when both are wrong."""
        if not any(valori or ()):
            return super().clean(valori)
        errori, puliti = [], []
        for campo, valore, manca in zip(self.fields, valori, self.MANCA, strict=True):
            try:
                puliti.append(campo.clean(valore))
            except forms.ValidationError as errore:
                errori.append(errore)
            else:
                errori += [] if puliti[-1] is not None else [forms.ValidationError(manca, code="incomplete")]
        if errori:
            raise forms.ValidationError(errori)
        quando = self.compress(puliti)
        self.run_validators(quando)
        return quando

    def compress(self, valori):
        try:
            return super().compress(valori)
        except forms.ValidationError as errore:
            if errore.code != "ambiguous_timezone":
                raise
            raise forms.ValidationError(self._quale(datetime.combine(*valori)), code=errore.code) from errore

    @staticmethod
    def _quale(detta: datetime) -> str:
        zona = timezone.get_current_timezone()
        prima, dopo = (detta.replace(tzinfo=zona, fold=fold).utcoffset() for fold in (0, 1))
        come = "è passata due volte" if prima > dopo else "non c'è stata"
        return (
            f"La notte del {detta:%d/%m/%Y} si è cambiata l'ora, e l'ora {detta:%H:%M} {come}: "
            "scrivine una prima delle 02:00 o dalle 03:00 in poi."
        )


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


SI_NO = [("", "non detto dall'avviso"), ("si", "sì"), ("no", "no")]


class SiNo(forms.ChoiceField):
    """Yes, no, or not said."""

    def __init__(self, **opzioni):
        super().__init__(required=False, choices=SI_NO, **opzioni)

    def clean(self, valore) -> bool | None:
        return {"si": True, "no": False}.get(super().clean(valore))

    def prepare_value(self, valore):
        return {True: "si", False: "no", None: ""}.get(valore, valore)
