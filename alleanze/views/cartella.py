"""The shared folder of an alleanza: the capofila sees all of it, its members and the ATS what is for them."""

from conciliazione import cartelle
from conciliazione.cartelle import Cartella
from conciliazione.metodi import solo_post

from .. import accesso, permessi


def _cartella(request, pk) -> Cartella:
    alleanza = accesso.alleanza_visibile(request, pk)
    vede, scrive, dirige = permessi.nella_cartella(request.user, alleanza)
    return Cartella(alleanza, "alleanze", vede, scrive, dirige)


def cartella(request, pk):
    return cartelle.elenco(request, _cartella(request, pk))


def documento(request, pk, documento):
    return cartelle.documento(request, _cartella(request, pk), documento)


def scarica(request, pk, documento, numero):
    return cartelle.scarica(request, _cartella(request, pk), documento, numero)


@solo_post("alleanze:cartella")
def togli(request, pk, documento):
    return cartelle.togli(request, _cartella(request, pk), documento)
