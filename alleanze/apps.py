from django.apps import AppConfig


class AlleanzeConfig(AppConfig):
    name = "alleanze"
    verbose_name = "Alleanze"

    def ready(self) -> None:
        from . import da_fare  # noqa: F401 - what it has to say is registered
