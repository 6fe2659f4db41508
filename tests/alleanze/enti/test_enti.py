"""The register of the enti: entered once, of its own people, used everywhere; and who holds its cariche."""

import threading
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from alleanze.cariche import nomine
from alleanze.dimensione import da_fare
from alleanze.models import Adesione, Alleanza, Appartenenza, Carica, DichiarazioneDimensione, Ente, Mandato, Persona
from conciliazione.models import Notifica, Passaggio, Utente
from conciliazione.passaggi import Rifiuto
from progetti.models import Avviso, Partecipazione
from progetti.nuovo import apri
from progetti.soggetti import aggiungi

from ... import fabbrica
from ...moduli import campi
from ...test_interrogazioni import domande

CSC, IRIDE, COMUNE = "Comunità Sociale", "Iride", "Comune di Crema"
LIBERO = "12345678903"
"""A valid codice fiscale that no ente of the demo has."""
OGGI = date(2026, 3, 1)


def ente(inizio: str) -> Ente:
    return Ente.objects.get(denominazione__startswith=inizio)


def url(nome: str, *argomenti) -> str:
    return reverse(f"alleanze:{nome}", args=argomenti)


def html(risposta) -> str:
    return risposta.content.decode()


def lr(di: Ente) -> Carica:
    return di.cariche.get(tipo="lr", al=None)


@pytest.fixture
def csc(dimostrazione) -> Ente:
    return ente(CSC)


@pytest.fixture
def nuovo_lr() -> dict:
    return {"nome": "Marta", "cognome": "Zaniboldi", "dal": "01/03/2026", "atto": "delibera 12 del 20/02/2026"}


# The list.


def test_l_elenco_ha_i_miei_e_quelli_delle_mie_alleanze(entra, partner, estraneo):
    miei = html(entra(partner).get(url("enti")))
    assert "Koala" in miei
    assert "Comune di Marnate" not in miei
    assert "il tuo ente" in miei
    assert "Koala" not in html(entra(estraneo).get(url("enti")))


@pytest.mark.parametrize("parole", ["comunita sociale", "01397660190", "C.S.C.", "cremasca"])
def test_si_trova_per_nome_altro_nome_o_codice_senza_badare_agli_accenti(entra, capofila, csc, parole):
    Ente.objects.filter(pk=csc.pk).update(alias=["C.S.C. azienda speciale"])
    trovati = html(entra(capofila).get(url("enti"), {"q": parole}))
    assert url("ente", csc.pk) in trovati
    assert "Koala" not in trovati


def test_chi_cerca_e_non_trova_lo_legge(entra, capofila):
    assert "Nessun ente trovato" in html(entra(capofila).get(url("enti"), {"q": "non esiste"}))


def test_l_elenco_e_la_pagina_chiedono_lo_stesso_con_molte_righe(entra, partner, csc):
    browser, pagine = entra(partner), [url("enti"), url("enti") + "?q=cooperativa", url("ente", csc.pk)]
    cresce(csc, partner, range(1))
    prima = [len(domande(browser, pagina)) for pagina in pagine]
    # The list: incarichi, how many, enti. The page: incarichi, ente, relations and which of them open, sedi, cariche,
    # adesioni, declarations with the linked firms, projects, what happened.
    assert prima <= [3, 3, 16]
    cresce(csc, partner, range(1, 40))
    assert [len(domande(browser, pagina)) for pagina in pagine] == prima


def cresce(csc: Ente, chi: Utente, quanti: range) -> None:
    alleanza = Alleanza.objects.get(adesioni__ente=csc)
    for n in quanti:
        altro = fabbrica.ente(f"Cooperativa {n}", articolazione_di=csc)
        Adesione.objects.create(alleanza=alleanza, ente=altro)
        csc.rappresenta.add(altro)
        Carica.objects.create(ente=csc, persona=fabbrica.persona("N", str(n)), tipo="referente")
        dichiara(csc, chi, timezone.localdate() - timedelta(days=n))


# The page.


