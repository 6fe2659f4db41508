"""«Agisci per»: who acts for several enti may choose one, and until it changes its mind acts for no other."""

from uuid import UUID

CHIAVE = "agisce_per"


class AgisciPer:
    """Middleware: takes the choice from the session to the person of the request. What follows is in `incarichi`."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        scelto = request.session.get(CHIAVE)
        if scelto and request.user.is_authenticated:
            request.user.agisce_solo_per = UUID(scelto)
        return self.get_response(request)
