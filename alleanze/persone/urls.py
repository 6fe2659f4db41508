from django.urls import path

from . import views
from .views import invito, nuovo

urlpatterns = [
    path("agisci-per/", views.agisci, name="agisci_per"),
    path("invito/<str:chiave>/", invito, name="invito"),
    path("invito/<str:chiave>/nuovo/", nuovo, name="invito_nuovo"),
    path("enti/<uuid:pk>/persone/", views.persone, name="persone"),
    path("enti/<uuid:pk>/persone/inviti/<uuid:invito>/revoca/", views.revoca, name="invito_revoca"),
    path("enti/<uuid:pk>/persone/inviti/<uuid:invito>/rimanda/", views.rimanda, name="invito_rimanda"),
    path("enti/<uuid:pk>/persone/<int:appartenenza>/fine/", views.termina, name="appartenenza_fine"),
    path("enti/<uuid:pk>/persone/<int:appartenenza>/ruolo/", views.cambia_ruolo, name="appartenenza_ruolo"),
    path("enti/<uuid:pk>/mandati/", views.mandati, name="mandati"),
    path("enti/<uuid:pk>/mandati/<int:mandato>/ritira/", views.ritira, name="mandato_ritira"),
]
