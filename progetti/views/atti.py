"""The acts by which a soggetto commits its cofinancing: written by itself or, for it, by the capofila."""

from decimal import Decimal

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render

from ..fascicolo import accesso, permessi
from ..fascicolo.dati import Fonte
from ..fascicolo.quadro import nota_atti
from ..forms.fascicolo import Atto
from ..models import AttoDiImpegno

CAMPI = ("genere", "numero", "data", "organo", "importo")


def elenco(request, pk, riga):
    """The acts of a soggetto, with a new one to add."""
    return _scrivi(request, pk, riga, None)


def modifica(request, pk, riga, atto):
    return _scrivi(request, pk, riga, atto)


def _scrivi(request, pk, riga, atto):
    leggendo = request.method != "POST" and atto is None
    soggetto = accesso.soggetto_visibile(request, pk, riga, permessi.puo_leggere_di if leggendo else permessi.puo_scrivere_di)
    suo = get_object_or_404(AttoDiImpegno, pk=atto, partecipazione=soggetto) if atto else None
    form = Atto(request.POST or None, initial={c: getattr(suo, c) for c in CAMPI} if suo else None)
    if request.method == "POST" and form.is_valid():
        valori = {c: form.cleaned_data[c] for c in CAMPI}
        AttoDiImpegno.objects.update_or_create(pk=atto, defaults=valori | {"partecipazione": soggetto})
        messages.success(request, "Atto registrato. Se l'impegno è già preparato, il capofila può rifarlo con questo atto.")
        return redirect("progetti:atti", pk, riga)
    return render(request, "progetti/atti.html", _contesto(request, soggetto, form, suo), status=422 if form.errors else 200)


def _contesto(request, soggetto, form: Atto, suo: AttoDiImpegno | None) -> dict:
    atti = list(soggetto.atti.order_by("data", "pk"))
    importi = [atto.importo for atto in atti if atto.importo is not None]
    dichiarato = Decimal(Fonte(soggetto.progetto).cofinanziamento(soggetto)["totale"])
    return {
        "progetto": soggetto.progetto,
        "soggetto": soggetto,
        "atti": atti,
        "dichiarato": dichiarato,
        "nota": nota_atti(sum(importi) if importi else None, dichiarato),
        "form": form if permessi.puo_scrivere_di(request.user, soggetto) else None,
        "atto": suo,
    }


def togli(request, pk, riga, atto):
    """Take an act away; it stays in the history."""
    if request.method != "POST":
        return redirect("progetti:atti", pk, riga)
    soggetto = accesso.soggetto_visibile(request, pk, riga, permessi.puo_scrivere_di)
    tolti, _ = soggetto.atti.filter(pk=atto).delete()
    messages.success(request, "Atto tolto." if tolti else "L'atto era già stato tolto.")
    return redirect("progetti:atti", pk, riga)
