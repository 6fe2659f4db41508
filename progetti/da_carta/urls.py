from django.urls import path

from . import views

urlpatterns = [
    path("<uuid:pk>/carta/", views.carta, name="carta"),
    path("<uuid:pk>/carta/conferma/", views.conferma, name="carta_conferma"),
]
