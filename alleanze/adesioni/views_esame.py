"""Who receives the requests to join: the list, one of them, the answer; and who leaves."""

from urllib.parse import urlencode

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone

from conciliazione.http import pagine
from conciliazione.http.middleware import solo_post
from conciliazione.passaggi import racconta, spiega_i_rifiuti
from conciliazione.templatetags.italiano import data

from ..models import RichiestaAdesione
from ..models.enti import PREPARANO
from ..permessi import di_ente
from ..stati import APERTE, TONI_RICHIESTA, Richiesta
from . import carte, permessi, transizioni
from .forms import Accoglie, Originale, Recede, Respinge
from .richieste import del_registro
from .views import con_collegamento


def elenco(request):
    """The requests that one receives, and those that one has made; newest first."""
    stato, alleanza = request.GET.get("stato", ""), request.GET.get("alleanza", "")
    richieste = RichiestaAdesione.objects.visibili_a(request.user).select_related("alleanza", "ente")
    alleanze = _alleanze(richieste)
    if stato in Richiesta.values:
        richieste = richieste.filter(stato=stato)
    if alleanza in dict(alleanze):
        richieste = richieste.filter(alleanza=alleanza)
    pagina = pagine.pagina(request, richieste)
    for richiesta in pagina:
        richiesta.tono = TONI_RICHIESTA[richiesta.stato]
    contesto = {"pagina": pagina, "stati": Richiesta.choices, "alleanze": alleanze, "stato": stato, "alleanza": alleanza}
    contesto["base"] = "?" + urlencode({"stato": stato, "alleanza": alleanza}) + "&pagina="
    return render(request, "alleanze/adesioni/elenco.html", contesto)


def _alleanze(richieste) -> list[tuple[str, str]]:
    """To choose from: those of the requests that one sees."""
    di_chi = richieste.order_by().values_list("alleanza", "alleanza__nome").distinct()
    return sorted(((str(pk), nome) for pk, nome in di_chi), key=lambda coppia: coppia[1].casefold())


@con_collegamento
def dettaglio(request, pk):
    """A request: both its papers, what happened to it and, for each, what there is to do."""
    return _pagina(request, permessi.richiesta_visibile(request, pk))


def _pagina(request, richiesta: RichiestaAdesione, *, status: int = 200, **form):
    decide = permessi.puo_decidere_adesione(request.user, richiesta)
    aperta = richiesta.stato in APERTE
    if decide:
        form = _moduli(richiesta) | form
    contesto = {
        "richiesta": richiesta,
        "tono": TONI_RICHIESTA[richiesta.stato],
        "voci": carte.voci(richiesta),
        "carte": carte.CARTE,
        "passaggi": racconta(richiesta, anonimo=f"{richiesta.nome} {richiesta.cognome}"),
        "decide": decide,
        "aperta": aperta,
        "sua": permessi.puo_compilare(request.user, richiesta, permessi.chiavi(request)),
        "registro": _nel_registro(richiesta) if decide and aperta else None,
        "moduli": form,
        "errori": [(c.auto_id, c.label, e) for f in form.values() for c in f for e in c.errors],
    }
    return render(request, "alleanze/adesioni/adesione.html", contesto, status=status)


def _moduli(richiesta: RichiestaAdesione) -> dict:
    """The forms of who answers: each has names of its own, because they are on one page."""
    oggi = f"{timezone.localdate():%d/%m/%Y}"
    return {
        "accoglie": Accoglie(initial={"ruolo": richiesta.ruolo, "dal": oggi}, auto_id="accoglie_%s"),
        "respinge": Respinge(auto_id="respinge_%s"),
        "originale": Originale(initial={"il": oggi}, auto_id="originale_%s"),
    }


def _nel_registro(richiesta: RichiestaAdesione) -> dict:
    """What accepting will do with the register of the enti."""
    ente = del_registro(richiesta)
    return {"ente": ente, "persone": len(di_ente(ente.pk, *PREPARANO)) if ente else 0}


def _decide(request, pk, azione, fatto: str, **argomenti):
    """Do it, and tell: a colleague may have answered while this page was open."""
    with spiega_i_rifiuti(request):
        azione(pk, request.user, **argomenti)
        messages.success(request, fatto)
    return redirect("alleanze:adesione", pk)


@solo_post("alleanze:adesione")
def esamina(request, pk):
    permessi.richiesta_visibile(request, pk, permessi.puo_decidere_adesione)
    return _decide(request, pk, transizioni.prendi_in_esame, "La richiesta è in esame.")


@solo_post("alleanze:adesione")
def accogli(request, pk):
    return _risponde(
        request, pk, "accoglie", Accoglie, transizioni.accogli, "La richiesta è accolta: {0.denominazione} è nell'alleanza."
    )


@solo_post("alleanze:adesione")
def respingi(request, pk):
    return _risponde(
        request, pk, "respinge", Respinge, transizioni.respingi, "La richiesta è respinta: il motivo è partito per {0.email}."
    )


@solo_post("alleanze:adesione")
def originale(request, pk):
    return _risponde(request, pk, "originale", Originale, transizioni.ricevi_originale, "È annotato l'arrivo dell'originale.")


def _risponde(request, pk, nome: str, modulo, azione, fatto: str):
    """An answer with its form: what is wrong in it comes back on the page of the request."""
    richiesta = permessi.richiesta_visibile(request, pk, permessi.puo_decidere_adesione)
    form = modulo(request.POST, auto_id=f"{nome}_%s")
    if not form.is_valid():
        return _pagina(request, richiesta, status=422, **{nome: form})
    return _decide(request, pk, azione, fatto.format(richiesta), **form.cleaned_data)


def recesso(request, pk, adesione):
    """An ente leaves: from which day, and why."""
    adesione = permessi.adesione_che_esce(request, pk, adesione)
    dati = request.POST if request.method == "POST" else None
    form = Recede(dati, adesione=adesione)
    perche = transizioni.perche_non_esce(adesione)
    if dati is not None and not perche and form.is_valid():
        with spiega_i_rifiuti(request):
            transizioni.recedi(adesione.pk, request.user, **form.cleaned_data)
            messages.success(request, f"{adesione.ente} esce dall'alleanza il {data(form.cleaned_data['al'])}.")
        return redirect("alleanze:dettaglio", pk)
    contesto = {"alleanza": adesione.alleanza, "adesione": adesione, "form": form, "perche": perche}
    return render(request, "alleanze/adesioni/recesso.html", contesto, status=422 if dati is not None else 200)
