"""Hands from outside: a person of two enti, a mandate to a global service, an invitation that nobody took yet."""

from alleanze.models import Appartenenza, Ente, Mandato
from progetti.models import Progetto
from progetti.partner import inviti

from ..models import Utente

ALI = "ALI s.p.a., Agenzia per il Lavoro"


def carica() -> None:
    due_enti = Utente.objects.get(email="servizi@ali.example.org")
    arcobaleno = Ente.objects.get(denominazione="Consorzio Arcobaleno Società Cooperativa Sociale")
    Appartenenza.objects.create(utente=due_enti, ente=arcobaleno, ruolo=Appartenenza.Ruolo.OPERATORE)
    Mandato.objects.create(
        mandante=Ente.objects.get(denominazione="Iride Società Cooperativa Sociale impresa sociale"),
        mandatario=Ente.objects.get(denominazione=ALI),
        atto="contratto di servizio globale del 03/02/2014",
        dal="2014-02-03",
    )
    koala = Progetto.objects.get(titolo="Tempo per tutti").partecipazioni.get(denominazione__startswith="Koala")
    capofila = Utente.objects.get(email="operatore@comune-crema.example.org")
    inviti.manda(koala, capofila, email="lucia.bianchessi@koala.example.org", nome="Lucia", cognome="Bianchessi")
