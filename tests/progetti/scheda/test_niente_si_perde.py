"""What a browser sends back unchanged stays unchanged; what one typed is never lost to what another did."""

import re
import uuid
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from alleanze.models import Appartenenza, Carica, Persona
from conciliazione.schede import campi as di_scheda
from conciliazione.schede.salvataggio import impronta
from progetti.contenuto import contenuto
from progetti.edizioni import EDIZIONI
from progetti.models import Compilazione, Scartato, VoceCosto
from progetti.permessi import nasconde
from progetti.presentazione import permessi, transizioni

from ... import fabbrica
from ...moduli import apri, campi, nome

EDIZIONE = EDIZIONI["dgr1081-2014"]


@pytest.fixture
def due(capofila, responsabile):
    browser = Client(), Client()
    for cliente, utente in zip(browser, (capofila, responsabile), strict=True):
        cliente.force_login(utente)
    return browser


def sezione(progetto, chiave: str) -> str:
    return reverse("progetti:sezione", args=[progetto.pk, chiave])


def parte(progetto, ente: str) -> str:
    soggetto = progetto.partecipazioni.get(denominazione__startswith=ente)
    return reverse("progetti:riga", args=[progetto.pk, "II.B", soggetto.pk])


def risposta(progetto, blocco: str, campo: str, valore, riga=None) -> None:
    compilazione, _ = Compilazione.objects.get_or_create(progetto=progetto, blocco=blocco, riga=riga)
    compilazione.risposte[campo] = valore
    compilazione.save()


def scritta(progetto, blocco: str, campo: str, riga: str = ""):
    return contenuto(progetto)["risposte"].get(blocco, {}).get(riga, {}).get(campo)


# There and back.


@pytest.mark.parametrize("testo", ["  spazi davanti e dietro  ", "\n\na capo davanti", "uno\r\ndue\rtre", "\u00a0fisso\u00a0"])
def test_un_testo_non_toccato_resta_com_era(entra, capofila, progetto, testo):
    risposta(progetto, "III.1.1", "testo", testo)
    browser, url = entra(capofila), sezione(progetto, "III")
    assert browser.post(url, apri(browser, url)).status_code == 302
    assert scritta(progetto, "III.1.1", "testo") == testo


def test_le_caselle_in_un_altro_ordine_non_sono_una_modifica(entra, capofila, progetto):
    risposta(progetto, "I.4", "beneficiari", ["imprese", "persone"])
    browser, url = entra(capofila), sezione(progetto, "I")
    browser.post(url, apri(browser, url))
    assert scritta(progetto, "I.4", "beneficiari") == ["imprese", "persone"]


def test_gli_spazi_scritti_restano_scritti(entra, capofila, progetto):
    browser, url = entra(capofila), sezione(progetto, "III")
    browser.post(url, apri(browser, url) | {nome("III.1.1", "testo"): "  rientrato\n"})
    assert scritta(progetto, "III.1.1", "testo") == "  rientrato\n"


@pytest.mark.parametrize(("scritto", "letto"), [("1.000", 1000), ("1200", 1200), ("1.234.567", 1234567), ("0", 0)])
def test_un_numero_intero_si_legge_come_lo_scrivono_gli_italiani(scritto, letto):
    assert di_scheda.Numero("").clean(scritto) == letto


@pytest.mark.parametrize("scritto", ["2.00", "1_000", "１２", "1.00", "12,5", "-3", "1.0000"])
def test_un_numero_che_si_leggerebbe_in_due_modi_e_rifiutato(scritto):
    with pytest.raises(di_scheda.ValidationError, match="non è un numero intero"):
        di_scheda.Numero("").clean(scritto)