def test_la_pagina_dice_le_relazioni_nei_due_versi(entra, capofila, csc):
    ufficio = fabbrica.ente("Ufficio di Piano di Crema", settore="pubblico", articolazione_di=csc)
    vecchio = fabbrica.ente("Consorzio di prima", settore="pubblico")
    Ente.objects.filter(pk=csc.pk).update(succede_a=vecchio)
    csc.rappresenta.add(ente("Koala"))
    pagina = html(entra(capofila).get(url("ente", csc.pk)))
    for detto in ("Sue articolazioni", "Ufficio di Piano di Crema", "Succede a", "Consorzio di prima", "Rappresenta"):
        assert detto in pagina
    assert url("ente", vecchio.pk) not in pagina, "un ente che non si vede non si apre"
    assert "Rappresentato da" in html(entra(capofila).get(url("ente", ente("Koala").pk)))
    Adesione.objects.create(alleanza=Alleanza.objects.get(adesioni__ente=csc), ente=vecchio)
    assert "Gli è succeduto" in html(entra(capofila).get(url("ente", vecchio.pk)))
    Adesione.objects.create(alleanza=Alleanza.objects.get(adesioni__ente=csc), ente=ufficio)
    assert "Articolazione di" in html(entra(capofila).get(url("ente", ufficio.pk)))


def test_i_dati_delle_persone_li_leggono_solo_le_persone_dell_ente(entra, partner, capofila, ats, csc):
    carica = lr(csc)
    Persona.objects.filter(pk=carica.persona_id).update(email="lr@csc.example.org", telefono="0373 111222", citta="Offanengo")
    assert "lr@csc.example.org" in html(entra(partner).get(url("ente", csc.pk)))
    for altro in (capofila, ats):
        pagina = html(entra(altro).get(url("ente", csc.pk)))
        assert str(carica.persona) in pagina
        for personale in ("lr@csc.example.org", "0373 111222", carica.persona.codice_fiscale or "Offanengo", "Offanengo"):
            assert personale not in pagina


def test_la_pagina_elenca_solo_i_progetti_che_si_possono_vedere(entra, capofila, ats, csc):
    assert "Tempo per tutti" in html(entra(capofila).get(url("ente", csc.pk)))
    pagina = html(entra(ats).get(url("ente", csc.pk)))
    assert "Tempo per tutti" not in pagina
    assert "IN...TEMPO 2" in pagina


# Its data.


def modulo(browser, indirizzo: str, **dati) -> dict:
    return campi(browser.get(indirizzo)) | dati


def test_le_persone_dell_ente_ne_cambiano_i_dati(entra, partner, csc):
    browser, dove = entra(partner), url("ente_modifica", csc.pk)
    dati = modulo(
        browser,
        dove,
        tipologia="Azienda speciale consortile",
        alias="CSC\r\nC.S.C. di Crema",
        rappresenta="Koala Cooperativa Sociale ONLUS\r\n91035680197",
    )
    assert browser.post(dove, dati).url == url("ente", csc.pk)
    csc.refresh_from_db()
    assert (csc.tipologia, csc.alias) == ("Azienda speciale consortile", ["CSC", "C.S.C. di Crema"])
    assert {e.denominazione for e in csc.rappresenta.all()} == {"Koala Cooperativa Sociale ONLUS", COMUNE}


@pytest.mark.parametrize(
    ("dati", "messaggio"),
    [
        ({"denominazione": ""}, "Scrivi la denominazione"),
        ({"settore": ""}, "pubblico o privato"),
        ({"codice_fiscale": "123"}, "codice fiscale"),
        ({"pec": "chi"}, "indirizzo"),
        ({"rappresenta": "Nessuno così"}, "Nessuno così"),
        ({"codice_fiscale": "91035680197"}, "un ente con questo codice fiscale"),
    ],
)
def test_cio_che_e_sbagliato_si_dice_al_campo_e_non_si_salva(entra, partner, csc, dati, messaggio):
    browser, dove = entra(partner), url("ente_modifica", csc.pk)
    prima = Ente.objects.filter(pk=csc.pk).values().get()
    risposta = browser.post(dove, modulo(browser, dove, tipologia="altro", **dati))
    assert risposta.status_code == 422
    assert html(risposta).count(messaggio) >= 2, "al campo e nel riepilogo"
    assert Ente.objects.filter(pk=csc.pk).values().get() == prima


def test_un_articolazione_non_puo_dipendere_da_se_stessa(entra, amministratore, csc):
    ufficio = fabbrica.ente("Ufficio di Piano", settore="pubblico", articolazione_di=csc)
    browser, dove = entra(amministratore), url("ente_modifica", csc.pk)
    risposta = browser.post(dove, modulo(browser, dove, articolazione_di=str(ufficio.pk)))
    assert risposta.status_code == 422
    assert "girerebbe in tondo" in html(risposta)


