"""Mail: a name and a context. The row is written with what caused it; a worker sends it, the sweep sees to the rest."""

from datetime import timedelta

from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.utils import timezone

from ..file import lavori
from ..models import Messaggio
from ..models.messaggi import ATTESE, TENTATIVI

LAVORO = "conciliazione.tasks.spedisci"
_POSTA = 0x504F5354
"""First half of the advisory locks of messages («POST»)."""


def invia(nome: str, a: list[str], contesto: dict) -> Messaggio | None:
    """Write the mail `posta/<nome>_{oggetto,testo}.txt`, to be sent when the transaction is committed."""
    if not a:
        return None
    oggetto = render_to_string(f"posta/{nome}_oggetto.txt", contesto)
    return scrivi(a, oggetto, render_to_string(f"posta/{nome}_testo.txt", contesto))


def scrivi(a: list[str], oggetto: str, testo: str) -> Messaggio:
    """Write a mail that is already in words, to be sent when the transaction is committed."""
    messaggio = Messaggio.objects.create(destinatari=sorted(set(a)), oggetto=_una_riga(oggetto), testo=testo)
    _accoda_poi(messaggio.pk)
    return messaggio


def rispedisci(messaggi: QuerySet[Messaggio]) -> int:
    """Put what was not sent back in the queue, with all its attempts; returns how many."""
    non_spediti = list(messaggi.filter(inviato_il=None).values_list("pk", flat=True))
    Messaggio.objects.filter(pk__in=non_spediti).update(tentativi=0, ultimo_tentativo_il=None, errore="")
    for pk in non_spediti:
        _accoda_poi(pk)
    return len(non_spediti)


def _accoda_poi(pk: int) -> None:
    transaction.on_commit(lambda: lavori.accoda(LAVORO, pk))


def _una_riga(testo: str) -> str:
    """A subject takes one line, and not any length; the titles of projects may have more."""
    parole = " ".join(testo.split())
    massimo = Messaggio._meta.get_field("oggetto").max_length
    return parole if len(parole) <= massimo else parole[: massimo - 1] + "…"


def spedisci(pk: int) -> None:
    """Send a message once, as far as a mail server lets one know; not before its time, however often one is told."""
    with lavori.presa(_POSTA, pk) as mia:
        messaggio = Messaggio.objects.filter(pk=pk).first()  # a broker may still tell of one that is no more
        if messaggio is None or not mia or not _e_ora(messaggio):
            return
        # Counted first: a message that takes its worker with it must not do so for ever.
        messaggio.tentativi, messaggio.ultimo_tentativo_il = messaggio.tentativi + 1, timezone.now()
        messaggio.save(update_fields=["tentativi", "ultimo_tentativo_il"])
        try:
            EmailMessage(messaggio.oggetto, messaggio.testo, to=messaggio.destinatari).send()
            messaggio.inviato_il, messaggio.errore = timezone.now(), ""
        except Exception as errore:
            # Whatever it is, it is counted: what cannot be sent must not be tried for ever.
            messaggio.errore = f"{type(errore).__name__}: {errore}"
        messaggio.save(update_fields=["inviato_il", "errore"])


def _e_ora(messaggio: Messaggio) -> bool:
    """Whether it is to be sent, and has waited long enough since it last failed."""
    if messaggio.inviato_il or messaggio.tentativi >= TENTATIVI:
        return False
    ultimo = messaggio.ultimo_tentativo_il
    return ultimo is None or messaggio.tentativi == 0 or timezone.now() - ultimo >= ATTESE[messaggio.tentativi - 1]


def ripassa(dopo: timedelta = timedelta(seconds=10)) -> int:
    """Tell again of the messages whose time has come; returns how many."""
    fermi = Messaggio.objects.filter(inviato_il=None, tentativi__lt=TENTATIVI, creato_il__lt=timezone.now() - dopo)
    return sum(lavori.accoda(LAVORO, messaggio.pk) for messaggio in fermi.defer("testo") if _e_ora(messaggio))
