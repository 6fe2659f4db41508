"""The mandates of an ente: those it gave to others, who prepare for it, and those that it was given."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from conciliazione.metodi import solo_post
from conciliazione.passaggi import spiega_i_rifiuti

from .. import accesso, inviti, permessi
from ..forms.persone import DaiMandato
from ..models import Ente


def mandati(request, pk):
    puo = permessi.puo_dare_mandato if request.method == "POST" else None
    ente = accesso.ente_delle_persone(request, pk, puo)
    form = DaiMandato(request.POST or None, mandante=ente)
    if request.method == "POST" and form.is_valid() and _da(request, ente, form):
        return redirect("alleanze:mandati", pk)
    oggi = timezone.localdate()
    contesto = {
        "ente": ente,
        "dati": [(m, m.al is None or m.al >= oggi) for m in ente.mandati_dati.select_related("mandatario")],
        "avuti": [(m, m.al is None or m.al >= oggi) for m in ente.mandati_avuti.select_related("mandante")],
        "gestisce": permessi.puo_dare_mandato(request.user, ente),
        "form": form,
    }
    return render(request, "alleanze/mandati.html", contesto, status=422 if form.errors else 200)


def _da(request, ente: Ente, form: DaiMandato) -> bool:
    puliti = form.cleaned_data
    mandatario, altro = puliti["ente"], {nome: puliti[nome] for nome in ("atto", "dal", "al")}
    with spiega_i_rifiuti(request, form):
        inviti.da_mandato(ente, request.user, mandatario=mandatario, **altro)
        messages.success(request, f"Mandato dato: chi prepara per {mandatario} può ora preparare anche per {ente}.")
    return form.is_valid()


@solo_post("alleanze:mandati")
def ritira(request, pk, mandato):
    ente = accesso.ente_delle_persone(request, pk, permessi.puo_dare_mandato)
    trovato = get_object_or_404(ente.mandati_dati.select_related("mandatario"), pk=mandato)
    inviti.ritira_mandato(trovato, request.user)
    messages.success(
        request, f"Mandato ritirato: {trovato.mandatario} non prepara più per {ente}. Quello che ha scritto resta."
    )
    return redirect("alleanze:mandati", pk)
