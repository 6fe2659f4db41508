"""The parts of an edition by their key: what it has not is not found."""

from django.http import Http404

from conciliazione.schede.edizione import Blocco, Edizione, Sezione

from ..edizioni import EDIZIONI
from ..models import Progetto


def edizione_di(progetto: Progetto) -> Edizione:
    return EDIZIONI[progetto.edizione]


def sezione_di(edizione: Edizione, chiave: str) -> Sezione:
    try:
        return edizione.sezione(chiave)
    except KeyError as errore:
        raise Http404("sezione inesistente") from errore


def blocco_di(edizione: Edizione, chiave: str) -> Blocco:
    try:
        return edizione.blocco(chiave)
    except KeyError as errore:
        raise Http404("blocco inesistente") from errore
