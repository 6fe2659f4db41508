"""The contribution that the capofila hopes for: its own note, which nobody else sees."""

from django.contrib import messages
from django.shortcuts import redirect, render

from .. import accesso, permessi
from ..forms.avvisi import Obiettivo
from ..pagina import Pagina
from ..tessera import tessera


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
    return render(request, "progetti/obiettivo.html", contesto, status=422 if form.errors else 200)
