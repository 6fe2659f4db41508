"""Open data: the files say what the pages say, in the shape that they declare, and nothing of any person."""

import csv
import io
import json
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from jsonschema import Draft202012Validator

from alleanze.models import Adesione, Alleanza, Ente, Persona
from conciliazione.models import Utente
from progetti.models import Partecipazione, Progetto, Versione
from progetti.pubblico.dati_forme import BOM, SEPARA
from progetti.pubblico.dati_insiemi import ELENCO, INSIEMI, _progetti

from ... import fabbrica
from ...approvati import PERSONA, clona

pytestmark = pytest.mark.usefixtures("dimostrazione")


def file(insieme: str, forma: str) -> str:
    risposta = Client().get(reverse("pubblico:scarica", args=[insieme, forma]))
    assert risposta.status_code == 200
    return b"".join(risposta.streaming_content).decode()


def righe(insieme: str) -> list[dict]:
    return json.loads(file(insieme, "json"))["dati"]


def righe_csv(insieme: str) -> list[dict]:
    return list(csv.DictReader(io.StringIO(file(insieme, "csv").removeprefix(BOM), newline="")))


def validatore() -> Draft202012Validator:
    schema = Client().get(reverse("pubblico:schema")).json()
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


@pytest.mark.parametrize("insieme", INSIEMI)
def test_ogni_file_json_rispetta_lo_schema(insieme):
    dati = json.loads(file(insieme, "json"))
    assert dati["dati"]
    assert [e.message for e in validatore().iter_errors(dati)] == []


@pytest.mark.parametrize("insieme", INSIEMI)
def test_lo_schema_rifiuta_cio_che_i_file_non_dicono(insieme):
    dati = json.loads(file(insieme, "json"))
    dati["dati"][0]["email"] = "persona@example.org"
    assert not validatore().is_valid(dati)


@pytest.mark.parametrize("insieme", INSIEMI)
def test_csv_e_json_dicono_lo_stesso(insieme):
    elenchi = {campo.nome for campo in INSIEMI[insieme].campi if campo.tipo == ELENCO}

    def in_cella(nome: str, valore) -> str:
        return SEPARA.join(valore) if nome in elenchi else "" if valore is None else str(valore)

    attese = [{nome: in_cella(nome, valore) for nome, valore in riga.items()} for riga in righe(insieme)]
    assert righe_csv(insieme) == attese


def test_il_csv_si_apre_con_gli_accenti_giusti_in_un_foglio_di_calcolo():
    testo = file("enti", "csv")
    assert testo.startswith(BOM)
    assert "Comunità Sociale Cremasca" in testo
    assert "\r\n" in testo


def test_un_titolo_che_sarebbe_una_formula_non_lo_e(approvato):
    clona(approvato, "=HYPERLINK(A1)")
    assert "'=HYPERLINK(A1)" in {r["titolo"] for r in righe_csv("progetti")}
    assert "=HYPERLINK(A1)" in {r["titolo"] for r in righe("progetti")}


def test_gli_importi_sono_quelli_della_versione_al_centesimo(approvato):
    (riga,) = [r for r in righe("progetti") if r["id"] == str(approvato.pk)]
    contenuto = Versione.objects.get(progetto=approvato).contenuto
    assert riga["cofinanziamento"] == str(sum(Decimal(c["importo"]) for c in contenuto["cofinanziamenti"]))
    assert Decimal(riga["costo"]) == Decimal(riga["contributo_richiesto"]) + Decimal(riga["cofinanziamento"])
    assert riga["soggetti"] == len(contenuto["partecipazioni"])


def test_ci_sono_solo_progetti_approvati_e_alleanze_pubbliche(progetto, presentato, approvato):
    Alleanza.objects.filter(pk=approvato.alleanza_id).update(pubblica=False)
    id_dei_progetti = {str(p.pk) for p in Progetto.objects.pubblici()}
    assert str(approvato.pk) in id_dei_progetti
    assert {r["id"] for r in righe("progetti")} == id_dei_progetti == {r["progetto"] for r in righe("soggetti")}
    assert [r["id"] for r in righe("alleanze")] == [str(progetto.alleanza_id)]
    tutto = "".join(file(insieme, forma) for insieme in INSIEMI for forma in ("csv", "json"))
    for nascosto in (progetto.pk, presentato.pk, approvato.alleanza_id, approvato.alleanza.nome):
        assert str(nascosto) not in tutto


