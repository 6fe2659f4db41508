"""The sportello on-line."""

app_name = "sportello"
urlpatterns: list = []
