"""Who acts for which ente: the one place that knows the three ways of it."""

from dataclasses import dataclass
from functools import lru_cache
from uuid import UUID

from django.db import connection
from django.db.models import F, Q, QuerySet, Value
from django.utils import timezone

from conciliazione.accesso import ricordi

from .accordi import Mandato
from .enti import PREPARANO, Appartenenza, Ente
from .persone import Carica

Ruolo = Appartenenza.Ruolo
RAPPRESENTANTE = "legale rappresentante"
MANDATARIO = "per mandato"
DELL_ATS = (*PREPARANO, Ruolo.ISTRUTTORE)
"""Who in an ATS receives what is sent to it."""
COME = {RAPPRESENTANTE: Ruolo.RESPONSABILE, MANDATARIO: Ruolo.OPERATORE}
"""What who represents an ente, or acts for it by mandate, may do: as much as somebody in this role."""


def vale(ruolo: str, ruoli: tuple[str, ...]) -> bool:
    """Whether it is one of those roles; none named means any, but that of the esperto, who answers and nothing else."""
    return COME.get(ruolo, ruolo) in ruoli if ruoli else ruolo != Ruolo.ESPERTO


def agiscono(*ruoli: str, esperti: bool = False, dell_ente: tuple[str, ...] = ()) -> list[QuerySet]:
    """Return who acts today in one of those roles: by having it, by representing the ente, by a mandate to another ente.

    A query for each way. Its rows say the person (`chi`), the ente (`per`) and the way (`incarico`), with these fields of
    the ente. Where no role is named, the esperti are there only if they are asked for.
    """
    di_ruolo = Q(ruolo__in=ruoli) if ruoli else Q() if esperti else ~Q(ruolo=Ruolo.ESPERTO)
    modi = [("utente", "ente", F("ruolo"), Appartenenza.objects.filter(Appartenenza.in_corso(), di_ruolo))]
    if vale(RAPPRESENTANTE, ruoli):
        con_account = Carica.objects.che_rappresentano().exclude(persona__utente=None)
        modi.append(("persona__utente", "ente", Value(RAPPRESENTANTE), con_account))
    if vale(MANDATARIO, ruoli):
        persone = "mandatario__appartenenze__"
        preparano = {f"{persone}ruolo__in": PREPARANO}
        mandati = Mandato.objects.filter(Mandato.in_corso(), Appartenenza.in_corso(persone), **preparano)
        modi.append((f"{persone}utente", "mandante", Value(MANDATARIO), mandati))
    return [
        righe.order_by().annotate(
            chi=F(chi), per=F(ente), incarico=incarico, **{campo: F(f"{ente}__{campo}") for campo in dell_ente}
        )
        for chi, ente, incarico, righe in modi
    ]


@dataclass(frozen=True)
class Incarico:
    """A person acts for an ente today, in a role; who represents it does what a responsabile does."""

    ente_id: UUID
    ente: str
    genere: str
    ruolo: str

    def vale(self, ruoli: tuple[str, ...]) -> bool:
        """Whether it is one of those roles; none named means any, but that of the esperto, who answers and nothing else."""
        return vale(self.ruolo, ruoli)

    @property
    def prepara(self) -> bool:
        """Whether it is that of who writes for the ente; for an ATS, also of who examines."""
        return self.vale(DELL_ATS if self.genere == Ente.Genere.ATS else PREPARANO)


def incarichi(utente) -> list[Incarico]:
    """Return for whom the person acts: all of its incarichi, or those for the one ente that it chose to act for."""
    solo = utente.agisce_solo_per if utente.is_authenticated else None
    return [i for i in tutti_gli_incarichi(utente) if solo is None or i.ente_id == solo]


def tutti_gli_incarichi(utente) -> list[Incarico]:
    """Appartenenze, rappresentanze and mandates in force today; asked of the database once for each request."""
    if not utente.is_authenticated:
        return []
    ricordati = ricordi(utente)
    if "incarichi" not in ricordati:
        sql, parametri = _per_chi(timezone.localdate())
        with connection.cursor() as cursore:
            cursore.execute(sql, [utente.pk if p == DI_CHI else p for p in parametri])
            ricordati["incarichi"] = [Incarico(*riga) for riga in cursore.fetchall()]
    return ricordati["incarichi"]


DI_CHI = -1
"""Stands for the person in a question that is the same for all."""


@lru_cache(maxsize=1)
def _per_chi(oggi) -> tuple[str, tuple]:
    """The question, with its parameters, put together once a day: it is asked in every request, and that took longer."""
    modi = agiscono(esperti=True, dell_ente=("denominazione", "genere"))
    primo, *altri = (m.filter(chi=DI_CHI).values_list("per", "denominazione", "genere", "incarico") for m in modi)
    return primo.union(*altri).query.sql_with_params()
