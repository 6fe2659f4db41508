from django.urls import path

from conciliazione.cartelle import pagine as cartelle

from . import cartella, views

urlpatterns = [
    path("", views.elenco, name="elenco"),
    path("<uuid:pk>/", views.dettaglio, name="dettaglio"),
    *cartelle.indirizzi("progetti", cartella.apri),
]
