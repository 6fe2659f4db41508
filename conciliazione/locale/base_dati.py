"""Brings the database up to date and loads the demonstration; what is there already stays. One process for all."""


def esegui(argomenti: list[str]) -> int:
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)
    call_command("demo")
    call_command("demo_incentivi")
    return 0
