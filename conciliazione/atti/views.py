"""The pages of letters and acts, for the features: each fetches its own, by who may see what they are about."""

from django.http import FileResponse, Http404
from django.shortcuts import render

from ..file import allegati
from ..models import Atto, Lettera


def lettera(request, lettera: Lettera, *, percorso: list[tuple[str, str]], url_pdf: str):
    """Show a letter as it left; the last of `percorso` is the page of what it is about."""
    contesto = {"lettera": lettera, "percorso": percorso, "torna": percorso[-1], "url_pdf": url_pdf}
    return render(request, "conciliazione/atti/lettera.html", contesto)


def file_dell_atto(atto: Atto) -> FileResponse:
    if not atto.file:
        raise Http404("atto senza file")
    return allegati.scarica(atto.file)
