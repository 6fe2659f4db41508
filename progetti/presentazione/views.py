"""From «cosa manca» to the number of the domanda, and back: withdrawing, throwing away what was opened by mistake."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render

from conciliazione.file import allegati
from conciliazione.http.middleware import solo_post
from conciliazione.http.parcheggio import inviati
from conciliazione.passaggi import Rifiuto, spiega_i_rifiuti
from conciliazione.templatetags.italiano import data_ora

from .. import accesso, regole
from ..contenuto import eventi
from ..models import Presentazione, Progetto
from ..permessi import e_responsabile, puo_leggere_la_scheda
from ..scheda.pagina import Pagina
from . import permessi, transizioni
from .accesso import versione_visibile
from .forms import PresentataAltrove


def verifica(request, pk):
    """Show the whole list of what is missing and of figures that disagree, and the way to file."""
    progetto = accesso.scheda_leggibile(request, pk)
    pagina = Pagina(progetto, request.user)
    contesto = {
        "progetto": progetto,
        "scheda": pagina,
        "verifiche": [(v, pagina.indirizzo(v.luogo)) for v in regole.verifiche(pagina.edizione, pagina.contenuto)],
        "puo_presentare": permessi.puo_presentare(request.user, progetto),
    }
    return render(request, "progetti/presentazione/verifica.html", contesto)


@solo_post("progetti:verifica")
def presenta(request, pk):
    progetto = accesso.progetto_visibile(request, pk, e_responsabile)
    if not progetto.modificabile:
        return _gia_presentata(request, progetto)
    try:
        presentazione = transizioni.presenta(progetto.pk, request.user)
    except Rifiuto as rifiuto:
        return _rifiutata(request, progetto, rifiuto, "progetti:verifica")
    return redirect("progetti:ricevuta", presentazione.versione_id)


def altrove(request, pk):
    """Record that the scheda was filed elsewhere: channel, day and hour, protocollo, receipt."""
    progetto = accesso.progetto_visibile(request, pk, e_responsabile)
    if not progetto.modificabile:
        return _gia_presentata(request, progetto)
    form = PresentataAltrove(inviati(request), request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            presentazione = transizioni.registra_presentata_altrove(pk, request.user, **form.cleaned_data)
        except Rifiuto as rifiuto:
            return _rifiutata(request, progetto, rifiuto, "progetti:dettaglio")
        return redirect("progetti:ricevuta", presentazione.versione_id)
    contesto = {"progetto": progetto, "form": form}
    return render(request, "progetti/presentazione/altrove.html", contesto, status=422 if form.errors else 200)


def _rifiutata(request, progetto: Progetto, rifiuto: Rifiuto, dove: str):
    """The reasons; unless somebody has filed it while this request was waiting for its turn."""
    progetto.refresh_from_db(fields=["stato"])
    if not progetto.modificabile:
        return _gia_presentata(request, progetto)
    rifiuto.spiega(request)
    return redirect(dove, progetto.pk)


def _gia_presentata(request, progetto: Progetto):
    """A second click, a second tab, a colleague who came first: there is one filing, and this is its receipt."""
    presentazione = Presentazione.objects.filter(versione__progetto=progetto, ritirata_il=None).last()
    if presentazione is None:
        messages.info(request, f"Il progetto è «{progetto.get_stato_display()}»: la scheda non si presenta più.")
        return redirect("progetti:dettaglio", progetto.pk)
    quando = data_ora(presentazione.presentata_il)
    messages.info(request, f"La scheda era già stata presentata il {quando}: questa è la sua ricevuta.")
    return redirect("progetti:ricevuta", presentazione.versione_id)


def ricevuta(request, pk):
    """Show the receipt of a filing: number, hour, version, hash."""
    versione = versione_visibile(request, pk)
    presentazione = _presentazione(versione)
    contesto = {
        "progetto": versione.progetto,
        "versione": versione,
        "presentazione": presentazione,
        "puo_esportare": permessi.puo_esportare(request.user, versione.progetto),
        "legge_scheda": puo_leggere_la_scheda(request.user, versione.progetto),
    }
    return render(request, "progetti/presentazione/ricevuta.html", contesto)


def ricevuta_file(request, pk):
    """Send the receipt of a filing made elsewhere, as it was uploaded."""
    versione = versione_visibile(request, pk, permessi.puo_esportare)
    presentazione = _presentazione(versione)
    if not presentazione.ricevuta:
        raise Http404("nessuna ricevuta allegata")
    return allegati.scarica(presentazione.ricevuta)


def _presentazione(versione) -> Presentazione:
    return get_object_or_404(Presentazione.objects.select_related("presentata_da"), versione=versione)


@solo_post("progetti:dettaglio")
def riapri(request, pk):
    progetto = accesso.progetto_visibile(request, pk, e_responsabile)
    if progetto.modificabile:
        messages.info(request, "La scheda è già in compilazione: non c'è una presentazione da ritirare.")
        return redirect("progetti:dettaglio", pk)
    with spiega_i_rifiuti(request):
        transizioni.riapri(progetto.pk, request.user)
        messages.success(request, "La presentazione è ritirata: correggi la scheda e presentala di nuovo entro i termini.")
    return redirect("progetti:dettaglio", pk)


# Throwing away a scheda that was opened by mistake.


def elimina(request, pk):
    """Name what is about to go, and say why when it may not."""
    try:
        progetto = accesso.progetto_visibile(request, pk, permessi.puo_eliminare)
    except Http404:
        return _gia_eliminata(request, pk)
    if request.method == "POST":
        return _elimina(request, progetto)
    contesto = {"progetto": progetto, "motivo": transizioni.perche_resta(progetto)}
    return render(request, "progetti/presentazione/elimina.html", contesto)


def _elimina(request, progetto):
    with spiega_i_rifiuti(request):
        titolo = transizioni.elimina(progetto.pk, request.user)
        messages.success(request, f"La scheda «{titolo}» è eliminata.")
        return redirect("progetti:elenco")
    return redirect("progetti:dettaglio", progetto.pk)


def _gia_eliminata(request, pk):
    """A second click, or a colleague who came first."""
    if not (eventi.progetto_eliminato(pk) and eventi.vi_scriveva(request.user, pk)):
        raise Http404
    messages.info(request, "La scheda era già stata eliminata.")
    return redirect("progetti:elenco")
