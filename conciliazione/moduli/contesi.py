"""Two people on one row: who saves second is told, and nothing of the first is written over unawares.

`Conteso` is for the fields of a scheda, `Sorvegliato` for those of any other form; `diverse` says what a page would write over.
"""

import json
from datetime import UTC, datetime
from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model

from .. import storia
from ..models import Utente
from ..schede import campi
from ..schede.canonico import impronta as impronta_di_tutto
from ..schede.salvataggio import Conflitto, concilia, impronta
from ..schede.tipi import Valore, Valori
from ..templatetags.italiano import data_ora

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
        """Set what the fields offer to choose from."""

    def letti(self, oggetto: Model) -> Valori:
        """Return the values of the row, as they travel."""
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
    """Return the codes as the register keeps them: one writing of each."""
    return type(campo).controllo(valore).valore if valore and isinstance(campo, CODICI) else valore


def riepilogo(*moduli: forms.Form) -> list[tuple[str, str, str]]:
    """Return where, what and why, for `_riepilogo_errori.html`."""
    errori = [(campo.auto_id, campo.label, e) for modulo in moduli for campo in modulo for e in campo.errors]
    return errori + [("", "", e) for modulo in moduli for e in modulo.non_field_errors()]


class Sorvegliato(forms.Form):
    """A form of something that two people may have open: what only one of them changed is kept, whoever saves; where both
    changed the same field, who comes second reads what the first wrote, beside its own, and then decides.
    """

    che_cosa = "questa pagina"
    poi = "Se salvi di nuovo, resta quello che hai scritto tu."

    impronta = forms.CharField(widget=forms.HiddenInput, required=False)

    letta = ""
    """The fingerprints of what is saved now, by field; "" where there is nothing yet."""

    def sorveglia(self, letti: dict, di: Model | None = None, utente: Model | None = None) -> None:
        """Take, from `__init__`, what is saved now, by name of field; also what is no field, if others may have changed it.

        `di` is the row that they are of, and `utente` who has the page open: then it is said who changed it.
        """
        self.letti, self.di, self.utente = letti, di, utente
        self.letta = json.dumps({nome: _traccia(valore) for nome, valore in letti.items()}, sort_keys=True)
        self.initial = self.initial | {"impronta": self.letta}

    def clean(self):
        puliti, nome = super().clean(), self.add_prefix("impronta")
        if not self.letta or self.data.get(nome) == self.letta:
            return puliti
        prima, adesso = _lette(self.data.get(nome)), json.loads(self.letta)
        cambiati = [n for n in adesso if prima.get(n) != adesso[n]]
        # Of a field that is refused for a reason of its own, what changed is to be decided when it is right.
        da_decidere = {n for n in cambiati if n in self.fields and n not in puliti}
        self.data = self.data.copy()
        self.data[nome] = json.dumps({n: prima.get(n) if n in da_decidere else t for n, t in adesso.items()}, sort_keys=True)
        for n in da_decidere:
            self.fields[n].salvato = self._in_parole(n)
        contesi = [n for n in cambiati if n in self.fields and not self._si_accorda(n, prima, adesso, puliti)]
        for n in contesi:
            self.fields[n].salvato = self._in_parole(n)  # beside the field, see `_campo_errori.html`
        if contesi or any(n not in self.fields for n in cambiati):
            quali = f" Qui è scritto diversamente: {', '.join(self.fields[n].label for n in contesi)}." if contesi else ""
            chi = self._chi() if contesi else "qualcun altro"
            self.add_error(None, f"Mentre scrivevi {chi} ha salvato {self.che_cosa}.{quali} {self.poi}")
        return puliti

    def _si_accorda(self, nome: str, prima: dict, adesso: dict, puliti: dict) -> bool:
        """Whether both wrote the same, or only the other one wrote: then what it wrote is taken."""
        if nome not in puliti:
            return True  # refused for a reason of its own, which comes first
        mio = _traccia(puliti[nome])
        if mio != adesso[nome] and mio == prima.get(nome):
            puliti[nome] = self.letti[nome]
            self._mostra(nome)
            return True
        return mio == adesso[nome]

    def _mostra(self, nome: str) -> None:
        """What is saved, in place of what the page had."""
        campo, chiave = self.fields[nome], self.add_prefix(nome)
        valore = campo.prepare_value(self.letti[nome])
        if isinstance(campo.widget, forms.MultiWidget):
            pezzi = zip(campo.widget.widgets_names, campo.widget.widgets, campo.widget.decompress(valore), strict=True)
            for coda, widget, pezzo in pezzi:
                self.data[chiave + coda] = widget.format_value(pezzo) or ""
        elif isinstance(campo.widget, forms.CheckboxInput):
            self.data[chiave] = "on" if valore else ""
        elif isinstance(campo.widget, forms.Select):
            self.data[chiave] = "" if valore is None else str(valore)
        else:
            self.data[chiave] = campo.widget.format_value(valore) or ""

    def _in_parole(self, nome: str) -> str:
        valore, campo = self.letti[nome], self.fields[nome]
        if valore is None or valore == "":
            return "niente"
        if isinstance(valore, bool):
            return "sì" if valore else "no"
        if isinstance(valore, datetime):
            return f"«{data_ora(valore)}»"
        if isinstance(valore, Model):
            return f"«{valore}»"
        scelte = dict(getattr(campo, "choices", ())) if isinstance(valore, str) else {}
        return f"«{scelte.get(valore) or self[nome].field.widget.format_value(campo.prepare_value(valore)) or valore}»"

    def _chi(self) -> str:
        chi = storia.ultimo_autore(self.di) if self.di is not None else None
        if chi is None or self.utente is None:
            return "qualcun altro"
        if chi == self.utente.pk:
            return "un'altra tua finestra"
        return str(Utente.objects.filter(pk=chi).first() or "qualcun altro")


def _traccia(valore) -> str:
    """A short fingerprint, the same whether the value comes from the row or from the form."""
    return impronta_di_tutto({"": _semplice(valore)})[:16]


def _semplice(valore):
    match valore:
        case None | "":
            return ""
        case bool() | int():
            return str(valore)
        case Model():
            return str(valore.pk)
        case Decimal():
            return format(valore.normalize(), "f")
        case datetime():
            return valore.astimezone(UTC).isoformat()
        case list() | tuple():
            return [_semplice(v) for v in valore]
        case dict():
            return {str(k): _semplice(v) for k, v in valore.items()}
        case _:
            return str(valore).replace("\r\n", "\n")


def _lette(mandata: str | None) -> dict:
    """The fingerprints that a page sent; of what cannot be read nothing is known, and everything has changed."""
    try:
        lette = json.loads(mandata or "")
    except (ValueError, RecursionError):
        return {}
    return lette if isinstance(lette, dict) else {}


def diverse(prima: dict[str, str], dopo: dict[str, str], titoli: dict[str, str]) -> list[dict]:
    """Return what `dopo` says otherwise, of what has a title and in that order: title and text."""
    return [{"titolo": t, "testo": dopo.get(c, "")} for c, t in titoli.items() if prima.get(c, "") != dopo.get(c, "")]
