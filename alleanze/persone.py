"""The people behind an ente: who is told when something is asked of it."""

from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q

from conciliazione.models import Utente

from .models import Appartenenza, Carica, Mandato
from .models.enti import PREPARANO


def di_enti(enti: Iterable[UUID], *ruoli: str) -> dict[UUID, list[Utente]]:
    """Of each ente the people with an account who act for it today, in one of those roles when any is named.

    Its legal representative is one of them; who acts for it by mandate is, where nobody named the roles or among those who
    prepare.
    """
    enti = set(enti)
    coppie = set(_appartenenze(enti, ruoli)) | set(_rappresentanze(enti))
    if not ruoli or set(ruoli) & set(PREPARANO):
        coppie |= set(_mandatari(enti))
    persone = Utente.objects.in_bulk([utente for _, utente in coppie])
    trovate: dict[UUID, list[Utente]] = defaultdict(list)
    for ente, utente in sorted(coppie, key=lambda c: c[1]):
        if persone[utente].is_active:
            trovate[ente].append(persone[utente])
    return trovate


def di_ente(ente: UUID, *ruoli: str) -> list[Utente]:
    return di_enti([ente], *ruoli).get(ente, [])


def di_tutti(enti: Iterable[UUID], *ruoli: str) -> list[Utente]:
    """The people of any of them, each once."""
    return list({utente.pk: utente for gruppo in di_enti(enti, *ruoli).values() for utente in gruppo}.values())


def _appartenenze(enti: set[UUID], ruoli: tuple[str, ...]):
    in_ruolo = Q(ruolo__in=ruoli) if ruoli else ~Q(ruolo=Appartenenza.Ruolo.ESPERTO)
    return Appartenenza.objects.filter(Appartenenza.in_corso(), in_ruolo, ente__in=enti).values_list("ente", "utente")


def _rappresentanze(enti: set[UUID]):
    cariche = Carica.objects.che_rappresentano().filter(ente__in=enti).exclude(persona__utente=None)
    return cariche.values_list("ente", "persona__utente")


def _mandatari(enti: set[UUID]):
    """The people of the enti that have a mandate: they prepare."""
    mandati = list(Mandato.objects.filter(Mandato.in_corso(), mandante__in=enti).values_list("mandante", "mandatario"))
    if not mandati:
        return []
    di_chi = defaultdict(list)
    for ente, utente in _appartenenze({mandatario for _, mandatario in mandati}, PREPARANO):
        di_chi[ente].append(utente)
    return [(mandante, utente) for mandante, mandatario in mandati for utente in di_chi[mandatario]]
