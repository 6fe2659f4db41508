"""Forms of an avviso: every parameter may be left unsaid, and beside each one says which act states it."""

from django import forms
from django.forms import BaseFormSet, formset_factory
from django.forms.utils import ErrorDict

from alleanze.models import Ente
from conciliazione.moduli import campi
from conciliazione.moduli.campi import GiornoEOra
from conciliazione.moduli.contesi import Sorvegliato

from ..models import Avviso
from . import parametri
from .parametri import COLONNE, ELENCHI, SEMPLICI, Parametro

NON_DETTO = "non detto dall'avviso"
MAI_VUOTE = ("spese_generali_base", "beni_base")
"""Where one of the choices always holds: it says nothing as long as its ceiling is not stated."""
FONTE = "fonte_"


def _scelta(p: Parametro, comuni: dict) -> forms.Field:
    scelte = Avviso._meta.get_field(p.nome).choices
    voci = list(scelte) if p.nome in MAI_VUOTE else [("", NON_DETTO), *scelte]
    return forms.ChoiceField(choices=voci, required=p.nome in MAI_VUOTE, **comuni)


FABBRICHE = {
    "momento": lambda p, comuni: GiornoEOra(required=False, **comuni),
    "giorno": lambda p, comuni: campi.GiornoScritto(required=False, **comuni),
    "intero": lambda p, comuni: campi.Intero(**comuni),
    "percento": lambda p, comuni: campi.Percento(**comuni),
    "euro": lambda p, comuni: campi.Euro(**comuni),
    "si_no": lambda p, comuni: campi.SiNo(**comuni),
    "scelta": _scelta,
    "millimetri": lambda p, comuni: campi.Misura(minimo=50, massimo=300, unita="mm", **comuni),
    "punti": lambda p, comuni: campi.Misura(minimo=6, massimo=20, unita="pt", **comuni),
}


class AvvisoForm(Sorvegliato, forms.ModelForm):
    """The parameters that are not lists; who issues the avviso is chosen among the enti one acts for."""

    che_cosa = "questo avviso"
    poi = "Controlla la pagina dell'avviso; se salvi di nuovo, restano i valori scritti qui."

    class Meta:
        model = Avviso
        fields = ["titolo", "codice", "atto", "edizione", *(p.nome for p in SEMPLICI)]
        labels = {"titolo": "Titolo", "codice": "Codice", "atto": "Atto"}

    def __init__(self, *args, emananti: list[Ente | None], schede: int = 0, **opzioni):
        super().__init__(*args, **opzioni)
        if self.instance.pk:
            nomi = ["titolo", "codice", "atto", "edizione", "fonti", *(p.nome for p in parametri.PARAMETRI)]
            self.sorveglia({nome: getattr(self.instance, nome) for nome in nomi})
        self.emananti = {str(e.pk) if e else "": e for e in emananti}
        for p in SEMPLICI:
            self.fields[p.nome] = FABBRICHE[p.genere](p, {"label": p.etichetta, "help_text": p.aiuto})
            if p.genere == "momento":
                self._ore_e_minuti(p)
        self.fields["edizione"] = forms.ChoiceField(label="Modulo della scheda", choices=parametri.edizioni())
        self.fields["codice"].error_messages["invalid"] = "Solo lettere, cifre e trattini, senza spazi: dgr1081-2014."
        self._fonti()
        self._emanante()
        if schede:
            self._fermi(schede)
        _vesti(self)

    def _ore_e_minuti(self, p: Parametro) -> None:
        """Deadlines are at noon, not at 12:00:00; one that has seconds keeps them."""
        momento = getattr(self.instance, p.nome)
        if momento and not momento.second:
            self.fields[p.nome].widget.widgets[1].format = "%H:%M"

    def _fonti(self) -> None:
        """Beside each parameter, the act and the article that state it."""
        for p in parametri.PARAMETRI:
            if p.fonte:
                campo = forms.CharField(label="Atto e articolo", required=False, max_length=200)
                campo.widget.attrs["aria-label"] = f"Atto e articolo che dicono: {p.etichetta}"
                self.fields[FONTE + p.nome] = campo
                self.initial.setdefault(FONTE + p.nome, (self.instance.fonti or {}).get(p.nome, ""))

    def _emanante(self) -> None:
        """Asked only of who acts for several; an avviso that is there stays of who issued it."""
        if self.instance.pk or len(self.emananti) < 2:
            return
        scelte = [(chiave, str(ente) if ente else "Regione (avviso regionale)") for chiave, ente in self.emananti.items()]
        obbligo = "" not in self.emananti
        self.fields["emanante"] = forms.ChoiceField(label="Chi emana l'avviso", choices=scelte, required=obbligo)

    def _fermi(self, schede: int) -> None:
        """What the schede already opened are bound to."""
        for nome in ("codice", "edizione"):
            self.fields[nome].disabled = True
            self.fields[nome].help_text = f"Non si cambia: {_schede(schede)}."

    # Reading back.

    def clean(self):
        puliti = super().clean()
        anticipo, saldo = puliti.get("anticipo"), puliti.get("saldo")
        if anticipo is not None and saldo is not None and anticipo + saldo > 100:
            self.add_error("saldo", "Anticipo e saldo insieme superano il 100%: controlla i due.")
        for p in parametri.PARAMETRI:
            if puliti.get(FONTE + p.nome) and p.nome in puliti and puliti[p.nome] in (None, ""):
                self.add_error(p.nome, "Hai scritto l'atto ma non la regola: scrivi la regola o togli l'atto.")
        return puliti

    def fonti(self) -> dict:
        dette = {p.nome: self.cleaned_data.get(FONTE + p.nome, "") for p in parametri.PARAMETRI if p.fonte}
        return {nome: detto.strip() for nome, detto in dette.items() if detto.strip()}

    def ats(self) -> Ente | None:
        """Who issues it; None is the Regione."""
        if self.instance.pk:
            return self.instance.ats
        scelto = self.cleaned_data.get("emanante", next(iter(self.emananti)))
        return self.emananti[scelto]

    def gruppi(self) -> list[dict]:
        """For the template: the parameters of each group with the field of their act."""
        return [{"titolo": g.titolo, "nota": g.nota, "campi": [self._coppia(p) for p in g.parametri]} for g in parametri.GRUPPI]

    def _coppia(self, p: Parametro) -> dict:
        return {
            "nome": p.nome,
            "parametro": p,
            "campo": None if p.nome in ELENCHI else self[p.nome],
            "fonte": self[FONTE + p.nome] if p.fonte else None,
        }


