from django.urls import path

from . import views

app_name = "alleanze"
urlpatterns = [
    path("", views.elenco, name="elenco"),
    path("<uuid:pk>/", views.dettaglio, name="dettaglio"),
]