def test_due_che_cambiano_campi_diversi_li_salvano_tutti_e_due(entra, partner, amministratore, csc):
    dove = url("ente_modifica", csc.pk)
    mio = modulo(entra(partner), dove, tipologia="la mia")
    altro = modulo(entra(amministratore), dove, ateco="88.99.00")
    assert entra(amministratore).post(dove, altro).status_code == 302
    assert entra(partner).post(dove, mio).status_code == 302
    csc.refresh_from_db()
    assert (csc.tipologia, csc.ateco) == ("la mia", "88.99.00")


def test_due_che_cambiano_lo_stesso_campo_leggono_i_due_testi_e_decidono(entra, partner, amministratore, csc):
    dove = url("ente_modifica", csc.pk)
    mio = modulo(entra(partner), dove, tipologia="la mia")
    assert entra(amministratore).post(dove, modulo(entra(amministratore), dove, tipologia="la sua")).status_code == 302
    conteso = entra(partner).post(dove, mio)
    assert conteso.status_code == 409
    assert "la mia" in html(conteso)
    assert "la sua" in html(conteso)
    csc.refresh_from_db()
    assert csc.tipologia == "la sua"
    assert entra(partner).post(dove, campi(conteso)).status_code == 302
    csc.refresh_from_db()
    assert csc.tipologia == "la mia"


def test_le_sedi_si_aggiungono_si_cambiano_e_si_tolgono(entra, partner, csc):
    browser, prima = entra(partner), csc.sedi.count()
    dati = {"tipo": "operativa", "indirizzo": "via Goldaniga 11", "citta": "Crema", "cap": "26013", "provincia": "Cremona"}
    assert browser.post(url("sede_nuova", csc.pk), dati).status_code == 302
    sede = csc.sedi.get(indirizzo="via Goldaniga 11")
    assert sede.provincia == "CR"
    dove = url("sede_modifica", csc.pk, sede.pk)
    assert browser.post(dove, modulo_di(browser, dove, citta="Offanengo")).status_code == 302
    assert csc.sedi.get(pk=sede.pk).citta == "Offanengo"
    assert browser.post(dove, modulo_di(browser, dove, cap="999")).status_code == 422
    browser.post(url("sede_elimina", csc.pk, sede.pk))
    assert csc.sedi.count() == prima


def modulo_di(browser, dove: str, **dati) -> dict:
    """Of a page that has also a form that removes."""
    return campi(browser.get(dove), "") | dati


# A new one.


def test_chi_tiene_l_alleanza_registra_un_ente_e_ce_lo_fa_entrare(entra, capofila, progetto):
    dati = {"denominazione": "Cooperativa Girasole", "settore": "privato", "codice_fiscale": "123 456 78903"}
    risposta = entra(capofila).post(url("ente_nuovo"), dati | {"alleanza": str(progetto.alleanza_id)})
    nuovo = ente("Cooperativa Girasole")
    assert risposta.url == url("ente", nuovo.pk)
    assert nuovo.codice_fiscale == LIBERO
    assert progetto.alleanza.adesioni.filter(ente=nuovo, ruolo="effettivo", al=None).exists()
    assert Passaggio.objects.get(oggetto_id=str(nuovo.pk)).utente == capofila


def test_chi_lo_registra_lo_tiene_finche_non_ha_persone_sue(entra, partner, altro_partner):
    entra(partner).post(url("ente_nuovo"), {"denominazione": "Bottega Nuova", "settore": "privato"})
    bottega = ente("Bottega Nuova")
    assert entra(partner).get(url("ente_modifica", bottega.pk)).status_code == 200
    assert entra(altro_partner).get(url("ente", bottega.pk)).status_code == 404
    Appartenenza.objects.create(ente=bottega, utente=altro_partner, ruolo="operatore")
    assert entra(partner).get(url("ente", bottega.pk)).status_code == 404
    assert entra(altro_partner).get(url("ente_modifica", bottega.pk)).status_code == 200


def test_lo_stesso_codice_fiscale_si_offre_e_non_si_raddoppia(entra, capofila, csc, progetto):
    quanti, browser = Ente.objects.count(), entra(capofila)
    dati = {"denominazione": "C.S.C.", "settore": "pubblico", "codice_fiscale": f"IT {csc.codice_fiscale}"[3:]}
    risposta = browser.post(url("ente_nuovo"), dati)
    assert risposta.status_code == 422
    assert url("ente", csc.pk) in html(risposta)
    assert Ente.objects.count() == quanti
    progetto.alleanza.adesioni.filter(ente=csc).delete()
    usa = dati | {"alleanza": str(progetto.alleanza_id), "usa": "1"}
    assert browser.post(url("ente_nuovo"), usa).url == url("ente", csc.pk)
    assert progetto.alleanza.adesioni.filter(ente=csc, al=None).count() == 1
    assert Ente.objects.count() == quanti


