"""Calls in the browser: who makes them, every parameter that may be left unsaid, and lists as rows."""

import threading
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection, transaction
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone

from conciliazione.passaggi import Rifiuto
from progetti import contenuto
from progetti.avvisi import parametri, righe
from progetti.contenuto.colonne import DEL_MODULO
from progetti.models import Avviso, Progetto
from progetti.nuovo import apri as nascita

from ...moduli import campi, moduli
from ...test_interrogazioni import domande, moltiplica

NUOVO = reverse("progetti:avviso_nuovo")


@pytest.fixture
def avviso(progetto) -> Avviso:
    """That of the draft, of the ATS della Val Padana."""
    return progetto.avviso


def modifica(avviso) -> str:
    return reverse("progetti:avviso_modifica", args=[avviso.pk])


def apri(browser, url) -> dict:
    """What the form of the page would send, untouched."""
    risposta = browser.get(url)
    assert risposta.status_code == 200
    return campi(risposta)


def salva(browser, avviso, **valori):
    """Open, type over, send."""
    url = modifica(avviso)
    return browser.post(url, apri(browser, url) | valori | {"salva": "1"})


def parametri_di(avviso) -> dict:
    fresco = Avviso.objects.select_related("ats").get(pk=avviso.pk)
    return contenuto.avviso_di(fresco, fresco.moduli.get().parametri)


PIENO = {
    "titolo": "Avviso di prova",
    "codice": "prova-2030",
    "atto": "Decreto 1 del 02/01/2030",
    "edizioni": ["dgr1081-2014"],
    "apre_il_0": "01/02/2030",
    "apre_il_1": "9:00",
    "chiude_il_0": "15/07/2030",
    "chiude_il_1": "12:00",
    "attivita_entro": "31/12/2031",
    "aree_massime": "2",
    "contributo_percentuale": "70%",
    "contributo_massimo": "€ 50.000,00",
    "cofinanziamento_minimo": "30",
    "spese_generali_massimo": "10",
    "spese_generali_base": "richiesto",
    "beni_massimo": "12,5",
    "beni_base": "concesso",
    "soggetti_minimi": "4",
    "pubblici_minimi": "1",
    "imprese_minime": "2",
    "capofila_pubblico": "no",
    "conferme_gravita": "errore",
    "durata_massima": "12",
    "righe_gravita": "",
    "righe_larghezza_mm": "170",
    "righe_corpo_pt": "10,5",
    "iva": "netto",
    "tolleranza": "20",
    "anticipo": "40",
    "saldo": "60",
    "regola_saldo": "minore",
    "fonte_durata_massima": "Decreto 1, art. 4",
    "catalogo-dgr1081-2014-0-codice": "A",
    "catalogo-dgr1081-2014-0-titolo": "rete di imprese",
    "catalogo-dgr1081-2014-0-complementare": "on",
    "catalogo-dgr1081-2014-1-codice": "B",
    "catalogo-dgr1081-2014-1-titolo": "servizi di cura",
    "voci_costo-dgr1081-2014-0-codice": "A",
    "voci_costo-dgr1081-2014-0-titolo": "Personale",
    "voci_costo-dgr1081-2014-0-genere": "personale",
    "griglia-0-criterio": "Qualità",
    "griglia-0-massimo": "40",
}


