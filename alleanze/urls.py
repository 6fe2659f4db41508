from django.urls import path

from .views import alleanze

app_name = "alleanze"
urlpatterns = [
    path("", alleanze.elenco, name="elenco"),
    path("<uuid:pk>/", alleanze.dettaglio, name="dettaglio"),
    path("<uuid:pk>/tabelle/<str:quale>/", alleanze.tabella, name="tabella"),
    path("<uuid:pk>/tabelle/<str:quale>/conferma/", alleanze.conferma, name="tabella_conferma"),
    path("<uuid:pk>/tabelle/<str:quale>/excel/", alleanze.scarica, name="tabella_scarica"),
]
