"""The only writers of the state of a request: each locks its rows, checks table and permission, leaves a Passaggio."""

from decimal import Decimal

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from alleanze.models import Ente
from alleanze.permessi import di_ente
from conciliazione.accesso import Puo
from conciliazione.italiano.importi import scrivi_euro
from conciliazione.messaggi.notifiche import avvisa
from conciliazione.models import Utente
from conciliazione.passaggi import Rifiuto, passa, prendi

from ..models import MisuraIncentivo, RichiestaIncentivo
from . import denaro, permessi
from .stati import Incentivo

RICHIESTE = RichiestaIncentivo.objects.select_related("misura__progetto", "ente")


def _prendi(pk, azione: str, utente: Utente, puo: Puo) -> RichiestaIncentivo:
    """The measure, the firm, then the request: the money of a measure is decided upon by one person at a time, and so is
    what a firm has in three years, from whatever measure (de minimis)."""
    misura, ente = RichiestaIncentivo.objects.values_list("misura", "ente").get(pk=pk)
    prendi(MisuraIncentivo.objects, misura)
    prendi(Ente.objects, ente)
    return prendi(RICHIESTE, pk, azione, utente, puo)


def _dille(richiesta: RichiestaIncentivo, ente_id, che_cosa: str) -> None:
    url = reverse("voucher:richiesta", args=[richiesta.pk])
    avvisa(di_ente(ente_id), chiave=f"incentivo:{richiesta.pk}:{richiesta.stato}", testo=che_cosa, url=url)


@transaction.atomic
def avvia(pk, utente: Utente) -> RichiestaIncentivo:
    """Begin the experiment of the firm, and let the capofila know."""
    richiesta = _prendi(pk, "avvia", utente, permessi.puo_compilare)
    if not _aperta(richiesta.misura):
        raise Rifiuto("La misura non è aperta: guarda da quando a quando si può aderire.")
    passa(richiesta, "avvia", utente)
    _dille(richiesta, richiesta.misura.progetto.capofila_id, f"{richiesta.ente} comincia a sperimentare «{richiesta.misura}».")
    return richiesta


def _aperta(misura: MisuraIncentivo) -> bool:
    adesso = timezone.now()
    return misura.pubblicata and (misura.apre_il is None or misura.apre_il <= adesso) and not chiusa(misura)


def chiusa(misura: MisuraIncentivo) -> bool:
    return misura.chiude_il is not None and misura.chiude_il <= timezone.now()


@transaction.atomic
def presenta(pk, utente: Utente, dichiara: bool) -> RichiestaIncentivo:
    """Ask, at the end of the experiment, for the incentive of the firm, and who answers for it declares its aids.

    Raises Rifiuto with what is missing.
    """
    richiesta = _prendi(pk, "presenta", utente, permessi.puo_dichiarare)
    if mancano := che_cosa_manca(richiesta, dichiara):
        raise Rifiuto(*mancano)
    adesso = timezone.now()
    dichiarata = {"dichiarata_il": adesso, "dichiarata_da": utente} if richiesta.misura.de_minimis else {}
    passa(richiesta, "presenta", utente, presentata_il=adesso, **dichiarata)
    _dille(richiesta, richiesta.misura.progetto.capofila_id, f"{richiesta.ente} chiede l'incentivo «{richiesta.misura}».")
    return richiesta


def che_cosa_manca(richiesta: RichiestaIncentivo, dichiara: bool = True) -> list[str]:
    """Return what stands between the firm and its request, each as a sentence that says what to do."""
    mancano = []
    if richiesta.fine is None or richiesta.fine > timezone.localdate():
        mancano.append("La richiesta si presenta a sperimentazione conclusa: indica la data di fine, non futura.")
    if not richiesta.risultati.strip():
        mancano.append("Racconta che cosa è cambiato con la sperimentazione.")
    if richiesta.richiesto is None:
        mancano.append("Scrivi l'importo che chiedi.")
    if richiesta.misura.percentuale is not None and richiesta.spesa is None:
        mancano.append("Scrivi la spesa sostenuta: l'incentivo è una sua percentuale.")
    if richiesta.misura.de_minimis and not dichiara:
        mancano.append("Serve la dichiarazione sugli aiuti de minimis: spunta la casella.")
    return mancano


@transaction.atomic
def concedi(pk, utente: Utente, importo: Decimal, atto: str, codice_rna: str = "") -> RichiestaIncentivo:
    """Grant an amount, by an act. Raises Rifiuto when a limit does not let it, with its working."""
    richiesta = _prendi(pk, "concedi", utente, permessi.puo_decidere)
    if richiesta.misura.de_minimis and not codice_rna:
        raise Rifiuto("È un aiuto de minimis: prima registralo sul Registro nazionale degli aiuti e scrivi il codice COR.")
    for limite in denaro.limiti(richiesta):
        if importo > limite.importo:
            raise Rifiuto(f"{scrivi_euro(importo)} è troppo: {limite.conto}.")
    decisa = {"concesso": importo, "atto": atto, "codice_rna": codice_rna, "decisa_il": timezone.now(), "decisa_da": utente}
    passa(richiesta, "concedi", utente, f"{scrivi_euro(importo)}, {atto}", **decisa)
    _dille(
        richiesta,
        richiesta.ente_id,
        f"«{richiesta.misura}»: concesso a {richiesta.ente} un incentivo di {scrivi_euro(importo)}.",
    )
    return richiesta


@transaction.atomic
def respingi(pk, utente: Utente, motivo: str) -> RichiestaIncentivo:
    richiesta = _prendi(pk, "respingi", utente, permessi.puo_decidere)
    passa(richiesta, "respingi", utente, motivo, motivo=motivo, decisa_il=timezone.now(), decisa_da=utente)
    _dille(richiesta, richiesta.ente_id, f"«{richiesta.misura}»: la richiesta di {richiesta.ente} è stata respinta.")
    return richiesta


@transaction.atomic
def ritira(pk, utente: Utente) -> RichiestaIncentivo:
    richiesta = _prendi(pk, "ritira", utente, permessi.puo_compilare)
    era_bozza = richiesta.stato == Incentivo.BOZZA
    passa(richiesta, "ritira", utente)
    if not era_bozza:
        _dille(
            richiesta, richiesta.misura.progetto.capofila_id, f"{richiesta.ente} ha ritirato la richiesta «{richiesta.misura}»."
        )
    return richiesta
