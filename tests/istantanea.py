"""The database of the tests: made once, with the demo in it, and kept on the server as a model that is copied.

Each process of the tests has a copy of its own. After a test that needed real commits it is put back as it was, table
by table: a fresh copy would be a thousand files to write, for the few tables that a test touches.
There are two models: the empty tables, which cost most, and the demo on top of them. Each is named by what it is made
of, so that neither outlives a change of the code; the demo, which counts its days from today, not the day either.
"""

import hashlib
import os
import shutil
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import psycopg2
from django.conf import settings
from django.core.cache import caches
from django.core.management import call_command
from django.db import OperationalError, connection, connections, transaction
from django.test import override_settings
from django.utils import timezone

from conciliazione.demo import carica

APP = ["conciliazione", "alleanze", "progetti", "voucher", "rendicontazione"]
DOVE = "istantanea"
"""The schema where a copy keeps how its tables were loaded."""
SERRATURA = 20141081
"""One process makes the models, the others wait."""


def apri() -> None:
    """From here on the connection leads to a copy of the demo that is of this process alone."""
    tabelle, demo = _nomi()
    with _server() as server:
        server.execute("SELECT pg_advisory_lock(%s)", [SERRATURA])
        _prepara(server, tabelle, "", _crea_tabelle)
        _prepara(server, demo, tabelle, _carica_demo)
        _dimentica_gli_altri(server, {tabelle, demo})
    shutil.rmtree(settings.MEDIA_ROOT, ignore_errors=True)
    shutil.copytree(_file(demo), settings.MEDIA_ROOT)
    nome = f"test_{connection.settings_dict['NAME']}{_di_chi()}"
    with _server() as server:
        server.execute(f'DROP DATABASE IF EXISTS "{nome}" WITH (FORCE)')
        server.execute(f'CREATE DATABASE "{nome}" TEMPLATE "{demo}"')
    _collega(nome)
    riporta()


def riporta() -> None:
    """The demo as it was loaded: the tables that are not as they were are filled again. Who else is connected is cut off."""
    # It would be the real one.
    assert connection.settings_dict["NAME"].startswith("test_")
    connections.close_all()
    for tentativi in range(5, -1, -1):
        try:
            with transaction.atomic(), connection.cursor() as cursore:
                cursore.execute(ALTRI)
                _riempi_le_cambiate(cursore)
            break
        except OperationalError:  # a worker came back in between, and held what we wanted
            if not tentativi:
                raise
    caches["pagine"].clear()


ALTRI = (
    "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity "
    "WHERE datname = current_database() AND backend_type = 'client backend' AND pid != pg_backend_pid()"
)


def _riempi_le_cambiate(cursore) -> None:
    """Triggers and references rest meanwhile: it is the same rows. Counters only go up, and are left where they are."""
    global _fino_a
    cursore.execute("SET LOCAL session_replication_role = replica")
    for tabella in _cambiate(cursore):
        colonne = ", ".join(_colonne(cursore)[tabella])
        cursore.execute(f'DELETE FROM public."{tabella}"')
        cursore.execute(f'INSERT INTO public."{tabella}" ({colonne}) SELECT {colonne} FROM {DOVE}."{tabella}"')
    cursore.execute("SELECT pg_current_xact_id()::text::bigint")
    (_fino_a,) = cursore.fetchone()


_fino_a = 0
"""The transaction that saw to it, the last time, that all was as it was loaded."""


def _cambiate(cursore) -> list[str]:
    """The tables with rows written after that, or with more or fewer rows."""
    uguale = '(SELECT count(*) FROM {0}."{1}") = (SELECT count(*) FROM public."{1}" WHERE xmin::text::bigint <= {2})'
    uguale += ' AND NOT EXISTS (SELECT FROM public."{1}" WHERE xmin::text::bigint > {2})'
    tabelle = list(_colonne(cursore))
    cursore.execute("SELECT " + ", ".join(uguale.format(DOVE, tabella, _fino_a) for tabella in tabelle))
    return [tabella for tabella, uguali in zip(tabelle, cursore.fetchone(), strict=True) if not uguali]


_COLONNE: dict[str, list[str]] = {}


