"""Joining an alleanza: from its public page to the answer of the ATS or of the capofila, and leaving it."""

import threading
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from alleanze.adesioni import carte, da_fare, richieste, transizioni
from alleanze.models import Adesione, Alleanza, Appartenenza, Carica, Ente, RichiestaAdesione
from conciliazione.demo.adesioni import PORTA
from conciliazione.file import lavori
from conciliazione.models import FileGenerato, Invito, Lettera, Messaggio, Notifica, Passaggio, Utente
from conciliazione.passaggi import Rifiuto, racconta

from ... import fabbrica
from ...carte import PDF
from ...moduli import campi
from ...test_interrogazioni import domande
from .conftest import CHI, DATI, NUOVA, OGGI, collegamento, nuova_chiave, pagina, parole, ultima_posta


def aderisci(alleanza) -> str:
    return reverse("alleanze:aderisci", args=[alleanza.pk])


def scritto(risposta, campo: str) -> str:
    """What a field of the page holds."""
    return campi(risposta)[campo][0]


def con_il_collegamento(client, alleanza, **altro) -> tuple[Client, RichiestaAdesione]:
    client.post(aderisci(alleanza), CHI | NUOVA | altro)
    client.get(collegamento(ultima_posta(CHI["email"])))
    return client, RichiestaAdesione.objects.get(email=CHI["email"])


# Asking.


def test_chi_non_ha_un_account_riceve_per_posta_il_suo_collegamento(client, alleanza):
    enti = Ente.objects.count()
    risposta = client.post(aderisci(alleanza), CHI | NUOVA, follow=True)
    assert "Controlla la posta" in parole(risposta)
    richiesta = RichiestaAdesione.objects.get()
    assert (richiesta.stato, richiesta.ente, richiesta.dati) == ("bozza", None, NUOVA)
    assert Ente.objects.count() == enti
    link = collegamento(ultima_posta(CHI["email"]))
    chiave = link.rstrip("/").rpartition("/")[2]
    assert len(chiave) > 40
    assert chiave not in str(RichiestaAdesione.objects.values().get())
    risposta = client.get(link, follow=True)
    assert risposta.redirect_chain == [(pagina(richiesta, "adesione_passo", 1), 302)]
    assert "Il Nido Cooperativa" in parole(risposta)


def test_la_pagina_dice_lo_stesso_di_chi_c_e_e_di_chi_non_c_e(client, alleanza):
    csc = Ente.objects.get(denominazione__startswith="Comunità Sociale")
    noto = {"email": "partner@csc.example.org", "denominazione": "x", "codice_fiscale": csc.codice_fiscale}
    risposte = [client.post(aderisci(alleanza), CHI | dati, follow=True) for dati in (NUOVA, noto)]
    assert risposte[0].redirect_chain == risposte[1].redirect_chain
    assert parole(risposte[0]) == parole(risposte[1])
    assert csc.denominazione not in parole(risposte[1])


def test_a_un_alleanza_che_non_e_pubblica_chiede_solo_chi_la_vede(client, entra, partner, estraneo, alleanza):
    Alleanza.objects.update(pubblica=False)
    assert client.get(aderisci(alleanza)).status_code == 404
    assert entra(estraneo).get(aderisci(alleanza)).status_code == 404
    assert entra(partner).get(aderisci(alleanza)).status_code == 200


@pytest.mark.parametrize(
    ("sbagliato", "detto"),
    [
        ({"codice_fiscale": "04567810190"}, "La cifra di controllo non torna"),
        ({"codice_fiscale": "RSSMRA"}, "Il codice fiscale ha 16 caratteri"),
        ({"email": "lea"}, "Non è un indirizzo di posta elettronica"),
        ({"denominazione": ""}, "campo è obbligatorio"),
        ({"ruolo": "capofila"}, "Scegli un'opzione valida"),
    ],
)
def test_cio_che_non_va_si_dice_al_suo_campo_e_niente_va_perso(client, alleanza, sbagliato, detto):
    risposta = client.post(aderisci(alleanza), CHI | NUOVA | sbagliato)
    assert risposta.status_code == 422
    assert detto in parole(risposta)
    assert scritto(risposta, "cognome") == "Riva"
    assert not RichiestaAdesione.objects.exists()


def test_chi_ricomincia_ritrova_la_sua_richiesta_con_un_collegamento_nuovo(client, alleanza):
    browser, richiesta = con_il_collegamento(client, alleanza)
    browser.post(pagina(richiesta, "adesione_passo", 1), DATI | {"ruolo": "aderente"})
    vecchio = collegamento(ultima_posta(CHI["email"]))
    Client().post(aderisci(alleanza), CHI | NUOVA | {"email": "LEA.riva@example.org", "nome": "Altra"})
    richiesta.refresh_from_db()
    assert (RichiestaAdesione.objects.count(), richiesta.nome, richiesta.dati["citta"]) == (1, "Lea", "Crema")
    assert Client().get(vecchio).status_code == 404
    assert Client().get(collegamento(ultima_posta(CHI["email"]))).status_code == 302


