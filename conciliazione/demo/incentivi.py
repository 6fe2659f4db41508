"""The incentives of the demo: a measure of the approved WIS project, and a small firm that is trying it."""

from datetime import timedelta
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from alleanze.models import Ente
from progetti.models import Progetto
from voucher.incentivi import transizioni
from voucher.models import MisuraIncentivo, RichiestaIncentivo

from ..models import Utente

TITOLO = "Orari a misura di famiglia"
IMPRESA = "impresa@cinemino.example.org"


@transaction.atomic
def carica() -> MisuraIncentivo:
    """Load it unless it is there; the demo of the projects is."""
    trovata = MisuraIncentivo.objects.filter(titolo=TITOLO).first()
    return trovata or _nuova()


def _nuova() -> MisuraIncentivo:
    progetto = Progetto.objects.get(titolo__startswith="WIS Welfare")
    misura = MisuraIncentivo.objects.create(
        progetto=progetto,
        azione=progetto.azione_righe.get(codice="C.1"),
        titolo=TITOLO,
        condizioni="Per le micro e piccole imprese della rete che provano, per almeno tre mesi, orari flessibili "
        "o lavoro agile scelti con le persone.\nL'incentivo si paga alla fine, con una relazione e i documenti della spesa.",
        atto="Deliberazione del consiglio direttivo n. 4 del 12/09/2026",
        dotazione=Decimal("6000.00"),
        massimo_per_impresa=Decimal("1500.00"),
        percentuale=Decimal("50.00"),
        apre_il=timezone.now() - timedelta(days=60),
        chiude_il=(timezone.localtime() + timedelta(days=120)).replace(hour=12, minute=0, second=0, microsecond=0),
        pubblicata=True,
    )
    _prova(misura)
    return misura


def _prova(misura: MisuraIncentivo) -> None:
    utente = Utente.objects.get(email=IMPRESA)
    richiesta = RichiestaIncentivo.objects.create(
        misura=misura,
        ente=Ente.objects.get(denominazione="CINEMINO SRLS"),
        descrizione="Turni di cassa e di sala scelti ogni mese insieme, con un gruppo di scambio fra colleghe e colleghi.",
        inizio=timezone.localdate() - timedelta(days=50),
        aperta_da=utente,
    )
    transizioni.avvia(richiesta.pk, utente)
