"""Nothing typed is lost because the log-in expired while one was writing."""

import html
import uuid
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.http import QueryDict
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from alleanze.models import Accordo, Quesito
from conciliazione.http import parcheggio
from conciliazione.models import Parcheggio, Utente
from conciliazione.schede.edizione import Elenco
from conciliazione.tasks import ripassa
from progetti.contenuto import contenuto
from progetti.edizioni import EDIZIONI
from progetti.models import Progetto, Scartato
from progetti.presentazione import transizioni
from progetti.scheda.non_salvato import NULLA, campi_scritti_in

from ... import fabbrica
from ...moduli import apri, campi, nome

CAMPO = nome("III.2.3", "testo")
TESTO = "Due ore di lavoro.\r\n«Perché» & come: 100 % "


@pytest.fixture
def progetto(db):
    return fabbrica.progetto()


@pytest.fixture
def capofila(progetto):
    return fabbrica.incaricato(progetto.capofila)


@pytest.fixture
def responsabile(progetto):
    return fabbrica.incaricato(progetto.capofila, "responsabile")


def sezione(progetto) -> str:
    return reverse("progetti:sezione", args=[progetto.pk, "III"])


def scritto(progetto) -> str | None:
    return contenuto(progetto)["risposte"].get("III.2.3", {}).get("", {}).get("testo")


def scade() -> None:
    Session.objects.update(expire_date=timezone.now() - timedelta(minutes=1))


@pytest.fixture
def scaduto(client, capofila, progetto):
    """The browser of who opened a section, wrote, and sends what was written to a portal that has forgotten the log-in."""
    client.force_login(capofila)
    dati = apri(client, sezione(progetto)) | {CAMPO: TESTO}
    scade()
    client.risposta = client.post(sezione(progetto), dati)
    return client


def ritorno(risposta) -> str:
    """Where the log-in page leads."""
    assert risposta.status_code == 302
    assert risposta.url.startswith(reverse("account_login"))
    return html.unescape(risposta.wsgi_request.path) + "?ripresa=" + str(Parcheggio.objects.get().pk)


def test_dopo_l_accesso_la_pagina_ha_quello_che_si_stava_scrivendo(scaduto, capofila, progetto):
    torna = ritorno(scaduto.risposta)
    scaduto.force_login(capofila)
    pagina = scaduto.get(torna)
    assert pagina.status_code == 200
    assert "Abbiamo conservato quello che stavi scrivendo: controlla e salva." in pagina.content.decode()
    assert campi(pagina)[CAMPO] == [TESTO]
    assert scritto(progetto) is None
    assert scaduto.post(torna, campi(pagina)).status_code == 302
    assert scritto(progetto) == TESTO.replace("\r\n", "\n")
    assert not Parcheggio.objects.exists()


def test_il_vero_accesso_porta_alla_pagina_con_il_testo(scaduto, capofila, progetto):
    capofila.set_password("Una-parola-lunga-7")
    capofila.save()
    accesso = scaduto.get(scaduto.risposta.url)
    dati = campi(accesso, reverse("account_login")) | {"login": capofila.email, "password": "Una-parola-lunga-7"}
    pagina = scaduto.post(reverse("account_login"), dati, follow=True)
    assert pagina.redirect_chain[-1][0] == ritorno(scaduto.risposta)
    assert campi(pagina)[CAMPO] == [TESTO]


def test_quello_che_un_altro_ha_cambiato_intanto_non_si_calpesta(scaduto, capofila, responsabile, progetto):
    altro = Client()
    altro.force_login(responsabile)
    altro.post(sezione(progetto), apri(altro, sezione(progetto)) | {CAMPO: "di Rosa"})
    torna = ritorno(scaduto.risposta)
    scaduto.force_login(capofila)
    assert scaduto.post(torna, campi(scaduto.get(torna))).status_code == 409
    assert scritto(progetto) == "di Rosa"


