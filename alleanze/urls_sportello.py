"""The sportello on-line."""

from django.urls import path

from .views import sportello, sportello_gestione, sportello_quesito

app_name = "sportello"
urlpatterns = [
    path("", sportello.elenco, name="elenco"),
    path("nuova/", sportello.nuova, name="nuova"),
    path("<uuid:pk>/", sportello_quesito.quesito, name="quesito"),
    path("<uuid:pk>/seguito/", sportello.seguito, name="seguito"),
    path("<uuid:pk>/ritira/", sportello_quesito.ritira, name="ritira"),
    path("<uuid:pk>/assegna/", sportello_quesito.assegna, name="assegna"),
    path("<uuid:pk>/prendi/", sportello_quesito.prendi, name="prendi"),
    path("<uuid:pk>/rispondi/", sportello_quesito.rispondi, name="rispondi"),
    path("<uuid:pk>/pubblica/", sportello_quesito.pubblica, name="pubblica"),
    path("<uuid:pk>/ritira-pubblicazione/", sportello_quesito.ritira_pubblicazione, name="ritira_pubblicazione"),
    path("alleanze/<uuid:pk>/impostazioni/", sportello_gestione.impostazioni, name="impostazioni"),
    path("alleanze/<uuid:pk>/statistiche/", sportello_gestione.statistiche, name="statistiche"),
    path("alleanze/<uuid:pk>/statistiche.csv", sportello_gestione.statistiche_csv, name="statistiche_csv"),
]
