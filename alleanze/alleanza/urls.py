from django.urls import path

from conciliazione.cartelle import pagine as cartelle

from . import cartella, views
from .views import modifica

urlpatterns = [
    path("", views.elenco, name="elenco"),
    path("<uuid:pk>/", views.dettaglio, name="dettaglio"),
    path("<uuid:pk>/modifica/", modifica, name="modifica"),
    *cartelle.indirizzi("alleanze", cartella.apri),
    path("<uuid:pk>/tabelle/<str:quale>/", views.tabella, name="tabella"),
    path("<uuid:pk>/tabelle/<str:quale>/conferma/", views.conferma, name="tabella_conferma"),
    path("<uuid:pk>/tabelle/<str:quale>/excel/", views.scarica, name="tabella_scarica"),
]
