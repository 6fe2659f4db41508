from django.apps import AppConfig


class VoucherConfig(AppConfig):
    name = "voucher"
    verbose_name = "Voucher"

    def ready(self) -> None:
        """What its features tell those below: the things to do, the kinds of files."""
        from conciliazione import da_fare

        from . import da_fare as da_fare_incentivi

        da_fare.aggiungi(da_fare_incentivi.da_decidere, da_fare_incentivi.da_presentare)
