"""The bell."""

app_name = "notifiche"
urlpatterns: list = []
