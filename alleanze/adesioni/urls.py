from django.urls import path

from . import views, views_carte, views_esame

urlpatterns = [
    path("<uuid:pk>/aderisci/", views.aderisci, name="aderisci"),
    path("<uuid:pk>/aderisci/posta/", views.aderisci_posta, name="aderisci_posta"),
    path("<uuid:pk>/adesioni/<int:adesione>/recesso/", views_esame.recesso, name="recesso"),
    path("adesione/<str:chiave>/", views.adesione_chiave, name="adesione_chiave"),
    path("adesioni/", views_esame.elenco, name="adesioni"),
    path("adesioni/<uuid:pk>/", views_esame.dettaglio, name="adesione"),
    path("adesioni/<uuid:pk>/compila/<int:passo>/", views.adesione_passo, name="adesione_passo"),
    path("adesioni/<uuid:pk>/invia/", views.adesione_invia, name="adesione_invia"),
    path("adesioni/<uuid:pk>/ritira/", views.adesione_ritira, name="adesione_ritira"),
    path("adesioni/<uuid:pk>/esamina/", views_esame.esamina, name="adesione_esamina"),
    path("adesioni/<uuid:pk>/integrazione/", views_esame.integrazione, name="adesione_integrazione"),
    path("adesioni/<uuid:pk>/riprendi/", views_esame.riprendi, name="adesione_riprendi"),
    path("adesioni/<uuid:pk>/accogli/", views_esame.accogli, name="adesione_accogli"),
    path("adesioni/<uuid:pk>/respingi/", views_esame.respingi, name="adesione_respingi"),
    path("adesioni/<uuid:pk>/originale/", views_esame.originale, name="adesione_originale"),
    path("adesioni/<uuid:pk>/lettere/<uuid:lettera>/", views_carte.lettera, name="adesione_lettera"),
    path("adesioni/<uuid:pk>/lettere/<uuid:lettera>/pdf/", views_carte.lettera_pdf, name="adesione_lettera_pdf"),
    path("adesioni/<uuid:pk>/atti/<int:atto>/", views_carte.atto, name="adesione_atto"),
    path("adesioni/<uuid:pk>/pdf/<str:quale>/", views_carte.pdf, name="adesione_pdf"),
    path("adesioni/<uuid:pk>/file/<int:file>/", views_carte.file, name="adesione_file"),
    path("adesioni/<uuid:pk>/file/<int:file>/scarica/", views_carte.scarica, name="adesione_scarica"),
    path("adesioni/<uuid:pk>/file/<int:file>/riprova/", views_carte.riprova, name="adesione_riprova"),
    path("adesioni/<uuid:pk>/firmati/<str:quale>/", views_carte.firmato, name="adesione_firmato"),
]
