"""What anyone reads without an account."""

from django.urls import path

from . import views, views_dati

app_name = "pubblico"
urlpatterns = [
    path("alleanze/", views.alleanze, name="alleanze"),
    path("alleanze/<uuid:pk>/", views.alleanza, name="alleanza"),
    path("progetti/", views.progetti, name="progetti"),
    path("progetti/<uuid:pk>/", views.progetto, name="progetto"),
    path("progetti/di-altri/", views.schede, name="schede"),
    path("progetti/di-altri/<uuid:pk>/", views.scheda, name="scheda"),
    path("domande/", views.faq, name="faq"),
    path("dati/", views_dati.dati, name="dati"),
    path("dati/schema.json", views_dati.schema, name="schema"),
    path("dati/catalogo.jsonld", views_dati.catalogo, name="catalogo"),
    path("dati/<slug:insieme>.<slug:forma>", views_dati.scarica, name="scarica"),
]