def test_un_altra_persona_allo_stesso_browser_non_trova_il_testo(scaduto, responsabile):
    torna = ritorno(scaduto.risposta)
    scaduto.force_login(responsabile)
    pagina = scaduto.get(torna)
    assert campi(pagina)[CAMPO] != [TESTO]
    assert "lo aveva scritto un&#x27;altra persona" in pagina.content.decode().replace("'", "&#x27;")


def test_da_un_altro_browser_il_testo_non_si_trova(scaduto, capofila):
    torna, altro = ritorno(scaduto.risposta), Client()
    altro.force_login(capofila)
    assert campi(altro.get(torna))[CAMPO] != [TESTO]


def test_senza_piu_traccia_della_sessione_vale_il_browser(client, capofila, progetto):
    client.force_login(capofila)
    dati = apri(client, sezione(progetto)) | {CAMPO: TESTO}
    Session.objects.all().delete()
    torna = ritorno(client.post(sezione(progetto), dati))
    assert Parcheggio.objects.get().utente is None
    client.force_login(capofila)
    assert campi(client.get(torna))[CAMPO] == [TESTO]


def test_dopo_un_ora_non_c_e_piu_e_lo_si_dice(scaduto, capofila):
    torna = ritorno(scaduto.risposta)
    Parcheggio.objects.update(creato_il=timezone.now() - timedelta(minutes=61))
    scaduto.force_login(capofila)
    pagina = scaduto.get(torna)
    assert "è passata più di un'ora" in html.unescape(pagina.content.decode())
    ripassa()
    assert not Parcheggio.objects.exists()


@pytest.mark.parametrize("chiave", ["", "x", "00000000-0000-0000-0000-000000000000", "\x00"])
def test_una_ripresa_senza_senso_apre_la_pagina_com_e(entra, capofila, progetto, chiave):
    assert entra(capofila).get(sezione(progetto), {"ripresa": chiave}).status_code == 200