def test_un_ats_fa_un_avviso_con_tutte_le_sue_regole(entra, ats):
    browser = entra(ats)
    risposta = browser.post(NUOVO, apri(browser, NUOVO) | PIENO)
    assert risposta.status_code == 302, risposta.context["errori"]
    fatto = Avviso.objects.get(codice="prova-2030")
    assert risposta.url == reverse("progetti:avviso", args=[fatto.pk])
    assert fatto.ats.denominazione == "ATS della Val Padana"
    detti = {n: getattr(fatto, n) for n in (p.nome for p in parametri.PARAMETRI) if n not in DEL_MODULO}
    detti |= fatto.moduli.get().parametri
    assert timezone.localtime(detti.pop("apre_il")).isoformat() == "2030-02-01T09:00:00+01:00"
    assert timezone.localtime(detti.pop("chiude_il")).isoformat() == "2030-07-15T12:00:00+02:00"
    assert detti == {
        "attivita_entro": date(2031, 12, 31),
        "aree_massime": 2,
        "contributo_percentuale": Decimal("70"),
        "contributo_massimo": Decimal("50000"),
        "cofinanziamento_minimo": Decimal("30"),
        "spese_generali_massimo": Decimal("10"),
        "spese_generali_base": "richiesto",
        "beni_massimo": Decimal("12.50"),
        "beni_base": "concesso",
        "soggetti_minimi": 4,
        "pubblici_minimi": 1,
        "imprese_minime": 2,
        "capofila_pubblico": False,
        "conferme_gravita": "errore",
        "durata_massima": 12,
        "righe_gravita": "",
        "righe_larghezza_mm": Decimal("170"),
        "righe_corpo_pt": Decimal("10.5"),
        "iva": "netto",
        "tolleranza": Decimal("20"),
        "anticipo": Decimal("40"),
        "saldo": Decimal("60"),
        "regola_saldo": "minore",
        "catalogo": [
            {"codice": "A", "titolo": "rete di imprese", "complementare": True, "da_verificare": False},
            {"codice": "B", "titolo": "servizi di cura", "complementare": False, "da_verificare": False},
        ],
        "voci_costo": [{"codice": "A", "titolo": "Personale", "genere": "personale"}],
        "griglia": [{"criterio": "Qualità", "massimo": 40}],
    }
    assert fatto.fonti == {"durata_massima": "Decreto 1, art. 4"}


def test_ogni_parametro_dell_avviso_si_scrive_nel_modulo():
    altri = {"id", "codice", "titolo", "atto", "ats", "fonti"}
    colonne = {c.name for c in Avviso._meta.concrete_fields} - altri
    assert {p.nome for p in parametri.PARAMETRI} == colonne | set(DEL_MODULO)


def test_cio_che_resta_vuoto_e_non_detto(entra, ats):
    browser = entra(ats)
    pochi = {k: PIENO[k] for k in ("titolo", "codice", "atto", "edizioni")}
    vuoti = dict.fromkeys(("righe_gravita", "conferme_gravita"), "")
    assert browser.post(NUOVO, apri(browser, NUOVO) | pochi | vuoti).status_code == 302
    detti = parametri_di(Avviso.objects.get(codice="prova-2030"))
    sempre = {"codice", "titolo", "atto", "ats", "spese_generali_base", "beni_base", "righe_larghezza_mm", "righe_corpo_pt"}
    assert [k for k, v in detti.items() if k not in sempre and v not in (None, {})] == []


def test_la_regione_fa_avvisi_regionali(entra, regione):
    browser = entra(regione)
    assert browser.post(NUOVO, apri(browser, NUOVO) | PIENO).status_code == 302
    assert Avviso.objects.get(codice="prova-2030").ats is None


def test_chi_agisce_per_piu_enti_dice_chi_emana(entra, ats, altra_ats):
    ats.appartenenze.create(ente=altra_ats.appartenenze.get().ente, ruolo="istruttore")
    browser = entra(ats)
    dati = apri(browser, NUOVO) | PIENO
    dati["emanante"] = str(altra_ats.appartenenze.get().ente_id)
    assert browser.post(NUOVO, dati).status_code == 302
    assert Avviso.objects.get(codice="prova-2030").ats.denominazione == "ATS dell'Insubria"
    dati |= {"emanante": "d57a3f0e-0000-0000-0000-000000000000", "codice": "altro"}
    assert browser.post(NUOVO, dati).status_code == 422


def test_salvare_senza_toccare_non_cambia_nulla(entra, ats, avviso):
    prima = parametri_di(avviso)
    assert salva(entra(ats), avviso).status_code == 302
    assert parametri_di(avviso) == prima


