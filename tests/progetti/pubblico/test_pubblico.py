"""What anyone reads without an account: what is there, what must never be, and how little it costs."""

import re
from datetime import timedelta

import pytest
from django.core.cache import caches
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from alleanze.models import Adesione, Alleanza, Ente, Persona, Quesito, Sportello
from conciliazione.models import Utente
from progetti.models import Avviso, Partecipazione, Progetto, SchedaSintetica, VoceCosto

from ... import fabbrica
from ...approvati import PERSONA, clona
from ...moduli import campi
from ...test_interrogazioni import domande

MAI_VISTO = "00000000-0000-4000-8000-000000000000"


@pytest.fixture
def crema(progetto) -> Alleanza:
    return progetto.alleanza


@pytest.fixture
def tenute(settings):
    """Public pages are kept, as they are outside the tests."""
    settings.PUBBLICO_SECONDI = 300
    caches["pagine"].clear()
    yield caches["pagine"]
    caches["pagine"].clear()


@pytest.fixture
def faq(capofila, crema) -> Quesito:
    return pubblica_faq(capofila, crema, "Quanti giorni di congedo ha un padre?", "Dieci giorni, anche <b>separati</b>.")


def pubblica_faq(utente, alleanza, domanda: str, risposta: str, **altro) -> Quesito:
    sportello, _ = Sportello.objects.get_or_create(alleanza=alleanza)
    ora = timezone.now()
    dati = {"argomento": "congedi", "titolo": "t", "testo": "La domanda di Mevio", "risposta": "A Mevio", "stato": "risposto"}
    dati |= {"chiesto_il": ora, "entro": ora + timedelta(hours=48), "risposto_il": ora, "pubblicato_il": ora}
    dati |= {"pubblicabile": True, "faq_domanda": domanda, "faq_risposta": risposta}
    return Quesito.objects.create(**dati | {"sportello": sportello, "chiesto_da": utente} | altro)


def indirizzi(approvato, crema) -> list[str]:
    """Every public page, the files apart."""
    con = {
        "alleanza": [crema.pk],
        "progetto": [approvato.pk],
        "scheda": [SchedaSintetica.objects.get(nome="Porte aperte").pk],
    }
    nomi = ("alleanze", "alleanza", "progetti", "progetto", "schede", "scheda", "faq", "dati", "schema", "catalogo")
    return ["/", *(reverse(f"pubblico:{nome}", args=con.get(nome)) for nome in nomi)]


def leggi(url: str, **parametri) -> str:
    risposta = Client().get(url, parametri)
    assert risposta.status_code == 200
    return risposta.content.decode()


def di(progetto: Progetto) -> str:
    return reverse("pubblico:progetto", args=[progetto.pk])


def dell_alleanza(alleanza: Alleanza) -> str:
    return reverse("pubblico:alleanza", args=[alleanza.pk])


# Alleanze.


def test_la_pagina_di_un_alleanza_dice_che_cos_e_chi_c_e_e_come_si_aderisce(approvato):
    testo = leggi(dell_alleanza(approvato.alleanza))
    assert "aiuto nelle commissioni di ogni giorno" in testo
    assert "alleanza@mediolona.example.org" in testo
    assert "Solbiate Olona" in testo
    assert "nomina una persona di riferimento" in testo
    assert testo.index("Capofila</h3>") < testo.index("Azienda Speciale Consortile") < testo.index("Partner effettivi</h3>")
    assert di(approvato) in testo


@pytest.mark.parametrize("cercato", ["rivolta d'adda", "CREMASCO", "crema", "Trescore Cremàsco"])
def test_si_cerca_per_comune_o_per_nome_senza_badare_ad_accenti_e_maiuscole(crema, cercato):
    testo = leggi(reverse("pubblico:alleanze"), q=cercato)
    assert dell_alleanza(crema) in testo
    assert "Castellanza" not in testo


def test_chi_cerca_un_comune_che_non_c_e_lo_sa(crema):
    assert "Nessuna alleanza con queste parole" in leggi(reverse("pubblico:alleanze"), q="Vattelapesca")


