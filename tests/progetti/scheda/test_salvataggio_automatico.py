"""What the page saves by itself goes the way of the button, decides nothing, and never says «salvato» of what is not."""

import re
from datetime import timedelta
from decimal import Decimal

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from conciliazione.models import Parcheggio
from conciliazione.schede.salvataggio import impronta
from progetti.contenuto import contenuto
from progetti.edizioni import EDIZIONI
from progetti.models import Azione, Compilazione, Progetto, Scartato, VoceCosto
from progetti.presentazione import transizioni
from progetti.scheda.pagina import Pagina as Scheda
from progetti.storia.momenti import momenti_di

from ...moduli import apri, campi, nome, riga_nuova

EDIZIONE = EDIZIONI["dgr1081-2014"]
CAMPO = nome("III.2.3", "testo")


@pytest.fixture
def due(capofila, responsabile):
    browser = Client(), Client()
    for cliente, utente in zip(browser, (capofila, responsabile), strict=True):
        cliente.force_login(utente)
    return browser


def sezione(progetto, chiave: str = "III") -> str:
    return reverse("progetti:sezione", args=[progetto.pk, chiave])


def da_sola(progetto, chiave: str = "III") -> str:
    return reverse("progetti:salvataggio", args=[progetto.pk, chiave])


def scritto(progetto, blocco: str = "III.2.3", campo: str = "testo", riga: str = ""):
    return contenuto(progetto)["risposte"].get(blocco, {}).get(riga, {}).get(campo)


class Pagina:
    """A page that stays open: it saves by itself, and goes on with the fingerprints that it is given."""

    def __init__(self, browser, progetto, chiave: str = "III"):
        self.browser, self.progetto, self.chiave = browser, progetto, chiave
        self.dati = apri(browser, sezione(progetto, chiave))

    def scrive(self, valori: dict) -> "Pagina":
        self.dati |= valori
        return self

    def salva_da_sola(self):
        risposta = self.browser.post(da_sola(self.progetto, self.chiave), self.dati)
        self.dati |= risposta.json().get("impronte", {})
        return risposta

    def preme_salva(self):
        return self.browser.post(sezione(self.progetto, self.chiave), self.dati)


@pytest.fixture
def pagina(entra, capofila, progetto) -> Pagina:
    return Pagina(entra(capofila), progetto)


# It saves, by the way of the button.


def test_salva_e_dice_a_che_ora(pagina, progetto):
    risposta = pagina.scrive({CAMPO: "due parole"}).salva_da_sola()
    detto = risposta.json()
    assert (risposta.status_code, detto["esito"]) == (200, "salvato")
    assert re.fullmatch(r"\d\d:\d\d", detto["alle"])
    assert detto["impronte"][CAMPO + "--i"] == impronta("due parole")
    assert scritto(progetto) == "due parole"


def test_chi_continua_a_scrivere_non_e_in_conflitto_con_se_stesso(pagina, progetto):
    for testo in ("uno", "uno due", "uno due tre"):
        assert pagina.scrive({CAMPO: testo}).salva_da_sola().status_code == 200
    assert pagina.scrive({CAMPO: "uno due tre quattro"}).preme_salva().status_code == 302
    assert scritto(progetto) == "uno due tre quattro"


def test_una_risposta_che_si_e_persa_si_rimanda_e_non_e_un_conflitto(pagina, progetto):
    """The page sends again, as it was, what it does not know the fate of."""
    pagina.scrive({CAMPO: "uno"}).browser.post(da_sola(progetto), pagina.dati)
    assert pagina.salva_da_sola().json()["esito"] == "salvato"
    assert pagina.scrive({CAMPO: "uno due"}).salva_da_sola().json()["esito"] == "salvato"
    assert scritto(progetto) == "uno due"


def test_due_schede_del_browser_della_stessa_persona_sono_due_persone(pagina, progetto):
    altra = Pagina(pagina.browser, progetto)
    pagina.scrive({CAMPO: "di una"}).salva_da_sola()
    risposta = altra.scrive({CAMPO: "dell'altra"}).salva_da_sola()
    assert risposta.status_code == 409
    assert risposta.json()["conflitti"] == [{"etichetta": risposta.json()["conflitti"][0]["etichetta"], "chi": ""}]
    assert scritto(progetto) == "di una"


