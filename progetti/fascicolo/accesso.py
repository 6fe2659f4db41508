"""Who may do what to the papers of a project; fetch and check in one call.

A stranger gets 404, a reader of the project whose paper it is not gets 403.
"""

from conciliazione.accesso import Puo, esigi, trova

from ..accesso import progetto_visibile
from ..models import DaFirmare, Partecipazione, Progetto
from ..permessi import e_capofila, fa_la_scheda, mie_partecipazioni, prepara, scrive_per

puo_preparare = prepara
"""Making, sending, checking and annulling papers: who prepares the schede of the capofila, in any state of the project."""
puo_vedere = fa_la_scheda
"""The board: the capofila sees all of it, each soggetto its own rows."""


def puo_leggere_di(utente, soggetto: Partecipazione) -> bool:
    """Whether the person reads its papers, with personal data of who signs them: the capofila and the soggetto itself."""
    progetto = soggetto.progetto
    return e_capofila(utente, progetto) or str(soggetto.pk) in mie_partecipazioni(utente, progetto)


def puo_leggere(utente, carta: DaFirmare) -> bool:
    return puo_leggere_di(utente, carta.partecipazione)


def puo_scrivere_di(utente, soggetto: Partecipazione) -> bool:
    """Whether the person brings its signed papers and its acts: the soggetto or, for it, the capofila."""
    return prepara(utente, soggetto.progetto) or scrive_per(utente, soggetto)


def puo_consegnare(utente, carta: DaFirmare) -> bool:
    return puo_scrivere_di(utente, carta.partecipazione)


def puo_controllare(utente, carta: DaFirmare) -> bool:
    return prepara(utente, carta.partecipazione.progetto)


def mia(utente, carta: DaFirmare) -> bool:
    """Whether the person acts for who has to sign it."""
    return str(carta.partecipazione_id) in mie_partecipazioni(utente, carta.partecipazione.progetto)


def fascicolo_visibile(request, pk, puo: Puo = puo_vedere, *, blocca: bool = False) -> Progetto:
    """Return a project whose papers the person sees (its own, if it is not of the capofila)."""
    return progetto_visibile(request, pk, puo, blocca=blocca)


def carta_visibile(request, pk, carta, puo: Puo = puo_leggere) -> DaFirmare:
    progetto = fascicolo_visibile(request, pk)
    carte = DaFirmare.objects.select_related("partecipazione__ente", "preparato_da", "firmato_da", "ricevuto_da")
    trovata = trova(request, carte.filter(partecipazione__progetto=progetto), carta)
    trovata.partecipazione.progetto = progetto
    return esigi(puo, request.user, trovata)


def soggetto_visibile(request, pk, riga, puo: Puo) -> Partecipazione:
    progetto = fascicolo_visibile(request, pk)
    soggetto = trova(request, progetto.partecipazioni.select_related("ente"), riga)
    soggetto.progetto = progetto
    return esigi(puo, request.user, soggetto)
