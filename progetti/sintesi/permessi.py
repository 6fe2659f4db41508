"""Who may tell of a project in a scheda sintetica, and to whom."""

from alleanze.models import Appartenenza
from alleanze.permessi import PREPARANO, agisce_per, incarichi

from ..models import Progetto, SchedaSintetica
from ..permessi import RESPONSABILE, e_responsabile, prepara, puo_leggere_la_scheda, ricorda_partecipazioni
from ..stati import APPROVATI

SCRIVONO_SINTESI = (*PREPARANO, Appartenenza.Ruolo.ISTRUTTORE)
"""Who may tell of a project of another body, for an ente of theirs: also those of an ATS."""


def puo_aprire_sintesi(utente) -> bool:
    return any(i.vale(SCRIVONO_SINTESI) for i in incarichi(utente))


def puo_scrivere_sintesi(utente, scheda: SchedaSintetica) -> bool:
    """Whether the person writes it: who prepares the scheda of a project here, in any state; else the ente that tells it."""
    if scheda.progetto:
        return prepara(utente, scheda.progetto)
    return agisce_per(utente, scheda.ente_id, *SCRIVONO_SINTESI)


def puo_pubblicare_sintesi(utente, scheda: SchedaSintetica) -> bool:
    """Whether the person shows it to anyone: a responsabile, and of a project here only once it is approved."""
    if scheda.progetto:
        return scheda.progetto.stato in APPROVATI and e_responsabile(utente, scheda.progetto)
    return agisce_per(utente, scheda.ente_id, RESPONSABILE)


def puo_prendere_sintesi(utente, schede: set[str], vive: set[str]) -> bool:
    """Whether the person has a file of several sheets: who sees them all and reads the live schede they are taken from."""
    if SchedaSintetica.objects.visibili_a(utente).filter(pk__in=schede).count() != len(schede):
        return False
    progetti = list(Progetto.objects.filter(pk__in=vive))
    ricorda_partecipazioni(utente, progetti)
    return len(progetti) == len(vive) and all(puo_leggere_la_scheda(utente, p) for p in progetti)