def test_chi_non_cambia_nulla_non_scrive_nulla(pagina, progetto):
    prima = Progetto.objects.get(pk=progetto.pk).modificato_il
    assert pagina.salva_da_sola().json()["esito"] == "salvato"
    assert Progetto.objects.get(pk=progetto.pk).modificato_il == prima


def test_la_pagina_di_un_soggetto_si_salva_da_sola(entra, altro_partner, progetto):
    soggetto = progetto.partecipazioni.get(denominazione__startswith="Iride").pk
    argomenti, browser = [progetto.pk, "II.B", soggetto], entra(altro_partner)
    dati = apri(browser, reverse("progetti:riga", args=argomenti))
    dati |= {nome("II.B", "referente_nominativo", soggetto): "Paolo Inzoli"}
    assert browser.post(reverse("progetti:salvataggio_riga", args=argomenti), dati).json()["esito"] == "salvato"
    assert scritto(progetto, "II.B", "referente_nominativo", str(soggetto)) == "Paolo Inzoli"


# Two hands.


def test_di_due_persone_in_campi_diversi_restano_tutti_e_due_i_testi(due, progetto):
    una, altra = (Pagina(browser, progetto) for browser in due)
    una.scrive({CAMPO: "di Anna"}).salva_da_sola()
    assert altra.scrive({nome("III.1.1", "testo"): "di Rosa"}).salva_da_sola().status_code == 200
    assert (scritto(progetto), scritto(progetto, "III.1.1")) == ("di Anna", "di Rosa")


def test_un_testo_che_un_altro_ha_cambiato_mentre_salvavo_altro_non_si_calpesta_dopo(due, progetto):
    """The page still shows the old text: it must not be given the fingerprint of the new one."""
    una, altra = (Pagina(browser, progetto) for browser in due)
    altra.scrive({CAMPO: "di Rosa"}).salva_da_sola()
    detto = una.scrive({nome("III.1.1", "testo"): "di Anna"}).salva_da_sola().json()
    assert CAMPO + "--i" not in detto["impronte"]
    una.preme_salva()
    assert scritto(progetto) == "di Rosa"


def test_nello_stesso_campo_il_secondo_sa_chi_e_sceglie_con_il_pulsante(due, progetto, capofila):
    una, altra = (Pagina(browser, progetto) for browser in due)
    una.scrive({CAMPO: "di Anna"}).salva_da_sola()
    risposta = altra.scrive({CAMPO: "di Rosa"}).salva_da_sola()
    assert risposta.status_code == 409
    assert [c["chi"] for c in risposta.json()["conflitti"]] == [str(capofila)]
    assert (scritto(progetto), Scartato.objects.count()) == ("di Anna", 0)
    assert altra.preme_salva().status_code == 409


def test_da_solo_non_risolve_nessun_conflitto(due, progetto):
    una, altra = (Pagina(browser, progetto) for browser in due)
    una.scrive({CAMPO: "di Anna"}).salva_da_sola()
    altra.scrive({CAMPO: "di Rosa", f"{CAMPO}--scelta": "mio"}).salva_da_sola()
    altra.scrive({f"{CAMPO}--scelta": "loro"}).salva_da_sola()
    assert (scritto(progetto), Scartato.objects.count()) == ("di Anna", 0)


# Tables.


def costo(progetto) -> tuple[str, Azione]:
    azione = progetto.azione_righe.filter(genere="azione").first()
    return nome("IV.1.2", "costo", azione.pk), azione


