"""«Max N caratteri», as typed: who is told, of what, and where. On the trial edition, whose obiettivo has 120 of them."""

import io
from datetime import UTC, datetime

import pytest
from django.core.management import call_command
from django.urls import reverse

from alleanze.models import Appartenenza
from conciliazione.schede import pdf
from conciliazione.schede.lettura import leggi
from progetti import interscambio
from progetti.contenuto import contenuto
from progetti.edizioni import EDIZIONI
from progetti.prova import contenuto_di_prova
from progetti.regole import caratteri_oltre_il_massimo

from ...edizione_di_prova import EDIZIONE

ETICHETTA = "Obiettivo (max 120 caratteri)"


def scritto(testo: str, **avviso) -> dict:
    """The sample, with that obiettivo of its first azione."""
    dati = contenuto_di_prova(EDIZIONE)
    dati["risposte"]["5"][dati["azioni"][0]["id"]]["obiettivo"] = testo
    return dati | {"avviso": dati["avviso"] | avviso}


@pytest.mark.parametrize(
    ("testo", "caratteri"),
    [
        pytest.param("x" * 120, None, id="giusti"),
        pytest.param("x" * 121, 121, id="uno di troppo"),
        pytest.param("a\n" * 60 + "b", 121, id="un a capo è un carattere"),
        pytest.param("🙂" * 120, None, id="una faccina è un carattere"),
        pytest.param("x" * 119 + "  ", 121, id="anche gli spazi in fondo"),
    ],
)
def test_i_caratteri_si_contano_come_sono_scritti(testo, caratteri):
    dette = [s.messaggio for s in caratteri_oltre_il_massimo(EDIZIONE, scritto(testo))]
    assert dette == ([f"{ETICHETTA}: {caratteri} di 120 caratteri."] if caratteri else [])


@pytest.mark.parametrize("gravita", ["errore", "avviso", "informazione"])
def test_quanto_pesa_lo_dice_l_avviso_come_per_le_righe(gravita):
    dati = scritto("x" * 130, righe_gravita=gravita)
    (detta,) = caratteri_oltre_il_massimo(EDIZIONE, dati)
    assert (detta.regola, detta.gravita) == ("too_many_characters", gravita)
    assert detta.dati == {"caratteri": 130, "massimo": 120}
    (luogo,) = detta.luoghi
    assert (luogo.blocco, luogo.riga, luogo.campo) == ("5", dati["azioni"][0]["id"], "obiettivo")


def test_se_l_avviso_non_dice_quanto_pesa_non_si_dice_nulla():
    assert caratteri_oltre_il_massimo(EDIZIONE, scritto("x" * 130, righe_gravita=None)) == []


def test_l_anteprima_dice_i_caratteri_e_una_versione_no():
    dati = scritto("x" * 130)
    parametri = {"titolo": "Prova", "creata_il": datetime(2030, 1, 1, tzinfo=UTC)}
    intestazione = {"numero": None, "sha256": "0", "stato": "ANTEPRIMA", "origine": ""}
    anteprima = pdf.html_scheda(leggi(EDIZIONE, dati), dati, intestazione=intestazione, **parametri)
    assert '<p class="righe-contate righe-troppe">130 di 120 caratteri</p>' in anteprima
    versione = pdf.html_scheda(leggi(EDIZIONE, dati), dati, intestazione=intestazione | {"stato": ""}, **parametri)
    assert "di 120 caratteri" not in versione


def test_anche_nelle_celle_di_una_tabella_l_anteprima_dice_quanto_e_lungo_un_testo():
    dati = contenuto_di_prova(EDIZIONE)
    dati["risposte"]["9"][dati["azioni"][0]["id"]]["metodo"] = "x" * 230
    intestazione = {"numero": None, "sha256": "0", "stato": "ANTEPRIMA", "origine": ""}
    creata_il = datetime(2030, 1, 1, tzinfo=UTC)
    anteprima = pdf.html_scheda(leggi(EDIZIONE, dati), dati, titolo="", intestazione=intestazione, creata_il=creata_il)
    assert '<p class="righe-contate righe-troppe">230 di 200 caratteri</p>' in anteprima


def test_chi_scrive_in_una_tabella_legge_sotto_la_cella_quanto_puo_scrivere(monkeypatch, dimostrazione, capofila, entra):
    monkeypatch.setitem(EDIZIONI, EDIZIONE.codice, EDIZIONE)
    progetto, _ = interscambio.importa(contenuto_di_prova(EDIZIONE))
    Appartenenza.objects.create(utente=capofila, ente=progetto.capofila, ruolo=Appartenenza.Ruolo.OPERATORE)
    pagina = entra(capofila).get(reverse("progetti:sezione", args=[progetto.pk, "tre"])).content.decode()
    assert f"{len(contenuto(progetto)['risposte']['9'][str(progetto.azione_righe.first().pk)]['metodo'])} di 200" in pagina


def test_la_descrizione_e_lo_schema_dicono_il_massimo(monkeypatch):
    monkeypatch.setitem(EDIZIONI, EDIZIONE.codice, EDIZIONE)
    uscita = io.StringIO()
    call_command("scheda", "descrivi", EDIZIONE.codice, stdout=uscita)
    assert f"    obiettivo: testo (max 120 caratteri) · {ETICHETTA}\n" in uscita.getvalue()
    risposte = interscambio.schema(EDIZIONE)["properties"]["risposte"]["properties"]
    (riga,) = risposte["5"]["patternProperties"].values()
    assert riga["properties"]["obiettivo"]["description"] == ETICHETTA
    (domande,) = risposte["1"]["patternProperties"].values()
    assert domande["properties"]["sintesi"]["description"] == "Sintesi, max 5 righe"
