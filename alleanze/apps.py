from django.apps import AppConfig


class AlleanzeConfig(AppConfig):
    name = "alleanze"
    verbose_name = "Alleanze"

    def ready(self) -> None:
        from conciliazione import generi_di_file

        from . import da_fare, generi_adesioni  # noqa: F401 - what it has to say is registered

        generi_di_file.aggiungi(*generi_adesioni.GENERI)
