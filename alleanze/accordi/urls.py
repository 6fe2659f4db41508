from django.urls import path

from . import views

urlpatterns = [
    path("accordi/", views.elenco, name="accordi"),
    path("accordi/nuovo/", views.nuovo, name="accordo_nuovo"),
    path("accordi/<uuid:pk>/", views.accordo, name="accordo"),
    path("accordi/<uuid:pk>/modifica/", views.modifica, name="accordo_modifica"),
    path("accordi/<uuid:pk>/file/<int:numero>/", views.file, name="accordo_file"),
]
