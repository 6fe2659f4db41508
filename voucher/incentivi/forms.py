"""Forms of the incentives: the measure, the request of a firm, the aids it declares, the decision."""

import re
from decimal import Decimal

from django import forms
from django.db.models import Sum
from django.forms import BaseFormSet, formset_factory

from alleanze.models import Ente
from conciliazione.italiano.importi import scrivi_euro
from conciliazione.moduli.campi import Euro, Giorno, GiornoEOra, Percento, Vestito
from conciliazione.moduli.contesi import Sorvegliato
from progetti.models import Progetto, VoceCosto

from ..models import MisuraIncentivo, RichiestaIncentivo

CAMPI_MISURA = ["titolo", "azione", "condizioni", "atto", "dotazione", "massimo_per_impresa", "percentuale"]
CAMPI_MISURA += ["de_minimis", "de_minimis_massimo", "apre_il", "chiude_il", "pubblicata"]


class Obbligatorio(Euro):
    """An amount that has to be there."""

    def __init__(self, **opzioni):
        super().__init__(**opzioni)
        self.required = True


class MisuraForm(Sorvegliato, Vestito):
    """A measure of a project; its dotazione stays within the cost of its action."""

    titolo = forms.CharField(label="Misura", max_length=200, help_text="Per esempio: flessibilità di orario per le neomamme.")
    azione = forms.ModelChoiceField(
        label="Azione del progetto", queryset=None, required=False, empty_label="nessuna in particolare"
    )
    condizioni = forms.CharField(label="Condizioni", widget=forms.Textarea(attrs={"rows": 6}))
    atto = forms.CharField(label="Atto che la istituisce", max_length=200, required=False)
    dotazione = Obbligatorio(label="Dotazione")
    massimo_per_impresa = Euro(label="Massimo per impresa", help_text="Lascia vuoto se non è stabilito.")
    percentuale = Percento(label="Percentuale della spesa", help_text="Lascia vuoto se non è stabilita.")
    de_minimis = forms.BooleanField(label="È un aiuto de minimis", required=False)
    de_minimis_massimo = Obbligatorio(
        label="Massimale de minimis", help_text="In tre anni, per impresa unica: Reg. (UE) 2023/2831, art. 3."
    )
    apre_il = GiornoEOra(label="Si può aderire dal", required=False)
    chiude_il = GiornoEOra(label="Fino al", required=False)
    pubblicata = forms.BooleanField(label="Pubblicata: la vede chiunque acceda al portale", required=False)

    def __init__(self, *args, progetto: Progetto, misura: MisuraIncentivo | None = None, utente=None, **opzioni):
        self.progetto, self.misura = progetto, misura or MisuraIncentivo(progetto=progetto)
        iniziali = {nome: getattr(self.misura, nome) for nome in CAMPI_MISURA}
        iniziali["de_minimis_massimo"] = Decimal(self.misura.de_minimis_massimo)
        super().__init__(*args, initial=iniziali, **opzioni)
        self.sorveglia(iniziali, di=self.misura, utente=utente)
        self.fields["azione"].queryset = progetto.azione_righe.filter(genere="azione")

    def clean(self):
        puliti = super().clean()
        apre, chiude = puliti.get("apre_il"), puliti.get("chiude_il")
        if apre and chiude and chiude <= apre:
            self.add_error("chiude_il", "La misura chiude prima di aprire: controlla le due date.")
        dotazione = puliti.get("dotazione")
        if dotazione is not None:
            self._nei_soldi_dell_azione(dotazione, puliti.get("azione"))
            self._non_meno_del_concesso(dotazione)
        return puliti

    def _nei_soldi_dell_azione(self, dotazione: Decimal, azione) -> None:
        """What an action costs is the most that its measures give, all together."""
        costo = azione and VoceCosto.objects.filter(azione=azione).values("prospetto").annotate(s=Sum("importo")).order_by("-s")
        if not costo:
            return
        altre = azione.misure.exclude(pk=self.misura.pk).aggregate(s=Sum("dotazione"))["s"] or Decimal("0.00")
        massimo = costo[0]["s"] - altre
        if dotazione > massimo:
            detto = f"L'azione costa {scrivi_euro(costo[0]['s'])}"
            detto += f" e le altre sue misure ne impegnano {scrivi_euro(altre)}" if altre else ""
            self.add_error("dotazione", f"{detto}: qui restano al massimo {scrivi_euro(massimo)}.")

    def _non_meno_del_concesso(self, dotazione: Decimal) -> None:
        concesso = self.misura.richieste.filter(stato="concessa").aggregate(s=Sum("concesso"))["s"] if self.misura.pk else None
        if concesso and dotazione < concesso:
            self.add_error("dotazione", f"Sono già stati concessi {scrivi_euro(concesso)}: la dotazione non può essere minore.")

    def salva(self) -> MisuraIncentivo:
        for nome in CAMPI_MISURA:
            setattr(self.misura, nome, self.cleaned_data[nome])
        self.misura.save()
        return self.misura


