"""The only writers of the state of a request: each locks its rows, checks table and permission, leaves a Passaggio."""

from decimal import Decimal

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from alleanze.models import Ente
from alleanze.permessi import di_ente
from conciliazione.importi import scrivi_euro
from conciliazione.models import Passaggio, Utente
from conciliazione.notifiche import avvisa

from . import denaro, permessi
from .models import MisuraIncentivo, RichiestaIncentivo
from .stati import TRANSIZIONI, Incentivo


class NonPossibile(Exception):
    """It cannot be done now; the words say why, and what to do."""


def _blocca(pk, azione: str) -> RichiestaIncentivo:
    """The measure, the firm, then the request: the money of a measure is decided upon by one person at a time, and so is
    what a firm has in three years, from whatever measure (de minimis)."""
    misura, ente = RichiestaIncentivo.objects.values_list("misura", "ente").get(pk=pk)
    MisuraIncentivo.objects.select_for_update(no_key=True).get(pk=misura)
    Ente.objects.select_for_update(no_key=True).get(pk=ente)
    richieste = RichiestaIncentivo.objects.select_for_update(of=("self",), no_key=True)
    richiesta = richieste.select_related("misura__progetto", "ente").get(pk=pk)
    if richiesta.stato not in TRANSIZIONI[azione][0]:
        raise NonPossibile(f"La richiesta è «{richiesta.get_stato_display()}»: questa operazione non è più possibile.")
    return richiesta


def _passa(richiesta: RichiestaIncentivo, azione: str, utente: Utente, motivo: str = "") -> None:
    prima, richiesta.stato = richiesta.stato, TRANSIZIONI[azione][1]
    richiesta.save()
    Passaggio.objects.annota(richiesta, azione, utente, da=prima, a=richiesta.stato, motivo=motivo)


def _dille(richiesta: RichiestaIncentivo, ente_id, che_cosa: str) -> None:
    url = reverse("voucher:richiesta", args=[richiesta.pk])
    avvisa(di_ente(ente_id), chiave=f"incentivo:{richiesta.pk}:{richiesta.stato}", testo=che_cosa, url=url)


@transaction.atomic
def avvia(pk, utente: Utente) -> RichiestaIncentivo:
    """The firm begins its experiment, and the capofila knows."""
    richiesta = _blocca(pk, "avvia")
    if not permessi.puo_compilare(utente, richiesta):
        raise PermissionDenied
    if not _aperta(richiesta.misura):
        raise NonPossibile("La misura non è aperta: guarda da quando a quando si può aderire.")
    _passa(richiesta, "avvia", utente)
    _dille(richiesta, richiesta.misura.progetto.capofila_id, f"{richiesta.ente} comincia a sperimentare «{richiesta.misura}».")
    return richiesta


def _aperta(misura: MisuraIncentivo) -> bool:
    adesso = timezone.now()
    return misura.pubblicata and (misura.apre_il is None or misura.apre_il <= adesso) and not chiusa(misura)


def chiusa(misura: MisuraIncentivo) -> bool:
    return misura.chiude_il is not None and misura.chiude_il <= timezone.now()


@transaction.atomic
def presenta(pk, utente: Utente, dichiara: bool) -> RichiestaIncentivo:
    """At the end of the experiment the firm asks for its incentive, and who answers for it declares its aids.

    Raises NonPossibile with what is missing.
    """
    richiesta = _blocca(pk, "presenta")
    if not permessi.puo_dichiarare(utente, richiesta):
        raise PermissionDenied
    if mancano := che_cosa_manca(richiesta, dichiara):
        raise NonPossibile(" ".join(mancano))
    richiesta.presentata_il = timezone.now()
    if richiesta.misura.de_minimis:
        richiesta.dichiarata_il, richiesta.dichiarata_da = richiesta.presentata_il, utente
    _passa(richiesta, "presenta", utente)
    _dille(richiesta, richiesta.misura.progetto.capofila_id, f"{richiesta.ente} chiede l'incentivo «{richiesta.misura}».")
    return richiesta


def che_cosa_manca(richiesta: RichiestaIncentivo, dichiara: bool = True) -> list[str]:
    """What stands between the firm and its request, each as a sentence that says what to do."""
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
    """Grant an amount, by an act. Raises NonPossibile when a limit does not let it, with its working."""
    richiesta = _blocca(pk, "concedi")
    if not permessi.puo_decidere(utente, richiesta):
        raise PermissionDenied
    if richiesta.misura.de_minimis and not codice_rna:
        raise NonPossibile("È un aiuto de minimis: prima registralo sul Registro nazionale degli aiuti e scrivi il codice COR.")
    for limite in denaro.limiti(richiesta):
        if importo > limite.importo:
            raise NonPossibile(f"{scrivi_euro(importo)} è troppo: {limite.conto}.")
    richiesta.concesso, richiesta.atto, richiesta.codice_rna = importo, atto, codice_rna
    _decidi(richiesta, "concedi", utente, f"{scrivi_euro(importo)}, {atto}")
    _dille(
        richiesta,
        richiesta.ente_id,
        f"«{richiesta.misura}»: concesso a {richiesta.ente} un incentivo di {scrivi_euro(importo)}.",
    )
    return richiesta


@transaction.atomic
def respingi(pk, utente: Utente, motivo: str) -> RichiestaIncentivo:
    richiesta = _blocca(pk, "respingi")
    if not permessi.puo_decidere(utente, richiesta):
        raise PermissionDenied
    richiesta.motivo = motivo
    _decidi(richiesta, "respingi", utente, motivo)
    _dille(richiesta, richiesta.ente_id, f"«{richiesta.misura}»: la richiesta di {richiesta.ente} è stata respinta.")
    return richiesta


def _decidi(richiesta: RichiestaIncentivo, azione: str, utente: Utente, motivo: str) -> None:
    richiesta.decisa_il, richiesta.decisa_da = timezone.now(), utente
    _passa(richiesta, azione, utente, motivo)


@transaction.atomic
def ritira(pk, utente: Utente) -> RichiestaIncentivo:
    richiesta = _blocca(pk, "ritira")
    if not permessi.puo_compilare(utente, richiesta):
        raise PermissionDenied
    era_bozza = richiesta.stato == Incentivo.BOZZA
    _passa(richiesta, "ritira", utente)
    if not era_bozza:
        _dille(
            richiesta, richiesta.misura.progetto.capofila_id, f"{richiesta.ente} ha ritirato la richiesta «{richiesta.misura}»."
        )
    return richiesta
