"""The measures of `make bench`. A ratio compares two things done in the same run: a slow machine is slow for both.

Not collected with the tests: a time is never a test. What is asserted are the ratios and the numbers of queries.
"""

import statistics
import time
import tracemalloc
from contextlib import contextmanager

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from alleanze.models import Appartenenza
from conciliazione import stampa
from conciliazione.file import lavori
from conciliazione.fogli.scrivi import scrivi_xlsx
from conciliazione.models import FileGenerato
from conciliazione.schede import pdf
from conciliazione.schede.lettura import leggi
from progetti import interscambio
from progetti.contenuto import contenuto
from progetti.edizioni import EDIZIONI
from progetti.presentazione import transizioni, versioni
from progetti.prova import campione

from ..moduli import apri, nome

EDIZIONE = EDIZIONI["dgr1081-2014"]
TESTO = "Analisi dei bisogni di conciliazione delle famiglie e delle imprese del distretto. " * 43
LIMITE_PDF, LIMITE_RICHIESTA, LIMITE_MEMORIA = 1.15, 0.02, 2.0
INTERROGAZIONI_CONTENUTO, INTERROGAZIONI_PAGINA = 15, 12
INTERROGAZIONI_SALVATAGGIO = 20
"""Those of the button and, beside them, the content read again for the fingerprints and the history made one."""


def racconta(cosa: str, misura: str) -> None:
    print(f"\n  {cosa:<70} {misura}", flush=True)


@contextmanager
def orologio(tempi: list[float]):
    inizio = time.perf_counter()
    yield
    tempi.append(time.perf_counter() - inizio)


def grande(soggetti: int) -> dict:
    """As big as the real ones: 12 texts of 3.500 characters, the tables of the form, so many partners."""
    dati = campione(EDIZIONE, soggetti)
    lunghi = [b for b in dati["risposte"] if b.startswith("III") and "" in dati["risposte"][b]]
    for blocco in lunghi:
        dati["risposte"][blocco][""] = {"testo": TESTO[:3500]}
    primi = list(dati["risposte"]["III.1.3-soggetti"].values())[: 12 - len(lunghi)]
    for risposte in primi:
        risposte["attivita"] = TESTO[:3500]
    return dati


@pytest.fixture
def scheda(request, dimostrazione, capofila):
    progetto, _ = interscambio.importa(grande(request.param))
    Appartenenza.objects.create(utente=capofila, ente=progetto.capofila, ruolo=Appartenenza.Ruolo.OPERATORE)
    return progetto


@pytest.mark.parametrize("scheda", [13, 30], indirect=True)
def test_il_pdf_costa_poco_piu_di_weasyprint_da_solo(scheda):
    """Reading, template and attachment, against WeasyPrint on the same HTML with the same options."""
    letto = contenuto(scheda)
    intero, solo = [], []
    argomenti = {
        "titolo": scheda.titolo,
        "intestazione": {"numero": 1, "sha256": "0" * 64, "stato": "", "origine": ""},
        "creata_il": timezone.now(),
    }
    html = pdf.html_scheda(leggi(EDIZIONE, letto), letto, **argomenti)
    pdf.impagina(html, stampa.foglio())  # fonts and styles are read once in a process
    for _ in range(3):
        with orologio(intero):
            pdf.scheda(leggi(EDIZIONE, letto), letto, **argomenti)
        with orologio(solo):
            pdf.impagina(html, stampa.foglio())
    rapporto = statistics.median(intero) / statistics.median(solo)
    soggetti = scheda.partecipazioni.count()
    racconta(f"PDF con {soggetti} soggetti, rispetto a WeasyPrint da solo", f"{rapporto:.3f} (limite {LIMITE_PDF})")
    racconta(f"PDF con {soggetti} soggetti", f"{statistics.median(intero):.2f} s")
    assert rapporto <= LIMITE_PDF


@pytest.mark.parametrize("scheda", [13], indirect=True)
def test_il_pdf_di_una_versione_che_c_e_gia_non_si_rifa(scheda, responsabile):
    Appartenenza.objects.create(utente=responsabile, ente=scheda.capofila, ruolo=Appartenenza.Ruolo.RESPONSABILE)
    versione = transizioni.acquisisci_da_carta(scheda.pk)
    prima, poi = [], []
    with orologio(prima):
        file = versioni.chiedi_pdf(versione, responsabile)
        lavori.esegui(file.pk, lambda: versioni.produci_pdf(file))
    for _ in range(5):
        with orologio(poi):
            ancora = versioni.chiedi_pdf(versione, responsabile)
    assert (ancora.pk, FileGenerato.objects.get(pk=file.pk).stato) == (file.pk, "pronto")
    rapporto = statistics.median(poi) / prima[0]
    racconta("Esportare di nuovo una versione non cambiata, rispetto alla prima", f"{rapporto:.4f} (limite {LIMITE_RICHIESTA})")
    assert rapporto <= LIMITE_RICHIESTA


@pytest.mark.parametrize("scheda", [30], indirect=True)
def test_il_contenuto_si_legge_in_poche_interrogazioni(scheda):
    with CaptureQueriesContext(connection) as catturate:
        contenuto(scheda)
    racconta("contenuto() con 30 soggetti", f"{len(catturate)} interrogazioni (limite {INTERROGAZIONI_CONTENUTO})")
    assert len(catturate) <= INTERROGAZIONI_CONTENUTO