@pytest.mark.parametrize(
    ("valori", "messaggio"),
    [
        ({"contributo_massimo": "50,000,00"}, "intendevi 50.000,00?"),
        ({"contributo_percentuale": "170"}, "più di 100%"),
        ({"contributo_percentuale": "settanta"}, "non è una percentuale"),
        ({"durata_massima": "un anno"}, "non è un numero intero"),
        ({"attivita_entro": "31/02/2031"}, "31/02/2031"),
        ({"chiude_il_0": "15/07/2030", "chiude_il_1": ""}, "Manca l&#x27;ora"),
        ({"righe_corpo_pt": "200"}, "fra 6 e 20"),
        ({"anticipo": "60", "saldo": "50"}, "superano il 100%"),
        ({"titolo": ""}, "Titolo"),
        ({"durata_massima": "", "fonte_durata_massima": "art. 4"}, "Hai scritto l&#x27;atto ma non la regola"),
        (
            {"catalogo-dgr1081-2014-0-codice": "A", "catalogo-dgr1081-2014-0-titolo": ""},
            "Catalogo delle azioni, riga 1, titolo",
        ),
        (
            {f"catalogo-dgr1081-2014-{n}-{c}": v for n in (0, 1) for c, v in (("codice", "a"), ("titolo", "x"))},
            "È già nella riga 1",
        ),
        ({"griglia-0-criterio": "Qualità", "griglia-0-massimo": "tanti"}, "Griglia di valutazione, riga 1, punti al massimo"),
        ({"griglia-0-criterio": "Qualità", "griglia-0-massimo": ""}, "Manca: quanti punti"),
    ],
)
def test_cio_che_non_si_legge_e_detto_al_campo_e_in_cima_e_resta_scritto(entra, ats, avviso, valori, messaggio):
    prima = parametri_di(avviso)
    risposta = salva(entra(ats), avviso, tolleranza="33,3", **valori)
    assert risposta.status_code == 422
    testo = risposta.content.decode()
    assert messaggio in testo
    assert 'id="riepilogo-errori"' in testo
    scritti = campi(risposta)
    assert scritti["tolleranza"] == ["33,3"]
    assert {k: scritti[k] for k in valori} == {k: [v] for k, v in valori.items()}
    assert parametri_di(avviso) == prima


def test_un_avviso_non_si_chiude_prima_di_aprirsi(entra, ats, avviso):
    termini = {"apre_il_0": "15/07/2030", "apre_il_1": "12:00", "chiude_il_0": "01/07/2030", "chiude_il_1": "12:00"}
    risposta = salva(entra(ats), avviso, **termini)
    assert risposta.status_code == 422
    assert "si chiude prima di aprirsi" in risposta.content.decode()


def test_due_avvisi_non_hanno_lo_stesso_codice(entra, ats, avviso):
    browser = entra(ats)
    risposta = browser.post(NUOVO, apri(browser, NUOVO) | PIENO | {"codice": avviso.codice})
    assert risposta.status_code == 422
    assert "codice" in risposta.context["form"].errors


# Lists. ------------------------------------------------------------------------------------------------------------------


def con_elenchi(avviso) -> Avviso:
    righe = [{"codice": c, "titolo": f"Azione {c}", "complementare": c == "A", "da_verificare": False} for c in "ABC"]
    avviso.moduli.update(catalogo=righe)
    return avviso


def catalogo(avviso) -> list[dict] | None:
    return avviso.moduli.get().catalogo


def test_le_righe_si_aggiungono_senza_script_e_nulla_si_perde(entra, ats, avviso):
    browser = entra(ats)
    url = modifica(con_elenchi(avviso))
    dati = apri(browser, url) | {
        "catalogo-dgr1081-2014-3-codice": "D",
        "durata_massima": "un anno",
        "aggiungi": "catalogo-dgr1081-2014",
    }
    risposta = browser.post(url, dati)
    assert risposta.status_code == 200
    assert 'id="riepilogo-errori"' not in risposta.content.decode()
    ora = campi(risposta)
    assert (ora["catalogo-dgr1081-2014-TOTAL_FORMS"], ora["catalogo-dgr1081-2014-3-codice"], ora["durata_massima"]) == (
        ["9"],
        ["D"],
        ["un anno"],
    )
    assert "catalogo-dgr1081-2014-8-titolo" in ora
    assert len(catalogo(avviso)) == 3
    nuove = {
        "catalogo-dgr1081-2014-3-titolo": "Azione D",
        "catalogo-dgr1081-2014-8-codice": "E",
        "catalogo-dgr1081-2014-8-titolo": "Azione E",
        "durata_massima": "12",
    }
    assert browser.post(url, ora | nuove).status_code == 302
    assert [v["codice"] for v in catalogo(avviso)] == ["A", "B", "C", "D", "E"]


