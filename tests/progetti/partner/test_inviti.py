"""Personal links: to act for an ente, and to fill the part of one soggetto; once, expiring, telling nothing to others."""

import logging
import re
import threading
from datetime import date, timedelta

import pytest
from django.contrib.auth import get_user
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from alleanze.models import Appartenenza, Carica
from alleanze.persone import incarichi as di_ente
from conciliazione.inviti import collegamenti as kernel
from conciliazione.messaggi.da_fare import di as cose_da_fare
from conciliazione.models import Invito, Messaggio, Notifica, Utente
from progetti.models import AttoDiImpegno, Conferma, Incaricato
from progetti.partner import inviti
from progetti.soggetti import aggiungi

from ... import fabbrica
from ...carte import PDF
from ...moduli import campi
from ...test_interrogazioni import domande
from .test_conferme import parole, stato

CHI = "anna.verdi@koala.example.org"
DELL_ENTE = "nuova@comune-crema.example.org"
DICHIARO = {"nome": "Anna", "cognome": "Verdi", "privacy": "on"}


@pytest.fixture
def koala(progetto):
    """A soggetto that nobody fills in."""
    soggetto = progetto.partecipazioni.get(denominazione__startswith="Koala")
    Invito.objects.su(soggetto).delete()  # that of the demo
    cache.clear()  # the counts of a test that had to commit
    soggetto.progetto = progetto
    return soggetto


def collegamento(email: str = CHI) -> str:
    """The path of the last link mailed there."""
    testo = Messaggio.objects.filter(destinatari=[email]).latest("pk").testo
    return re.search(r"https?://[^/]+(/\S*/invito/\S+)", testo)[1]


@pytest.fixture
def invito(koala, capofila) -> str:
    """The link of an invitation to fill Koala's part."""
    inviti.invita(koala, capofila, email=CHI)
    return collegamento()


@pytest.fixture
def crema(progetto):
    return progetto.capofila


@pytest.fixture
def invito_ente(crema, responsabile) -> str:
    di_ente.invita(crema, responsabile, email="nuova@comune-crema.example.org", ruolo="operatore", nome="Nuova")
    return collegamento("nuova@comune-crema.example.org")


def utente(browser) -> Utente | None:
    chi = get_user(browser)
    return chi if chi.is_authenticated else None


# Taking it.


def test_chi_apre_il_collegamento_legge_chi_lo_invita_dove_e_fino_a_quando(client, invito, progetto):
    risposta = client.get(invito)
    testo = parole(risposta)
    assert risposta.status_code == 200
    for detto in ("Olga Perini", "Comune di Crema", "Koala", progetto.titolo, "Continua senza account"):
        assert detto in testo


def test_guardare_il_collegamento_non_cambia_niente(client, invito, koala):
    for _ in range(3):
        client.get(invito)
        client.head(invito)
    assert Invito.objects.su(koala).validi().count() == 1
    assert not Utente.objects.filter(email=CHI).exists()
    assert not koala.incaricati.exists()


def test_senza_account_si_entra_con_nome_e_cognome_e_si_arriva_alla_propria_parte(client, invito, koala, progetto):
    risposta = client.post(invito, DICHIARO)
    parte = reverse("progetti:tua_parte", args=[progetto.pk, koala.pk])
    assert (risposta.status_code, risposta.url) == (302, parte)
    anna = utente(client)
    assert (anna.email, anna.nome, anna.has_usable_password()) == (CHI, "Anna", False)
    assert "Crea la password" in parole(client.get(parte))
    incaricato = koala.incaricati.get()
    assert incaricato.utente == anna
    assert incaricato.al == timezone.localdate() + timedelta(days=365)


def test_la_sessione_senza_account_finisce_col_giorno(client, invito):
    client.post(invito, DICHIARO)
    fine = client.session.get_expiry_date()
    assert timezone.now() + timedelta(hours=1) < fine <= timezone.now() + timedelta(hours=26)
    assert not client.session.get_expire_at_browser_close()


@pytest.mark.parametrize(
    ("dato", "messaggio"), [("privacy", "informativa"), ("nome", "obbligatorio"), ("cognome", "obbligatorio")]
)
def test_senza_un_dato_non_si_entra_e_il_resto_resta_scritto(client, invito, koala, dato, messaggio):
    dati = {c: v for c, v in DICHIARO.items() if c != dato}
    risposta = client.post(invito, dati)
    assert risposta.status_code == 422
    assert messaggio in parole(risposta)
    assert utente(client) is None
    assert not koala.incaricati.exists()
    assert dato == "nome" or 'value="Anna"' in risposta.content.decode()


def test_chi_ha_un_account_accede_e_accetta_con_quello(entra, invito, koala, estraneo):
    browser = entra(estraneo)
    assert estraneo.email in parole(browser.get(invito))
    assert browser.post(invito).status_code == 302
    assert koala.incaricati.get().utente == estraneo
    assert not Utente.objects.filter(email=CHI).exists()


