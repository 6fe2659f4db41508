from django.apps import AppConfig


class VoucherConfig(AppConfig):
    name = "voucher"
    verbose_name = "Voucher"

    def ready(self) -> None:
        """Let its features tell those below the things to do, what follows what."""
        from conciliazione.messaggi import da_fare
        from conciliazione.passaggi import TABELLE

        from .incentivi import da_fare as da_fare_incentivi
        from .incentivi import stati
        from .models import RichiestaIncentivo

        da_fare.aggiungi(da_fare_incentivi.da_decidere, da_fare_incentivi.da_presentare)
        TABELLE |= {RichiestaIncentivo: stati.RICHIESTA}
