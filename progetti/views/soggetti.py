from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from .. import accesso, nascita, permessi
from ..forms import AggiungiSoggetto
from ..pagina import Pagina


@login_required
def soggetti(request, pk):
    """Who is in the scheda: the capofila adds and removes, the numbers are those that I.3 prints."""
    puo = permessi.puo_compilare if request.method == "POST" else permessi.puo_leggere_la_scheda
    progetto = accesso.progetto_visibile(request, pk, puo, blocca=request.method == "POST")
    form = AggiungiSoggetto(request.POST or None, progetto=progetto)
    if request.method == "POST" and form.is_valid():
        soggetto = nascita.aggiungi_soggetto(progetto, form.cleaned_data["ente"], utente=request.user)
        messages.success(request, f"{soggetto} è ora tra i soggetti del progetto.")
        return redirect("progetti:soggetti", pk)
    contesto = {"progetto": progetto, "scheda": Pagina(progetto, request.user), "form": form}
    return render(request, "progetti/soggetti.html", contesto, status=422 if form.errors else 200)


@login_required
@require_POST
def togli(request, pk, riga):
    """Take a soggetto out; not the capofila, and not while it has cofinancing that would vanish with it."""
    progetto = accesso.progetto_visibile(request, pk, permessi.puo_compilare, blocca=True)
    soggetto = get_object_or_404(progetto.partecipazioni.exclude(ruolo="capofila"), pk=riga)
    if soggetto.cofinanziamenti.exists():
        messages.error(request, f"{soggetto} ha righe di cofinanziamento: prima spostale su un altro soggetto o eliminale.")
        return redirect("progetti:soggetti", pk)
    progetto.compilazioni.filter(riga=riga).delete()
    soggetto.delete()
    messages.success(request, f"{soggetto} non è più tra i soggetti del progetto.")
    return redirect("progetti:soggetti", pk)