class RichiestaForm(Sorvegliato, Vestito):
    """What a firm tries; at the end, what came of it and how much it asks."""

    descrizione = forms.CharField(label="Che cosa si sperimenta", widget=forms.Textarea(attrs={"rows": 5}))
    inizio = Giorno(label="Inizio della sperimentazione", required=False)
    fine = Giorno(label="Fine della sperimentazione", required=False)
    risultati = forms.CharField(
        label="Che cosa è cambiato", required=False, widget=forms.Textarea(attrs={"rows": 5}), help_text="Si scrive alla fine."
    )
    spesa = Euro(label="Spesa sostenuta")
    richiesto = Euro(label="Incentivo richiesto")
    impresa_unica = forms.CharField(
        label="Imprese che formano con lei un'impresa unica",
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Reg. (UE) 2023/2831, art. 2: denominazione e codice fiscale, una per riga. Vuoto se nessuna.",
    )
    CAMPI = ("descrizione", "inizio", "fine", "risultati", "spesa", "richiesto", "impresa_unica")

    def __init__(self, *args, richiesta: RichiestaIncentivo, utente=None, **opzioni):
        self.richiesta = richiesta
        iniziali = {nome: getattr(richiesta, nome) for nome in self.CAMPI}
        super().__init__(*args, initial=iniziali, **opzioni)
        self.sorveglia(iniziali, di=richiesta, utente=utente)
        if not richiesta.misura.de_minimis:
            del self.fields["impresa_unica"]

    def clean(self):
        puliti = super().clean()
        inizio, fine = puliti.get("inizio"), puliti.get("fine")
        if inizio and fine and fine < inizio:
            self.add_error("fine", "La sperimentazione finisce prima di cominciare: controlla le due date.")
        spesa, richiesto = puliti.get("spesa"), puliti.get("richiesto")
        if spesa is not None and richiesto is not None and richiesto > spesa:
            self.add_error("richiesto", f"Chiedi più della spesa sostenuta, che è {scrivi_euro(spesa)}.")
        return puliti

    def salva(self) -> RichiestaIncentivo:
        for nome in set(self.CAMPI) & set(self.fields):
            setattr(self.richiesta, nome, self.cleaned_data[nome])
        self.richiesta.save()
        return self.richiesta


class NuovaRichiesta(Vestito):
    """For which firm; the rest is asked on its page."""

    ente = forms.ModelChoiceField(label="Impresa", queryset=Ente.objects.none(), empty_label=None)
    descrizione = forms.CharField(label="Che cosa si sperimenta", widget=forms.Textarea(attrs={"rows": 5}))

    def __init__(self, *args, enti, **opzioni):
        super().__init__(*args, **opzioni)
        self.fields["ente"].queryset = enti


class AiutoForm(Vestito):
    """One aid had in the last three years."""

    concesso_il = Giorno(label="Concesso il")
    da = forms.CharField(label="Concesso da", max_length=200)
    norma = forms.CharField(label="Norma", max_length=200, required=False)
    importo = Obbligatorio(label="Importo")


class AiutiBase(BaseFormSet):
    """The aids declared; a row left blank is no aid, one that is ticked goes away."""

    def salva(self, richiesta: RichiestaIncentivo) -> None:
        """Keep the declaration as it is on the page; nobody else writes it."""
        richiesta.aiuti.all().delete()
        for form in self.forms:
            if form.cleaned_data and form not in self.deleted_forms:
                richiesta.aiuti.create(**{nome: form.cleaned_data[nome] for nome in AiutoForm.base_fields})


Aiuti = formset_factory(AiutoForm, formset=AiutiBase, extra=2, can_delete=True, max_num=50, validate_max=True)


class ConcediForm(Vestito):
    importo = Obbligatorio(label="Incentivo concesso")
    atto = forms.CharField(
        label="Atto di concessione", max_length=200, help_text="Per esempio: determina n. 12 del 03/10/2026."
    )
    codice_rna = forms.CharField(label="Codice RNA (COR)", max_length=20, required=False)

    def __init__(self, *args, richiesta: RichiestaIncentivo, **opzioni):
        super().__init__(*args, **opzioni)
        if richiesta.misura.de_minimis:
            self.fields["codice_rna"].required = True
            self.fields[
                "codice_rna"
            ].help_text = "Lo dà il Registro nazionale degli aiuti (D.M. 115/2017) quando si registra l'aiuto."
        else:
            del self.fields["codice_rna"]

    def clean_codice_rna(self) -> str:
        codice = re.sub(r"[\s.]", "", self.cleaned_data["codice_rna"])
        if not re.fullmatch(r"[0-9]{4,10}", codice):
            raise forms.ValidationError("Il codice COR è un numero, da 4 a 10 cifre: ricopialo dalla visura dell'RNA.")
        return codice


class RespingiForm(Vestito):
    motivo = forms.CharField(label="Motivo", widget=forms.Textarea(attrs={"rows": 3}))
