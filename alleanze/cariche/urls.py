from django.urls import path

from . import views

urlpatterns = [
    path("enti/<uuid:pk>/cariche/nuova/<str:tipo>/", views.nuova, name="carica_nuova"),
    path("enti/<uuid:pk>/cariche/<int:carica>/cessa/", views.cessa, name="carica_cessa"),
]
