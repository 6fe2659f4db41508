from django.apps import AppConfig


class ProgettiConfig(AppConfig):
    name = "progetti"
    verbose_name = "Progetti"

    def ready(self) -> None:
        """What its features tell those below: the things to do, the kinds of files, what follows what."""
        from alleanze import agganci
        from conciliazione import da_fare, generi_di_file
        from conciliazione.passaggi import TABELLE

        from . import (
            cariche,
            da_fare_partner,
            da_fare_presentazione,
            da_fare_scheda,
            generi_presentazione,
            generi_sintesi,
            stati,
        )
        from .fascicolo import da_fare as da_fare_fascicolo
        from .fascicolo import generi as generi_fascicolo
        from .fascicolo.stati import DOCUMENTO
        from .models import DaFirmare, Progetto

        da_fare.aggiungi(
            da_fare_presentazione.da_presentare,
            da_fare_presentazione.dell_ats,
            da_fare_partner.in_ritardo,
            da_fare_partner.la_propria_parte,
            da_fare_partner.inviti_senza_risposta,
            da_fare_scheda.da_rivedere,
            da_fare_fascicolo.da_firmare,
            da_fare_fascicolo.da_controllare,
        )
        generi_di_file.aggiungi(*generi_presentazione.GENERI, *generi_sintesi.GENERI, *generi_fascicolo.GENERI)
        agganci.aggiungi(mostra=cariche.progetti_di, ascolta=cariche.avvisa_i_capofila)
        TABELLE |= {Progetto: stati.PROGETTO, DaFirmare: DOCUMENTO}
