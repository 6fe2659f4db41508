from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render

from alleanze.models import Alleanza
from alleanze.permessi import incarichi
from conciliazione import da_fare

from .. import permessi
from ..da_fare_scheda import pagine_aperte
from ..models import Avviso, Progetto
from ..pagina import Pagina
from ..stati import PRESENTATI
from .pubblico import benvenuto

GUARDATI, MOSTRATI, PRIME = 60, 8, 5
"""Among how many projects, newest first, one looks for what is to do; how many of them, and of the things to do, the desk
lists."""


@login_not_required
def scrivania(request):
    """The desk: for whoever is logged in what is theirs to do; for anyone else what the portal is."""
    if not request.user.is_authenticated:
        return benvenuto(request)
    return _scrivania(request)


def _scrivania(request):
    progetti = list(Progetto.objects.visibili_a(request.user).per_elenco()[:GUARDATI])
    permessi.ricorda_partecipazioni(request.user, progetti)
    cose = da_fare.di(request.user)
    contesto = {
        "incarichi": incarichi(request.user),
        "progetti": progetti[:MOSTRATI],
        "da_fare": [_da_fare(pagina) for pagina in pagine_aperte(request.user)[:4]],
        "cose": cose[:PRIME],
        "altre_cose": max(len(cose) - PRIME, 0),
        "alleanze": Alleanza.objects.visibili_a(request.user).per_elenco()[:6],
        "avvisi": Avviso.objects.aperti().per_elenco()[:5],
        "da_istruire": [p for p in progetti if p.stato in PRESENTATI and permessi.e_ats(request.user, p)],
    }
    return render(request, "progetti/scrivania.html", contesto)


def _da_fare(pagina: Pagina) -> dict:
    return {"progetto": pagina.progetto, "pagina": pagina, "miei": [s for s in pagina.soggetti if s["mio"]]}
