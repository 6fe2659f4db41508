from django.urls import path

from . import presenza, views, views_bilancio, views_rivedere, views_salvataggio, views_tabelle

urlpatterns = [
    path("<uuid:pk>/sezione/<str:chiave>/", views.sezione, name="sezione"),
    path("<uuid:pk>/sezione/<str:chiave>/bilancio/", views_bilancio.viva, name="bilancio"),
    path("<uuid:pk>/sezione/<str:chiave>/salvataggio/", views_salvataggio.sezione, name="salvataggio"),
    path("<uuid:pk>/parte/<str:blocco>/<uuid:riga>/salvataggio/", views_salvataggio.riga, name="salvataggio_riga"),
    path("<uuid:pk>/presenza/<path:pagina>/", presenza.presenza, name="presenza"),
    path("<uuid:pk>/parte/<str:blocco>/<uuid:riga>/", views.riga, name="riga"),
    path("<uuid:pk>/tabella/<str:blocco>/", views_tabelle.tabella, name="tabella"),
    path("<uuid:pk>/tabella/<str:blocco>/conferma/", views_tabelle.conferma, name="tabella_conferma"),
    path("<uuid:pk>/tabella/<str:blocco>/excel/", views_tabelle.scarica, name="tabella_scarica"),
    path("<uuid:pk>/da-rivedere/", views_rivedere.rivedere, name="da_rivedere"),
    path("<uuid:pk>/da-rivedere/visto/", views_rivedere.visto, name="visto"),
    path("<uuid:pk>/obiettivo/", views_bilancio.obiettivo, name="obiettivo"),
]
