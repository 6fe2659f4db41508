from django.urls import path

from .views import avvisi, conferme, eliminazione, obiettivo, ordine, presentazione, progetti, scheda, soggetti, versioni

app_name = "progetti"
urlpatterns = [
    path("", progetti.elenco, name="elenco"),
    path("avvisi/", avvisi.elenco, name="avvisi"),
    path("avvisi/nuovo/", avvisi.nuovo, name="avviso_nuovo"),
    path("avvisi/<int:pk>/", avvisi.avviso, name="avviso"),
    path("avvisi/<int:pk>/modifica/", avvisi.modifica, name="avviso_modifica"),
    path("nuovo/<int:avviso>/", progetti.nuovo, name="nuovo"),
    path("<uuid:pk>/", progetti.dettaglio, name="dettaglio"),
    path("<uuid:pk>/sezione/<str:chiave>/", scheda.sezione, name="sezione"),
    path("<uuid:pk>/parte/<str:blocco>/<uuid:riga>/", scheda.riga, name="riga"),
    path("<uuid:pk>/soggetti/", soggetti.soggetti, name="soggetti"),
    path("<uuid:pk>/soggetti/<uuid:riga>/togli/", soggetti.togli, name="togli_soggetto"),
    path("<uuid:pk>/soggetti/tutti/", ordine.aggiungi_tutti, name="aggiungi_tutti"),
    path("<uuid:pk>/soggetti/<uuid:riga>/su/", ordine.su, name="soggetto_su"),
    path("<uuid:pk>/soggetti/<uuid:riga>/giu/", ordine.giu, name="soggetto_giu"),
    path("<uuid:pk>/conferma/<uuid:riga>/", conferme.conferma, name="conferma"),
    path("<uuid:pk>/conferma/<uuid:riga>/<int:conferma>/documento/", conferme.documento, name="conferma_documento"),
    path("<uuid:pk>/verifica/", presentazione.verifica, name="verifica"),
    path("<uuid:pk>/obiettivo/", obiettivo.obiettivo, name="obiettivo"),
    path("<uuid:pk>/presenta/", presentazione.presenta, name="presenta"),
    path("<uuid:pk>/altrove/", presentazione.altrove, name="altrove"),
    path("<uuid:pk>/riapri/", presentazione.riapri, name="riapri"),
    path("<uuid:pk>/elimina/", eliminazione.elimina, name="elimina"),
    path("<uuid:pk>/anteprima/", versioni.chiedi_anteprima, name="anteprima"),
    path("versioni/<int:pk>/", versioni.versione, name="versione"),
    path("versioni/<int:pk>/pdf/", versioni.chiedi_pdf, name="pdf"),
    path("versioni/<int:pk>/ricevuta/", presentazione.ricevuta, name="ricevuta"),
    path("versioni/<int:pk>/ricevuta/file/", presentazione.ricevuta_file, name="ricevuta_file"),
    path("file/<int:pk>/", versioni.file, name="file"),
    path("file/<int:pk>/scarica/", versioni.scarica, name="scarica"),
    path("file/<int:pk>/riprova/", versioni.riprova, name="riprova"),
]
