"""«Agisci per»: for which of its enti a person acts, also by mandate; and who may give and take back a mandate."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from alleanze.models import Appartenenza, Ente, Mandato
from alleanze.permessi import incarichi
from alleanze.persone.incarichi import da_mandato, ritira_mandato
from conciliazione.demo.enti import ALI
from conciliazione.models import Notifica, Utente
from conciliazione.passaggi import Rifiuto
from progetti.models import Compilazione, Conferma, Progetto

from ... import fabbrica
from ...carte import PDF
from ...moduli import campi
from ...progetti.partner.test_conferme import parole, soggetto, stato
from ...test_interrogazioni import domande

AGISCI = reverse("alleanze:agisci_per")


@pytest.fixture
def dora(dimostrazione) -> Utente:
    """Operatore of ALI and of Consorzio Arcobaleno; for Iride by the mandate that ALI has."""
    return Utente.objects.get(email="servizi@ali.example.org")


@pytest.fixture
def ali(dora) -> Ente:
    return Ente.objects.get(denominazione=ALI)


@pytest.fixture
def iride(dora) -> Ente:
    return Ente.objects.get(denominazione__startswith="Iride")


def scegli(browser, ente: Ente | None):
    return browser.post(AGISCI, {"ente": str(ente.pk) if ente else ""}, follow=True)


# Choosing.


def test_chi_agisce_per_piu_enti_legge_in_testa_a_ogni_pagina_per_chi_agisce(entra, dora, ali, iride, progetto):
    browser = entra(dora)
    pagine = [reverse("scrivania"), reverse("progetti:dettaglio", args=[progetto.pk]), "/privacy/"]
    for url in pagine:
        testo = parole(browser.get(url))
        assert "Agisci per: tutti i tuoi enti" in testo
        assert "per mandato" in testo
    assert "Ora agisci per Iride" in parole(scegli(browser, iride))
    for url in pagine:
        assert f"Agisci per: {iride}" in parole(browser.get(url))
    assert "Agisci per: tutti i tuoi enti" in parole(scegli(browser, None))


def test_chi_agisce_per_un_ente_solo_non_ha_niente_da_scegliere(entra, partner):
    assert "Agisci per" not in parole(entra(partner).get(reverse("scrivania")))


def test_chi_ha_scelto_un_ente_vede_e_fa_solo_cio_che_lo_riguarda(entra, dora, ali, iride, progetto):
    browser = entra(dora)
    di_ali, di_iride = (
        reverse("progetti:riga", args=[progetto.pk, "II.B", soggetto(progetto, e).pk]) for e in ("ALI", "Iride")
    )
    scegli(browser, ali)
    assert browser.post(di_ali, campi(browser.get(di_ali))).status_code == 302
    assert browser.post(di_iride, {"salva": "1"}).status_code == 403
    assert browser.get(reverse("alleanze:persone", args=[iride.pk])).status_code == 404
    scegli(browser, iride)
    assert browser.post(di_iride, campi(browser.get(di_iride))).status_code == 302
    assert browser.post(di_ali, {"salva": "1"}).status_code == 403


def test_un_ente_altrui_non_si_sceglie(entra, dora, progetto):
    browser = entra(dora)
    for scelto in (str(progetto.capofila_id), "x", "0" * 36):
        assert browser.post(AGISCI, {"ente": scelto}).status_code == 404
    assert len(incarichi(dora)) == 3
    assert "tutti i tuoi enti" in parole(browser.get("/privacy/"))


def test_finito_l_incarico_scelto_si_torna_a_tutti_gli_altri(entra, dora, iride, progetto):
    browser = entra(dora)
    scegli(browser, iride)
    Mandato.objects.update(al=timezone.localdate() - timedelta(days=1))
    testo = parole(browser.get(reverse("scrivania")))
    assert "Agisci per: tutti i tuoi enti" in testo
    assert browser.get(reverse("progetti:dettaglio", args=[progetto.pk])).status_code == 200
    assert "agisce_per" not in browser.session


@pytest.mark.parametrize("in_sessione", ["non un uuid", 7, "00000000-0000-4000-8000-000000000000"])
def test_una_sessione_guasta_non_ferma_nessuno(entra, dora, in_sessione):
    browser = entra(dora)
    sessione = browser.session
    sessione["agisce_per"] = in_sessione
    sessione.save()
    assert browser.get(reverse("scrivania")).status_code == 200


def test_la_storia_dice_per_quale_ente(entra, dora, ali, progetto):
    browser = entra(dora)
    url = reverse("progetti:riga", args=[progetto.pk, "II.B", soggetto(progetto, "ALI").pk])
    for ente, atteso in ((ali, str(ali.pk)), (None, None)):
        scegli(browser, ente)
        dati = campi(browser.get(url))
        campo = next(c for c in dati if c.endswith("-referente_nominativo"))
        assert browser.post(url, dati | {campo: f"Referente scelto da {ente}"}).status_code == 302
        evento = Compilazione.pgh_event_model.objects.latest("pgh_id")
        assert evento.pgh_context.metadata["user"] == dora.pk
        assert evento.pgh_context.metadata.get("per_ente") == atteso


def test_la_testata_costa_una_domanda_sola_per_quanti_siano_gli_enti(entra, dora, ali):
    browser = entra(dora)
    pochi = len(domande(browser, "/privacy/"))
    Appartenenza.objects.bulk_create(Appartenenza(utente=dora, ente=e, ruolo="operatore") for e in fabbrica.enti(20))
    assert len(domande(browser, "/privacy/")) == pochi
    scegli(browser, ali)
    assert len(domande(browser, "/privacy/")) == pochi


# By mandate.


def test_per_mandato_si_prepara_e_si_conferma(entra, dora, iride, progetto, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    browser = entra(dora)
    url = reverse("progetti:conferma", args=[progetto.pk, soggetto(progetto, "Iride").pk])
    dati = campi(browser.get(url)) | {"documento": SimpleUploadedFile("x.pdf", PDF)}
    assert browser.post(url, dati).status_code == 302
    fatta = Conferma.objects.get(partecipazione=soggetto(progetto, "Iride"))
    assert (fatta.da, fatta.per_conto) == (dora, False)
    assert stato(progetto, "Iride") == "confermata"
    documento = reverse("progetti:conferma_documento", args=[progetto.pk, fatta.partecipazione_id, fatta.pk])
    assert b"".join(browser.get(documento).streaming_content) == PDF


def test_per_mandato_non_si_invita_non_si_presenta_e_non_si_da_mandato(entra, dora, responsabile, iride, ali, progetto):
    Appartenenza.objects.filter(utente=dora, ente=ali).update(ruolo="responsabile")
    browser = entra(dora)
    assert browser.post(reverse("alleanze:persone", args=[iride.pk]), {"email": "x@example.org"}).status_code == 403
    assert browser.post(reverse("alleanze:mandati", args=[iride.pk])).status_code == 403
    crema = progetto.capofila
    da_mandato(crema, responsabile, mandatario=ali, atto="contratto", dal=timezone.localdate())
    assert browser.get(reverse("progetti:verifica", args=[progetto.pk])).status_code == 200
    assert browser.post(reverse("progetti:presenta", args=[progetto.pk])).status_code == 403


def test_il_mandato_di_chi_ha_un_mandato_non_passa_oltre(dora, ali, iride, estraneo):
    """Iride to ALI, and ALI to the stranger's ente: the stranger acts for ALI, not for Iride."""
    oggi = timezone.localdate()
    Mandato.objects.create(mandante=ali, mandatario=estraneo.appartenenze.get().ente, atto="x", dal=oggi)
    assert ali.pk in {i.ente_id for i in incarichi(estraneo)}
    assert iride.pk not in {i.ente_id for i in incarichi(estraneo)}
    assert iride not in Ente.objects.di(estraneo)


