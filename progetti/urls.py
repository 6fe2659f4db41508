"""The addresses of the projects: each feature has its own."""

from django.urls import include, path

app_name = "progetti"
STANZE = (
    "scrivania",
    "avvisi",
    "nuovo",
    "scheda",
    "storia",
    "da_carta",
    "soggetti",
    "partner",
    "presentazione",
    "fascicolo",
    "scansioni",
    "sintesi",
)
urlpatterns = [path("", include(f"progetti.{stanza}.urls")) for stanza in STANZE]
