"""Who may write what in a scheda that is being filled: row by row, as it is the capofila's or a partner's own."""

from conciliazione.schede.edizione import PARTNER, Blocco

from ..models import Progetto
from ..permessi import e_capofila, mie_partecipazioni, puo_compilare, scrivibili


def puo_leggere_la_storia(utente, progetto: Progetto) -> bool:
    """Whether the person reads how the scheda came to be: who makes it. To whom the draft is lent, it is lent as it is."""
    return e_capofila(utente, progetto) or bool(mie_partecipazioni(utente, progetto))


def puo_scrivere_riga(utente, progetto: Progetto, blocco: Blocco, riga: dict) -> bool:
    """Whether the person writes the row: the capofila any, a partner its own in the blocks that ask it."""
    if not progetto.modificabile:
        return False
    if puo_compilare(utente, progetto):
        return True
    return blocco.scrive == PARTNER and di_chi(blocco, riga) in scrivibili(utente, progetto)


def puo_aggiungere(utente, progetto: Progetto, blocco: Blocco) -> bool:
    """Whether the person adds rows to a table: the capofila anywhere, a partner where rows have an owner."""
    if not progetto.modificabile or not blocco.si_aggiunge:
        return False
    if puo_compilare(utente, progetto):
        return True
    proprie = scrivibili(utente, progetto) if blocco.scrive == PARTNER and blocco.proprietario else set()
    # What hangs from the row of another is the other's.
    return blocco.della_riga in proprie if appesa_al_padrone(blocco) else bool(proprie)


def appesa_al_padrone(blocco: Blocco) -> bool:
    """Whether this is the part of a table that hangs from the row of the one whose it is."""
    return bool(blocco.della_riga) and blocco.padre == blocco.proprietario


def di_chi(blocco: Blocco, riga: dict) -> str | None:
    """Return the soggetto that a row belongs to."""
    proprietario = blocco.proprietario
    if proprietario:
        return riga.get(proprietario)
    return riga["id"] if blocco.fonte == "partecipazioni" else None


def puo_fissare_l_obiettivo(utente, progetto: Progetto) -> bool:
    """Whether the person sets the contribution hoped for: the capofila. Partners and ATS never see it."""
    return puo_compilare(utente, progetto)