@pytest.mark.parametrize("titolo", ["Titolo\nBcc: tutti", "a\x07b", "a\u2028b"])
def test_un_titolo_sta_su_una_riga_sola(entra, capofila, progetto, titolo):
    browser, url = entra(capofila), sezione(progetto, "I")
    esito = browser.post(url, apri(browser, url) | {nome("I.1", "titolo"): titolo})
    progetto.refresh_from_db()
    assert (esito.status_code, progetto.titolo) == (422, "Tempo per tutti")


def test_la_denominazione_non_si_puo_togliere(entra, altro_partner, progetto):
    browser, url = entra(altro_partner), parte(progetto, "Iride")
    riga = url.rstrip("/").rsplit("/", 1)[-1]
    assert browser.post(url, apri(browser, url) | {nome("II.B", "denominazione", riga): " "}).status_code == 422


def test_una_denominazione_vuota_arrivata_da_altrove_non_rompe_le_pagine(entra, altro_partner, progetto):
    progetto.partecipazioni.filter(denominazione__startswith="Iride").update(denominazione="")
    browser = entra(altro_partner)
    assert browser.get(reverse("progetti:dettaglio", args=[progetto.pk])).status_code == 200
    assert browser.get(reverse("scrivania")).status_code == 200


def test_un_valore_gia_sbagliato_e_non_toccato_non_ferma_il_resto(entra, altro_partner, progetto):
    progetto.partecipazioni.filter(denominazione__startswith="Iride").update(ateco="n.d.")
    browser, url = entra(altro_partner), parte(progetto, "Iride")
    riga = url.rstrip("/").rsplit("/", 1)[-1]
    dati = apri(browser, url) | {nome("II.B", "referente_nominativo", riga): "Paolo Inzoli"}
    assert browser.post(url, dati).status_code == 302
    assert scritta(progetto, "II.B", "referente_nominativo", riga) == "Paolo Inzoli"


def test_un_valore_sbagliato_scritto_adesso_e_rifiutato(entra, altro_partner, progetto):
    progetto.partecipazioni.filter(denominazione__startswith="Iride").update(ateco="n.d.")
    browser, url = entra(altro_partner), parte(progetto, "Iride")
    riga = url.rstrip("/").rsplit("/", 1)[-1]
    assert browser.post(url, apri(browser, url) | {nome("II.B", "ateco", riga): "boh"}).status_code == 422


# What others remove meanwhile.


@pytest.fixture
def azione(progetto):
    """An action that no cofinancing holds."""
    azione = progetto.azione_righe.get(titolo__startswith="attività di global")
    progetto.cofinanziamento_righe.filter(azione=azione).delete()
    return azione


def _elimina(browser, url, azione) -> int:
    casella = f"{EDIZIONE.blocco('azioni').id}_{azione.pk}--elimina"
    return browser.post(url, apri(browser, url) | {casella: "1"}).status_code


def test_il_costo_di_un_azione_eliminata_da_altri_e_detto_e_non_sparisce_in_silenzio(due, progetto, azione):
    url = sezione(progetto, "IV")
    mio = apri(due[0], url) | {nome("IV.1.2", "costo", azione.pk): "777,00"}
    assert _elimina(due[1], url, azione) == 302
    esito = due[0].post(url, mio)
    assert esito.status_code == 422
    assert "777,00" in esito.content.decode()


def test_non_elimino_un_azione_a_cui_un_altro_ha_appena_dato_un_costo(due, progetto, azione):
    url = sezione(progetto, "IV")
    VoceCosto.objects.filter(azione=azione).delete()
    mio = apri(due[0], url) | {f"{EDIZIONE.blocco('azioni').id}_{azione.pk}--elimina": "1"}
    due[1].post(url, apri(due[1], url) | {nome("IV.1.2", "costo", azione.pk): "500,00"})
    assert due[0].post(url, mio).status_code == 409
    assert VoceCosto.objects.get(azione=azione).importo == 500


