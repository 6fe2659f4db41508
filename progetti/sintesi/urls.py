from django.urls import path

from . import views

urlpatterns = [
    path("<uuid:pk>/sintesi/", views.del_progetto, name="sintesi_del_progetto"),
    path("sintesi/", views.elenco, name="sintesi_elenco"),
    path("sintesi/nuova/", views.nuova, name="sintesi_nuova"),
    path("sintesi/<uuid:pk>/", views.leggi, name="sintesi"),
    path("sintesi/<uuid:pk>/modifica/", views.modifica, name="sintesi_modifica"),
    path("sintesi/<uuid:pk>/pdf/", views.chiedi_pdf, name="sintesi_pdf"),
    path("sintesi/<uuid:pk>/elimina/", views.elimina, name="sintesi_elimina"),
]
