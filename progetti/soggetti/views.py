"""Who is in the scheda: one let in or taken out, those of the alleanza all at once, the order in which they are printed."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from conciliazione.http.middleware import solo_post
from conciliazione.http.parcheggio import inviati

from .. import accesso, permessi
from ..contenuto import eventi
from ..models import Partecipazione, Progetto
from ..scheda.pagina import Pagina
from . import aggiungi
from .forms import AggiungiSoggetto


def soggetti(request, pk):
    """Show who is in the scheda: the capofila adds and removes, the numbers are those that I.3 prints."""
    puo = permessi.prepara if request.method == "POST" else permessi.puo_leggere_la_scheda
    progetto = accesso.progetto_visibile(request, pk, puo, blocca=request.method == "POST")
    if request.method == "POST" and not progetto.modificabile:
        return _chiusa(request, progetto)
    accesso.segna_il_prestito(request, progetto)
    form = AggiungiSoggetto(inviati(request), progetto=progetto)
    if request.method == "POST" and form.is_valid():
        soggetto = aggiungi.aggiungi_soggetto(progetto, form.cleaned_data["ente"], utente=request.user)
        messages.success(request, f"{soggetto} è ora tra i soggetti del progetto.")
        return redirect("progetti:soggetti", pk)
    contesto = {"progetto": progetto, "scheda": Pagina(progetto, request.user), "form": form}
    return render(request, "progetti/soggetti/soggetti.html", contesto, status=422 if form.errors else 200)


def _chiusa(request, progetto: Progetto):
    """A colleague filed while this page was open."""
    messages.error(request, "La scheda è stata presentata: i suoi soggetti non si possono più cambiare.")
    return redirect("progetti:dettaglio", progetto.pk)


def _cambia(vista):
    """A change by who prepares the scheda, on its locked row; when a colleague has filed it meanwhile, that is told."""

    @solo_post("progetti:soggetti")
    def avvolta(request, pk, **altro):
        progetto = accesso.progetto_visibile(request, pk, permessi.prepara, blocca=True)
        return vista(request, progetto, **altro) if progetto.modificabile else _chiusa(request, progetto)

    return avvolta


@_cambia
def togli(request, progetto, riga):
    """Take a soggetto out; not the capofila, and not while it has cofinancing that would vanish with it."""
    soggetto = progetto.partecipazioni.exclude(ruolo="capofila").filter(pk=riga).first()
    if soggetto is None:
        _gia_tolto(request, progetto, riga)
    elif soggetto.cofinanziamenti.exists():
        messages.error(request, f"{soggetto} ha righe di cofinanziamento: prima spostale su un altro soggetto o eliminale.")
    elif soggetto.da_firmare.firmati().exists():
        detto = f"{soggetto} ha consegnato documenti firmati: prima annullali, dalla pagina «Documenti da firmare»."
        messages.error(request, detto)
    else:
        _togli(request, progetto, soggetto)
    return redirect("progetti:soggetti", progetto.pk)


def _togli(request, progetto: Progetto, soggetto: Partecipazione) -> None:
    progetto.compilazioni.filter(riga=soggetto.pk).delete()
    soggetto.delete()
    messages.success(request, f"{soggetto} non è più tra i soggetti del progetto.")


def _gia_tolto(request, progetto: Progetto, riga) -> None:
    """A second click; what was never there is not found."""
    tolto = eventi.riga_tolta(progetto, "partecipazioni", riga)
    if tolto is None:
        raise Http404("soggetto inesistente")
    messages.info(request, f"{tolto.riga.denominazione} era già stato tolto dai soggetti del progetto.")


@_cambia
def aggiungi_tutti(request, progetto):
    """Let in all the members of the alleanza that are not in the scheda yet."""
    aggiunti = aggiungi.aggiungi_tutti(progetto, request.user)
    if aggiunti:
        messages.success(request, f"Aggiunti dall'alleanza: {'; '.join(str(s) for s in aggiunti)}.")
    else:
        messages.info(request, "I membri dell'alleanza sono già tutti tra i soggetti del progetto.")
    return redirect("progetti:soggetti", progetto.pk)


@_cambia
def su(request, progetto, riga):
    return _sposta(request, progetto, riga, aggiungi.SU)


@_cambia
def giu(request, progetto, riga):
    return _sposta(request, progetto, riga, aggiungi.GIU)


def _sposta(request, progetto: Progetto, riga, verso: int):
    """The page comes back to where that soggetto is now."""
    soggetto = get_object_or_404(progetto.partecipazioni.exclude(ruolo="capofila"), pk=riga)
    posto = aggiungi.sposta(progetto, soggetto, verso)
    messages.success(request, f"{soggetto} è ora il soggetto n. {posto}.")
    return redirect(reverse("progetti:soggetti", args=[progetto.pk]) + f"#soggetto-{riga}")
