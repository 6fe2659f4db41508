"""The measures of what grows for years: lists of two thousand rows, as quick at the last page as at the first; public pages.

Like those of `misure.py`: not collected with the tests, what is asserted are the ratios of one run and the numbers of queries.
"""

import statistics
import uuid

import pytest
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from alleanze.models import Alleanza
from conciliazione.demo import castellanza
from progetti.models import Partecipazione, Progetto, Versione

from .misure import _nostre, orologio, racconta

RIGHE, PER_PAGINA = 2_000, 25
LIMITE_ULTIMA, LIMITE_TENUTA = 1.5, 3
PUBBLICHE = ("scrivania", "pubblico:alleanze", "pubblico:progetti", "pubblico:faq", "pubblico:dati")


@pytest.fixture
def duemila(dimostrazione, progetto, capofila):
    """Two thousand approved projects of the Comune di Crema, each with its version, and as many public alleanze."""
    versione = Versione.objects.get(progetto__titolo=castellanza.CASTELLANZA["progetto"]["titolo"])
    comuni = {
        "avviso": progetto.avviso,
        "edizione": progetto.edizione,
        "alleanza": progetto.alleanza,
        "capofila": progetto.capofila,
        "stato": "finanziato",
    }
    progetti = Progetto.objects.bulk_create(Progetto(titolo=f"Progetto {n:04}", **comuni) for n in range(RIGHE))
    congelata = {"numero": 1, "origine": versione.origine, "edizione": versione.edizione, "sha256": versione.sha256}
    congelata |= {"contenuto": versione.contenuto, "lettura": versione.lettura, "creata_il": versione.creata_il}
    Versione.objects.bulk_create((Versione(progetto=p, **congelata) for p in progetti), batch_size=200)
    capofile = {"ente": progetto.capofila, "ruolo": "capofila", "ordine": 1, "denominazione": "Comune di Crema"}
    Partecipazione.objects.bulk_create(Partecipazione(progetto=p, **capofile) for p in progetti)
    dati = {"ats": progetto.alleanza.ats, "capofila": progetto.capofila, "pubblica": True, "comuni": ["Crema"] * 20}
    Alleanza.objects.bulk_create(Alleanza(pk=uuid.uuid4(), nome=f"Alleanza {n:04}", **dati) for n in range(RIGHE))
    with connection.cursor() as cursore:
        cursore.execute("ANALYZE")


@pytest.mark.parametrize("pagina", ["pubblico:progetti", "pubblico:alleanze", "progetti:elenco"])
def test_l_ultima_pagina_di_duemila_costa_come_la_prima(pagina, duemila, entra, capofila):
    browser = entra(capofila) if pagina == "progetti:elenco" else Client()
    prima, ultima = (f"{reverse(pagina)}?pagina={n}" for n in (1, RIGHE // PER_PAGINA))
    tempi = {prima: [], ultima: []}
    for _ in range(7):  # in turn: a moment when the machine is busy falls on both
        for url in (prima, ultima):
            with orologio(tempi[url]):
                assert browser.get(url).status_code == 200
    mediane = [statistics.median(tempi[url]) for url in (prima, ultima)]
    domande = [_domande(browser, url) for url in (prima, ultima)]
    rapporto = mediane[1] / mediane[0]
    quanto = f"{1000 * mediane[0]:.0f} e {1000 * mediane[1]:.0f} ms, {domande[0]} interrogazioni"
    misura = f"{rapporto:.2f} (limite {LIMITE_ULTIMA}); {quanto}"
    racconta(f"«{pagina}» con {RIGHE} righe: ultima pagina rispetto alla prima", misura)
    assert domande[0] == domande[1]
    assert rapporto <= LIMITE_ULTIMA


def _domande(browser, url: str) -> int:
    with CaptureQueriesContext(connection) as catturate:
        assert browser.get(url).status_code == 200
    return _nostre(catturate)


def test_una_pagina_pubblica_tenuta_chiede_poco(duemila, settings):
    settings.PUBBLICO_SECONDI = 300
    caches["pagine"].clear()
    for pagina in PUBBLICHE:
        tempi, domande = [], []
        for _ in range(2):
            with CaptureQueriesContext(connection) as catturate, orologio(tempi):
                assert Client().get(reverse(pagina)).status_code == 200
            domande.append(_nostre(catturate))
        come = " e ".join(f"{n} interrogazioni in {1000 * t:.0f} ms" for n, t in zip(domande, tempi, strict=True))
        racconta(f"Pagina pubblica «{pagina}»: la prima volta e poi", f"{come} (limite {LIMITE_TENUTA}, poi)")
        assert domande[1] <= LIMITE_TENUTA
    caches["pagine"].clear()


def test_i_dati_aperti_di_duemila_progetti_si_scaricano_in_una_interrogazione(duemila):
    tempi = []
    with CaptureQueriesContext(connection) as catturate, orologio(tempi):
        file = b"".join(Client().get(reverse("pubblico:scarica", args=["progetti", "csv"])).streaming_content)
    assert file.count(b"\r\n") == Progetto.objects.pubblici().count() + 1
    racconta(
        f"progetti.csv con {RIGHE} progetti", f"{tempi[0]:.2f} s, {_nostre(catturate)} interrogazioni, {len(file) // 1024} KB"
    )
    assert _nostre(catturate) == 1