def test_se_l_indirizzo_ha_un_account_con_password_bisogna_accedere_con_quello(client, koala, capofila, estraneo):
    inviti.invita(koala, capofila, email=estraneo.email.upper())
    via = collegamento(estraneo.email)
    assert "Continua senza account" not in parole(client.get(via))
    assert client.post(via, DICHIARO).status_code == 422
    assert utente(client) is None
    assert not koala.incaricati.exists()


def test_con_un_altro_account_si_dice_quale_ci_vuole(entra, koala, capofila, estraneo, altra_ats):
    inviti.invita(koala, capofila, email=estraneo.email)
    via, browser = collegamento(estraneo.email), entra(altra_ats)
    assert "L'invito è per un altro account" in parole(browser.get(via))
    assert browser.post(via).status_code == 422
    assert not koala.incaricati.exists()


@pytest.mark.parametrize(
    "com_e", [{"is_active": False}, {"is_staff": True}, {"is_superuser": True}], ids=["sospeso", "amministra", "può tutto"]
)
def test_un_collegamento_non_basta_per_chi_e_sospeso_o_amministra(client, invito, koala, com_e):
    anna = fabbrica.utente("Anna", "Verdi", email=CHI)
    Utente.objects.filter(pk=anna.pk).update(**com_e)
    assert client.post(invito, DICHIARO).status_code == 422
    assert utente(client) is None
    assert not koala.incaricati.exists()


def test_chi_torna_senza_password_e_la_stessa_persona(client, invito, koala, capofila):
    client.post(invito, DICHIARO)
    prima = utente(client)
    inviti.togli(koala.incaricati.get(), capofila)
    inviti.invita(koala, capofila, email=CHI)
    altro = Client()
    altro.post(collegamento(), DICHIARO | {"nome": "Un altro nome"})
    assert utente(altro) == prima
    assert utente(altro).nome == "Anna"


def test_chi_ha_invitato_e_chi_e_stato_invitato_sanno_che_e_stato_usato(client, invito, capofila):
    client.post(invito, DICHIARO)
    assert "è stato usato da Anna Verdi" in Notifica.objects.get(utente=capofila, chiave__endswith=":usato").testo
    messaggio = Messaggio.objects.filter(destinatari=[CHI]).latest("pk")
    assert "è stato usato" in messaggio.testo
    assert capofila.email in messaggio.testo


def test_chi_agiva_per_un_solo_ente_vede_subito_cio_che_gli_e_stato_dato(entra, invito, estraneo):
    browser = entra(estraneo)
    browser.post(reverse("alleanze:agisci_per"), {"ente": str(estraneo.appartenenze.get().ente_id)})
    assert browser.post(invito, follow=True).status_code == 200


# What it lets one do.


@pytest.fixture
def anna(client, invito):
    """A browser where the invited person came in without an account."""
    client.post(invito, DICHIARO)
    return client


def test_chi_e_invitato_scrive_la_sua_parte_e_nessun_altra(anna, koala, progetto):
    sua = reverse("progetti:riga", args=[progetto.pk, "II.B", koala.pk])
    dati = campi(anna.get(sua))
    campo = next(c for c in dati if c.endswith("-referente_nominativo"))
    assert anna.post(sua, dati | {campo: "Anna Verdi"}).status_code == 302
    scritta = progetto.compilazioni.get(blocco="II.B", riga=koala.pk)
    assert scritta.risposte["referente_nominativo"] == "Anna Verdi"
    assert scritta.aggiornata_da == utente(anna)
    iride = progetto.partecipazioni.get(denominazione__startswith="Iride")
    altrui = reverse("progetti:riga", args=[progetto.pk, "II.B", iride.pk])
    assert anna.post(altrui, {"salva": "1"}).status_code == 403


def test_chi_e_invitato_non_vede_altro_dell_ente(anna, koala, progetto, presentato):
    vede = [reverse("progetti:dettaglio", args=[progetto.pk])]
    non_vede = [
        reverse("progetti:dettaglio", args=[presentato.pk]),
        reverse("alleanze:persone", args=[koala.ente_id]),
        reverse("alleanze:dettaglio", args=[progetto.alleanza_id]),
    ]
    assert [anna.get(u).status_code for u in vede] == [200]
    assert [anna.get(u).status_code for u in non_vede] == [404, 404, 404]
    assert "Compili su invito" in parole(anna.get(reverse("scrivania")))


def test_chi_e_invitato_conferma_con_il_solo_atto(anna, koala, progetto):
    url = reverse("progetti:conferma", args=[progetto.pk, koala.pk])
    atto = {"genere": "delibera", "numero": "12", "data": "03/02/2014", "organo": "CdA", "importo": "1.500,00"}
    assert anna.post(url, campi(anna.get(url)) | atto).status_code == 302
    fatto = koala.atti.get()
    assert (str(fatto), fatto.importo) == ("delibera n. 12 del 03/02/2014", 1500)
    conferma = Conferma.objects.get(partecipazione=koala)
    assert (conferma.da, conferma.per_conto, bool(conferma.documento)) == (utente(anna), False, False)
    assert stato(progetto, "Koala") == "confermata"


