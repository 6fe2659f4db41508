"""Who makes calls, and changes them: an ATS its own, the Regione the regional ones."""

from django.db.models import Q, QuerySet

from alleanze.models import Appartenenza, Ente
from alleanze.permessi import incarichi

from ..models import Avviso
from ..permessi import RESPONSABILE

EMANANO = (Appartenenza.Ruolo.ISTRUTTORE, RESPONSABILE)


def _che_emanano(utente) -> list:
    generi = (Ente.Genere.ATS, Ente.Genere.REGIONE)
    return [i for i in incarichi(utente) if i.genere in generi and i.vale(EMANANO)]


def puo_emanare(utente) -> bool:
    """Whether the person makes calls: of its own ATS, or the regional ones."""
    return bool(_che_emanano(utente))


def emananti(utente) -> list[Ente | None]:
    """Return for whom one may make a call: each ATS of one's own, and None for the Regione."""
    miei = _che_emanano(utente)
    ats = [i.ente_id for i in miei if i.genere == Ente.Genere.ATS]
    regione = [None] if any(i.genere == Ente.Genere.REGIONE for i in miei) else []
    return [*Ente.objects.filter(pk__in=ats).per_elenco(), *regione] if ats else regione


def puo_modificare_l_avviso(utente, avviso: Avviso) -> bool:
    """Whether the person changes the call: an ATS only its own, the Regione only the regional ones."""
    di_chi = (i.ente_id if i.genere == Ente.Genere.ATS else None for i in _che_emanano(utente))
    return avviso.ats_id in set(di_chi)


def miei_avvisi(utente) -> QuerySet[Avviso] | None:
    """Return the calls that one may change; None is nobody's question."""
    miei = _che_emanano(utente)
    if not miei:
        return None
    dell_ats = Q(ats__in=[i.ente_id for i in miei if i.genere == Ente.Genere.ATS])
    regionali = Q(ats=None) if any(i.genere == Ente.Genere.REGIONE for i in miei) else Q(pk=None)
    return Avviso.objects.filter(dell_ats | regionali)
