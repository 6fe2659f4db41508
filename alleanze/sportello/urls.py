"""The sportello on-line."""

from django.urls import path

from . import views, views_gestione, views_quesito

app_name = "sportello"
urlpatterns = [
    path("", views.elenco, name="elenco"),
    path("nuova/", views.nuova, name="nuova"),
    path("<uuid:pk>/", views_quesito.quesito, name="quesito"),
    path("<uuid:pk>/seguito/", views.seguito, name="seguito"),
    path("<uuid:pk>/ritira/", views_quesito.ritira, name="ritira"),
    path("<uuid:pk>/assegna/", views_quesito.assegna, name="assegna"),
    path("<uuid:pk>/prendi/", views_quesito.prendi, name="prendi"),
    path("<uuid:pk>/rispondi/", views_quesito.rispondi, name="rispondi"),
    path("<uuid:pk>/correggi/", views_quesito.correggi, name="correggi"),
    path("<uuid:pk>/pubblica/", views_quesito.pubblica, name="pubblica"),
    path("<uuid:pk>/ritira-pubblicazione/", views_quesito.ritira_pubblicazione, name="ritira_pubblicazione"),
    path("alleanze/<uuid:pk>/impostazioni/", views_gestione.impostazioni, name="impostazioni"),
    path("alleanze/<uuid:pk>/statistiche/", views_gestione.statistiche, name="statistiche"),
    path("alleanze/<uuid:pk>/statistiche.csv", views_gestione.statistiche_csv, name="statistiche_csv"),
]
