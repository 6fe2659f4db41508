"""Throwing away a scheda that was opened by mistake."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render

from conciliazione.passaggi import spiega_i_rifiuti

from .. import accesso, memoria, permessi, transizioni


def elimina(request, pk):
    """Names what is about to go, and says why when it may not."""
    try:
        progetto = accesso.progetto_visibile(request, pk, permessi.puo_eliminare)
    except Http404:
        return _gia_eliminata(request, pk)
    if request.method == "POST":
        return _elimina(request, progetto)
    contesto = {"progetto": progetto, "motivo": transizioni.perche_resta(progetto)}
    return render(request, "progetti/elimina.html", contesto)


def _elimina(request, progetto):
    with spiega_i_rifiuti(request):
        titolo = transizioni.elimina(progetto.pk, request.user)
        messages.success(request, f"La scheda «{titolo}» è eliminata.")
        return redirect("progetti:elenco")
    return redirect("progetti:dettaglio", progetto.pk)


def _gia_eliminata(request, pk):
    """A second click, or a colleague who came first."""
    if not (memoria.progetto_eliminato(pk) and memoria.vi_scriveva(request.user, pk)):
        raise Http404
    messages.info(request, "La scheda era già stata eliminata.")
    return redirect("progetti:elenco")
