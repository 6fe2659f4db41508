"""Jobs that make files. A job is a row first and a Celery message second: what the broker loses, the sweep finds again."""

import hashlib
import logging
from collections.abc import Callable
from contextlib import contextmanager
from datetime import timedelta

from celery import current_app
from django.core.files.base import ContentFile
from django.db import connection, transaction
from django.utils import timezone
from kombu.exceptions import OperationalError

from ..models import FileGenerato

registro = logging.getLogger(__name__)

# A broker that is down or far must not hold who asks: one try, a second each. Without `max_retries` Celery looks for it
# forever, or for the six seconds that its pool takes.
ATTESE = {"socket_connect_timeout": 1, "socket_timeout": 1, "max_retries": 0, "interval_start": 0}

LAVORO = "conciliazione.tasks.fai_file"
TENTATIVI = 3
"""How often a failing job is tried before the person who asked is told."""
_FILE = 0x46494C45
"""First half of the advisory locks of files («FILE»): the second is the row's id."""


def chiave(parti: tuple[str, ...]) -> str:
    """Return what a file is made of, in 64 hexadecimal digits: same input, same file."""
    return hashlib.sha256("\n".join(parti).encode()).hexdigest()


def chiedi(*, parti: tuple[str, ...], argomento: str, nome: str, dati: dict, utente=None) -> FileGenerato:
    """Ask for the file made of `parti`, if nobody has yet. Asking again for a failed one tries again."""
    valori = {"argomento": argomento, "nome": nome, "dati": dati, "richiesto_da": utente}
    file, nuovo = FileGenerato.objects.get_or_create(chiave=chiave(parti), defaults=valori)
    if file.fallito:
        return ritenta(file)
    if nuovo or not file.pronto:
        transaction.on_commit(lambda: accoda(LAVORO, file.pk))
    return file


def ritenta(file: FileGenerato) -> FileGenerato:
    """Put a failed file back in the queue, with all its attempts."""
    file.stato, file.tentativi, file.errore = FileGenerato.Stato.IN_ATTESA, 0, ""
    file.save(update_fields=["stato", "tentativi", "errore"])
    transaction.on_commit(lambda: accoda(LAVORO, file.pk))
    return file


def connessione():
    """Return a connection to the broker of one's own, that gives up at once."""
    opzioni = current_app.conf.broker_transport_options | ATTESE
    return current_app.connection_for_write(transport_options=opzioni, connect_timeout=1)


def accoda(lavoro: str, pk: int) -> bool:
    """Tell a worker. With the broker down the row waits and the sweep tells later: no error for the person."""
    try:
        with connessione() as propria:
            current_app.send_task(lavoro, [pk], connection=propria, retry=False, ignore_result=True)
    except (OperationalError, OSError) as errore:
        registro.warning("broker non raggiungibile, %s(%s) resta in coda: %s", lavoro, pk, errore)
        return False
    return True


def ripassa(dopo: timedelta = timedelta(seconds=10)) -> int:
    """Tell again of every file that waits and that no living worker holds; returns how many."""
    limite = timezone.now() - dopo
    fermi = FileGenerato.objects.filter(stato=FileGenerato.Stato.IN_ATTESA, richiesto_il__lt=limite)
    return sum(accoda(LAVORO, file.pk) for file in fermi if not in_mano_a_qualcuno(_FILE, file.pk))


def esegui(pk: int, produci: Callable[[], bytes]) -> None:
    """Make the file unless it is made, or another worker is making it.

    A lock of the database session says «somebody is at it»: it goes away with the worker, however it dies.
    Safe to run twice and to be killed at any line: the row turns «pronto» in the statement that keeps the bytes' name.
    """
    with presa(_FILE, pk) as mia:
        file = FileGenerato.objects.get(pk=pk)
        if not mia or file.pronto or file.fallito:
            return
        if file.tentativi >= TENTATIVI:
            # Each time it took its worker with it, and no error could be written: more would take every worker.
            _annota_errore(file, RuntimeError("il lavoratore è caduto a ogni tentativo"))
            return
        file.avviato_il, file.tentativi = timezone.now(), file.tentativi + 1
        file.save(update_fields=["avviato_il", "tentativi"])
        try:
            _consegna(file, produci())
        except Exception as errore:
            registro.exception("il file %s non è riuscito", pk)
            _annota_errore(file, errore)


def _consegna(file: FileGenerato, dati: bytes) -> None:
    file.sha256 = hashlib.sha256(dati).hexdigest()
    _togli_resti(file)
    file.file.save(_nome(file), ContentFile(dati), save=False)
    file.stato, file.pronto_il, file.errore = FileGenerato.Stato.PRONTO, timezone.now(), ""
    file.save()


def _nome(file: FileGenerato) -> str:
    return f"{file.chiave[:16]}-{file.nome}"


def _togli_resti(file: FileGenerato) -> None:
    """What a worker killed while writing has left: no row names it, and the storage would choose another name."""
    file.file.storage.delete(file.file.field.generate_filename(file, _nome(file)))


def _annota_errore(file: FileGenerato, errore: Exception) -> None:
    file.errore = f"{type(errore).__name__}: {errore}"
    if file.tentativi >= TENTATIVI:
        _togli_resti(file)
        file.stato = FileGenerato.Stato.FALLITO
    file.save(update_fields=["errore", "stato"])


@contextmanager
def presa(spazio: int, pk: int):
    """Whether this worker, and no other, is at it: a lock of the database session, gone when the worker is."""
    with connection.cursor() as cursore:
        cursore.execute("SELECT pg_try_advisory_lock(%s, %s)", [spazio, pk])
        mia = cursore.fetchone()[0]
    try:
        yield mia
    finally:
        if mia:
            with connection.cursor() as cursore:
                cursore.execute("SELECT pg_advisory_unlock(%s, %s)", [spazio, pk])


def in_mano_a_qualcuno(spazio: int, pk: int) -> bool:
    with presa(spazio, pk) as mia:
        return not mia
