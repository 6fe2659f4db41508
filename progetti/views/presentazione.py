"""From «cosa manca» to the number of the domanda."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from .. import accesso, allegati, permessi, transizioni
from ..forms import PresentataAltrove
from ..models import Presentazione
from ..pagina import Pagina


@login_required
def verifica(request, pk):
    """The whole list of what is missing and of figures that disagree, and the way to file."""
    progetto = accesso.scheda_leggibile(request, pk)
    contesto = {
        "progetto": progetto,
        "scheda": Pagina(progetto, request.user),
        "puo_presentare": permessi.puo_presentare(request.user, progetto),
    }
    return render(request, "progetti/verifica.html", contesto)


@login_required
@require_POST
def presenta(request, pk):
    progetto = accesso.progetto_visibile(request, pk, permessi.puo_presentare)
    try:
        presentazione = transizioni.presenta(progetto.pk, request.user)
    except transizioni.NonPresentabile as rifiuto:
        for motivo in rifiuto.motivi:
            messages.error(request, motivo)
        return redirect("progetti:verifica", pk)
    return redirect("progetti:ricevuta", presentazione.versione_id)


@login_required
def altrove(request, pk):
    """Record that the scheda was filed elsewhere: channel, day and hour, protocollo, receipt."""
    progetto = accesso.progetto_visibile(request, pk, permessi.puo_presentare)
    form = PresentataAltrove(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            presentazione = transizioni.registra_presentata_altrove(pk, request.user, **form.cleaned_data)
        except transizioni.NonPresentabile as rifiuto:
            messages.error(request, str(rifiuto))
            return redirect("progetti:dettaglio", pk)
        return redirect("progetti:ricevuta", presentazione.versione_id)
    contesto = {"progetto": progetto, "form": form}
    return render(request, "progetti/altrove.html", contesto, status=422 if form.errors else 200)


@login_required
def ricevuta(request, pk):
    """The receipt of a filing: number, hour, version, hash."""
    versione = accesso.versione_visibile(request, pk)
    presentazione = _presentazione(versione)
    contesto = {
        "progetto": versione.progetto,
        "versione": versione,
        "presentazione": presentazione,
        "puo_esportare": permessi.puo_esportare(request.user, versione.progetto),
        "legge_scheda": permessi.puo_leggere_la_scheda(request.user, versione.progetto),
    }
    return render(request, "progetti/ricevuta.html", contesto)


@login_required
def ricevuta_file(request, pk):
    """The receipt of a filing made elsewhere, as it was uploaded."""
    versione = accesso.versione_visibile(request, pk, permessi.puo_esportare)
    presentazione = _presentazione(versione)
    if not presentazione.ricevuta:
        raise Http404("nessuna ricevuta allegata")
    return allegati.scarica(presentazione.ricevuta)


def _presentazione(versione) -> Presentazione:
    return get_object_or_404(Presentazione.objects.select_related("presentata_da"), versione=versione)


@login_required
@require_POST
def riapri(request, pk):
    progetto = accesso.progetto_visibile(request, pk, permessi.puo_riaprire)
    try:
        transizioni.riapri(progetto.pk, request.user)
    except transizioni.NonPresentabile as rifiuto:
        messages.error(request, str(rifiuto))
        return redirect("progetti:dettaglio", pk)
    messages.success(request, "La presentazione è ritirata: correggi la scheda e presentala di nuovo entro i termini.")
    return redirect("progetti:dettaglio", pk)
