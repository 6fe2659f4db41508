from django.urls import path

from . import views_conferme, views_inviti, views_tabellone

urlpatterns = [
    path("<uuid:pk>/soggetti/inviti/", views_inviti.invita_tutti, name="invita_tutti"),
    path("<uuid:pk>/soggetti/<uuid:riga>/inviti/", views_inviti.invita, name="invita"),
    path("<uuid:pk>/soggetti/<uuid:riga>/inviti/<uuid:invito>/revoca/", views_inviti.revoca, name="invito_revoca"),
    path("<uuid:pk>/soggetti/<uuid:riga>/inviti/<uuid:invito>/rimanda/", views_inviti.rimanda, name="invito_rimanda"),
    path("<uuid:pk>/soggetti/<uuid:riga>/incaricati/<int:incaricato>/togli/", views_inviti.togli, name="incaricato_togli"),
    path("<uuid:pk>/tua-parte/<uuid:riga>/", views_inviti.tua_parte, name="tua_parte"),
    path("invito/<str:chiave>/", views_inviti.invito, name="invito"),
    path("invito/<str:chiave>/nuovo/", views_inviti.nuovo, name="invito_nuovo"),
    path("<uuid:pk>/conferma/<uuid:riga>/", views_conferme.conferma, name="conferma"),
    path("<uuid:pk>/conferma/<uuid:riga>/<int:conferma>/documento/", views_conferme.documento, name="conferma_documento"),
    path("<uuid:pk>/conferma/<uuid:riga>/<int:conferma>/ritira/", views_conferme.ritira, name="conferma_ritira"),
    path("<uuid:pk>/chi-deve-cosa/", views_tabellone.chi_deve_cosa, name="tabellone"),
    path("<uuid:pk>/chi-deve-cosa/sollecita/", views_tabellone.sollecita, name="sollecita"),
]
