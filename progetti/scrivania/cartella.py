"""The shared folder of a project: the capofila sees all of it, its soggetti and the ATS what is for them."""

from conciliazione.cartelle.pagine import Cartella

from .. import accesso
from . import permessi


def apri(request, pk) -> Cartella:
    progetto = accesso.progetto_visibile(request, pk)
    vede, scrive, dirige = permessi.nella_cartella(request.user, progetto)
    return Cartella(progetto, "progetti", vede, scrive, dirige)
