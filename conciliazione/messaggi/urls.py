"""The bell, and what each person chose of it."""

from django.urls import path

from . import views

app_name = "notifiche"
urlpatterns = [
    path("", views.elenco, name="elenco"),
    path("<int:pk>/apri/", views.apri, name="apri"),
    path("tutte-lette/", views.tutte_lette, name="tutte_lette"),
    path("preferenze/", views.preferenze, name="preferenze"),
    path("preferenze/calendario/", views.chiave_del_calendario, name="calendario"),
]
