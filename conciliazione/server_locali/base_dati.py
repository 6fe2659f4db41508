"""Brings the database up to date and loads the demonstration; what is there already stays. One process for all."""

from pathlib import Path

from . import luoghi

DI_UN_ALTRA_VERSIONE = 3
"""How this process ends when the data are of a version of the portal that this one cannot bring up to date."""

RIPARTIRE = (
    "I dati di esempio sono stati creati da un'altra versione del portale, e questa non li sa aggiornare.\n"
    "Per ripartire da capo: «make clean», che li cancella, e poi «make demo».\n"
    "Con un server proprio (DATABASE_URL) dargli invece una base dati vuota."
)


def esegui(argomenti: list[str]) -> int:
    import django
    from django.core.management import call_command
    from django.db import connection

    django.setup()
    if di_un_altra_versione(connection):
        return DI_UN_ALTRA_VERSIONE
    call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)
    call_command("demo")
    return 0


def di_un_altra_versione(connection) -> bool:
    """Whether it was migrated by files that are here no more, or by others of the same name that made fewer tables."""
    from django.apps import apps
    from django.db.migrations.loader import MigrationLoader

    caricatore = MigrationLoader(connection)
    nostre = {app.label for app in apps.get_app_configs() if Path(app.path).parent == luoghi.RADICE}
    applicate = {chiave for chiave in caricatore.applied_migrations if chiave[0] in nostre}
    if applicate - caricatore.disk_migrations.keys():
        return True
    stato = caricatore.project_state(sorted(applicate))
    attese = {m.options.get("db_table") or f"{app}_{nome}" for (app, nome), m in stato.models.items() if app in nostre}
    return not attese <= set(connection.introspection.table_names())
