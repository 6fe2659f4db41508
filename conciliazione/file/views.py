"""The page of a file: how far it is, the file itself, and another try. The three addresses stand one under the other."""

from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from ..models import FileGenerato
from ..stampa import word
from . import generi, lavori
from .generi import GENERI

FORMATI = {".pdf": ("PDF", "application/pdf"), ".docx": ("documento Word", word.TIPO)}
"""What a file is, for who waits for it and for the browser."""


def file(request, pk):
    """Show how far a requested file is; asks by itself until it is ready or failed."""
    file, posto = generi.visibile(request, pk)
    if request.htmx and request.GET.get("visto") == file.fase:
        return HttpResponse(status=204)  # nothing new to draw, nor to read aloud
    avvisi = GENERI[file.genere].avvisi(file) if file.pronto else []
    contesto = {"file": file, "formato": _formato(file)[0], "avvisi": avvisi}
    if not request.htmx:
        return render(request, "conciliazione/file/pagina.html", contesto | {"posto": posto})
    risposta = render(request, "conciliazione/file/_stato.html", contesto)
    if file.pronto or file.fallito:
        risposta.status_code = 286  # htmx: this is the last answer, stop asking
    return risposta


def _formato(file: FileGenerato) -> tuple[str, str]:
    return FORMATI[file.nome[file.nome.rindex(".") :]]


def scarica(request, pk):
    file, _ = generi.visibile(request, pk)
    if not file.pronto:
        raise Http404("il file non è ancora pronto")
    return FileResponse(file.file.open("rb"), as_attachment=True, filename=file.nome, content_type=_formato(file)[1])


@require_POST
def riprova(request, pk):
    """Ask again for a file that failed; back to its page, which is at another address for who has a personal link."""
    file, _ = generi.visibile(request, pk)
    if file.fallito:
        lavori.ritenta(file)
    return redirect(request.path.removesuffix("riprova/"))
