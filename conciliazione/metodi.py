"""An address that takes another method answers with a page, as every other refusal does."""

from django.shortcuts import render


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
