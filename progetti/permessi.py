"""Who may do what to a project: one small predicate for each action, the same for views, templates and transitions.

A person acts for an ente (`alleanze.permessi`); what follows depends on what that ente is in this project.
"""

from django.db.models import Q, QuerySet

from alleanze.models import Appartenenza, Ente
from alleanze.permessi import DELL_ATS, PREPARANO, agisce_per, della_regione, enti_di, incarichi
from conciliazione.models import Documento
from conciliazione.schede.edizione import PARTNER, Blocco
from conciliazione.schede.lettura import RISERVATO, Nascondi
from conciliazione.schede.segnalazioni import MANCANTI

from .models import Avviso, Partecipazione, Prestito, Progetto, SchedaSintetica, Versione
from .stati import APPROVATI, PRESENTATI, Stato

RESPONSABILE = Appartenenza.Ruolo.RESPONSABILE


INVITATO = None
"""In place of the ente, for who was let in to fill the part of one soggetto and acts for nobody else (`Incaricato`)."""


def e_capofila(utente, progetto: Progetto) -> bool:
    """Acts for the capofila, in any role."""
    return agisce_per(utente, progetto.capofila_id)


def mie_partecipazioni(utente, progetto: Progetto) -> set[str]:
    """The soggetti of the project that the person acts for, by id; asked once for each request and project."""
    return set(_partecipazioni(utente, progetto))


def _scrivibili(utente, progetto: Progetto) -> set[str]:
    """Those of them that the person may write for."""
    mie = _partecipazioni(utente, progetto)
    return {pk for pk, ente in mie.items() if ente is INVITATO or agisce_per(utente, ente, *PREPARANO)}


def scrive_per(utente, partecipazione: Partecipazione) -> bool:
    """Whether the person writes for that soggetto, whatever the state of the project allows."""
    return str(partecipazione.pk) in _scrivibili(utente, partecipazione.progetto)


def _partecipazioni(utente, progetto: Progetto) -> dict:
    ricordate = utente.__dict__.setdefault("_partecipazioni", {})
    if progetto.pk not in ricordate:
        ricorda_partecipazioni(utente, [progetto])
    return ricordate[progetto.pk]


def ricorda_partecipazioni(utente, progetti: list[Progetto]) -> None:
    """Ask of many projects at once, before asking of each."""
    ricordate = utente.__dict__.setdefault("_partecipazioni", {})
    ricordate |= {p.pk: {} for p in progetti}
    enti = enti_di(utente)
    mie = Partecipazione.objects.di(utente, enti).filter(progetto__in=progetti)
    for pk, progetto, ente in mie.values_list("pk", "progetto", "ente"):
        ricordate[progetto][str(pk)] = ente if ente in enti else INVITATO


def e_ats(utente, progetto: Progetto) -> bool:
    """Acts for the ATS that receives the project: that of the avviso or, for a regional avviso, of the territory."""
    return any(agisce_per(utente, ente) for ente in ats_di(progetto))


def puo_leggere_la_scheda(utente, progetto: Progetto) -> bool:
    """The live scheda is for who makes the project, and for the ATS while it is lent; the others read versions."""
    return fa_la_scheda(utente, progetto) or legge_in_prestito(utente, progetto)


def fa_la_scheda(utente, progetto: Progetto) -> bool:
    """Acts for one of those who make the project: its capofila, a partner."""
    return e_capofila(utente, progetto) or bool(mie_partecipazioni(utente, progetto))


def legge_in_prestito(utente, progetto: Progetto) -> bool:
    """Whether the person reads the draft only because it is lent to the ATS that it acts for."""
    return prestito_a(utente, progetto) is not None


def prestito_a(utente, progetto: Progetto) -> Prestito | None:
    """The loan of the draft to the ATS that the person acts for; asked once for each request and project."""
    if not (e_ats(utente, progetto) and progetto.modificabile):
        return None
    ricordati = utente.__dict__.setdefault("_prestiti", {})
    if progetto.pk not in ricordati:
        ricorda_prestiti(utente, [progetto])
    return ricordati[progetto.pk]