def _schede(quante: int) -> str:
    return "una scheda è già aperta" if quante == 1 else f"{quante} schede sono già aperte"


def _vesti(form: forms.Form) -> None:
    for campo in form.fields.values():
        if not isinstance(campo.widget, forms.CheckboxInput | forms.MultiWidget | forms.HiddenInput):
            classe = "form-select" if isinstance(campo.widget, forms.Select) else "form-control"
            campo.widget.attrs.setdefault("class", classe)


# Lists. ------------------------------------------------------------------------------------------------------------------


class Riga(forms.Form):
    """A row of a list; blank from end to end it is not there."""

    use_required_attribute = False
    chiave = "codice"

    def __init__(self, *args, **opzioni):
        super().__init__(*args, **opzioni)
        _vesti(self)

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
    genere = forms.ChoiceField(label="Genere", required=False, choices=parametri.GENERI_VOCE)


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
        """Two rows with the same code would be one."""
        visti: dict[str, int] = {}
        for numero, form in enumerate(self.forms, 1):
            scritto = (form.cleaned_data.get(form.chiave) or "").strip().casefold() if form.is_valid() else ""
            if not scritto or form.cleaned_data.get("DELETE"):
                continue
            if scritto in visti:
                form.add_error(form.chiave, f"È già nella riga {visti[scritto]}: ogni riga ne ha uno suo.")
            visti.setdefault(scritto, numero)

    def valore(self) -> list[dict] | None:
        """As it is kept; no row at all is «not stated»."""
        rimaste = [f for f in self.forms if not f.cleaned_data.get("DELETE") and not f.vuota()]
        return [_pulita(f.cleaned_data) for f in rimaste] or None


def _pulita(puliti: dict) -> dict:
    return {nome: v.strip() if isinstance(v, str) else v for nome, v in puliti.items() if nome != "DELETE"}


RIGHE = {"catalogo": VoceCatalogo, "voci_costo": VoceDiCosto, "griglia": Criterio}
MASSIMO_RIGHE = 60
NUOVE = 3


def elenchi(avviso: Avviso | None, dati=None) -> dict[str, Elenco]:
    """The formset of each list; «aggiungi» asks for more rows of one of them, keeping what was typed."""
    return {nome: _elenco(nome, avviso, dati) for nome in ELENCHI}


def _elenco(nome: str, avviso: Avviso | None, dati) -> Elenco:
    classe = formset_factory(
        RIGHE[nome], formset=Elenco, extra=NUOVE, can_delete=True, max_num=MASSIMO_RIGHE, absolute_max=MASSIMO_RIGHE + 10
    )
    if dati is not None and dati.get("aggiungi") == nome:
        dati = dati.copy()
        chiave = f"{nome}-TOTAL_FORMS"
        righe = int(dati.get(chiave, "0")) if dati.get(chiave, "0").isdecimal() else 0
        dati[chiave] = str(min(righe + NUOVE, MASSIMO_RIGHE))
    insieme = classe(dati, prefix=nome, initial=(getattr(avviso, nome) or []) if avviso else [])
    insieme.colonne = [etichetta for _, etichetta in COLONNE[nome]]
    insieme.nome = nome
    return insieme


def senza_errori(form: AvvisoForm, insiemi: dict[str, Elenco]) -> None:
    """Who asks for more rows has not finished writing: nothing is told yet."""
    for modulo in (form, *(f for insieme in insiemi.values() for f in insieme.forms)):
        modulo._errors = ErrorDict()


def errori(form: AvvisoForm, insiemi: dict[str, Elenco]) -> list[tuple[str, str, str]]:
    """For the summary: where, what, why."""
    trovati = [("", "", messaggio) for messaggio in form.non_field_errors()]
    for nome, messaggi in form.errors.items():
        if nome != "__all__":
            campo = form[nome]
            trovati += [(campo.id_for_label or campo.auto_id, campo.label, m) for m in messaggi]
    for insieme in insiemi.values():
        trovati += list(_errori_di(insieme))
    return trovati


def _errori_di(insieme: Elenco):
    titolo = next(p.etichetta for p in parametri.PARAMETRI if p.nome == insieme.nome)
    for messaggio in insieme.non_form_errors():
        yield "", titolo, messaggio
    for numero, form in enumerate(insieme.forms, 1):
        if form.cleaned_data.get("DELETE"):
            continue
        for nome, messaggi in form.errors.items():
            for messaggio in messaggi:
                yield form[nome].id_for_label, f"{titolo}, riga {numero}, {form[nome].label.lower()}", messaggio
