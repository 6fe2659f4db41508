from django.apps import AppConfig


class AlleanzeConfig(AppConfig):
    name = "alleanze"
    verbose_name = "Alleanze"

    def ready(self) -> None:
        """Let its features tell those below the things to do, the kinds of files, what follows what."""
        from conciliazione.file import generi
        from conciliazione.messaggi import da_fare
        from conciliazione.passaggi import TABELLE

        from . import stati
        from .adesioni.da_fare import adesioni_da_completare, adesioni_da_esaminare
        from .adesioni.generi import GENERI
        from .dimensione.da_fare import dimensione_da_ridichiarare
        from .models import Adesione, Ente, Quesito, RichiestaAdesione
        from .persone.da_fare import inviti_senza_risposta
        from .sportello import da_fare as da_fare_sportello

        da_fare.aggiungi(
            da_fare_sportello.quesiti_da_rispondere,
            da_fare_sportello.quesiti_da_assegnare,
            adesioni_da_esaminare,
            adesioni_da_completare,
            dimensione_da_ridichiarare,
            inviti_senza_risposta,
        )
        generi.aggiungi(*GENERI)
        TABELLE |= {Ente: stati.ENTE, Adesione: stati.ADESIONE}
        TABELLE |= {RichiestaAdesione: stati.RICHIESTA, Quesito: stati.QUESITO}
