"""Who may do what to the incentives: the capofila of the project gives them, a firm asks for its own."""

from alleanze.models import Appartenenza
from alleanze.models.incarichi import MANDATARIO, tutti_gli_incarichi
from alleanze.permessi import PREPARANO, agisce_per
from conciliazione.accesso import Puo, trova
from progetti.accesso import progetto_visibile
from progetti.models import Progetto
from progetti.models.sintesi import APPROVATI

from ..models import MisuraIncentivo, RichiestaIncentivo

RESPONSABILE = Appartenenza.Ruolo.RESPONSABILE


def puo_gestire(utente, progetto: Progetto) -> bool:
    """Whether the person writes the measures: who prepares for the capofila, once the project is approved."""
    return progetto.stato in APPROVATI and agisce_per(utente, progetto.capofila_id, *PREPARANO)


def puo_cambiare(utente, misura: MisuraIncentivo) -> bool:
    return puo_gestire(utente, misura.progetto)


def puo_compilare(utente, richiesta: RichiestaIncentivo) -> bool:
    return agisce_per(utente, richiesta.ente_id, *PREPARANO)


def puo_dichiarare(utente, richiesta: RichiestaIncentivo) -> bool:
    """Whether the person declares in place of a certificate (D.P.R. 445/2000, art. 47): who answers for the firm."""
    return agisce_per(utente, richiesta.ente_id, RESPONSABILE)


def puo_decidere(utente, richiesta: RichiestaIncentivo) -> bool:
    """Whether the person decides: a responsabile of the capofila, but not for its own ente, nor of the firm that asks."""
    progetto = richiesta.misura.progetto
    if richiesta.ente_id == progetto.capofila_id or _e_dell_impresa(utente, richiesta):
        return False
    return agisce_per(utente, progetto.capofila_id, RESPONSABILE)


def _e_dell_impresa(utente, richiesta: RichiestaIncentivo) -> bool:
    """Whether the person is of the firm, whatever ente it chose to act for now. To prepare by mandate is not to be of it."""
    return any(i.ente_id == richiesta.ente_id and i.ruolo != MANDATARIO for i in tutti_gli_incarichi(utente))


# Fetch and check in one call: a stranger gets 404, a reader who may not do this gets 403.


def progetto_gestibile(request, pk) -> Progetto:
    """Return a project whose measures the person writes."""
    return progetto_visibile(request, pk, puo_gestire)


def misura_visibile(request, pk, puo: Puo | None = None, *, blocca: bool = False) -> MisuraIncentivo:
    misure = MisuraIncentivo.objects.visibili_a(request.user)
    return trova(request, misure.select_related("progetto__capofila", "progetto__avviso", "azione"), pk, puo, blocca=blocca)


def richiesta_visibile(request, pk, puo: Puo | None = None, *, blocca: bool = False) -> RichiestaIncentivo:
    """Return a request that the person sees; `blocca` locks its row until commit."""
    legate = ("misura__progetto__capofila", "misura__azione", "ente", "dichiarata_da", "decisa_da")
    richieste = RichiestaIncentivo.objects.visibili_a(request.user).select_related(*legate)
    return trova(request, richieste, pk, puo, blocca=blocca)
