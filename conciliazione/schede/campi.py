"""The fields of a scheda, one kind each: a text, an amount, a day, a choice, a code with a rule of its own.

A field keeps what was written: it may refuse it, it never mends it.
"""

import datetime as dt
import re
from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError

from ..italiano import codici, date, importi
from ..italiano.parole import in_cifre
from .campo import Campo, Opzione
from .contenuto import Contenuto, righe_di
from .tipi import Valore, vuoto

IMPORTO = re.compile(r"(0|[1-9][0-9]{0,9})\.[0-9]{2}")
MESE = re.compile(r"(19[0-9]{2}|20[0-9]{2}|2100)-(0[1-9]|1[0-2])")


CONTROLLO = re.compile("[\x00-\x1f\x7f\x85\u2028\u2029]")
"""What a text of one line cannot hold: an `<input>` would send it back without."""


class Riga(Campo, forms.CharField):
    """A short text on one line. `mai_vuota`: what the row would not be recognised without."""

    def __init__(self, label: str, *, max_length: int = 250, mai_vuota: bool = False, **opzioni: Any) -> None:
        super().__init__(label, max_length=max_length, strip=False, **opzioni)
        self.mai_vuota = mai_vuota

    def clean(self, valore: Any) -> Any:
        pulito = super().clean(valore)
        if pulito and CONTROLLO.search(pulito):
            raise ValidationError("Qui va una riga sola: togli gli «a capo» e i caratteri invisibili.", code="riga")
        if self.mai_vuota and vuoto(pulito):
            raise ValidationError("Non si può lasciare vuoto: serve per riconoscere la riga.", code="vuota")
        return pulito

    def rifiuta(self, valore: Valore) -> str:
        if isinstance(valore, str) and CONTROLLO.search(valore):
            return "qui va un testo su una riga sola"
        return super().rifiuta(valore)


class Testo(Campo, forms.CharField):
    """A long text. `max_righe` is the form's «max N righe», counted on the printed page; `max_caratteri` its «max N
    caratteri», counted as they are typed."""

    genere = "testo"
    widget = forms.Textarea

    def __init__(
        self, label: str, *, max_righe: int | None = None, max_caratteri: int | None = None, altezza: int = 0, **opzioni: Any
    ) -> None:
        super().__init__(label, max_length=60_000, strip=False, **opzioni)
        self.max_righe, self.max_caratteri = max_righe, max_caratteri
        self.widget.attrs["rows"] = altezza or min(max_righe or 8, 16)

    def clean(self, valore: Any) -> Any:
        pulito = super().clean(valore)
        return pulito.replace("\r\n", "\n") if pulito else pulito


class Importo(Campo):
    """An amount in euro, written as Italians write it; refused with a proposal when it cannot be read."""

    genere = "importo"

    def __init__(self, label: str, **opzioni: Any) -> None:
        super().__init__(
            label, widget=forms.TextInput(attrs={"class": "form-control importo", "inputmode": "decimal"}), **opzioni
        )

    def to_python(self, valore: Any) -> Decimal | None:
        if isinstance(valore, Decimal):
            return valore
        try:
            return importi.leggi_importo(str(valore or ""))
        except importi.ImportoNonLeggibile as errore:
            raise ValidationError(str(errore), code="importo") from errore

    def al_filo(self, pulito: Any) -> Valore:
        return None if pulito is None else f"{pulito:.2f}"

    def dal_filo(self, valore: Valore) -> Any:
        return self.testo(valore)

    def rifiuta(self, valore: Valore) -> str:
        if valore is None or (isinstance(valore, str) and IMPORTO.fullmatch(valore)):
            return ""
        return 'qui va un importo scritto così: "2000.00"'

    def testo(self, valore: Valore) -> str:
        return "" if vuoto(valore) else importi.scrivi_importo(Decimal(str(valore)))