def test_quaranta_richieste_in_un_minuto_non_passano(client, alleanza):
    codici = [client.post(aderisci(alleanza), CHI | NUOVA | {"email": f"c{n}@example.org"}).status_code for n in range(40)]
    assert codici == [302] * 20 + [429] * 20
    risposta = client.post(aderisci(alleanza), CHI | NUOVA)
    assert "riprova fra un'ora" in parole(risposta)
    assert scritto(risposta, "denominazione") == NUOVA["denominazione"]
    assert Messaggio.objects.filter(oggetto__startswith="Completa").count() == 20


def test_a_una_casella_non_si_mandano_messaggi_senza_fine(alleanza):
    codici = [Client(REMOTE_ADDR=f"192.0.2.{n}").post(aderisci(alleanza), CHI | NUOVA).status_code for n in range(8)]
    assert codici == [302] * 5 + [429] * 3


@pytest.mark.parametrize("chiave", ["inventata", "x" * 300, "%C3%A8"])
def test_un_collegamento_inventato_trova_una_pagina_che_lo_dice(client, alleanza, chiave):
    risposta = client.get(f"/alleanze/adesione/{chiave}/")
    assert risposta.status_code == 404
    assert "Questo collegamento non è valido" in parole(risposta)


def test_un_collegamento_mai_usato_scade(client, alleanza):
    client.post(aderisci(alleanza), CHI | NUOVA)
    link = collegamento(ultima_posta(CHI["email"]))
    RichiestaAdesione.objects.update(aperta_il=timezone.now() - timedelta(days=61))
    assert client.get(link).status_code == 404
    RichiestaAdesione.objects.update(stato="ritirata")
    assert client.get(link).status_code == 302


def test_il_collegamento_di_uno_non_apre_la_richiesta_di_un_altro(client, alleanza, completa):
    altra, chiave = richieste.apri(alleanza, **CHI | {"email": "altro@example.org"}, denominazione="Altra", codice_fiscale="")
    client.get(reverse("alleanze:adesione_chiave", args=[chiave]))
    assert client.get(pagina(altra)).status_code == 200
    risposta = client.get(pagina(completa))
    assert risposta.url.startswith(reverse("account_login"))


def test_cio_che_si_apre_con_il_collegamento_non_resta_in_nessuna_memoria(client, alleanza):
    browser, richiesta = con_il_collegamento(client, alleanza)
    assert "no-store" in browser.get(pagina(richiesta))["Cache-Control"]


# Filling in.


def test_ogni_passo_si_salva_anche_incompleto(client, alleanza):
    browser, richiesta = con_il_collegamento(client, alleanza)
    risposta = browser.post(pagina(richiesta, "adesione_passo", 1), {"denominazione": "Il Nido", "ruolo": "sostenitore"})
    assert risposta.url == pagina(richiesta, "adesione_passo", 2)
    risposta = browser.post(risposta.url, {"attivita": "Dopo scuola"}, follow=True)
    richiesta.refresh_from_db()
    assert (richiesta.ruolo, richiesta.dati["denominazione"]) == ("sostenitore", "Il Nido")
    assert richiesta.risposte["attivita"] == "Dopo scuola"
    assert "Perché vuole aderire : manca" in parole(risposta)
    assert f"{pagina(richiesta, 'adesione_passo', 1)}#id_tipologia" in risposta.content.decode()


def test_cio_che_un_collega_ha_scritto_intanto_non_si_copre(client, alleanza):
    browser, richiesta = con_il_collegamento(client, alleanza)
    url = pagina(richiesta, "adesione_passo", 2)
    aperta = campi(browser.get(url))
    browser.post(url, aperta | {"attivita": "Un nido"})
    risposta = browser.post(url, aperta | {"attivita": "Un dopo scuola", "risorse": "Due sale"})
    assert risposta.status_code == 409
    assert "Un nido" in parole(risposta)
    assert scritto(risposta, "attivita").strip() == "Un dopo scuola"
    richiesta.refresh_from_db()
    assert richiesta.risposte["attivita"] == "Un nido"
    assert browser.post(url, campi(risposta)).status_code == 302