def test_di_un_ente_che_non_vedo_leggo_il_nome_ma_non_la_pagina(entra, partner):
    altro = fabbrica.ente("Cooperativa Lontana", codice_fiscale=LIBERO)
    risposta = entra(partner).post(url("ente_nuovo"), {"denominazione": "X", "settore": "privato", "codice_fiscale": LIBERO})
    assert "Cooperativa Lontana" in html(risposta)
    assert url("ente", altro.pk) not in html(risposta)


def test_un_articolazione_puo_avere_lo_stesso_codice_fiscale(entra, partner, csc):
    dati = {"denominazione": "Ufficio di Piano di Crema", "settore": "pubblico", "codice_fiscale": csc.codice_fiscale}
    assert entra(partner).post(url("ente_nuovo"), dati | {"articolazione_di": str(csc.pk)}).status_code == 302
    assert ente("Ufficio di Piano di Crema").articolazione_di == csc


def test_lo_stesso_nome_si_chiede_se_e_un_altro(entra, partner):
    dati = {"denominazione": "koala cooperativa sociale onlus", "settore": "privato"}
    risposta = entra(partner).post(url("ente_nuovo"), dati)
    assert risposta.status_code == 422
    assert "C'è già un ente con questo nome".replace("'", "&#x27;") in html(risposta)
    assert entra(partner).post(url("ente_nuovo"), dati | {"omonimo": "si"}).status_code == 302


@pytest.mark.django_db(transaction=True)
def test_due_che_registrano_insieme_lo_stesso_codice_fiscale_ne_registrano_uno(partner):
    """The form of the second saw nothing: the database refuses, and it reads the same message."""
    browser, risposte = Client(), []
    browser.force_login(partner)

    def registra():
        risposte.append(
            browser.post(url("ente_nuovo"), {"denominazione": "Il secondo", "settore": "privato", "codice_fiscale": LIBERO})
        )
        connection.close()

    with transaction.atomic():
        primo = fabbrica.ente("Il primo", codice_fiscale=LIBERO)
        filo = threading.Thread(target=registra)
        filo.start()
        filo.join(1.5)
    filo.join(120)
    (risposta,) = risposte
    assert risposta.status_code == 422
    assert "un ente con questo codice fiscale" in html(risposta)
    assert "Il primo" in html(risposta)
    assert list(Ente.objects.filter(codice_fiscale=LIBERO)) == [primo]


# Cariche.


def test_un_nuovo_legale_rappresentante_chiude_quello_di_prima_il_giorno_prima(entra, partner, csc, nuovo_lr):
    prima = lr(csc)
    risposta = entra(partner).post(url("carica_nuova", csc.pk, "lr"), nuovo_lr)
    assert risposta.url == url("ente", csc.pk)
    prima.refresh_from_db()
    dopo = lr(csc)
    assert (prima.al, dopo.dal, str(dopo.persona)) == (date(2026, 2, 28), OGGI, "Marta Zaniboldi")
    assert dopo.atto == "delibera 12 del 20/02/2026"
    pagina = html(entra(partner).get(url("ente", csc.pk)))
    assert str(prima.persona) in pagina, "chi c'era resta fra le cariche passate"
    assert "Marta Zaniboldi (delibera 12 del 20/02/2026)" in pagina


def test_chi_e_noto_all_ente_si_sceglie_e_non_si_riscrive(entra, partner, csc, nuovo_lr):
    nota, quante = fabbrica.persona("Olga", "Nota"), Persona.objects.count()
    Carica.objects.create(ente=csc, persona=nota, tipo="referente")
    dati = {"persona": str(nota.pk), "dal": "01/03/2026", "atto": "delibera 3"}
    assert entra(partner).post(url("carica_nuova", csc.pk, "lr"), dati).status_code == 302
    assert lr(csc).persona == nota
    assert Persona.objects.count() == quante
    due = entra(partner).post(url("carica_nuova", csc.pk, "delegato"), dati | nuovo_lr)
    assert due.status_code == 422
    assert "tieni una delle due" in html(due)