def test_un_alleanza_che_non_si_mostra_non_si_distingue_da_una_che_non_c_e(crema):
    esiste = dell_alleanza(crema)
    Alleanza.objects.filter(pk=crema.pk).update(pubblica=False)
    risposte = [Client().get(url) for url in (esiste, reverse("pubblico:alleanza", args=[MAI_VISTO]))]
    assert [r.status_code for r in risposte] == [404, 404]
    assert risposte[0].content == risposte[1].content
    assert crema.nome not in leggi(reverse("pubblico:alleanze"))
    assert crema.nome not in leggi("/")


def test_chi_ha_lasciato_l_alleanza_non_e_piu_fra_i_membri(crema):
    Adesione.objects.filter(alleanza=crema, ente__denominazione__startswith="Koala").update(dal="2020-01-01", al="2021-01-01")
    testo = leggi(dell_alleanza(crema))
    assert "Iride" in testo
    assert "Koala" not in testo


def test_una_persona_fisica_che_aderisce_si_conta_e_non_si_nomina(crema):
    ditta = fabbrica.ente("Mario Rossi", codice_fiscale=PERSONA)
    Adesione.objects.create(alleanza=crema, ente=ditta)
    testo = leggi(dell_alleanza(crema))
    assert "Mario Rossi" not in testo
    assert "una ditta individuale o un professionista" in testo


# Projects.


@pytest.mark.parametrize("quale", ["progetto", "presentato"])
def test_un_progetto_non_approvato_non_si_distingue_da_uno_che_non_c_e(request, quale):
    esiste, mai = di(request.getfixturevalue(quale)), reverse("pubblico:progetto", args=[MAI_VISTO])
    risposte = [Client().get(url) for url in (esiste, mai)]
    assert [r.status_code for r in risposte] == [404, 404]
    assert risposte[0].content == risposte[1].content


def test_nell_elenco_ci_sono_solo_i_progetti_approvati(approvato, progetto, presentato):
    testo = leggi(reverse("pubblico:progetti"))
    assert di(approvato) in testo
    assert "2 progetti." in testo
    assert str(progetto.pk) not in testo
    assert str(presentato.pk) not in testo


def test_la_pagina_di_un_progetto_ha_cifre_enti_e_risultati(approvato):
    testo = leggi(di(approvato))
    assert all(f"€\xa0{cifra}" in testo for cifra in ("60.741,00", "32.000,00", "28.741,00"))
    assert "COMUNE DI MARNATE" in testo
    assert "Le convenzioni con i servizi sono diventate sette" in testo
    assert "concluso" in testo
    assert dell_alleanza(approvato.alleanza) in testo


def test_le_cifre_sono_della_versione_congelata_e_non_della_scheda_viva(approvato):
    prima = leggi(di(approvato))
    VoceCosto.objects.filter(progetto=approvato).update(importo="1.00")
    Partecipazione.objects.filter(progetto=approvato).update(denominazione="Cambiata")
    assert leggi(di(approvato)) == prima


def test_la_scheda_sintetica_si_legge_solo_se_e_pubblica(approvato):
    SchedaSintetica.objects.filter(progetto=approvato).update(pubblica=False)
    testo = leggi(di(approvato))
    assert "Le convenzioni con i servizi" not in testo
    assert "non è ancora stata pubblicata" in testo


def test_chi_ha_scritto_altro_nella_scheda_sintetica_si_legge_accanto_alle_cifre(approvato):
    sintesi = SchedaSintetica.objects.get(progetto=approvato)
    assert "Contributo ricevuto" not in leggi(di(approvato))
    sintesi.risposte |= {"contributo": "31000.00", "contributo_parola": "ricevuto"}
    sintesi.save()
    testo = leggi(di(approvato))
    assert testo.index("€\xa032.000,00") < testo.index("Contributo ricevuto") < testo.index("€\xa031.000,00")


def test_un_progetto_non_fa_sapere_di_un_alleanza_che_non_si_mostra(approvato):
    Alleanza.objects.filter(pk=approvato.alleanza_id).update(pubblica=False)
    filtrato = leggi(reverse("pubblico:progetti"), alleanza=str(approvato.alleanza_id))
    assert "Nessun progetto con questi filtri" in filtrato
    for url in (di(approvato), reverse("pubblico:progetti"), "/"):
        assert approvato.alleanza.nome not in leggi(url)


