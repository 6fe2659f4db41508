from django.urls import path

from . import views

urlpatterns = [
    path("<uuid:pk>/fascicolo/scansioni/", views.elenco, name="fascicolo_scansioni"),
    path("<uuid:pk>/fascicolo/scansioni/registra/", views.registra, name="fascicolo_registra"),
    path("<uuid:pk>/fascicolo/scansioni/<int:scansione>/elimina/", views.elimina, name="scansione_elimina"),
    path("<uuid:pk>/fascicolo/scansioni/<int:scansione>/<int:numero>/", views.pezzo, name="scansione_pezzo"),
]