def ricorda_prestiti(utente, progetti: list[Progetto]) -> None:
    """Ask of many projects at once, before asking of each; where none can be lent to this person nothing is asked."""
    ricordati = utente.__dict__.setdefault("_prestiti", {})
    prestabili = [p for p in progetti if p.modificabile and e_ats(utente, p)]
    ricordati |= {p.pk: None for p in prestabili}
    if prestabili:
        in_corso = Prestito.objects.filter(revocato_il=None, progetto__in=prestabili, ats__in=enti_di(utente))
        ricordati |= {prestito.progetto_id: prestito for prestito in in_corso.select_related("ats")}


def puo_prestare(utente, progetto: Progetto) -> bool:
    """To let the ATS read the draft, and to take it back, is of who prepares it; there has to be an ATS."""
    return puo_compilare(utente, progetto) and bool(ats_di(progetto))


def ats_di(progetto: Progetto) -> set:
    """The ATS that may have to do with the project, by id: that of the avviso and that of the alleanza."""
    return {progetto.avviso.ats_id, progetto.alleanza.ats_id if progetto.alleanza else None} - {None}


def puo_sollecitare(utente, progetto: Progetto) -> bool:
    """To ask the soggetti for what is missing is of who prepares the scheda, as long as it is being filled."""
    return puo_compilare(utente, progetto)


def puo_leggere_la_storia(utente, progetto: Progetto) -> bool:
    """How the scheda came to be what it is, is for who makes it: to whom the draft is lent, it is lent as it is."""
    return e_capofila(utente, progetto) or bool(mie_partecipazioni(utente, progetto))


def puo_compilare(utente, progetto: Progetto) -> bool:
    """The capofila writes everything; what belongs to a partner is then marked «per conto di»."""
    return progetto.modificabile and prepara(utente, progetto)


def prepara(utente, progetto: Progetto) -> bool:
    """Whether writing the scheda is this person's, while the state of the project allows it."""
    return agisce_per(utente, progetto.capofila_id, *PREPARANO)


def puo_scrivere_riga(utente, progetto: Progetto, blocco: Blocco, riga: dict) -> bool:
    """The capofila any row, a partner those of its own in the blocks that ask it."""
    if not progetto.modificabile:
        return False
    if puo_compilare(utente, progetto):
        return True
    return blocco.scrive == PARTNER and di_chi(blocco, riga) in _scrivibili(utente, progetto)


def puo_aggiungere(utente, progetto: Progetto, blocco: Blocco) -> bool:
    """New rows in a table: the capofila anywhere, a partner where rows have an owner."""
    if not progetto.modificabile or not blocco.si_aggiunge:
        return False
    if puo_compilare(utente, progetto):
        return True
    proprie = _scrivibili(utente, progetto) if blocco.scrive == PARTNER and getattr(blocco, "proprietario", "") else set()
    # What hangs from the row of another is the other's.
    return blocco.della_riga in proprie if appesa_al_padrone(blocco) else bool(proprie)


def appesa_al_padrone(blocco: Blocco) -> bool:
    """Whether this is the part of a table that hangs from the row of the one whose it is."""
    return bool(getattr(blocco, "della_riga", "")) and blocco.padre == blocco.proprietario


def di_chi(blocco: Blocco, riga: dict) -> str | None:
    """The soggetto that a row belongs to."""
    proprietario = getattr(blocco, "proprietario", "")
    if proprietario:
        return riga.get(proprietario)
    return riga["id"] if blocco.fonte == "partecipazioni" else None


def puo_confermare(utente, partecipazione: Partecipazione) -> bool:
    return partecipazione.progetto.modificabile and str(partecipazione.pk) in _scrivibili(utente, partecipazione.progetto)


def puo_confermare_per_conto(utente, partecipazione: Partecipazione) -> bool:
    """The capofila, for a partner that signed on paper."""
    return puo_compilare(utente, partecipazione.progetto)


def puo_leggere_i_documenti(utente, partecipazione: Partecipazione) -> bool:
    """The signed papers of a soggetto: the capofila and the soggetto itself."""
    progetto = partecipazione.progetto
    return e_capofila(utente, progetto) or str(partecipazione.pk) in mie_partecipazioni(utente, progetto)


def puo_presentare(utente, progetto: Progetto) -> bool:
    """Files a responsabile of the capofila, or who represents it; an operatore prepares."""
    return progetto.modificabile and e_responsabile(utente, progetto)


def e_responsabile(utente, progetto: Progetto) -> bool:
    """Whether filing and withdrawing are this person's, when the state of the project allows them."""
    return agisce_per(utente, progetto.capofila_id, RESPONSABILE)