@pytest.mark.parametrize(
    ("passo", "campo", "valore"),
    [(1, "codice_fiscale", "123"), (1, "cap", "26"), (1, "pec", "x"), (1, "partita_iva", "1"), (2, "referente_email", "x")],
)
def test_un_dato_scritto_male_si_corregge_dove_e(client, alleanza, passo, campo, valore):
    browser, richiesta = con_il_collegamento(client, alleanza)
    tutto = (DATI if passo == 1 else PORTA) | {"ruolo": "effettivo", campo: valore}
    risposta = browser.post(pagina(richiesta, "adesione_passo", passo), tutto)
    assert risposta.status_code == 422
    assert f'<a href="#id_{campo}">' in risposta.content.decode()
    assert scritto(risposta, campo) == valore


def test_di_un_ente_gia_registrato_si_dice_solo_il_nome(client, alleanza):
    iride = Ente.objects.get(denominazione__startswith="Iride")
    Adesione.objects.filter(ente=iride).update(dal="2014-01-01", al="2020-12-31")
    browser, richiesta = con_il_collegamento(client, alleanza, codice_fiscale=iride.codice_fiscale, denominazione="Iride?")
    testo = parole(browser.get(pagina(richiesta, "adesione_passo", 1)))
    assert f"Nel portale c'è già «{iride}»: la richiesta è per questo ente" in testo
    sede = iride.sedi.first()
    assert sede.indirizzo not in browser.get(pagina(richiesta, "adesione_passo", 1)).content.decode()


def test_il_markup_scritto_resta_testo(client, alleanza):
    browser, richiesta = con_il_collegamento(client, alleanza)
    cattivo = "<script>alert(1)</script>"
    browser.post(pagina(richiesta, "adesione_passo", 2), PORTA | {"attivita": cattivo})
    risposta = browser.get(pagina(richiesta, "adesione_invia"))
    assert cattivo not in risposta.content.decode()
    assert cattivo not in carte.CARTA.html(carte._dati(RichiestaAdesione.objects.get(), "scheda"))


def test_chi_agisce_per_l_ente_trova_i_suoi_dati_e_li_puo_inviare(entra, estraneo, alleanza):
    ente = estraneo.appartenenze.get().ente
    Ente.objects.filter(pk=ente.pk).update(codice_fiscale="03456780190", pec="x@pec.example.org")
    risposta = entra(estraneo).post(aderisci(alleanza), {"ente": ente.pk, "ruolo": "aderente"}, follow=True)
    letti = [scritto(risposta, campo) for campo in ("denominazione", "pec", "ruolo")]
    assert letti == [str(ente), "x@pec.example.org", "aderente"]
    richiesta = RichiestaAdesione.objects.get()
    assert (richiesta.ente, richiesta.chiesta_da, richiesta.email) == (ente, estraneo, estraneo.email)
    assert [c.che_cosa for c in da_fare.adesioni_da_completare(estraneo)] == [f"Completa la richiesta di adesione di {ente}"]
    assert entra(estraneo).post(aderisci(alleanza), {"ente": ente.pk, "ruolo": "aderente"}).url == risposta.request["PATH_INFO"]


def test_chi_agisce_per_un_ente_che_ne_fa_gia_parte_lo_sa_subito(entra, partner, alleanza):
    ente = partner.appartenenze.get().ente
    risposta = entra(partner).post(aderisci(alleanza), {"ente": ente.pk, "ruolo": "effettivo"})
    assert risposta.status_code == 422
    assert f"{ente} fa già parte dell'alleanza" in parole(risposta)


# The papers.


@pytest.mark.parametrize(("quale", "a_chi"), [("modulo", "ATS della Val Padana"), ("scheda", "Comune di Crema")])
def test_i_due_documenti_hanno_ciascuno_il_suo_destinatario(completa, quale, a_chi):
    html = carte.CARTA.html(carte._dati(completa, quale))
    assert f"<strong>{a_chi}</strong>" in html
    assert "Il Nido Cooperativa" in html
    assert ("Via dei Tigli 4" in html, PORTA["attivita"] in html) == (quale == "modulo", quale == "scheda")
    assert ("<dd>privato</dd>" in html, "<dd>legale rappresentante</dd>" in html) == ((quale == "modulo",) * 2)


def test_chi_ha_il_collegamento_prende_il_pdf(client, alleanza):
    browser, richiesta = con_il_collegamento(client, alleanza)
    risposta = browser.post(pagina(richiesta, "adesione_pdf", "modulo"))
    file = FileGenerato.objects.get(argomento=f"adesione:{richiesta.pk}")
    assert risposta.url == pagina(richiesta, "adesione_file", file.pk)
    assert "in coda" in parole(browser.get(risposta.url))
    assert browser.get(pagina(richiesta, "adesione_scarica", file.pk)).status_code == 404
    lavori.esegui(file.pk, lambda: carte.CARTA.produci(file))
    assert "Scarica il PDF" in parole(browser.get(risposta.url))
    preso = browser.get(pagina(richiesta, "adesione_scarica", file.pk))
    assert b"".join(preso.streaming_content).startswith(b"%PDF-")
    assert browser.post(pagina(richiesta, "adesione_pdf", "modulo")).url == risposta.url
    assert browser.post(pagina(richiesta, "adesione_pdf", "altro")).status_code == 404


