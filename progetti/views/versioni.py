from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from conciliazione import lavori

from .. import accesso, permessi, versioni


@login_required
def versione(request, pk):
    """A frozen version as a page, as it was labelled on the day it was filed."""
    versione = accesso.versione_visibile(request, pk)
    nascondi = permessi.nasconde(request.user, versione.progetto)
    nascosti = permessi.oscura(versione.lettura, nascondi)
    contesto = {
        "progetto": versione.progetto,
        "versione": versione,
        "presentazione": versione.domanda,
        "lettura": versione.lettura,
        "segnalazioni": permessi.tace(versione.segnalazioni, nascosti),
        "puo_esportare": permessi.puo_esportare(request.user, versione.progetto),
    }
    return render(request, "progetti/versione.html", contesto)


@login_required
@require_POST
def chiedi_pdf(request, pk):
    versione = accesso.versione_visibile(request, pk, permessi.puo_esportare)
    return redirect("progetti:file", versioni.chiedi_pdf(versione, request.user).pk)


@login_required
@require_POST
def chiedi_anteprima(request, pk):
    """The PDF of the draft as it is now, at any time and however incomplete."""
    progetto = accesso.progetto_visibile(request, pk, permessi.e_capofila)
    return redirect("progetti:file", versioni.chiedi_anteprima(progetto, request.user).pk)


@login_required
def file(request, pk):
    """How far a requested file is; asks by itself until it is ready or failed."""
    file = accesso.file_visibile(request, pk)
    if request.htmx and request.GET.get("visto") == file.fase:
        return HttpResponse(status=204)  # nothing new to draw, nor to read aloud
    modello = "progetti/_file.html" if request.htmx else "progetti/file.html"
    troppe = versioni.righe_di_troppo(file) if file.pronto else []
    risposta = render(request, modello, {"file": file, "progetto": _progetto(request, file), "righe_di_troppo": troppe})
    if request.htmx and (file.pronto or file.fallito):
        risposta.status_code = 286  # htmx: this is the last answer, stop asking
    return risposta


def _progetto(request, file):
    genere, _, di_che = file.argomento.partition(":")
    if genere == "versione":
        return accesso.versione_visibile(request, di_che).progetto
    return accesso.progetto_visibile(request, di_che)


@login_required
def scarica(request, pk):
    file = accesso.file_visibile(request, pk)
    if not file.pronto:
        raise Http404("il file non è ancora pronto")
    return FileResponse(file.file.open("rb"), as_attachment=True, filename=file.nome, content_type="application/pdf")


@login_required
@require_POST
def riprova(request, pk):
    """Ask again for a file that failed."""
    file = accesso.file_visibile(request, pk)
    if file.fallito:
        lavori.ritenta(file)
    return redirect("progetti:file", pk)
