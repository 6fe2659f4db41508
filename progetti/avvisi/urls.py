from django.urls import path

from . import views

urlpatterns = [
    path("avvisi/", views.elenco, name="avvisi"),
    path("avvisi/nuovo/", views.nuovo, name="avviso_nuovo"),
    path("avvisi/<int:pk>/", views.avviso, name="avviso"),
    path("avvisi/<int:pk>/modifica/", views.modifica, name="avviso_modifica"),
]
