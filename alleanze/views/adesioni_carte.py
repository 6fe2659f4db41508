"""The papers of a request to join: made to be signed, and given back signed."""

from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render

from conciliazione import allegati

from .. import accesso, carte
from .adesioni import con_collegamento

FIRMATI = {"modulo": "modulo_firmato", "scheda": "scheda_firmata"}


@con_collegamento
def pdf(request, pk, quale):
    """Ask for one of the two papers; asking again for one that failed tries again."""
    if quale not in carte.CARTE:
        raise Http404("documento inesistente")
    if request.method != "POST":
        return redirect("alleanze:adesione", pk)
    richiesta = accesso.richiesta_visibile(request, pk)
    return redirect("alleanze:adesione_file", pk, carte.chiedi(richiesta, quale, request.user).pk)


@con_collegamento
def file(request, pk, file):
    """How far a paper is; asks by itself until it is ready or failed."""
    file = accesso.file_della_richiesta(request, pk, file)
    if request.htmx and request.GET.get("visto") == file.fase:
        return HttpResponse(status=204)  # nothing new to draw, nor to read aloud
    modello = "alleanze/_adesione_file.html" if request.htmx else "alleanze/adesione_file.html"
    contesto = {"file": file, "richiesta": accesso.richiesta_visibile(request, pk)}
    risposta = render(request, modello, contesto)
    if request.htmx and not file.in_attesa:
        risposta.status_code = 286  # htmx: this is the last answer, stop asking
    return risposta


@con_collegamento
def scarica(request, pk, file):
    file = accesso.file_della_richiesta(request, pk, file)
    if not file.pronto:
        raise Http404("il file non è ancora pronto")
    return FileResponse(file.file.open("rb"), as_attachment=True, filename=file.nome, content_type="application/pdf")


@con_collegamento
def firmato(request, pk, quale):
    """A signed paper, as it was uploaded."""
    richiesta = accesso.richiesta_visibile(request, pk)
    caricato = getattr(richiesta, FIRMATI[quale]) if quale in FIRMATI else None
    if not caricato:
        raise Http404("documento non caricato")
    return allegati.scarica(caricato)