def test_una_persona_fisica_partner_si_conta_e_non_si_nomina(approvato):
    soggetto = approvato.partecipazioni.get(denominazione="COOPERATIVA SOCIALE IL SEME")
    Ente.objects.filter(pk=soggetto.ente_id).update(codice_fiscale=PERSONA)
    testo = leggi(di(approvato))
    assert "IL SEME" not in testo.upper()
    assert "Vi partecipa anche una ditta individuale" in testo
    assert di(approvato) not in leggi(reverse("pubblico:progetti"), q="il seme")


@pytest.mark.parametrize(
    ("filtri", "trovato"),
    [
        ({"q": "pronti, via"}, True),
        ({"q": "comune di MARNATE"}, True),
        ({"q": "welfare di conciliazione"}, False),
        ({"avviso": "welfare-2022"}, False),
        ({"anno": "2017"}, True),
        ({"anno": "2016"}, False),
        ({"anno": "duemila"}, False),
        ({"alleanza": "non-un-codice"}, False),
        ({"q": "\x00'\"%_<"}, False),
        ({"pagina": "x"}, True),
    ],
    ids=str,
)
def test_i_progetti_si_restringono_e_cio_che_non_ha_senso_non_trova_niente(approvato, filtri, trovato):
    assert (di(approvato) in leggi(reverse("pubblico:progetti"), **filtri)) is trovato


def test_i_progetti_dell_alleanza_si_aprono_dalla_sua_pagina(approvato):
    testo = leggi(dell_alleanza(approvato.alleanza))
    (tutti,) = re.findall(r'href="(/pubblico/progetti/\?alleanza=[^"]+)"', testo)
    assert di(approvato) in leggi(tutti)
    assert "1 progetto." in leggi(tutti)


def test_cambiando_pagina_i_filtri_restano(approvato):
    for n in range(30):
        clona(approvato, f"Pronti, via {n:02}")
    testo = leggi(reverse("pubblico:progetti"), q="pronti, via")
    assert "?q=pronti%2C+via&amp;pagina=2" in testo
    seconda = leggi(reverse("pubblico:progetti"), q="pronti, via", pagina="2")
    assert "Pagina 2 di 2" in seconda


def test_i_progetti_finanziati_da_altri_si_leggono_se_sono_pubblici(dimostrazione):
    pubblica = SchedaSintetica.objects.get(nome="Porte aperte")
    assert "Tre plessi aperti" in leggi(reverse("pubblico:scheda", args=[pubblica.pk]))
    assert "Porte aperte" in leggi(reverse("pubblico:schede"))
    SchedaSintetica.objects.filter(pk=pubblica.pk).update(pubblica=False)
    assert Client().get(reverse("pubblico:scheda", args=[pubblica.pk])).status_code == 404
    assert "Porte aperte" not in leggi(reverse("pubblico:schede"))


# Frequent questions.


@pytest.mark.parametrize("parole", ["congedi", "padri", "giorno separato", '"giorni di congedo"'])
def test_le_domande_frequenti_si_trovano_con_le_parole_in_ogni_loro_forma(faq, parole):
    assert faq.faq_domanda in leggi(reverse("pubblico:faq"), q=parole)


def test_cio_che_si_e_trovato_e_segnato_e_il_testo_resta_testo(faq):
    testo = leggi(reverse("pubblico:faq"), q="separati")
    assert "<mark>separati</mark>" in testo
    assert "&lt;b&gt;" in testo
    assert "<b>" not in testo


def test_si_legge_cio_che_e_stato_scritto_per_tutti_e_mai_la_domanda_della_persona(faq):
    testo = leggi(reverse("pubblico:faq"))
    assert "Dieci giorni" in testo
    assert "Mevio" not in testo


def test_una_risposta_non_pubblicata_non_si_trova(faq, capofila, crema):
    pubblica_faq(capofila, crema, "Domanda tenuta per me", "Risposta tenuta per me", pubblicato_il=None)
    for parametri in ({}, {"q": "tenuta"}):
        assert "tenuta per me" not in leggi(reverse("pubblico:faq"), **parametri)


def test_le_domande_di_un_alleanza_che_non_si_mostra_non_si_leggono(faq, crema):
    Alleanza.objects.filter(pk=crema.pk).update(pubblica=False)
    assert faq.faq_domanda not in leggi(reverse("pubblico:faq"))


