from django.apps import AppConfig


class VoucherConfig(AppConfig):
    name = "voucher"
    verbose_name = "Voucher"

    def ready(self) -> None:
        from . import da_fare  # noqa: F401 - what it has to say is registered