def test_un_importo_sbagliato_non_si_salva_e_il_resto_si(entra, capofila, progetto):
    campo, azione = costo(progetto)
    prima = VoceCosto.objects.get(azione=azione).importo
    pagina = Pagina(entra(capofila), progetto, "IV").scrive({campo: "diecimila"})
    riga = progetto.cofinanziamento_righe.first()
    risposta = pagina.scrive({nome("cofinanziamenti", "atto", riga.pk): "Delibera 7"}).salva_da_sola()
    detto = risposta.json()
    assert (risposta.status_code, detto["esito"]) == (422, "in parte")
    assert [azione.titolo[:20] in e["etichetta"] and "diecimila" in e["messaggio"] for e in detto["errori"]] == [True]
    riga.refresh_from_db()
    assert (riga.atto, VoceCosto.objects.get(azione=azione).importo) == ("Delibera 7", prima)
    assert campo + "--i" not in detto["impronte"]


def test_una_riga_nuova_si_scrive_una_volta_sola(entra, capofila, progetto):
    pagina = Pagina(entra(capofila), progetto, "IV")
    riga = riga_nuova(pagina.dati, "azioni")
    titolo = nome("azioni", "titolo", riga)
    for testo in ("Doposcuola", "Doposcuola e mensa"):
        assert pagina.scrive({titolo: testo}).salva_da_sola().status_code == 200
    assert pagina.scrive({titolo: "Doposcuola, mensa e trasporto"}).preme_salva().status_code == 302
    assert [a.titolo for a in progetto.azione_righe.filter(titolo__startswith="Doposcuola")] == [
        "Doposcuola, mensa e trasporto"
    ]


def test_una_riga_vuota_non_si_aggiunge(entra, capofila, progetto):
    quante = progetto.azione_righe.count()
    Pagina(entra(capofila), progetto, "IV").salva_da_sola()
    assert progetto.azione_righe.count() == quante


def test_da_solo_non_elimina_nessuna_riga(entra, capofila, progetto):
    quante = progetto.cofinanziamento_righe.count()
    blocco = EDIZIONE.blocco("cofinanziamenti").id
    pagina = Pagina(entra(capofila), progetto, "IV")
    casella = {f"{blocco}_{progetto.cofinanziamento_righe.first().pk}--elimina": "1"}
    assert pagina.scrive(casella).salva_da_sola().status_code == 200
    assert progetto.cofinanziamento_righe.count() == quante
    assert pagina.preme_salva().status_code == 302
    assert progetto.cofinanziamento_righe.count() == quante - 1


@pytest.fixture
def libera(progetto) -> Azione:
    """An action that no cofinancing holds."""
    azione = progetto.azione_righe.get(titolo__startswith="attività di global")
    progetto.cofinanziamento_righe.filter(azione=azione).delete()
    return azione


def test_il_costo_salvato_da_solo_non_impedisce_di_eliminare_la_sua_azione(entra, capofila, progetto, libera):
    pagina = Pagina(entra(capofila), progetto, "IV").scrive({nome("IV.1.2", "costo", libera.pk): "777,00"})
    pagina.salva_da_sola()
    assert VoceCosto.objects.get(azione=libera).importo == Decimal("777.00")
    casella = {f"{EDIZIONE.blocco('azioni').id}_{libera.pk}--elimina": "1"}
    assert pagina.scrive(casella).preme_salva().status_code == 302
    assert not Azione.objects.filter(pk=libera.pk).exists()


def test_il_costo_scritto_da_un_altro_intanto_lo_impedisce_ancora(due, progetto, libera):
    una, altra = (Pagina(browser, progetto, "IV") for browser in due)
    altra.scrive({nome("IV.1.2", "costo", libera.pk): "777,00"}).salva_da_sola()
    una.scrive({nome("I.1", "titolo"): "x"}).salva_da_sola()
    casella = {f"{EDIZIONE.blocco('azioni').id}_{libera.pk}--elimina": "1"}
    assert una.scrive(casella).preme_salva().status_code == 409


# When it may not.