def test_chi_non_ha_a_che_fare_con_cio_che_e_pubblico_non_e_fra_gli_enti(progetto):
    ente = fabbrica.ente("Ente di nessuno")
    Partecipazione.objects.create(progetto=progetto, ente=ente, denominazione="Ente di nessuno", ordine=90)
    assert "Ente di nessuno" not in file("enti", "csv")
    Adesione.objects.create(alleanza=progetto.alleanza, ente=ente)
    (riga,) = [r for r in righe("enti") if r["denominazione"] == "Ente di nessuno"]
    assert (riga["alleanze"], riga["progetti"]) == ([str(progetto.alleanza_id)], [])


def test_una_persona_fisica_non_e_in_nessun_file(approvato):
    soggetto = approvato.partecipazioni.get(denominazione="COOPERATIVA SOCIALE IL SEME")
    Ente.objects.filter(pk=soggetto.ente_id).update(codice_fiscale=PERSONA)
    tutto = "".join(file(insieme, forma) for insieme in INSIEMI for forma in ("csv", "json")).upper()
    assert "IL SEME" not in tutto
    assert PERSONA not in tutto
    assert str(soggetto.ente_id).upper() not in tutto
    (riga,) = [r for r in righe("progetti") if r["id"] == str(approvato.pk)]
    assert riga["soggetti"] == 13


def test_nessun_file_nomina_una_persona():
    nomi = {f"{p.nome} {p.cognome}" for p in Persona.objects.all()} | {u.get_full_name() for u in Utente.objects.all()}
    tutto = "".join(file(insieme, forma) for insieme in INSIEMI for forma in ("csv", "json"))
    assert not [nome for nome in nomi if nome in tutto]
    assert "@" not in tutto


def test_il_catalogo_porta_a_file_che_ci_sono_con_la_loro_licenza(settings):
    catalogo = Client().get(reverse("pubblico:catalogo")).json()
    assert {i["dct:identifier"] for i in catalogo["dcat:dataset"]} == set(INSIEMI)
    forme = [forma for insieme in catalogo["dcat:dataset"] for forma in insieme["dcat:distribution"]]
    for forma in forme:
        indirizzo = forma["dcat:downloadURL"]["@id"].removeprefix(settings.INDIRIZZO_PUBBLICO)
        risposta = Client().get(indirizzo)
        assert b"".join(risposta.streaming_content)
        assert "CCBY40" in forma["dct:license"]["@id"]


@pytest.mark.parametrize("dove", ["boh.csv", "progetti.xls", "progetti.html"])
def test_un_file_che_non_c_e_e_un_404(dove):
    assert Client().get(f"{reverse('pubblico:dati')}{dove}").status_code == 404


def test_i_file_si_fanno_una_riga_alla_volta(approvato, django_assert_num_queries):
    clona(approvato, "Un altro")
    with django_assert_num_queries(1):
        prima = _progetti()
        assert next(prima).titolo
        assert len(list(prima)) == 2


def test_i_file_si_possono_leggere_da_altri_siti_e_tenere(settings):
    settings.PUBBLICO_SECONDI = 300
    risposta = Client().get(reverse("pubblico:scarica", args=["enti", "csv"]))
    assert b"".join(risposta.streaming_content)
    assert risposta["Access-Control-Allow-Origin"] == "*"
    assert risposta["Cache-Control"] == "public, max-age=300"
    assert risposta["Content-Disposition"] == 'attachment; filename="enti.csv"'


def test_la_pagina_dei_dati_dice_ogni_campo(client):
    testo = client.get(reverse("pubblico:dati")).content.decode()
    for insieme in INSIEMI.values():
        assert all(f"<code>{campo.nome}</code>" in testo for campo in insieme.campi)