def test_una_riga_si_toglie_con_la_sua_casella_anche_se_sbagliata(entra, ats, avviso):
    tolta = {"catalogo-dgr1081-2014-1-DELETE": "on", "catalogo-dgr1081-2014-1-titolo": ""}
    assert salva(entra(ats), con_elenchi(avviso), **tolta).status_code == 302
    assert [v["codice"] for v in catalogo(avviso)] == ["A", "C"]


def test_un_elenco_senza_righe_non_e_detto(entra, ats, avviso):
    tolte = {f"catalogo-dgr1081-2014-{n}-DELETE": "on" for n in range(3)}
    assert salva(entra(ats), con_elenchi(avviso), **tolte).status_code == 302
    assert catalogo(avviso) is None


def test_una_casella_che_non_si_spunta_piu_torna_no(entra, ats, avviso):
    browser = entra(ats)
    dati = apri(browser, modifica(con_elenchi(avviso)))
    assert dati.pop("catalogo-dgr1081-2014-0-complementare") == ["on"]
    assert browser.post(modifica(avviso), dati).status_code == 302
    assert catalogo(avviso)[0]["complementare"] is False


# Schede already there, two people at once. --------------------------------------------------------------------------------


def test_con_schede_aperte_il_codice_non_si_cambia_e_si_dice_quante_ne_tocca(entra, ats, avviso):
    risposta = entra(ats).get(modifica(avviso))
    bozze = avviso.progetti.filter(stato="bozza").count()
    testo = risposta.content.decode()
    assert bozze == 2
    assert "varranno subito per 2 schede in compilazione" in testo
    assert "codice" not in campi(risposta)
    salva(entra(ats), avviso, codice="altro")
    avviso.refresh_from_db()
    assert avviso.codice != "altro"


def test_il_modulo_di_una_scheda_aperta_non_si_toglie(entra, ats, avviso):
    risposta = salva(entra(ats), avviso, edizioni=["ptc-2017"])
    assert risposta.status_code == 422
    assert "con quel modulo c&#x27;è già una scheda aperta" in risposta.content.decode()
    assert avviso.edizioni == ["dgr1081-2014"]


@pytest.mark.django_db(transaction=True)
def test_un_modulo_non_si_toglie_mentre_qualcuno_apre_una_scheda_con_quello(avviso, capofila):
    """Who opens the scheda waits for who changes the avviso, and finds the form that is no more."""
    avviso.moduli.create(edizione="ptc-2017")
    ente, esiti, pronto = capofila.appartenenze.get().ente, [], threading.Event()

    def apre():
        pronto.set()
        try:
            nascita.apri(avviso, ente, None, capofila, "ptc-2017")
        except Rifiuto as rifiuto:
            esiti.append(str(rifiuto))
        finally:
            connection.close()

    chi_apre = threading.Thread(target=apre)
    with transaction.atomic():
        Avviso.objects.select_for_update().get(pk=avviso.pk)
        chi_apre.start()
        assert pronto.wait(60)
        chi_apre.join(1)
        assert chi_apre.is_alive()
        avviso.moduli.filter(edizione="ptc-2017").delete()
    chi_apre.join(60)
    assert [e.partition(":")[0] for e in esiti] == ["L'avviso non ammette più questo modulo"]
    assert not Progetto.objects.filter(avviso=avviso, edizione="ptc-2017").exists()


