"""Who comes into office and who leaves it: each an event, with its day and its act."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render

from conciliazione.http.parcheggio import inviati
from conciliazione.moduli.contesi import riepilogo
from conciliazione.passaggi import spiega_i_rifiuti

from .. import accesso
from ..models import Carica
from . import nomine
from .forms import Cessazione, NuovaCarica

TITOLI = {
    "lr": "Cambia legale rappresentante",
    "delegato": "Nuovo delegato",
    "referente": "Nuovo referente",
    "dirigente": "Nuovo dirigente",
}


def nuova(request, pk, tipo):
    """Let a person into office; a new legal representative closes the one before, who stays in the history."""
    if tipo not in TITOLI:
        raise Http404("carica inesistente")
    ente = accesso.ente_proprio(request, pk)
    form = NuovaCarica(inviati(request), ente=ente, tipo=tipo)
    if request.method == "POST" and form.is_valid():
        with spiega_i_rifiuti(request, form):
            carica = nomine.nomina(ente.pk, request.user, form.carica())
            messages.success(request, f"Registrato: {carica.get_tipo_display()} {carica.persona}.")
            return redirect("alleanze:ente", ente.pk)
    contesto = {
        "ente": ente,
        "titolo": TITOLI[tipo],
        "form": form,
        "errori": riepilogo(form),
        "in_carica": _in_carica(ente, tipo),
    }
    return render(request, "alleanze/cariche/nomina.html", contesto, status=422 if form.errors else 200)


def _in_carica(ente, tipo: str) -> list[Carica]:
    """The legal representative of today, whom the new one follows."""
    if tipo != nomine.LR:
        return []
    return [c for c in ente.cariche.filter(tipo=tipo).select_related("persona").order_by("pk") if c.in_corso]


def cessa(request, pk, carica):
    """Let a person leave office, on a day."""
    carica = accesso.carica_propria(request, pk, carica)
    form = Cessazione(inviati(request))
    if request.method == "POST" and form.is_valid():
        with spiega_i_rifiuti(request, form):
            nomine.cessa(carica.pk, request.user, **form.cleaned_data)
            messages.success(request, f"Registrato: {carica.persona} cessa dalla carica.")
            return redirect("alleanze:ente", pk)
    contesto = {"ente": carica.ente, "carica": carica, "form": form, "errori": riepilogo(form)}
    return render(request, "alleanze/cariche/cessa.html", contesto, status=422 if form.errors else 200)
