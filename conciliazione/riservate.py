"""What a logged-in person gets is theirs: no cache keeps it, nor does the browser for who sits there next."""


class Riservate:
    """Adds Cache-Control to every answer to a logged-in person, downloads included, that does not say it itself."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        risposta = self.get_response(request)
        # The header first: /salute/ has its own, and must not look for the person in a database that may be down.
        if not risposta.has_header("Cache-Control") and request.user.is_authenticated:
            risposta["Cache-Control"] = "private, no-store"
        return risposta
