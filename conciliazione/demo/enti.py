"""What the page of an ente shows when it is full: how large two firms say they are, a legal representative who changed, hands
from outside (a person of two enti, a mandate to a global service, an invitation that nobody took yet)."""

from datetime import date, timedelta
from decimal import Decimal

from django.utils import timezone

from alleanze.models import Appartenenza, Carica, DichiarazioneDimensione, Ente, ImpresaLegata, Mandato, Persona
from progetti.models import Progetto
from progetti.partner import inviti

from ..models import Utente

ALI = "ALI s.p.a., Agenzia per il Lavoro"
CINEMINO = "CINEMINO SRLS"


def carica() -> None:
    """Load it. The enti of Crema and of Milano must be there, with their people."""
    ali = Ente.objects.get(denominazione=ALI)
    _grande(ali)
    _micro(Ente.objects.get(denominazione=CINEMINO))
    _cambio(ali)


def _account(ente: Ente, email: str) -> Utente:
    """Give who represents the ente an account without a password: nobody enters with it."""
    persona = ente.cariche.get(tipo=Carica.Tipo.LEGALE_RAPPRESENTANTE).persona
    persona.utente = Utente.objects.create_user(email, None, nome=persona.nome, cognome=persona.cognome)
    persona.save()
    return persona.utente


def _dichiara(ente: Ente, mesi: int, ula: str, fatturato: int, bilancio: int, email: str) -> DichiarazioneDimensione:
    giorno = timezone.localdate() - timedelta(days=30 * mesi)
    return DichiarazioneDimensione.objects.create(
        ente=ente,
        del_giorno=giorno,
        esercizio=giorno.year - 1,
        ula=Decimal(ula),
        fatturato=Decimal(fatturato),
        bilancio=Decimal(bilancio),
        dichiarata_da=_account(ente, email),
    )


def _grande(ente: Ente) -> None:
    """A firm with a group behind it."""
    fatta = _dichiara(ente, 4, "212.00", 96_500_000, 41_200_000, "direzione@ali.example.org")
    ImpresaLegata.objects.create(
        dichiarazione=fatta,
        denominazione="ALI Formazione srl",
        legame=ImpresaLegata.Legame.COLLEGATA,
        ula=Decimal("38.50"),
        fatturato=Decimal(7_400_000),
        bilancio=Decimal(3_900_000),
    )


def _micro(ente: Ente) -> None:
    fatta = _dichiara(ente, 7, "5.50", 640_000, 380_000, "titolare@cinemino.example.org")
    ImpresaLegata.objects.create(
        dichiarazione=fatta,
        denominazione="Sala Due srl",
        legame=ImpresaLegata.Legame.ASSOCIATA,
        quota=Decimal(30),
        ula=Decimal("4.00"),
        fatturato=Decimal(210_000),
        bilancio=Decimal(95_000),
    )


def _cambio(ente: Ente) -> None:
    """Put somebody else before who represents the ente today."""
    oggi = ente.cariche.get(tipo=Carica.Tipo.LEGALE_RAPPRESENTANTE)
    oggi.dal, oggi.atto = date(2014, 4, 15), "verbale dell'assemblea del 14 aprile 2014"
    oggi.save()
    Carica.objects.create(
        ente=ente,
        persona=Persona.objects.create(nome="Ottavio", cognome="Benzoni"),
        tipo=Carica.Tipo.LEGALE_RAPPRESENTANTE,
        dal=date(2011, 5, 2),
        al=date(2014, 4, 14),
        atto="verbale dell'assemblea del 29 aprile 2011",
    )


def carica_mani_di_fuori() -> None:
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
