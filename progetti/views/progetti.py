from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render

from conciliazione.passaggi import racconta

from .. import accesso, cariche, nascita, permessi
from ..forms.progetti import NuovoProgetto
from ..models import Avviso, Progetto
from ..pagina import Pagina
from ..stati import nome_per

PER_PAGINA = 25


def elenco(request):
    """All the projects that the person may see, newest first."""
    progetti = Progetto.objects.visibili_a(request.user).per_elenco()
    pagina = Paginator(progetti, PER_PAGINA).get_page(request.GET.get("pagina"))
    for progetto in pagina:
        progetto.nome_stato = nome_per(progetto.stato, ats=permessi.e_ats(request.user, progetto))
    return render(request, "progetti/elenco.html", {"pagina": pagina})


def nuovo(request, avviso):
    """Open the scheda of an open avviso, for one of the enti one acts for."""
    avviso = get_object_or_404(Avviso.objects.aperti(), pk=avviso)
    if not nascita.capofila_di(request.user):
        raise PermissionDenied
    form = NuovoProgetto(request.POST or None, utente=request.user)
    if request.method == "POST" and form.is_valid():
        progetto = nascita.apri(avviso, utente=request.user, **form.cleaned_data)
        messages.success(request, "La scheda è aperta: puoi compilarla in qualsiasi ordine.")
        return redirect("progetti:dettaglio", progetto.pk)
    return render(request, "progetti/nuovo.html", {"avviso": avviso, "form": form}, status=422 if form.errors else 200)


def dettaglio(request, pk):
    """The project: for who makes it the state of the scheda and who is late, for the others what was filed."""
    progetto = accesso.progetto_visibile(request, pk)
    legge = permessi.puo_leggere_la_scheda(request.user, progetto)
    accesso.segna_il_prestito(request, progetto)
    ats = permessi.e_ats(request.user, progetto)
    versioni = progetto.versioni.select_related("presentazione").defer("contenuto", "lettura", "segnalazioni")
    contesto = {
        "progetto": progetto,
        "nome_stato": nome_per(progetto.stato, ats=ats and not legge),
        "scheda": Pagina(progetto, request.user) if legge else None,
        "versioni": versioni,
        "passaggi": racconta(progetto),
        "cariche_cambiate": cariche.cambiate(progetto, request.user),
        "puo_presentare": permessi.puo_presentare(request.user, progetto),
        "puo_riaprire": permessi.puo_riaprire(request.user, progetto),
        "puo_esportare": permessi.puo_esportare(request.user, progetto),
        "vede_il_fascicolo": permessi.fa_la_scheda(request.user, progetto),
        "ha_cartella": bool(permessi.nella_cartella(request.user, progetto)[0]),
        "puo_prestare": permessi.puo_prestare(request.user, progetto),
        "puo_eliminare": permessi.puo_eliminare(request.user, progetto) and not versioni,
    }
    return render(request, "progetti/dettaglio.html", contesto)
