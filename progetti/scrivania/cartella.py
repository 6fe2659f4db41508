"""The shared folder of a project: the capofila sees all of it, its soggetti and the ATS what is for them."""

from alleanze.models.incarichi import DELL_ATS
from alleanze.permessi import agisce_per
from conciliazione.cartelle.pagine import Cartella
from conciliazione.models import Documento

from ..accesso import progetto_visibile
from ..models import Progetto
from ..permessi import ats_di, e_ats, e_capofila, mie_partecipazioni, prepara, scrivibili


def nella_cartella(utente, progetto: Progetto) -> tuple[frozenset[str], bool, bool]:
    """Return which documents one sees (by their visibilita), whether one adds, whether one rules the folder."""
    tutti, dei_soggetti, dell_ats = Documento.Visibilita.CAPOFILA, Documento.Visibilita.SOGGETTI, Documento.Visibilita.ATS
    if e_capofila(utente, progetto):
        return frozenset({tutti, dei_soggetti, dell_ats}), prepara(utente, progetto), prepara(utente, progetto)
    if mie_partecipazioni(utente, progetto):
        return frozenset({dei_soggetti, dell_ats}), bool(scrivibili(utente, progetto)), False
    if e_ats(utente, progetto):
        return frozenset({dell_ats}), any(agisce_per(utente, ente, *DELL_ATS) for ente in ats_di(progetto)), False
    return frozenset(), False, False


def apri(request, pk) -> Cartella:
    progetto = progetto_visibile(request, pk)
    return Cartella(progetto, "progetti", *nella_cartella(request.user, progetto))