@pytest.mark.parametrize("parole", ["di e il", "\x00", "!!! | & :*", "x" * 5000])
def test_parole_senza_senso_non_rompono_la_ricerca(faq, parole):
    assert Client().get(reverse("pubblico:faq"), {"q": parole}).status_code == 200


def test_le_domande_si_restringono_per_argomento(faq):
    assert faq.faq_domanda in leggi(reverse("pubblico:faq"), argomento="congedi")
    assert faq.faq_domanda not in leggi(reverse("pubblico:faq"), argomento="voucher")


# Nobody.


def test_nessuna_pagina_pubblica_nomina_una_persona(approvato, crema, faq):
    nomi = {f"{p.nome} {p.cognome}" for p in Persona.objects.all()} | {u.get_full_name() for u in Utente.objects.all()}
    recapiti = set(Utente.objects.values_list("email", flat=True)) | set(Persona.objects.values_list("email", flat=True))
    vietati = {testo for testo in nomi | recapiti if testo.strip()}
    assert len(vietati) > 20
    for url in indirizzi(approvato, crema):
        testo = leggi(url)
        assert not [v for v in vietati if v in testo], url


# What is kept, and for whom.


def test_una_pagina_tenuta_non_chiede_niente_alla_base_dati(approvato, crema, faq, tenute):
    for url in indirizzi(approvato, crema):
        Client().get(url)
        assert domande(Client(), url) == [], url


def test_una_pagina_pubblica_si_puo_tenere_e_non_lascia_biscotti(approvato, crema, tenute):
    for url in indirizzi(approvato, crema):
        for _ in range(2):
            risposta = Client().get(url)
            assert risposta["Cache-Control"] == "public, max-age=300", url
            assert "Cookie" in risposta["Vary"], url
            assert not risposta.cookies, url


def test_chi_ha_gia_la_pagina_di_adesso_non_la_riceve_di_nuovo(approvato, tenute):
    prima = Client().get(di(approvato))
    dopo = Client().get(di(approvato), headers={"If-None-Match": prima["ETag"]})
    assert (dopo.status_code, dopo.content) == (304, b"")


def test_la_pagina_di_chi_e_entrato_non_si_tiene_e_non_va_a_nessun_altro(entra, capofila, approvato, tenute):
    sua = entra(capofila).get(di(approvato))
    assert capofila.get_full_name() in sua.content.decode()
    assert "no-store" in sua["Cache-Control"]
    assert capofila.get_full_name() not in leggi(di(approvato))
    # Nor the other way round: who is logged in keeps its header when the page of the others is kept.
    assert capofila.get_full_name() in entra(capofila).get(di(approvato)).content.decode()


def test_un_messaggio_in_attesa_e_di_uno_solo(tenute, entra, capofila):
    browser = entra(capofila)
    esce = browser.post(reverse("account_logout"), follow=True)
    assert "uscit" in esce.content.decode().lower()
    assert "no-store" in esce["Cache-Control"]
    assert "uscit" not in leggi("/").lower()


def test_cio_che_cambia_si_vede_quando_la_pagina_scade(approvato, tenute):
    assert "2 progetti." in leggi(reverse("pubblico:progetti"))
    Progetto.objects.filter(pk=approvato.pk).update(stato="revocato")
    assert "2 progetti." in leggi(reverse("pubblico:progetti"))
    tenute.clear()
    assert "1 progetto." in leggi(reverse("pubblico:progetti"))


# In each: what it is about, how many, the rows, what one may choose from.
PAGINE = {
    "/": 4,  # avvisi, alleanze, progetti, versions
    "alleanze": 2,
    "alleanza": 6,  # alleanza, members, how many are not named, progetti, versions, sportello
    "progetti": 6,  # 3 of the filters, how many, progetti, versions
    "progetto": 4,  # progetto, version, sheet, and for the sheet the version whole
    "schede": 2,
    "scheda": 1,
    "faq": 2,
    "dati": 1,
    "schema": 0,
    "catalogo": 1,
}


