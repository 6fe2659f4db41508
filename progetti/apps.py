from importlib import import_module

from django.apps import AppConfig


class ProgettiConfig(AppConfig):
    name = "progetti"
    verbose_name = "Progetti"

    def ready(self) -> None:
        """Let its features tell those below the things to do, the kinds of files, what follows what."""
        from django.core import checks

        from alleanze import agganci
        from conciliazione.file import generi
        from conciliazione.messaggi import da_fare
        from conciliazione.passaggi import TABELLE

        from . import stati
        from .edizioni import controlli
        from .fascicolo.da_fare import da_controllare, da_firmare
        from .fascicolo.stati import DOCUMENTO
        from .models import DaFirmare, Progetto
        from .partner.da_fare import in_ritardo, inviti_senza_risposta, la_propria_parte
        from .presentazione.da_fare import da_presentare, dell_ats
        from .scheda.da_fare import da_rivedere
        from .soggetti import cariche

        for controllo in (controlli.edizioni, controlli.schede_senza_modulo):
            checks.register(controllo)
        da_fare.aggiungi(
            da_presentare,
            dell_ats,
            in_ritardo,
            la_propria_parte,
            inviti_senza_risposta,
            da_rivedere,
            da_firmare,
            da_controllare,
        )
        for stanza in ("presentazione", "sintesi", "fascicolo", "scansioni"):
            generi.aggiungi(*import_module(f"progetti.{stanza}.generi").GENERI)
        agganci.aggiungi(mostra=cariche.progetti_di, ascolta=cariche.avvisa_i_capofila)
        TABELLE |= {Progetto: stati.PROGETTO, DaFirmare: DOCUMENTO}
