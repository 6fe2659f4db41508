"""The desk, the list of the projects, the page of one."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render

from alleanze.models import Alleanza
from alleanze.permessi import incarichi
from conciliazione.http import pagine
from conciliazione.messaggi import da_fare
from conciliazione.passaggi import racconta

from .. import accesso, permessi
from ..edizioni import EDIZIONI
from ..models import Avviso, Progetto
from ..presentazione.permessi import puo_eliminare, puo_esportare, puo_presentare, puo_prestare, puo_riaprire
from ..pubblico.views import benvenuto
from ..scheda.da_fare import pagine_aperte
from ..scheda.pagina import Pagina
from ..soggetti import cariche
from ..stati import PRESENTATI, nome_per
from .cartella import nella_cartella

GUARDATI, MOSTRATI, PRIME = 60, 8, 5
"""Among how many projects, newest first, one looks for what is to do; how many of them, and of the things to do, the desk
lists."""


def elenco(request):
    """Show all the projects that the person may see, newest first."""
    progetti = Progetto.objects.visibili_a(request.user).per_elenco()
    pagina = pagine.pagina(request, progetti)
    for progetto in pagina:
        progetto.nome_stato = nome_per(progetto.stato, ats=permessi.e_ats(request.user, progetto))
    return render(request, "progetti/scrivania/elenco.html", {"pagina": pagina})


def dettaglio(request, pk):
    """Show the project: for who makes it the state of the scheda and who is late, for the others what was filed."""
    progetto = accesso.progetto_visibile(request, pk)
    legge = permessi.puo_leggere_la_scheda(request.user, progetto)
    accesso.segna_il_prestito(request, progetto)
    ats, installata = permessi.e_ats(request.user, progetto), progetto.edizione in EDIZIONI
    versioni = progetto.versioni.select_related("presentazione").defer("contenuto", "lettura", "segnalazioni")
    contesto = {
        "progetto": progetto,
        "nome_stato": nome_per(progetto.stato, ats=ats and not legge),
        "scheda": Pagina(progetto, request.user) if legge and installata else None,
        "non_installata": "" if installata else progetto.edizione,
        "versioni": versioni,
        "passaggi": racconta(progetto),
        "cariche_cambiate": cariche.cambiate(progetto, request.user),
        "puo_presentare": puo_presentare(request.user, progetto),
        "puo_riaprire": puo_riaprire(request.user, progetto),
        "puo_esportare": puo_esportare(request.user, progetto),
        "vede_il_fascicolo": permessi.fa_la_scheda(request.user, progetto),
        "ha_cartella": bool(nella_cartella(request.user, progetto)[0]),
        "puo_prestare": puo_prestare(request.user, progetto),
        "puo_eliminare": puo_eliminare(request.user, progetto) and not versioni,
    }
    return render(request, "progetti/scrivania/dettaglio.html", contesto)


@login_not_required
def scrivania(request):
    """Show the desk: for whoever is logged in what is theirs to do; for anyone else what the portal is."""
    if not request.user.is_authenticated:
        return benvenuto(request)
    return _scrivania(request)


def _scrivania(request):
    progetti = list(Progetto.objects.visibili_a(request.user).per_elenco()[:GUARDATI])
    permessi.ricorda_partecipazioni(request.user, progetti)
    cose, aperte = da_fare.di(request.user), pagine_aperte(request.user)[:4]
    contesto = {
        "incarichi": incarichi(request.user),
        "progetti": progetti[:MOSTRATI],
        "da_fare": [
            {"progetto": p.progetto, "pagina": p, "miei": [s for s in p.soggetti if s["mio"] and s["chiesto"]]} for p in aperte
        ],
        "cose": cose[:PRIME],
        "altre_cose": max(len(cose) - PRIME, 0),
        "alleanze": Alleanza.objects.visibili_a(request.user).per_elenco()[:6],
        "avvisi": Avviso.objects.aperti().per_elenco()[:5],
        "da_istruire": [p for p in progetti if p.stato in PRESENTATI and permessi.e_ats(request.user, p)],
    }
    return render(request, "progetti/scrivania/scrivania.html", contesto)
