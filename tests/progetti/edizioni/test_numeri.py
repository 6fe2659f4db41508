"""A number is never larger than its column: whoever types one more than that is told so, wherever it comes from."""

import json

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from conciliazione.schede import campi
from conciliazione.schede.edizione import Domande, Edizione, Scheda, Sezione, Tabella
from progetti import interscambio
from progetti.edizioni import EDIZIONI
from progetti.edizioni.caricamento import valide
from progetti.interscambio.documento import FileRifiutato
from progetti.interscambio.schema import schema

from ... import fabbrica
from ...moduli import apri

WELFARE = EDIZIONI["welfare-2022"]
TROPPO = "è troppo grande: qui si arriva a 32.767"


@pytest.fixture
def progetto(db):
    return fabbrica.progetto(avviso=fabbrica.avviso(WELFARE.codice))


@pytest.fixture
def browser(progetto, entra):
    return entra(fabbrica.incaricato(progetto.capofila))


def test_il_modulo_lo_rifiuta_nel_campo(browser, progetto):
    pagina = reverse("progetti:sezione", args=[progetto.pk, WELFARE.sezione_di("A.4").chiave])
    esito = browser.post(pagina, apri(browser, pagina) | {"b-A-4-durata_mesi": "32768"})
    assert (esito.status_code, f"«32768» {TROPPO}." in esito.content.decode()) == (422, True)
    assert browser.post(pagina, apri(browser, pagina) | {"b-A-4-durata_mesi": "32.767"}).status_code == 302


def test_la_tabella_incollata_lo_rifiuta_nella_cella(browser, progetto):
    incolla = reverse("progetti:tabella", args=[progetto.pk, "B.2.2"])
    anteprima = browser.post(incolla, {"testo": "Fase\tDurata\nAvvio\t99999\n"})
    assert f"«99999» {TROPPO}." in anteprima.content.decode()


def test_il_file_dell_interscambio_lo_rifiuta(progetto):
    dati = json.loads(interscambio.esporta(progetto))
    dati["progetto"]["durata_mesi"] = 32_768
    with pytest.raises(FileRifiutato) as rifiuto:
        interscambio.importa(dati)
    assert rifiuto.value.errori == [("$.progetto.durata_mesi", TROPPO)]
    assert schema(WELFARE)["properties"]["progetto"]["properties"]["durata_mesi"]["maximum"] == 32_767


def test_un_edizione_di_chiunque_prende_il_massimo_dalle_sue_colonne():
    fasi = type("Fasi", (Scheda,), {"mesi": campi.Numero("Mesi"), "giorni": campi.Numero("Giorni")})
    domande = type("Generale", (Scheda,), {"durata_mesi": campi.Numero("Durata")})
    blocchi = (
        Domande(chiave="1", titolo="1", modulo=domande),
        Tabella(chiave="2", titolo="2", fonte="fasi", modulo=fasi),
    )
    edizione = Edizione(codice="x", titolo="X", sottotitolo="", sezioni=(Sezione("A", "A", blocchi),))
    valide([edizione])
    massimi = {nome: campo.massimo for b in edizione.blocchi for nome, campo in b.modulo().fields.items()}
    assert massimi == {"durata_mesi": 32_767, "mesi": 32_767, "giorni": 9_999_999}


@pytest.mark.parametrize("scritto", ["10.000.000", "99999999", "9" * 30])
def test_di_un_numero_intero_non_si_dice_che_non_lo_e(scritto):
    with pytest.raises(ValidationError, match=r"qui si arriva a 9\.999\.999"):
        campi.Numero("").clean(scritto)
