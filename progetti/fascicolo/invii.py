"""Sending the papers: one message for each soggetto, with all that it has to sign; not more than once an hour again."""

from dataclasses import dataclass, field
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from conciliazione.messaggi import notifiche, posta
from conciliazione.models import Utente
from conciliazione.passaggi import prendi
from conciliazione.templatetags.italiano import data_ora, elenco_it

from ..models import DaFirmare, Partecipazione, Progetto
from ..permessi import chi_scrive
from . import permessi, transizioni
from .stati import Stato

ATTESA = timedelta(hours=1)
"""Between one sending of the same papers and the next."""


@dataclass
class Inviate:
    """To whom the papers went; who has no address; to whom they went too short a while ago (and when they may go again)."""

    mandate: list[str] = field(default_factory=list)
    senza_indirizzo: list[str] = field(default_factory=list)
    troppo_presto: list[tuple[str, str]] = field(default_factory=list)


@transaction.atomic
def invia(progetto: Progetto, utente: Utente, *, di_nuovo_a: Partecipazione | None = None) -> Inviate:
    """Send what was prepared and not sent yet, to all; or to one soggetto all that it has still to sign, once more."""
    # Two clicks are one sending: the second finds nothing left to send.
    prendi(Progetto.objects, progetto.pk, utente=utente, puo=permessi.puo_preparare)
    fatto = Inviate()
    carte = DaFirmare.objects.non_firmati().filter(partecipazione__progetto=progetto)
    if not di_nuovo_a:
        carte = carte.filter(stato=Stato.PREPARATO)
    soggetti = progetto.partecipazioni.select_related("ente").prefetch_related("referenti")
    for soggetto in soggetti.filter(pk=di_nuovo_a.pk) if di_nuovo_a else soggetti:
        sue = list(carte.filter(partecipazione=soggetto))
        if sue:
            soggetto.progetto = progetto
            _manda(soggetto, sue, utente, fatto)
    return fatto


def _manda(soggetto: Partecipazione, carte: list[DaFirmare], utente: Utente, fatto: Inviate) -> None:
    adesso = timezone.now()
    gia = [carta.inviato_il for carta in carte if carta.inviato_il]
    # Papers never sent go at once, whatever went before.
    if len(gia) == len(carte) and max(gia) > adesso - ATTESA:
        fatto.troppo_presto.append((str(soggetto), data_ora(max(gia) + ATTESA)))
        return
    persone = chi_scrive([soggetto])[str(soggetto.pk)]
    altri = _altri_indirizzi(soggetto, {p.email.lower() for p in persone})
    if not persone and not altri:
        fatto.senza_indirizzo.append(str(soggetto))
        return
    _dillo(soggetto, carte, persone, altri, adesso)
    for carta in carte:
        transizioni.segna_inviata(carta.pk, utente, sorted([*(p.email for p in persone), *altri]), adesso)
    fatto.mandate.append(str(soggetto))


def _altri_indirizzi(soggetto: Partecipazione, gia: set[str]) -> list[str]:
    """Who has no account: the referenti of the scheda and the ente itself; its PEC only when there is nobody else."""
    referenti = [r.email.strip() for r in soggetto.referenti.all() if "@" in r.email]
    trovati = {indirizzo.lower() for indirizzo in [*referenti, soggetto.ente.email] if indirizzo} - gia
    if not trovati and not gia and soggetto.ente.pec:
        trovati = {soggetto.ente.pec.lower()}
    return sorted(trovati)


def _dillo(soggetto: Partecipazione, carte: list[DaFirmare], persone: list[Utente], altri: list[str], adesso) -> None:
    """Who has an account behind the bell and as they chose; the other addresses by mail, with the way to come in."""
    url = reverse("progetti:fascicolo", args=[soggetto.progetto_id])
    nomi = [carta.get_genere_display() for carta in carte]
    testo = f"{soggetto} deve firmare per il progetto «{soggetto.progetto}»: {elenco_it(nomi)}. Scarica, firma e riconsegna."
    chiave = f"fascicolo:{soggetto.pk}:{adesso.isoformat()}"
    notifiche.avvisa(persone, chiave=chiave, testo=testo[:500], url=url, scade_il=soggetto.progetto.avviso.chiude_il)
    contesto = {"soggetto": soggetto, "progetto": soggetto.progetto, "nomi": nomi, "url": f"{settings.INDIRIZZO_PUBBLICO}{url}"}
    posta.invia("fascicolo", altri, contesto)
