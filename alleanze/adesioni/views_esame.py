"""Who receives the requests to join: the list, one of them, the answer; and who leaves."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from conciliazione.atti import esame
from conciliazione.atti.esame import Filtro
from conciliazione.atti.forms import ChiedeIntegrazioni, Respinge, Riprende
from conciliazione.http.middleware import solo_post
from conciliazione.http.parcheggio import inviati
from conciliazione.passaggi import spiega_i_rifiuti
from conciliazione.templatetags.italiano import data, elenco_it

from ..models import RichiestaAdesione
from ..models.enti import PREPARANO
from ..permessi import di_ente
from ..stati import APERTE, DA_DECIDERE, DA_SCRIVERE, TONI_RICHIESTA, Richiesta
from . import carte, permessi, richieste, transizioni
from .forms import Accoglie, Originale, Recede
from .views import con_collegamento


def elenco(request):
    """Show the requests that one receives, and those that one has made; first those that wait for an answer."""
    visibili = RichiestaAdesione.objects.visibili_a(request.user).select_related("alleanza", "ente")
    filtri = [
        Filtro("stato", "Stato", "tutti", Richiesta.choices, "stato"),
        Filtro("alleanza", "Alleanza", "tutte", _alleanze(visibili), "alleanza"),
    ]
    per_urgenza = esame.per_urgenza(visibili, DA_DECIDERE, DA_SCRIVERE)
    contesto = esame.elenco(request, per_urgenza, filtri, TONI_RICHIESTA)
    for richiesta in contesto["pagina"]:
        richiesta.come_inviata()
    return render(request, "alleanze/adesioni/elenco.html", contesto)


def _alleanze(visibili) -> list[tuple[str, str]]:
    """To choose from: those of the requests that one sees."""
    di_chi = visibili.order_by().values_list("alleanza", "alleanza__nome").distinct()
    return sorted(((str(pk), nome) for pk, nome in di_chi), key=lambda coppia: coppia[1].casefold())


@con_collegamento
def dettaglio(request, pk):
    """Show a request: both its papers, what happened to it and, for each, what there is to do."""
    return _pagina(request, permessi.richiesta_visibile(request, pk))


def _pagina(request, richiesta: RichiestaAdesione, *, status: int = 200, **form):
    decide = permessi.puo_decidere_adesione(request.user, richiesta)
    da_decidere = decide and richiesta.stato in DA_DECIDERE
    contesto = esame.blocchi(richiesta, anonimo=f"{richiesta.nome} {richiesta.cognome}") | {
        "richiesta": richiesta,
        "tono": TONI_RICHIESTA[richiesta.stato],
        "voci": carte.voci(richiesta),
        "cambiamenti": carte.cambiamenti(richiesta),
        "superate": carte.superate(richiesta),
        "decide": decide,
        "da_decidere": da_decidere,
        "si_ritira": richiesta.stato in (Richiesta.BOZZA, *APERTE),
        "sua": permessi.puo_compilare(request.user, richiesta, permessi.chiavi(request)),
        "registro": _nel_registro(richiesta) if da_decidere else None,
    }
    contesto |= esame.moduli(_moduli(richiesta) if decide else {}, form)
    return render(request, "alleanze/adesioni/adesione.html", contesto, status=status)


def _moduli(richiesta: RichiestaAdesione) -> dict:
    """The forms of who answers, that the state allows: each has names of its own, because they are on one page."""
    oggi = f"{timezone.localdate():%d/%m/%Y}"
    moduli = {"originale": Originale(initial={"il": oggi}, auto_id="originale_%s")}
    if richiesta.stato in DA_DECIDERE:
        moduli["accogli"] = Accoglie(initial={"ruolo": richiesta.ruolo, "dal": oggi}, auto_id="accogli_%s")
        moduli["respingi"] = Respinge(auto_id="respingi_%s")
    if richiesta.stato == Richiesta.IN_ESAME:
        moduli["integrazione"] = ChiedeIntegrazioni(auto_id="integrazione_%s")
    if richiesta.stato == Richiesta.IN_INTEGRAZIONE:
        moduli["riprendi"] = Riprende(auto_id="riprendi_%s")
    return moduli


def _nel_registro(richiesta: RichiestaAdesione) -> dict:
    """What accepting will do with the register of the enti."""
    ente = richieste.del_registro(richiesta)
    return {"ente": ente, "persone": len(di_ente(ente.pk, *PREPARANO)) if ente else 0}


@solo_post("alleanze:adesione")
def esamina(request, pk):
    permessi.richiesta_visibile(request, pk, permessi.puo_decidere_adesione)
    with spiega_i_rifiuti(request):
        transizioni.prendi_in_esame(pk, request.user)
        messages.success(request, "La richiesta è in esame.")
    return redirect("alleanze:adesione", pk)


def _esegui(request, pk, nome: str, modulo, azione, fatto: str):
    """One of the forms of who answers, that is on the page of the request."""
    richiesta = permessi.richiesta_visibile(request, pk, permessi.puo_decidere_adesione, blocca=True)
    form = modulo(request.POST, request.FILES, auto_id=f"{nome}_%s")

    def ripeti(form, status: int):
        return _pagina(request, richiesta, status=status, **{nome: form})

    torna = reverse("alleanze:adesione", args=[pk])
    fatto = fatto.format(ente=richiesta.denominazione, a=elenco_it(richieste.indirizzi(richiesta)))
    return esame.esegui(request, richiesta, form, azione, fatto, ripeti=ripeti, torna=torna)


@solo_post("alleanze:adesione")
def integrazione(request, pk):
    fatto = "La richiesta di integrazioni è partita per {a}."
    return _esegui(request, pk, "integrazione", ChiedeIntegrazioni, transizioni.chiedi_integrazione, fatto)


@solo_post("alleanze:adesione")
def riprendi(request, pk):
    return _esegui(request, pk, "riprendi", Riprende, transizioni.riprendi, "L'esame è ripreso.")


@solo_post("alleanze:adesione")
def accogli(request, pk):
    fatto = "La richiesta è accolta: {ente} è nell'alleanza."
    return _esegui(request, pk, "accogli", Accoglie, transizioni.accogli, fatto)


@solo_post("alleanze:adesione")
def respingi(request, pk):
    fatto = "La richiesta è respinta: la lettera con i motivi è partita per {a}."
    return _esegui(request, pk, "respingi", Respinge, transizioni.respingi, fatto)


@solo_post("alleanze:adesione")
def originale(request, pk):
    return _esegui(request, pk, "originale", Originale, transizioni.ricevi_originale, "È annotato l'arrivo dell'originale.")


def recesso(request, pk, adesione):
    """Let an ente leave: from which day, and why."""
    adesione = permessi.adesione_che_esce(request, pk, adesione)
    dati = inviati(request)
    form = Recede(dati, adesione=adesione)
    perche = transizioni.perche_non_esce(adesione)
    if request.method == "POST" and not perche and form.is_valid():
        with spiega_i_rifiuti(request):
            transizioni.recedi(adesione.pk, request.user, **form.cleaned_data)
            messages.success(request, f"{adesione.ente} esce dall'alleanza il {data(form.cleaned_data['al'])}.")
        return redirect("alleanze:dettaglio", pk)
    contesto = {"alleanza": adesione.alleanza, "adesione": adesione, "form": form, "perche": perche}
    return render(request, "alleanze/adesioni/recesso.html", contesto, status=422 if dati is not None else 200)