def test_cio_che_e_troppo_lungo_si_rida_subito(client, capofila, progetto):
    lungo = "parola " * (parcheggio.MASSIMO // 7 + 1)
    risposta = client.post(sezione(progetto), {CAMPO: lungo})
    assert risposta.status_code == 403
    assert lungo in risposta.content.decode()
    assert risposta["Cache-Control"] == "private, no-store"
    assert not Parcheggio.objects.exists()


def test_finiti_i_posti_il_testo_si_rida_subito(client, progetto, monkeypatch):
    monkeypatch.setattr(parcheggio, "POSTI", 0)
    assert "due parole" in client.post(sezione(progetto), {CAMPO: "due parole"}).content.decode()


def test_una_pagina_senza_nulla_di_scritto_non_si_conserva(client, progetto):
    assert client.post(sezione(progetto), {"salva": "1"}).status_code == 302
    assert not Parcheggio.objects.exists()


def test_se_intanto_la_scheda_e_presentata_il_testo_si_puo_copiare(client, presentato):
    capofila = responsabile = fabbrica.incaricato(presentato.capofila, "responsabile")
    transizioni.riapri(presentato.pk, responsabile)
    client.force_login(capofila)
    dati = apri(client, sezione(presentato)) | {CAMPO: TESTO}
    scade()
    torna = ritorno(client.post(sezione(presentato), dati))
    transizioni.presenta(presentato.pk, responsabile)
    client.force_login(capofila)
    pagina = client.get(torna)
    assert pagina.status_code == 409
    assert "Due ore di lavoro." in pagina.content.decode()
    assert not Scartato.objects.exists()


def test_una_pagina_col_gettone_vecchio_rida_il_testo(capofila, progetto):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(capofila)
    dati = apri(browser, sezione(progetto)) | {CAMPO: "Due <b>parole</b>", "csrfmiddlewaretoken": "x" * 64}
    risposta = browser.post(sezione(progetto), dati)
    assert risposta.status_code == 403
    assert "Due &lt;b&gt;parole&lt;/b&gt;</textarea>" in risposta.content.decode()
    assert risposta["Cache-Control"] == "private, no-store"
    assert scritto(progetto) is None


@pytest.mark.parametrize("edizione", EDIZIONI.values(), ids=EDIZIONI)
def test_di_ogni_campo_di_ogni_edizione_si_sa_ridare_il_testo(edizione):
    """Also of a project that cannot be read any more: then rows have no titles, and choices no names."""
    blocchi = [b for b in edizione.blocchi if not isinstance(b, Elenco)]
    righe = [next((r["id"] for r in b.righe(NULLA)), str(uuid.uuid4())) for b in blocchi]
    prefissi = [(b, f"{b.id}_{riga}" if riga else b.id) for b, riga in zip(blocchi, righe, strict=True)]
    nomi = [f"{prefisso}-{campo}" for b, prefisso in prefissi for campo in b.campi()]
    dati = QueryDict("&".join(f"{n}=scritto+{i}" for i, n in enumerate(nomi)))
    ridati = campi_scritti_in(edizione, dati)
    assert [s.testo for s in ridati] == [f"scritto {i}" for i in range(len(nomi))]
    assert all(s.etichetta for s in ridati)


def test_la_pagina_scaduta_di_un_altro_modulo_resta_quella_di_sempre(client, db):
    browser = Client(enforce_csrf_checks=True)
    risposta = browser.post(reverse("account_login"), {"login": "chi@example.org", "password": "segreta"})
    assert risposta.status_code == 403
    assert "La pagina è scaduta" in risposta.content.decode()
    assert "segreta" not in risposta.content.decode()


# The forms beside the scheda.


@pytest.fixture
def bozza(dimostrazione):
    return Progetto.objects.get(titolo="Tempo per tutti")


def _csc(bozza):
    return bozza.partecipazioni.get(denominazione__startswith="Comunità").pk


PAGINE = {
    "accordo": lambda b: (reverse("alleanze:accordo_nuovo"), {"titolo": "Accordo di rete", "note": TESTO}),
    "presentata altrove": lambda b: (reverse("progetti:altrove", args=[b.pk]), {"protocollo": "2026/123 del Comune"}),
    "sollecito": lambda b: (reverse("progetti:sollecita", args=[b.pk]), {"testo": "Ci manca ancora la vostra parte"}),
    "conferma": lambda b: (reverse("progetti:conferma", args=[b.pk, _csc(b)]), {"organo": "Consiglio di amministrazione"}),
    "soggetti da Excel": lambda b: (reverse("progetti:soggetti_elenco", args=[b.pk]), {"testo": "Nido Il Girasole"}),
    "tabella da Excel": lambda b: (reverse("progetti:tabella", args=[b.pk, "azioni"]), {"testo": "sportello per tutti"}),
    "pagina pubblica": lambda b: (reverse("alleanze:modifica", args=[b.alleanza_id]), {"presentazione": TESTO}),
    "vecchia scheda": lambda b: (reverse("progetti:carta", args=[b.pk]), {"testo": "SCHEDA di una volta"}),
}


@pytest.mark.parametrize("quale", PAGINE)
def test_accanto_alla_scheda_ogni_modulo_torna_come_era_scritto(client, bozza, responsabile_di_crema, quale):
    url, scritti = PAGINE[quale](bozza)
    client.force_login(responsabile_di_crema)
    assert client.get(url).status_code == 200
    scade()
    torna = _torna(client.post(url, scritti), url)
    client.force_login(responsabile_di_crema)
    risposta = client.get(torna)
    assert risposta.status_code == 200
    pagina = html.unescape(risposta.content.decode())
    assert "Abbiamo conservato quello che stavi scrivendo" in pagina
    assert all(scritto.replace("\r\n", "\n") in pagina.replace("\r\n", "\n") for scritto in scritti.values())


@pytest.fixture
def responsabile_di_crema(dimostrazione):
    return Utente.objects.get(email="responsabile@comune-crema.example.org")


def _torna(risposta, url: str) -> str:
    assert risposta.status_code == 302
    return f"{url}?ripresa={Parcheggio.objects.get().pk}"


def test_riaprire_un_modulo_dopo_l_accesso_non_salva_niente_da_se(client, responsabile_di_crema, bozza):
    client.force_login(responsabile_di_crema)
    dati = campi(client.get(reverse("alleanze:accordo_nuovo"))) | {"titolo": "Accordo di rete", "genere": "rete"}
    scade()
    torna = _torna(client.post(reverse("alleanze:accordo_nuovo"), dati), reverse("alleanze:accordo_nuovo"))
    client.force_login(responsabile_di_crema)
    quanti = Accordo.objects.count()
    pagina = client.get(torna)
    assert Accordo.objects.count() == quanti
    assert Parcheggio.objects.exists()
    assert client.post(torna, campi(pagina)).status_code == 302
    assert Accordo.objects.count() == quanti + 1
    assert not Parcheggio.objects.exists()


def test_un_azione_col_suo_testo_riporta_alla_pagina_del_pulsante_e_rida_il_testo(client, responsabile_di_crema, bozza):
    quesito = Quesito.objects.filter(sportello__alleanza__capofila=bozza.capofila).first()
    url = reverse("sportello:rispondi", args=[quesito.pk])
    client.force_login(responsabile_di_crema)
    scade()
    torna = _torna(client.post(url, {"risposta": "Sono cinque giorni l'anno"}), url)
    client.force_login(responsabile_di_crema)
    pagina = client.get(torna, follow=True)
    assert pagina.redirect_chain[-1][0].startswith(reverse("sportello:quesito", args=[quesito.pk]))
    assert "non è stato fatto niente" in pagina.content.decode()
    assert "Sono cinque giorni l'anno" in html.unescape(pagina.content.decode())


def test_le_password_non_si_conservano_mai(client, responsabile_di_crema):
    dati = {"oldpassword": "vecchia segreta", "password1": "nuova segreta", "password2": "nuova segreta"}
    client.post(reverse("account_change_password"), dati)
    client.post(reverse("alleanze:accordo_nuovo"), dati)
    assert not Parcheggio.objects.exists()


def test_cio_che_manda_uno_script_non_si_conserva(client, bozza):
    client.post(reverse("progetti:bilancio", args=[bozza.pk, "IV"]), {"x": "uno due"}, headers={"Sec-Fetch-Mode": "cors"})
    assert not Parcheggio.objects.exists()


def test_mandato_due_volte_aspetta_una_volta_sola(client, bozza, responsabile_di_crema):
    url = reverse("progetti:altrove", args=[bozza.pk])
    for _ in range(2):
        client.post(url, {"protocollo": "primo tentativo"})
    assert Parcheggio.objects.count() == 1


def test_due_finestre_della_stessa_pagina_aspettano_tutte_e_due(client, bozza):
    url = reverse("progetti:altrove", args=[bozza.pk])
    for protocollo in ("prima finestra", "seconda finestra"):
        client.post(url, {"protocollo": protocollo})
    assert Parcheggio.objects.count() == 2


def test_chi_riempie_i_posti_di_tutti_non_toglie_il_suo_a_chi_si_conosce(client, bozza, responsabile_di_crema, monkeypatch):
    monkeypatch.setattr(parcheggio, "POSTI", 1)
    url = reverse("progetti:altrove", args=[bozza.pk])
    Client().post(url, {"protocollo": "di uno sconosciuto"})
    client.force_login(responsabile_di_crema)
    scade()
    assert client.post(url, {"protocollo": "di Rosa"}).status_code == 302
    assert Parcheggio.objects.filter(utente=responsabile_di_crema).count() == 1


def test_senza_posto_il_testo_di_ogni_pagina_si_rida(client, bozza, monkeypatch):
    monkeypatch.setattr(parcheggio, "POSTI", 0)
    risposta = client.post(reverse("progetti:altrove", args=[bozza.pk]), {"protocollo": "2026/123 del Comune"})
    assert risposta.status_code == 403
    assert "2026/123 del Comune" in risposta.content.decode()
    assert risposta["Cache-Control"] == "private, no-store"