def _colonne(cursore) -> dict[str, list[str]]:
    """Of each table those that are written; what the database derives is derived again."""
    if not _COLONNE:
        cursore.execute(
            "SELECT table_name, column_name FROM information_schema.columns JOIN information_schema.tables "
            "USING (table_schema, table_name) WHERE table_schema = 'public' AND table_type = 'BASE TABLE' "
            "AND table_name != 'django_migrations' AND is_generated = 'NEVER' ORDER BY table_name, ordinal_position"
        )
        for tabella, colonna in cursore.fetchall():
            _COLONNE.setdefault(tabella, []).append(f'"{colonna}"')
    return _COLONNE


def chiudi() -> None:
    nome = connection.settings_dict["NAME"]
    _collega(nome.removeprefix("test_").removesuffix(_di_chi()))
    with _server() as server:
        server.execute(f'DROP DATABASE IF EXISTS "{nome}" WITH (FORCE)')


def _di_chi() -> str:
    """What tells the databases of two processes apart."""
    chi = os.environ.get("PYTEST_XDIST_WORKER")
    return f"_{chi}" if chi else ""


def _collega(nome: str) -> None:
    connections.close_all()
    settings.DATABASES["default"]["NAME"] = connection.settings_dict["NAME"] = nome


@contextmanager
def _server():
    """A cursor on the server, outside any database of ours; each command stands by itself."""
    chi = connection.get_connection_params() | {"dbname": "postgres"}
    chi.pop("cursor_factory", None)
    server = psycopg2.connect(**chi)
    server.autocommit = True
    try:
        with server.cursor() as cursore:
            yield cursore
    finally:
        server.close()


# --- the models ------------------------------------------------------------------------------------------------------


@cache
def _nomi() -> tuple[str, str]:
    """The model of the tables and that of the demo."""
    tabelle = _impronta("requirements/base.txt", *(f"{app}/{dove}" for app in APP for dove in ("migrations", "models")))
    demo = _impronta(*APP, "templates", "tests/conftest.py", "tests/istantanea.py")
    return f"modello_{tabelle}", f"modello_{tabelle}_{demo}_{timezone.localdate():%Y%m%d}"


def _impronta(*percorsi: str) -> str:
    """A short name for what is in these files and folders of the project."""
    somma = hashlib.sha256()
    for percorso in percorsi:
        radice = settings.RADICE / percorso
        for file in sorted(radice.rglob("*")) if radice.is_dir() else [radice]:
            if file.suffix in {".py", ".json", ".txt", ".html"}:
                somma.update(str(file.relative_to(settings.RADICE)).encode() + file.read_bytes())
    return somma.hexdigest()[:12]


def _file(modello: str) -> Path:
    """Where the files of the demo are kept, for all the processes of a run."""
    var = settings.VAR.parent if _di_chi() else settings.VAR
    return var / "modelli" / modello


def _prepara(server, modello: str, origine: str, riempi) -> None:
    """A model that nobody can connect to is complete."""
    server.execute("SELECT datallowconn FROM pg_database WHERE datname = %s", [modello])
    trovato = server.fetchone()
    if trovato == (False,) and _file(modello).is_dir():
        return
    server.execute(f'DROP DATABASE IF EXISTS "{modello}" WITH (FORCE)')
    shutil.rmtree(_file(modello), ignore_errors=True)
    _file(modello).mkdir(parents=True)
    server.execute(f'CREATE DATABASE "{modello}"' + (f' TEMPLATE "{origine}"' if origine else ""))
    prima = connection.settings_dict["NAME"]
    _collega(modello)
    try:
        riempi(_file(modello))
        with connection.cursor() as cursore:
            cursore.execute("ANALYZE")
    finally:
        _collega(prima)
    server.execute(f'ALTER DATABASE "{modello}" ALLOW_CONNECTIONS false')


def _crea_tabelle(cartella: Path) -> None:
    call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)


def _carica_demo(cartella: Path) -> None:
    with override_settings(MEDIA_ROOT=cartella):
        carica.carica()
    with connection.cursor() as cursore:
        cursore.execute(f"CREATE SCHEMA {DOVE}")
        for tabella in _colonne(cursore):
            cursore.execute(f'CREATE TABLE {DOVE}."{tabella}" AS TABLE public."{tabella}"')


def _dimentica_gli_altri(server, in_uso: set[str]) -> None:
    server.execute("SELECT datname FROM pg_database WHERE datname LIKE 'modello\\_%'")
    for (nome,) in server.fetchall():
        if nome not in in_uso:
            server.execute(f'DROP DATABASE IF EXISTS "{nome}" WITH (FORCE)')
            shutil.rmtree(_file(nome), ignore_errors=True)