def test_chi_non_prepara_non_agisce_per_mandato(dora, ali, iride):
    Appartenenza.objects.filter(utente=dora, ente=ali).update(ruolo="esperto")
    assert iride.pk not in {i.ente_id for i in incarichi(dora)}


def test_il_responsabile_da_mandato_e_lo_ritira(entra, responsabile, dora, ali, progetto):
    Appartenenza.objects.filter(utente=dora, ente=ali).update(ruolo="responsabile")
    crema, oggi = progetto.capofila, timezone.localdate()
    browser, url = entra(responsabile), reverse("alleanze:mandati", args=[progetto.capofila_id])
    dati = {"ente": str(ali.pk), "atto": "contratto di servizio globale", "dal": f"{oggi:%d/%m/%Y}"}
    assert "Mandato dato" in parole(browser.post(url, dati, follow=True))
    assert Notifica.objects.filter(utente=dora, testo__contains="vi ha dato mandato").exists()
    assert progetto in Progetto.objects.visibili_a(dora)
    mandato = crema.mandati_dati.get()
    Mandato.objects.filter(pk=mandato.pk).update(dal=oggi - timedelta(days=9))
    ritira = reverse("alleanze:mandato_ritira", args=[crema.pk, mandato.pk])
    assert "Mandato ritirato" in parole(browser.post(ritira, follow=True))
    mandato.refresh_from_db()
    assert mandato.al == oggi - timedelta(days=1)
    assert crema.pk not in {i.ente_id for i in incarichi(Utente.objects.get(pk=dora.pk))}
    assert Notifica.objects.filter(utente=dora, testo__contains="ha ritirato il mandato").exists()


