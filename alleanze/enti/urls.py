from django.urls import path

from . import views
from .views import sede_elimina, sede_modifica, sede_nuova

urlpatterns = [
    path("enti/", views.elenco, name="enti"),
    path("enti/nuovo/", views.nuovo, name="ente_nuovo"),
    path("enti/<uuid:pk>/", views.ente, name="ente"),
    path("enti/<uuid:pk>/modifica/", views.modifica, name="ente_modifica"),
    path("enti/<uuid:pk>/sedi/nuova/", sede_nuova, name="sede_nuova"),
    path("enti/<uuid:pk>/sedi/<int:sede>/", sede_modifica, name="sede_modifica"),
    path("enti/<uuid:pk>/sedi/<int:sede>/elimina/", sede_elimina, name="sede_elimina"),
]
