"""Who may do what to the incentives: the capofila of the project gives them, a firm asks for its own."""

from alleanze.models import Appartenenza
from alleanze.models.incarichi import MANDATARIO
from alleanze.permessi import PREPARANO, agisce_per, tutti_gli_incarichi
from progetti.models import Progetto
from progetti.models.sintesi import APPROVATI

from ..models import MisuraIncentivo, RichiestaIncentivo

RESPONSABILE = Appartenenza.Ruolo.RESPONSABILE


def puo_gestire(utente, progetto: Progetto) -> bool:
    """Writes the measures: who prepares for the capofila, once the project is approved."""
    return progetto.stato in APPROVATI and agisce_per(utente, progetto.capofila_id, *PREPARANO)


def puo_cambiare(utente, misura: MisuraIncentivo) -> bool:
    return puo_gestire(utente, misura.progetto)


def puo_compilare(utente, richiesta: RichiestaIncentivo) -> bool:
    return agisce_per(utente, richiesta.ente_id, *PREPARANO)


def puo_dichiarare(utente, richiesta: RichiestaIncentivo) -> bool:
    """A declaration in place of a certificate (D.P.R. 445/2000, art. 47) is of who answers for the firm."""
    return agisce_per(utente, richiesta.ente_id, RESPONSABILE)


def puo_decidere(utente, richiesta: RichiestaIncentivo) -> bool:
    """A responsabile of the capofila, never for its own ente, nor who is also of the firm that asks."""
    progetto = richiesta.misura.progetto
    if richiesta.ente_id == progetto.capofila_id or _e_dell_impresa(utente, richiesta):
        return False
    return agisce_per(utente, progetto.capofila_id, RESPONSABILE)


def _e_dell_impresa(utente, richiesta: RichiestaIncentivo) -> bool:
    """Whatever ente the person chose to act for now; to prepare for a firm by mandate is not to be of it."""
    return any(i.ente_id == richiesta.ente_id and i.ruolo != MANDATARIO for i in tutti_gli_incarichi(utente))
