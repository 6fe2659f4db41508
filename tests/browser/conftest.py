"""A real browser on a real server: Chromium by Playwright, the portal on the database of the tests."""

import os
import re
import shutil
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connections
from django.test import Client, override_settings
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from conciliazione.models import Utente

from .. import istantanea
from ..servito import Servito

ARTEFATTI = Path(__file__).resolve().parents[2] / "artefatti"
"""Screenshots, kept by CI; not in git."""

ATTESA = 120_000
"""In milliseconds: how long a browser may take on a machine that does other things too. What is there is not waited for."""

ARGOMENTI = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # The next page finds the scripts of the one before compiled.
    "--renderer-process-limit=1",
]


@pytest.fixture(scope="package")
def chromium() -> Browser:
    """One for all the stories; closed before the tests that follow."""
    # With a loop in the thread Django keeps connections apart: these would be left open.
    connections.close_all()
    # Playwright keeps a loop in this thread, and Django would not let us near the database.
    prima = os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    expect.set_options(timeout=ATTESA)
    with sync_playwright() as playwright:
        programma = shutil.which("chromium-headless-shell") or shutil.which("chromium")
        browser = playwright.chromium.launch(executable_path=programma, args=ARGOMENTI)
        yield browser
        browser.close()
        connections.close_all()  # and so here
    if prima is None:
        del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture(scope="module")
def portale(django_db_setup, django_db_blocker):
    """The portal with the demo, for tests that look more than they touch: one for the module, put back at the end."""
    with django_db_blocker.unblock(), override_settings(DIMOSTRAZIONE=True):
        server = Servito()
        yield server
        server.ferma()
        istantanea.riporta()


@pytest.fixture(scope="module")
def apri(chromium, portale):
    """`apri("partner@csc.example.org", 360)` gives a page where that person has logged in, as wide as that."""
    aperti: dict[tuple, BrowserContext] = {}

    def nuova(email: str = "", larghezza: int = 1280, altezza: int = 800) -> Page:
        if (email, larghezza) not in aperti:
            contesto = contesto_nuovo(chromium, portale)
            aperti[email, larghezza] = contesto
            if email:
                contesto.add_cookies([biscotto(email, portale.url)])
        pagina = aperti[email, larghezza].new_page()
        pagina.set_viewport_size({"width": larghezza, "height": altezza})
        return pagina

    yield nuova
    for contesto in aperti.values():
        contesto.close()


@pytest.fixture(autouse=True)
def pagine_chiuse(chromium, request):
    """A page that is left open goes on saving and asking who else is there, while the next test does other things."""
    yield
    for contesto in chromium.contexts:
        contesto.set_offline(True)  # what a page sends as it goes would come after the next one was opened
        for pagina in contesto.pages:
            if pagina.url != "about:blank":  # one that is at rest has nothing to ask
                pagina.close()
        contesto.set_offline(False)
    if "portale" in request.fixturenames:
        request.getfixturevalue("portale").finisci()


def contesto_nuovo(chromium: Browser, portale: Servito, **modi) -> BrowserContext:
    """A browser of its own, where nobody has logged in."""
    contesto = chromium.new_context(base_url=portale.url, locale="it-IT", **modi)
    contesto.set_default_timeout(ATTESA)
    return contesto


def biscotto(email: str, url: str) -> dict:
    """The session of a person, as if by the login form."""
    cliente = Client()
    cliente.force_login(Utente.objects.get(email=email), backend="django.contrib.auth.backends.ModelBackend")
    return {"name": settings.SESSION_COOKIE_NAME, "value": cliente.cookies[settings.SESSION_COOKIE_NAME].value, "url": url}


def fotografa(pagina: Page, cartella: str, nome: str) -> None:
    """A screenshot of the whole page among the artefacts."""
    file = ARTEFATTI / cartella / (re.sub(r"\W+", "-", nome).strip("-") + ".png")
    file.parent.mkdir(parents=True, exist_ok=True)
    pagina.screenshot(path=file, full_page=True)
