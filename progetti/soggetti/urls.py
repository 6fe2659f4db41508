from django.urls import path

from . import views, views_elenco

urlpatterns = [
    path("<uuid:pk>/soggetti/", views.soggetti, name="soggetti"),
    path("<uuid:pk>/soggetti/elenco/", views_elenco.carica, name="soggetti_elenco"),
    path("<uuid:pk>/soggetti/elenco/conferma/", views_elenco.conferma, name="soggetti_elenco_conferma"),
    path("<uuid:pk>/soggetti/elenco/excel/", views_elenco.scarica, name="soggetti_elenco_scarica"),
    path("<uuid:pk>/soggetti/<uuid:riga>/togli/", views.togli, name="togli_soggetto"),
    path("<uuid:pk>/soggetti/tutti/", views.aggiungi_tutti, name="aggiungi_tutti"),
    path("<uuid:pk>/soggetti/<uuid:riga>/su/", views.su, name="soggetto_su"),
    path("<uuid:pk>/soggetti/<uuid:riga>/giu/", views.giu, name="soggetto_giu"),
]
