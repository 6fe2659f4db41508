"""A request to join the alliance of Crema, at each of its turns; and what its tests ask of pages and of mail."""

import re
from datetime import date

import pytest
from django.conf import settings as impostazioni
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse

from alleanze.adesioni import richieste, transizioni
from alleanze.models import Alleanza, RichiestaAdesione
from conciliazione.demo.adesioni import COOPERATIVA, PORTA
from conciliazione.models import Messaggio

CHI = {"nome": "Lea", "cognome": "Riva", "email": "lea.riva@example.org", "ruolo": "effettivo"}
NUOVA = {"denominazione": "Il Nido Cooperativa", "codice_fiscale": "04567810199"}
DATI = COOPERATIVA | NUOVA | {"partita_iva": ""}
OGGI = date(2026, 9, 1)
CHIESTO = "Manca la delibera <b>firmata</b>."


@pytest.fixture(autouse=True)
def archivio_a_parte(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def alleanza(progetto) -> Alleanza:
    Alleanza.objects.filter(pk=progetto.alleanza_id).update(pubblica=True)
    RichiestaAdesione.objects.all().delete()
    return Alleanza.objects.select_related("capofila", "ats").get(pk=progetto.alleanza_id)


@pytest.fixture
def completa(alleanza) -> RichiestaAdesione:
    """Begun by who has no account, filled in, not sent."""
    richiesta, _ = richieste.apri(alleanza, **CHI, **NUOVA)
    richiesta.dati, richiesta.risposte = DATI, PORTA
    richiesta.save()
    return richiesta


@pytest.fixture
def inviata(completa, anonimo) -> RichiestaAdesione:
    return transizioni.invia(completa.pk, anonimo, [completa.impronta])


@pytest.fixture
def in_esame(inviata, ats) -> RichiestaAdesione:
    return transizioni.prendi_in_esame(inviata.pk, ats)


@pytest.fixture
def da_integrare(in_esame, ats) -> RichiestaAdesione:
    return transizioni.chiedi_integrazione(in_esame.pk, ats, testo=CHIESTO, giorni=15)


@pytest.fixture
def anonimo() -> AnonymousUser:
    return AnonymousUser()


def pagina(richiesta, nome="adesione", *altro) -> str:
    return reverse(f"alleanze:{nome}", args=[richiesta.pk, *altro])


def collegamento(messaggio: Messaggio) -> str:
    return re.search(re.escape(impostazioni.INDIRIZZO_PUBBLICO) + r"(/alleanze/\S+)", messaggio.testo)[1]


def ultima_posta(a: str) -> Messaggio:
    return Messaggio.objects.filter(destinatari__contains=[a]).order_by("-pk").first()


def parole(risposta) -> str:
    testo = re.sub(r"<[^>]+>", " ", risposta.content.decode())
    return " ".join(testo.replace("&#x27;", "'").replace("&amp;", "&").split())


def nuova_chiave(richiesta) -> str:
    _, chiave = richieste.apri(richiesta.alleanza, **CHI, **NUOVA)
    return chiave
