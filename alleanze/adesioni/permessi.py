"""Who asks to join, who answers, who brings an adesione to its end; and fetching the row if one may."""

from django.db.models import Q

from conciliazione.accesso import Puo, esigi, trova
from conciliazione.models import Atto, FileGenerato, Lettera

from ..accesso import alleanza_visibile
from ..models import Adesione, Alleanza, Appartenenza, RichiestaAdesione
from ..models.enti import PREPARANO
from ..permessi import agisce_per, tiene


def puo_compilare(utente, richiesta: RichiestaAdesione, chiavi=()) -> bool:
    """Whether the person fills the request in: who asks to join, by the personal link (`chiavi` are those that were opened), by
    its account, or for its ente.

    What was asked for an own ente is not of who acts for it no more.
    """
    mia = utente.is_authenticated and richiesta.chiesta_da_id == utente.pk and not richiesta.per_il_suo_ente
    return richiesta.impronta in chiavi or mia or agisce_per(utente, richiesta.ente_id, *PREPARANO)


def puo_decidere_adesione(utente, richiesta: RichiestaAdesione) -> bool:
    return tiene(utente, richiesta.alleanza)


def puo_far_uscire(utente, adesione: Adesione) -> bool:
    """Whether the person brings it to an end: who keeps the alleanza, and a responsabile of the ente itself."""
    return tiene(utente, adesione.alleanza) or agisce_per(utente, adesione.ente_id, Appartenenza.Ruolo.RESPONSABILE)


# Fetch and check in one call: a stranger gets 404, a reader who may not do this 403.

CHIAVI = "chiavi_di_adesione"
"""In the session: the sha256 of the personal links that were opened in this browser."""
CARTA, LETTERA = "adesione", "lettera_adesione"
"""The kinds of the files of a request to join."""


def alleanza_che_accoglie(request, pk) -> Alleanza:
    """Return one that may be asked to join: anyone may ask a public one, and who sees it any other."""
    visibili = Alleanza.objects.visibili_a(request.user).values("pk")
    alleanze = Alleanza.objects.filter(Q(pk__in=visibili) | Q(pubblica=True))
    return trova(request, alleanze.select_related("capofila", "ats"), pk)


def chiavi(request) -> list[str]:
    return request.session.get(CHIAVI, [])


def richiesta_visibile(request, pk, puo: Puo | None = None, *, blocca: bool = False) -> RichiestaAdesione:
    """Return a request to join that the person sees, by its account or by a personal link; `blocca` locks its row.

    Who fills it in sees it as it stands; who receives it, as it was sent the last time.
    """
    visibili = RichiestaAdesione.objects.visibili_a(request.user).values("pk")
    richieste = RichiestaAdesione.objects.filter(Q(pk__in=visibili) | Q(impronta__in=chiavi(request)))
    richieste = richieste.select_related("alleanza__capofila", "alleanza__ats", "ente", "adesione")
    trovata = trova(request, richieste, pk, puo, blocca=blocca)
    return trovata if puo_compilare(request.user, trovata, chiavi(request)) else trovata.come_inviata()


def richiesta_propria(request, pk, *, blocca: bool = False) -> RichiestaAdesione:
    """Return one that the person asked, or that is of its ente: it may fill it in, send it and withdraw it."""
    richiesta = richiesta_visibile(request, pk, blocca=blocca)
    return esigi(puo_compilare, request.user, richiesta, chiavi(request))


def file_della_richiesta(request, pk, file) -> FileGenerato:
    """Return a paper of a request, or a letter about it, made for who sees the request."""
    richiesta = richiesta_visibile(request, pk)
    suoi = [f"{genere}:{richiesta.pk}" for genere in (CARTA, LETTERA)]
    return trova(request, FileGenerato.objects.filter(argomento__in=suoi), file)


def lettera_della_richiesta(request, pk, lettera) -> tuple[RichiestaAdesione, Lettera]:
    """Return a letter about a request, for who sees the request."""
    richiesta = richiesta_visibile(request, pk)
    return richiesta, trova(request, Lettera.objects.di(richiesta).select_related("messaggio", "scritta_da"), lettera)


def atto_della_richiesta(request, pk, atto) -> Atto:
    """Return the act by which a request was decided, for who sees the request."""
    return trova(request, Atto.objects.di(richiesta_visibile(request, pk)), atto)


def adesione_che_esce(request, pk, adesione) -> Adesione:
    """Return one of an alleanza that the person sees, and that it may bring to its end."""
    alleanza = alleanza_visibile(request, pk)
    trovata = trova(request, alleanza.adesioni.select_related("ente"), adesione)
    trovata.alleanza = alleanza
    return esigi(puo_far_uscire, request.user, trovata)
