"""The missing tile while the budget is being typed."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from .. import accesso
from . import bilancio, permessi
from .accesso import sezione_di
from .bilancio import con_gli_importi_scritti, tessera
from .blocchi import blocchi_di_sezione, pezzo
from .forms import Obiettivo
from .pagina import Pagina


@require_POST
def viva(request, pk, chiave):
    """What the page holds, not saved yet, as the line that says what closes it; writes nothing."""
    progetto = accesso.scheda_leggibile(request, pk)
    pagina = Pagina(progetto, request.user)
    sezione = sezione_di(pagina.edizione, chiave)
    if not pagina.compila:
        raise PermissionDenied
    pezzi = [pezzo(pagina, b, r, dati=request.POST) for b, r in blocchi_di_sezione(pagina.edizione, sezione)]
    scritto = con_gli_importi_scritti(pagina.contenuto, [p["modulo"] for p in pezzi if p["modulo"]])
    contesto = {
        "tessera": bilancio.tessera(pagina.edizione, scritto, progetto.contributo_obiettivo),
        "progetto": progetto,
        "ancora_da_salvare": True,
    }
    return render(request, "progetti/scheda/_bilancio.html", contesto)


# The contribution that the capofila hopes for: its own note, which nobody else sees.


def obiettivo(request, pk):
    """Say it, change it or, leaving it blank, take it away."""
    progetto = accesso.progetto_visibile(request, pk, permessi.puo_fissare_l_obiettivo, blocca=request.method == "POST")
    form = Obiettivo(request.POST or None, initial={"contributo_obiettivo": progetto.contributo_obiettivo})
    if request.method == "POST" and form.is_valid():
        progetto.contributo_obiettivo = form.cleaned_data["contributo_obiettivo"]
        progetto.save(update_fields=["contributo_obiettivo"])
        messages.success(request, "Salvato.")
        return redirect("progetti:dettaglio", pk)
    pagina = Pagina(progetto, request.user)
    ora = tessera(pagina.edizione, pagina.contenuto, progetto.contributo_obiettivo)
    contesto = {"progetto": progetto, "form": form, "tessera": ora}
    return render(request, "progetti/scheda/obiettivo.html", contesto, status=422 if form.errors else 200)
