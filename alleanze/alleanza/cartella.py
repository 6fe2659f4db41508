"""The shared folder of an alleanza: the capofila sees all of it, its members and the ATS what is for them."""

from conciliazione.cartelle.pagine import Cartella
from conciliazione.models import Documento

from .. import accesso
from ..models import Adesione, Alleanza
from ..models.enti import PREPARANO
from ..models.incarichi import DELL_ATS
from ..permessi import agisce_per, incarichi


def apri(request, pk) -> Cartella:
    alleanza = accesso.alleanza_visibile(request, pk)
    vede, scrive, dirige = nella_cartella(request.user, alleanza)
    return Cartella(alleanza, "alleanze", vede, scrive, dirige)


def nella_cartella(utente, alleanza: Alleanza) -> tuple[frozenset[str], bool, bool]:
    """Return which documents of the shared folder one sees (by their visibilita), whether one adds, whether one rules it."""
    tutti, dei_soggetti, dell_ats = Documento.Visibilita.CAPOFILA, Documento.Visibilita.SOGGETTI, Documento.Visibilita.ATS
    if agisce_per(utente, alleanza.capofila_id):
        prepara = agisce_per(utente, alleanza.capofila_id, *PREPARANO)
        return frozenset({tutti, dei_soggetti, dell_ats}), prepara, prepara
    if agisce_per(utente, alleanza.ats_id):
        return frozenset({dell_ats}), agisce_per(utente, alleanza.ats_id, *DELL_ATS), False
    aderenti = set(alleanza.adesioni.filter(Adesione.in_corso()).values_list("ente", flat=True))
    membri = [i for i in incarichi(utente) if i.ente_id in aderenti and i.vale(())]
    if membri:
        return frozenset({dei_soggetti, dell_ats}), any(i.vale(PREPARANO) for i in membri), False
    return frozenset(), False, False