def test_un_avviso_ammette_piu_moduli_ciascuno_con_i_suoi_elenchi(entra, ats, avviso):
    browser = entra(ats)
    assert salva(browser, con_elenchi(avviso), edizioni=["dgr1081-2014", "ptc-2017"]).status_code == 302
    sue = {"catalogo-ptc-2017-0-codice": "Z", "catalogo-ptc-2017-0-titolo": "Solo del secondo"}
    assert salva(browser, avviso, **sue).status_code == 302
    suoi = {m.edizione: [v["codice"] for v in m.catalogo] for m in avviso.moduli.all()}
    assert suoi == {"dgr1081-2014": ["A", "B", "C"], "ptc-2017": ["Z"]}
    pagina = browser.get(reverse("progetti:avviso", args=[avviso.pk])).content.decode()
    assert "Moduli della scheda: SCHEDA PROGETTO (2014), SCHEMA PROGETTO (2017)" in pagina
    assert "Catalogo delle azioni: SCHEMA PROGETTO (2017)" in pagina


def test_chi_apre_una_scheda_sceglie_il_modulo_e_le_sue_azioni_sono_quelle(entra, capofila, avviso):
    avviso.moduli.create(edizione="ptc-2017", catalogo=[{"codice": "Z", "titolo": "Solo del secondo"}])
    browser, url = entra(capofila), reverse("progetti:nuovo", args=[avviso.pk])
    dati = apri(browser, url)
    senza = browser.post(url, {n: v for n, v in dati.items() if n != "edizione"})
    assert "Scegli con quale modulo." in senza.content.decode()
    browser.post(url, dati | {"edizione": "ptc-2017"})
    nuova = Progetto.objects.get(edizione="ptc-2017", avviso=avviso)
    assert [a.codice for a in nuova.azione_righe.all()] == ["Z"]
    letto = contenuto.contenuto(nuova)
    assert (letto["edizione"], letto["avviso"]["catalogo"][0]["codice"]) == ("ptc-2017", "Z")


def test_da_un_progetto_precedente_si_comincia_nel_modulo_scelto(entra, capofila, avviso, progetto):
    avviso.moduli.create(edizione="welfare-2022")
    url = reverse("progetti:copia", args=[avviso.pk, progetto.pk])
    assert entra(capofila).post(url, {"edizione": "welfare-2022"}).status_code == 302
    assert Progetto.objects.filter(avviso=avviso, edizione="welfare-2022").count() == 1
    risposta = entra(capofila).post(url, {"edizione": "ptc-2017"}, follow=True)
    assert "L&#x27;avviso non ammette più questo modulo" in risposta.content.decode()
    assert not Progetto.objects.filter(avviso=avviso, edizione="ptc-2017").exists()


def test_chi_salva_dopo_un_altro_lo_sa_e_poi_decide(entra, ats, avviso):
    browser = entra(ats)
    url = modifica(avviso)
    dati = apri(browser, url) | {"durata_massima": "12"}
    Avviso.objects.filter(pk=avviso.pk).update(durata_massima=18)
    risposta = browser.post(url, dati)
    assert risposta.status_code == 422
    testo = risposta.content.decode()
    assert "Mentre scrivevi" in testo
    assert "Durata: al massimo, in mesi" in testo
    assert browser.post(url, campi(risposta)).status_code == 302
    avviso.refresh_from_db()
    assert avviso.durata_massima == 12


# Who. --------------------------------------------------------------------------------------------------------------------


def test_un_ats_cambia_solo_i_suoi_e_la_regione_solo_i_regionali(entra, ats, altra_ats, regione, avviso):
    regionale = Avviso.objects.crea("dgr1081-2014", codice="regionale", titolo="Regionale", atto="DGR")
    codici = {
        (chi.email.partition("@")[2], di.codice): entra(chi).get(modifica(di)).status_code
        for chi in (ats, altra_ats, regione)
        for di in (avviso, regionale)
    }
    assert sorted(k for k, codice in codici.items() if codice == 200) == [
        ("ats-valpadana.example.org", avviso.codice),
        ("regione.example.org", "regionale"),
    ]


