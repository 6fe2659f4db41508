from functools import wraps

from django.http import HttpResponseNotAllowed
from django.shortcuts import redirect


def solo_post(pagina: str):
    """An action, not a page: who opens its address (a bookmark, the way back from the log-in) finds the page that has
    its button."""

    def decora(vista):
        @wraps(vista)
        def avvolta(request, pk, **argomenti):
            if request.method == "POST":
                return vista(request, pk, **argomenti)
            return redirect(pagina, pk) if request.method in ("GET", "HEAD") else HttpResponseNotAllowed(["POST"])

        return avvolta

    return decora
