"""The only writers of the state of a paper. Each locks its row, checks table and permission, leaves a Passaggio."""

from django.core.files.base import File
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from alleanze.permessi import PREPARANO, di_ente
from conciliazione.messaggi import notifiche
from conciliazione.models import Utente
from conciliazione.passaggi import passa, prendi
from conciliazione.schede.canonico import impronta

from ..models import DaFirmare, Partecipazione
from ..permessi import chi_scrive
from . import codici, permessi

CARTE = DaFirmare.objects.select_related("partecipazione__progetto__avviso", "partecipazione__progetto__capofila")


def prepara(soggetto: Partecipazione, genere: str, dati: dict, utente: Utente) -> DaFirmare:
    """Make a new paper that says `dati`. The row of the project must be locked: there is one in force of each kind."""
    carta = DaFirmare.objects.create(
        partecipazione=soggetto,
        genere=genere,
        dati=dati,
        impronta=impronta(dati),
        codice=codici.nuovo(),
        preparato_da=utente,
        preparato_il=timezone.now(),
    )
    passa(carta, "prepara", utente)
    return carta


@transaction.atomic
def segna_inviata(pk, utente: Utente, a: list[str], quando) -> None:
    """Note that it was sent to these addresses; the mail itself is one for all the papers of a soggetto (`invii`)."""
    carta = prendi(CARTE, pk, "invia", utente, permessi.puo_controllare)
    passa(carta, "invia", utente, ", ".join(a)[:300], inviato_il=quando, inviato_a=a)


@transaction.atomic
def consegna(pk, file: File, utente: Utente, *, come: str = "") -> DaFirmare:
    """Bring the signed paper back: by who signed it or, for them, by the capofila; `file` is one that was verified.

    When the soggetto itself sends it, the capofila is told to look at it.
    """
    carta = prendi(CARTE, pk, "consegna_firmato", utente, permessi.puo_consegnare)
    adesso = timezone.now()
    passa(carta, "consegna_firmato", utente, come, firmato=file, firmato_il=adesso, firmato_da=utente, nota="")
    if not permessi.puo_controllare(utente, carta):
        testo = f"«{carta.partecipazione}» ha consegnato firmato: {carta.get_genere_display()}. È da controllare."
        _avvisa(di_ente(carta.partecipazione.progetto.capofila_id, *PREPARANO), carta, "consegnata", testo, adesso)
    return carta


@transaction.atomic
def rimanda(pk, nota: str, utente: Utente) -> DaFirmare:
    """Send it back to who signed it, with the reason: a signature is missing, a page is cut."""
    carta = prendi(CARTE, pk, "rimanda_indietro", utente, permessi.puo_controllare)
    passa(carta, "rimanda_indietro", utente, nota, nota=nota, ricevuto_il=None, ricevuto_da=None)
    testo = f"Il documento «{carta.get_genere_display()}» va consegnato di nuovo: {nota}"
    soggetto = carta.partecipazione
    _avvisa(chi_scrive([soggetto])[str(soggetto.pk)], carta, "rimandata", testo, timezone.now())
    return carta


@transaction.atomic
def ricevi(pk, utente: Utente) -> DaFirmare:
    """Take it as in order, once the capofila has looked at it."""
    carta = prendi(CARTE, pk, "ricevi", utente, permessi.puo_controllare)
    passa(carta, "ricevi", utente, ricevuto_il=timezone.now(), ricevuto_da=utente)
    return carta


@transaction.atomic
def annulla(pk, motivo: str, utente: Utente) -> DaFirmare:
    """Annul it, as it holds no more; what was signed stays, and can still be read."""
    carta = prendi(CARTE, pk, "annulla", utente, permessi.puo_controllare)
    passa(carta, "annulla", utente, motivo, nota=motivo[:300])
    return carta


def _avvisa(utenti, carta: DaFirmare, fatto: str, testo: str, quando) -> None:
    url = reverse("progetti:carta_da_firmare", args=[carta.partecipazione.progetto_id, carta.pk])
    detto = f"{testo} (progetto «{carta.partecipazione.progetto}»)"
    notifiche.avvisa(utenti, chiave=f"carta:{carta.pk}:{fatto}:{quando.isoformat()}", testo=detto[:500], url=url)
