"""One question: its clock for both sides, who answers, what becomes a frequent question."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone

from conciliazione.http import sola_lettura
from conciliazione.http.middleware import solo_post
from conciliazione.http.parcheggio import inviati
from conciliazione.models import Passaggio
from conciliazione.passaggi import racconta, spiega_i_rifiuti

from ..models import Quesito
from ..stati import TONI_QUESITO
from . import orologio, permessi, transizioni
from .forms import Assegnazione, Correzione, Pubblicazione, Risposta

SCRIVONO_PER_TUTTI = ("pubblica", "correggi_la_pubblicazione")
PUBBLICATA = "Pubblicata tra le domande frequenti."
PUBBLICATA_POI = "Pubblicata: si leggerà tra le domande frequenti quando l'alleanza sarà visibile a tutti."


def quesito(request, pk):
    return _mostra(request, permessi.quesito_visibile(request, pk))


def _mostra(request, quesito: Quesito, *, risposta=None, assegnazione=None, status: int = 200):
    """The page; with the forms that came back with errors, when there are."""
    utente = request.user
    if quesito.chiesto_da_id != utente.pk:
        sola_lettura.annota(request, quesito)
    assegna, risponde = permessi.puo_assegnare(utente, quesito), permessi.puo_rispondere(utente, quesito)
    contesto = {
        "quesito": quesito,
        "orologio": orologio.di(quesito, timezone.now()),
        "tono": TONI_QUESITO[quesito.stato],
        "segue": quesito.segue,
        "seguiti": quesito.seguiti.order_by("chiesto_il", "pk"),
        "correzioni": quesito.correzioni.select_related("da").order_by("-il", "-pk"),
        "corregge": permessi.puo_correggere(utente, quesito),
        "parole_da_rivedere": _parole_da_rivedere(quesito),
        "passaggi": racconta(quesito),
        "form_risposta": risposta or (Risposta() if risponde else None),
        "form_assegnazione": assegnazione or (Assegnazione(quesito=quesito) if assegna else None),
        "prende": permessi.puo_prendere(utente, quesito),
        "ritira": permessi.puo_ritirare(utente, quesito),
        "chiede_ancora": permessi.puo_seguire(utente, quesito),
        "pubblica": permessi.puo_pubblicare(utente, quesito),
        "ritira_pubblicazione": permessi.puo_ritirare_pubblicazione(utente, quesito),
        "dello_sportello": permessi.tiene(utente, quesito.sportello),
    }
    return render(request, "alleanze/sportello/quesito.html", contesto, status=status)


def _parole_da_rivedere(quesito: Quesito) -> bool:
    """Whether the answer was corrected after the words for everybody were last written."""
    if quesito.pubblicato_il is None:
        return False
    scritte = Passaggio.objects.di(quesito).filter(azione__in=("correggi_la_risposta", *SCRIVONO_PER_TUTTI))
    return list(scritte.values_list("azione", flat=True))[-1:] == ["correggi_la_risposta"]


@solo_post("sportello:quesito")
def ritira(request, pk):
    permessi.mio(request, pk)
    with spiega_i_rifiuti(request):
        transizioni.ritira(pk, request.user)
        messages.success(request, "Hai ritirato la domanda: nessuno risponderà più.")
    return redirect("sportello:quesito", pk)


@solo_post("sportello:quesito")
def prendi(request, pk):
    """Take a question that nobody has: «La prendo io»."""
    permessi.del_mio_sportello(request, pk)
    with spiega_i_rifiuti(request):
        transizioni.assegna(pk, request.user, request.user)
        messages.success(request, "La domanda è assegnata a te.")
    return redirect("sportello:quesito", pk)


@solo_post("sportello:quesito")
def assegna(request, pk):
    quesito = permessi.quesito_visibile(request, pk, permessi.organizza)
    form = Assegnazione(request.POST, quesito=quesito)
    if not form.is_valid():
        return _mostra(request, quesito, assegnazione=form, status=422)
    esperto = form.cleaned_data["esperto"]
    with spiega_i_rifiuti(request):
        transizioni.assegna(pk, request.user, esperto)
        messages.success(request, f"La domanda è assegnata a {esperto}, che riceve un avviso.")
    return redirect("sportello:quesito", pk)


@solo_post("sportello:quesito")
def rispondi(request, pk):
    quesito = permessi.del_mio_sportello(request, pk)
    form = Risposta(request.POST)
    if form.is_valid():
        # If a colleague was quicker, what was written stays on the page, to be taken away.
        with spiega_i_rifiuti(request, form):
            transizioni.rispondi(pk, request.user, form.cleaned_data["risposta"])
            messages.success(request, "Risposta inviata a chi ha fatto la domanda.")
            return redirect("sportello:quesito", pk)
    return _mostra(request, quesito, risposta=form, status=422)


def correggi(request, pk):
    """Ask for the right words and the reason; the answer of before stays to be read."""
    quesito = permessi.quesito_visibile(request, pk, permessi.puo_correggere)
    iniziali = {"risposta": quesito.risposta, "lette": quesito.correzioni.count()}
    form = Correzione(inviati(request), initial=iniziali)
    if request.method == "POST" and form.is_valid():
        with spiega_i_rifiuti(request, form):
            transizioni.correggi_la_risposta(pk, request.user, **form.cleaned_data)
            messages.success(request, "Risposta corretta: chi ha fatto la domanda riceve un avviso con il motivo.")
            return redirect("sportello:quesito", pk)
    if form.is_bound:
        # What is on the page from now on is the answer of now: who sends it again has read it.
        form.data = form.data.copy()
        form.data["lette"] = iniziali["lette"]
    contesto = {"quesito": quesito, "form": form}
    return render(request, "alleanze/sportello/correggi.html", contesto, status=422 if request.method == "POST" else 200)


def pubblica(request, pk):
    """Ask for the words for the frequent questions: written for everybody, never those of the person."""
    quesito = permessi.quesito_visibile(request, pk, permessi.puo_pubblicare)
    scritte = {"faq_domanda": quesito.faq_domanda, "faq_risposta": quesito.faq_risposta}
    form = Pubblicazione(inviati(request), quesito=quesito, initial=scritte)
    if request.method == "POST" and form.is_valid():
        transizioni.pubblica(pk, request.user, form.cleaned_data["faq_domanda"], form.cleaned_data["faq_risposta"])
        messages.success(request, PUBBLICATA if quesito.sportello.alleanza.pubblica else PUBBLICATA_POI)
        return redirect("sportello:quesito", pk)
    return render(
        request,
        "alleanze/sportello/pubblica.html",
        {"quesito": quesito, "form": form},
        status=422 if request.method == "POST" else 200,
    )


@solo_post("sportello:quesito")
def ritira_pubblicazione(request, pk):
    permessi.quesito_visibile(request, pk, permessi.puo_ritirare_pubblicazione)
    transizioni.ritira_pubblicazione(pk, request.user)
    messages.success(request, "Non è più tra le domande frequenti.")
    return redirect("sportello:quesito", pk)