def test_per_codice_fiscale_si_da_mandato_anche_a_chi_e_fuori_dalle_alleanze(entra, responsabile, progetto):
    global_service = fabbrica.ente("Facile Servizi srl", codice_fiscale="12345670017")
    url = reverse("alleanze:mandati", args=[progetto.capofila_id])
    dati = {"codice_fiscale": "12345670017", "atto": "contratto", "dal": "01/01/2026"}
    assert entra(responsabile).post(url, dati).status_code == 302
    assert progetto.capofila.mandati_dati.get().mandatario == global_service


@pytest.mark.parametrize(
    ("cambia", "detto"),
    [
        ({"codice_fiscale": "", "ente": ""}, "Scegli un ente"),
        ({"codice_fiscale": "99999999999"}, "Nessun ente registrato"),
        ({"codice_fiscale": "91035680197"}, "a sé stesso"),
        ({"atto": ""}, "obbligatorio"),
        ({"dal": "ieri"}, "ieri"),
        ({"dal": "02/01/2030", "al": "01/01/2030"}, "finisce prima di cominciare"),
        ({"al": "01/01/2020", "dal": "01/01/2019"}, "Questa data è passata"),
    ],
)
def test_un_mandato_sbagliato_e_rifiutato_e_resta_scritto(entra, responsabile, ali, progetto, cambia, detto):
    dati = {"codice_fiscale": "05347681008", "atto": "contratto XYZ", "dal": "01/01/2026"} | cambia
    risposta = entra(responsabile).post(reverse("alleanze:mandati", args=[progetto.capofila_id]), dati)
    assert risposta.status_code == 422
    assert detto in parole(risposta)
    assert "atto" in cambia or "contratto XYZ" in risposta.content.decode()
    assert not progetto.capofila.mandati_dati.exists()


def test_due_mandati_allo_stesso_ente_insieme_non_ci_sono(iride, ali, altro_partner):
    Appartenenza.objects.filter(utente=altro_partner).update(ruolo="responsabile")
    with pytest.raises(Rifiuto, match="ha già un mandato in corso"):
        da_mandato(iride, altro_partner, mandatario=ali, atto="x", dal=timezone.localdate())


def test_un_operatore_non_da_mandati(iride, ali, altro_partner):
    with pytest.raises(PermissionDenied):
        da_mandato(iride, altro_partner, mandatario=ali, atto="x", dal=timezone.localdate())
    with pytest.raises(PermissionDenied):
        ritira_mandato(iride.mandati_dati.get(), altro_partner)


def test_un_mandato_non_si_ritira_dall_indirizzo_di_un_altro_ente(entra, responsabile, iride, progetto):
    mandato = iride.mandati_dati.get()
    url = reverse("alleanze:mandato_ritira", args=[progetto.capofila_id, mandato.pk])
    assert entra(responsabile).post(url).status_code == 404


def test_i_mandati_si_chiedono_una_volta_sola(entra, responsabile, progetto):
    browser, url = entra(responsabile), reverse("alleanze:mandati", args=[progetto.capofila_id])
    pochi = len(domande(browser, url))
    for n in range(12):
        ente = fabbrica.ente(f"Ente {n}")
        Mandato.objects.create(mandante=progetto.capofila, mandatario=ente, atto="x", dal="2020-01-01")
        Mandato.objects.create(mandante=ente, mandatario=progetto.capofila, atto="x", dal="2020-01-01", al="2021-01-01")
    # The people of the capofila now act for the others too: the header asks for them all at once.
    assert len(domande(browser, url)) == pochi