@pytest.mark.parametrize("ruolo", ["operatore", "esperto"])
def test_chi_all_ats_non_istruisce_ne_risponde_non_fa_avvisi(entra, ats, avviso, ruolo):
    ats.appartenenze.update(ruolo=ruolo)
    browser = entra(ats)
    assert [browser.get(url).status_code for url in (NUOVO, modifica(avviso))] == [403, 403]
    assert "Nuovo avviso" not in browser.get(reverse("progetti:avvisi")).content.decode()


def test_l_elenco_porta_chi_li_fa_ai_suoi_avvisi_anche_chiusi(entra, ats, partner, avviso):
    Avviso.objects.update(chiude_il=timezone.now() - timezone.timedelta(days=1))
    testo = entra(ats).get(reverse("progetti:avvisi")).content.decode()
    assert modifica(avviso) in testo
    assert NUOVO in testo
    testo = entra(partner).get(reverse("progetti:avvisi")).content.decode()
    assert modifica(avviso) not in testo
    assert NUOVO not in testo


def test_chiunque_entri_legge_le_regole_con_il_loro_atto(entra, estraneo, avviso):
    con_elenchi(avviso)
    avviso.durata_massima, avviso.contributo_massimo = 12, Decimal("50000")
    avviso.fonti = {"durata_massima": "Decreto 1, art. 4"}
    avviso.save()
    risposta = entra(estraneo).get(reverse("progetti:avviso", args=[avviso.pk]))
    testo = risposta.content.decode()
    assert [p for p in ("Decreto 1, art. 4", "€\u00a050.000,00", "Azione B", "non detto", avviso.atto) if p not in testo] == []
    assert modifica(avviso) not in testo
    assert not [m for m in moduli(risposta) if m.metodo == "post" and "avvisi" in m.azione]


# The page «Verifica e presenta». -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("chi", ["capofila", "partner"])
def test_chi_legge_la_scheda_vede_i_limiti_con_il_conto(request, entra, avviso, progetto, chi):
    avviso.durata_massima, avviso.soggetti_minimi = None, 99
    avviso.fonti = {"soggetti_minimi": "Decreto 1, art. 9"}
    avviso.save()
    testo = entra(request.getfixturevalue(chi)).get(reverse("progetti:verifica", args=[progetto.pk])).content.decode()
    assert "Limiti dell&#x27;avviso" in testo or "Limiti dell'avviso" in testo
    assert "enti: 6 &lt; 99" in testo
    assert "Decreto 1, art. 9" in testo
    assert "superato" in testo


def test_le_righe_di_un_elenco_hanno_un_massimo():
    dati = {"aggiungi": "griglia", "griglia-TOTAL_FORMS": "60", "griglia-INITIAL_FORMS": "0"}
    tutti = QueryDict(mutable=True)
    tutti.update(
        dati
        | {f"{n}-{c}_FORMS": "0" for n in ("catalogo-dgr1081-2014", "voci_costo-dgr1081-2014") for c in ("TOTAL", "INITIAL")}
    )
    insiemi = righe.elenchi(Avviso(), [], tutti)
    assert len(insiemi["griglia"].forms) == 60


# How many times the pages ask the database. ------------------------------------------------------------------------------

PAGINE = {
    "progetti:avvisi": 5,  # one's incarichi, the open ones, one's own, enti one may open a scheda for
    "progetti:avviso": 4,  # incarichi, avviso, its forms, enti
    "progetti:avviso_nuovo": 2,  # incarichi, the ATS one acts for
    "progetti:avviso_modifica": 7,  # incarichi, avviso twice, its forms, its ATS, its schede and its drafts
}


def test_le_pagine_degli_avvisi_chiedono_poco_e_lo_stesso_con_molte_righe(entra, ats, progetto):
    browser = entra(ats)
    con_pk = ("progetti:avviso", "progetti:avviso_modifica")
    urls = {nome: reverse(nome, args=[progetto.avviso_id] if nome in con_pk else []) for nome in PAGINE}
    prima = {nome: len(domande(browser, url)) for nome, url in urls.items()}
    assert {nome: quante for nome, quante in prima.items() if quante > PAGINE[nome]} == {}
    moltiplica(progetto)
    assert {nome: len(domande(browser, url)) for nome, url in urls.items()} == prima
