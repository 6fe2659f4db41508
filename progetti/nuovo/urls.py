from django.urls import path

from . import views

urlpatterns = [
    path("nuovo/<int:avviso>/", views.nuovo, name="nuovo"),
    path("nuovo/<int:avviso>/da/", views.da_quale, name="nuovo_da"),
    path("nuovo/<int:avviso>/da/<uuid:origine>/", views.copia_da, name="copia"),
    path("<uuid:pk>/copiato/", views.copiato, name="copiato"),
]
