"""The addresses of the enti and of the alleanze: each feature has its own."""

from django.urls import include, path

app_name = "alleanze"
STANZE = ("alleanza", "accordi", "enti", "cariche", "dimensione", "persone", "adesioni")
urlpatterns = [path("", include(f"alleanze.{stanza}.urls")) for stanza in STANZE]
