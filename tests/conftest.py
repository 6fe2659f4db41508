"""The people and the projects of the tests: the Crema alliance of the demo, and strangers of another one."""

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.test import TransactionTestCase
from hypothesis import HealthCheck
from hypothesis import settings as di_hypothesis

from conciliazione.models import FileGenerato, Utente
from progetti.contenuto import conferme, contenuto
from progetti.models import Conferma, Presentazione, Progetto, SchedaSintetica

from . import gruppi, istantanea
from .servito import Servito


def pytest_configure():
    # Passwords are not what is tested, and ten of them are hashed for each loading of the demo.
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    # Each test client is a server of its own: it would look over all static files before its first page.
    settings.WHITENOISE_AUTOREFRESH = True
    # A public page that is kept would tell one test what another one made.
    settings.PUBBLICO_SECONDI = 0
    # How long an example takes says how busy the machine is.
    di_hypothesis.register_profile("prove", deadline=None, suppress_health_check=[HealthCheck.too_slow])
    di_hypothesis.load_profile("prove")
    # After a test that needed real commits the tables are not emptied: the demo comes back.
    TransactionTestCase._fixture_teardown = lambda caso: istantanea.riporta()


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items):
    """The longest first, so that two processes end together."""
    items.sort(key=lambda prova: gruppi.posto(prova.nodeid))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    if config.getvalue("dist") == "loadfile":
        return gruppi.PerGruppi(config, log)


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment, django_db_blocker):
    """The demo is there, before all tests; each of them works in a transaction that is rolled back."""
    with django_db_blocker.unblock():
        istantanea.apri()
    yield
    with django_db_blocker.unblock():
        istantanea.chiudi()


@pytest.fixture
def dimostrazione(db):
    """All that `make demo` loads."""


PERSONE = {
    "capofila": "operatore@comune-crema.example.org",
    "responsabile": "responsabile@comune-crema.example.org",
    "partner": "partner@csc.example.org",
    "altro_partner": "partner@iride.example.org",
    "ats": "istruttore@ats-valpadana.example.org",
    "regione": "direzione@regione.example.org",
    "estraneo": "estraneo@mediolona.example.org",
    "altra_ats": "istruttore@ats-insubria.example.org",
    "amministratore": "admin@example.org",
}


def _utente(chi: str):
    @pytest.fixture
    def persona(dimostrazione) -> Utente:
        return Utente.objects.get(email=PERSONE[chi])

    return persona


capofila = _utente("capofila")
"""Operatore of the Comune di Crema: prepares."""
responsabile = _utente("responsabile")
"""Responsabile of the Comune di Crema: files."""
partner = _utente("partner")
"""Comunità Sociale Cremasca, public; it has confirmed."""
altro_partner = _utente("altro_partner")
"""Iride, private; it has not begun."""
ats = _utente("ats")
regione = _utente("regione")
estraneo = _utente("estraneo")
"""Capofila of another alliance."""
altra_ats = _utente("altra_ats")
amministratore = _utente("amministratore")


@pytest.fixture
def progetto(dimostrazione) -> Progetto:
    """Being filled in."""
    return Progetto.objects.select_related("avviso__ats", "alleanza__ats", "capofila").get(titolo="Tempo per tutti")


@pytest.fixture
def presentato(dimostrazione) -> Progetto:
    """Filed, with its number."""
    return Progetto.objects.select_related("avviso__ats", "alleanza__ats", "capofila").get(titolo="IN...TEMPO 2")


@pytest.fixture
def acquisito(dimostrazione) -> Progetto:
    """Taken from paper, with its contradiction."""
    return Progetto.objects.select_related("avviso__ats", "alleanza__ats", "capofila").get(titolo="IN...TEMPO")


@pytest.fixture
def approvato(dimostrazione) -> Progetto:
    """The project of Castellanza, concluded; its scheda sintetica is public."""
    return Progetto.objects.select_related("alleanza").get(titolo__startswith="La conciliazione...pronti")


@pytest.fixture
def carte(progetto, presentato, partner, responsabile, settings, tmp_path) -> dict:
    """What the addresses are about: papers, a receipt and a file that are there to be taken."""
    settings.MEDIA_ROOT = tmp_path
    soggetto = progetto.partecipazioni.get(denominazione__startswith="Comunità")
    cifre = conferme.cifre(contenuto(progetto), str(soggetto.pk))
    firmata = Conferma(partecipazione=soggetto, impronta="-", cifre=cifre, da=responsabile, per_conto=True)
    firmata.documento.save("firma.pdf", ContentFile(b"%PDF-"), save=True)
    presentazione = Presentazione.objects.get(versione__progetto=presentato)
    presentazione.ricevuta.save("ricevuta.eml", ContentFile(b"From: pec"), save=True)
    file = FileGenerato(chiave="f" * 64, argomento=f"versione:{presentazione.versione_id}", nome="scheda.pdf")
    file.sha256, file.stato = "0" * 64, FileGenerato.Stato.PRONTO
    file.file.save("scheda.pdf", ContentFile(b"%PDF-"), save=True)
    return {"conferma": firmata, "versione": presentazione.versione_id, "file": file.pk, "sintesi": _sintesi(progetto)}


def _sintesi(progetto) -> SchedaSintetica:
    return SchedaSintetica.objects.create(progetto=progetto, ente=progetto.capofila)


@pytest.fixture
def servito(transactional_db):
    """The portal at an address of this machine."""
    server = Servito()
    yield server
    server.ferma()


@pytest.fixture
def entra(client):
    """`entra(capofila)` gives the browser of that person."""

    def accesso(utente: Utente):
        client.force_login(utente)
        return client

    return accesso
