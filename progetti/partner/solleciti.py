"""Asking the soggetti for what is missing: by a click of the capofila, and by itself before the deadline.

Never twice: the row of the project is locked, and a click finds what the one before it has sent.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from alleanze.permessi import PREPARANO, di_ente
from conciliazione.messaggi import posta
from conciliazione.messaggi.notifiche import avvisa
from conciliazione.models import Utente
from conciliazione.passaggi import prendi
from conciliazione.templatetags.italiano import data_ora, elenco_it

from ..edizioni import EDIZIONI
from ..models import Progetto, Sollecito
from ..permessi import puo_compilare
from ..scheda.pagina import Pagina
from ..stati import MODIFICABILI
from . import tabellone

PROGETTI = Progetto.objects.select_related("avviso", "alleanza", "capofila")
UN_ORA = timedelta(hours=1)
GIORNI_PRIMA = (7, 3, 1)
ORA_DEI_SOLLECITI = 9
"""Hour of Italy from which, on those days, the portal reminds by itself."""


@dataclass
class Esito:
    """What became of each soggetto, by name: reminded; reminded less than an hour ago; with nobody to write to; in order."""

    mandati: list[str] = field(default_factory=list)
    gia: list[Sollecito] = field(default_factory=list)
    senza_recapito: list[str] = field(default_factory=list)
    in_ordine: list[str] = field(default_factory=list)


@transaction.atomic
def sollecita(pk, utente: Utente, soggetti: Iterable[str], testo: str, adesso: datetime | None = None) -> Esito:
    """Write to who fills in for these soggetti what each of them owes, after the words of the capofila.

    One reminder to a soggetto in an hour. Raises PermissionDenied for who may not, or when the scheda is filed.
    """
    adesso = adesso or timezone.now()
    progetto = prendi(PROGETTI, pk, utente=utente, puo=puo_compilare)
    esito, scelti = Esito(), set(soggetti)
    for riga in in_ritardo(progetto, tutti=True):
        if riga["id"] in scelti:
            _uno(progetto, riga, utente, testo, adesso, esito)
    return esito


def _uno(progetto: Progetto, riga: dict, utente: Utente, testo: str, adesso: datetime, esito: Esito) -> None:
    nome, ultimo = riga["denominazione"], riga["sollecito"]
    if not riga["manca"]:
        esito.in_ordine.append(nome)
    elif ultimo and adesso - ultimo.mandato_il < UN_ORA:
        esito.gia.append(ultimo)
    elif not recapiti(riga):
        esito.senza_recapito.append(nome)
    else:
        sollecito = _annota(riga, utente, testo, adesso)
        avviso = f"{progetto.capofila} ricorda che cosa manca di {nome} nella scheda «{progetto}»."
        _scrivi(progetto, riga, f"sollecito:{sollecito.pk}", avviso, {"testo": testo, "da": utente})
        esito.mandati.append(nome)


def _annota(riga: dict, utente: Utente | None, testo: str, adesso: datetime) -> Sollecito:
    return Sollecito.objects.create(
        partecipazione_id=riga["id"], mandato_da=utente, mandato_il=adesso, a=recapiti(riga), testo=testo
    )


def _scrivi(progetto: Progetto, riga: dict, chiave: str, avviso: str, altro: dict) -> None:
    """People with an account as each of them chose; where nobody has one, the referente that the scheda names."""
    contesto = altro | {"progetto": progetto, "riga": riga, "portale": settings.INDIRIZZO_PUBBLICO}
    scade_il = progetto.avviso.chiude_il
    url = riga["url_parte"]
    avvisa(riga["persone"], chiave=chiave, testo=avviso, url=url, scade_il=scade_il, lettera=("sollecito", contesto))
    if not riga["persone"]:
        posta.invia("sollecito", riga["referenti"], contesto)


def recapiti(riga: dict) -> list[str]:
    """Return to whom a reminder goes."""
    return [u.email for u in riga["persone"]] or riga["referenti"]


def in_ritardo(progetto: Progetto, *, tutti: bool = False) -> list[dict]:
    """Return the rows of the board of who owes something (or of all), the capofila apart; each with its referenti."""
    pagina = Pagina(progetto, AnonymousUser())
    righe = [r for r in tabellone.righe(pagina) if r["ruolo"] != "capofila" and (tutti or r["manca"])]
    return [r | {"referenti": referenti(pagina, r["id"])} for r in righe]


def referenti(pagina: Pagina, soggetto: str) -> list[str]:
    """Return the e-mail addresses of who is to be called for a soggetto: from a table of its scheda or among its answers."""
    in_tabella = [r["email"] for r in pagina.contenuto["referenti"] if r["partecipazione"] == soggetto and r["email"]]
    detti = [risposte.get(soggetto, {}).get("referente_email") for risposte in pagina.contenuto["risposte"].values()]
    return sorted({*in_tabella, *filter(None, detti)})


# Before the deadline.


def prima_della_scadenza(adesso: datetime) -> int:
    """Remind, seven, three and one day before an avviso closes, from nine o'clock; returns how many were told something.

    Each project is a transaction of its own; told again at any later hour of the day it finds that all is said.
    """
    qui = timezone.localtime(adesso)
    if qui.hour < ORA_DEI_SOLLECITI:
        return 0
    aperti = Progetto.objects.filter(stato__in=MODIFICABILI, avviso__chiude_il__gt=adesso, edizione__in=EDIZIONI)
    scadenze = aperti.order_by("pk").values_list("pk", "avviso__chiude_il")
    oggi = [pk for pk, chiude in scadenze if (timezone.localtime(chiude).date() - qui.date()).days in GIORNI_PRIMA]
    return sum(_ricorda(pk, adesso) for pk in oggi)


@transaction.atomic
def _ricorda(pk, adesso: datetime) -> int:
    progetto = prendi(PROGETTI, pk)
    if not progetto.modificabile:
        return 0
    chiude, qui = timezone.localtime(progetto.avviso.chiude_il), timezone.localtime(adesso)
    giorni = (chiude.date() - qui.date()).days
    # The day and the hour are part of it: of a deadline that was put off one is told again.
    chiave = f"scadenza:{pk}:{{}}:{chiude:%Y%m%d%H%M}:{giorni}"
    tardi = in_ritardo(progetto)
    detti = [r for r in tardi if recapiti(r) and not _gia_oggi(r, qui)]
    for riga in detti:
        _annota(riga, None, "", adesso)
        avviso = f"{_quando(giorni)} si chiude l'avviso: mancano ancora cose di {riga['denominazione']} per «{progetto}»."
        _scrivi(progetto, riga, chiave.format(riga["id"]), avviso, {"testo": "", "da": None, "quando": _quando(giorni)})
    return len(detti) + _ricorda_al_capofila(progetto, tardi, chiave.format("capofila"), _quando(giorni))


def _ricorda_al_capofila(progetto: Progetto, tardi: list[dict], chiave: str, quando: str) -> int:
    chi = f"mancano ancora {elenco_it(r['denominazione'] for r in tardi)}" if tardi else "nessun soggetto è in ritardo"
    testo = f"{quando}, il {data_ora(progetto.avviso.chiude_il)}, si chiude l'avviso di «{progetto}»: {chi}."
    persone = di_ente(progetto.capofila_id, *PREPARANO)
    url = reverse("progetti:tabellone", args=[progetto.pk])
    return len(avvisa(persone, chiave=chiave, testo=testo, url=url, scade_il=progetto.avviso.chiude_il))


def _quando(giorni: int) -> str:
    return "Domani" if giorni == 1 else f"Fra {giorni} giorni"


def _gia_oggi(riga: dict, qui: datetime) -> bool:
    """Whether the portal has reminded this soggetto by itself today."""
    propri = Sollecito.objects.filter(partecipazione=riga["id"], mandato_da=None)
    return propri.filter(mandato_il__date=qui.date()).exists()
