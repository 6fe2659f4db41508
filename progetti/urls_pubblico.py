"""What anyone reads without an account."""

app_name = "pubblico"
urlpatterns: list = []
