from django.urls import path

from . import views

app_name = "alleanze"
urlpatterns = [
    path("", views.elenco, name="elenco"),
    path("<uuid:pk>/", views.dettaglio, name="dettaglio"),
    path("<uuid:pk>/tabelle/<str:quale>/", views.tabella, name="tabella"),
    path("<uuid:pk>/tabelle/<str:quale>/conferma/", views.conferma, name="tabella_conferma"),
    path("<uuid:pk>/tabelle/<str:quale>/excel/", views.scarica, name="tabella_scarica"),
]
