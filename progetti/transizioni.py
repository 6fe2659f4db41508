"""The only writers of the state of a project. Each locks its row, checks table and permission, leaves a Passaggio."""

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from alleanze.models import Appartenenza
from conciliazione import posta
from conciliazione.models import Passaggio, Registro, Utente
from conciliazione.schede.segnalazioni import ORDINE, bloccano, controlla
from conciliazione.schede.tipi import Gravita, Segnalazione
from conciliazione.templatetags.italiano import data_ora

from . import permessi, versioni
from .archivio import contenuto
from .edizioni import EDIZIONI
from .models import Presentazione, Progetto, Versione
from .stati import TRANSIZIONI

REGISTRO = "domande"


class NonPresentabile(Exception):
    """The scheda cannot be filed; `motivi` are the things to do, `segnalazioni` those that block."""

    def __init__(self, motivi: list[str], segnalazioni: list[Segnalazione] = ()):
        super().__init__("; ".join(motivi))
        self.motivi, self.segnalazioni = motivi, list(segnalazioni)


def _blocca(pk, azione: str) -> Progetto:
    progetto = (
        Progetto.objects.select_for_update(of=("self",), no_key=True)
        .select_related("avviso__ats", "alleanza__ats", "capofila")
        .get(pk=pk)
    )
    if progetto.stato not in TRANSIZIONI[azione][0]:
        raise NonPresentabile([f"Il progetto è «{progetto.get_stato_display()}»: questa operazione non è più possibile."])
    return progetto


def _passa(progetto: Progetto, azione: str, utente, motivo: str = "") -> None:
    prima, progetto.stato = progetto.stato, TRANSIZIONI[azione][1]
    progetto.save(update_fields=["stato", "modificato_il"])
    Passaggio.objects.create(
        tipo=ContentType.objects.get_for_model(Progetto),
        oggetto_id=str(progetto.pk),
        azione=azione,
        da=prima,
        a=progetto.stato,
        utente=utente,
        motivo=motivo,
    )


@transaction.atomic
def presenta(pk, utente: Utente) -> Presentazione:
    """File the scheda: freeze it, give it its number, tell capofila and ATS.

    Raises NonPresentabile with the list of what to do, PermissionDenied for who may not file.
    """
    arrivo = timezone.now()
    progetto = _blocca(pk, "presenta")
    if not permessi.puo_presentare(utente, progetto):
        raise PermissionDenied
    if not _in_tempo(progetto, arrivo):
        raise NonPresentabile(["L'avviso non è aperto: la scheda si può presentare solo entro i suoi termini."])
    dati = contenuto(progetto)
    segnalazioni = controlla(EDIZIONI[dati["edizione"]], dati)
    if errori := bloccano(segnalazioni):
        raise NonPresentabile([s.messaggio for s in errori], errori)
    versione = versioni.congela(progetto, dati, Versione.Origine.PORTALE, segnalazioni, utente)
    _passa(progetto, "presenta", utente)
    presentazione = _numera(versione, Presentazione.Canale.PORTALE, arrivo, utente)
    _avvisa(presentazione, progetto)
    return presentazione


def _in_tempo(progetto: Progetto, arrivo) -> bool:
    apre, chiude = progetto.avviso.apre_il, progetto.avviso.chiude_il
    return (apre is None or apre <= arrivo) and (chiude is None or arrivo < chiude)


def _fuori_termini(progetto: Progetto, quando) -> Segnalazione:
    """Whether it counts all the same is for who received it: here it is told."""
    apre, chiude = progetto.avviso.apre_il, progetto.avviso.chiude_il
    termini = " e ".join(
        f"{verbo} il {data_ora(giorno)}" for verbo, giorno in (("si è aperto", apre), ("si è chiuso", chiude)) if giorno
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
    progetto = _blocca(pk, "registra_presentata_altrove")
    if not permessi.puo_presentare(utente, progetto):
        raise PermissionDenied
    dati = contenuto(progetto)
    segnalazioni = controlla(EDIZIONI[dati["edizione"]], dati)
    if not _in_tempo(progetto, presentata_il):
        segnalazioni = sorted([*segnalazioni, _fuori_termini(progetto, presentata_il)], key=lambda s: ORDINE.index(s.gravita))
    versione = versioni.congela(progetto, dati, Versione.Origine.ALTROVE, segnalazioni, utente)
    _passa(progetto, "registra_presentata_altrove", utente, f"{canale} {protocollo}".strip())
    altrove = {"protocollo": protocollo, "protocollo_il": protocollo_il, "ricevuta": ricevuta or ""}
    presentazione = _numera(versione, canale, presentata_il, utente, **altrove)
    _avvisa(presentazione, progetto)
    return presentazione


@transaction.atomic
def acquisisci_da_carta(pk, utente: Utente | None = None) -> Versione:
    """Freeze a scheda taken from paper as it is, with its contradictions told and nothing mended."""
    progetto = _blocca(pk, "acquisisci_da_carta")
    dati = contenuto(progetto)
    segnalazioni = controlla(EDIZIONI[dati["edizione"]], dati)
    versione = versioni.congela(progetto, dati, Versione.Origine.CARTA, segnalazioni, utente)
    _passa(progetto, "acquisisci_da_carta", utente)
    return versione


@transaction.atomic
def riapri(pk, utente: Utente) -> Progetto:
    """Withdraw a filing before the window closes, to make it again: version and number stay, marked withdrawn."""
    progetto = _blocca(pk, "riapri")
    if not permessi.puo_riaprire(utente, progetto):
        raise PermissionDenied
    ultime = Presentazione.objects.filter(versione__progetto=progetto, ritirata_il=None)
    ultime.update(ritirata_il=timezone.now())
    _passa(progetto, "riapri", utente)
    return progetto


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
    ats = progetto.avviso.ats_id or (progetto.alleanza.ats_id if progetto.alleanza else None)
    posta.invia("presentata_ats", _indirizzi(ats), contesto)


def _indirizzi(ente_id) -> list[str]:
    """The people who act for an ente today."""
    if ente_id is None:
        return []
    return list(
        Utente.objects.filter(Appartenenza.in_corso("appartenenze__"), appartenenze__ente=ente_id, is_active=True)
        .distinct()
        .values_list("email", flat=True)
    )
