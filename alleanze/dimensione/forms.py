"""How large a firm says it is: its own figures, and those of the firms that count with them."""

from decimal import Decimal

from django import forms
from django.forms import BaseFormSet, formset_factory
from django.forms.utils import ErrorDict
from django.utils import timezone

from conciliazione.italiano import importi
from conciliazione.moduli.campi import Giorno, Vestito
from conciliazione.schede import campi

from ..models import DichiarazioneDimensione, ImpresaLegata
from . import conto

PRIMO_ESERCIZIO = 2000
COLLEGATA, ASSOCIATA = ImpresaLegata.Legame.COLLEGATA, ImpresaLegata.Legame.ASSOCIATA
IMPORTI = ("fatturato", "bilancio")
MASSIME_ULA = Decimal("999999.99")


class Cifre(Vestito):
    """ULA, and at least one of the two amounts."""

    use_required_attribute = False

    def clean(self):
        puliti = super().clean()
        if (puliti.get("ula") or 0) > MASSIME_ULA:
            self.add_error("ula", f"Sono più di {importi.scrivi_importo(MASSIME_ULA)}: controlla.")
        return puliti

    def _chiede(self, **messaggi: str) -> None:
        for nome, messaggio in messaggi.items():
            if nome not in self.errors and self.cleaned_data.get(nome) in (None, ""):
                self.add_error(nome, messaggio)


class Dichiarazione(Cifre):
    """The figures of the firm itself."""

    del_giorno = Giorno(
        label="Data della dichiarazione",
        initial=timezone.localdate,
        error_messages={"required": "Scrivi la data della dichiarazione."},
    )
    esercizio = campi.Numero(
        "Esercizio di riferimento", manca=None, help_text="L'anno dell'ultimo bilancio chiuso, per esempio 2025."
    )
    ula = campi.Importo(
        "Unità lavorative-anno (ULA)",
        manca=None,
        help_text="Chi lavora a tempo pieno tutto l'anno vale 1, gli altri una parte: per esempio 9,50.",
    )
    fatturato = campi.Importo("Fatturato annuo", manca=None, help_text="In euro. Può mancare se c'è il totale di bilancio.")
    bilancio = campi.Importo("Totale di bilancio annuo", manca=None, help_text="In euro, totale dell'attivo.")

    def clean_del_giorno(self):
        giorno = self.cleaned_data["del_giorno"]
        if giorno and giorno > timezone.localdate():
            raise forms.ValidationError("È un giorno che deve ancora venire: una dichiarazione vale da quando si fa.")
        return giorno

    def clean_esercizio(self):
        anno = self.cleaned_data["esercizio"]
        if anno is not None and not PRIMO_ESERCIZIO <= anno <= timezone.localdate().year:
            raise forms.ValidationError(
                f"{anno} non è un esercizio: scrivi l'anno con quattro cifre, non più tardi di quest'anno."
            )
        return anno

    def clean(self):
        puliti = super().clean()
        self._chiede(esercizio="Scrivi l'anno dell'esercizio.", ula="Scrivi quante ULA: zero si scrive 0.")
        if not [nome for nome in IMPORTI if nome in self.errors or puliti.get(nome) is not None]:
            self.add_error("fatturato", "Indica almeno il fatturato o il totale di bilancio.")
        return puliti


class Riga(Cifre):
    """A firm that is linked or associated; a row with nothing in it is not one."""

    piena = False

    denominazione = campi.Riga("Denominazione", max_length=250, manca=None)
    codice_fiscale = campi.CodiceFiscale("Codice fiscale", manca=None)
    legame = campi.Scelta("Legame", scelte=ImpresaLegata.Legame.choices, a_tendina=True, manca=None)
    quota = campi.Importo("Quota %", manca=None)
    ula = campi.Importo("ULA", manca=None)
    fatturato = campi.Importo("Fatturato", manca=None)
    bilancio = campi.Importo("Bilancio", manca=None)

    def clean(self):
        puliti = super().clean()
        self.piena = bool(self.errors) or any(v not in (None, "") for v in puliti.values())
        if self.piena:
            self._chiede(
                denominazione="Scrivi il nome dell'impresa.", legame="Scegli collegata o associata.", ula="Scrivi quante ULA."
            )
            self._quota(puliti)
        return puliti

    def _quota(self, puliti: dict) -> None:
        if puliti.get("legame") != ASSOCIATA or "quota" in self.errors:
            return
        quota = puliti.get("quota")
        if quota is None:
            self.add_error("quota", "Di un'impresa associata serve la quota.")
        elif quota < conto.QUOTA_MINIMA:
            self.add_error("quota", "Sotto il 25% l'impresa è autonoma e non si conta: togli la riga.")
        elif quota > conto.QUOTA_MASSIMA:
            self.add_error("quota", "Sopra il 50% l'impresa è collegata e si conta tutta: scegli «collegata».")


class Insieme(BaseFormSet):
    """The rows that say something."""

    @property
    def piene(self) -> list[dict]:
        return [riga.cleaned_data for riga in self.forms if riga.piena]


RIGHE_IN_PIU, RIGHE_MASSIME = 3, 60
Righe = formset_factory(Riga, formset=Insieme, extra=RIGHE_IN_PIU, max_num=RIGHE_MASSIME, validate_max=True)
NOME = "legate"


def righe(dati=None):
    """Return the rows of the page; `dati` with «aggiungi» asks for more of them."""
    if dati is not None and "aggiungi" in dati:
        dati, totale = dati.copy(), f"{NOME}-TOTAL_FORMS"
        scritte = int(dati[totale]) if dati.get(totale, "").isdecimal() else 0
        dati[totale] = str(min(scritte + RIGHE_IN_PIU, RIGHE_MASSIME))
    return Righe(dati, prefix=NOME)


def si_sommano(form: Dichiarazione, insieme: Insieme) -> bool:
    """Whether one of the two amounts is known of all: else no class can be said, and it is told at the field."""
    tutte = [form.cleaned_data, *insieme.piene]
    if any(all(cifre.get(campo) is not None for cifre in tutte) for campo in IMPORTI):
        return True
    form.add_error(
        "fatturato", "Per sommare serve lo stesso dato di tutte le imprese: il fatturato di tutte, o il bilancio di tutte."
    )
    return False


def senza_errori(form: Dichiarazione, insieme: Insieme) -> None:
    """Take the errors away: who asks for more rows has not finished writing."""
    for modulo in (form, *insieme.forms):
        modulo._errors = ErrorDict()


def dichiarazione(form: Dichiarazione, insieme: Insieme) -> tuple[DichiarazioneDimensione, list[ImpresaLegata]]:
    """Return the declaration as it was written, not kept yet; the quota of who is «collegata» is not asked and not kept."""
    fatta = DichiarazioneDimensione(**form.cleaned_data)
    return fatta, [ImpresaLegata(**_riga(cifre)) for cifre in insieme.piene]


def _riga(cifre: dict) -> dict:
    altro = {
        "codice_fiscale": cifre.get("codice_fiscale") or "",
        "quota": cifre["quota"] if cifre["legame"] == ASSOCIATA else None,
    }
    return cifre | altro
