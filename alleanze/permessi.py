"""What a person may do follows from the enti they act for, and from what those enti are."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from django.utils import timezone

from conciliazione import storia
from conciliazione.models import Utente

from .models import Alleanza, Appartenenza, Carica, Ente, Mandato
from .models.enti import PREPARANO, registrati_da
from .models.incarichi import DELL_ATS, agiscono, incarichi
from .models.persone import RAPPRESENTANO

# For whom does a person act.


def agisce_per(utente, ente_id, *ruoli: str) -> bool:
    """Whether the person acts for that ente, in one of those roles when any is named."""
    return any(i.ente_id == ente_id and i.vale(ruoli) for i in incarichi(utente))


def enti_di(utente) -> set[UUID]:
    """Return the enti, by id, that the person acts for in any role but that of the esperto."""
    return {i.ente_id for i in incarichi(utente) if i.vale(())}


# Who acts for an ente: who is told when something is asked of it.


def di_enti(enti: Iterable[UUID], *ruoli: str) -> dict[UUID, list[Utente]]:
    """Return, of each ente, the people with an account who act for it today, in one of those roles when any is named.

    Who represents it counts as a responsabile, who acts for it by mandate as an operatore.
    """
    enti = set(enti)
    primo, *altri = (modo.filter(per__in=enti).values_list("per", "chi") for modo in agiscono(*ruoli))
    coppie = list(primo.union(*altri))
    persone = Utente.objects.filter(is_active=True).in_bulk([utente for _, utente in coppie])
    trovate: dict[UUID, list[Utente]] = defaultdict(list)
    for ente, utente in sorted(coppie, key=lambda c: c[1]):
        if utente in persone:
            trovate[ente].append(persone[utente])
    return trovate


def di_ente(ente: UUID, *ruoli: str) -> list[Utente]:
    return di_enti([ente], *ruoli).get(ente, [])


def di_tutti(enti: Iterable[UUID], *ruoli: str) -> list[Utente]:
    """Return the people of any of them, each once."""
    return list({utente.pk: utente for gruppo in di_enti(enti, *ruoli).values() for utente in gruppo}.values())


def preparavano(ente: UUID, quando: Iterable[tuple[int, datetime]]) -> set[tuple[int, datetime]]:
    """Return which of these people, by id, each at a moment, then prepared for the ente.

    As the rows stood at that moment: who left since, or came in again, or whose row is no more, is told by the history.
    """
    mandati = list(storia.versioni(Mandato).filter(mandante=ente))
    di_chi = {ente, *(m.mandatario_id for m in mandati)}
    appartenenze = [a for a in storia.versioni(Appartenenza).filter(ente__in=di_chi) if a.ruolo in PREPARANO]
    cariche = storia.versioni(Carica).filter(ente=ente).select_related("persona")
    rappresentanze = [(c.persona.utente_id, c) for c in cariche if c.tipo in RAPPRESENTANO]
    trovate = set()
    for utente, momento in quando:
        enti = {ente, *(m.mandatario_id for m in mandati if _valeva(m, momento))}
        sue = [a for a in appartenenze if a.utente_id == utente and a.ente_id in enti]
        sue += [carica for chi, carica in rappresentanze if chi == utente]
        if any(_valeva(riga, momento) for riga in sue):
            trovate.add((utente, momento))
    return trovate


def _valeva(versione, momento: datetime) -> bool:
    """Whether the row stood so at that moment, and was in force that day."""
    giorno = timezone.localdate(momento)
    c_era = versione.pgh_created_at <= momento and (versione.fino_a is None or momento < versione.fino_a)
    in_vigore = (versione.dal or date.min) <= giorno <= (versione.al or date.max)
    return c_era and in_vigore and versione.pgh_label != "delete"


# What a person may do.


def puo_scrivere_ente(utente, ente: Ente) -> bool:
    """Whether the person writes the ente: one of its own people; until it has any, who registered it; the administrator."""
    if utente.is_superuser or agisce_per(utente, ente.pk, *PREPARANO):
        return True
    return Ente.objects.filter(registrati_da(utente), pk=ente.pk).exists()


def puo_dichiarare_dimensione(utente, ente: Ente) -> bool:
    """Whether the person declares how large the firm is: a responsabile of it, or who represents it."""
    return agisce_per(utente, ente.pk, Appartenenza.Ruolo.RESPONSABILE)


def della_regione(utente) -> bool:
    return any(i.genere == Ente.Genere.REGIONE and i.vale(()) for i in incarichi(utente))


def puo_gestire(utente, alleanza: Alleanza) -> bool:
    """Whether the person keeps the list of an alleanza: for its capofila, for the ATS of the territory, as administrator."""
    return utente.is_superuser or tiene(utente, alleanza)


def tiene(utente, alleanza: Alleanza) -> bool:
    """Whether the person receives the requests to join it, and answers: for its capofila or the ATS of the territory."""
    return agisce_per(utente, alleanza.capofila_id, *PREPARANO) or agisce_per(utente, alleanza.ats_id, *DELL_ATS)
