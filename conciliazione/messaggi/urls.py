"""The bell, and what each person chose of it."""

from django.urls import path

from . import views_notifiche as viste

app_name = "notifiche"
urlpatterns = [
    path("", viste.elenco, name="elenco"),
    path("<int:pk>/apri/", viste.apri, name="apri"),
    path("tutte-lette/", viste.tutte_lette, name="tutte_lette"),
    path("preferenze/", viste.preferenze, name="preferenze"),
    path("preferenze/calendario/", viste.chiave_del_calendario, name="calendario"),
]
