"""A partner says «these are my figures»; it holds as long as they still are."""

import re
import threading

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from conciliazione.models import Notifica
from progetti import contenuto
from progetti.contenuto import conferme
from progetti.contenuto.conferme import Cambio, cambi
from progetti.models import Cofinanziamento, Compilazione, Conferma, VoceCosto
from progetti.presentazione import transizioni

from ...carte import PDF
from ...moduli import apri, campi, nome
from ..presentazione.test_presentazione import in_parallelo


@pytest.fixture(autouse=True)
def archivio_a_parte(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def soggetto(progetto, inizio: str):
    return progetto.partecipazioni.get(denominazione__startswith=inizio)


def stato(progetto, ente: str) -> str:
    return conferme.stato(contenuto.contenuto(progetto), str(soggetto(progetto, ente).pk))


def pagina(progetto, ente: str) -> str:
    return reverse("progetti:conferma", args=[progetto.pk, soggetto(progetto, ente).pk])


def sezione_iv(progetto) -> str:
    return reverse("progetti:sezione", args=[progetto.pk, "IV"])


def test_il_partner_conferma(entra, altro_partner, progetto):
    browser, url = entra(altro_partner), pagina(progetto, "Iride")
    assert stato(progetto, "Iride") == "da confermare"
    assert browser.post(url, campi(browser.get(url))).status_code == 302
    assert stato(progetto, "Iride") == "confermata"
    fatta = Conferma.objects.get(partecipazione=soggetto(progetto, "Iride"))
    assert (fatta.da, fatta.per_conto, fatta.documento.name) == (altro_partner, False, "")


def test_confermata_non_si_chiede_piu(entra, partner, progetto):
    testo = entra(partner).get(pagina(progetto, "Comunità")).content.decode()
    assert "Le cifre sono confermate" in testo
    assert "Confermo dati e cifre" not in testo


@pytest.mark.parametrize("chi", ["partner", "capofila"])
def test_la_conferma_cade_se_cambia_il_cofinanziamento_chiunque_lo_cambi(request, entra, progetto, chi):
    browser, url = entra(request.getfixturevalue(chi)), sezione_iv(progetto)
    riga = soggetto(progetto, "Comunità").cofinanziamenti.first()
    assert stato(progetto, "Comunità") == "confermata"
    assert browser.post(url, apri(browser, url) | {nome("cofinanziamenti", "importo", riga.pk): "1.999,99"}).status_code == 302
    assert stato(progetto, "Comunità") == "da riconfermare"


def parole(risposta) -> str:
    """What the page says, without its markup."""
    return " ".join(re.sub(r"<[^>]+>", " ", risposta.content.decode()).replace("&#x27;", "'").split())


def test_da_riconfermare_dice_quali_cifre_sono_cambiate_prima_e_dopo(entra, partner, progetto):
    csc = soggetto(progetto, "Comunità")
    riga = csc.cofinanziamenti.select_related("azione").first()
    Cofinanziamento.objects.filter(pk=riga.pk).update(importo="1999.99")
    progetto.partecipazioni.filter(pk=csc.pk).update(lavoratori=27)
    browser = entra(partner)
    prima = f"{riga.importo:,.2f}".replace(",", " ").replace(".", ",").replace(" ", ".")
    for url in (pagina(progetto, "Comunità"), reverse("progetti:dettaglio", args=[progetto.pk]), reverse("scrivania")):
        testo = parole(browser.get(url))
        assert f"Cofinanziamento per «{riga.azione.titolo}»: era € {prima} → ora € 1.999,99" in testo
        assert f"Lavoratori e lavoratrici: era {csc.lavoratori} → ora 27" in testo


def riga(azione="a", importo="10.00", atto=None, natura=None) -> dict:
    return {"azione": azione, "natura": natura, "importo": importo, "atto": atto}


@pytest.mark.parametrize(
    ("prima", "dopo", "attesi"),
    [
        ([riga()], [riga()], []),
        ([riga()], [riga(importo="12.50")], [Cambio("Cofinanziamento per «Sportello»", "€ 10,00", "€ 12,50")]),
        ([riga()], [riga(importo=None)], [Cambio("Cofinanziamento per «Sportello»", "€ 10,00", "non indicato")]),
        ([riga()], [riga(atto="delibera 3")], [Cambio("Atto di impegno per «Sportello»", "non indicato", "delibera 3")]),
        ([], [riga()], [Cambio("Cofinanziamento per «Sportello»", "nessuno", "€ 10,00")]),
        ([riga("tolta")], [], [Cambio("Cofinanziamento per «azione che non c'è più»", "€ 10,00", "nessuno")]),
        ([riga(None)], [riga(None, "5.00")], [Cambio("Cofinanziamento", "€ 10,00", "€ 5,00")]),
        ([riga(), riga()], [riga()], [Cambio("Cofinanziamento per «Sportello»", "€ 10,00", "nessuno")]),
    ],
)
def test_di_ogni_cifra_cambiata_si_dice_quella_di_prima_e_quella_di_ora(prima, dopo, attesi):
    assert cambi({"cofinanziamenti": prima}, {"cofinanziamenti": dopo}, {"a": "Sportello"}) == attesi


def test_il_partner_legge_il_suo_cofinanziamento_fra_cio_che_deve(entra, altro_partner, partner, progetto):
    dove = sezione_iv(progetto) + "#b-cofinanziamenti"
    for url in (reverse("scrivania"), reverse("progetti:dettaglio", args=[progetto.pk])):
        Cofinanziamento.objects.filter(partecipazione=soggetto(progetto, "Iride")).delete()
        risposta = entra(altro_partner).get(url)
        assert "Il tuo cofinanziamento nessuno indicato" in parole(risposta)
        assert dove in risposta.content.decode()
        assert re.search(r"Il tuo cofinanziamento € [0-9.]+,00", parole(entra(partner).get(url)))


def test_la_segnalazione_di_chi_non_ha_confermato_porta_alla_sua_conferma(entra, capofila, altro_partner, progetto):
    porta = pagina(progetto, "Iride") + "#conferma"
    for utente in (capofila, altro_partner):
        browser = entra(utente)
        assert porta in browser.get(reverse("progetti:dettaglio", args=[progetto.pk])).content.decode()
        assert 'id="conferma"' in browser.get(porta).content.decode()


def test_la_gravita_di_cio_che_manca_e_scritta(entra, capofila, progetto):
    testo = entra(capofila).get(reverse("progetti:verifica", args=[progetto.pk])).content.decode()
    for tono, parola in (("critico", "Errore"), ("attenzione", "Avviso"), ("informativo", "Informazione")):
        assert f'<span class="stato stato-{tono}">{parola}</span>' in testo


def test_la_conferma_cade_se_una_riga_si_aggiunge_o_si_toglie(progetto):
    csc = soggetto(progetto, "Comunità")
    nuova = Cofinanziamento.objects.create(progetto=progetto, partecipazione=csc, importo="5.00", ordine=99)
    assert stato(progetto, "Comunità") == "da riconfermare"
    nuova.delete()
    assert stato(progetto, "Comunità") == "confermata"


def test_la_conferma_cade_se_cambiano_i_lavoratori(progetto):
    progetto.partecipazioni.filter(pk=soggetto(progetto, "Comunità").pk).update(lavoratori=27)
    assert stato(progetto, "Comunità") == "da riconfermare"


def test_la_conferma_resta_se_cambia_altro(entra, capofila, progetto):
    browser, url = entra(capofila), reverse("progetti:sezione", args=[progetto.pk, "I"])
    browser.post(url, apri(browser, url) | {nome("I.1", "titolo"): "Un altro titolo"})
    assert stato(progetto, "Comunità") == "confermata"


def test_tornate_le_cifre_di_prima_la_conferma_vale_di_nuovo(progetto):
    riga = soggetto(progetto, "Comunità").cofinanziamenti.first()
    prima = riga.importo
    Cofinanziamento.objects.filter(pk=riga.pk).update(importo="1.00")
    assert stato(progetto, "Comunità") == "da riconfermare"
    Cofinanziamento.objects.filter(pk=riga.pk).update(importo=prima)
    assert stato(progetto, "Comunità") == "confermata"


def test_chi_conferma_una_pagina_vecchia_rivede_le_cifre(entra, altro_partner, progetto):
    browser, url = entra(altro_partner), pagina(progetto, "Iride")
    vecchia = campi(browser.get(url))
    azione = progetto.azione_righe.first()
    Cofinanziamento.objects.create(progetto=progetto, partecipazione=soggetto(progetto, "Iride"), azione=azione, importo="9.00")
    risposta = browser.post(url, vecchia, follow=True)
    assert "Le cifre sono cambiate mentre le guardavi" in risposta.content.decode()
    assert not Conferma.objects.filter(partecipazione=soggetto(progetto, "Iride")).exists()


def test_senza_impronta_non_si_conferma(entra, altro_partner, progetto):
    entra(altro_partner).post(pagina(progetto, "Iride"), {"impronta": ""})
    assert stato(progetto, "Iride") == "da confermare"


def test_un_partner_non_conferma_per_un_altro(entra, partner, progetto):
    browser, url = entra(partner), pagina(progetto, "Iride")
    assert "Confermo dati e cifre" not in browser.get(url).content.decode()
    assert browser.post(url, {"impronta": "x"}).status_code == 403


def per_conto(browser, progetto, documento=None, ente: str = "Iride"):
    url = pagina(progetto, ente)
    dati = campi(browser.get(url))
    return browser.post(url, dati | ({"documento": documento} if documento else {}))


def test_per_conto_di_un_partner_serve_il_documento_firmato(entra, capofila, progetto):
    risposta = per_conto(entra(capofila), progetto)
    assert risposta.status_code == 422
    assert "Allega il documento firmato" in risposta.content.decode()
    assert stato(progetto, "Iride") == "da confermare"


def test_con_il_documento_la_conferma_risulta_registrata_dal_capofila(entra, capofila, progetto):
    assert per_conto(entra(capofila), progetto, SimpleUploadedFile("firma.pdf", PDF)).status_code == 302
    fatta = Conferma.objects.get(partecipazione=soggetto(progetto, "Iride"))
    assert (fatta.da, fatta.per_conto) == (capofila, True)
    assert stato(progetto, "Iride") == "confermata"
    assert "per conto del soggetto" in entra(capofila).get(pagina(progetto, "Iride")).content.decode()


@pytest.mark.parametrize(
    ("file", "messaggio"),
    [
        (SimpleUploadedFile("firma.pdf", b"MZ\x90 un programma"), "non si riconosce"),
        (SimpleUploadedFile("firma.pdf", b"<html><script>"), "non si riconosce"),
        (SimpleUploadedFile("firma.pdf", b""), "vuoto"),
    ],
)
def test_un_file_travestito_e_rifiutato(entra, capofila, progetto, file, messaggio):
    file.seek(0)
    risposta = per_conto(entra(capofila), progetto, file)
    assert risposta.status_code == 422
    assert messaggio in risposta.content.decode()


def test_un_file_troppo_grande_e_rifiutato(entra, capofila, progetto, settings):
    settings.ALLEGATO_MASSIMO = 1024 * 1024
    risposta = per_conto(entra(capofila), progetto, SimpleUploadedFile("firma.pdf", PDF + b"0" * settings.ALLEGATO_MASSIMO))
    assert risposta.status_code == 422
    assert "supera 1 MB" in risposta.content.decode()


def test_la_base_dati_rifiuta_una_conferma_per_conto_senza_documento(progetto, capofila):
    vuota = Conferma(partecipazione=soggetto(progetto, "Iride"), impronta="x", cifre={}, da=capofila, per_conto=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        vuota.save()


@pytest.fixture
def documento(entra, capofila, progetto) -> str:
    per_conto(entra(capofila), progetto, SimpleUploadedFile("firma di Iride.pdf", PDF))
    fatta = Conferma.objects.get(partecipazione=soggetto(progetto, "Iride"))
    return reverse("progetti:conferma_documento", args=[progetto.pk, fatta.partecipazione_id, fatta.pk])


def test_il_documento_lo_scaricano_il_capofila_e_il_soggetto_stesso(entra, capofila, altro_partner, documento):
    for utente in (capofila, altro_partner):
        risposta = entra(utente).get(documento)
        assert b"".join(risposta.streaming_content) == PDF
        assert risposta["Content-Disposition"].startswith("attachment")


def test_il_documento_non_lo_scaricano_gli_altri(entra, partner, ats, estraneo, documento):
    assert [entra(u).get(documento).status_code for u in (partner, ats, estraneo)] == [403, 404, 404]


def test_il_documento_di_un_soggetto_non_si_prende_dall_indirizzo_di_un_altro(entra, partner, progetto, documento):
    conferma = documento.rstrip("/").rsplit("/", 2)[1]
    altrui = reverse("progetti:conferma_documento", args=[progetto.pk, soggetto(progetto, "Comunità").pk, conferma])
    assert entra(partner).get(altrui).status_code == 404


def test_il_soggetto_trova_nella_pagina_il_documento_che_lo_riguarda(entra, altro_partner, progetto, documento):
    assert documento in entra(altro_partner).get(pagina(progetto, "Iride")).content.decode()


def test_dopo_la_presentazione_non_si_conferma_piu(entra, partner, presentato):
    assert entra(partner).post(pagina(presentato, "Comunità"), {"impronta": "x"}).status_code == 403


def test_il_capofila_vede_chi_e_in_ritardo(entra, capofila, progetto):
    testo = entra(capofila).get(reverse("progetti:dettaglio", args=[progetto.pk])).content.decode()
    riga = testo.partition("Iride Società")[2]
    assert "da confermare" in riga.partition("</tr>")[0]


@pytest.mark.django_db(transaction=True)
def test_una_conferma_non_si_infila_mentre_si_presenta(presentato, partner, responsabile):
    """It waits for the filing, and then it is too late: the version says who had confirmed."""
    transizioni.riapri(presentato.pk, responsabile)
    csc, url = soggetto(presentato, "Comunità"), pagina(presentato, "Comunità")
    csc.conferme.all().delete()
    browser, codici = Client(), []
    browser.force_login(partner)
    dati = campi(browser.get(url))

    def conferma():
        codici.append(browser.post(url, dati).status_code)
        connection.close()

    with transaction.atomic():
        transizioni.presenta(presentato.pk, responsabile)
        filo = threading.Thread(target=conferma)
        filo.start()
        filo.join(1.5)
    filo.join(120)
    assert codici == [403]
    assert not csc.conferme.exists()


def test_tolto_un_soggetto_le_sue_conferme_restano_nella_storia(entra, capofila, progetto):
    csc = soggetto(progetto, "Comunità")
    fatta = csc.conferme.get()
    Cofinanziamento.objects.filter(partecipazione=csc).delete()
    csc.da_firmare.all().delete()  # what it signed would hold it
    assert entra(capofila).post(reverse("progetti:togli_soggetto", args=[progetto.pk, csc.pk])).status_code == 302
    assert not Conferma.objects.filter(pk=fatta.pk).exists()
    evento = Conferma.pgh_event_model.objects.get(pgh_obj_id=fatta.pk, pgh_label="delete")
    assert (evento.impronta, evento.da) == (fatta.impronta, fatta.da)
    assert evento.pgh_context.metadata["user"] == capofila.pk


@pytest.mark.parametrize(
    ("chiamato", "dati", "salvato", "tipo"),
    [
        ("firma di Iride.pdf", PDF, "firma-di-iride.pdf", "application/pdf"),
        ("foto.html", b"\x89PNG\r\n\x1a\n<script>", "fotohtml.png", "image/png"),
        ("\u202efdp.exe", PDF, "fdpexe.pdf", "application/pdf"),
        ("è" * 200 + ".PDF", PDF, "e" * 60 + ".pdf", "application/pdf"),
        ("文書.pdf", PDF, "allegato.pdf", "application/pdf"),
        ("scan.jpeg", b"\xff\xd8\xff\xe0", "scanjpeg.jpg", "image/jpeg"),
        ("atto.pdf.p7m", b"0\x83\x01\x00\x00" + b"x" * 9, "atto.p7m", "application/pkcs7-mime"),
    ],
)
def test_un_allegato_ha_un_nome_nostro_e_l_estensione_di_cio_che_e(entra, capofila, progetto, chiamato, dati, salvato, tipo):
    file = SimpleUploadedFile("x", dati)
    file._name = chiamato  # as it comes: the setter would already mend some of it
    browser = entra(capofila)
    assert per_conto(browser, progetto, file).status_code == 302
    fatta = Conferma.objects.get(partecipazione=soggetto(progetto, "Iride"))
    assert fatta.documento.name.rsplit("/", 1)[-1] == salvato
    url = reverse("progetti:conferma_documento", args=[progetto.pk, fatta.partecipazione_id, fatta.pk])
    risposta = browser.get(url)
    assert b"".join(risposta.streaming_content) == dati
    assert risposta["Content-Disposition"] == f'attachment; filename="{salvato}"'
    assert risposta["Content-Type"] == tipo


# Said twice, it is said once.


def test_confermare_due_volte_le_stesse_cifre_ne_lascia_una_e_lo_dice(entra, altro_partner, progetto):
    browser, url = entra(altro_partner), pagina(progetto, "Iride")
    dati = campi(browser.get(url))
    browser.post(url, dati)
    assert "Era già tutto confermato" in parole(browser.post(url, dati, follow=True))
    assert Conferma.objects.filter(partecipazione=soggetto(progetto, "Iride")).count() == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("chi", "documento"), [("altro_partner", False), ("capofila", True)])
def test_sei_conferme_insieme_ne_lasciano_una(request, progetto, chi, documento):
    """Also with the same paper six times: it is one paper."""
    url, browser = pagina(progetto, "Iride"), Client()
    browser.force_login(request.getfixturevalue(chi))
    dati = campi(browser.get(url))

    def tocca() -> int:
        altro = Client()
        altro.cookies = browser.cookies
        carta = {"documento": SimpleUploadedFile("firma.pdf", PDF)} if documento else {}
        return altro.post(url, dati | carta).status_code

    assert in_parallelo([tocca] * 6) == [302] * 6
    assert Conferma.objects.filter(partecipazione=soggetto(progetto, "Iride")).count() == 1


def test_a_cifre_confermate_un_atto_si_aggiunge_senza_un_altra_conferma(entra, partner, progetto):
    browser, url, csc = entra(partner), pagina(progetto, "Comunità"), soggetto(progetto, "Comunità")
    atto = {"genere": "delibera", "numero": "77", "data": "03/02/2014"}
    risposta = browser.post(url, campi(browser.get(url)) | atto, follow=True)
    assert "Atto aggiunto: le cifre erano già confermate" in parole(risposta)
    assert (csc.conferme.count(), csc.atti.filter(numero="77").count()) == (1, 1)


def test_un_documento_in_piu_e_un_altra_conferma(entra, partner, progetto):
    browser, url = entra(partner), pagina(progetto, "Comunità")
    browser.post(url, campi(browser.get(url)) | {"documento": SimpleUploadedFile("firma.pdf", PDF)})
    assert soggetto(progetto, "Comunità").conferme.count() == 2


def test_la_parola_del_partner_si_aggiunge_a_quella_registrata_per_conto(entra, capofila, altro_partner, progetto):
    per_conto(entra(capofila), progetto, SimpleUploadedFile("firma.pdf", PDF))
    browser, url = entra(altro_partner), pagina(progetto, "Iride")
    browser.post(url, campi(browser.get(url)))
    assert [c.per_conto for c in soggetto(progetto, "Iride").conferme.all()] == [True, False]


# Given by mistake, it is taken back.

MOTIVO = "Il consiglio deve ancora deliberare."


def ritiro(progetto, ente: str) -> str:
    suo = soggetto(progetto, ente)
    return reverse("progetti:conferma_ritira", args=[progetto.pk, suo.pk, suo.conferme.last().pk])


def test_chi_ha_confermato_ritira_dicendo_perche_e_resta_scritto(entra, partner, capofila, progetto):
    browser, csc = entra(partner), soggetto(progetto, "Comunità")
    assert ritiro(progetto, "Comunità") in browser.get(pagina(progetto, "Comunità")).content.decode()
    detto = parole(browser.post(ritiro(progetto, "Comunità"), {"motivo": MOTIVO}, follow=True))
    assert "i dati e le cifre sono di nuovo da confermare" in detto
    assert f"da {partner}: {MOTIVO}" in detto
    assert "Confermo dati e cifre" in detto
    assert stato(progetto, "Comunità") == "da confermare"
    fatta = csc.conferme.get()
    assert (fatta.da, fatta.ritirata_da, fatta.motivo) == (partner, partner, MOTIVO)
    notizia = Notifica.objects.get(utente=capofila, chiave=f"conferma:{fatta.pk}:ritirata")
    assert MOTIVO in notizia.testo
    assert not Notifica.objects.filter(utente=partner, chiave=notizia.chiave).exists()


def test_una_conferma_ritirata_non_conta_per_chi_deve_cosa_e_si_puo_dare_di_nuovo(entra, partner, progetto):
    browser, url = entra(partner), pagina(progetto, "Comunità")
    browser.post(ritiro(progetto, "Comunità"), {"motivo": MOTIVO})
    assert "Conferma i dati e le cifre" in parole(browser.get(reverse("scrivania")))
    csc = str(soggetto(progetto, "Comunità").pk)
    assert csc not in contenuto.contenuto(progetto)["conferme"]
    assert conferme.cifre_confermate([csc]) == {}
    browser.post(url, campi(browser.get(url)))
    assert stato(progetto, "Comunità") == "confermata"


@pytest.mark.parametrize("motivo", ["", "   ", ".", "errore", "- - -"])
def test_senza_qualche_parola_di_motivo_non_si_ritira(entra, partner, progetto, motivo):
    assert entra(partner).post(ritiro(progetto, "Comunità"), {"motivo": motivo}).status_code == 422
    assert stato(progetto, "Comunità") == "confermata"


def test_il_capofila_non_ritira_la_parola_di_un_partner(entra, capofila, altro_partner, progetto):
    assert entra(capofila).post(ritiro(progetto, "Comunità"), {"motivo": MOTIVO}).status_code == 403
    assert entra(altro_partner).post(ritiro(progetto, "Comunità"), {"motivo": MOTIVO}).status_code == 403
    assert stato(progetto, "Comunità") == "confermata"


@pytest.mark.parametrize("chi", ["capofila", "altro_partner"])
def test_quella_registrata_per_conto_la_ritirano_il_capofila_e_il_soggetto(request, entra, progetto, documento, chi):
    assert entra(request.getfixturevalue(chi)).post(ritiro(progetto, "Iride"), {"motivo": MOTIVO}).status_code == 302
    assert stato(progetto, "Iride") == "da confermare"
    avvisati = set(Notifica.objects.filter(chiave__startswith="conferma:").values_list("utente__email", flat=True))
    altro = {"capofila": "altro_partner", "altro_partner": "capofila"}[chi]
    assert request.getfixturevalue(altro).email in avvisati


def test_ritirata_l_ultima_vale_quella_di_prima(entra, partner, progetto):
    browser, url = entra(partner), pagina(progetto, "Comunità")
    riga = soggetto(progetto, "Comunità").cofinanziamenti.first()
    Cofinanziamento.objects.filter(pk=riga.pk).update(importo="1999.99")
    prima = ritiro(progetto, "Comunità")
    browser.post(url, campi(browser.get(url)))
    assert stato(progetto, "Comunità") == "confermata"
    assert "vale quella data dopo" in parole(browser.post(prima, {"motivo": MOTIVO}, follow=True))
    browser.post(ritiro(progetto, "Comunità"), {"motivo": MOTIVO})
    assert stato(progetto, "Comunità") == "da riconfermare"


def test_ritirare_due_volte_lascia_il_primo_motivo(entra, partner, progetto):
    browser = entra(partner)
    browser.post(ritiro(progetto, "Comunità"), {"motivo": MOTIVO})
    detto = parole(browser.post(ritiro(progetto, "Comunità"), {"motivo": "Un altro motivo."}, follow=True))
    assert "è già stata ritirata" in detto
    assert soggetto(progetto, "Comunità").conferme.get().motivo == MOTIVO


def test_dopo_la_presentazione_non_si_ritira_piu(entra, partner, presentato):
    assert entra(partner).post(ritiro(presentato, "Comunità"), {"motivo": MOTIVO}).status_code == 403


def test_la_base_dati_rifiuta_un_ritiro_senza_motivo_o_senza_chi(progetto, partner):
    fatta = Conferma.objects.filter(partecipazione=soggetto(progetto, "Comunità"))
    for a_meta in ({"motivo": "x"}, {"ritirata_il": timezone.now(), "ritirata_da": partner}, {"ritirata_da": partner}):
        with pytest.raises(IntegrityError), transaction.atomic():
            fatta.update(**a_meta)


# What is wrong with its own figures is said to it.

OLTRE = re.compile(r"cofinanziamento è 8\.050,00, più del costo, 2\.000,00: 6\.050,00 di troppo")


@pytest.fixture
def troppo(progetto) -> Cofinanziamento:
    """Iride says 8.050,00 on an action that costs 2.000,00."""
    azione = progetto.azione_righe.filter(genere="azione").first()
    Cofinanziamento.objects.filter(azione=azione).delete()
    VoceCosto.objects.filter(azione=azione).delete()
    VoceCosto.objects.create(progetto=progetto, prospetto="azioni", azione=azione, importo="2000.00")
    return Cofinanziamento.objects.create(
        progetto=progetto, partecipazione=soggetto(progetto, "Iride"), azione=azione, importo="8050.00", ordine=99
    )


def test_il_partner_legge_alla_conferma_che_la_sua_cifra_supera_il_costo_e_puo_confermare_lo_stesso(
    entra, altro_partner, progetto, troppo
):
    browser, url = entra(altro_partner), pagina(progetto, "Iride")
    risposta = browser.get(url)
    assert OLTRE.search(parole(risposta))
    assert f"{sezione_iv(progetto)}#id_b-cofinanziamenti_{troppo.pk}-importo" in risposta.content.decode()
    browser.post(url, campi(risposta))
    assert stato(progetto, "Iride") == "confermata"


def test_il_partner_legge_accanto_al_campo_che_la_sua_cifra_supera_il_costo_e_la_salva_lo_stesso(
    entra, altro_partner, progetto, troppo
):
    browser, url = entra(altro_partner), sezione_iv(progetto)
    risposta = browser.get(url)
    accanto = risposta.content.decode().partition(f'data-derivato="id_b-cofinanziamenti_{troppo.pk}-importo-osservazioni"')[2]
    assert OLTRE.search(accanto.partition("</div>")[0])
    dati = campi(risposta) | {nome("cofinanziamenti", "importo", troppo.pk): "8.051,00"}
    assert browser.post(url, dati).status_code == 302
    troppo.refresh_from_db()
    assert f"{troppo.importo}" == "8051.00"


def test_cio_che_non_va_nella_sua_cifra_e_fra_cio_che_manca_al_partner_e_non_a_un_altro(
    entra, altro_partner, partner, progetto, troppo
):
    url = reverse("progetti:dettaglio", args=[progetto.pk])
    assert OLTRE.search(parole(entra(altro_partner).get(url)))
    assert not OLTRE.search(parole(entra(partner).get(url)))
    assert not OLTRE.search(parole(entra(partner).get(pagina(progetto, "Iride"))))


def test_chi_supera_il_costo_solo_insieme_agli_altri_lo_legge_come_loro(entra, altro_partner, partner, progetto, troppo):
    Cofinanziamento.objects.filter(pk=troppo.pk).update(importo="1500.00")
    csc = soggetto(progetto, "Comunità")
    Cofinanziamento.objects.create(progetto=progetto, partecipazione=csc, azione=troppo.azione, importo="600.00", ordine=98)
    for utente, ente in ((altro_partner, "Iride"), (partner, "Comunità")):
        detto = parole(entra(utente).get(pagina(progetto, ente)))
        assert "cofinanziamento è 2.100,00, più del costo, 2.000,00: 100,00 di troppo" in detto


def test_se_non_c_e_niente_da_correggere_la_conferma_non_lo_chiede(entra, altro_partner, progetto):
    assert "Prima di confermare" not in parole(entra(altro_partner).get(pagina(progetto, "Iride")))


# What is to be checked is a summary.


def righe_del_riepilogo(risposta) -> str:
    testo = risposta.content.decode()
    return testo.partition("<h2>La parte di scheda</h2>")[2].partition('<div id="conferma"')[0]


def test_alla_conferma_si_rilegge_cio_che_e_scritto_e_non_i_facoltativi_vuoti(entra, partner, progetto):
    csc = soggetto(progetto, "Comunità")
    riassunto = righe_del_riepilogo(entra(partner).get(pagina(progetto, "Comunità")))
    assert f"<dd>{csc.codice_fiscale}</dd>" in riassunto
    assert "<dt>Denominazione</dt>" in riassunto  # in words, without the number of the paper
    vuoti = [c for c in ("legale_fax", "operativa_fax", "residenza_fax") if not risposte_di(progetto, csc).get(c)]
    assert riassunto.count("<dt>Fax</dt>") == sum(bool(v) for c, v in risposte_di(progetto, csc).items() if c.endswith("fax"))
    assert len(vuoti) > 1
    assert "Non indicato: Fax" not in riassunto


def risposte_di(progetto, partecipazione) -> dict:
    return contenuto.contenuto(progetto)["risposte"]["II.B"].get(str(partecipazione.pk), {})


def test_alla_conferma_cio_che_manca_ed_e_chiesto_e_detto_a_parole(entra, altro_partner, progetto):
    iride = soggetto(progetto, "Iride")
    Compilazione.objects.filter(progetto=progetto, blocco="II.B", riga=iride.pk).delete()
    detto = " ".join(righe_del_riepilogo(entra(altro_partner).get(pagina(progetto, "Iride"))).split())
    legale = detto.partition("<h4>Legale Rappresentante</h4>")[2].partition("<h4>")[0]
    assert "<strong>Manca:</strong> Nominativo, Codice fiscale</p>" in legale
    assert "Non indicato: Nato/a il, Città, Prov.</p>" in legale


def test_ogni_gruppo_del_riepilogo_ha_un_modifica_che_porta_al_suo_campo(entra, partner, progetto):
    csc, browser = soggetto(progetto, "Comunità"), entra(partner)
    riassunto = righe_del_riepilogo(browser.get(pagina(progetto, "Comunità")))
    porta = reverse("progetti:riga", args=[progetto.pk, "II.B", csc.pk])
    ancore = re.findall(rf'href="{re.escape(porta)}#([^"]+)">Modifica', riassunto)
    assert any(a.endswith("-lr_nominativo") for a in ancore)
    modulo = browser.get(porta).content.decode()
    assert all(f'id="{ancora}"' in modulo for ancora in ancore)


def test_chi_non_scrive_rilegge_senza_modifica_e_senza_i_dati_personali(entra, altro_partner, progetto):
    riassunto = righe_del_riepilogo(entra(altro_partner).get(pagina(progetto, "Comunità")))
    assert "Modifica<" not in riassunto
    assert "Nato/a il" not in riassunto
