"""Making the papers of a project: for all its soggetti at once, and again when what they say has changed."""

from dataclasses import dataclass, field

from django.db import transaction

from conciliazione.models import Utente
from conciliazione.passaggi import prendi
from conciliazione.schede.canonico import impronta

from ..models import DaFirmare, Partecipazione, Progetto
from . import permessi, transizioni
from .dati import Fonte, cambiamenti
from .stati import FIRMATI, NON_FIRMATI

NON_DOVUTA = "non è più dovuta: è cambiato il ruolo o il cofinanziamento del soggetto"


@dataclass
class Preparate:
    """What «prepara» has done: papers made, made again, annulled; and those, signed, that it did not touch."""

    nuove: list[DaFirmare] = field(default_factory=list)
    rifatte: list[DaFirmare] = field(default_factory=list)
    annullate: list[DaFirmare] = field(default_factory=list)
    firmate_da_rifare: list[DaFirmare] = field(default_factory=list)

    @property
    def niente(self) -> bool:
        return not (self.nuove or self.rifatte or self.annullate)


def in_vigore(progetto: Progetto) -> list[DaFirmare]:
    carte = DaFirmare.objects.in_vigore().filter(partecipazione__progetto=progetto)
    return list(carte.select_related("firmato_da", "ricevuto_da", "preparato_da"))


@transaction.atomic
def prepara(progetto: Progetto, utente: Utente) -> Preparate:
    """Make the papers that all soggetti have to sign, as the scheda is now; what is right already stays as it is.

    A paper that nobody signed is annulled and made again when it says something else. A signed one is never touched: it is
    told that it should be made again (`rifai`).
    """
    prendi(Progetto.objects, progetto.pk, utente=utente, puo=permessi.puo_preparare)
    fonte, fatte = Fonte(progetto), Preparate()
    correnti = {(c.partecipazione_id, c.genere): c for c in in_vigore(progetto)}
    for soggetto in fonte.soggetti:
        dovute = fonte.dovute(soggetto)
        for genere in DaFirmare.Genere.values:
            corrente = correnti.get((soggetto.pk, genere))
            if genere in dovute:
                _prepara_una(fonte, soggetto, genere, corrente, fatte, utente)
            elif corrente and corrente.stato in NON_FIRMATI:
                fatte.annullate.append(transizioni.annulla(corrente.pk, NON_DOVUTA, utente))
    return fatte


def _prepara_una(
    fonte: Fonte, soggetto: Partecipazione, genere: str, corrente: DaFirmare | None, fatte: Preparate, utente: Utente
) -> None:
    dati = fonte.dati(soggetto, genere)
    if corrente is None:
        fatte.nuove.append(transizioni.prepara(soggetto, genere, dati, utente))
    elif corrente.stato in FIRMATI:
        if cambiamenti(corrente.dati, dati, firmata=True):
            fatte.firmate_da_rifare.append(corrente)
    elif corrente.impronta != impronta(dati):
        fatte.rifatte.append(_rifai(corrente, soggetto, dati, utente))


def _rifai(corrente: DaFirmare, soggetto: Partecipazione, dati: dict, utente: Utente) -> DaFirmare:
    motivi = cambiamenti(corrente.dati, dati, firmata=False)
    transizioni.annulla(corrente.pk, f"rifatta: {'; '.join(motivi)}" if motivi else "rifatta", utente)
    return transizioni.prepara(soggetto, corrente.genere, dati, utente)


@transaction.atomic
def rifai(carta: DaFirmare, utente: Utente) -> DaFirmare | None:
    """Annul one paper, signed or not, and make it again as the scheda is now; None when it is due no more."""
    progetto = carta.partecipazione.progetto
    prendi(Progetto.objects, progetto.pk, utente=utente, puo=permessi.puo_preparare)
    fonte = Fonte(progetto)
    soggetto = next(s for s in fonte.soggetti if s.pk == carta.partecipazione_id)
    if carta.genere not in fonte.dovute(soggetto):
        transizioni.annulla(carta.pk, NON_DOVUTA, utente)
        return None
    return _rifai(carta, soggetto, fonte.dati(soggetto, carta.genere), utente)
