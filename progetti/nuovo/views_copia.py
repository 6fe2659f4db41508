"""Beginning from a previous project."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from conciliazione.http import pagine

from .. import accesso
from ..models import Avviso
from ..permessi import capofila_di
from ..scheda.rivedere import sorgenti
from . import copia as copie
from . import permessi


@require_safe
def da_quale(request, avviso):
    """The projects that a new scheda of this avviso may begin from."""
    avviso = get_object_or_404(Avviso.objects.aperti(), pk=avviso)
    if not capofila_di(request.user):
        raise PermissionDenied
    pagina = pagine.pagina(request, sorgenti(request.user))
    return render(request, "progetti/nuovo/da_quale.html", {"avviso": avviso, "pagina": pagina})


def copia(request, avviso, origine):
    """Open a scheda with what the source has to give it."""
    if request.method != "POST":
        return redirect("progetti:nuovo_da", avviso)
    avviso = get_object_or_404(Avviso.objects.aperti(), pk=avviso)
    origine = accesso.progetto_visibile(request, origine, permessi.puo_copiare)
    nuovo = copie.copia(origine, avviso, request.user)
    quanti = nuovo.da_rivedere.count()
    messages.success(request, f"La scheda è aperta, con {quanti} valori copiati da rivedere.")
    return redirect("progetti:copiato", nuovo.pk, origine.pk)


@require_safe
def copiato(request, pk, origine):
    """What was carried over and, in full, what had no place in the new scheda."""
    progetto = accesso.scheda_leggibile(request, pk)
    origine = accesso.progetto_visibile(request, origine, permessi.puo_copiare)
    contesto = {
        "progetto": progetto,
        "origine": origine,
        "non_portati": copie.non_portati(origine, progetto),
        "da_rivedere": progetto.da_rivedere.count(),
    }
    return render(request, "progetti/nuovo/copiato.html", contesto)
