from django.urls import path

from . import views, views_carta

urlpatterns = [
    path("<uuid:pk>/fascicolo/", views.fascicolo, name="fascicolo"),
    path("<uuid:pk>/fascicolo/prepara/", views.prepara, name="fascicolo_prepara"),
    path("<uuid:pk>/fascicolo/invia/", views.invia, name="fascicolo_invia"),
    path("<uuid:pk>/fascicolo/intero/", views.intero, name="fascicolo_intero"),
    path("<uuid:pk>/fascicolo/carte/<uuid:carta>/", views_carta.carta, name="carta_da_firmare"),
    path("<uuid:pk>/fascicolo/carte/<uuid:carta>/pdf/", views_carta.pdf, name="carta_pdf"),
    path("<uuid:pk>/fascicolo/carte/<uuid:carta>/firmato/", views_carta.firmato, name="carta_firmata"),
    path("<uuid:pk>/fascicolo/carte/<uuid:carta>/ricevi/", views_carta.ricevi, name="carta_ricevi"),
    path("<uuid:pk>/fascicolo/carte/<uuid:carta>/rimanda/", views_carta.rimanda, name="carta_rimanda"),
    path("<uuid:pk>/fascicolo/carte/<uuid:carta>/rifai/", views_carta.rifai, name="carta_rifai"),
    path("<uuid:pk>/fascicolo/atti/<uuid:riga>/", views.atti, name="atti"),
    path("<uuid:pk>/fascicolo/atti/<uuid:riga>/<int:atto>/", views.modifica_atto, name="atto_modifica"),
    path("<uuid:pk>/fascicolo/atti/<uuid:riga>/<int:atto>/togli/", views.togli_atto, name="atto_togli"),
]
