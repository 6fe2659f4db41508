"""Lending the draft to the ATS, and seeing who looked at it."""

from django.contrib import messages
from django.shortcuts import redirect, render

from conciliazione.http import pagine
from conciliazione.http.middleware import solo_post
from conciliazione.http.parcheggio import inviati
from conciliazione.passaggi import spiega_i_rifiuti

from .. import accesso, permessi
from ..stati import GIA_PRESENTATA
from . import prestiti
from .forms import Presta
from .permessi import puo_prestare


def prestito(request, pk):
    """Show to whom the draft is lent, who looked at it and when; for who prepares it also the way to lend it."""
    puo = permessi.prepara if request.method == "POST" else permessi.e_capofila
    progetto = accesso.progetto_visibile(request, pk, puo)
    if not progetto.modificabile and request.method == "POST":
        messages.error(request, GIA_PRESENTATA)
        return redirect("progetti:dettaglio", progetto.pk)
    form = Presta(inviati(request), progetto=progetto)
    if request.method == "POST" and form.is_valid():
        return _presta(request, progetto, form)
    contesto = {
        "progetto": progetto,
        "prestiti": list(progetto.prestiti.select_related("ats", "prestato_da", "revocato_da")),
        "sguardi": pagine.pagina(request, prestiti.sguardi(progetto)),
        "form": form if puo_prestare(request.user, progetto) and form.fields["ats"].queryset else None,
        "puo_prestare": puo_prestare(request.user, progetto),
    }
    return render(request, "progetti/presentazione/prestito.html", contesto, status=422 if form.errors else 200)


def _presta(request, progetto, form):
    with spiega_i_rifiuti(request):
        fatto = prestiti.presta(progetto.pk, request.user, **form.cleaned_data)
        messages.success(request, f"{fatto.ats} può leggere la bozza: non la può modificare, e puoi riprenderla quando vuoi.")
        return redirect("progetti:prestito", progetto.pk)
    return redirect("progetti:dettaglio", progetto.pk)


@solo_post("progetti:prestito")
def riprendi(request, pk):
    progetto = accesso.progetto_visibile(request, pk, permessi.prepara)
    quale = request.POST.get("prestito", "")
    with spiega_i_rifiuti(request):
        ripreso = prestiti.riprendi(progetto.pk, request.user, int(quale) if quale.isdecimal() and len(quale) < 10 else 0)
        messages.success(request, f"La bozza è ripresa: {ripreso.ats} non la legge più.")
    return redirect("progetti:prestito", progetto.pk)