def test_ad_accesso_scaduto_lo_dice_e_il_pulsante_conserva_tutto(pagina, capofila, progetto):
    pagina.scrive({CAMPO: "uno"}).salva_da_sola()
    Session.objects.update(expire_date=timezone.now() - timedelta(minutes=1))
    risposta = pagina.scrive({CAMPO: "uno due"}).salva_da_sola()
    assert (risposta.status_code, risposta.json(), scritto(progetto)) == (401, {"esito": "accesso"}, "uno")
    assert pagina.preme_salva().status_code == 302
    torna = f"{sezione(progetto)}?ripresa={Parcheggio.objects.get().pk}"
    pagina.browser.force_login(capofila)
    ripresa = pagina.browser.get(torna)
    assert campi(ripresa)[CAMPO] == ["uno due"]
    assert "data-salvataggio" not in ripresa.content.decode()
    assert pagina.browser.post(torna, campi(ripresa)).status_code == 302
    assert scritto(progetto) == "uno due"


def test_a_scheda_presentata_intanto_non_scrive_e_non_conserva_nulla(entra, capofila, responsabile, presentato):
    transizioni.riapri(presentato.pk, responsabile)
    pagina = Pagina(entra(capofila), presentato).scrive({CAMPO: "tardi"})
    transizioni.presenta(presentato.pk, responsabile)
    risposta = pagina.salva_da_sola()
    assert (risposta.status_code, risposta.json()) == (409, {"esito": "chiusa"})
    assert not Scartato.objects.exists()
    assert pagina.preme_salva().status_code == 409
    assert Scartato.objects.get().scartato == "tardi"


def test_la_riga_passata_a_un_altro_e_detta_e_il_resto_si_salva(entra, partner, progetto):
    csc = progetto.partecipazioni.get(denominazione__startswith="Comunità")
    una, altra = progetto.cofinanziamento_righe.filter(partecipazione=csc)[:2]
    pagina = Pagina(entra(partner), progetto, "IV")
    pagina.scrive({nome("cofinanziamenti", "atto", una.pk): "mio", nome("cofinanziamenti", "atto", altra.pk): "Delibera 7"})
    iride = progetto.partecipazioni.get(denominazione__startswith="Iride")
    progetto.cofinanziamento_righe.filter(pk=una.pk).update(partecipazione=iride)
    detto = pagina.salva_da_sola().json()
    assert ["passata ad altri" in e["messaggio"] for e in detto["errori"]] == [True]
    altra.refresh_from_db()
    assert altra.atto == "Delibera 7"
    assert not Scartato.objects.exists()


def test_un_soggetto_che_non_c_e_non_si_salva(entra, capofila, progetto):
    url = reverse("progetti:salvataggio_riga", args=[progetto.pk, "II.B", "00000000-0000-0000-0000-000000000000"])
    assert entra(capofila).post(url, {}).status_code == 404


# The history keeps each autosave, and shows as one those that follow one another.


def eventi(progetto) -> list[str]:
    trovati = Compilazione.pgh_event_model.objects.filter(progetto_id=progetto.pk, blocco="III.2.3").order_by("pgh_id")
    return [evento.risposte.get("testo") for evento in trovati]


@pytest.fixture
def tenuti(progetto):
    """The texts of the events that there are more than before; the answers of a block are born empty."""
    prima = len(eventi(progetto))
    return lambda: [testo for testo in eventi(progetto)[prima:] if testo]


@pytest.fixture
def mostrati(progetto, capofila):
    """The texts of the moments that the history shows more than before, the oldest first."""

    def momenti() -> list[str | None]:
        trovati = momenti_di(Scheda(progetto, capofila), EDIZIONE.blocco("III.2.3"))
        return [m.righe[0].valori["testo"] for m in reversed(trovati)]

    prima = len(momenti())
    return lambda: momenti()[prima:]


def test_i_salvataggi_di_una_raffica_si_tengono_tutti_e_si_mostrano_come_uno(pagina, tenuti, mostrati):
    for testo in ("uno", "uno due", "uno due tre"):
        pagina.scrive({CAMPO: testo}).salva_da_sola()
    assert tenuti() == ["uno", "uno due", "uno due tre"]
    assert mostrati() == ["uno due tre"]


