"""Who may do what at the sportello. It is kept by the capofila of the alleanza: nobody else reads a question."""

from django.db.models import QuerySet

from conciliazione.accesso import Puo, esigi, trova
from conciliazione.models import Utente

from ..accesso import alleanza_visibile
from ..models import Alleanza, Appartenenza, Ente, Quesito, Sportello
from ..models.enti import PREPARANO
from ..permessi import agisce_per, della_regione, di_ente
from ..stati import APERTI, Domande

ESPERTO, RESPONSABILE = Appartenenza.Ruolo.ESPERTO, Appartenenza.Ruolo.RESPONSABILE
RISPONDONO = (ESPERTO, *PREPARANO)


def tiene(utente, sportello: Sportello) -> bool:
    """Whether the person answers at this sportello, or sees to it that somebody does."""
    return agisce_per(utente, sportello.alleanza.capofila_id, *RISPONDONO)


def puo_rispondere(utente, quesito: Quesito) -> bool:
    return quesito.stato in APERTI and tiene(utente, quesito.sportello)


def puo_correggere(utente, quesito: Quesito) -> bool:
    """Whether the person corrects the answer: who gave it or, when who gave it answers there no more, whoever does today."""
    if quesito.stato != Domande.RISPOSTO or not tiene(utente, quesito.sportello):
        return False
    sua = quesito.risposto_da_id == utente.pk
    return sua or not chi_risponde(quesito.sportello.alleanza.capofila).filter(pk=quesito.risposto_da_id).exists()


def organizza(utente, quesito: Quesito) -> bool:
    """Whether the person says who answers; an expert only takes for itself what nobody has (`puo_prendere`)."""
    return agisce_per(utente, quesito.sportello.alleanza.capofila_id, *PREPARANO)


def puo_assegnare(utente, quesito: Quesito) -> bool:
    return quesito.stato in APERTI and organizza(utente, quesito)


def puo_prendere(utente, quesito: Quesito) -> bool:
    return quesito.stato == Domande.APERTO and tiene(utente, quesito.sportello)


def puo_ritirare(utente, quesito: Quesito) -> bool:
    return quesito.stato in APERTI and quesito.chiesto_da_id == utente.pk


def puo_seguire(utente, quesito: Quesito) -> bool:
    """Ask again about an answer one had."""
    return quesito.stato == Domande.RISPOSTO and quesito.chiesto_da_id == utente.pk


def puo_pubblicare(utente, quesito: Quesito) -> bool:
    """Whether it may be published: if who asked said so. Of what is published already, the words may be changed."""
    return quesito.stato == Domande.RISPOSTO and quesito.pubblicabile and tiene(utente, quesito.sportello)


def puo_ritirare_pubblicazione(utente, quesito: Quesito) -> bool:
    return quesito.pubblicato_il is not None and tiene(utente, quesito.sportello)


def legge_statistiche(utente, alleanza: Alleanza) -> bool:
    """Whether the person reads the figures, but no question: who keeps the sportello, the ATS of the territory, the Regione."""
    tiene_lo_sportello = agisce_per(utente, alleanza.capofila_id, *RISPONDONO)
    return tiene_lo_sportello or agisce_per(utente, alleanza.ats_id) or della_regione(utente)


def chi_risponde(ente: Ente, *ruoli: str) -> QuerySet[Utente]:
    """Return the people who today answer for an ente at its sportello, in one of those roles when any is named."""
    persone = [utente.pk for utente in di_ente(ente.pk, *(ruoli or RISPONDONO))]
    return Utente.objects.filter(pk__in=persone).order_by("cognome", "nome", "pk")


# Fetch and check in one call: a stranger gets 404, a reader who may not do this 403.


def quesito_visibile(request, pk, puo: Puo | None = None) -> Quesito:
    """Return a question of one's own or of one's own sportello and, given a predicate, one that the person may act upon."""
    visibili = Quesito.objects.visibili_a(request.user).select_related("sportello__alleanza__capofila", "segue")
    return trova(request, visibili.select_related("chiesto_da", "esperto", "risposto_da"), pk, puo)


def del_mio_sportello(request, pk) -> Quesito:
    """Return a question that the person answers, or sees to it that somebody does; in whatever state it is."""
    return quesito_visibile(request, pk, lambda utente, quesito: tiene(utente, quesito.sportello))


def mio(request, pk) -> Quesito:
    """Return a question that the person put."""
    return quesito_visibile(request, pk, lambda utente, quesito: quesito.chiesto_da_id == utente.pk)


def alleanza_con_statistiche(request, pk) -> Alleanza:
    return esigi(legge_statistiche, request.user, alleanza_visibile(request, pk))


def sportello_di(alleanza: Alleanza) -> Sportello:
    """Return the sportello of an alleanza; one that was never opened is a closed one."""
    return Sportello.objects.filter(alleanza=alleanza).first() or Sportello(alleanza=alleanza, attivo=False)