def _nostre(catturate) -> int:
    """The questions asked of the tables of the portal, and what is written; the frame of a request left out."""
    cornice = ('FROM "django_session"', 'FROM "conciliazione_utente"', "SAVEPOINT", "SET TRANSACTION", "COMMIT", "BEGIN")
    return sum(not any(parola in _senza_contesto(q["sql"]) for parola in cornice) for q in catturate)


def _senza_contesto(sql: str) -> str:
    """pghistory says before each statement who is asking, in the same question."""
    return sql.rpartition("; ")[2] if sql.startswith("SELECT set_config") else sql


@pytest.fixture
def con_uno_e_con_cento(dimostrazione, capofila):
    """The same scheda with one partner and with a hundred."""
    schede = []
    for soggetti in (2, 101):
        dati = grande(soggetti)
        if schede:
            _altri_nomi(dati)
        progetto, _ = interscambio.importa(dati)
        Appartenenza.objects.get_or_create(utente=capofila, ente=progetto.capofila, ruolo=Appartenenza.Ruolo.OPERATORE)
        schede.append(progetto)
    return schede


def _altri_nomi(dati: dict) -> None:
    """Other rows than those of the first: an UUID is of one project only."""
    import json
    import uuid

    testo = json.dumps(dati)
    for riga in [dati["progetto"], *(r for fonte in dati.values() if isinstance(fonte, list) for r in fonte)]:
        testo = testo.replace(riga["id"], str(uuid.uuid4()))
    dati.update(json.loads(testo))


def test_salvare_un_blocco_chiede_lo_stesso_con_uno_e_con_cento_soggetti(con_uno_e_con_cento, entra, capofila):
    browser, quante = entra(capofila), []
    for progetto in con_uno_e_con_cento:
        url, tempi = reverse("progetti:sezione", args=[progetto.pk, "I"]), []
        for giro in range(3):
            dati = apri(browser, url) | {nome("I.1", "titolo"): [f"Titolo numero {giro}"]}
            with CaptureQueriesContext(connection) as catturate, orologio(tempi):
                assert browser.post(url, dati).status_code == 302
        quante.append(_nostre(catturate))
        soggetti = progetto.partecipazioni.count()
        racconta(
            f"Salvare la sezione I con {soggetti} soggetti",
            f"{1000 * statistics.median(tempi):.0f} ms, {quante[-1]} interrogazioni (limite {INTERROGAZIONI_PAGINA})",
        )
    assert quante[0] == quante[1] <= INTERROGAZIONI_PAGINA


def test_salvarsi_da_sola_costa_quanto_il_pulsante(con_uno_e_con_cento, entra, capofila):
    """Section III, twelve texts of 3.500 characters: one of them grows by a few words at each saving."""
    browser, quante = entra(capofila), []
    for progetto in con_uno_e_con_cento:
        dati, tempi = apri(browser, reverse("progetti:sezione", args=[progetto.pk, "III"])), []
        for giro in range(5):
            dati |= {nome("III.2.3", "testo"): [f"{TESTO[:3500]} e ancora {giro}"]}
            with CaptureQueriesContext(connection) as catturate, orologio(tempi):
                risposta = browser.post(reverse("progetti:salvataggio", args=[progetto.pk, "III"]), dati)
            dati |= risposta.json()["impronte"]
            assert risposta.status_code == 200
        quante.append(_nostre(catturate))
        racconta(
            f"La sezione III che si salva da sola, con {progetto.partecipazioni.count()} soggetti",
            f"{1000 * statistics.median(tempi):.0f} ms, {quante[-1]} interrogazioni (limite {INTERROGAZIONI_SALVATAGGIO})",
        )
    assert quante[0] == quante[1] <= INTERROGAZIONI_SALVATAGGIO


ELENCHI = ("scrivania", "progetti:elenco", "progetti:avvisi", "progetti:sintesi_elenco", "alleanze:elenco")


@pytest.mark.parametrize("pagina", ELENCHI)
def test_ogni_elenco_chiede_poco(pagina, con_uno_e_con_cento, entra, capofila):
    browser, tempi = entra(capofila), []
    browser.get(reverse(pagina))
    with CaptureQueriesContext(connection) as catturate, orologio(tempi):
        assert browser.get(reverse(pagina)).status_code == 200
    quante = _nostre(catturate)
    racconta(f"Pagina «{pagina}»", f"{1000 * tempi[0]:.0f} ms, {quante} interrogazioni (limite {INTERROGAZIONI_PAGINA})")
    assert quante <= INTERROGAZIONI_PAGINA


def test_un_xlsx_di_diecimila_righe_non_cresce_in_memoria():
    picchi = []
    for quante in (1_000, 10_000):
        tracemalloc.start()
        righe = (["Comune di Crema", "120,50", "testo " * 5] for _ in range(quante))
        scrivi_xlsx(righe, ["Ente", "Importo", "Note"]).close()
        picchi.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    rapporto = picchi[1] / picchi[0]
    racconta("XLSX: memoria con 10.000 righe rispetto a 1.000", f"{rapporto:.2f} (limite {LIMITE_MEMORIA})")
    assert rapporto <= LIMITE_MEMORIA
