from django.apps import AppConfig


class ProgettiConfig(AppConfig):
    name = "progetti"
    verbose_name = "Progetti"

    def ready(self) -> None:
        from . import cariche, da_fare  # noqa: F401 - what they have to say is registered
        from .fascicolo import da_fare as del_fascicolo  # noqa: F401
