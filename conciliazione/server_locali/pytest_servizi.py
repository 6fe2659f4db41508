"""pytest plugin: real servers and a real Celery worker for the tests.

`make test` starts the servers before pytest; with pytest run by hand this plugin starts the same ones.

    def test_pdf(lavoratore, transactional_db): ...   # a worker on the test database and broker
    lavoratore.uccidi(); lavoratore.riavvia()          # kill -9 of the whole group, and back
    def test_senza_broker(broker): broker.spegni() …   # it is on again when the test ends
"""

import os
import signal
import sys
import time
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import quote, urlsplit, urlunsplit
from uuid import uuid4

import pytest
from kombu.exceptions import OperationalError

from . import ambiente, luoghi, processi, servizi

_pila = ExitStack()


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests(early_config):
    """Before pytest-django reads the settings."""
    base = luoghi.var() / "prove" / "a-mano"
    if "DATABASE_URL" in os.environ and "REDIS_URL" in os.environ:
        os.environ.setdefault("CONCILIAZIONE_VAR", str(luoghi.prepara_cartella(base)))  # not the files of the demo
        os.environ.update(SECRET_KEY=os.environ.get("SECRET_KEY") or ambiente.chiave(base))
    else:
        usati = servizi.mancanti(base, veloce=True)
        _pila.enter_context(ambiente.in_uso(usati))
        os.environ.update(ambiente.variabili(base, usati))
    if chi := os.environ.get("PYTEST_XDIST_WORKER"):
        _per_se(chi)


def _per_se(chi: str) -> None:
    """One of several processes of the tests: files and broker of its own. (Its database: `tests/istantanea.py`.)"""
    comune = Path(os.environ["CONCILIAZIONE_VAR"])
    propria = luoghi.prepara_cartella(comune / chi)
    os.environ["CONCILIAZIONE_VAR"] = str(propria)
    if os.environ["REDIS_URL"] != servizi.Valkey(comune).url():
        os.environ["REDIS_URL"] = spazio_proprio(os.environ["REDIS_URL"], int(chi.removeprefix("gw")))
        return
    # A test may turn it off: it is not that of the others.
    valkey = servizi.Valkey(propria, legato=True)
    _pila.enter_context(ambiente.in_uso([valkey], comunque=True))
    os.environ["REDIS_URL"] = valkey.url()


def spazio_proprio(url: str, numero: int) -> str:
    """Return the address of a Redis that is not ours, in the space of the process with that number."""
    indirizzo = urlsplit(url)
    primo = int(indirizzo.path.strip("/") or 0)
    return urlunsplit(indirizzo._replace(path=f"/{primo + numero}"))


def pytest_unconfigure(config):
    _pila.close()


def url_della_base(impostazioni: dict) -> str:
    """DATABASE_URL of the connection as it is now, test database included; the inverse of what settings.py reads."""
    chi = quote(impostazioni["USER"] or "", safe="")
    if impostazioni["PASSWORD"]:
        chi += ":" + quote(impostazioni["PASSWORD"], safe="")
    host, nome = impostazioni["HOST"] or "", impostazioni["NAME"]
    if host.startswith("/"):
        return f"postgres://{chi}@/" + quote(f"{host}/{nome}")
    porta = f":{impostazioni['PORT']}" if impostazioni["PORT"] else ""
    return f"postgres://{chi}@{host}{porta}/{quote(nome)}"


class Lavoratore(processi.Figlio):
    """A Celery worker in a process of its own, that can be killed as accidents do."""

    def __init__(self, variabili: dict, cartella: Path, *, battito: bool = False, concorrenza: int = 1):
        comando = [sys.executable, "-m", "celery", "-A", "conciliazione", "worker", "--loglevel", "INFO"]
        comando += ["--concurrency", concorrenza, "--without-gossip", "--without-mingle"]
        self.nodo = f"{uuid4().hex}@prove"
        comando += ["--hostname", self.nodo]
        if battito:
            comando += ["--beat", "--schedule", cartella / "battito"]
        super().__init__(
            "lavoratore",
            comando,
            ambiente=os.environ | variabili,
            registro=cartella / "lavoratore.log",
            cartella=luoghi.RADICE,
        )

    def avvia(self) -> None:
        """Start it and wait until it is ready; only with the broker on."""
        super().avvia()
        self.attendi()

    def attendi(self, secondi: float = 180) -> None:
        """Wait until it answers: only then are the tasks sent to it, its own."""
        fine = time.monotonic() + secondi
        while not self.risponde():
            if not self.vive() or time.monotonic() > fine:
                pytest.fail(f"Il lavoratore non risponde.\n{self.testo()}")

    def risponde(self) -> bool:
        from ..salute import lavoratori

        try:
            return bool(lavoratori([self.nodo], attesa=0.5))
        except (OSError, OperationalError):
            return False

    def testo(self) -> str:
        return processi.coda(self.registro, 40)

    def sospendi(self) -> None:
        """Holds it where it is, to be killed in the middle of something."""
        processi.segnala_gruppo(self.pid, signal.SIGSTOP)

    def riprendi(self) -> None:
        processi.segnala_gruppo(self.pid, signal.SIGCONT)


@pytest.fixture(scope="session")
def nuovo_lavoratore(django_db_setup, tmp_path_factory):
    """Makes workers: `nuovo_lavoratore(battito=True, RIPASSO_SECONDI="1")`; all are stopped at the end."""
    from django.conf import settings
    from django.db import connection

    fatti = []

    def crea(*, battito: bool = False, concorrenza: int = 1, **variabili: str) -> Lavoratore:
        indirizzi = {"DATABASE_URL": url_della_base(connection.settings_dict), "REDIS_URL": settings.REDIS_URL}
        cartella = tmp_path_factory.mktemp("lavoratore")
        fatti.append(Lavoratore(indirizzi | variabili, cartella, battito=battito, concorrenza=concorrenza))
        fatti[-1].avvia()
        return fatti[-1]

    yield crea
    processi.ferma_tutti(fatti, 4)


@pytest.fixture(scope="session")
def _lavoratore_di_sessione(nuovo_lavoratore):
    return nuovo_lavoratore(battito=True, RIPASSO_SECONDI="2")


@pytest.fixture
def lavoratore(_lavoratore_di_sessione):
    """The worker of the session, with its sweep every two seconds; started again if the last test left it dead, and
    waited for if it turned the broker off: a worker takes a while to find it again."""
    if _lavoratore_di_sessione.vive():
        _lavoratore_di_sessione.attendi()
    else:
        _lavoratore_di_sessione.riavvia()
    return _lavoratore_di_sessione


@pytest.fixture
def broker():
    """The Redis-protocol server of the tests, to be turned off and on; given back on."""
    base = Path(os.environ.get("CONCILIAZIONE_VAR", ""))
    valkey = servizi.Valkey(base)
    if os.environ["REDIS_URL"] != valkey.url():
        pytest.skip("Il broker di REDIS_URL non è nostro: non lo fermiamo.")
    yield valkey
    valkey.accendi()
