"""«Cosa devo fare»: one dated page for all the enti of a person, and the same as a calendar."""

import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from alleanze.models import Appartenenza, Ente
from conciliazione.messaggi import calendario, da_fare
from conciliazione.messaggi.da_fare import Cosa
from conciliazione.messaggi.views import per_ente, quando_e
from progetti.models import Avviso, Prestito, Progetto
from progetti.presentazione import da_fare as da_fare_presentazione
from progetti.presentazione import prestiti

from ...progetti.partner.test_tabellone import parole
from ...test_interrogazioni import domande, moltiplica

ROMA = ZoneInfo("Europe/Rome")
MERCOLEDI = datetime(2026, 11, 18, 10, 0, tzinfo=ROMA)
PAGINA, FILE = "/da-fare/", "/da-fare/calendario.ics"


def cosa(entro=None, chiave="a", ente="Comune", che_cosa="Conferma le cifre") -> Cosa:
    return Cosa(chiave, che_cosa, "/progetti/", ente, "«Tempo»", entro)


def di(utente, progetto) -> list[Cosa]:
    """What concerns this project: the demo has others."""
    return [c for c in da_fare.di(utente) if c.dove == f"«{progetto}»"]


# By time.


@pytest.mark.parametrize(
    ("entro", "atteso"),
    [
        (MERCOLEDI - timedelta(minutes=1), "scadute"),
        (MERCOLEDI + timedelta(hours=13, minutes=59), "entro oggi"),
        (MERCOLEDI + timedelta(hours=14), "questa settimana"),
        (datetime(2026, 11, 22, 23, 59, tzinfo=ROMA), "questa settimana"),
        (datetime(2026, 11, 23, 0, 0, tzinfo=ROMA), "più avanti"),
        (datetime(2026, 11, 18, 22, 30, tzinfo=UTC), "entro oggi"),  # 23:30 in Italy
        (datetime(2026, 11, 18, 23, 30, tzinfo=UTC), "questa settimana"),  # after midnight in Italy
        (None, "senza una scadenza"),
    ],
)
def test_ogni_cosa_sta_nel_suo_tempo_con_l_ora_d_italia(entro, atteso):
    assert quando_e(cosa(entro), MERCOLEDI) == atteso


def test_le_cose_si_raggruppano_per_ente_e_poi_per_tempo():
    domani = MERCOLEDI + timedelta(days=1)
    cose = [cosa(domani, ente="Iride"), cosa(domani, ente="Comune"), cosa(None, ente="Comune")]
    assert [(e, [q for q, _ in g]) for e, g in per_ente(cose, MERCOLEDI)] == [
        ("Comune", ["questa settimana", "senza una scadenza"]),
        ("Iride", ["questa settimana"]),
    ]


def test_prima_cio_che_scade_prima_e_in_fondo_cio_che_non_scade(monkeypatch):
    domani = MERCOLEDI + timedelta(days=1)
    monkeypatch.setattr(da_fare, "FONTI", [lambda _: [cosa(None, "c"), cosa(domani, "b")], lambda _: [cosa(MERCOLEDI, "a")]])
    assert [c.chiave for c in da_fare.di(None)] == ["a", "b", "c"]


# What a person has to do in the schede.


def test_il_capofila_presenta_entro_la_chiusura_e_sollecita_chi_e_in_ritardo(capofila, progetto):
    presenta, sollecita = (c for c in di(capofila, progetto) if c.chiave.startswith("progetto:"))
    assert re.match(r"Presenta la scheda: restano \d+ cose da sistemare", presenta.che_cosa)
    assert presenta.entro == progetto.avviso.chiude_il
    assert presenta.ente == "Comune di Crema"
    assert "Iride" in sollecita.che_cosa
    assert sollecita.url == reverse("progetti:tabellone", args=[progetto.pk])


def test_il_partner_compila_le_sue_parti_e_conferma(altro_partner, progetto):
    iride = progetto.partecipazioni.get(denominazione__startswith="Iride")
    cose = di(altro_partner, progetto)
    assert {c.ente for c in cose} == {iride.denominazione}
    assert any(c.che_cosa.startswith("Compila «") for c in cose)
    (conferma,) = [c for c in cose if c.che_cosa == "Conferma i dati e le cifre"]
    assert conferma.url == reverse("progetti:tua_parte", args=[progetto.pk, iride.pk])
    assert conferma.entro == progetto.avviso.chiude_il


def test_cio_che_e_fatto_non_e_da_fare(partner, progetto):
    assert not [c for c in di(partner, progetto) if "Conferma" in c.che_cosa]


