from django.apps import AppConfig


class ProgettiConfig(AppConfig):
    name = "progetti"
    verbose_name = "Progetti"

    def ready(self) -> None:
        """What its features tell those below: the things to do, the kinds of files, what follows what."""
        from alleanze import agganci
        from conciliazione.file import generi
        from conciliazione.messaggi import da_fare
        from conciliazione.passaggi import TABELLE

        from . import stati
        from .fascicolo import da_fare as da_fare_fascicolo
        from .fascicolo import generi as generi_fascicolo
        from .fascicolo.stati import DOCUMENTO
        from .models import DaFirmare, Progetto
        from .partner import da_fare as da_fare_partner
        from .presentazione import da_fare as da_fare_presentazione
        from .presentazione import generi as generi_presentazione
        from .scansioni import generi as generi_scansioni
        from .scheda import da_fare as da_fare_scheda
        from .sintesi import generi as generi_sintesi
        from .soggetti import cariche

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
        for feature in (generi_presentazione, generi_sintesi, generi_fascicolo, generi_scansioni):
            generi.aggiungi(*feature.GENERI)
        agganci.aggiungi(mostra=cariche.progetti_di, ascolta=cariche.avvisa_i_capofila)
        TABELLE |= {Progetto: stati.PROGETTO, DaFirmare: DOCUMENTO}
