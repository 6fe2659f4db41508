"""Forms of an avviso: every parameter may be left unsaid, and beside each one says which act states it."""

from django import forms
from django.forms.utils import ErrorDict

from alleanze.models import Ente
from conciliazione.moduli import campi
from conciliazione.moduli.contesi import Sorvegliato

from ..contenuto.colonne import DEL_MODULO
from ..edizioni import EDIZIONI, nome_edizione
from ..models import Avviso
from . import parametri
from .parametri import ELENCHI, SEMPLICI, Parametro
from .righe import Elenco

NON_DETTO = "non detto dall'avviso"
MAI_VUOTE = ("spese_generali_base", "beni_base")
"""Where one of the choices always holds: it says nothing as long as its ceiling is not stated."""
FONTE = "fonte_"


def _scelta(p: Parametro, comuni: dict) -> forms.Field:
    scelte = Avviso._meta.get_field(p.nome).choices
    voci = list(scelte) if p.nome in MAI_VUOTE else [("", NON_DETTO), *scelte]
    return forms.ChoiceField(choices=voci, required=p.nome in MAI_VUOTE, **comuni)


FABBRICHE = {
    "momento": lambda p, comuni: campi.GiornoEOra(required=False, **comuni),
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

    class Meta:
        model = Avviso
        fields = ["titolo", "codice", "atto", *(p.nome for p in SEMPLICI)]
        labels = {"titolo": "Titolo", "codice": "Codice", "atto": "Atto"}

    def __init__(self, *args, emananti: list[Ente | None], schede: int = 0, utente=None, **opzioni):
        super().__init__(*args, **opzioni)
        if self.instance.pk:
            nomi = ["titolo", "codice", "atto", "fonti", *(p.nome for p in parametri.PARAMETRI if p.nome not in DEL_MODULO)]
            moduli = [[m.edizione, m.parametri] for m in self.instance.moduli.all()]
            letti = {nome: getattr(self.instance, nome) for nome in nomi} | {"moduli": moduli}
            self.sorveglia(letti, di=self.instance, utente=utente)
        self.emananti = {str(e.pk) if e else "": e for e in emananti}
        for p in SEMPLICI:
            self.fields[p.nome] = FABBRICHE[p.genere](p, {"label": p.etichetta, "help_text": p.aiuto})
            if p.genere == "momento":
                self._ore_e_minuti(p)
        self.usate: set[str] = set(self.instance.progetti.values_list("edizione", flat=True)) if self.instance.pk else set()
        self.fields["edizioni"] = forms.MultipleChoiceField(
            label="Moduli della scheda ammessi",
            choices=parametri.edizioni(self.instance),
            widget=forms.CheckboxSelectMultiple,
            initial=self.instance.edizioni if self.instance.pk else [next(iter(EDIZIONI))],
            help_text="Se ne ammetti più d'uno, chi apre una scheda sceglie il suo. Catalogo e voci di costo sono di ciascun "
            "modulo: quelli di un modulo scelto adesso si scrivono dopo aver salvato.",
            error_messages={"required": "Scegli almeno un modulo."},
        )
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
        self.fields["codice"].disabled = True
        aperte = "una scheda è già aperta" if schede == 1 else f"{schede} schede sono già aperte"
        self.fields["codice"].help_text = f"Non si cambia: {aperte}."

    # Reading back.

    def clean_edizioni(self) -> list[str]:
        """Return the forms in the order in which they are listed; a form that a scheda was opened with stays."""
        scelte = self.cleaned_data["edizioni"]
        if tolte := self.usate - set(scelte):
            nomi = ", ".join(sorted(map(nome_edizione, tolte)))
            raise forms.ValidationError(f"Non si toglie {nomi}: con quel modulo c'è già una scheda aperta.")
        return scelte

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
        """Return who issues it; None is the Regione."""
        if self.instance.pk:
            return self.instance.ats
        scelto = self.cleaned_data.get("emanante", next(iter(self.emananti)))
        return self.emananti[scelto]

    def gruppi(self) -> list[dict]:
        """Return, for the template, the parameters of each group with the field of their act."""
        return [{"titolo": g.titolo, "nota": g.nota, "campi": [self._coppia(p) for p in g.parametri]} for g in parametri.GRUPPI]

    def _coppia(self, p: Parametro) -> dict:
        return {
            "nome": p.nome,
            "parametro": p,
            "campo": None if p.nome in ELENCHI else self[p.nome],
            "fonte": self[FONTE + p.nome] if p.fonte else None,
        }


def _vesti(form: forms.Form) -> None:
    for campo in form.fields.values():
        if not isinstance(
            campo.widget, forms.CheckboxInput | forms.CheckboxSelectMultiple | forms.MultiWidget | forms.HiddenInput
        ):
            classe = "form-select" if isinstance(campo.widget, forms.Select) else "form-control"
            campo.widget.attrs.setdefault("class", classe)


# The whole page: the parameters and the lists.


def senza_errori(form: AvvisoForm, insiemi: dict[str, Elenco]) -> None:
    """Tell no error: who asks for more rows has not finished writing: nothing is told yet."""
    for modulo in (form, *(f for insieme in insiemi.values() for f in insieme.forms)):
        modulo._errors = ErrorDict()


def errori(form: AvvisoForm, insiemi: dict[str, Elenco]) -> list[tuple[str, str, str]]:
    """Return for the summary where, what and why."""
    trovati = [("", "", messaggio) for messaggio in form.non_field_errors()]
    for nome, messaggi in form.errors.items():
        if nome != "__all__":
            campo = form[nome]
            trovati += [(campo.id_for_label or campo.auto_id, campo.label, m) for m in messaggi]
    for insieme in insiemi.values():
        if insieme.is_bound:
            trovati += list(_errori_di(insieme))
    return trovati


def _errori_di(insieme: Elenco):
    titolo = next(p.etichetta for p in parametri.PARAMETRI if p.nome == insieme.nome)
    titolo += f" ({insieme.titolo})" if insieme.titolo else ""
    for messaggio in insieme.non_form_errors():
        yield "", titolo, messaggio
    for numero, form in enumerate(insieme.forms, 1):
        if form.cleaned_data.get("DELETE"):
            continue
        for nome, messaggi in form.errors.items():
            for messaggio in messaggi:
                yield form[nome].id_for_label, f"{titolo}, riga {numero}, {form[nome].label.lower()}", messaggio