class Data(Campo):
    """A day, written 31/12/2015 or in one of the other ways people write it."""

    genere = "data"

    def __init__(self, label: str, **opzioni: Any) -> None:
        attributi = {"class": "form-control data", "inputmode": "numeric", "placeholder": "gg/mm/aaaa"}
        super().__init__(label, widget=forms.TextInput(attrs=attributi), **opzioni)

    def to_python(self, valore: Any) -> dt.date | None:
        if isinstance(valore, dt.date):
            return valore
        try:
            return date.leggi_data(str(valore or ""))
        except ValueError as errore:
            raise ValidationError(str(errore), code="data") from errore

    def al_filo(self, pulito: Any) -> Valore:
        return pulito.isoformat() if pulito else None

    def dal_filo(self, valore: Valore) -> Any:
        return self.testo(valore)

    def rifiuta(self, valore: Valore) -> str:
        try:
            giusto = valore is None or dt.date.fromisoformat(str(valore)).isoformat() == valore  # it also reads «20141031»
        except (TypeError, ValueError):
            giusto = False
        return "" if giusto else 'qui va un giorno scritto così: "2014-10-31"'

    def testo(self, valore: Valore) -> str:
        return "" if vuoto(valore) else date.scrivi_data(dt.date.fromisoformat(str(valore)))


class DataDiNascita(Data):
    """The birthday of somebody alive: neither in the future nor before 1900."""

    def to_python(self, valore: Any) -> dt.date | None:
        if isinstance(valore, dt.date):
            return valore
        try:
            return date.leggi_data_di_nascita(str(valore or ""))
        except ValueError as errore:
            raise ValidationError(str(errore), code="data") from errore


class Mese(Campo):
    """A month of a year, written 10/2014 or «ottobre 2014»."""

    genere = "mese"

    def __init__(self, label: str, **opzioni: Any) -> None:
        attributi = {"class": "form-control mese", "placeholder": "mm/aaaa"}
        super().__init__(label, widget=forms.TextInput(attrs=attributi), **opzioni)

    def to_python(self, valore: Any) -> str | None:
        try:
            return date.leggi_mese(str(valore or ""))
        except ValueError as errore:
            raise ValidationError(str(errore), code="mese") from errore

    def dal_filo(self, valore: Valore) -> Any:
        return self.testo(valore)

    def rifiuta(self, valore: Valore) -> str:
        if valore is None or (isinstance(valore, str) and MESE.fullmatch(valore)):
            return ""
        return 'qui va un mese scritto così: "2014-10"'

    def testo(self, valore: Valore) -> str:
        return "" if vuoto(valore) else date.scrivi_mese(str(valore))


CIFRE = re.compile("[0-9]{1,30}|[1-9][0-9]{0,2}(\\.[0-9]{3}){1,9}")
"""A whole number as Italians write it: 1200 or 1.200."""


class Numero(Campo):
    """A whole number that counts something."""

    genere = "numero"
    massimo = 9_999_999
    """The largest that it takes."""

    def __init__(self, label: str, **opzioni: Any) -> None:
        attributi = {"class": "form-control numero", "inputmode": "numeric"}
        super().__init__(label, widget=forms.TextInput(attrs=attributi), **opzioni)

    def to_python(self, valore: Any) -> int | None:
        scritto = str("" if valore is None else valore).strip()
        if not scritto:
            return None
        if not CIFRE.fullmatch(scritto):
            raise ValidationError(f"«{scritto[:40]}» non è un numero intero: scrivilo così, 26 oppure 1.200.", code="numero")
        numero = int(scritto.replace(".", ""))
        if numero > self.massimo:
            raise ValidationError(f"«{scritto}» è troppo grande: qui si arriva a {in_cifre(self.massimo)}.", code="numero")
        return numero

    def entro(self, massimo: int) -> "Numero":
        """Return the field again, that takes no more than what keeps its value can hold."""
        self.massimo = min(self.massimo, massimo)
        return self

    def al_filo(self, pulito: Any) -> Valore:
        return pulito

    def rifiuta(self, valore: Valore) -> str:
        if valore is None:
            return ""
        if not isinstance(valore, int) or isinstance(valore, bool) or valore < 0:
            return "qui va un numero intero, senza virgolette"
        return f"è troppo grande: qui si arriva a {in_cifre(self.massimo)}" if valore > self.massimo else ""


def dal_catalogo(contenuto: Contenuto) -> list[tuple[str, str]]:
    """The actions that the avviso lists, as choices; what nobody has seen in the official words says so."""
    voci = contenuto["avviso"].get("catalogo") or []
    return [(v["codice"], f"{v['codice']}) {v['titolo']}{' (da verificare)' if v.get('da_verificare') else ''}") for v in voci]


