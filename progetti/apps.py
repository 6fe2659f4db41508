from django.apps import AppConfig


class ProgettiConfig(AppConfig):
    name = "progetti"
    verbose_name = "Progetti"

    def ready(self) -> None:
        from conciliazione import generi_di_file

        from . import cariche, da_fare, generi_presentazione, generi_sintesi  # noqa: F401 - what they have to say is registered
        from .fascicolo import da_fare as del_fascicolo  # noqa: F401
        from .fascicolo import generi as generi_fascicolo

        generi_di_file.aggiungi(*generi_presentazione.GENERI, *generi_sintesi.GENERI, *generi_fascicolo.GENERI)
