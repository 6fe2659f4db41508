"""To whom the papers of a soggetto go."""

from alleanze.permessi import PREPARANO, di_ente
from conciliazione.models import Utente

from ..models import Incaricato, Partecipazione, Progetto


def utenti(soggetto: Partecipazione) -> list[Utente]:
    """Who prepares for the ente, who represents it, who was let in to fill its part; each once."""
    incaricati = Incaricato.objects.filter(Incaricato.in_corso(), partecipazione=soggetto, utente__is_active=True)
    trovati = [*di_ente(soggetto.ente_id, *PREPARANO), *(i.utente for i in incaricati.select_related("utente").order_by("pk"))]
    return list({utente.pk: utente for utente in trovati}.values())


def del_capofila(progetto: Progetto) -> list[Utente]:
    return di_ente(progetto.capofila_id, *PREPARANO)


def altri_indirizzi(soggetto: Partecipazione, gia: set[str]) -> list[str]:
    """Who has no account: the referenti of the scheda and the ente itself; its PEC only when there is nobody else."""
    referenti = [r.email.strip() for r in soggetto.referenti.all() if "@" in r.email]
    trovati = {indirizzo.lower() for indirizzo in [*referenti, soggetto.ente.email] if indirizzo} - gia
    if not trovati and not gia and soggetto.ente.pec:
        trovati = {soggetto.ente.pec.lower()}
    return sorted(trovati)
