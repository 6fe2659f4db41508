"""Scans of signed papers: brought in many at once, matched by their QR, registered by a person."""

from django.contrib import messages
from django.http import FileResponse, Http404
from django.shortcuts import redirect, render

from conciliazione.accesso import trova
from conciliazione.file import allegati
from conciliazione.http.middleware import solo_post
from conciliazione.models import FileGenerato
from conciliazione.passaggi import spiega_i_rifiuti

from ..fascicolo.accesso import fascicolo_visibile
from ..fascicolo.permessi import puo_preparare
from . import scansioni
from .forms import Abbina, Scansioni


def elenco(request, pk):
    """Bring in scans, and say of what was read which paper it is."""
    progetto = fascicolo_visibile(request, pk, puo_preparare)
    if request.method != "POST":
        return _mostra(request, progetto, Scansioni())
    form = Scansioni(request.POST, request.FILES)
    form.is_valid()
    caricate = [scansioni.carica(progetto, file, request.user) for file in form.cleaned_data.get("file") or ()]
    if form.errors:
        # What was in order is taken all the same: nobody sends thirty files again for one that is wrong.
        if caricate:
            messages.success(request, f"File presi: {len(caricate)}. Degli altri si dice qui sotto che cosa non va.")
        return _mostra(request, progetto, form, status=422)
    return redirect("progetti:fascicolo_scansioni", pk)


def _mostra(request, progetto, form: Scansioni, abbina: Abbina | None = None, status: int = 200):
    tutte = list(scansioni.di(progetto))
    in_lettura = [s for s in tutte if s.in_attesa]
    if abbina is None and not in_lettura:
        abbina = _abbina(progetto)
    contesto = {
        "progetto": progetto,
        "form": form,
        "abbina": abbina,
        "in_lettura": in_lettura,
        "fallite": [s for s in tutte if s.fallito],
        "scansioni": tutte,
    }
    return render(request, "progetti/scansioni/scansioni.html", contesto, status=status)


def _abbina(progetto, dati=None) -> Abbina:
    return Abbina(dati, letti=scansioni.da_registrare(progetto), registrabili=scansioni.registrabili(progetto))


@solo_post("progetti:fascicolo_scansioni")
def registra(request, pk):
    """Take in the papers that the person chose."""
    progetto = fascicolo_visibile(request, pk, puo_preparare, blocca=True)
    abbina = _abbina(progetto, request.POST)
    if not abbina.is_valid():
        return _mostra(request, progetto, Scansioni(), abbina, status=422)
    with spiega_i_rifiuti(request):
        fatte = scansioni.registra(progetto, abbina.scelte(), request.user, controllate=abbina.cleaned_data["controllate"])
        messages.success(request, f"Documenti firmati registrati: {len(fatte)}.")
        return redirect("progetti:fascicolo_scansioni" if scansioni.da_registrare(progetto) else "progetti:fascicolo", pk)
    messages.error(request, "Non è stato registrato niente.")
    return redirect("progetti:fascicolo_scansioni", pk)


@solo_post("progetti:fascicolo_scansioni")
def elimina(request, pk, scansione):
    scansioni.togli(_scansione_visibile(request, pk, scansione))
    messages.success(request, "Scansione eliminata. I documenti già registrati da lì restano.")
    return redirect("progetti:fascicolo_scansioni", pk)


def pezzo(request, pk, scansione, numero):
    """Send the pages of one piece, to be looked at before saying what it is."""
    trovata = _scansione_visibile(request, pk, scansione)
    if not trovata.pronto or numero >= scansioni.quanti_pezzi(trovata):
        raise Http404("pezzo inesistente")
    file = scansioni.byte_del_pezzo(trovata, numero)
    tipo = allegati.TIPI[file.name.rpartition(".")[2]]
    return FileResponse(file, as_attachment=True, filename=file.name, content_type=tipo)


def _scansione_visibile(request, pk, scansione) -> FileGenerato:
    """The scans have papers of all the soggetti: they are the capofila's."""
    return trova(request, scansioni.di(fascicolo_visibile(request, pk, puo_preparare)), scansione)
