"""Soggetti of a scheda from a list: a file or a paste, a look, a confirmation. The capofila only."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import FileResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from conciliazione.fogli import FoglioIllegibile
from conciliazione.fogli import pagina as foglio
from conciliazione.fogli.anteprima import Anteprima
from conciliazione.fogli.scrivi import TIPO, scrivi_xlsx
from conciliazione.http.parcheggio import inviati

from .. import accesso, permessi
from ..models import Progetto
from . import elenco

AIUTO = (
    "Basta un elenco con denominazione e codice fiscale. Un ente già registrato si riconosce dal codice fiscale o dal nome "
    "ed entra con i dati che il portale ha già; uno che non c'è viene registrato: di quello serve anche il settore, "
    "pubblico o privato."
)


@require_safe
def scarica(request, pk):
    progetto = accesso.scheda_leggibile(request, pk)
    tavola = elenco.tavola(progetto)
    file = scrivi_xlsx(tavola.celle(), tavola.etichette(), "Soggetti")
    nome = f"{slugify(f'{progetto}-soggetti')[:80]}.xlsx"
    return FileResponse(file, as_attachment=True, filename=nome, content_type=TIPO)


def carica(request, pk):
    """Ask for a list, and show what was understood of it; nothing is written here."""
    progetto = accesso.progetto_visibile(request, pk, permessi.puo_compilare)
    dati = inviati(request)
    if dati is None:
        return _chiede(request, progetto, foglio.Carica(tavola=elenco.tavola(progetto)))
    try:
        form, matrice, scelte = foglio.mandato(dati, request.FILES, elenco.tavola(progetto))
    except FoglioIllegibile as errore:
        return _da_capo(request, progetto, errore)
    if matrice is None:
        return _chiede(request, progetto, form, status=422)
    return _mostra(request, progetto, _anteprima(progetto, matrice, scelte))


def conferma(request, pk):
    """Let the soggetti in."""
    progetto = accesso.progetto_visibile(request, pk, permessi.puo_compilare, blocca=request.method == "POST")
    if request.method != "POST":
        return carica(request, pk) if inviati(request) else redirect("progetti:soggetti_elenco", pk)
    try:
        _, matrice, scelte = foglio.mandato(request.POST, request.FILES, elenco.tavola(progetto), conferma=True)
    except FoglioIllegibile as errore:
        return _da_capo(request, progetto, errore)
    anteprima = _anteprima(progetto, matrice, scelte)
    anteprima.scelte.rivista = anteprima.da_rivedere
    if anteprima.errori or anteprima.scelte.rivista:
        return _mostra(request, progetto, anteprima, status=422)
    return _scrive(request, progetto, anteprima)


def _scrive(request, progetto: Progetto, anteprima: Anteprima):
    try:
        quanti = elenco.scrivi(progetto, anteprima, request.user)
    except ValidationError as errore:
        # A code that an ente out of sight has: the register has the last word.
        return _da_capo(request, progetto, FoglioIllegibile(" ".join(errore.messages) + " Non è stato scritto niente."))
    detto = "Un soggetto aggiunto." if quanti == 1 else f"{quanti} soggetti aggiunti."
    messages.success(request, detto if quanti else "Erano già tutti tra i soggetti del progetto.")
    return redirect("progetti:soggetti", progetto.pk)


def _anteprima(progetto: Progetto, matrice, scelte) -> Anteprima:
    anteprima = Anteprima(elenco.tavola(progetto, matrice.con(scelte.corrette)), matrice, scelte)
    elenco.prova(anteprima)
    return anteprima


def _da_capo(request, progetto: Progetto, errore: FoglioIllegibile):
    return _chiede(request, progetto, foglio.da_capo(errore, elenco.tavola(progetto)), status=422)


def _chiede(request, progetto: Progetto, form: foglio.Carica, status: int = 200):
    return render(request, "progetti/scheda/tabella_carica.html", _contesto(progetto) | {"form": form}, status=status)


def _mostra(request, progetto: Progetto, anteprima: Anteprima, status: int = 200):
    letta = foglio.contesto(anteprima) | {"da_scrivere": len(elenco.da_prendere(anteprima))}
    return render(request, "progetti/scheda/tabella_anteprima.html", _contesto(progetto) | {"anteprima": letta}, status=status)


def _contesto(progetto: Progetto) -> dict:
    return {
        "progetto": progetto,
        "blocco": {"chiamato": "Soggetti del progetto"},
        "sezione": {"titolo": "Soggetti"},
        "aiuto": AIUTO,
        "torna": reverse("progetti:soggetti", args=[progetto.pk]),
        "url_tabella": reverse("progetti:soggetti_elenco", args=[progetto.pk]),
        "url_conferma": reverse("progetti:soggetti_elenco_conferma", args=[progetto.pk]),
        "url_scarica": reverse("progetti:soggetti_elenco_scarica", args=[progetto.pk]),
    }
