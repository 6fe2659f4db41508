"""The cells that a person has still to look at: all of them, and «va bene così»."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from conciliazione.http.middleware import solo_post
from conciliazione.schede.tipi import Luogo

from .. import accesso
from . import permessi
from .accesso import blocco_di
from .pagina import Pagina
from .rivedere import origine_di, per_sezione, visti, visto_il_blocco


@require_safe
def rivedere(request, pk):
    """Show all that is still to be looked at, with links to the fields."""
    progetto = accesso.scheda_leggibile(request, pk)
    pagina = Pagina(progetto, request.user)
    contesto = {
        "progetto": progetto,
        "sezioni": per_sezione(pagina),
        "origine": origine_di(progetto, request.user),
    }
    return render(request, "progetti/scheda/da_rivedere.html", contesto)


@solo_post("progetti:da_rivedere")
def visto(request, pk):
    """Take it as right («Va bene così»): of a cell, or of a whole block. `cella` is «block|row|field», row and field possibly
    blank.
    """
    progetto = accesso.scheda_leggibile(request, pk, blocca=True)
    pagina = Pagina(progetto, request.user)
    blocco, _, resto = request.POST.get("cella", "").partition("|")
    riga, _, campo = resto.partition("|")
    definizione = blocco_di(pagina.edizione, blocco)
    if campo and campo not in definizione.campi():
        raise Http404("campo inesistente")
    if not campo:
        quanti = _tutto(request, pagina, definizione)
    else:
        trovata = next((r for r in definizione.righe(pagina.contenuto) if r["id"] == riga), None)
        if trovata is None:
            raise Http404("riga inesistente")
        if not permessi.puo_scrivere_riga(request.user, progetto, definizione, trovata):
            raise PermissionDenied
        quanti = visti(progetto, blocco, riga, [campo])
    messages.success(request, "Segnato come rivisto." if quanti else "Era già stato rivisto.")
    return redirect(_dove(request, pagina, Luogo(blocco, riga, campo)))


def _tutto(request, pagina: Pagina, blocco) -> int:
    righe = blocco.righe(pagina.contenuto)
    if not any(permessi.puo_scrivere_riga(request.user, pagina.progetto, blocco, r) for r in righe):
        raise PermissionDenied
    return visto_il_blocco(request.user, pagina.progetto, blocco, pagina.contenuto)


def _dove(request, pagina: Pagina, luogo: Luogo) -> str:
    """Back where the button was: on the list of all, or at the very field."""
    if "elenco" in request.POST:
        return reverse("progetti:da_rivedere", args=[pagina.progetto.pk])
    return pagina.indirizzo(luogo)
