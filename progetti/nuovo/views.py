"""Opening a scheda: a blank one, or one that begins from a previous project."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from conciliazione.http import pagine
from conciliazione.http.parcheggio import inviati
from conciliazione.italiano.parole import quanti
from conciliazione.passaggi import spiega_i_rifiuti

from .. import accesso
from ..edizioni import nome_edizione
from ..models import Avviso, Progetto
from ..permessi import capofila_di, prepara
from ..scheda.rivedere import sorgenti
from . import apri, copia
from .forms import NuovoProgetto


def nuovo(request, avviso):
    """Open the scheda of an open avviso, for one of the enti one acts for."""
    avviso = get_object_or_404(Avviso.objects.aperti(), pk=avviso)
    if not capofila_di(request.user):
        raise PermissionDenied
    form = NuovoProgetto(inviati(request), avviso=avviso, utente=request.user)
    if request.method == "POST" and form.is_valid():
        with spiega_i_rifiuti(request, form):
            progetto = apri.apri(avviso, utente=request.user, **form.cleaned_data)
            messages.success(request, "La scheda è aperta: puoi compilarla in qualsiasi ordine.")
            return redirect("progetti:dettaglio", progetto.pk)
    return render(request, "progetti/nuovo/nuovo.html", {"avviso": avviso, "form": form}, status=422 if form.errors else 200)


@require_safe
def da_quale(request, avviso):
    """Show the projects that a new scheda of this avviso may begin from."""
    avviso = get_object_or_404(Avviso.objects.aperti(), pk=avviso)
    if not capofila_di(request.user):
        raise PermissionDenied
    pagina = pagine.pagina(request, sorgenti(request.user))
    moduli = [(codice, nome_edizione(codice)) for codice in avviso.edizioni]
    return render(request, "progetti/nuovo/da_quale.html", {"avviso": avviso, "pagina": pagina, "moduli": moduli})


def copia_da(request, avviso, origine):
    """Open a scheda with what the source has to give it, whatever its state: for who prepares the schede of its capofila."""
    if request.method != "POST":
        return redirect("progetti:nuovo_da", avviso)
    avviso = get_object_or_404(Avviso.objects.aperti(), pk=avviso)
    origine = accesso.progetto_visibile(request, origine, prepara)
    with spiega_i_rifiuti(request):
        nuovo = copia.copia(origine, avviso, request.user, request.POST.get("edizione", ""))
        copiati = quanti(nuovo.da_rivedere.count(), "valore copiato", "valori copiati")
        messages.success(request, f"La scheda è aperta, con {copiati} da rivedere.")
        return redirect("progetti:copiato", nuovo.pk)
    return redirect("progetti:nuovo_da", avviso.pk)


@require_safe
def copiato(request, pk):
    """Show what the scheda was begun from; in full what had no place in it, for who prepares the schede of that project too."""
    progetto = accesso.scheda_leggibile(request, pk)
    visibile = Progetto.objects.visibili_a(request.user).per_elenco().filter(pk=progetto.copiato_da_id).first()
    letto = visibile is not None and prepara(request.user, visibile)
    contesto = {
        "progetto": progetto,
        "origine": visibile or progetto.copiato_da,
        "visibile": visibile is not None,
        "letto": letto,
        "non_portati": copia.non_portati(visibile, progetto) if letto else [],
        "da_rivedere": progetto.da_rivedere.count(),
    }
    return render(request, "progetti/nuovo/copiato.html", contesto)
