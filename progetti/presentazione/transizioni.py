"""The only writers of the state of a project. Each locks its row, checks table and permission, leaves a Passaggio."""

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from alleanze.permessi import di_ente
from conciliazione.messaggi import posta
from conciliazione.models import Registro, Utente
from conciliazione.passaggi import Rifiuto, passa, prendi
from conciliazione.schede.segnalazioni import ORDINE, bloccano, controlla
from conciliazione.schede.tipi import Gravita, Segnalazione
from conciliazione.templatetags.italiano import data_ora

from ..contenuto import contenuto, eventi
from ..edizioni import EDIZIONI
from ..models import DaFirmare, Presentazione, Progetto, Versione
from ..permessi import RESPONSABILE
from . import permessi, versioni

REGISTRO = "domande"
PROGETTI = Progetto.objects.select_related("avviso__ats", "alleanza__ats", "capofila")


@transaction.atomic
def presenta(pk, utente: Utente) -> Presentazione:
    """File the scheda: freeze it, give it its number, tell capofila and ATS.

    Raises Rifiuto with the list of what to do, PermissionDenied for who may not file.
    """
    arrivo = timezone.now()
    progetto = prendi(PROGETTI, pk, "presenta", utente, permessi.puo_presentare)
    if not _in_tempo(progetto, arrivo):
        raise Rifiuto("L'avviso non è aperto: la scheda si può presentare solo entro i suoi termini.")
    dati = contenuto(progetto)
    segnalazioni = controlla(EDIZIONI[dati["edizione"]], dati)
    if errori := bloccano(segnalazioni):
        raise Rifiuto(*(s.messaggio for s in errori))
    versione = versioni.congela(progetto, dati, Versione.Origine.PORTALE, segnalazioni, utente)
    passa(progetto, "presenta", utente)
    presentazione = _numera(versione, Presentazione.Canale.PORTALE, arrivo, utente)
    _avvisa(presentazione, progetto)
    return presentazione


def _in_tempo(progetto: Progetto, arrivo) -> bool:
    apre, chiude = progetto.avviso.apre_il, progetto.avviso.chiude_il
    return (apre is None or apre <= arrivo) and (chiude is None or arrivo < chiude)


def _fuori_termini(progetto: Progetto, quando) -> Segnalazione:
    """Whether it counts all the same is for who received it: here it is told."""
    apre, chiude = progetto.avviso.apre_il, progetto.avviso.chiude_il
    chiuso = "si chiude" if chiude and chiude > timezone.now() else "si è chiuso"
    termini = " e ".join(
        f"{verbo} il {data_ora(giorno)}" for verbo, giorno in (("si è aperto", apre), (chiuso, chiude)) if giorno
    )
    messaggio = f"La scheda risulta presentata il {data_ora(quando)}, fuori dai termini: l'avviso {termini}."
    return Segnalazione("filed_outside_window", Gravita.AVVISO, messaggio, titolo="Presentata fuori dai termini")


@transaction.atomic
def registra_presentata_altrove(
    pk,
    utente: Utente,
    *,
    canale: str,
    presentata_il,
    protocollo: str = "",
    protocollo_il=None,
    ricevuta: UploadedFile | None = None,
) -> Presentazione:
    """Record a filing made by PEC, on Bandi online or by hand: the same state, and the same life from here on.

    What was filed is what it is: segnalazioni are frozen with the version and block nothing.
    """
    progetto = prendi(PROGETTI, pk, "registra_presentata_altrove", utente, permessi.puo_presentare)
    dati = contenuto(progetto)
    segnalazioni = controlla(EDIZIONI[dati["edizione"]], dati)
    if not _in_tempo(progetto, presentata_il):
        segnalazioni = sorted([*segnalazioni, _fuori_termini(progetto, presentata_il)], key=lambda s: ORDINE.index(s.gravita))
    versione = versioni.congela(progetto, dati, Versione.Origine.ALTROVE, segnalazioni, utente)
    detto = Presentazione.Canale(canale).label
    passa(progetto, "registra_presentata_altrove", utente, f"{detto}, protocollo {protocollo}" if protocollo else detto)
    altrove = {"protocollo": protocollo, "protocollo_il": protocollo_il, "ricevuta": ricevuta or ""}
    presentazione = _numera(versione, canale, presentata_il, utente, **altrove)
    _avvisa(presentazione, progetto)
    return presentazione


