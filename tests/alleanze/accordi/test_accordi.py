"""The agreements: who writes them, who reads them, the signed file and the day they end."""

from datetime import datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from alleanze.accordi import accordi
from alleanze.models import Accordo, Adesione, Alleanza, Ente, ParteAccordo
from conciliazione.models import Notifica

from ...carte import PDF, PDF_CHE_AGISCE
from ...moduli import campi
from ...progetti.partner.test_conferme import parole
from ...test_interrogazioni import domande


@pytest.fixture(autouse=True)
def archivio_a_parte(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def accordo(progetto) -> Accordo:
    return Accordo.objects.create(
        genere="alleanza", titolo="Accordo per la conciliazione", alleanza=progetto.alleanza, custode=progetto.capofila
    )


def pagina(accordo: Accordo, nome: str = "accordo") -> str:
    return reverse(f"alleanze:{nome}", args=[accordo.pk])


def dati(custode: Ente, parti: list[dict] = (), **altro) -> dict:
    valori = {"genere": "convenzione", "titolo": "Convenzione con i nidi", "custode": custode.pk, "alleanza": ""}
    valori |= {"parti-TOTAL_FORMS": len(parti), "parti-INITIAL_FORMS": 0}
    return valori | {f"parti-{n}-{campo}": v for n, parte in enumerate(parti) for campo, v in parte.items()} | altro


def file(dati: bytes = PDF) -> SimpleUploadedFile:
    return SimpleUploadedFile("firmato.pdf", dati)


def test_si_scrive_un_accordo_con_le_sue_parti_anche_non_registrate(entra, capofila, progetto):
    parti = [
        {"ente": progetto.capofila_id, "qualita": "capofila", "firmato_il": "12/03/2026"},
        {"denominazione": "Nido Il Girasole", "qualita": "fornitore"},
        {"denominazione": ""},
    ]
    valori = dati(progetto.capofila, parti, stipulato_il="12/03/2026", dal="01/04/2026", al="31/03/2028")
    risposta = entra(capofila).post(reverse("alleanze:accordo_nuovo"), valori)
    scritto = Accordo.objects.get(titolo="Convenzione con i nidi")
    assert risposta.url == pagina(scritto)
    assert [p.nome for p in scritto.parti.all()] == [str(progetto.capofila), "Nido Il Girasole"]
    testo = parole(entra(capofila).get(pagina(scritto)))
    assert "dal 01/04/2026 fino al 31/03/2028" in testo
    assert "firmato il 12/03/2026" in testo


@pytest.mark.parametrize(
    ("altro", "parti", "messaggio"),
    [
        ({"dal": "01/04/2026", "al": "31/03/2026"}, [], "finisce prima di cominciare"),
        ({"dal": "31/02/2026"}, [], "31/02/2026"),
        ({"titolo": ""}, [], "obbligatorio"),
        ({}, [{"qualita": "fornitore"}], "Scegli un ente o scrivi il nome della parte."),
    ],
)
def test_un_accordo_sbagliato_si_rifiuta_e_cio_che_si_e_scritto_resta(entra, capofila, progetto, altro, parti, messaggio):
    valori = dati(progetto.capofila, parti, repertorio="Rep. 77") | altro
    risposta = entra(capofila).post(reverse("alleanze:accordo_nuovo"), valori)
    assert risposta.status_code == 422
    testo = risposta.content.decode()
    assert messaggio in testo
    assert "Rep. 77" in testo
    assert 'id="riepilogo-errori"' in testo


def test_la_stessa_parte_due_volte_si_rifiuta(entra, capofila, progetto):
    due = [{"ente": progetto.capofila_id}, {"ente": progetto.capofila_id}]
    assert entra(capofila).post(reverse("alleanze:accordo_nuovo"), dati(progetto.capofila, due)).status_code == 422


def test_non_si_tiene_un_accordo_per_un_ente_altrui(entra, capofila, estraneo, progetto):
    altrui = estraneo.appartenenze.get().ente
    assert entra(capofila).post(reverse("alleanze:accordo_nuovo"), dati(altrui)).status_code == 422


def test_fra_le_parti_non_si_trovano_gli_enti_di_altre_alleanze(capofila, estraneo, progetto):
    altrui = estraneo.appartenenze.get().ente
    nominabili = set(accordi.enti_nominabili(capofila, None))
    assert progetto.capofila in nominabili
    assert altrui not in nominabili


def test_una_parte_legge_l_accordo_e_non_lo_scrive(entra, estraneo, accordo):
    ParteAccordo.objects.create(accordo=accordo, ente=estraneo.appartenenze.get().ente)
    browser = entra(estraneo)
    assert browser.get(pagina(accordo)).status_code == 200
    assert [browser.get(pagina(accordo, "accordo_modifica")).status_code, browser.post(pagina(accordo)).status_code] == [
        403
    ] * 2


@pytest.fixture
def due(capofila, responsabile, accordo):
    """The page of an agreement open before two colleagues: `due(mio, suo)` sends what one changed after what the other did."""

    def salvano(mio: dict, suo: dict):
        url = pagina(accordo, "accordo_modifica")
        io, collega = Client(), Client()
        io.force_login(capofila)
        collega.force_login(responsabile)
        mia, sua = campi(io.get(url)), campi(collega.get(url))
        assert collega.post(url, sua | suo).status_code == 302
        risposta = io.post(url, mia | mio)
        accordo.refresh_from_db()
        return io, risposta

    return salvano


def test_di_due_che_cambiano_campi_diversi_di_un_accordo_resta_tutto(due, accordo):
    _, risposta = due({"repertorio": "Rep. 78"}, {"note": "Scritto da Rosa", "al": "31/12/2031"})
    assert risposta.status_code == 302
    assert (accordo.repertorio, accordo.note, str(accordo.al)) == ("Rep. 78", "Scritto da Rosa", "2031-12-31")


def test_di_due_che_cambiano_lo_stesso_campo_il_secondo_legge_il_testo_del_primo(due, accordo):
    io, risposta = due({"titolo": "Accordo scritto da me"}, {"titolo": "Accordo di Rosa", "note": "Scritto da Rosa"})
    assert risposta.status_code == 422
    testo = parole(risposta)
    assert "ha salvato questo accordo. Qui è scritto diversamente: Oggetto. Se salvi di nuovo" in testo
    assert "Adesso è salvato: «Accordo di Rosa»" in testo
    assert campi(risposta)["titolo"] == ["Accordo scritto da me"]
    assert io.post(pagina(accordo, "accordo_modifica"), campi(risposta)).status_code == 302
    accordo.refresh_from_db()
    assert (accordo.titolo, accordo.note) == ("Accordo scritto da me", "Scritto da Rosa")


def test_chi_ha_salvato_intanto_e_chiamato_per_nome(due, responsabile):
    _, risposta = due({"titolo": "uno"}, {"titolo": "due"})
    assert f"Mentre scrivevi {responsabile} ha salvato questo accordo." in parole(risposta)


def test_due_finestre_della_stessa_persona_non_sono_qualcun_altro(entra, capofila, accordo):
    browser, url = entra(capofila), pagina(accordo, "accordo_modifica")
    prima, seconda = campi(browser.get(url)), campi(browser.get(url))
    assert browser.post(url, prima | {"titolo": "uno"}).status_code == 302
    assert "Mentre scrivevi un'altra tua finestra ha salvato questo accordo." in parole(
        browser.post(url, seconda | {"titolo": "due"})
    )


def test_un_campo_rifiutato_non_fa_dimenticare_che_un_altro_lo_ha_cambiato(due, accordo):
    io, risposta = due({"al": "31/02/2031"}, {"al": "31/12/2031"})
    assert risposta.status_code == 422
    assert "Adesso è salvato: «31/12/2031»" in parole(risposta)
    ancora = io.post(pagina(accordo, "accordo_modifica"), campi(risposta) | {"al": "30/11/2031"})
    assert ancora.status_code == 422
    accordo.refresh_from_db()
    assert str(accordo.al) == "2031-12-31"


@pytest.mark.parametrize("impronta", ["[" * 100_000, "[1]", "3", "", '{"titolo": 3}'])
def test_un_impronta_senza_senso_non_rompe_la_pagina(entra, capofila, accordo, impronta):
    url = pagina(accordo, "accordo_modifica")
    browser = entra(capofila)
    assert browser.post(url, campi(browser.get(url)) | {"titolo": "mio", "impronta": impronta}).status_code in (302, 422)


def test_le_parti_aggiunte_intanto_da_un_altro_si_dicono_e_restano(due, accordo):
    io, risposta = due({"titolo": "uno"}, {"parti-0-denominazione": "Nido Il Girasole"})
    assert risposta.status_code == 422
    assert io.post(pagina(accordo, "accordo_modifica"), campi(risposta)).status_code == 302
    accordo.refresh_from_db()
    assert (accordo.titolo, accordo.parti.count()) == ("uno", 1)


def test_chi_ha_lasciato_l_alleanza_non_legge_piu_i_suoi_accordi(entra, altro_partner, accordo):
    browser = entra(altro_partner)
    assert browser.get(pagina(accordo)).status_code == 200
    ieri = timezone.localdate() - timedelta(days=1)
    Adesione.objects.filter(alleanza=accordo.alleanza, ente__appartenenze__utente=altro_partner).update(dal=ieri, al=ieri)
    assert browser.get(pagina(accordo)).status_code == 404


def test_il_file_firmato_si_deposita_e_quello_di_prima_resta(entra, capofila, partner, accordo):
    browser = entra(capofila)
    assert browser.post(pagina(accordo), {"file": file()}).status_code == 302
    nuovo = PDF + b"\n"
    browser.post(pagina(accordo), {"file": file(nuovo), "nota": "con la firma di Iride"})
    assert [r.numero for r in accordi.revisioni(accordo)] == [2, 1]
    prese = [entra(partner).get(reverse("alleanze:accordo_file", args=[accordo.pk, n])) for n in (1, 2)]
    assert [b"".join(presa.streaming_content) for presa in prese] == [PDF, nuovo]
    assert entra(partner).get(reverse("alleanze:accordo_file", args=[accordo.pk, 3])).status_code == 404


@pytest.mark.parametrize("che_cosa", [b"MZ un programma", PDF_CHE_AGISCE, b""])
def test_un_file_travestito_non_si_deposita(entra, capofila, accordo, che_cosa):
    assert entra(capofila).post(pagina(accordo), {"file": file(che_cosa)}).status_code == 422
    assert accordi.documento(accordo) is None


def test_il_file_di_un_accordo_non_e_di_chi_non_lo_legge(entra, capofila, estraneo, accordo):
    accordi.deposita(accordo, file(), capofila)
    assert entra(estraneo).get(reverse("alleanze:accordo_file", args=[accordo.pk, 1])).status_code == 404


def test_un_accordo_finito_resta_dietro_il_filtro(entra, capofila, accordo):
    Accordo.objects.filter(pk=accordo.pk).update(al=timezone.localdate() - timedelta(days=1))
    browser, url = entra(capofila), reverse("alleanze:accordi")
    assert accordo.titolo not in parole(browser.get(url))
    assert accordo.titolo in parole(browser.get(f"{url}?stato=finiti"))
    assert accordo.titolo in parole(browser.get(f"{url}?stato=tutti&genere=alleanza"))
    assert accordo.titolo not in parole(browser.get(f"{url}?stato=tutti&genere=rete"))
    assert "finito" in parole(browser.get(pagina(accordo)))


def test_vale_ancora_il_giorno_in_cui_finisce(entra, capofila, accordo):
    Accordo.objects.filter(pk=accordo.pk).update(al=timezone.localdate())
    assert accordo.titolo in parole(entra(capofila).get(reverse("alleanze:accordi")))


def test_un_filtro_inventato_non_rompe_l_elenco(entra, capofila, accordo):
    assert entra(capofila).get(reverse("alleanze:accordi") + "?stato=x&genere=y&pagina=z").status_code == 200


def avvisi(utente) -> int:
    return Notifica.objects.filter(utente=utente, chiave__startswith="accordo:").count()


@pytest.mark.parametrize(("giorni", "attesi"), [(61, 0), (60, 1), (45, 1), (30, 1), (0, 1), (-1, 0)])
def test_chi_tiene_l_accordo_e_avvisato_prima_che_finisca(capofila, accordo, giorni, attesi):
    adesso = timezone.make_aware(datetime(2026, 11, 21, 9))
    Accordo.objects.filter(pk=accordo.pk).update(al=adesso.date() + timedelta(days=giorni))
    accordi.avvisa(adesso)
    assert avvisi(capofila) == attesi


def test_due_mesi_prima_un_mese_prima_e_mai_due_volte_la_stessa(capofila, partner, accordo):
    adesso = timezone.make_aware(datetime(2026, 11, 21, 9))
    Accordo.objects.filter(pk=accordo.pk).update(al=adesso.date() + timedelta(days=50))
    for dopo in (0, 0, 1, 19, 20, 20, 21, 50, 51):
        accordi.avvisa(adesso + timedelta(days=dopo))
    assert (avvisi(capofila), avvisi(partner)) == (2, 0)


def test_prorogato_si_avvisa_della_nuova_fine(capofila, accordo):
    adesso = timezone.make_aware(datetime(2026, 11, 21, 9))
    for giorni in (20, 25):
        Accordo.objects.filter(pk=accordo.pk).update(al=adesso.date() + timedelta(days=giorni))
        accordi.avvisa(adesso)
    assert avvisi(capofila) == 2


def test_la_base_dati_rifiuta_una_parte_senza_nome(accordo):
    with pytest.raises(IntegrityError), transaction.atomic():
        ParteAccordo.objects.create(accordo=accordo)


def test_molti_accordi_costano_quanto_uno(entra, capofila, accordo):
    browser, url = entra(capofila), reverse("alleanze:accordi")
    pochi = len(domande(browser, url))
    for numero in range(40):
        Accordo.objects.create(genere="rete", titolo=f"Accordo {numero}", custode=accordo.custode, alleanza=accordo.alleanza)
    assert len(domande(browser, url)) == pochi <= 6
    assert "Pagina 1 di 2" in parole(browser.get(url))


def test_chi_non_ha_accordi_lo_legge(entra, estraneo, dimostrazione):
    assert not Accordo.objects.filter(alleanza__in=Alleanza.objects.visibili_a(estraneo)).exists()
    assert "Nessun accordo" in parole(entra(estraneo).get(reverse("alleanze:accordi")))