def puo_eliminare(utente, progetto: Progetto) -> bool:
    """A draft opened by mistake is thrown away by who prepares it; what was filed or shared stays (`transizioni.elimina`)."""
    return progetto.stato == Stato.BOZZA and prepara(utente, progetto)


def puo_copiare(utente, progetto: Progetto) -> bool:
    """A new scheda may begin from this one, whatever its state: for who prepares the schede of its capofila."""
    return prepara(utente, progetto)


def puo_leggere_la_carta(utente, progetto: Progetto) -> bool:
    """An old scheda fills every part of a draft, those of the partners too: it is the capofila's to bring in."""
    return puo_compilare(utente, progetto)


def puo_riaprire(utente, progetto: Progetto) -> bool:
    """A filing may be withdrawn and made again as long as the window is open, by who could file."""
    return e_responsabile(utente, progetto) and progetto.stato == "presentato" and progetto.avviso.aperto


def puo_esportare(utente, progetto: Progetto) -> bool:
    """The PDF has everybody's personal data: capofila and ATS."""
    return e_capofila(utente, progetto) or (progetto.stato in PRESENTATI and e_ats(utente, progetto))


def puo_prendere_la_scheda(utente, progetto: Progetto, miei: list[str] | None) -> bool:
    """A file of the live scheda, for who reads there the same personal data: of these soggetti, or (None) of all."""
    if puo_leggere_i_dati_personali(utente, progetto):
        return puo_leggere_la_scheda(utente, progetto)
    return miei is not None and set(miei) <= mie_partecipazioni(utente, progetto) and puo_leggere_la_scheda(utente, progetto)


def puo_leggere_i_dati_personali(utente, progetto: Progetto) -> bool:
    return e_capofila(utente, progetto) or e_ats(utente, progetto)


def nasconde(utente, progetto: Progetto) -> Nascondi:
    """For `leggi`: which personal data this reader does not see. A partner sees its own; the Regione nobody's."""
    if puo_leggere_i_dati_personali(utente, progetto):
        return lambda riga, personale: False
    miei = mie_partecipazioni(utente, progetto)
    return lambda riga, personale: personale and riga not in miei


def oscura(lettura: dict, nascondi: Nascondi) -> set[tuple[str, str, str]]:
    """Take out of a frozen reading the personal data that this reader does not see; returns their places.

    What is personal was frozen with the reading: today's edition has no say, and what does not tell is hidden.
    """
    return {
        posto
        for sezione in lettura["sezioni"]
        for blocco in sezione["blocchi"]
        for riga in blocco["righe"]
        for posto in _oscura_riga(blocco, riga, riga["id"], nascondi)
    }


def _oscura_riga(blocco: dict, riga: dict, di_chi: str, nascondi: Nascondi) -> set[tuple[str, str, str]]:
    """What hangs from a row belongs to whom the row does."""
    nascosti = set()
    for voce in riga["voci"]:
        if nascondi(di_chi, voce.get("personale", True)):
            voce |= {"testo": RISERVATO, "valore": None, "opzioni": [], "riservata": True, "dichiarato": ""}
            nascosti.add((blocco["chiave"], riga["id"], voce["chiave"]))
    for figlia in riga.get("figlie", ()):
        for sotto in figlia["righe"]:
            nascosti |= _oscura_riga(figlia, sotto, di_chi, nascondi)
    return nascosti


def tace(segnalazioni: list[dict], nascosti: set[tuple[str, str, str]]) -> list[dict]:
    """The frozen segnalazioni without those whose words tell what this reader does not see."""

    def tocca(segnalazione: dict) -> bool:
        return any((p["blocco"], p["riga"], p["campo"]) in nascosti for p in segnalazione["luoghi"])

    return [s for s in segnalazioni if s["regola"] in MANCANTI or not tocca(s)]


def puo_leggere_versione(utente, versione: Versione) -> bool:
    progetto = versione.progetto
    return puo_leggere_la_scheda(utente, progetto) or e_ats(utente, progetto) or della_regione(utente)


def puo_fissare_l_obiettivo(utente, progetto: Progetto) -> bool:
    """The contribution that is hoped for is the capofila's own: partners and ATS never see it."""
    return puo_compilare(utente, progetto)


# Calls.

EMANANO = (Appartenenza.Ruolo.ISTRUTTORE, RESPONSABILE)


