from django.urls import path

from . import views, views_sedi

urlpatterns = [
    path("enti/", views.elenco, name="enti"),
    path("enti/nuovo/", views.nuovo, name="ente_nuovo"),
    path("enti/<uuid:pk>/", views.ente, name="ente"),
    path("enti/<uuid:pk>/modifica/", views.modifica, name="ente_modifica"),
    path("enti/<uuid:pk>/sedi/nuova/", views_sedi.nuova, name="sede_nuova"),
    path("enti/<uuid:pk>/sedi/<int:sede>/", views_sedi.modifica, name="sede_modifica"),
    path("enti/<uuid:pk>/sedi/<int:sede>/elimina/", views_sedi.elimina, name="sede_elimina"),
]