Coppie = Iterable[tuple[str, str]]
"""What is kept, and what is printed."""


def scelte_di(campo: forms.ChoiceField) -> dict[str, str]:
    """Return what can be chosen: key → name. Ours are never in groups."""
    return {str(chiave): str(nome) for chiave, nome in cast(Iterable[tuple[str, str]], campo.choices)}


def limita(campo: Campo, ammessi: set[str]) -> None:
    """Leave a field only the choices of `ammessi`, and the blank."""
    scelta = cast(forms.ChoiceField, campo)
    scelta.choices = [(chiave, nome) for chiave, nome in scelte_di(scelta).items() if chiave in {"", *ammessi}]


def _scelti(valore: Valore) -> list[str]:
    """Return what is ticked."""
    return valore if isinstance(valore, list) else []


class Scelta(Campo, forms.ChoiceField):
    """Boxes of which one is ticked; in a table (`a_tendina`) a list that opens, with a blank."""

    genere = "scelta"

    def __init__(self, label: str, *, scelte: Coppie, a_tendina: bool = False, **opzioni: Any) -> None:
        caselle = forms.RadioSelect(attrs={"class": "form-check-input"})
        widget = forms.Select(attrs={"class": "form-select"}) if a_tendina else caselle
        voci = [("", "—"), *scelte] if a_tendina else list(scelte)
        super().__init__(label, choices=voci, widget=widget, **opzioni)

    def rifiuta(self, valore: Valore) -> str:
        chiavi = list(scelte_di(self))
        return "" if valore is None or valore in chiavi else f"qui va una di queste: {', '.join(map(str, chiavi))}"

    def testo(self, valore: Valore) -> str:
        return "" if vuoto(valore) else scelte_di(self).get(str(valore), str(valore))

    def opzioni(self, valore: Valore) -> list[Opzione]:
        return [{"etichetta": nome, "scelta": chiave == valore} for chiave, nome in scelte_di(self).items() if chiave]


class Scelte(Campo, forms.MultipleChoiceField):
    """Boxes of which several may be ticked; `massimo` names the parameter of the avviso that says how many.

    catalogo: what can be ticked is what the avviso lists, when it lists anything; `scelte` is what the form prints.
    stampa_solo_scelte: the paper prints only what was ticked.
    """

    genere = "scelte"

    def __init__(
        self,
        label: str,
        *,
        scelte: Coppie,
        massimo: str = "",
        catalogo: bool = False,
        stampa_solo_scelte: bool = False,
        **opzioni: Any,
    ) -> None:
        caselle = forms.CheckboxSelectMultiple(attrs={"class": "form-check-input"})
        super().__init__(label, choices=list(scelte), widget=caselle, **opzioni)
        self.massimo, self.catalogo, self.stampa_solo_scelte = massimo, catalogo, stampa_solo_scelte

    def prepara(self, contenuto: Contenuto) -> None:
        if self.catalogo:
            stampate = scelte_di(self)
            altre = [(codice, nome) for codice, nome in dal_catalogo(contenuto) if codice not in stampate]
            self.choices = sorted([*stampate.items(), *altre])

    def al_filo(self, pulito: Any) -> Valore:
        return list(pulito) or None

    def dal_filo(self, valore: Valore) -> Any:
        return valore or []

    def rifiuta(self, valore: Valore) -> str:
        chiavi = list(scelte_di(self))
        if valore is None or (isinstance(valore, list) and sum(c in valore for c in chiavi) == len(valore)):
            return ""
        return f"qui va un elenco di alcune di queste, una volta ciascuna: {', '.join(chiavi)}"

    def testo(self, valore: Valore) -> str:
        return "; ".join(nome for chiave, nome in scelte_di(self).items() if chiave in _scelti(valore))

    def opzioni(self, valore: Valore) -> list[Opzione]:
        scelte = [(nome, chiave in _scelti(valore)) for chiave, nome in scelte_di(self).items()]
        return [{"etichetta": nome, "scelta": scelta} for nome, scelta in scelte if scelta or not self.stampa_solo_scelte]


NON_C_E = {"invalid_choice": "Ciò che era scelto non è più nella scheda: controlla che cosa è scelto adesso e salva di nuovo."}
"""In place of Django's message, which would print the identifier of a row that was removed."""