def test_la_riga_che_non_rimetto_resta_nella_storia(due, progetto, azione):
    url = sezione(progetto, "IV")
    mio = apri(due[0], url) | {nome("azioni", "titolo", azione.pk): "Titolo prezioso"}
    assert _elimina(due[1], url, azione) == 302
    conflitto = due[0].post(url, mio)
    assert conflitto.status_code == 409
    assert due[0].post(url, campi(conflitto, url)).status_code == 302
    assert Scartato.objects.get(campo="_riga").scartato["titolo"] == ["Titolo prezioso"]


def test_dopo_una_scelta_rifiutata_si_correggono_anche_gli_altri_campi(due, progetto):
    url = sezione(progetto, "I")
    dal, al = nome("I.5", "durata_dal"), nome("I.5", "durata_al")
    mio = apri(due[0], url) | {al: "12/2015"}
    due[1].post(url, apri(due[1], url) | {dal: "10/2014", al: "11/2015"})
    scelta = campi(due[0].post(url, mio), url) | {al: "01/2014", f"{al}--scelta": "mio"}
    respinta = due[0].post(url, scelta)
    assert respinta.status_code == 422
    assert due[0].post(url, campi(respinta) | {dal: "12/2013"}).status_code == 302
    progetto.refresh_from_db()
    assert (progetto.durata_dal, progetto.durata_al) == ("2013-12", "2014-01")


# What is filed, or taken out, meanwhile.


def test_chi_scriveva_mentre_la_scheda_era_presentata_ritrova_il_suo_testo(due, presentato, responsabile):
    transizioni.riapri(presentato.pk, responsabile)
    url = sezione(presentato, "III")
    mio = apri(due[0], url) | {nome("III.1.1", "testo"): "Scritto con fatica.\r\nE a capo."}
    due[1].post(reverse("progetti:presenta", args=[presentato.pk]))
    esito = due[0].post(url, mio)
    pagina = esito.content.decode()
    assert esito.status_code == 409
    assert "La scheda è stata presentata: non si può più scrivere" in pagina
    assert f"Scheda presentata da {responsabile} il " in pagina
    assert re.search(r"<textarea[^>]* readonly>\s*Scritto con fatica\.\r?\nE a capo\.</textarea>", pagina)
    (scartato,) = Scartato.objects.filter(progetto=presentato)
    assert (scartato.blocco, scartato.campo, scartato.scartato) == ("III.1.1", "testo", "Scritto con fatica.\nE a capo.")


def test_di_una_pagina_respinta_si_mostra_solo_cio_che_era_cambiato(due, presentato, responsabile):
    transizioni.riapri(presentato.pk, responsabile)
    url = sezione(presentato, "IV")
    dati = apri(due[0], url)
    riga = presentato.cofinanziamento_righe.first()
    mio = dati | {nome("cofinanziamenti", "importo", riga.pk): "diecimila", nome("azioni", "titolo", nuova(dati)): "Nido"}
    due[1].post(reverse("progetti:presenta", args=[presentato.pk]))
    due[0].post(url, mio)
    assert set(Scartato.objects.values_list("campo", "scartato")) == {("importo", "diecimila"), ("titolo", "Nido")}


def nuova(dati) -> str:
    return dati[f"{EDIZIONE.blocco('azioni').id}-righe"][0]


def test_lo_stesso_testo_respinto_due_volte_si_conserva_una_volta(entra, capofila, presentato):
    browser, url = entra(capofila), sezione(presentato, "III")
    for _ in range(2):
        assert browser.post(url, {nome("III.1.1", "testo"): "ancora"}).status_code == 409
    assert Scartato.objects.count() == 1


def test_il_partner_che_scriveva_la_sua_parte_la_ritrova(entra, partner, presentato):
    url = parte(presentato, "Comunità")
    riga = url.rstrip("/").rsplit("/", 1)[-1]
    esito = entra(partner).post(url, {nome("II.B", "referente_nominativo", riga): "Carla Verdi"})
    assert esito.status_code == 409
    assert "Carla Verdi" in esito.content.decode()
    assert Scartato.objects.get().riga == riga


