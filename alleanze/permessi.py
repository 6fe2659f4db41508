"""What a person may do follows from the enti they act for, and from what those enti are."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Value

from .models import Alleanza, Appartenenza, Carica, Ente, Mandato
from .models.enti import PREPARANO

RAPPRESENTANTE = "legale rappresentante"
MANDATARIO = "per mandato"


COME = {RAPPRESENTANTE: Appartenenza.Ruolo.RESPONSABILE, MANDATARIO: Appartenenza.Ruolo.OPERATORE}
"""What who represents an ente, or acts for it by mandate, may do: as much as somebody in this role."""


@dataclass(frozen=True)
class Incarico:
    """A person acts for an ente today, in a role; who represents it does what a responsabile does."""

    ente_id: UUID
    ente: str
    genere: str
    ruolo: str

    def vale(self, ruoli: tuple[str, ...]) -> bool:
        """Whether it is one of those roles; none named means any."""
        return not ruoli or COME.get(self.ruolo, self.ruolo) in ruoli


def incarichi(utente) -> list[Incarico]:
    """For whom the person acts: all of its incarichi, or those for the one ente that it chose to act for."""
    solo = utente.agisce_solo_per if utente.is_authenticated else None
    return [i for i in tutti_gli_incarichi(utente) if solo is None or i.ente_id == solo]


def tutti_gli_incarichi(utente) -> list[Incarico]:
    """Appartenenze, rappresentanze and mandates in force today; asked of the database once for each request."""
    if not utente.is_authenticated:
        return []
    if not hasattr(utente, "_incarichi"):
        campi = ("ente_id", "ente__denominazione", "ente__genere")
        cariche = Carica.objects.che_rappresentano().filter(persona__utente=utente)
        rappresentanze = cariche.order_by().annotate(ruolo=Value(RAPPRESENTANTE)).values_list(*campi, "ruolo")
        miei = utente.appartenenze.filter(Appartenenza.in_corso()).order_by()
        mandati = Mandato.objects.filter(Mandato.in_corso(), mandatario__in=miei.filter(ruolo__in=PREPARANO).values("ente"))
        per_mandato = mandati.order_by().annotate(ruolo=Value(MANDATARIO)).values_list(*_del_mandante(campi), "ruolo")
        unione = miei.values_list(*campi, "ruolo").union(rappresentanze, per_mandato)
        utente._incarichi = [Incarico(*riga) for riga in unione]
    return utente._incarichi


def _del_mandante(campi: tuple[str, ...]) -> list[str]:
    return [campo.replace("ente", "mandante", 1) for campo in campi]


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