def test_il_pulsante_ne_lascia_sempre_uno(pagina, mostrati):
    pagina.scrive({CAMPO: "uno"}).salva_da_sola()
    pagina.scrive({CAMPO: "uno due"}).preme_salva()
    pagina.dati = apri(pagina.browser, sezione(pagina.progetto))
    pagina.scrive({CAMPO: "uno due tre"}).salva_da_sola()
    assert mostrati() == ["uno", "uno due", "uno due tre"]


def test_anche_il_pulsante_premuto_a_cose_gia_salvate_chiude_la_raffica(pagina, mostrati):
    pagina.scrive({CAMPO: "uno"}).salva_da_sola()
    pagina.preme_salva()
    pagina.dati = apri(pagina.browser, sezione(pagina.progetto))
    pagina.scrive({CAMPO: "uno due"}).salva_da_sola()
    assert mostrati() == ["uno", "uno due"]


def test_dopo_dieci_minuti_comincia_un_altro_momento(pagina, tenuti, mostrati):
    ora = timezone.now()
    for minuti, testo in ((0, "uno"), (6, "uno due"), (11, "uno due tre"), (12, "uno due tre quattro")):
        pagina.scrive({CAMPO: testo}).salva_da_sola()
        insieme = Compilazione.pgh_event_model.objects.order_by("pgh_id").last().pgh_context_id
        suoi = Compilazione.pgh_event_model.objects.filter(pgh_context=insieme)
        suoi.update(pgh_created_at=ora + timedelta(minutes=minuti))
    assert len(tenuti()) == 4
    assert mostrati() == ["uno due", "uno due tre quattro"]


def test_la_raffica_di_una_persona_non_toglie_il_momento_di_un_altra(due, progetto, mostrati):
    una, altra = (Pagina(browser, progetto) for browser in due)
    una.scrive({CAMPO: "di Anna"}).salva_da_sola()
    altra = Pagina(due[1], progetto)
    altra.scrive({CAMPO: "di Anna e di Rosa"}).salva_da_sola()
    assert mostrati() == ["di Anna", "di Anna e di Rosa"]


def test_un_testo_lungo_cancellato_nella_stessa_raffica_resta_nella_storia(pagina, mostrati):
    lungo = "Un testo lungo, scritto con fatica in dieci minuti. " * 4
    pagina.scrive({CAMPO: lungo}).salva_da_sola()
    pagina.scrive({CAMPO: ""}).salva_da_sola()
    assert mostrati() == [lungo, None]


def test_una_riga_nata_in_una_raffica_risulta_ancora_nata(entra, capofila, progetto):
    pagina = Pagina(entra(capofila), progetto, "IV")
    riga = riga_nuova(pagina.dati, "azioni")
    for testo in ("Doposcuola", "Doposcuola e mensa"):
        pagina.scrive({nome("azioni", "titolo", riga): testo}).salva_da_sola()
    (momento,) = momenti_di(Scheda(progetto, capofila), EDIZIONE.blocco("azioni"), riga)
    assert [(r.genere, r.valori["titolo"]) for r in momento.righe] == [("aggiunta", "Doposcuola e mensa")]


def test_chi_altri_ha_scritto_si_sa_anche_dopo_molti_propri_salvataggi(due, progetto, responsabile):
    una, altra = (Pagina(browser, progetto) for browser in due)
    altra.scrive({CAMPO: "di Rosa"}).salva_da_sola()
    mia = Pagina(due[0], progetto)
    for testo in range(7):
        mia.scrive({nome("III.1.1", "testo"): f"di Anna {testo}"}).salva_da_sola()
    (conflitto,) = una.scrive({CAMPO: "di Anna, da un'altra finestra"}).salva_da_sola().json()["conflitti"]
    assert conflitto["chi"] == str(responsabile)


# How much it costs.


def test_salvarsi_da_sola_chiede_lo_stesso_con_molti_soggetti(pagina, progetto):
    from ...test_interrogazioni import moltiplica

    def domande(testo: str) -> int:
        with CaptureQueriesContext(connection) as catturate:
            assert pagina.scrive({CAMPO: testo}).salva_da_sola().status_code == 200
        return len(catturate)

    domande("scalda")
    prima = domande("con pochi")
    moltiplica(progetto)
    assert domande("con molti") == prima
