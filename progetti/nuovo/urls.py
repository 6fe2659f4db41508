from django.urls import path

from . import views, views_copia

urlpatterns = [
    path("nuovo/<int:avviso>/", views.nuovo, name="nuovo"),
    path("nuovo/<int:avviso>/da/", views_copia.da_quale, name="nuovo_da"),
    path("nuovo/<int:avviso>/da/<uuid:origine>/", views_copia.copia, name="copia"),
    path("<uuid:pk>/copiato/<uuid:origine>/", views_copia.copiato, name="copiato"),
]