def test_un_pdf_non_riuscito_si_riprova_col_collegamento(client, alleanza):
    browser, richiesta = con_il_collegamento(client, alleanza)
    del_file = browser.post(pagina(richiesta, "adesione_pdf", "modulo")).url
    FileGenerato.objects.update(stato="fallito", tentativi=3)
    assert 'action="riprova/"' in browser.get(del_file).content.decode()
    assert browser.post(f"{del_file}riprova/").url == del_file
    assert FileGenerato.objects.get().in_attesa


def test_il_file_di_un_altra_richiesta_non_si_prende(client, alleanza, completa, anonimo):
    file = carte.chiedi(completa, "modulo", anonimo)
    altra, chiave = richieste.apri(alleanza, **CHI | {"email": "altro@example.org"}, denominazione="Altra", codice_fiscale="")
    client.get(reverse("alleanze:adesione_chiave", args=[chiave]))
    assert client.get(pagina(altra, "adesione_file", file.pk)).status_code == 404


def test_i_documenti_firmati_si_caricano_e_un_file_travestito_no(client, completa):
    client.get(reverse("alleanze:adesione_chiave", args=[nuova_chiave(completa)]))
    finto = {"modulo_firmato": SimpleUploadedFile("modulo.pdf", b"<html>")}
    risposta = client.post(pagina(completa, "adesione_invia"), finto)
    assert risposta.status_code == 422
    assert "Questo file non si riconosce" in parole(risposta)
    vero = {"modulo_firmato": SimpleUploadedFile("Modulo firmato.exe.pdf", PDF)}
    assert client.post(pagina(completa, "adesione_invia"), vero).status_code == 302
    preso = client.get(pagina(completa, "adesione_firmato", "modulo"))
    assert b"".join(preso.streaming_content) == PDF
    assert "attachment" in preso["Content-Disposition"]
    assert client.get(pagina(completa, "adesione_firmato", "scheda")).status_code == 404


def test_un_documento_caricato_resta_anche_se_manca_altro(client, completa):
    completa.risposte = {}
    completa.save()
    client.get(reverse("alleanze:adesione_chiave", args=[nuova_chiave(completa)]))
    risposta = client.post(pagina(completa, "adesione_invia"), {"scheda_firmata": SimpleUploadedFile("s.pdf", PDF)})
    assert risposta.status_code == 422
    assert "scarica quella firmata" in parole(risposta)
    completa.refresh_from_db()
    assert (completa.stato, bool(completa.scheda_firmata)) == ("bozza", True)


def test_di_due_documenti_uno_buono_e_uno_no_quello_buono_resta(client, completa):
    client.get(reverse("alleanze:adesione_chiave", args=[nuova_chiave(completa)]))
    mandati = {"modulo_firmato": SimpleUploadedFile("m.pdf", b"<html>"), "scheda_firmata": SimpleUploadedFile("s.pdf", PDF)}
    risposta = client.post(pagina(completa, "adesione_invia"), mandati)
    assert risposta.status_code == 422
    assert "scarica quella firmata" in parole(risposta)
    assert "scarica quello firmato" not in parole(risposta)


# Sending.


def test_inviata_la_sanno_l_ats_e_il_capofila_e_chi_chiede_ha_la_ricevuta(inviata, ats, capofila, regione):
    dette = Notifica.objects.filter(chiave=f"richiesta_adesione:{inviata.pk}:inviata")
    assert {ats, capofila} <= {n.utente for n in dette}
    assert regione not in {n.utente for n in dette}
    assert dette.first().url == pagina(inviata)
    ricevuta = ultima_posta(CHI["email"])
    assert "Ricevuta" in ricevuta.oggetto
    assert "originale firmato della scheda partnership" in ricevuta.testo
    assert inviata.inviata_il is not None
    for utente in (ats, capofila):
        assert f"Esamina la richiesta di adesione di {NUOVA['denominazione']}" in [
            c.che_cosa for c in da_fare.adesioni_da_esaminare(utente)
        ]


def test_finche_e_una_bozza_la_vede_solo_chi_la_fa(completa, ats, capofila, entra):
    for utente in (ats, capofila):
        assert entra(utente).get(pagina(completa)).status_code == 404
        assert not list(da_fare.adesioni_da_esaminare(utente))


