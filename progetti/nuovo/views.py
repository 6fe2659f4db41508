from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render

from .. import permessi
from ..models import Avviso
from . import apri
from .forms import NuovoProgetto


def nuovo(request, avviso):
    """Open the scheda of an open avviso, for one of the enti one acts for."""
    avviso = get_object_or_404(Avviso.objects.aperti(), pk=avviso)
    if not permessi.capofila_di(request.user):
        raise PermissionDenied
    form = NuovoProgetto(request.POST or None, utente=request.user)
    if request.method == "POST" and form.is_valid():
        progetto = apri.apri(avviso, utente=request.user, **form.cleaned_data)
        messages.success(request, "La scheda è aperta: puoi compilarla in qualsiasi ordine.")
        return redirect("progetti:dettaglio", progetto.pk)
    return render(request, "progetti/nuovo/nuovo.html", {"avviso": avviso, "form": form}, status=422 if form.errors else 200)
