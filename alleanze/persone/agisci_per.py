"""«Agisci per»: who acts for several enti may choose one, and until it changes its mind acts for no other."""

from dataclasses import dataclass
from uuid import UUID

from django.utils.functional import SimpleLazyObject
from pghistory.middleware import HistoryMiddleware

from ..models.incarichi import Incarico, tutti_gli_incarichi

CHIAVE = "agisce_per"


class AgisciPer:
    """Middleware: takes the choice from the session to the person of the request. What follows is in `incarichi`.

    A choice that stands no more (the incarico has ended) is dropped: the person acts for all that it has left.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        scelto = request.session.get(CHIAVE)
        if scelto and request.user.is_authenticated:
            if any(str(i.ente_id) == scelto for i in tutti_gli_incarichi(request.user)):
                request.user.agisce_solo_per = UUID(scelto)
            else:
                del request.session[CHIAVE]
        return self.get_response(request)


class Storia(HistoryMiddleware):
    """What is written is told with who wrote it, at which address and, if it was chosen, for which ente."""

    def get_context(self, request) -> dict:
        scelto = getattr(request.user, "agisce_solo_per", None)
        return super().get_context(request) | ({"per_ente": str(scelto)} if scelto else {})


@dataclass(frozen=True)
class Scelta:
    """One of the enti that the person acts for, and how: «operatore», «per mandato»."""

    ente_id: UUID
    ente: str
    come: str
    corrente: bool


def scelte(utente) -> list[Scelta]:
    """Return the enti among which the person may choose."""
    di_ciascuno: dict[UUID, list[Incarico]] = {}
    for incarico in sorted(tutti_gli_incarichi(utente), key=lambda i: (i.ente.casefold(), i.ruolo)):
        di_ciascuno.setdefault(incarico.ente_id, []).append(incarico)
    return [
        Scelta(ente_id, suoi[0].ente, ", ".join(i.ruolo for i in suoi), ente_id == utente.agisce_solo_per)
        for ente_id, suoi in di_ciascuno.items()
    ]


def contesto(request) -> dict:
    """Context processor: what the header needs, asked for only where there is a header and somebody logged in."""
    return {"agisci_per": SimpleLazyObject(lambda: scelte(request.user))}