def test_ogni_pagina_chiede_poco_e_lo_stesso_con_molte_righe(approvato, crema, faq, capofila):
    pagine = list(zip(PAGINE, indirizzi(approvato, crema), strict=True))
    prima = {nome: len(domande(Client(), url)) for nome, url in pagine}
    assert not {nome: quante for nome, quante in prima.items() if quante > PAGINE[nome]}
    for n in range(30):
        clona(approvato, f"Progetto {n}")
        ente = fabbrica.ente(f"Cooperativa {n}")
        Adesione.objects.create(alleanza=crema, ente=ente)
        Alleanza.objects.create(nome=f"Alleanza {n}", ats=crema.ats, capofila=crema.capofila, pubblica=True)
        SchedaSintetica.objects.create(ente=ente, nome=f"Di altri {n}", pubblica=True)
        pubblica_faq(capofila, crema, f"Domanda {n}?", f"Risposta {n}.")
    assert {nome: len(domande(Client(), url)) for nome, url in pagine} == prima


# The first page.


def test_chi_arriva_trova_avvisi_alleanze_progetti_e_le_due_ricerche(approvato, crema):
    testo = leggi("/")
    assert Avviso.objects.aperti().first().titolo in testo.replace("&#x27;", "'")
    assert dell_alleanza(crema) in testo
    assert di(approvato) in testo
    for dove in ("pubblico:alleanze", "pubblico:faq"):
        assert f'action="{reverse(dove)}"' in testo


# Who keeps the alleanza writes its page.


def pagina(alleanza: Alleanza) -> str:
    return reverse("alleanze:modifica", args=[alleanza.pk])


def invia(browser, alleanza: Alleanza, **altri):
    return browser.post(pagina(alleanza), campi(browser.get(pagina(alleanza))) | altri)


def test_il_capofila_scrive_la_pagina_pubblica(entra, capofila, crema):
    risposta = invia(entra(capofila), crema, presentazione="Siamo noi.", comuni="Crema, Soncino\nCREMA\n\n Spino  d'Adda ")
    assert risposta.url == reverse("alleanze:dettaglio", args=[crema.pk])
    crema.refresh_from_db()
    assert (crema.presentazione, crema.comuni) == ("Siamo noi.", ["CREMA", "Soncino", "Spino d'Adda"])
    assert "Siamo noi." in leggi(dell_alleanza(crema))


def test_chi_toglie_la_spunta_toglie_la_pagina(entra, capofila, crema):
    browser = entra(capofila)
    dati = campi(browser.get(pagina(crema)))
    dati.pop("pubblica")
    assert browser.post(pagina(crema), dati).status_code == 302
    assert Client().get(dell_alleanza(crema)).status_code == 404


def test_per_mostrarsi_a_tutti_si_dice_almeno_che_cosa_si_e(entra, capofila, crema):
    risposta = invia(entra(capofila), crema, presentazione="", telefono="0373 999")
    assert risposta.status_code == 422
    testo = risposta.content.decode()
    assert testo.count("scrivi almeno che cos") == 2
    assert "0373 999" in testo


@pytest.mark.parametrize(("campo", "valore"), [("email", "non-una-posta"), ("comuni", "x" * 101), ("telefono", "9" * 41)])
def test_cio_che_non_va_torna_nella_pagina_con_tutto_il_resto(entra, capofila, crema, campo, valore):
    risposta = invia(entra(capofila), crema, come_aderire="Un testo lungo", **{campo: valore})
    assert risposta.status_code == 422
    testo = risposta.content.decode()
    assert valore in testo
    assert "Un testo lungo" in testo
    crema.refresh_from_db()
    assert crema.come_aderire != "Un testo lungo"


def test_cio_che_un_altro_ha_salvato_intanto_non_si_copre(entra, capofila, crema):
    browser = entra(capofila)
    dati = campi(browser.get(pagina(crema)))
    Alleanza.objects.filter(pk=crema.pk).update(come_aderire="Scritto dalla collega")
    risposta = browser.post(pagina(crema), dati | {"come_aderire": "Scritto da me"})
    assert risposta.status_code == 409
    assert all(testo in risposta.content.decode() for testo in ("Scritto dalla collega", "Scritto da me"))
    crema.refresh_from_db()
    assert crema.come_aderire == "Scritto dalla collega"
    ancora = campi(risposta) | {"come_aderire": "Scritto da me"}
    assert browser.post(pagina(crema), ancora).status_code == 302


def test_il_partner_legge_e_non_scrive_la_pagina_pubblica(entra, partner, crema):
    browser = entra(partner)
    assert browser.get(pagina(crema)).status_code == 403
    assert pagina(crema) not in browser.get(reverse("alleanze:dettaglio", args=[crema.pk])).content.decode()
