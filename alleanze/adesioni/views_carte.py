"""The papers of a request to join, made to be signed and given back signed; the letters and the acts that answer it."""

from functools import wraps

from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse

from conciliazione.atti import lettere
from conciliazione.atti import views as degli_atti
from conciliazione.file import allegati, views

from . import carte, generi, permessi
from .views import con_collegamento


@con_collegamento
def pdf(request, pk, quale):
    """Ask for one of the two papers; asking again for one that failed tries again."""
    if quale not in carte.CARTE:
        raise Http404("documento inesistente")
    if request.method != "POST":
        return redirect("alleanze:adesione", pk)
    richiesta = permessi.richiesta_visibile(request, pk)
    return redirect("alleanze:adesione_file", pk, carte.chiedi(richiesta, quale, request.user).pk)


def _del_file(vista):
    """A view of files, for the papers of one request and also for who has only its personal link."""

    @con_collegamento
    @wraps(vista)
    def avvolta(request, pk, file):
        return vista(request, permessi.file_della_richiesta(request, pk, file).pk)

    return avvolta


file = _del_file(views.file)
scarica = _del_file(views.scarica)
riprova = _del_file(views.riprova)


@con_collegamento
def firmato(request, pk, quale):
    """Send a signed paper, as it was uploaded."""
    richiesta = permessi.richiesta_visibile(request, pk)
    caricato = getattr(richiesta, carte.FIRMATI[quale]) if quale in carte.FIRMATI else None
    if not caricato:
        raise Http404("documento non caricato")
    return allegati.scarica(caricato)


@con_collegamento
def lettera(request, pk, lettera):
    richiesta, trovata = permessi.lettera_della_richiesta(request, pk, lettera)
    url_pdf = reverse("alleanze:adesione_lettera_pdf", args=[pk, trovata.pk])
    return degli_atti.lettera(request, trovata, percorso=generi.percorso(request, richiesta), url_pdf=url_pdf)


@con_collegamento
def lettera_pdf(request, pk, lettera):
    if request.method != "POST":
        return redirect("alleanze:adesione_lettera", pk, lettera)
    richiesta, trovata = permessi.lettera_della_richiesta(request, pk, lettera)
    file = lettere.chiedi(trovata, f"{permessi.LETTERA}:{richiesta.pk}", request.user)
    return redirect("alleanze:adesione_file", pk, file.pk)


@con_collegamento
def atto(request, pk, atto):
    """Send the file of an act that is cited."""
    return degli_atti.file_dell_atto(permessi.atto_della_richiesta(request, pk, atto))
