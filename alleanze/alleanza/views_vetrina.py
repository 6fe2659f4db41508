"""What the public reads of an alleanza, written by who keeps it."""

from django.contrib import messages
from django.shortcuts import redirect, render

from conciliazione.schede.canonico import impronta

from .. import accesso
from ..models import Alleanza
from .forms import CAMPI, Vetrina, detta, diverse


def modifica(request, pk):
    """What a colleague saved meanwhile is shown before it is written over."""
    alleanza = accesso.alleanza_gestibile(request, pk, blocca=request.method == "POST")
    adesso = impronta(detta(alleanza))
    if request.method != "POST":
        return _pagina(request, alleanza, Vetrina(alleanza=alleanza), adesso)
    form, letta = Vetrina(request.POST, alleanza=alleanza), request.POST.get("impronta", "")
    if not form.is_valid():
        return _pagina(request, alleanza, form, letta, status=422)
    altrui = diverse(form.cleaned_data, detta(alleanza)) if letta != adesso else []
    if altrui:
        return _pagina(request, alleanza, form, adesso, altrui, status=409)
    return _salva(request, alleanza, form.cleaned_data)


def _salva(request, alleanza: Alleanza, scritta: dict):
    for campo in CAMPI:
        setattr(alleanza, campo, scritta[campo])
    alleanza.save(update_fields=CAMPI)
    dove = (
        "Chi non ha un accesso la vede entro pochi minuti." if alleanza.pubblica else "La vedono solo gli enti dell'alleanza."
    )
    messages.success(request, f"La pagina dell'alleanza è salvata. {dove}")
    # The administrator keeps alleanze that it has no page of.
    vede = Alleanza.objects.visibili_a(request.user).filter(pk=alleanza.pk).exists()
    return redirect("alleanze:dettaglio" if vede else "alleanze:modifica", alleanza.pk)


def _pagina(request, alleanza: Alleanza, form: Vetrina, impronta: str, altrui: list[dict] = (), status: int = 200):
    errori = [(campo.auto_id, campo.label, errore) for campo in form for errore in campo.errors]
    contesto = {"alleanza": alleanza, "form": form, "impronta": impronta, "altrui": altrui, "errori": errori}
    return render(request, "alleanze/alleanza/modifica.html", contesto, status=status)
