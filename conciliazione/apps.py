from django.apps import AppConfig


class ConciliazioneConfig(AppConfig):
    name = "conciliazione"
    verbose_name = "Conciliazione"

    def ready(self) -> None:
        """Jobs are sent by Celery as the settings have it, from every process: also from one that is no worker."""
        from . import celery  # noqa: F401
