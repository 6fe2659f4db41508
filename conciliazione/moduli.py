"""Forms around the scheda, in every app: their dress, and fields that read days and hours as people write them."""

from datetime import date, datetime, time

from django import forms
from django.conf import settings
from django.utils import timezone

from . import allegati, date_it


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


class Giorno(forms.DateField):
    """A day as people write it; what is wrong with it is said of that very day."""

    widget = forms.DateInput(attrs={"class": "form-control data", "inputmode": "numeric", "placeholder": "gg/mm/aaaa"})

    def to_python(self, valore) -> date | None:
        if valore is None or isinstance(valore, date):
            return super().to_python(valore)
        try:
            return date_it.leggi_data(str(valore))
        except date_it.DataNonLeggibile as errore:
            raise forms.ValidationError(str(errore), code="invalid") from errore


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
        """The summary of errors leads to the two of them."""
        return id_


class GiornoEOra(forms.SplitDateTimeField):
    """A day and an hour as clocks show them: twice a year a night has an hour that is two, or none."""

    widget = DueCaselle
    MANCA = ("Manca il giorno: scrivilo così, 14/07/2022.", "Manca l'ora: scrivila così, 11:30.")

    def __init__(self, **opzioni):
        super().__init__(**opzioni)
        self.fields = (Giorno(required=False), Ora(required=False, input_formats=["%H:%M", "%H.%M", "%H:%M:%S"]))

    def clean(self, valori):
        """Each half is told of by itself, and both when both are wrong."""
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
        return self.compress(puliti)

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