@pytest.mark.parametrize(
    ("cambia", "messaggio"),
    [
        ({"dal": ""}, "da quale giorno"),
        ({"dal": "31/02/2026"}, "31/02/2026"),
        ({"atto": ""}, "Scrivi l&#x27;atto"),
        ({"cognome": ""}, "Scrivi il cognome"),
        ({"codice_fiscale": "91035680197"}, "di un ente"),
    ],
)
def test_una_carica_scritta_male_si_dice_e_non_chiude_nessuno(entra, partner, csc, nuovo_lr, cambia, messaggio):
    risposta = entra(partner).post(url("carica_nuova", csc.pk, "lr"), nuovo_lr | cambia)
    assert risposta.status_code == 422
    assert html(risposta).count(messaggio) >= 2
    assert lr(csc)


@pytest.mark.parametrize(
    ("dal", "al"), [(date(2026, 3, 1), None), (date(2026, 6, 1), None), (date(2020, 1, 1), date(2026, 12, 31))]
)
def test_due_legali_rappresentanti_non_sono_in_carica_lo_stesso_giorno(entra, partner, csc, nuovo_lr, dal, al):
    Carica.objects.filter(pk=lr(csc).pk).update(dal=dal, al=al)
    risposta = entra(partner).post(url("carica_nuova", csc.pk, "lr"), nuovo_lr)
    assert risposta.status_code == 422
    assert "non possono esserlo lo stesso giorno" in html(risposta)
    assert csc.cariche.filter(tipo="lr").values_list("dal", "al").get() == (dal, al)
    assert not Persona.objects.filter(cognome="Zaniboldi").exists()


def test_un_operatore_non_da_a_un_account_i_poteri_di_chi_rappresenta(entra, partner, csc, nuovo_lr):
    """Who represents the ente files for it: an operatore could make itself one."""
    io = fabbrica.persona("Giulia", "Samarani", utente=partner)
    Carica.objects.create(ente=csc, persona=io, tipo="referente")
    dati = {"persona": str(io.pk), "dal": "01/03/2026", "atto": "delibera 3"}
    assert entra(partner).post(url("carica_nuova", csc.pk, "lr"), dati).status_code == 403
    Appartenenza.objects.create(ente=csc, utente=partner, ruolo="responsabile")
    assert entra(partner).post(url("carica_nuova", csc.pk, "lr"), dati).status_code == 302


def test_un_operatore_non_toglie_a_un_account_i_poteri_di_chi_rappresenta(entra, partner, estraneo, csc, nuovo_lr):
    carica = lr(csc)
    Persona.objects.filter(pk=carica.persona_id).update(utente=estraneo)
    cessa, nuova = url("carica_cessa", csc.pk, carica.pk), url("carica_nuova", csc.pk, "lr")
    rifiutati = [entra(partner).post(cessa, {"al": "31/01/2026"}), entra(partner).post(nuova, nuovo_lr)]
    assert [r.status_code for r in rifiutati] == [422, 422]
    assert all("responsabile dell" in html(r) for r in rifiutati)
    carica.refresh_from_db()
    assert carica.al is None
    Appartenenza.objects.create(ente=csc, utente=partner, ruolo="responsabile")
    assert entra(partner).post(cessa, {"al": "31/01/2026"}).status_code == 302


def test_la_cessazione_ha_il_suo_giorno_e_il_suo_motivo(entra, partner, csc):
    carica = lr(csc)
    Carica.objects.filter(pk=carica.pk).update(dal=date(2020, 1, 1))
    dove = url("carica_cessa", csc.pk, carica.pk)
    assert entra(partner).post(dove, {"al": "31/12/2019"}).status_code == 422
    assert entra(partner).post(dove, {"al": "31/01/2026", "atto": "dimissioni"}).status_code == 302
    carica.refresh_from_db()
    assert carica.al == date(2026, 1, 31)
    assert Passaggio.objects.get(oggetto_id=str(csc.pk), azione="cessa").motivo.endswith("fino al 31/01/2026 (dimissioni)")
    ancora = entra(partner).post(dove, {"al": "28/02/2026"})
    assert ancora.status_code == 422
    assert "già cessata" in html(ancora)


def test_una_cessazione_non_si_sposta_sopra_chi_e_venuto_dopo(partner, csc):
    Carica.objects.filter(pk=lr(csc).pk).update(al=date(2099, 1, 31))
    prima = csc.cariche.get(tipo="lr")
    dopo = fabbrica.persona("Dopo", "Verrà")
    Carica.objects.create(ente=csc, persona=dopo, tipo="lr", dal=date(2099, 2, 1))
    with pytest.raises(Rifiuto, match="lo stesso giorno"):
        nomine.cessa(prima.pk, partner, date(2099, 3, 1), "")


