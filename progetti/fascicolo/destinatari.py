"""To whom the papers of a soggetto go."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from alleanze.models import Appartenenza, Carica
from alleanze.models.enti import PREPARANO
from conciliazione.models import Utente

from ..models import Incaricato, Partecipazione, Progetto


def utenti(soggetto: Partecipazione) -> QuerySet[Utente]:
    """Who prepares for the ente, who represents it, who was let in to fill its part."""
    incaricati = Incaricato.objects.filter(Incaricato.in_corso(), partecipazione=soggetto)
    return _di(soggetto.ente_id, Q(pk__in=incaricati.values("utente")))


def del_capofila(progetto: Progetto) -> QuerySet[Utente]:
    return _di(progetto.capofila_id)


def _di(ente_id, altri: Q | None = None) -> QuerySet[Utente]:
    agiscono = Appartenenza.objects.filter(Appartenenza.in_corso(), ente=ente_id, ruolo__in=PREPARANO, utente=OuterRef("pk"))
    rappresentano = Carica.objects.che_rappresentano().filter(ente=ente_id, persona__utente=OuterRef("pk"))
    chi = Q(Exists(agiscono)) | Q(Exists(rappresentano))
    return Utente.objects.filter(chi | altri if altri else chi, is_active=True).order_by("pk")


def altri_indirizzi(soggetto: Partecipazione, gia: set[str]) -> list[str]:
    """Who has no account: the referenti of the scheda and the ente itself; its PEC only when there is nobody else."""
    referenti = [r.email.strip() for r in soggetto.referenti.all() if "@" in r.email]
    trovati = {indirizzo.lower() for indirizzo in [*referenti, soggetto.ente.email] if indirizzo} - gia
    if not trovati and not gia and soggetto.ente.pec:
        trovati = {soggetto.ente.pec.lower()}
    return sorted(trovati)
