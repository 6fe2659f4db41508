"""The demo as it was loaded, kept beside the tables: after a test that emptied them it comes back in a moment.

Loading it takes seconds, and dozens of tests need real commits.
"""

from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.db import connection, transaction

from progetti.demo import carica

DOVE = "istantanea"


def assicura() -> None:
    """The demo is there: it was, or comes back, or is loaded for the first time."""
    if carica.caricata():
        return
    if _c_e():
        riporta()
    else:
        cache.clear()  # what was counted there is of people who are no more
        carica.carica()


def scatta() -> None:
    """Keep every table as it is now."""
    with connection.cursor() as cursore:
        cursore.execute(f"DROP SCHEMA IF EXISTS {DOVE} CASCADE; CREATE SCHEMA {DOVE}")
        for tabella in _tabelle(cursore):
            cursore.execute(f'CREATE TABLE {DOVE}."{tabella}" AS TABLE public."{tabella}"')


@transaction.atomic
def riporta() -> None:
    """Every table as it was kept. Triggers and references rest meanwhile: it is the same rows."""
    with connection.cursor() as cursore:
        cursore.execute("SET LOCAL session_replication_role = replica")
        for tabella in _tabelle(cursore):
            cursore.execute(f'DELETE FROM public."{tabella}"')
        for tabella in _tabelle(cursore):
            colonne = ", ".join(_colonne(cursore, tabella))
            cursore.execute(f'INSERT INTO public."{tabella}" ({colonne}) SELECT {colonne} FROM {DOVE}."{tabella}"')
        _contatori(cursore)
        cursore.execute("SET LOCAL session_replication_role = DEFAULT")
    ContentType.objects.clear_cache()
    cache.clear()


def _c_e() -> bool:
    with connection.cursor() as cursore:
        cursore.execute("SELECT 1 FROM information_schema.schemata WHERE schema_name = %s", [DOVE])
        return cursore.fetchone() is not None


def _tabelle(cursore) -> list[str]:
    cursore.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename != 'django_migrations'")
    return [riga[0] for riga in cursore.fetchall()]


def _colonne(cursore, tabella: str) -> list[str]:
    """Those that are written; what the database derives is derived again."""
    cursore.execute(
        "SELECT column_name FROM information_schema.columns "
        "WHERE table_schema = 'public' AND table_name = %s AND is_generated = 'NEVER' ORDER BY ordinal_position",
        [tabella],
    )
    return [f'"{riga[0]}"' for riga in cursore.fetchall()]


def _contatori(cursore) -> None:
    """A new row must not take the number of one that came back."""
    cursore.execute(
        "SELECT t.relname, a.attname, s.oid::regclass::text FROM pg_class s "
        "JOIN pg_depend d ON d.objid = s.oid AND d.deptype IN ('a', 'i') "
        "JOIN pg_class t ON t.oid = d.refobjid JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = d.refobjsubid "
        "WHERE s.relkind = 'S' AND t.relnamespace = 'public'::regnamespace"
    )
    for tabella, colonna, contatore in cursore.fetchall():
        massimo = f'(SELECT MAX("{colonna}") FROM public."{tabella}")'
        cursore.execute(f"SELECT setval('{contatore}', GREATEST({massimo}, (SELECT last_value FROM {contatore})))")
