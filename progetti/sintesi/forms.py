"""The form of a scheda sintetica, and what one chooses for a booklet."""

from django import forms

from alleanze.models import Ente
from alleanze.permessi import incarichi
from conciliazione.italiano import date
from conciliazione.moduli import contesi
from conciliazione.moduli.campi import Vestito
from conciliazione.schede import campi
from conciliazione.schede.canonico import impronta
from conciliazione.schede.tipi import Valori

from ..models import SchedaSintetica
from . import sintesi
from .permessi import SCRIVONO_SINTESI

RISPOSTE = tuple(c for c in sintesi.VOCI if c not in ("nome", "durata", "referenti")) + sintesi.DURATA + ("contributo_parola",)
"""Fields that are answers of the sheet."""
TITOLI = sintesi.VOCI | {
    "contributo": "Contributo",
    "contributo_parola": "Contributo: è",
    "durata_dal": "Durata: dal mese",
    "durata_al": "Durata: al mese",
    "durata_mesi": "Durata: mesi",
}
RIGHE_IN_PIU, RIGHE_MASSIME = 2, 12
"""Of the referenti of one's own."""


def _testo(chiave: str, altezza: int = 4, **opzioni) -> campi.Testo:
    return campi.Testo(TITOLI[chiave], altezza=altezza, manca=None, **opzioni)


class Sintesi(forms.Form):
    """Every text may be left blank: then the sheet takes it from the scheda, or does without it."""

    use_required_attribute = False

    nome = campi.Riga(TITOLI["nome"], max_length=300, manca=None)
    capofila = campi.Riga(TITOLI["capofila"], manca=None)
    finanziato_da = campi.Riga(TITOLI["finanziato_da"], manca=None, help_text="Per esempio: Regione Lombardia, una fondazione.")
    contributo = campi.Importo(TITOLI["contributo"], manca=None, help_text="In euro. Se non si conosce, lascialo vuoto.")
    contributo_parola = campi.Scelta(
        TITOLI["contributo_parola"],
        scelte=[(chiave, chiave) for chiave in sintesi.PAROLE],
        a_tendina=True,
        manca=None,
        help_text="Di un importo scritto qui: se non lo indichi, ricevuto.",
    )
    partner = _testo("partner", help_text="Uno per riga.")
    durata_dal = campi.Mese(TITOLI["durata_dal"], manca=None)
    durata_al = campi.Mese(TITOLI["durata_al"], manca=None)
    durata_mesi = campi.Numero(TITOLI["durata_mesi"], manca=None, help_text="Se indichi i due mesi si contano da soli.")
    descrizione = _testo("descrizione", 8)
    target = _testo("target", 3)
    attivita = _testo("attivita", 6, help_text="Una per riga.")
    risultati = _testo("risultati", 6)
    conclusioni = _testo("conclusioni")
    per_i_servizi = _testo("per_i_servizi")
    cosa_possono_fare = _testo("cosa_possono_fare")
    ruolo_comuni = _testo("ruolo_comuni")
    ruolo_impresa = _testo("ruolo_impresa")
    per_i_partner = _testo("per_i_partner")
    come_aderire = _testo("come_aderire")
    contatti = _testo("contatti", help_text="Indirizzi, telefoni e orari di apertura.")
    scelti = forms.MultipleChoiceField(
        label="Referenti nominati nella scheda",
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "form-check-input"}),
        help_text="Si pubblicano solo quelli che spunti, con i recapiti che leggi accanto.",
        error_messages={"invalid_choice": "Intanto la scheda è cambiata: guarda i referenti di adesso e scegli di nuovo."},
    )
    pubblica = forms.BooleanField(
        label="Visibile a tutti, anche a chi non ha un accesso", required=False, widget=forms.CheckboxInput()
    )

    def __init__(self, *args, scheda: SchedaSintetica, candidati: list[dict], pubblicabile: bool, **opzioni):
        self.scheda = scheda
        # By what they say, never by their place: the scheda may change while this page is open.
        self.candidati = {impronta(c["recapiti"])[:20]: c["recapiti"] for c in candidati}
        super().__init__(*args, initial=self._iniziali(), **opzioni)
        self.fields["scelti"].choices = [
            (impronta(c["recapiti"])[:20], f"{sintesi.in_una_riga(c['recapiti'])} ({c['soggetto']})") for c in candidati
        ]
        self.fields["pubblica"].widget.attrs["class"] = "form-check-input"
        if not candidati:
            del self.fields["scelti"]
        if not pubblicabile:
            del self.fields["pubblica"]

    def _iniziali(self) -> dict:
        risposte = self.scheda.risposte
        iniziali = {nome: self.base_fields[nome].dal_filo(risposte.get(nome)) for nome in RISPOSTE}
        scelti = [chiave for chiave, recapiti in self.candidati.items() if recapiti in self.scheda.referenti]
        return iniziali | {"nome": self.scheda.nome, "scelti": scelti, "pubblica": self.scheda.pubblica}

    def clean_nome(self):
        nome = self.cleaned_data["nome"].strip()
        if not nome and self.scheda.progetto_id is None:
            raise forms.ValidationError("Scrivi il nome: questa scheda non è legata a un progetto del portale.")
        return nome

    def clean(self):
        puliti = super().clean()
        dal, al, mesi = (puliti.get(c) for c in sintesi.DURATA)
        if dal and al and al < dal:
            self.add_error("durata_al", "Il mese di fine viene prima di quello di inizio: controlla le due date.")
        elif dal and al and mesi and mesi != (contati := date.mesi_tra(dal, al)):
            quando = f"da {date.scrivi_mese(dal)} a {date.scrivi_mese(al)}"
            self.add_error("durata_mesi", f"I conti non tornano: {quando}, compresi tutti e due, i mesi sono {contati}.")
        if puliti.get("contributo_parola") and "contributo" in puliti and puliti["contributo"] is None:
            self.add_error("contributo", "Scrivi l'importo, oppure lascia vuoto anche «Contributo: è».")
        return puliti

    def risposte(self) -> Valori:
        """Return the answers as they are kept: what is blank is not there."""
        filo = {nome: self.fields[nome].al_filo(self.cleaned_data[nome]) for nome in RISPOSTE}
        return {nome: valore for nome, valore in filo.items() if valore is not None}

    def referenti_scelti(self) -> list[dict]:
        return [self.candidati[chiave] for chiave in self.cleaned_data.get("scelti", ())]

    @property
    def testi(self) -> list[str]:
        """The fields that are headings of the sheet; the others have a place of their own on the page."""
        return [nome for nome in self.fields if nome not in ("scelti", "pubblica")]


