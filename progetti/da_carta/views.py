"""An old scheda, on file or pasted, as a start: look at what was understood, then confirm. Between the two only the text."""

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render

from alleanze.models import Ente
from conciliazione.http.parcheggio import inviati
from conciliazione.moduli.campi import Vestito

from .. import accesso
from ..permessi import puo_compilare
from . import controlla, estrai, scrittura
from .confronto import Anteprima
from .estrazione import CARATTERI

NOME = "testo incollato"
TUTTI_E_DUE = "Scegli il file oppure incolla il testo: tutti e due insieme no."
DA_DIRE = "Indica se è pubblico o privato, oppure di non aggiungerlo."


class Carta(Vestito):
    """A file, or its text."""

    file = forms.FileField(
        label="File della scheda",
        required=False,
        help_text="Word (.docx), PDF con il testo, o testo semplice, al massimo 10 MB.",
    )
    testo = forms.CharField(
        label="Oppure il testo, incollato",
        required=False,
        strip=False,
        max_length=CARATTERI,
        widget=forms.Textarea(attrs={"rows": 8, "class": "form-control"}),
        error_messages={"max_length": "Il testo è troppo lungo per essere una scheda: incolla solo la parte che serve."},
    )

    def clean_file(self):
        file = self.cleaned_data.get("file")
        return (file.name, estrai(file)) if file else None

    def clean(self):
        puliti = super().clean()
        incollato = (puliti.get("testo") or "").strip()
        if "file" in self.errors or "testo" in self.errors:
            return puliti
        if bool(puliti.get("file")) == bool(incollato):
            raise ValidationError(TUTTI_E_DUE if incollato else "Scegli un file o incolla il testo.")
        puliti["nome"], puliti["letto"] = puliti.get("file") or (NOME, controlla(puliti["testo"]))
        return puliti


def carta(request, pk):
    """Ask for the old scheda; then show what was understood of it. Nothing is written here.

    It fills every part of a draft, those of the partners too: it is the capofila's to bring in.
    """
    progetto = accesso.progetto_visibile(request, pk, puo_compilare)
    form = Carta(inviati(request), request.FILES or None)
    if request.method == "POST" and form.is_valid():
        puliti = form.cleaned_data
        return _mostra(request, progetto, puliti["nome"], puliti["letto"], scrittura.anteprima(progetto, puliti["letto"]))
    return render(
        request, "progetti/da_carta/carica.html", {"progetto": progetto, "form": form}, status=422 if form.errors else 200
    )


def conferma(request, pk):
    """Write what the preview showed, as it can be written now."""
    if request.method != "POST":
        return redirect("progetti:carta", pk)
    progetto = accesso.progetto_visibile(request, pk, puo_compilare, blocca=True)
    nome = " ".join(request.POST.get("nome", "").split())[:200] or NOME
    try:
        testo = controlla(request.POST.get("testo", ""))
    except ValidationError as errore:
        messages.error(request, " ".join(errore.messages))
        return redirect("progetti:carta", pk)
    anteprima = scrittura.anteprima(progetto, testo)
    scelte = {s.numero: request.POST.get(f"soggetto-{s.numero}", "") for s in anteprima.soggetti}
    errori = [(f"soggetto-{s.numero}", s.nome, DA_DIRE) for s in anteprima.soggetti if not _detto(s, scelte[s.numero])]
    if errori:
        return _mostra(request, progetto, nome, testo, anteprima, scelte, errori)
    letta = scrittura.scrivi(progetto, testo, nome, scelte, request.user)
    quanti = len(letta.da_scrivere)
    if quanti:
        messages.success(request, f"Scritti {quanti} valori, tutti da verificare: li trovi elencati qui.")
    else:
        messages.info(request, "Non c'era nulla da scrivere: la scheda è rimasta com'era.")
    return redirect("progetti:da_rivedere", pk)


def _detto(soggetto, scelta: str) -> bool:
    ammesse = {scrittura.AGGIUNGI} if soggetto.ente else set(Ente.Settore.values)
    return scelta in ammesse | {scrittura.SALTA}


def _mostra(request, progetto, nome: str, testo: str, anteprima: Anteprima, scelte: dict | None = None, errori=()):
    contesto = {
        "progetto": progetto,
        "nome": nome,
        "testo": testo,
        "anteprima": anteprima,
        "soggetti": [(s, _opzioni(s, (scelte or {}).get(s.numero, ""))) for s in anteprima.soggetti],
        "errori": errori,
    }
    return render(request, "progetti/da_carta/anteprima.html", contesto, status=422 if errori else 200)


def _opzioni(soggetto, scelta: str) -> list[tuple[str, str, bool]]:
    """Who is known comes in unless one says no; of who is new to the portal one must say what it is."""
    if soggetto.ente:
        opzioni = [(scrittura.AGGIUNGI, "aggiungi alla scheda"), (scrittura.SALTA, "non aggiungere")]
        scelta = scelta or scrittura.AGGIUNGI
    else:
        opzioni = [*((v, f"aggiungi: è {n}") for v, n in Ente.Settore.choices), (scrittura.SALTA, "non aggiungere")]
    return [(valore, nome, valore == scelta) for valore, nome in opzioni]
