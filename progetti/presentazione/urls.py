from django.urls import path

from conciliazione.file import views as file

from . import views, views_prestito, views_versioni

urlpatterns = [
    path("<uuid:pk>/verifica/", views.verifica, name="verifica"),
    path("<uuid:pk>/presenta/", views.presenta, name="presenta"),
    path("<uuid:pk>/altrove/", views.altrove, name="altrove"),
    path("<uuid:pk>/riapri/", views.riapri, name="riapri"),
    path("<uuid:pk>/prestito/", views_prestito.prestito, name="prestito"),
    path("<uuid:pk>/prestito/riprendi/", views_prestito.riprendi, name="riprendi"),
    path("<uuid:pk>/elimina/", views.elimina, name="elimina"),
    path("<uuid:pk>/anteprima/", views_versioni.chiedi_anteprima, name="anteprima"),
    path("versioni/<int:pk>/", views_versioni.versione, name="versione"),
    path("versioni/<int:pk>/pdf/", views_versioni.chiedi_pdf, name="pdf"),
    path("versioni/<int:pk>/ricevuta/", views.ricevuta, name="ricevuta"),
    path("versioni/<int:pk>/ricevuta/file/", views.ricevuta_file, name="ricevuta_file"),
    path("file/<int:pk>/", file.file, name="file"),
    path("file/<int:pk>/scarica/", file.scarica, name="scarica"),
    path("file/<int:pk>/riprova/", file.riprova, name="riprova"),
    path("<uuid:pk>/word/", views_versioni.chiedi_word_di_scheda, name="scheda_word"),
    path("versioni/<int:pk>/word/", views_versioni.chiedi_word, name="versione_word"),
]