class ReferenteProprio(Vestito):
    """A line of one's own: a person or an office that agreed to be named."""

    nominativo = forms.CharField(label="Nome o ufficio", max_length=250, required=False)
    telefono = forms.CharField(label="Telefono", max_length=60, required=False)
    email = forms.EmailField(
        label="E-mail",
        max_length=200,
        required=False,
        error_messages={"invalid": "Questo indirizzo e-mail non è scritto bene: controllalo."},
    )

    def clean(self):
        puliti = super().clean()
        if (puliti.get("telefono") or puliti.get("email")) and not puliti.get("nominativo"):
            self.add_error("nominativo", "Scrivi di chi sono questi recapiti.")
        return puliti


Referenti = forms.formset_factory(ReferenteProprio, extra=RIGHE_IN_PIU, max_num=RIGHE_MASSIME, validate_max=True)


def referenti_propri(scheda: SchedaSintetica, candidati: list[dict]) -> list[dict]:
    """Return the lines that are not taken from the scheda, or no longer are what it says."""
    della_scheda = [c["recapiti"] for c in candidati]
    return [r for r in scheda.referenti if r not in della_scheda]


class NuovaSintesi(Vestito):
    """A sheet for a project that another body funds."""

    ente = forms.ModelChoiceField(queryset=Ente.objects.none(), label="A cura di", empty_label=None)
    nome = forms.CharField(label="Nome progetto", max_length=300, error_messages={"required": "Scrivi il nome del progetto."})

    def __init__(self, *args, utente, **opzioni):
        super().__init__(*args, **opzioni)
        miei = [i.ente_id for i in incarichi(utente) if i.vale(SCRIVONO_SINTESI)]
        self.fields["ente"].queryset = Ente.objects.filter(pk__in=miei).per_elenco()


class Opuscolo(Vestito):
    """The cover of a booklet."""

    titolo = forms.CharField(
        label="Titolo dell'opuscolo",
        max_length=200,
        initial="Schede progetto sintetiche",
        error_messages={"required": "Scrivi il titolo che va in copertina."},
    )
    a_cura = forms.CharField(label="A cura di", max_length=250, required=False, help_text="Per esempio: Ufficio di Piano.")


def diverse(prima: dict, dopo: dict) -> list[dict]:
    """Return what a sheet says now that it did not say before: heading, and the text of now."""
    titoli = {"nome": "Nome progetto", "referenti": "Referenti", "pubblica": "Visibile a tutti"}
    return contesi.diverse(_piatta(prima), _piatta(dopo), titoli | {c: TITOLI[c] for c in RISPOSTE})


def _piatta(detta: dict) -> dict[str, str]:
    testi = {c: Sintesi.base_fields[c].testo(v) for c, v in detta["risposte"].items() if c in Sintesi.base_fields}
    referenti = "\n".join(map(sintesi.in_una_riga, detta["referenti"]))
    return testi | {"nome": detta["nome"], "referenti": referenti, "pubblica": "sì" if detta["pubblica"] else "no"}