def test_chi_non_poteva_scrivere_non_conserva_nulla(entra, partner, presentato):
    assert entra(partner).post(sezione(presentato, "I"), {nome("I.1", "titolo"): "mio"}).status_code == 403
    assert not Scartato.objects.exists()


def test_chi_scriveva_la_parte_di_un_soggetto_tolto_la_ritrova(due, progetto, responsabile):
    soggetto = progetto.partecipazioni.get(denominazione__startswith="Koala")
    url = parte(progetto, "Koala")
    mio = apri(due[0], url) | {nome("II.B", "referente_nominativo", soggetto.pk): "Carla Verdi"}
    togli = reverse("progetti:togli_soggetto", args=[progetto.pk, soggetto.pk])
    assert due[1].post(togli).status_code == 302
    esito = due[0].post(url, mio)
    pagina = esito.content.decode()
    assert esito.status_code == 409
    assert f"è stata tolta dalla scheda da {responsabile} il " in pagina
    assert "Carla Verdi" in pagina
    assert Scartato.objects.get(riga=soggetto.pk).scartato == "Carla Verdi"
    assert "era già stato tolto" in due[1].post(togli, follow=True).content.decode()


def test_il_partner_tolto_mentre_scriveva_ritrova_il_suo_testo_e_nient_altro(due, entra, altro_partner, progetto):
    url = parte(progetto, "Iride")
    riga = url.rstrip("/").rsplit("/", 1)[-1]
    suo = entra(altro_partner)
    mio = apri(suo, url) | {nome("II.B", "referente_nominativo", riga): "Carla Verdi"}
    assert due[1].post(reverse("progetti:togli_soggetto", args=[progetto.pk, riga])).status_code == 302
    esito = suo.post(url, mio)
    assert esito.status_code == 409
    assert "Il tuo ente non è più tra i soggetti" in esito.content.decode()
    assert "Carla Verdi" in esito.content.decode()
    assert str(progetto) not in esito.content.decode()
    assert suo.get(url).status_code == 404
    assert Scartato.objects.get(riga=riga).scartato == "Carla Verdi"


def test_la_riga_passata_a_un_altro_mentre_la_scrivevo_non_sparisce_in_silenzio(entra, partner, progetto):
    csc = progetto.partecipazioni.get(denominazione__startswith="Comunità")
    riga = progetto.cofinanziamento_righe.filter(partecipazione=csc).first()
    browser, url = entra(partner), sezione(progetto, "IV")
    mio = apri(browser, url) | {nome("cofinanziamenti", "importo", riga.pk): "4.321,00"}
    progetto.cofinanziamento_righe.filter(pk=riga.pk).update(
        partecipazione=progetto.partecipazioni.get(denominazione__startswith="Iride")
    )
    esito = browser.post(url, mio)
    assert esito.status_code == 422
    assert "4.321,00" in esito.content.decode()
    assert Scartato.objects.get(riga=riga.pk).scartato == "4321.00"


def test_a_scheda_presentata_i_soggetti_non_cambiano_e_lo_si_dice(entra, capofila, presentato):
    risposta = entra(capofila).post(reverse("progetti:soggetti", args=[presentato.pk]), {}, follow=True)
    assert "i suoi soggetti non si possono più cambiare" in risposta.content.decode()


# What one may not write.


def test_la_riga_delle_spese_generali_non_si_riscrive_dalla_tabella_delle_azioni(entra, capofila, progetto):
    generali = progetto.azione_righe.get(genere="spese_generali")
    browser, url, blocco = entra(capofila), sezione(progetto, "IV"), EDIZIONE.blocco("azioni").id
    dati = apri(browser, url) | {f"{blocco}-righe": str(generali.pk), f"{blocco}_{generali.pk}-titolo": "Mia"}
    assert browser.post(url, dati).status_code == 403
    generali.refresh_from_db()
    assert generali.titolo == "Spese generali"