def test_di_un_avviso_chiuso_il_capofila_ha_una_cosa_scaduta_e_il_partner_nessuna(capofila, altro_partner, progetto):
    Avviso.objects.filter(pk=progetto.avviso_id).update(chiude_il=timezone.now() - timedelta(days=1))
    (scaduta,) = [c for c in di(capofila, progetto) if c.chiave.startswith("progetto:")]
    assert quando_e(scaduta, timezone.localtime()) == "scadute"
    assert not [c for c in di(altro_partner, progetto) if c.chiave.startswith("progetto:")]


def test_presentata_la_scheda_tocca_all_ats(capofila, ats, presentato):
    assert di(capofila, presentato) == []
    assert [c.che_cosa for c in di(ats, presentato)] == ["Esamina la domanda"]


def test_l_ats_legge_la_bozza_prestata_finche_non_l_ha_guardata(entra, capofila, ats, progetto):
    prestiti.presta(progetto.pk, capofila, progetto.alleanza.ats)
    (leggi,) = di(ats, progetto)
    assert leggi.che_cosa == "Leggi la bozza che Comune di Crema ti fa vedere"
    assert entra(ats).get(leggi.url).status_code == 200
    assert di(ats, progetto) == []


def test_con_molte_domande_l_ats_ne_legge_venti_e_quante_sono_le_altre(ats, presentato, monkeypatch):
    for n in range(4):
        comuni = {"avviso": presentato.avviso, "edizione": presentato.edizione, "capofila": presentato.capofila}
        Progetto.objects.create(titolo=f"P {n}", stato="presentato", **comuni)
    monkeypatch.setattr(da_fare_presentazione, "DA_ESAMINARE", 2)
    arrivate = [c.che_cosa for c in da_fare.di(ats) if "domand" in c.che_cosa]
    quante = Progetto.objects.filter(avviso__ats=presentato.avviso.ats, stato="presentato", origine="portale").count()
    assert arrivate == [f"Esamina altre {quante - 2} domande", *["Esamina la domanda"] * 2]


def test_chi_sceglie_di_agire_per_un_ente_ha_da_fare_solo_per_quello(altro_partner, progetto):
    csc = Ente.objects.get(denominazione__startswith="Comunità Sociale")
    altro_partner.agisce_solo_per = csc.pk
    Appartenenza.objects.create(utente=altro_partner, ente=csc, ruolo="operatore")
    progetto.partecipazioni.get(ente=csc).conferme.all().delete()
    assert {c.ente for c in di(altro_partner, progetto)} == {progetto.partecipazioni.get(ente=csc).denominazione}


def test_un_estraneo_non_ha_niente_da_fare_nei_progetti_degli_altri(estraneo, progetto, presentato):
    assert di(estraneo, progetto) == []
    assert di(estraneo, presentato) == []


# The page.


def test_la_pagina_si_restringe_a_un_ente(entra, altro_partner, progetto):
    csc = Ente.objects.get(denominazione__startswith="Comunità Sociale")
    Appartenenza.objects.create(utente=altro_partner, ente=csc, ruolo="operatore")
    progetto.partecipazioni.get(ente=csc).conferme.all().delete()
    browser = entra(altro_partner)
    tutti = parole(browser.get(PAGINA))
    assert "Tutti gli enti" in tutti
    uno = browser.get(PAGINA, {"ente": "Comunità Sociale Cremasca a.s.c."}).content.decode()
    assert "<h2>Comunità Sociale Cremasca a.s.c.</h2>" in uno
    assert "<h2>Iride" not in uno
    assert "<h2>Iride" in browser.get(PAGINA, {"ente": "Un ente di altri"}).content.decode()


def test_senza_niente_da_fare_lo_si_dice(entra, regione):
    assert "Niente in sospeso" in parole(entra(regione).get(PAGINA))


def test_la_scrivania_mostra_le_prime_cinque_e_porta_alle_altre(entra, capofila, progetto):
    testo = entra(capofila).get(reverse("scrivania")).content.decode()
    riquadro = testo.partition("<h2>Cosa devo fare</h2>")[2].partition("</section>")[0]
    assert 0 < riquadro.count("<li>") <= 5
    assert f'href="{PAGINA}"' in riquadro


@pytest.mark.parametrize("chi", ["capofila", "partner", "ats"])
def test_con_molti_progetti_le_domande_sono_le_stesse(request, entra, progetto, presentato, chi):
    browser = entra(request.getfixturevalue(chi))
    prima = len(domande(browser, PAGINA))
    moltiplica(progetto)
    Progetto.objects.filter(titolo__startswith="Progetto 1").update(stato="presentato")
    assert len(domande(browser, PAGINA)) == prima


# The calendar.


def letto(dati: bytes) -> list:
    return list(Calendar.from_ical(dati).walk("VEVENT"))