@transaction.atomic
def acquisisci_da_carta(pk, utente: Utente | None = None) -> Versione:
    """Freeze a scheda taken from paper as it is, with its contradictions told and nothing mended."""
    progetto = prendi(PROGETTI, pk, "acquisisci_da_carta")
    dati = contenuto(progetto)
    segnalazioni = controlla(EDIZIONI[dati["edizione"]], dati)
    versione = versioni.congela(progetto, dati, Versione.Origine.CARTA, segnalazioni, utente)
    passa(progetto, "acquisisci_da_carta", utente)
    return versione


@transaction.atomic
def riapri(pk, utente: Utente) -> Progetto:
    """Withdraw a filing before the window closes, to make it again: version and number stay, marked withdrawn."""
    progetto = prendi(PROGETTI, pk, "riapri", utente, permessi.puo_riaprire)
    presentazione = Presentazione.objects.filter(versione__progetto=progetto, ritirata_il=None).last()
    if presentazione:
        presentazione.ritirata_il = timezone.now()
        presentazione.save(update_fields=["ritirata_il"])
        _avvisa_del_ritiro(presentazione, progetto, utente)
    passa(progetto, "riapri", utente)
    return progetto


@transaction.atomic
def elimina(pk, utente: Utente) -> str:
    """Throw away a draft that was opened by mistake; its rows stay in the history. Returns its title.

    Raises Rifiuto when it is not only the capofila's any more.
    """
    progetto = prendi(PROGETTI, pk, "elimina", utente, permessi.puo_eliminare)
    if motivo := perche_resta(progetto):
        raise Rifiuto(motivo)
    titolo = str(progetto)
    # Cofinancing holds its action: it goes first.
    progetto.cofinanziamento_righe.all().delete()
    progetto.delete()
    return titolo


def perche_resta(progetto: Progetto) -> str:
    """Return why a draft cannot be thrown away; "" when it can."""
    if progetto.versioni.exists():
        return "La scheda è già stata presentata una volta: le sue versioni e i suoi numeri restano, e lei con loro."
    if eventi.confermata_da_qualcuno(progetto):
        return "Un partner ha già confermato i suoi dati e le sue cifre: la scheda non è più solo del capofila."
    if eventi.scritta_da_altri(progetto):
        return "Un partner ha già scritto nella scheda: non è più solo del capofila."
    if DaFirmare.objects.filter(partecipazione__progetto=progetto).exclude(firmato="").exists():
        return "Un soggetto ha già consegnato documenti firmati: la scheda resta, e loro con lei."
    return ""


def _numera(versione: Versione, canale: str, quando, utente, **altro) -> Presentazione:
    """The number is the last thing: the counter stays locked until commit."""
    anno = timezone.localtime(quando).year
    return Presentazione.objects.create(
        versione=versione,
        canale=canale,
        presentata_il=quando,
        presentata_da=utente,
        registro=REGISTRO,
        anno=anno,
        numero=Registro.prossimo(REGISTRO, anno),
        **altro,
    )


def _avvisa(presentazione: Presentazione, progetto: Progetto) -> None:
    contesto = {"presentazione": presentazione, "versione": presentazione.versione, "progetto": progetto}
    posta.invia("presentata", _indirizzi(progetto.capofila_id), contesto)
    posta.invia("presentata_ats", _indirizzi(_ats(progetto)), contesto)


def _avvisa_del_ritiro(presentazione: Presentazione, progetto: Progetto, utente: Utente) -> None:
    """Who was to examine it, and who could have filed it: not who has just withdrawn it."""
    contesto = {"presentazione": presentazione, "progetto": progetto, "utente": utente}
    altri = set(_indirizzi(progetto.capofila_id, RESPONSABILE)) - {utente.email}
    posta.invia("ritirata", list(altri), contesto)
    posta.invia("ritirata_ats", _indirizzi(_ats(progetto)), contesto)


def _ats(progetto: Progetto):
    return progetto.avviso.ats_id or (progetto.alleanza.ats_id if progetto.alleanza else None)


def _indirizzi(ente_id, *ruoli: str) -> list[str]:
    """The people who act for an ente today, in one of those roles when any is named."""
    return [utente.email for utente in di_ente(ente_id, *ruoli)] if ente_id else []