def test_una_bozza_ritirata_non_la_vede_chi_non_l_aveva_ricevuta(completa, ats, capofila, entra, anonimo):
    transizioni.ritira(completa.pk, anonimo, [completa.impronta])
    for utente in (ats, capofila):
        assert entra(utente).get(pagina(completa)).status_code == 404
    assert not Notifica.objects.filter(chiave__startswith=f"richiesta_adesione:{completa.pk}").exists()


def test_inviata_non_si_modifica_piu(client, inviata):
    client.get(reverse("alleanze:adesione_chiave", args=[nuova_chiave(inviata)]))
    for nome, *altro in (("adesione_passo", 1), ("adesione_invia",)):
        risposta = client.post(pagina(inviata, nome, *altro), DATI | {"denominazione": "Altro nome"}, follow=True)
        assert "non si modifica più" in parole(risposta)
    inviata.refresh_from_db()
    assert inviata.dati["denominazione"] == NUOVA["denominazione"]


def test_due_richieste_insieme_per_lo_stesso_ente_non_ci_sono(alleanza, inviata, anonimo):
    altra, _ = richieste.apri(alleanza, **CHI | {"email": "collega@example.org"}, **NUOVA)
    RichiestaAdesione.objects.filter(pk=altra.pk).update(dati=DATI, risposte=PORTA)
    with pytest.raises(Rifiuto, match="c'è già una richiesta in corso"):
        transizioni.invia(altra.pk, anonimo, [altra.impronta])


def test_per_un_ente_dell_alleanza_non_si_chiede(client, completa, alleanza):
    csc = Ente.objects.get(denominazione__startswith="Comunità Sociale")
    chiave = nuova_chiave(completa)
    RichiestaAdesione.objects.update(dati=DATI | {"codice_fiscale": csc.codice_fiscale})
    client.get(reverse("alleanze:adesione_chiave", args=[chiave]))
    risposta = client.post(pagina(completa, "adesione_invia"))
    assert risposta.status_code == 422
    assert "fa già parte dell'alleanza" in parole(risposta)


def test_le_persone_dell_ente_sanno_che_un_estraneo_chiede_per_loro_e_possono_ritirare(
    entra, completa, alleanza, altro_partner, anonimo
):
    iride = altro_partner.appartenenze.get().ente
    Adesione.objects.filter(ente=iride).update(dal="2014-01-01", al="2020-12-31")
    RichiestaAdesione.objects.update(dati=DATI | {"codice_fiscale": iride.codice_fiscale})
    transizioni.invia(completa.pk, anonimo, [completa.impronta])
    assert Notifica.objects.get(utente=altro_partner, chiave__startswith="richiesta_adesione").url == pagina(completa)
    assert entra(altro_partner).post(pagina(completa, "adesione_ritira")).status_code == 302
    completa.refresh_from_db()
    assert completa.stato == "ritirata"


def test_chi_chiede_ritira_e_puo_chiedere_di_nuovo(client, inviata, alleanza, capofila):
    client.get(reverse("alleanze:adesione_chiave", args=[nuova_chiave(inviata)]))
    assert "La richiesta è ritirata" in parole(client.post(pagina(inviata, "adesione_ritira"), follow=True))
    assert Notifica.objects.filter(utente=capofila, chiave=f"richiesta_adesione:{inviata.pk}:ritirata").exists()
    nuova, _ = richieste.apri(alleanza, **CHI, **NUOVA)
    assert nuova.pk != inviata.pk


# Answering.


def test_accolta_l_ente_entra_nel_registro_e_chi_ha_chiesto_e_invitato(entra, ats, inviata, alleanza):
    risposta = entra(ats).post(pagina(inviata, "adesione_accogli"), {"ruolo": "aderente", "dal": "01/09/2026"}, follow=True)
    assert "La richiesta è accolta" in parole(risposta)
    inviata.refresh_from_db()
    ente = inviata.ente
    assert (ente.denominazione, ente.codice_fiscale, ente.settore) == (NUOVA["denominazione"], "04567810199", "privato")
    assert (ente.sedi.get().indirizzo, str(ente.cariche.get().persona)) == ("Via dei Tigli 4", "Nora Zanotti")
    assert (inviata.adesione.ruolo, inviata.adesione.dal, inviata.adesione.ente) == ("aderente", OGGI, ente)
    invito = Invito.objects.su(ente).get()
    assert (invito.email, invito.ruolo, invito.mandato_da) == (CHI["email"], "responsabile", ats)
    scritte = {m.oggetto: m.testo for m in Messaggio.objects.filter(destinatari=[CHI["email"]])}
    assert "trovi l'invito ad agire per l'ente" in scritte[f"Accolta: {ente} in {alleanza}"]
    assert any(reverse("alleanze:invito", args=["x"])[:-2] in testo for testo in scritte.values())
    passaggi = Passaggio.objects.filter(oggetto_id=str(inviata.pk)).values_list("azione", "da", "a", "utente")
    assert list(passaggi) == [("invia", "bozza", "richiesta", None), ("accogli", "richiesta", "accolta", ats.pk)]