def test_chi_non_e_dell_ente_non_ne_cambia_le_cariche_nemmeno_senza_pagina(capofila, csc):
    nuova = Carica(persona=Persona(nome="A", cognome="B"), tipo="referente", dal=OGGI)
    with pytest.raises(PermissionDenied):
        nomine.nomina(csc.pk, capofila, nuova)


def test_un_referente_nuovo_non_toglie_quello_che_c_e(entra, partner, csc):
    prima = csc.cariche.filter(tipo="referente", al=None).count()
    dati = {"nome": "Ivo", "cognome": "Nuovo", "dal": "01/03/2026", "telefono": "0373 1"}
    assert entra(partner).post(url("carica_nuova", csc.pk, "referente"), dati).status_code == 302
    assert csc.cariche.filter(tipo="referente", al=None).count() == prima + 1


@pytest.mark.django_db(transaction=True)
def test_due_nomine_insieme_non_lasciano_due_legali_rappresentanti(partner, csc):
    def nomina(nome: str):
        esiti.append(_prova(lambda: nomine.nomina(csc.pk, partner, _carica(nome))))
        connection.close()

    def _carica(nome: str) -> Carica:
        return Carica(persona=Persona(nome=nome, cognome="Zaniboldi"), tipo="lr", dal=OGGI, atto="x")

    esiti: list = []
    fili = [threading.Thread(target=nomina, args=(nome,)) for nome in ("Ada", "Ida")]
    for filo in fili:
        filo.start()
    for filo in fili:
        filo.join(120)
    assert sorted(type(e).__name__ for e in esiti) == ["Carica", "Rifiuto"]
    assert csc.cariche.filter(tipo="lr", al=None).count() == 1


def _prova(lavoro):
    try:
        return lavoro()
    except Rifiuto as rifiuto:
        return rifiuto


# What a change of carica is for a project.


def notifiche(utente: Utente) -> list[str]:
    return list(Notifica.objects.filter(utente=utente, chiave__startswith="carica:").values_list("testo", flat=True))


def test_il_capofila_di_ogni_progetto_e_avvisato_una_volta(entra, partner, capofila, responsabile, ats, csc, nuovo_lr):
    prima = lr(csc).persona
    entra(partner).post(url("carica_nuova", csc.pk, "lr"), nuovo_lr)
    detto = f"Il legale rappresentante di {csc} è cambiato il 01/03/2026 (delibera 12 del 20/02/2026): "
    detto += f"prima {prima}, ora Marta Zaniboldi."
    quanti = Partecipazione.objects.filter(ente=csc, progetto__capofila=ente(COMUNE)).count()
    assert quanti >= 2
    assert notifiche(capofila) == [detto] * quanti
    assert notifiche(responsabile) == [detto] * quanti
    assert notifiche(partner) == notifiche(ats) == []


def test_del_capofila_e_avvisato_anche_chi_lo_rappresenta_e_chi_prepara_per_mandato(partner, altro_partner, estraneo, csc):
    sindaca = Persona.objects.create(nome="Ada", cognome="Neri", utente=estraneo)
    Carica.objects.create(ente=ente(COMUNE), persona=sindaca, tipo="lr", dal=OGGI)
    Mandato.objects.create(mandante=ente(COMUNE), mandatario=ente(IRIDE), dal="2020-01-01", atto="delibera 1")
    nomine.nomina(csc.pk, partner, Carica(persona=Persona(nome="Elena", cognome="Verdi"), tipo="lr", dal=OGGI, atto="x"))
    assert any("Elena Verdi" in detto for detto in notifiche(estraneo))
    assert any("Elena Verdi" in detto for detto in notifiche(altro_partner))


def test_un_testo_lunghissimo_si_avvisa_lo_stesso(partner, capofila, csc):
    Ente.objects.filter(pk=csc.pk).update(denominazione="C" * 250)
    persona = Persona(nome="N" * 80, cognome="Z" * 80)
    nomine.nomina(csc.pk, partner, Carica(persona=persona, tipo="lr", dal=OGGI, atto="a" * 200))
    assert {len(t) for t in notifiche(capofila)} == {500}


def test_il_progetto_dice_la_carica_cambiata_e_non_tocca_la_scheda(entra, partner, capofila, csc, progetto, nuovo_lr):
    pagina = reverse("progetti:dettaglio", args=[progetto.pk])
    assert "Cariche cambiate" not in html(entra(capofila).get(pagina))
    riga = progetto.partecipazioni.get(ente=csc)
    copia = progetto.compilazioni.get(blocco="II.B", riga=riga.pk)
    entra(partner).post(url("carica_nuova", csc.pk, "lr"), nuovo_lr)
    letta = html(entra(capofila).get(pagina))
    assert f"nella scheda c'è {copia.risposte['lr_nominativo']}, in carica c'è Marta Zaniboldi" in letta
    assert reverse("progetti:riga", args=[progetto.pk, "II.B", riga.pk]) in letta
    assert progetto.compilazioni.get(pk=copia.pk).risposte == copia.risposte
    progetto.compilazioni.filter(pk=copia.pk).update(risposte=copia.risposte | {"lr_nominativo": "Zaniboldi dott.ssa MARTA"})
    assert "Cariche cambiate" not in html(entra(capofila).get(pagina))


