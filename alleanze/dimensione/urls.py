from django.urls import path

from . import views

urlpatterns = [
    path("enti/<uuid:pk>/dimensione/", views.dichiara, name="dimensione"),
]
