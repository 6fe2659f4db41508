"""What anyone reads without an account."""

from django.urls import path

from .views import dati_aperti, pubblico

app_name = "pubblico"
urlpatterns = [
    path("alleanze/", pubblico.alleanze, name="alleanze"),
    path("alleanze/<uuid:pk>/", pubblico.alleanza, name="alleanza"),
    path("progetti/", pubblico.progetti, name="progetti"),
    path("progetti/<uuid:pk>/", pubblico.progetto, name="progetto"),
    path("progetti/di-altri/", pubblico.schede, name="schede"),
    path("progetti/di-altri/<uuid:pk>/", pubblico.scheda, name="scheda"),
    path("domande/", pubblico.faq, name="faq"),
    path("dati/", dati_aperti.dati, name="dati"),
    path("dati/schema.json", dati_aperti.schema, name="schema"),
    path("dati/catalogo.jsonld", dati_aperti.catalogo, name="catalogo"),
    path("dati/<slug:insieme>.<slug:forma>", dati_aperti.scarica, name="scarica"),
]