def test_accolta_per_un_ente_che_ha_le_sue_persone_non_da_poteri_a_nessuno(completa, capofila, altro_partner, anonimo):
    iride = altro_partner.appartenenze.get().ente
    Adesione.objects.filter(ente=iride).update(dal="2014-01-01", al="2020-12-31")
    RichiestaAdesione.objects.update(dati=DATI | {"codice_fiscale": iride.codice_fiscale, "denominazione": "Altro"})
    transizioni.invia(completa.pk, anonimo, [completa.impronta])
    prima = list(Ente.objects.filter(pk=iride.pk).values()), Carica.objects.filter(ente=iride).count()
    adesione = transizioni.accogli(completa.pk, capofila, ruolo="effettivo", dal=OGGI)
    assert adesione.ente == iride
    assert not Invito.objects.su(iride).exists()
    assert Notifica.objects.filter(utente=altro_partner, chiave=f"richiesta_adesione:{completa.pk}:accolta").exists()
    assert "sono state avvisate" in Lettera.objects.di(completa).get().testo
    assert (list(Ente.objects.filter(pk=iride.pk).values()), Carica.objects.filter(ente=iride).count()) == prima


def test_un_ente_registrato_intanto_non_si_raddoppia(inviata, ats):
    intanto = fabbrica.ente("Il Nido", codice_fiscale=NUOVA["codice_fiscale"])
    assert transizioni.accogli(inviata.pk, ats, ruolo="effettivo", dal=OGGI).ente == intanto
    assert Ente.objects.filter(codice_fiscale=NUOVA["codice_fiscale"]).count() == 1


def test_senza_codice_fiscale_vale_il_nome(inviata, ats):
    RichiestaAdesione.objects.update(dati=DATI | {"codice_fiscale": "", "denominazione": "COMUNE DI MARNATE"})
    assert str(transizioni.accogli(inviata.pk, ats, ruolo="effettivo", dal=OGGI).ente) == "Comune di Marnate"


def test_un_estraneo_non_diventa_responsabile_di_una_ats(inviata, ats, altra_ats):
    Appartenenza.objects.filter(utente=altra_ats).update(dal="2020-01-01", al="2020-12-31")
    insubria = altra_ats.appartenenze.get().ente
    Ente.objects.filter(pk=insubria.pk).update(codice_fiscale=NUOVA["codice_fiscale"])
    transizioni.accogli(inviata.pk, ats, ruolo="sostenitore", dal=OGGI)
    assert not Invito.objects.su(insubria).exists()


def test_respinta_il_motivo_arriva_per_posta_e_si_puo_chiedere_di_nuovo(entra, ats, client, inviata, alleanza):
    browser, url = entra(ats), pagina(inviata, "adesione_respingi")
    risposta = browser.post(url, {"motivo": " "})
    assert (risposta.status_code, "Scrivi il motivo" in parole(risposta)) == (422, True)
    browser.post(url, {"motivo": "Manca la delibera."})
    assert "Manca la delibera." in ultima_posta(CHI["email"]).testo
    inviata.refresh_from_db()
    assert inviata.stato == "respinta"
    nuova, _ = richieste.apri(alleanza, **CHI, **NUOVA)
    assert nuova.pk != inviata.pk


def test_chi_ha_chiesto_legge_stato_e_motivo_dal_collegamento(client, inviata, ats):
    chiave = nuova_chiave(inviata)
    transizioni.respingi(inviata.pk, ats, motivo="Manca la delibera.")
    testo = parole(client.get(reverse("alleanze:adesione_chiave", args=[chiave]), follow=True))
    assert "respinta" in testo
    assert "Manca la delibera." in testo
    assert "Accogli" not in testo


def test_presa_in_esame_e_poi_accolta(entra, capofila, inviata):
    browser = entra(capofila)
    assert "in esame" in parole(browser.post(pagina(inviata, "adesione_esamina"), follow=True))
    browser.post(pagina(inviata, "adesione_accogli"), {"ruolo": "effettivo", "dal": "01/09/2026"})
    inviata.refresh_from_db()
    assert inviata.stato == "accolta"


@pytest.mark.parametrize(
    ("dati", "detto"),
    [
        ({"ruolo": "capofila", "dal": "01/09/2026"}, "Scegli un'opzione valida"),
        ({"ruolo": "effettivo", "dal": "settembre"}, "data"),
        ({"ruolo": "effettivo", "dal": "01/09/2060"}, "Controlla l'anno"),
    ],
)
def test_una_risposta_scritta_male_non_decide_niente(entra, ats, inviata, dati, detto):
    risposta = entra(ats).post(pagina(inviata, "adesione_accogli"), dati)
    assert risposta.status_code == 422
    assert detto in parole(risposta)
    inviata.refresh_from_db()
    assert inviata.stato == "richiesta"


