"""The incentives to firms."""

from django.urls import path

from . import views

app_name = "voucher"
urlpatterns = [
    path("", views.elenco, name="elenco"),
    path("misure/nuova/<uuid:progetto>/", views.misura_nuova, name="misura_nuova"),
    path("misure/<uuid:pk>/", views.misura, name="misura"),
    path("misure/<uuid:pk>/modifica/", views.misura_modifica, name="misura_modifica"),
    path("misure/<uuid:pk>/chiedi/", views.chiedi, name="chiedi"),
    path("<uuid:pk>/", views.richiesta, name="richiesta"),
    path("<uuid:pk>/modifica/", views.modifica, name="modifica"),
    path("<uuid:pk>/avvia/", views.avvia, name="avvia"),
    path("<uuid:pk>/presenta/", views.presenta, name="presenta"),
    path("<uuid:pk>/ritira/", views.ritira, name="ritira"),
    path("<uuid:pk>/concedi/", views.concedi, name="concedi"),
    path("<uuid:pk>/respingi/", views.respingi, name="respingi"),
]
