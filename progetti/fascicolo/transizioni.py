"""The only writers of the state of a paper. Each locks its row, checks table and permission, leaves a Passaggio."""

from django.core.exceptions import PermissionDenied
from django.core.files.base import File
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from conciliazione import notifiche
from conciliazione.canonico import impronta
from conciliazione.models import Passaggio, Utente

from ..models import DaFirmare, Partecipazione
from . import codici, destinatari, permessi
from .stati import TRANSIZIONI


class NonSiPuo(Exception):
    """The paper is in another state than the person believed; `motivo` says so in their words."""

    def __init__(self, motivo: str):
        super().__init__(motivo)
        self.motivo = motivo


def prepara(soggetto: Partecipazione, genere: str, dati: dict, utente: Utente) -> DaFirmare:
    """A new paper that says `dati`. The row of the project must be locked: there is one in force of each kind."""
    carta = DaFirmare.objects.create(
        partecipazione=soggetto,
        genere=genere,
        dati=dati,
        impronta=impronta(dati),
        codice=codici.nuovo(),
        preparato_da=utente,
        preparato_il=timezone.now(),
    )
    _annota(carta, "prepara", "", utente)
    return carta


def prendi(pk, azione: str, utente: Utente, puo) -> DaFirmare:
    """The paper, locked, if this may be done to it. Raises NonSiPuo, PermissionDenied."""
    carte = DaFirmare.objects.select_for_update(of=("self",), no_key=True)
    carta = carte.select_related("partecipazione__progetto__avviso", "partecipazione__progetto__capofila").get(pk=pk)
    if not puo(utente, carta):
        raise PermissionDenied
    if carta.stato not in TRANSIZIONI[azione][0]:
        raise NonSiPuo(f"Il documento è «{carta.get_stato_display()}»: questa operazione non è più possibile.")
    return carta


def _passa(carta: DaFirmare, azione: str, utente: Utente, motivo: str = "", **campi) -> None:
    prima, carta.stato = carta.stato, TRANSIZIONI[azione][1]
    for campo, valore in campi.items():
        setattr(carta, campo, valore)
    carta.save(update_fields=["stato", *campi])
    _annota(carta, azione, prima, utente, motivo)


def _annota(carta: DaFirmare, azione: str, prima: str, utente: Utente, motivo: str = "") -> None:
    Passaggio.objects.annota(carta, azione, utente, da=prima, a=carta.stato, motivo=motivo)


@transaction.atomic
def segna_inviata(pk, utente: Utente, a: list[str], quando) -> None:
    """It was sent to these addresses; the mail itself is one for all the papers of a soggetto (`invii`)."""
    carta = prendi(pk, "invia", utente, permessi.puo_controllare)
    _passa(carta, "invia", utente, ", ".join(a)[:300], inviato_il=quando, inviato_a=a)


@transaction.atomic
def consegna(pk, file: File, utente: Utente, *, come: str = "") -> DaFirmare:
    """The signed paper comes back: by who signed it or, for them, by the capofila; `file` is one that was verified.

    When the soggetto itself sends it, the capofila is told to look at it.
    """
    carta = prendi(pk, "consegna_firmato", utente, permessi.puo_consegnare)
    adesso = timezone.now()
    _passa(carta, "consegna_firmato", utente, come, firmato=file, firmato_il=adesso, firmato_da=utente, nota="")
    if not permessi.puo_controllare(utente, carta):
        testo = f"«{carta.partecipazione}» ha consegnato firmato: {carta.get_genere_display()}. È da controllare."
        _avvisa(destinatari.del_capofila(carta.partecipazione.progetto), carta, "consegnata", testo, adesso)
    return carta


@transaction.atomic
def rimanda(pk, nota: str, utente: Utente) -> DaFirmare:
    """Not as it should be (a signature is missing, a page is cut): back to who signed it, with the reason."""
    carta = prendi(pk, "rimanda_indietro", utente, permessi.puo_controllare)
    _passa(carta, "rimanda_indietro", utente, nota, nota=nota, ricevuto_il=None, ricevuto_da=None)
    testo = f"Il documento «{carta.get_genere_display()}» va consegnato di nuovo: {nota}"
    _avvisa(destinatari.utenti(carta.partecipazione), carta, "rimandata", testo, timezone.now())
    return carta


@transaction.atomic
def ricevi(pk, utente: Utente) -> DaFirmare:
    """The capofila has looked at it: it is in order."""
    carta = prendi(pk, "ricevi", utente, permessi.puo_controllare)
    _passa(carta, "ricevi", utente, ricevuto_il=timezone.now(), ricevuto_da=utente)
    return carta


@transaction.atomic
def annulla(pk, motivo: str, utente: Utente) -> DaFirmare:
    """It holds no more; what was signed stays, and can still be read."""
    carta = prendi(pk, "annulla", utente, permessi.puo_controllare)
    _passa(carta, "annulla", utente, motivo, nota=motivo[:300])
    return carta


def _avvisa(utenti, carta: DaFirmare, fatto: str, testo: str, quando) -> None:
    url = reverse("progetti:carta_da_firmare", args=[carta.partecipazione.progetto_id, carta.pk])
    detto = f"{testo} (progetto «{carta.partecipazione.progetto}»)"
    notifiche.avvisa(utenti, chiave=f"carta:{carta.pk}:{fatto}:{quando.isoformat()}", testo=detto[:500], url=url)