class SceltaRiga(Campo, forms.ChoiceField):
    """One of the rows of a shared table of this same scheda (a soggetto, an azione)."""

    genere = "rimando"

    def __init__(self, label: str, *, fonte: str, colonna: str, vuota: str = "—", **opzioni: Any) -> None:
        super().__init__(label, widget=forms.Select(attrs={"class": "form-select"}), error_messages=NON_C_E, **opzioni)
        self.fonte, self.colonna, self.vuota = fonte, colonna, vuota

    def prepara(self, contenuto: Contenuto) -> None:
        righe = [(r["id"], r[self.colonna] or r.get("titolo") or "(senza titolo)") for r in righe_di(contenuto, self.fonte)]
        self.choices = [("", self.vuota), *righe]

    def testo(self, valore: Valore) -> str:
        return scelte_di(self).get(str(valore), "") if not vuoto(valore) else ""


class SceltaRighe(Campo, forms.MultipleChoiceField):
    """Some of the rows of a shared table of this same scheda."""

    genere = "rimandi"

    def __init__(self, label: str, *, fonte: str, colonna: str, **opzioni: Any) -> None:
        caselle = forms.CheckboxSelectMultiple(attrs={"class": "form-check-input"})
        super().__init__(label, widget=caselle, error_messages=NON_C_E, **opzioni)
        self.fonte, self.colonna = fonte, colonna

    def prepara(self, contenuto: Contenuto) -> None:
        righe = [r for r in righe_di(contenuto, self.fonte) if r.get("genere") != "spese_generali"]
        self.choices = [(r["id"], r[self.colonna] or r.get("titolo") or "(senza titolo)") for r in righe]

    def al_filo(self, pulito: Any) -> Valore:
        return list(pulito) or None

    def dal_filo(self, valore: Valore) -> Any:
        return valore or []

    def rifiuta(self, valore: Valore) -> str:
        elenco = valore is None or (isinstance(valore, list) and all(isinstance(v, str) for v in valore))
        una_volta = len(set(_scelti(valore))) == len(_scelti(valore)) if elenco else False
        return "" if una_volta else "qui va un elenco di id di righe, una volta ciascuno"

    def testo(self, valore: Valore) -> str:
        return "; ".join(nome for chiave, nome in scelte_di(self).items() if chiave in _scelti(valore))


class Identificativo(Riga):
    """A short text with a rule of its own: refused when wrong, kept as written when right."""

    controllo: Callable[[str], codici.Lettura]
    largo = ""

    def __init__(self, label: str, **opzioni: Any) -> None:
        super().__init__(label, max_length=200, **opzioni)
        self.widget.attrs["class"] = f"form-control {self.largo}".strip()

    def clean(self, valore: Any) -> Any:
        pulito = super().clean(valore)
        if not vuoto(pulito) and (errore := type(self).controllo(pulito).errore):
            raise ValidationError(errore, code="identificativo")
        return pulito

    def avvisi(self, valore: Valore) -> tuple[str, ...]:
        """Remarks that never block, on a value that was accepted."""
        return () if vuoto(valore) else type(self).controllo(str(valore)).avvisi


class PartitaIva(Identificativo):
    controllo, largo = staticmethod(codici.controlla_partita_iva), "codice"


class CodiceFiscale(Identificativo):
    controllo, largo = staticmethod(codici.controlla_codice_fiscale), "codice"


class Iban(Identificativo):
    controllo, largo = staticmethod(codici.controlla_iban), "iban"


class Ateco(Identificativo):
    """How it is written is one segnalazione for all the soggetti, `ateco_format`: here it would be told twice."""

    controllo = staticmethod(codici.controlla_ateco)

    def avvisi(self, valore: Valore) -> tuple[str, ...]:
        """What would be remarked of the same code, had it been written as 88.10.00."""
        letto = None if vuoto(valore) else codici.controlla_ateco(str(valore)).valore
        return codici.controlla_ateco(letto).avvisi if letto else ()


class Cap(Identificativo):
    controllo, largo = staticmethod(codici.controlla_cap), "cap"


class Provincia(Identificativo):
    controllo, largo = staticmethod(codici.controlla_provincia), "provincia"


class Telefono(Identificativo):
    controllo, largo = staticmethod(codici.controlla_telefono), "telefono"


class Posta(Identificativo):
    controllo = staticmethod(codici.controlla_posta)