def test_chi_risponde_per_secondo_trova_gia_risposto(entra, ats, capofila, inviata):
    transizioni.respingi(inviata.pk, capofila, motivo="No.")
    dati = {"ruolo": "effettivo", "dal": "01/09/2026"}
    risposta = entra(ats).post(pagina(inviata, "adesione_accogli"), dati, follow=True)
    assert "La richiesta è «respinta»" in parole(risposta)


@pytest.mark.django_db(transaction=True)
def test_due_che_accolgono_insieme_fanno_una_sola_adesione(inviata, ats, capofila):
    esiti = []

    def accoglie(utente):
        try:
            transizioni.accogli(inviata.pk, utente, ruolo="effettivo", dal=OGGI)
            esiti.append("accolta")
        except Rifiuto:
            esiti.append("già")
        connection.close()

    with transaction.atomic():
        RichiestaAdesione.objects.select_for_update().get(pk=inviata.pk)
        fili = [threading.Thread(target=accoglie, args=[utente]) for utente in (ats, capofila)]
        for filo in fili:
            filo.start()
        fili[0].join(0.5)
    for filo in fili:
        filo.join(120)
    assert sorted(esiti) == ["accolta", "già"]
    assert Adesione.objects.filter(ente__codice_fiscale=NUOVA["codice_fiscale"]).count() == 1
    assert Ente.objects.filter(codice_fiscale=NUOVA["codice_fiscale"]).count() == 1


@pytest.mark.django_db(transaction=True)
def test_due_richieste_inviate_insieme_per_lo_stesso_ente_ne_passa_una(completa, alleanza, anonimo):
    altra, _ = richieste.apri(alleanza, **CHI | {"email": "collega@example.org"}, **NUOVA)
    RichiestaAdesione.objects.filter(pk=altra.pk).update(dati=DATI, risposte=PORTA)
    esiti = []

    def invia(richiesta):
        try:
            transizioni.invia(richiesta.pk, anonimo, [richiesta.impronta])
            esiti.append("inviata")
        except Rifiuto:
            esiti.append("no")
        connection.close()

    with transaction.atomic():
        Alleanza.objects.select_for_update(no_key=True).get(pk=alleanza.pk)
        fili = [threading.Thread(target=invia, args=[richiesta]) for richiesta in (completa, altra)]
        for filo in fili:
            filo.start()
        fili[0].join(0.5)
    for filo in fili:
        filo.join(120)
    assert sorted(esiti) == ["inviata", "no"]


def test_l_originale_ricevuto_ha_la_sua_data(entra, capofila, inviata):
    browser, url = entra(capofila), pagina(inviata, "adesione_originale")
    domani = timezone.localdate() + timedelta(days=1)
    assert "nel futuro" in parole(browser.post(url, {"il": f"{domani:%d/%m/%Y}"}))
    risposta = browser.post(url, {"il": "02/03/2026"}, follow=True)
    assert "ricevuto il 02/03/2026" in parole(risposta)
    inviata.refresh_from_db()
    assert (inviata.originale_ricevuto_il, inviata.stato) == (date(2026, 3, 2), "richiesta")


def test_chi_non_riceve_la_richiesta_non_decide(inviata, partner, regione, amministratore):
    for utente in (partner, regione, amministratore):
        for azione, altro in ((transizioni.respingi, {"motivo": "x"}), (transizioni.ricevi_originale, {"il": OGGI})):
            with pytest.raises(PermissionDenied):
                azione(inviata.pk, utente, **altro)


# Leaving.


def recesso(alleanza, ente: str) -> tuple[str, Adesione]:
    adesione = alleanza.adesioni.get(ente__denominazione__startswith=ente)
    return reverse("alleanze:recesso", args=[alleanza.pk, adesione.pk]), adesione


def test_il_recesso_chiude_l_adesione_e_la_riga_resta(entra, capofila, altro_partner, alleanza):
    url, adesione = recesso(alleanza, "Iride")
    oggi = f"{timezone.localdate():%d/%m/%Y}"
    risposta = entra(capofila).post(url, {"al": oggi, "motivo": "Cessa l'attività"}, follow=True)
    assert f"fino al {oggi}" in parole(risposta)
    adesione.refresh_from_db()
    assert (adesione.al, adesione.recesso_motivo) == (timezone.localdate(), "Cessa l'attività")
    assert Notifica.objects.filter(utente=altro_partner, chiave=f"adesione:{adesione.pk}:recesso").exists()
    assert not Notifica.objects.filter(utente=capofila, chiave=f"adesione:{adesione.pk}:recesso").exists()
    assert racconta(adesione)[-1].che_cosa == "recesso: Cessa l'attività"
    assert "ha già un'uscita registrata" in parole(entra(capofila).get(url))