def test_chi_e_invitato_conferma_con_il_documento_firmato(anna, koala, progetto, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    url = reverse("progetti:conferma", args=[progetto.pk, koala.pk])
    anna.post(url, campi(anna.get(url)) | {"documento": SimpleUploadedFile("x.pdf", PDF)})
    conferma = Conferma.objects.get(partecipazione=koala)
    assert (conferma.per_conto, bool(conferma.documento)) == (False, True)
    assert not koala.atti.exists()


def test_chi_non_porta_denaro_quando_ha_confermato_ha_finito(anna, koala, progetto):
    koala.cofinanziamenti.all().delete()
    parte = reverse("progetti:tua_parte", args=[progetto.pk, koala.pk])
    assert "Continua: Il tuo cofinanziamento" in parole(anna.get(parte))
    url = reverse("progetti:conferma", args=[progetto.pk, koala.pk])
    assert anna.post(url, campi(anna.get(url))).url == parte
    assert "Hai finito" in parole(anna.get(parte))


@pytest.mark.parametrize(
    ("atto", "messaggio"),
    [
        ({"numero": "12"}, "Scegli il tipo di atto."),
        ({"genere": "delibera"}, "Scrivi la data dell'atto."),
        ({"genere": "delibera", "data": "31/02/2014"}, "31/02/2014"),
        ({"genere": "delibera", "data": f"{date.today() + timedelta(days=2):%d/%m/%Y}"}, "nel futuro"),
        ({"genere": "delibera", "data": "03/02/2014", "importo": "1,2,3"}, "1,2,3"),
    ],
)
def test_un_atto_detto_a_meta_non_conferma_e_resta_scritto(anna, koala, progetto, atto, messaggio):
    url = reverse("progetti:conferma", args=[progetto.pk, koala.pk])
    risposta = anna.post(url, campi(anna.get(url)) | atto)
    assert risposta.status_code == 422
    assert messaggio in parole(risposta)
    assert not Conferma.objects.filter(partecipazione=koala).exists()
    assert not AttoDiImpegno.objects.filter(partecipazione=koala).exists()


def test_dato_due_volte_lo_stesso_atto_e_uno(anna, koala, progetto):
    url = reverse("progetti:conferma", args=[progetto.pk, koala.pk])
    atto = {"genere": "determina", "data": "03/02/2014"}
    for _ in range(2):
        assert anna.post(url, campi(anna.get(url)) | atto).status_code == 302
    assert koala.atti.count() == 1


def test_tolto_l_incarico_non_si_vede_piu_niente_e_quello_che_si_e_scritto_resta(anna, koala, progetto, capofila):
    sua = reverse("progetti:riga", args=[progetto.pk, "II.B", koala.pk])
    dati = campi(anna.get(sua))
    campo = next(c for c in dati if c.endswith("-referente_nominativo"))
    anna.post(sua, dati | {campo: "Anna Verdi"})
    chi = utente(anna)
    browser = Client()
    browser.force_login(capofila)
    togli = reverse("progetti:incaricato_togli", args=[progetto.pk, koala.pk, koala.incaricati.get().pk])
    assert browser.post(togli).status_code == 302
    assert anna.get(sua).status_code == 404
    scritta = progetto.compilazioni.get(blocco="II.B", riga=koala.pk)
    assert (scritta.risposte["referente_nominativo"], scritta.aggiornata_da) == ("Anna Verdi", chi)


def test_passato_l_anno_l_incarico_finisce_da_se(anna, koala, progetto):
    koala.incaricati.update(dal="2020-01-01", al=timezone.localdate() - timedelta(days=1))
    assert anna.get(reverse("progetti:dettaglio", args=[progetto.pk])).status_code == 404


def test_un_incarico_cominciato_ieri_finisce_ieri(anna, koala, capofila):
    ieri = timezone.localdate() - timedelta(days=1)
    koala.incaricati.update(dal=ieri)
    inviti.togli(koala.incaricati.get(), capofila)
    assert koala.incaricati.get().al == ieri


def test_chi_non_ha_password_la_crea_entrato_o_per_posta(anna, client):
    pagina = anna.get(reverse("account_set_password"))
    assert pagina.status_code == 200
    fuori = Client()
    fuori.post(reverse("account_reset_password"), {"email": CHI})
    testo = Messaggio.objects.filter(destinatari=[CHI]).latest("pk").testo
    via = re.search(r"/account/password/reset/key/\S+", testo)[0]
    pagina = fuori.get(via, follow=True)
    nuova = "Una-parola-nuova-7"
    fuori.post(pagina.request["PATH_INFO"], {"password1": nuova, "password2": nuova})
    assert Utente.objects.get(email=CHI).check_password(nuova)
    assert not fuori.get(reverse("account_signup")).context.get("form")


# What it does not.


def test_usato_non_si_usa_piu(client, invito, koala):
    client.post(invito, DICHIARO)
    ladro = Client()
    for risposta in (ladro.get(invito), ladro.post(invito, DICHIARO)):
        assert risposta.status_code == 410
        assert "già stato usato" in parole(risposta)
    assert utente(ladro) is None
    assert koala.incaricati.count() == 1


@pytest.mark.parametrize(
    ("campo", "detto"), [("scade_il", "è scaduto"), ("revocato_il", "annullato o sostituito")], ids=["scaduto", "revocato"]
)
def test_scaduto_o_annullato_lo_dice_e_non_fa_entrare(client, invito, koala, campo, detto):
    Invito.objects.su(koala).update(**{campo: timezone.now() - timedelta(seconds=1)})
    for risposta in (client.get(invito), client.post(invito, DICHIARO)):
        assert risposta.status_code == 410
        assert detto in parole(risposta)
    assert not Utente.objects.filter(email=CHI).exists()


@pytest.mark.parametrize("chiave", ["x", "a" * 43, "%00", "è" * 10])
def test_una_chiave_inventata_non_si_trova(client, dimostrazione, chiave):
    for nome in ("alleanze:invito", "progetti:invito"):
        risposta = client.get(reverse(nome, args=["x"]).replace("/x/", f"/{chiave}/"))
        assert risposta.status_code == 404
        assert "{" not in parole(risposta)


def test_il_collegamento_di_un_genere_non_vale_per_l_altro(client, invito):
    chiave = invito.rstrip("/").rpartition("/")[2]
    assert client.get(reverse("alleanze:invito", args=[chiave])).status_code == 404


def test_di_chi_non_ha_un_collegamento_buono_non_si_sa_niente(client, invito, estraneo, koala):
    """The page of a link that is no more is the same, whether the address has an account or not."""
    Invito.objects.su(koala).update(scade_il=timezone.now())
    prima = parole(client.get(invito))
    Invito.objects.su(koala).update(email=estraneo.email)
    assert parole(client.get(invito)) == prima
    assert estraneo.email not in prima


def test_la_chiave_non_e_nella_base_dati_degli_inviti(invito):
    chiave = invito.rstrip("/").rpartition("/")[2]
    assert chiave not in str(list(Invito.objects.values()))
    assert Invito.objects.filter(impronta=kernel.impronta(chiave)).exists()


def test_la_chiave_non_finisce_nel_registro_ne_in_chi_ha_mandato_qui(client, invito, caplog):
    chiave = invito.rstrip("/").rpartition("/")[2]
    with caplog.at_level(logging.WARNING):
        assert client.post(invito, {}).status_code == 422
    scritto = [r.getMessage() for r in caplog.records]
    assert "Unprocessable Entity: /progetti/invito/…/" in scritto  # Django does write of it
    assert chiave not in str(scritto)
    risposta = client.get(invito)
    assert risposta["Referrer-Policy"] == "strict-origin"
    assert risposta["Cache-Control"] == "private, no-store"


@pytest.mark.django_db(transaction=True)
def test_due_che_lo_usano_insieme_passa_uno(dimostrazione, progetto, capofila):
    koala = progetto.partecipazioni.get(denominazione__startswith="Koala")
    inviti.invita(koala, capofila, email=CHI)
    via, codici, pronti = collegamento(), [], threading.Barrier(2)

    def usa():
        pronti.wait(120)
        codici.append(Client().post(via, DICHIARO).status_code)
        connection.close()

    fili = [threading.Thread(target=usa) for _ in range(2)]
    for filo in fili:
        filo.start()
    for filo in fili:
        filo.join(120)
    assert sorted(codici) == [302, 410]
    assert koala.incaricati.count() == 1


# Coming back.


def nuovo(client, via: str):
    return client.post(via + "nuovo/", follow=True)


def test_chi_torna_si_fa_mandare_un_nuovo_collegamento(client, invito, koala):
    client.post(invito, DICHIARO)
    fuori = Client()
    assert "Mandami un nuovo collegamento" in parole(fuori.get(invito))
    nuovo(fuori, invito)
    via = collegamento()
    assert via != invito
    assert fuori.post(via, DICHIARO).status_code == 302
    assert utente(fuori).email == CHI
    assert koala.incaricati.count() == 1


def test_chi_e_stato_tolto_non_riceve_piu_niente_e_la_risposta_e_la_stessa(client, invito, koala, capofila):
    client.post(invito, DICHIARO)
    inviti.togli(koala.incaricati.get(), capofila)
    quanti = Messaggio.objects.filter(destinatari=[CHI]).count()
    fuori = Client()
    detto = parole(nuovo(fuori, invito)).partition("L'invito non si può usare")[0]
    assert Messaggio.objects.filter(destinatari=[CHI]).count() == quanti
    inventata = reverse("progetti:invito", args=["inventata"])
    assert parole(nuovo(Client(), inventata)).partition("L'invito non si può usare")[0] == detto


def test_per_un_invito_mai_usato_il_nuovo_lo_manda_solo_chi_invita(client, invito, koala):
    Invito.objects.su(koala).update(scade_il=timezone.now())
    quanti = Messaggio.objects.count()
    nuovo(client, invito)
    assert Messaggio.objects.count() == quanti


def test_a_furia_di_chiedere_non_si_riempie_una_casella(client, invito):
    client.post(invito, DICHIARO)
    prima = Messaggio.objects.filter(destinatari=[CHI]).count()
    for _ in range(40):
        nuovo(client, invito)
    assert Messaggio.objects.filter(destinatari=[CHI]).count() - prima <= 3


# Inviting to a project.


def test_il_capofila_invita_dalla_pagina_dei_soggetti(entra, capofila, koala, progetto):
    browser = entra(capofila)
    url = reverse("progetti:invita", args=[progetto.pk, koala.pk])
    assert url in browser.get(reverse("progetti:soggetti", args=[progetto.pk])).content.decode()
    risposta = browser.post(url, {"email": CHI, "nome": "Anna", "cognome": "Verdi"}, follow=True)
    assert CHI in parole(risposta)
    assert "in attesa" in parole(risposta)
    assert "cinque minuti" in Messaggio.objects.filter(destinatari=[CHI]).latest("pk").testo


@pytest.mark.parametrize("email", ["", "non un indirizzo", "a@b"])
def test_un_indirizzo_sbagliato_non_parte_e_resta_scritto(entra, capofila, koala, progetto, email):
    url = reverse("progetti:invita", args=[progetto.pk, koala.pk])
    risposta = entra(capofila).post(url, {"email": email, "nome": "Anna"})
    assert risposta.status_code == 422
    assert 'value="Anna"' in risposta.content.decode()
    assert not Invito.objects.su(koala).exists()


def test_un_secondo_invito_allo_stesso_annulla_il_primo(client, invito, koala, capofila):
    inviti.invita(koala, capofila, email=CHI.upper())
    assert client.get(invito).status_code == 410
    assert client.get(collegamento()).status_code == 200


def test_quaranta_inviti_in_un_minuto_non_partono(entra, capofila, koala, progetto):
    browser, url = entra(capofila), reverse("progetti:invita", args=[progetto.pk, koala.pk])
    codici = [browser.post(url, {"email": CHI}).status_code for _ in range(6)]
    assert codici == [302, 302, 302, 422, 422, 422]
    assert Messaggio.objects.filter(destinatari=[CHI]).count() == 3


def test_chi_compila_gia_non_si_invita(entra, anna, capofila, koala, progetto):
    url = reverse("progetti:invita", args=[progetto.pk, koala.pk])
    risposta = entra(capofila).post(url, {"email": CHI})
    assert risposta.status_code == 422
    assert "compila già la parte" in parole(risposta)


def test_annullato_dal_capofila_il_collegamento_non_vale_piu(entra, capofila, invito, koala, progetto):
    browser = entra(capofila)
    (uno,) = Invito.objects.su(koala)
    url = reverse("progetti:invito_revoca", args=[progetto.pk, koala.pk, uno.pk])
    assert "è annullato" in parole(browser.post(url, follow=True))
    assert "era già stato usato o annullato" in parole(browser.post(url, follow=True))
    assert Client().get(invito).status_code == 410


def test_rimandato_vale_solo_l_ultimo(entra, capofila, invito, koala, progetto):
    (uno,) = Invito.objects.su(koala)
    entra(capofila).post(reverse("progetti:invito_rimanda", args=[progetto.pk, koala.pk, uno.pk]))
    assert Client().get(invito).status_code == 410
    assert Client().get(collegamento()).status_code == 200


def test_l_invito_di_un_soggetto_non_si_tocca_dall_indirizzo_di_un_altro(entra, capofila, invito, koala, progetto):
    (uno,) = Invito.objects.su(koala)
    altro = progetto.partecipazioni.get(denominazione__startswith="Iride")
    for nome in ("progetti:invito_revoca", "progetti:invito_rimanda"):
        assert entra(capofila).post(reverse(nome, args=[progetto.pk, altro.pk, uno.pk])).status_code == 404


def test_con_un_clic_si_invita_chi_non_ha_nessuno_agli_indirizzi_noti(entra, capofila, koala, progetto):
    referente = fabbrica.persona("Lia", "Rossi", email="lia@koala.example.org")
    koala.ente.cariche.filter(tipo="referente").delete()
    Carica.objects.create(ente=koala.ente, persona=referente, tipo="referente")
    assert [s.pk for s in inviti.senza_nessuno(progetto)] == [koala.pk]
    browser, url = entra(capofila), reverse("progetti:invita_tutti", args=[progetto.pk])
    dati = campi(browser.get(url))
    assert dati[f"s-{koala.pk}-email"] == ["lia@koala.example.org"]
    assert browser.post(url, dati).status_code == 302
    assert Invito.objects.su(koala).validi().get().email == "lia@koala.example.org"
    assert inviti.senza_nessuno(progetto) == []
    assert "Nessuno da invitare" in parole(browser.get(url))


def test_invitando_tutti_un_indirizzo_che_manca_ferma_tutto(entra, capofila, koala, progetto):
    url = reverse("progetti:invita_tutti", args=[progetto.pk])
    risposta = entra(capofila).post(url, {f"s-{koala.pk}-manda": "on", f"s-{koala.pk}-email": ""})
    assert risposta.status_code == 422
    assert "Scrivi l'indirizzo" in parole(risposta)
    assert not Invito.objects.su(koala).exists()


def test_presentata_la_scheda_non_si_invita_piu_ma_si_toglie(entra, responsabile, presentato):
    koala = presentato.partecipazioni.get(denominazione__startswith="Koala")
    anna = fabbrica.utente("Anna", "Verdi", email=CHI)
    incaricato = Incaricato.objects.create(partecipazione=koala, utente=anna)
    browser = entra(responsabile)
    url = reverse("progetti:invita", args=[presentato.pk, koala.pk])
    assert browser.get(url).status_code == 200
    assert "è stata presentata" in parole(browser.post(url, {"email": "altra@example.org"}, follow=True))
    browser.post(reverse("progetti:incaricato_togli", args=[presentato.pk, koala.pk, incaricato.pk]))
    assert not koala.incaricati.exists()


# Inviting to an ente.


def test_chi_accetta_agisce_per_l_ente(client, invito_ente, crema):
    assert client.post(invito_ente, DICHIARO).status_code == 302
    riga = crema.appartenenze.get(utente=utente(client))
    assert (riga.ruolo, riga.dal, riga.al) == ("operatore", timezone.localdate(), None)
    assert "Comune di Crema" in parole(client.get(reverse("scrivania")))


def test_chi_aveva_smesso_ricomincia(client, invito_ente, crema):
    email = "nuova@comune-crema.example.org"
    prima = fabbrica.utente("Nuova", "Persona", email=email)
    Appartenenza.objects.create(utente=prima, ente=crema, ruolo="operatore", dal="2019-01-01", al="2019-12-31")
    client.post(invito_ente, DICHIARO)
    riga = crema.appartenenze.get(utente=prima)
    assert (riga.dal, riga.al) == (timezone.localdate(), None)


def test_un_operatore_non_invita_per_l_ente(entra, capofila, crema):
    url = reverse("alleanze:persone", args=[crema.pk])
    assert entra(capofila).get(url).status_code == 200
    assert entra(capofila).post(url, {"email": CHI, "ruolo": "operatore"}).status_code == 403


@pytest.mark.parametrize("ruolo", ["istruttore", "padrone", ""])
def test_un_ruolo_che_l_ente_non_ha_e_rifiutato(entra, responsabile, crema, ruolo):
    url = reverse("alleanze:persone", args=[crema.pk])
    assert entra(responsabile).post(url, {"email": CHI, "ruolo": ruolo}).status_code == 422
    assert not Invito.objects.su(crema).exists()


def test_chi_lascia_non_vede_piu_e_quello_che_ha_scritto_resta(entra, responsabile, capofila, crema, progetto):
    prima = progetto.compilazioni.filter(aggiornata_da=capofila).count()
    riga = capofila.appartenenze.get()
    Appartenenza.objects.filter(pk=riga.pk).update(dal="2020-01-01")
    url = reverse("alleanze:appartenenza_fine", args=[crema.pk, riga.pk])
    assert "non agirà più" in parole(entra(responsabile).post(url, {"dal": ""}, follow=True))
    assert entra(capofila).get(reverse("progetti:dettaglio", args=[progetto.pk])).status_code == 404
    assert progetto.compilazioni.filter(aggiornata_da=capofila).count() == prima
    assert Notifica.objects.filter(utente=capofila, testo__contains="non agisci più").exists()


def test_la_fine_si_puo_dire_per_un_giorno_a_venire_non_per_uno_passato(entra, responsabile, capofila, crema):
    riga = capofila.appartenenze.get()
    url, oggi = reverse("alleanze:appartenenza_fine", args=[crema.pk, riga.pk]), timezone.localdate()
    assert "oggi o una futura" in parole(entra(responsabile).post(url, {"dal": "01/01/2020"}, follow=True))
    fra_poco = oggi + timedelta(days=10)
    entra(responsabile).post(url, {"dal": f"{fra_poco:%d/%m/%Y}"})
    riga.refresh_from_db()
    assert riga.al == fra_poco - timedelta(days=1)


def test_l_unico_responsabile_non_si_toglie(entra, responsabile, crema):
    riga = responsabile.appartenenze.get()
    for nome, dati in (("fine", {}), ("ruolo", {"ruolo": "operatore"})):
        url = reverse(f"alleanze:appartenenza_{nome}", args=[crema.pk, riga.pk])
        assert "unica persona responsabile" in parole(entra(responsabile).post(url, dati, follow=True))
    assert list(responsabile.appartenenze.filter(Appartenenza.in_corso()).values_list("ruolo", flat=True)) == ["responsabile"]


def test_con_un_altro_responsabile_ci_si_toglie_da_se(entra, responsabile, capofila, crema):
    Appartenenza.objects.create(utente=capofila, ente=crema, ruolo="responsabile")
    riga = responsabile.appartenenze.get()
    risposta = entra(responsabile).post(reverse("alleanze:appartenenza_fine", args=[crema.pk, riga.pk]))
    assert risposta.url == reverse("scrivania")
    assert entra(responsabile).get(reverse("alleanze:persone", args=[crema.pk])).status_code == 404


def test_cambiare_ruolo_chiude_l_uno_e_apre_l_altro(entra, responsabile, capofila, crema):
    riga = capofila.appartenenze.get()
    Appartenenza.objects.filter(pk=riga.pk).update(dal="2020-01-01")
    entra(responsabile).post(reverse("alleanze:appartenenza_ruolo", args=[crema.pk, riga.pk]), {"ruolo": "responsabile"})
    in_corso = capofila.appartenenze.filter(Appartenenza.in_corso())
    assert [a.ruolo for a in in_corso] == ["responsabile"]
    riga.refresh_from_db()
    assert riga.al == timezone.localdate() - timedelta(days=1)


def test_l_appartenenza_di_un_ente_non_si_tocca_dall_indirizzo_di_un_altro(entra, responsabile, partner, crema):
    url = reverse("alleanze:appartenenza_fine", args=[crema.pk, partner.appartenenze.get().pk])
    assert entra(responsabile).post(url).status_code == 404


def test_l_amministratore_invita_il_primo_responsabile(entra, amministratore, koala):
    url = reverse("alleanze:persone", args=[koala.ente_id])
    assert "Nessuno agisce per questo ente" in parole(entra(amministratore).get(url))
    assert entra(amministratore).post(url, {"email": CHI, "ruolo": "responsabile"}).status_code == 302
    browser = Client()
    browser.post(collegamento(), DICHIARO)
    assert browser.post(url, {"email": "altra@koala.example.org", "ruolo": "operatore"}).status_code == 302


def test_l_ultima_parola_e_di_chi_e_responsabile_quando_l_invito_si_rimanda(invito_ente, crema, capofila, responsabile):
    (uno,) = Invito.objects.su(crema)
    with pytest.raises(PermissionDenied):
        di_ente.rimanda(uno, capofila)
    assert Client().get(invito_ente).status_code == 200
    di_ente.rimanda(uno, responsabile)
    assert Client().get(invito_ente).status_code == 410


# Who sent the invitation, and who asks for its link again.


def test_chi_non_e_piu_dell_ente_non_rientra_con_un_invito_che_si_era_mandato(
    client, invito_ente, responsabile, capofila, crema
):
    Appartenenza.objects.create(utente=capofila, ente=crema, ruolo="responsabile")
    di_ente.termina(crema.appartenenze.get(utente=responsabile, ruolo="responsabile"), capofila)
    assert client.post(invito_ente, DICHIARO).status_code == 410
    assert not Utente.objects.filter(email=DELL_ENTE).exists()


def test_chi_non_prepara_piu_la_scheda_non_fa_entrare_nessuno(client, invito, koala, capofila, progetto):
    Appartenenza.objects.filter(utente=capofila).update(ruolo="lettura")
    assert client.post(invito, DICHIARO).status_code == 410
    assert not koala.incaricati.exists()


def test_l_invito_di_chi_e_stato_sospeso_non_vale(client, invito, koala, capofila):
    Utente.objects.filter(pk=capofila.pk).update(is_active=False)
    assert client.post(invito, DICHIARO).status_code == 410
    assert not koala.incaricati.exists()


def test_chi_ha_cambiato_ruolo_non_si_riprende_quello_di_prima_con_un_nuovo_collegamento(
    client, invito_ente, responsabile, crema
):
    client.post(invito_ente, DICHIARO)
    riga = crema.appartenenze.get(utente__email=DELL_ENTE)
    di_ente.cambia_ruolo(riga, "lettura", responsabile)
    nuovo(Client(), invito_ente)
    assert not Invito.objects.validi().filter(email=DELL_ENTE).exists()


def test_un_nuovo_collegamento_va_solo_a_chi_aveva_usato_il_primo(entra, invito, koala, estraneo):
    """Anna's link was taken by another account: her mailbox does not let in a second person."""
    entra(estraneo).post(invito)
    assert koala.incaricati.get().utente == estraneo
    nuovo(Client(), invito)
    assert not Invito.objects.validi().exists()


# What waits.


@pytest.mark.parametrize(("giorni", "detto"), [(4, False), (6, True)])
def test_un_invito_che_nessuno_accetta_e_fra_le_cose_da_fare(invito, invito_ente, koala, capofila, responsabile, giorni, detto):
    Invito.objects.update(mandato_il=timezone.now() - timedelta(days=giorni))
    di_capofila = [c for c in cose_da_fare(capofila) if CHI in c.che_cosa]
    di_responsabile = [c for c in cose_da_fare(responsabile) if "nuova@comune-crema" in c.che_cosa]
    assert (len(di_capofila), len(di_responsabile)) == (detto, detto)


def test_di_un_soggetto_tolto_l_invito_non_e_piu_da_fare(invito, koala, capofila):
    Invito.objects.update(mandato_il=timezone.now() - timedelta(days=6))
    koala.delete()
    assert not [c for c in cose_da_fare(capofila) if CHI in c.che_cosa]
    assert Client().get(invito).status_code == 404


@pytest.fixture
def lia(koala) -> dict:
    """The referente of the ente, that the page proposes."""
    koala.ente.cariche.filter(tipo="referente").delete()
    referente = fabbrica.persona("Lia", "Rossi", email="lia@koala.example.org")
    Carica.objects.create(ente=koala.ente, persona=referente, tipo="referente")
    return {"email": "lia@koala.example.org", "nome": "Lia", "cognome": "Rossi"}


@pytest.mark.parametrize(
    ("scritto", "nome", "detto"),
    [
        ({}, "Lia Rossi", False),
        ({"email": "LIA@koala.example.org"}, "Lia Rossi", False),
        ({"email": CHI}, "", True),
        ({"email": CHI, "nome": "Anna", "cognome": "Verdi"}, "Anna Verdi", False),
    ],
)
def test_il_nome_proposto_e_dell_indirizzo_proposto_e_con_un_altro_non_parte(
    entra, capofila, koala, progetto, lia, scritto, nome, detto
):
    browser, url = entra(capofila), reverse("progetti:invita", args=[progetto.pk, koala.pk])
    dati = campi(browser.get(url))
    assert {c: dati[c] for c in lia} == {c: [v] for c, v in lia.items()}
    risposta = browser.post(url, dati | scritto, follow=True)
    invito = Invito.objects.su(koala).get()
    assert f"{invito.nome} {invito.cognome}".strip() == nome
    assert ("era il nome dell'altro indirizzo" in parole(risposta)) is detto


def test_invitando_tutti_a_un_altro_indirizzo_non_parte_il_nome_del_referente(entra, capofila, koala, progetto, lia):
    browser, url = entra(capofila), reverse("progetti:invita_tutti", args=[progetto.pk])
    browser.post(url, campi(browser.get(url)) | {f"s-{koala.pk}-email": CHI})
    invito = Invito.objects.su(koala).get()
    assert (invito.email, invito.nome, invito.cognome) == (CHI, "", "")


@pytest.mark.parametrize("ruolo", ["aderente", "sostenitore"])
def test_chi_aderisce_o_sostiene_non_e_fra_quelli_da_invitare(koala, progetto, ruolo):
    progetto.partecipazioni.filter(pk=koala.pk).update(ruolo=ruolo)
    assert inviti.senza_nessuno(progetto) == []


@pytest.mark.parametrize("ruolo", ["aderente", "sostenitore"])
def test_chi_aderisce_o_sostiene_legge_che_non_deve_fare_altro(anna, koala, progetto, ruolo):
    progetto.partecipazioni.filter(pk=koala.pk).update(ruolo=ruolo)
    testo = parole(anna.get(reverse("progetti:tua_parte", args=[progetto.pk, koala.pk])))
    assert f"A chi partecipa come {ruolo} la scheda non chiede niente" in testo
    assert "Continua:" not in testo
    assert "1." not in testo.partition("non devi fare altro")[2].partition("Leggi tutta la scheda")[0]


# How many times the database is asked.


def test_le_pagine_chiedono_lo_stesso_con_poche_e_con_molte_righe(entra, responsabile, crema, koala, progetto):
    browser = entra(responsabile)
    pagine = [
        reverse("alleanze:persone", args=[crema.pk]),
        reverse("progetti:invita", args=[progetto.pk, koala.pk]),
    ]
    di_ente.manda(crema, responsabile, email="zero@example.org", ruolo="operatore")
    inviti.manda(koala, responsabile, email="zero@example.org")
    poche = [len(domande(browser, url)) for url in pagine]
    for n in range(12):
        chi = fabbrica.utente("N", str(n), email=f"n{n}@example.org")
        Appartenenza.objects.create(utente=chi, ente=crema, ruolo="operatore")
        Incaricato.objects.create(partecipazione=koala, utente=chi)
        di_ente.manda(crema, responsabile, email=f"m{n}@example.org", ruolo="operatore")
        inviti.manda(koala, responsabile, email=f"m{n}@example.org")
    assert [len(domande(browser, url)) for url in pagine] == poche


def test_invitare_tutti_chiede_lo_stesso_per_uno_e_per_molti(entra, capofila, koala, progetto):
    browser, url = entra(capofila), reverse("progetti:invita_tutti", args=[progetto.pk])
    pochi = len(domande(browser, url))
    for n in range(12):
        ente = fabbrica.ente(f"Ente {n}")
        aggiungi.aggiungi_soggetto(progetto, ente)
    assert len(inviti.senza_nessuno(progetto)) == 13
    assert len(domande(browser, url)) == pochi
