"""Two people on one row: who saves second is told, and nothing of the first is written over unawares.

`Conteso` looks at each field; `Sorvegliato` at the page as a whole; `diverse` says what a page would write over.
"""

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model

from ..schede import campi
from ..schede.canonico import impronta as impronta_di_tutto
from ..schede.salvataggio import Conflitto, concilia, impronta
from ..schede.tipi import Valore, Valori

PREFISSO = "impronta-"
CODICI = (campi.CodiceFiscale, campi.PartitaIva, campi.Cap, campi.Provincia)


class Conteso(forms.Form):
    """Fields of a scheda on a row of the register (`oggetto`, that may be new).

    After `salva` either everything is written, or something is refused (`errors`), or somebody changed meanwhile the same
    fields (`conflitti`): then nothing is written, and the fingerprints are those of what is there now.
    """

    use_required_attribute = False
    obbligatori: dict[str, str] = {}
    """Fields that cannot be blank, and what is said then."""

    def __init__(self, dati=None, *, oggetto: Model, **opzioni):
        self.oggetto = oggetto
        self.conflitti: list[dict] = []
        super().__init__(dati, **opzioni)
        self.prepara()
        self.attuali = self.letti(oggetto)
        self.initial = {nome: campo.dal_filo(self.attuali.get(nome)) for nome, campo in self.fields.items()} | self.initial
        for nome, messaggio in self.obbligatori.items():
            self.fields[nome].required = True
            self.fields[nome].error_messages["required"] = messaggio

    def prepara(self) -> None:
        """What the fields offer to choose from."""

    def letti(self, oggetto: Model) -> Valori:
        """The values of the row, as they travel."""
        return {nome: getattr(oggetto, nome) or None for nome in self.fields}

    def scrivi(self, oggetto: Model, valori: Valori) -> None:
        """Put these values, as they travel, on the row."""
        for nome, valore in valori.items():
            setattr(oggetto, nome, valore or "")

    @property
    def impronte(self) -> list[tuple[str, str]]:
        """The hidden inputs: of the page as it was opened or, once the conflict has been shown, of what is there now."""
        mandate = self.data if self.is_bound and not self.conflitti else {}
        adesso = {PREFISSO + nome: impronta(self.attuali.get(nome)) for nome in self.fields}
        return [(nome, mandate.get(nome, valore)) for nome, valore in adesso.items()]

    def salva(self) -> bool:
        """Write what I changed; the row must be locked. False: look at `errors` and `conflitti`."""
        miei = {nome: canonico(campo, campo.al_filo(self.cleaned_data.get(nome))) for nome, campo in self.fields.items()}
        mandate = {nome: self.data.get(PREFISSO + nome) for nome in self.fields if PREFISSO + nome in self.data}
        esito = concilia({"": self.attuali}, {"": miei}, {"": mandate})
        self.conflitti = [self._conteso(c) for c in esito.conflitti]
        if self.conflitti:
            return False
        self.scrivi(self.oggetto, esito.da_scrivere.get("", {}))
        try:
            self.registra()
        except ValidationError as errore:
            self._riporta(errore)
            return False
        return True

    def registra(self) -> None:
        """Raises ValidationError with what the register refuses."""
        self.oggetto.full_clean()
        self.oggetto.save()

    def _conteso(self, conflitto: Conflitto) -> dict:
        campo = self.fields[conflitto.campo]
        return {"etichetta": campo.label, "mio": campo.testo(conflitto.mio), "loro": campo.testo(conflitto.loro)}

    def _riporta(self, errore: ValidationError) -> None:
        """Tell the conflict at its field, when the page has it."""
        for nome, messaggi in errore.message_dict.items():
            self.add_error(nome if nome in self.fields else None, messaggi)


def canonico(campo: forms.Field, valore: Valore) -> Valore:
    """Codes as the register keeps them: one writing of each."""
    return type(campo).controllo(valore).valore if valore and isinstance(campo, CODICI) else valore


def riepilogo(*moduli: forms.Form) -> list[tuple[str, str, str]]:
    """Return where, what and why, for `_riepilogo_errori.html`."""
    errori = [(campo.auto_id, campo.label, e) for modulo in moduli for campo in modulo for e in campo.errors]
    return errori + [("", "", e) for modulo in moduli for e in modulo.non_field_errors()]


class Sorvegliato(forms.Form):
    """A form of something that two people may have open: who comes second is told, once, and then decides knowingly."""

    che_cosa = "questa pagina"
    poi = "Se salvi di nuovo, restano i valori scritti qui."
    letta = ""
    """The fingerprint of what is saved now; "" where there is nothing yet."""

    impronta = forms.CharField(widget=forms.HiddenInput, required=False)

    def sorveglia(self, letti: dict) -> None:
        """Take, from `__init__`, what is saved now, by name of field; also what is no field, if others may have changed it."""
        self.letti = letti
        self.letta = impronta_di_tutto({nome: str(valore) for nome, valore in letti.items()})
        self.initial = self.initial | {"impronta": self.letta}

    def clean(self):
        puliti, nome = super().clean(), self.add_prefix("impronta")
        if not self.letta or self.data.get(nome) == self.letta:
            return puliti
        self.data = self.data.copy()
        self.data[nome] = self.letta
        altrove = {n: v for n, v in self.letti.items() if n in self.fields and n in puliti}
        diversi = [self.fields[n].label for n, v in altrove.items() if _o_niente(puliti[n]) != _o_niente(v)]
        quali = f" Qui è scritto diversamente: {', '.join(diversi)}." if diversi else ""
        self.add_error(None, f"Mentre scrivevi qualcun altro ha salvato {self.che_cosa}.{quali} {self.poi}")
        return puliti


def _o_niente(valore):
    return None if valore == "" else valore


def diverse(prima: dict[str, str], dopo: dict[str, str], titoli: dict[str, str]) -> list[dict]:
    """What `dopo` says otherwise, of what has a title and in that order: title and text."""
    return [{"titolo": t, "testo": dopo.get(c, "")} for c, t in titoli.items() if prima.get(c, "") != dopo.get(c, "")]