def test_chi_al_capofila_fa_altro_legge_e_non_scrive(entra, estraneo, progetto):
    ente = progetto.capofila
    Appartenenza.objects.create(utente=estraneo, ente=ente, ruolo="istruttore")
    browser = entra(estraneo)
    assert browser.get(sezione(progetto, "I")).status_code == 200
    assert browser.post(sezione(progetto, "I"), {}).status_code == 403


def test_i_lavoratori_scritti_dal_capofila_restano_segnati_per_conto(entra, capofila, progetto):
    browser, url = entra(capofila), parte(progetto, "Iride")
    riga = url.rstrip("/").rsplit("/", 1)[-1]
    lavoratori = {"lavoratori": "3", "lavoratrici_donne": "2", "lavoratori_uomini": "1"}
    dati = apri(browser, url) | {nome("II.B", campo, riga): numero for campo, numero in lavoratori.items()}
    assert browser.post(url, dati).status_code == 302
    assert Compilazione.objects.get(progetto=progetto, blocco="II.B", riga=riga).per_conto


def test_chi_agisce_per_due_partner_dice_di_quale_e_la_riga(entra, altro_partner, partner, progetto):
    ente = partner.appartenenze.get().ente
    Appartenenza.objects.create(utente=altro_partner, ente=ente, ruolo="operatore")
    csc = progetto.partecipazioni.get(ente=ente)
    browser, url, blocco = entra(altro_partner), sezione(progetto, "IV"), EDIZIONE.blocco("cofinanziamenti").id
    dati = apri(browser, url)
    (riga,) = dati[f"{blocco}-righe"]
    azione = progetto.azione_righe.first()
    mia = {f"{blocco}_{riga}-azione": str(azione.pk), f"{blocco}_{riga}-importo": "10"}
    assert browser.post(url, dati | mia).status_code == 422
    assert browser.post(url, dati | mia | {f"{blocco}_{riga}-partecipazione": str(csc.pk)}).status_code == 302
    assert progetto.cofinanziamento_righe.get(pk=uuid.UUID(riga)).partecipazione == csc


def test_il_legale_rappresentante_presenta_anche_senza_appartenenza(entra, presentato, responsabile):
    transizioni.riapri(presentato.pk, responsabile)
    persona = Persona.objects.get(cariche__ente=presentato.capofila, cariche__tipo="lr")
    persona.utente = fabbrica.utente(persona.nome, persona.cognome, email="lr@example.org")
    persona.save()
    esito = entra(persona.utente).post(reverse("progetti:presenta", args=[presentato.pk]))
    presentato.refresh_from_db()
    assert (esito.status_code, presentato.stato) == (302, "presentato")


def test_chi_non_e_piu_legale_rappresentante_non_trova_nulla(entra, presentato):
    carica = Carica.objects.get(ente=presentato.capofila, tipo="lr")
    carica.persona.utente = fabbrica.utente("Ex", "Sindaca", email="ex@example.org")
    carica.persona.save()
    Carica.objects.filter(pk=carica.pk).update(al=timezone.localdate() - timedelta(days=1))
    assert entra(carica.persona.utente).get(reverse("progetti:dettaglio", args=[presentato.pk])).status_code == 404


def test_cio_che_la_lettura_congelata_non_dice_personale_o_no_si_nasconde(presentato, regione):
    versione = presentato.versioni.get()
    for voce in versione.lettura["sezioni"][1]["blocchi"][1]["righe"][0]["voci"]:
        del voce["personale"]
    permessi.oscura(versione.lettura, nasconde(regione, presentato))
    voci = versione.lettura["sezioni"][1]["blocchi"][1]["righe"][0]["voci"]
    assert all(voce["riservata"] for voce in voci)


def test_l_impronta_distingue_zero_da_vuoto():
    assert impronta(0) != impronta(None)
    assert impronta("  ") == impronta(None)