def _che_emanano(utente) -> list:
    generi = (Ente.Genere.ATS, Ente.Genere.REGIONE)
    return [i for i in incarichi(utente) if i.genere in generi and i.vale(EMANANO)]


def puo_emanare(utente) -> bool:
    """Makes calls: of its own ATS, or the regional ones."""
    return bool(_che_emanano(utente))


def emananti(utente) -> list[Ente | None]:
    """For whom one may make a call: each ATS of one's own, and None for the Regione."""
    miei = _che_emanano(utente)
    ats = [i.ente_id for i in miei if i.genere == Ente.Genere.ATS]
    regione = [None] if any(i.genere == Ente.Genere.REGIONE for i in miei) else []
    return [*Ente.objects.filter(pk__in=ats).per_elenco(), *regione] if ats else regione


def puo_modificare_l_avviso(utente, avviso: Avviso) -> bool:
    """An ATS only its own, the Regione only the regional ones."""
    di_chi = (i.ente_id if i.genere == Ente.Genere.ATS else None for i in _che_emanano(utente))
    return avviso.ats_id in set(di_chi)


def miei_avvisi(utente) -> QuerySet[Avviso] | None:
    """The calls that one may change; None is nobody's question."""
    miei = _che_emanano(utente)
    if not miei:
        return None
    dell_ats = Q(ats__in=[i.ente_id for i in miei if i.genere == Ente.Genere.ATS])
    regionali = Q(ats=None) if any(i.genere == Ente.Genere.REGIONE for i in miei) else Q(pk=None)
    return Avviso.objects.filter(dell_ats | regionali)


SCRIVONO_SINTESI = (*PREPARANO, Appartenenza.Ruolo.ISTRUTTORE)
"""Who may tell of a project of another body, for an ente of theirs: also those of an ATS."""


def puo_aprire_sintesi(utente) -> bool:
    return any(i.vale(SCRIVONO_SINTESI) for i in incarichi(utente))


def puo_scrivere_sintesi(utente, scheda: SchedaSintetica) -> bool:
    """Of a project here who prepares its scheda, in any state: results come at the end; of another, the ente that tells it."""
    if scheda.progetto:
        return prepara(utente, scheda.progetto)
    return agisce_per(utente, scheda.ente_id, *SCRIVONO_SINTESI)


def puo_pubblicare_sintesi(utente, scheda: SchedaSintetica) -> bool:
    """To tell anyone is decided by a responsabile, and of a project here only once it is approved."""
    if scheda.progetto:
        return scheda.progetto.stato in APPROVATI and e_responsabile(utente, scheda.progetto)
    return agisce_per(utente, scheda.ente_id, RESPONSABILE)


def puo_prendere_sintesi(utente, schede: set[str], vive: set[str]) -> bool:
    """A file of several sheets: who sees all of them and, of those taken from a live scheda, reads it."""
    if SchedaSintetica.objects.visibili_a(utente).filter(pk__in=schede).count() != len(schede):
        return False
    progetti = list(Progetto.objects.filter(pk__in=vive))
    ricorda_partecipazioni(utente, progetti)
    return len(progetti) == len(vive) and all(puo_leggere_la_scheda(utente, p) for p in progetti)


def nella_cartella(utente, progetto: Progetto) -> tuple[frozenset[str], bool, bool]:
    """In the shared folder: which documents one sees (by their visibilita), whether one adds, whether one rules it."""
    tutti, dei_soggetti, dell_ats = Documento.Visibilita.CAPOFILA, Documento.Visibilita.SOGGETTI, Documento.Visibilita.ATS
    if e_capofila(utente, progetto):
        return frozenset({tutti, dei_soggetti, dell_ats}), prepara(utente, progetto), prepara(utente, progetto)
    if mie_partecipazioni(utente, progetto):
        return frozenset({dei_soggetti, dell_ats}), bool(_scrivibili(utente, progetto)), False
    if e_ats(utente, progetto):
        return frozenset({dell_ats}), any(agisce_per(utente, ente, *DELL_ATS) for ente in ats_di(progetto)), False
    return frozenset(), False, False


def capofila_di(utente) -> list[Ente]:
    """The enti for which a person may open a scheda: those it prepares or files for, ATS and Regione apart."""
    return list(Ente.objects.di(utente, *PREPARANO).filter(genere=Ente.Genere.ORDINARIO))
