"""What a person may do follows from the enti they act for, and from what those enti are."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Value

from .models import Alleanza, Appartenenza, Carica, Ente

RAPPRESENTANTE = "legale rappresentante"
PREPARANO = (Appartenenza.Ruolo.OPERATORE, Appartenenza.Ruolo.RESPONSABILE)
"""Who writes for an ente; the other roles read, examine, answer."""


@dataclass(frozen=True)
class Incarico:
    """A person acts for an ente today, in a role; who represents it does what a responsabile does."""

    ente_id: UUID
    ente: str
    genere: str
    ruolo: str

    def vale(self, ruoli: tuple[str, ...]) -> bool:
        """Whether it is one of those roles; none named means any."""
        return not ruoli or self.ruolo in ruoli or (self.ruolo == RAPPRESENTANTE and Appartenenza.Ruolo.RESPONSABILE in ruoli)


def incarichi(utente) -> list[Incarico]:
    """The appartenenze and the rappresentanze in force today; asked of the database once for each request."""
    if not utente.is_authenticated:
        return []
    if not hasattr(utente, "_incarichi"):
        campi = ("ente_id", "ente__denominazione", "ente__genere")
        cariche = Carica.objects.che_rappresentano().filter(persona__utente=utente)
        rappresentanze = cariche.order_by().annotate(ruolo=Value(RAPPRESENTANTE)).values_list(*campi, "ruolo")
        appartenenze = utente.appartenenze.filter(Appartenenza.in_corso()).order_by().values_list(*campi, "ruolo")
        utente._incarichi = [Incarico(*riga) for riga in appartenenze.union(rappresentanze)]
    return utente._incarichi


def agisce_per(utente, ente_id, *ruoli: str) -> bool:
    """Whether the person acts for that ente, in one of those roles when any is named."""
    return any(i.ente_id == ente_id and i.vale(ruoli) for i in incarichi(utente))


def enti_di(utente) -> set[UUID]:
    """The enti, by id, that the person acts for in any role."""
    return {i.ente_id for i in incarichi(utente)}


def della_regione(utente) -> bool:
    return any(i.genere == Ente.Genere.REGIONE for i in incarichi(utente))


def puo_gestire(utente, alleanza: Alleanza) -> bool:
    """Who keeps the list of an alleanza: its capofila, the ATS of the territory, the administrator."""
    dell_ats = (*PREPARANO, Appartenenza.Ruolo.ISTRUTTORE)
    return (
        utente.is_superuser
        or agisce_per(utente, alleanza.capofila_id, *PREPARANO)
        or agisce_per(utente, alleanza.ats_id, *dell_ats)
    )
