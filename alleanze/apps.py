from django.apps import AppConfig


class AlleanzeConfig(AppConfig):
    name = "alleanze"
    verbose_name = "Alleanze"

    def ready(self) -> None:
        """What its features tell those below: the things to do, the kinds of files, what follows what."""
        from conciliazione import da_fare, generi_di_file
        from conciliazione.passaggi import TABELLE

        from . import da_fare_adesioni, da_fare_dimensione, da_fare_persone, generi_adesioni, stati
        from .models import Ente, Quesito, RichiestaAdesione
        from .sportello import da_fare as da_fare_sportello

        da_fare.aggiungi(
            da_fare_sportello.quesiti_da_rispondere,
            da_fare_sportello.quesiti_da_assegnare,
            da_fare_adesioni.adesioni_da_esaminare,
            da_fare_adesioni.adesioni_da_completare,
            da_fare_dimensione.dimensione_da_ridichiarare,
            da_fare_persone.inviti_senza_risposta,
        )
        generi_di_file.aggiungi(*generi_adesioni.GENERI)
        TABELLE |= {Ente: stati.ENTE, RichiestaAdesione: stati.RICHIESTA, Quesito: stati.QUESITO}
