"""The state of the budget while it is being typed, and the contribution that it aims at."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from conciliazione.http.parcheggio import inviati

from .. import accesso
from . import permessi
from .accesso import sezione_di
from .bilancio import bilancio, con_gli_importi_scritti
from .blocchi import blocchi_di_sezione, blocco_mostrato
from .forms import Obiettivo
from .pagina import Pagina


@require_POST
def viva(request, pk, chiave):
    """Return what the page holds, not saved yet, as the line that says what closes it; writes nothing."""
    progetto = accesso.scheda_leggibile(request, pk)
    pagina = Pagina(progetto, request.user)
    sezione = sezione_di(pagina.edizione, chiave)
    if not pagina.compila:
        raise PermissionDenied
    mostrati = [blocco_mostrato(pagina, b, r, dati=request.POST) for b, r in blocchi_di_sezione(pagina.edizione, sezione)]
    scritto = con_gli_importi_scritti(pagina.contenuto, [p["modulo"] for p in mostrati if p["modulo"]])
    contesto = {
        "bilancio": bilancio(pagina.edizione, scritto, progetto.contributo_obiettivo),
        "progetto": progetto,
        "ancora_da_salvare": True,
    }
    return render(request, "progetti/scheda/_bilancio.html", contesto)


# The contribution that the capofila hopes for: its own note, which nobody else sees.


def obiettivo(request, pk):
    """Say it, change it or, leaving it blank, take it away."""
    progetto = accesso.progetto_visibile(request, pk, permessi.puo_fissare_l_obiettivo, blocca=request.method == "POST")
    form = Obiettivo(inviati(request), initial={"contributo_obiettivo": progetto.contributo_obiettivo})
    if request.method == "POST" and form.is_valid():
        progetto.contributo_obiettivo = form.cleaned_data["contributo_obiettivo"]
        progetto.save(update_fields=["contributo_obiettivo"])
        messages.success(request, "Salvato.")
        return redirect("progetti:dettaglio", pk)
    pagina = Pagina(progetto, request.user)
    ora = bilancio(pagina.edizione, pagina.contenuto, progetto.contributo_obiettivo)
    contesto = {"progetto": progetto, "form": form, "bilancio": ora}
    return render(request, "progetti/scheda/obiettivo.html", contesto, status=422 if form.errors else 200)