def test_il_motivo_del_recesso_lo_legge_chi_tiene_l_alleanza_e_non_gli_altri_soggetti(entra, capofila, partner, alleanza):
    url, _ = recesso(alleanza, "Iride")
    entra(capofila).post(url, {"al": f"{timezone.localdate():%d/%m/%Y}", "motivo": "Cessa l'attività"})
    dettaglio = reverse("alleanze:dettaglio", args=[alleanza.pk])
    assert ["Cessa l'attività" in parole(entra(chi).get(dettaglio)) for chi in (capofila, partner)] == [True, False]


def test_chi_ha_fatto_la_richiesta_legge_perche_l_ente_e_uscito(entra, ats, inviata):
    adesione = transizioni.accogli(inviata.pk, ats, ruolo="effettivo", dal=timezone.localdate())
    transizioni.recedi(adesione.pk, ats, al=timezone.localdate(), motivo="Si è sciolta")
    assert "Motivo del recesso: «Si è sciolta»" in parole(entra(ats).get(pagina(inviata)))


def test_recede_il_responsabile_dell_ente_e_non_l_operatore(entra, altro_partner, alleanza):
    url, _ = recesso(alleanza, "Iride")
    assert entra(altro_partner).get(url).status_code == 403
    Appartenenza.objects.filter(utente=altro_partner).update(ruolo="responsabile")
    assert entra(Utente.objects.get(pk=altro_partner.pk)).get(url).status_code == 200


def test_il_capofila_non_esce(entra, ats, alleanza):
    url, adesione = recesso(alleanza, "Comune di Crema")
    risposta = entra(ats).post(url, {"al": "01/09/2026", "motivo": "x"})
    assert "Il capofila non può uscire" in parole(risposta)
    adesione.refresh_from_db()
    assert adesione.al is None


def test_non_si_esce_prima_di_entrare(entra, capofila, alleanza):
    url, _ = recesso(alleanza, "Iride")
    risposta = entra(capofila).post(url, {"al": "01/01/1999", "motivo": "x"})
    assert risposta.status_code == 422
    assert "non può uscire prima" in parole(risposta)


def test_chi_e_uscito_puo_chiedere_di_tornare(alleanza, capofila):
    _, adesione = recesso(alleanza, "Iride")
    with pytest.raises(Rifiuto, match="fa già parte"):
        richieste.controlla_che_si_possa(alleanza, adesione.ente, "")
    Adesione.objects.filter(pk=adesione.pk).update(dal="2020-01-01")
    transizioni.recedi(adesione.pk, capofila, al=timezone.localdate() - timedelta(days=1), motivo="x")
    richieste.controlla_che_si_possa(alleanza, adesione.ente, "")


# The list.


def test_l_elenco_si_filtra_e_ciascuno_vede_le_sue(entra, ats, partner, inviata, alleanza):
    browser, url = entra(ats), reverse("alleanze:adesioni")
    assert NUOVA["denominazione"] in parole(browser.get(url))
    assert NUOVA["denominazione"] in parole(browser.get(f"{url}?stato=richiesta&alleanza={alleanza.pk}"))
    assert "Nessuna richiesta" in parole(browser.get(f"{url}?stato=accolta"))
    assert "Nessuna richiesta" in parole(entra(partner).get(url))


def test_la_pagina_dell_alleanza_dice_quante_sono_da_esaminare(entra, ats, partner, inviata, alleanza):
    url = reverse("alleanze:dettaglio", args=[alleanza.pk])
    assert "(1 da esaminare)" in parole(entra(ats).get(url))
    assert "da esaminare" not in parole(entra(partner).get(url))


def test_l_elenco_e_cio_che_c_e_da_fare_chiedono_lo_stesso_per_una_e_per_molte(entra, ats, alleanza, anonimo):
    def chiedono(quante: int, da: int):
        for n in range(da, quante):
            richiesta, _ = richieste.apri(alleanza, **CHI, denominazione=f"Ente {n}", codice_fiscale="")
            RichiestaAdesione.objects.filter(pk=richiesta.pk).update(
                dati=DATI | {"denominazione": f"Ente {n}", "codice_fiscale": ""}, risposte=PORTA
            )
            transizioni.invia(richiesta.pk, anonimo, [richiesta.impronta])

    browser, url = entra(ats), reverse("alleanze:adesioni")
    chiedono(1, 0)
    poche = len(domande(browser, url))
    chiedono(12, 1)
    assert len(domande(browser, url)) == poche == 4  # alleanze to choose from, how many, richieste, their clocks
