"""Keeping a sportello: how it works, how it goes."""

import csv

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.text import slugify

from conciliazione.http.parcheggio import inviati

from ..accesso import alleanza_gestibile
from ..models import Alleanza
from . import permessi
from . import statistiche as conti
from .forms import Impostazioni, Periodo
from .statistiche import Riga, Statistiche


def _ore(riga: Riga) -> str:
    return "" if riga.mediana is None else f"{riga.mediana.total_seconds() / 3600:.1f}".replace(".", ",")


COLONNE = {
    "argomento": lambda r: r.argomento,
    "domande": lambda r: r.totale,
    "con risposta": lambda r: r.risposti,
    "nei termini": lambda r: r.nei_termini,
    "nei termini (%)": lambda r: r.percento,
    "tempo mediano di risposta (ore)": _ore,
    "senza risposta": lambda r: r.aperti,
    "oltre il termine": lambda r: r.scaduti,
    "ritirate": lambda r: r.ritirati,
}


def impostazioni(request, pk):
    alleanza = alleanza_gestibile(request, pk, blocca=request.method == "POST")
    form = Impostazioni(inviati(request), instance=permessi.sportello_di(alleanza))
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, "Salvato: vale per le domande che arrivano da ora in poi.")
        return redirect("sportello:impostazioni", pk)
    return render(
        request,
        "alleanze/sportello/impostazioni.html",
        {"alleanza": alleanza, "form": form},
        status=422 if request.method == "POST" else 200,
    )


def statistiche(request, pk):
    alleanza = permessi.alleanza_con_statistiche(request, pk)
    form, cifre = _conta(request, alleanza)
    contesto = {"alleanza": alleanza, "form": form, "cifre": cifre, "periodo": request.GET.urlencode()}
    return render(request, "alleanze/sportello/statistiche.html", contesto, status=200 if form.is_valid() else 422)


def statistiche_csv(request, pk):
    """Send the same figures, to be opened in a spreadsheet as Italian ones are."""
    alleanza = permessi.alleanza_con_statistiche(request, pk)
    form, cifre = _conta(request, alleanza)
    if not form.is_valid():
        return statistiche(request, pk)
    risposta = HttpResponse(content_type="text/csv; charset=utf-8")
    risposta["Content-Disposition"] = f'attachment; filename="sportello-{slugify(str(alleanza))[:80]}.csv"'
    risposta.write("\ufeff")
    scrive = csv.writer(risposta, delimiter=";")
    scrive.writerow(COLONNE)
    scrive.writerows([valore(riga) for valore in COLONNE.values()] for riga in (*cifre.righe, cifre.totale))
    return risposta


def _conta(request, alleanza: Alleanza) -> tuple[Periodo, Statistiche]:
    form = Periodo(request.GET)
    giorni = form.cleaned_data if form.is_valid() else {}
    return form, conti.di(alleanza, giorni.get("dal"), giorni.get("al"), timezone.now())