def test_il_calendario_si_rilegge_con_ore_giuste_e_avviso_un_giorno_prima():
    entro = datetime(2026, 7, 15, 12, 0, tzinfo=ROMA)
    dati = calendario.ics([cosa(entro, "x"), cosa(None, "y")], MERCOLEDI)
    (evento,) = letto(dati)
    assert evento.decoded("dtstart") == entro
    assert evento["dtstart"].to_ical() == b"20260715T100000Z"
    assert evento.decoded("dtstamp") == MERCOLEDI
    assert str(evento["summary"]) == "Entro le 12:00: Conferma le cifre"
    (avviso,) = evento.walk("VALARM")
    assert avviso.decoded("trigger") == timedelta(days=-1)


def test_la_stessa_cosa_ha_lo_stesso_nome_anche_se_cambia_il_termine():
    uno, due = (letto(calendario.ics([cosa(MERCOLEDI + timedelta(days=n))], MERCOLEDI))[0] for n in (1, 2))
    altra = letto(calendario.ics([cosa(MERCOLEDI, "b")], MERCOLEDI))[0]
    assert uno["uid"] == due["uid"] != altra["uid"]


def test_le_righe_lunghe_sono_piegate_e_i_segni_protetti():
    lunga = "Compila «Àèì; virgole, a capo\nBEGIN:VALARM» " * 9
    dati = calendario.ics([cosa(MERCOLEDI, che_cosa=lunga)], MERCOLEDI)
    assert max(len(riga) for riga in dati.split(b"\r\n")) <= 75
    (evento,) = letto(dati)
    assert str(evento["summary"]) == f"Entro le 10:00: {lunga}"
    assert len(evento.walk("VALARM")) == 1


def test_il_calendario_si_scarica(entra, capofila, progetto):
    risposta = entra(capofila).get(FILE)
    assert risposta["Content-Type"] == "text/calendar; charset=utf-8"
    assert 'filename="cosa-devo-fare.ics"' in risposta["Content-Disposition"]
    assert any("Presenta la scheda" in str(e["summary"]) for e in letto(risposta.content))


def indirizzo(browser, azione: str = "nuovo") -> str:
    browser.post(reverse("notifiche:calendario"), {"azione": azione})
    trovati = re.findall(r"/calendario/[0-9a-f-]+\.ics", browser.get(reverse("notifiche:preferenze")).content.decode())
    return trovati[0] if trovati else ""


def test_chi_ha_la_chiave_legge_il_calendario_senza_password(entra, altro_partner, progetto):
    url = indirizzo(entra(altro_partner))
    risposta = Client().get(url)
    assert risposta["Cache-Control"] == "private, no-store"
    assert {str(e["summary"])[-26:] for e in letto(risposta.content)} >= {"Conferma i dati e le cifre"}


def test_nel_calendario_non_ci_sono_dati_personali(entra, capofila, progetto):
    testo = Client().get(indirizzo(entra(capofila))).content.decode().replace("\r\n ", "")
    assert "Presenta la scheda" in testo
    for di_altri in ("Samarani", "Inzoli", "@csc.example.org", capofila.email, capofila.cognome):
        assert di_altri not in testo


def test_cambiata_o_tolta_la_chiave_il_vecchio_indirizzo_non_esiste_piu(entra, partner):
    browser = entra(partner)
    primo = indirizzo(browser)
    secondo = indirizzo(browser)
    assert primo != secondo
    assert [Client().get(u).status_code for u in (primo, secondo)] == [404, 200]
    assert indirizzo(browser, "togli") == ""
    assert Client().get(secondo).status_code == 404


@pytest.mark.parametrize(
    "url",
    ["/calendario/00000000-0000-4000-8000-000000000000.ics", "/calendario/None.ics", "/calendario/x.ics", "/calendario/.ics"],
)
def test_una_chiave_sbagliata_non_trova_niente(client, dimostrazione, url):
    assert client.get(url).status_code == 404


def test_di_un_account_spento_non_si_legge_il_calendario(entra, partner):
    url = indirizzo(entra(partner))
    type(partner).objects.filter(pk=partner.pk).update(is_active=False)
    assert Client().get(url).status_code == 404


def test_un_azione_sconosciuta_sul_calendario_non_fa_niente(entra, partner):
    assert entra(partner).post(reverse("notifiche:calendario"), {"azione": "regala"}).status_code == 404
    partner.refresh_from_db()
    assert partner.calendario is None


def test_il_prestito_non_e_di_altre_ats(altra_ats, capofila, progetto):
    prestiti.presta(progetto.pk, capofila, progetto.alleanza.ats)
    assert Prestito.objects.filter(progetto=progetto).count() == 1
    assert di(altra_ats, progetto) == []
