"""An address that takes another method answers with a page, as every other refusal does."""

from functools import wraps

from django.http import HttpResponseNotAllowed
from django.shortcuts import redirect, render


class MetodoNonAmmesso:
    """Gives a page to the empty answer 405 of Django's decorators, when a person is there to read it."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        risposta = self.get_response(request)
        if risposta.status_code != 405 or risposta.streaming or risposta.content or not request.accepts("text/html"):
            return risposta
        pagina = render(request, "405.html", status=405)
        pagina["Allow"] = risposta["Allow"]
        return pagina


def solo_post(pagina: str, con: tuple[str, ...] = ("pk",)):
    """An action, not a page: who opens its address (a bookmark, the way back from the log-in) finds the page that has
    its button. `con` are the parts of the address that the page takes."""

    def decora(vista):
        @wraps(vista)
        def avvolta(request, **argomenti):
            if request.method == "POST":
                return vista(request, **argomenti)
            if request.method not in ("GET", "HEAD"):
                return HttpResponseNotAllowed(["POST"])
            return redirect(pagina, *(argomenti[nome] for nome in con))

        return avvolta

    return decora