def test_anche_l_ats_lo_legge_sul_progetto_presentato(entra, partner, ats, csc, presentato, nuovo_lr):
    entra(partner).post(url("carica_nuova", csc.pk, "lr"), nuovo_lr)
    letta = html(entra(ats).get(reverse("progetti:dettaglio", args=[presentato.pk])))
    assert "Cariche cambiate" in letta
    assert "La scheda presentata resta com'è" in letta
    assert "/parte/II.B/" not in letta


def test_un_nuovo_progetto_prende_chi_e_in_carica(partner, capofila, csc, progetto, nuovo_lr):
    nomine.nomina(csc.pk, partner, Carica(persona=Persona(nome="Marta", cognome="Zaniboldi"), tipo="lr", dal=OGGI, atto="x"))
    nuovo = apri.apri(progetto.avviso, progetto.capofila, progetto.alleanza, capofila)
    soggetto = aggiungi.aggiungi_soggetto(nuovo, csc, utente=capofila)
    assert nuovo.compilazioni.get(riga=soggetto.pk, blocco="II.B").risposte["lr_nominativo"] == "Marta Zaniboldi"


# How large it is.


def dichiara(di: Ente, chi: Utente, giorno: date, ula="5.00", fatturato=100_000) -> DichiarazioneDimensione:
    cifre = {"ula": Decimal(ula), "fatturato": Decimal(fatturato), "esercizio": giorno.year - 1}
    return DichiarazioneDimensione.objects.create(ente=di, del_giorno=giorno, dichiarata_da=chi, **cifre)


@pytest.fixture
def titolare(altro_partner) -> Utente:
    """Iride's operatore, who is also responsabile of it."""
    Appartenenza.objects.create(ente=ente(IRIDE), utente=altro_partner, ruolo="responsabile")
    return altro_partner


@pytest.fixture
def dichiarazione() -> dict:
    legate = {"TOTAL_FORMS": "3", "INITIAL_FORMS": "0", "MIN_NUM_FORMS": "0", "MAX_NUM_FORMS": "60"}
    legate |= {"0-denominazione": "Sole srl", "0-legame": "associata", "0-quota": "25", "0-ula": "12", "0-fatturato": "400.000"}
    dati = {"del_giorno": "02/03/2026", "esercizio": "2025", "ula": "9,50", "fatturato": "1.000.000"}
    return dati | {f"legate-{nome}": valore for nome, valore in legate.items()}


def test_si_dichiara_e_la_pagina_mostra_il_conto(entra, titolare, dichiarazione):
    iride = ente(IRIDE)
    assert entra(titolare).post(url("dimensione", iride.pk), dichiarazione).url == url("ente", iride.pk)
    pagina = html(entra(titolare).get(url("ente", iride.pk)))
    assert "9,50 ULA + 25% di 12,00 = 12,50 ULA" in pagina
    assert "piccola impresa" in pagina


def test_gli_altri_leggono_la_classe_e_non_le_cifre(entra, titolare, capofila, dichiarazione):
    iride = ente(IRIDE)
    entra(titolare).post(url("dimensione", iride.pk), dichiarazione)
    pagina = html(entra(capofila).get(url("ente", iride.pk)))
    assert "piccola impresa" in pagina
    assert "12,50 ULA" not in pagina


def test_una_dichiarazione_nuova_non_cambia_la_vecchia(entra, titolare, dichiarazione):
    iride = ente(IRIDE)
    vecchia = dichiara(iride, titolare, date(2025, 3, 1))
    prima = DichiarazioneDimensione.objects.filter(pk=vecchia.pk).values().get()
    entra(titolare).post(url("dimensione", iride.pk), dichiarazione)
    assert DichiarazioneDimensione.objects.filter(pk=vecchia.pk).values().get() == prima
    pagina = html(entra(titolare).get(url("ente", iride.pk)))
    assert pagina.index("piccola impresa") < pagina.index("Dichiarazioni precedenti") < pagina.index("Microimpresa")


