"""The incentives to firms."""

app_name = "voucher"
urlpatterns: list = []
