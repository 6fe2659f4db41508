"""What a person is in a project, and what every feature asks of that. Who may do what is in the `permessi.py` of the feature
that does it: one small predicate for each action, the same for views, templates and transitions.

A person acts for an ente (`alleanze.permessi`); what follows depends on what that ente is in this project.
"""

from collections.abc import Iterable

from alleanze.models import Appartenenza, Ente
from alleanze.permessi import PREPARANO, agisce_per, di_enti, enti_di
from conciliazione.accesso import ricordi
from conciliazione.models import Utente
from conciliazione.schede.lettura import Nascondi

from .models import Incaricato, Partecipazione, Prestito, Progetto

RESPONSABILE = Appartenenza.Ruolo.RESPONSABILE

INVITATO = None
"""In place of the ente, for who was let in to fill the part of one soggetto and acts for nobody else (`Incaricato`)."""


def e_capofila(utente, progetto: Progetto) -> bool:
    """Whether the person acts for the capofila, in any role."""
    return agisce_per(utente, progetto.capofila_id)


def mie_partecipazioni(utente, progetto: Progetto) -> set[str]:
    """Return the soggetti of the project that the person acts for, by id; asked once for each request and project."""
    return set(_partecipazioni(utente, progetto))


def scrivibili(utente, progetto: Progetto) -> set[str]:
    """Return those of them that the person may write for."""
    mie = _partecipazioni(utente, progetto)
    return {pk for pk, ente in mie.items() if ente is INVITATO or agisce_per(utente, ente, *PREPARANO)}


def scrive_per(utente, partecipazione: Partecipazione) -> bool:
    """Whether the person writes for that soggetto, whatever the state of the project allows."""
    return str(partecipazione.pk) in scrivibili(utente, partecipazione.progetto)


def _partecipazioni(utente, progetto: Progetto) -> dict:
    ricordate = ricordi(utente).setdefault("partecipazioni", {})
    if progetto.pk not in ricordate:
        ricorda_partecipazioni(utente, [progetto])
    return ricordate[progetto.pk]


def ricorda_partecipazioni(utente, progetti: list[Progetto]) -> None:
    """Ask of many projects at once, before asking of each."""
    ricordate = ricordi(utente).setdefault("partecipazioni", {})
    ricordate |= {p.pk: {} for p in progetti}
    enti = enti_di(utente)
    mie = Partecipazione.objects.di(utente, enti).filter(progetto__in=progetti)
    for pk, progetto, ente in mie.values_list("pk", "progetto", "ente"):
        ricordate[progetto][str(pk)] = ente if ente in enti else INVITATO


def e_ats(utente, progetto: Progetto) -> bool:
    """Whether the person acts for the ATS that receives the project: of the avviso or, if it is regional, of the territory."""
    return any(agisce_per(utente, ente) for ente in ats_di(progetto))


def puo_leggere_la_scheda(utente, progetto: Progetto) -> bool:
    """Whether the person reads the live scheda: who makes the project, the ATS while it is lent. Others read versions."""
    return fa_la_scheda(utente, progetto) or legge_in_prestito(utente, progetto)


def fa_la_scheda(utente, progetto: Progetto) -> bool:
    """Whether the person acts for one of those who make the project: its capofila, a partner."""
    return e_capofila(utente, progetto) or bool(mie_partecipazioni(utente, progetto))


def legge_in_prestito(utente, progetto: Progetto) -> bool:
    """Whether the person reads the draft only because it is lent to the ATS that it acts for."""
    return prestito_a(utente, progetto) is not None


def prestito_a(utente, progetto: Progetto) -> Prestito | None:
    """Return the loan of the draft to the ATS that the person acts for; asked once for each request and project."""
    if not (e_ats(utente, progetto) and progetto.modificabile):
        return None
    ricordati = ricordi(utente).setdefault("prestiti", {})
    if progetto.pk not in ricordati:
        ricorda_prestiti(utente, [progetto])
    return ricordati[progetto.pk]


def ricorda_prestiti(utente, progetti: list[Progetto]) -> None:
    """Ask of many projects at once, before asking of each; where none can be lent to this person nothing is asked."""
    ricordati = ricordi(utente).setdefault("prestiti", {})
    prestabili = [p for p in progetti if p.modificabile and e_ats(utente, p)]
    ricordati |= {p.pk: None for p in prestabili}
    if prestabili:
        in_corso = Prestito.objects.filter(revocato_il=None, progetto__in=prestabili, ats__in=enti_di(utente))
        ricordati |= {prestito.progetto_id: prestito for prestito in in_corso.select_related("ats")}


def ats_di(progetto: Progetto) -> set:
    """Return the ATS that may have to do with the project, by id: that of the avviso and that of the alleanza."""
    return {progetto.avviso.ats_id, progetto.alleanza.ats_id if progetto.alleanza else None} - {None}


def puo_compilare(utente, progetto: Progetto) -> bool:
    """Whether the person writes the scheda. The capofila writes all of it; a partner's part is then marked «per conto di»."""
    return progetto.modificabile and prepara(utente, progetto)


def prepara(utente, progetto: Progetto) -> bool:
    """Whether writing the scheda is this person's, while the state of the project allows it."""
    return agisce_per(utente, progetto.capofila_id, *PREPARANO)


def e_responsabile(utente, progetto: Progetto) -> bool:
    """Whether filing and withdrawing are this person's, when the state of the project allows them."""
    return agisce_per(utente, progetto.capofila_id, RESPONSABILE)


def puo_leggere_i_dati_personali(utente, progetto: Progetto) -> bool:
    return e_capofila(utente, progetto) or e_ats(utente, progetto)


def nasconde(utente, progetto: Progetto) -> Nascondi:
    """Return, for `leggi`, which personal data this reader does not see. A partner sees its own; the Regione nobody's."""
    if puo_leggere_i_dati_personali(utente, progetto):
        return lambda riga, personale: False
    miei = mie_partecipazioni(utente, progetto)
    return lambda riga, personale: personale and riga not in miei


def capofila_di(utente) -> list[Ente]:
    """Return the enti for which a person may open a scheda: those it prepares or files for, ATS and Regione apart."""
    return list(Ente.objects.di(utente, *PREPARANO).filter(genere=Ente.Genere.ORDINARIO))


def chi_scrive(soggetti: Iterable[Partecipazione]) -> dict[str, list[Utente]]:
    """Return, by soggetto, the people who write and sign for it: who prepares for its ente or represents it, and who was let in
    for it alone; each once.
    """
    enti = {str(soggetto.pk): soggetto.ente_id for soggetto in soggetti}
    degli_enti = di_enti(set(enti.values()), *PREPARANO)
    trovati = {pk: list(degli_enti.get(ente, [])) for pk, ente in enti.items()}
    incaricati = Incaricato.objects.filter(Incaricato.in_corso(), partecipazione__in=enti, utente__is_active=True)
    for incaricato in incaricati.select_related("utente").order_by("pk"):
        suoi = trovati[str(incaricato.partecipazione_id)]
        suoi += [incaricato.utente] if incaricato.utente not in suoi else []
    return trovati
