from django.apps import AppConfig


class VoucherConfig(AppConfig):
    name = "voucher"
    verbose_name = "Voucher"