@pytest.mark.parametrize(
    ("cambia", "messaggio"),
    [
        ({"fatturato": ""}, "Indica almeno il fatturato"),
        ({"ula": ""}, "Scrivi quante ULA"),
        ({"esercizio": "1899"}, "non è un esercizio"),
        ({"del_giorno": "31/12/2099"}, "deve ancora venire"),
        ({"legate-0-quota": ""}, "serve la quota"),
        ({"legate-0-quota": "24,99"}, "autonoma"),
        ({"legate-0-quota": "50,01"}, "è collegata"),
        ({"legate-0-legame": ""}, "collegata o associata"),
        ({"legate-0-denominazione": ""}, "nome dell&#x27;impresa"),
        ({"legate-0-fatturato": "", "legate-0-bilancio": "1"}, "lo stesso dato"),
    ],
)
def test_una_dichiarazione_che_non_torna_si_dice(entra, titolare, dichiarazione, cambia, messaggio):
    risposta = entra(titolare).post(url("dimensione", ente(IRIDE).pk), dichiarazione | cambia)
    assert risposta.status_code == 422
    assert html(risposta).count(messaggio) >= 2
    assert not ente(IRIDE).dichiarazioni_dimensione.exists()


def test_aggiungi_righe_ne_da_altre_e_tiene_cio_che_e_scritto(entra, titolare, dichiarazione):
    risposta = entra(titolare).post(url("dimensione", ente(IRIDE).pk), dichiarazione | {"aggiungi": "1", "ula": ""})
    assert risposta.status_code == 200
    assert "Sole srl" in html(risposta)
    assert campi(risposta)["legate-TOTAL_FORMS"] == ["6"]
    assert "Scrivi quante ULA" not in html(risposta)


def test_un_operatore_non_dichiara(entra, altro_partner, dichiarazione):
    assert entra(altro_partner).post(url("dimensione", ente(IRIDE).pk), dichiarazione).status_code == 403


def test_chi_rappresenta_l_ente_dichiara(entra, altro_partner, dichiarazione):
    Persona.objects.filter(pk=lr(ente(IRIDE)).persona_id).update(utente=altro_partner)
    assert entra(altro_partner).post(url("dimensione", ente(IRIDE).pk), dichiarazione).status_code == 302


def test_un_soggetto_nuovo_entra_con_la_dimensione_dell_ultima_dichiarazione(titolare, capofila):
    iride, avviso = ente(IRIDE), Avviso.objects.get(codice="welfare-2022-dimostrativo")
    dichiara(iride, titolare, date(2025, 1, 1), ula="300")
    dichiara(iride, titolare, date(2026, 1, 1), ula="12")
    nuovo = apri.apri(avviso, ente(COMUNE), None, capofila)
    assert aggiungi.aggiungi_soggetto(nuovo, iride).dimensione == "piccola"
    assert aggiungi.aggiungi_soggetto(nuovo, ente(CSC)).dimensione == ""


@pytest.mark.parametrize(("giorni", "quante"), [(366, 1), (364, 0)])
def test_la_dichiarazione_di_piu_di_un_anno_e_da_rifare(titolare, giorni, quante):
    dichiara(ente(IRIDE), titolare, timezone.localdate() - timedelta(days=1500))
    dichiara(ente(IRIDE), titolare, timezone.localdate() - timedelta(days=giorni))
    cose = list(da_fare.dimensione_da_ridichiarare(titolare))
    assert len(cose) == quante
    assert all("più di un anno" in cosa.che_cosa for cosa in cose)


def test_di_chi_non_ha_mai_dichiarato_non_si_chiede_niente(titolare):
    assert list(da_fare.dimensione_da_ridichiarare(titolare)) == []


# The administrator.


@pytest.mark.parametrize(
    "modello", ["accordo", "mandato", "sportello", "dichiarazionedimensione", "richiestaadesione", "quesito"]
)
def test_l_amministratore_trova_i_nuovi_modelli(entra, amministratore, modello):
    assert entra(amministratore).get(reverse(f"admin:alleanze_{modello}_changelist")).status_code == 200


def test_l_amministratore_legge_una_dichiarazione_e_non_la_cambia(entra, amministratore, titolare):
    fatta = dichiara(ente(IRIDE), titolare, date(2026, 1, 1))
    dove = reverse("admin:alleanze_dichiarazionedimensione_change", args=[fatta.pk])
    assert entra(amministratore).get(dove).status_code == 200
    assert entra(amministratore).post(dove, {"ula": "1"}).status_code == 403
