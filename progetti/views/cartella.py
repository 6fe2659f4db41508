"""The shared folder of a project: the capofila sees all of it, its soggetti and the ATS what is for them."""

from conciliazione import cartelle
from conciliazione.cartelle import Cartella
from conciliazione.metodi import solo_post

from .. import accesso, permessi


def _cartella(request, pk) -> Cartella:
    progetto = accesso.progetto_visibile(request, pk)
    vede, scrive, dirige = permessi.nella_cartella(request.user, progetto)
    return Cartella(progetto, "progetti", vede, scrive, dirige)


def cartella(request, pk):
    return cartelle.elenco(request, _cartella(request, pk))


def documento(request, pk, documento):
    return cartelle.documento(request, _cartella(request, pk), documento)


def scarica(request, pk, documento, numero):
    return cartelle.scarica(request, _cartella(request, pk), documento, numero)


@solo_post("progetti:cartella")
def togli(request, pk, documento):
    return cartelle.togli(request, _cartella(request, pk), documento)
