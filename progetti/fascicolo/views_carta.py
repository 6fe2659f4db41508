"""One paper: its PDF, its signed copy, and what happens to it."""

from django.contrib import messages
from django.http import Http404, HttpResponseNotAllowed
from django.shortcuts import redirect, render

from conciliazione.file import allegati
from conciliazione.passaggi import racconta, spiega_i_rifiuti

from ..models import DaFirmare
from . import accesso, carte, codici, permessi, stampa, transizioni
from .dati import Fonte
from .forms import ConsegnaFirmata, RimandaIndietro
from .quadro import Casella, cambi
from .stati import FIRMATI, NON_FIRMATI, Stato

CONSEGNATO = "Documento consegnato: ora il capofila lo controlla."


def carta(request, pk, carta):
    """Show where a paper is, with its buttons; a POST brings it back signed."""
    puo = permessi.puo_consegnare if request.method == "POST" else permessi.puo_leggere
    trovata = accesso.carta_visibile(request, pk, carta, puo)
    if request.method != "POST":
        return _mostra(request, trovata)
    form = ConsegnaFirmata(request.POST, request.FILES)
    if not form.is_valid():
        return _mostra(request, trovata, consegna=form, status=422)
    return _prova(request, trovata, lambda: transizioni.consegna(carta, form.cleaned_data["firmato"], request.user), CONSEGNATO)


def _mostra(request, trovata: DaFirmare, *, consegna=None, rimanda=None, status: int = 200):
    soggetto, progetto = trovata.partecipazione, trovata.partecipazione.progetto
    fonte = Fonte(progetto)
    letto = next(s for s in fonte.soggetti if s.pk == soggetto.pk)
    dovuta = trovata.genere in fonte.dovute(letto)
    controlla = permessi.puo_controllare(request.user, trovata)
    contesto = {
        "progetto": progetto,
        "carta": trovata,
        "casella": Casella(trovata.genere, dovuta, trovata, cambi(fonte, letto, trovata, dovuta)),
        "codice": codici.raggruppa(trovata.codice),
        "titolo": stampa.TITOLI[trovata.genere],
        "consegna": consegna or ConsegnaFirmata(),
        "rimanda": rimanda or RimandaIndietro(),
        "consegnabile": trovata.stato in NON_FIRMATI and permessi.puo_consegnare(request.user, trovata),
        "controllabile": trovata.stato == Stato.FIRMATO and controlla,
        "rimandabile": trovata.stato in FIRMATI and controlla,
        "rifacibile": trovata.stato != Stato.ANNULLATO and controlla,
        "per_conto": controlla and not permessi.mia(request.user, trovata),
        "errori": (consegna if consegna and consegna.errors else rimanda),
        "passaggi": racconta(trovata),
        "altre": soggetto.da_firmare.filter(genere=trovata.genere).exclude(pk=trovata.pk).order_by("-preparato_il"),
    }
    return render(request, "progetti/fascicolo/carta_da_firmare.html", contesto, status=status)


def _prova(request, trovata: DaFirmare, fai, detto: str):
    """Do it, or say that a colleague was there first."""
    with spiega_i_rifiuti(request):
        fai()
        messages.success(request, detto)
    return redirect("progetti:carta_da_firmare", trovata.partecipazione.progetto_id, trovata.pk)


def _azione(vista):
    """An action of the capofila on one paper; its address opened as a page leads to the paper."""

    def avvolta(request, pk, carta):
        if request.method in ("GET", "HEAD"):
            return redirect("progetti:carta_da_firmare", pk, carta)
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        return vista(request, accesso.carta_visibile(request, pk, carta, permessi.puo_controllare))

    return avvolta


@_azione
def ricevi(request, trovata):
    return _prova(request, trovata, lambda: transizioni.ricevi(trovata.pk, request.user), "Documento ricevuto: è in ordine.")


@_azione
def rimanda(request, trovata):
    form = RimandaIndietro(request.POST)
    if not form.is_valid():
        return _mostra(request, trovata, rimanda=form, status=422)
    nota = form.cleaned_data["nota"]
    return _prova(
        request, trovata, lambda: transizioni.rimanda(trovata.pk, nota, request.user), "Documento rimandato indietro."
    )


@_azione
def rifai(request, trovata):
    """Annul it, signed or not, and make it again as the scheda is now."""
    progetto = trovata.partecipazione.progetto_id
    with spiega_i_rifiuti(request):
        nuova = carte.rifai(trovata, request.user)
        if nuova is None:
            messages.info(request, "Documento annullato: la scheda non lo chiede più.")
            return redirect("progetti:fascicolo", progetto)
        messages.success(request, "Documento rifatto con i dati di oggi: quello di prima è annullato e resta leggibile.")
        return redirect("progetti:carta_da_firmare", progetto, nuova.pk)
    return redirect("progetti:carta_da_firmare", progetto, trovata.pk)


def pdf(request, pk, carta):
    if request.method != "POST":
        return redirect("progetti:carta_da_firmare", pk, carta)
    trovata = accesso.carta_visibile(request, pk, carta)
    return redirect("progetti:file", stampa.chiedi(trovata, request.user).pk)


def firmato(request, pk, carta):
    """Send the signed copy: for the capofila and the soggetto itself."""
    trovata = accesso.carta_visibile(request, pk, carta)
    if not trovata.firmato:
        raise Http404("non ancora consegnato")
    return allegati.scarica(trovata.firmato)
