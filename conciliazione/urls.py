"""The addresses of the portal. Here, and only here, the kernel knows the apps: this is where the house is put together."""

from django.contrib import admin
from django.urls import include, path

from progetti.scrivania.views import scrivania

from . import salute, views
from .messaggi import views as messaggi

urlpatterns = [
    path("", scrivania, name="scrivania"),
    path("progetti/", include("progetti.urls")),
    path("alleanze/", include("alleanze.urls")),
    path("pubblico/", include("progetti.pubblico.urls")),
    path("sportello/", include("alleanze.sportello.urls")),
    path("incentivi/", include("voucher.incentivi.urls")),
    path("notifiche/", include("conciliazione.messaggi.urls")),
    path("da-fare/", messaggi.cosa_devo_fare, name="da_fare"),
    path("da-fare/calendario.ics", messaggi.scarica, name="da_fare_scarica"),
    path("calendario/<uuid:chiave>.ics", messaggi.abbonamento, name="calendario"),
    path("account/", include("conciliazione.account")),
    path("amministrazione/", admin.site.urls),
    path("salute/", salute.salute, name="salute"),
    path("privacy/", views.privacy, name="privacy"),
    path("accessibilita/", views.accessibilita, name="accessibilita"),
    path("note-legali/", views.note_legali, name="note_legali"),
    path("posta-inviata/", views.posta_demo, name="posta_demo"),
]
