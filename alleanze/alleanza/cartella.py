"""The shared folder of an alleanza: the capofila sees all of it, its members and the ATS what is for them."""

from conciliazione.cartelle.pagine import Cartella

from .. import accesso, permessi


def apri(request, pk) -> Cartella:
    alleanza = accesso.alleanza_visibile(request, pk)
    vede, scrive, dirige = permessi.nella_cartella(request.user, alleanza)
    return Cartella(alleanza, "alleanze", vede, scrive, dirige)
