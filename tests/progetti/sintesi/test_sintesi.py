"""Schede sintetiche: what comes from the scheda, what is chosen, the PDF of one and the booklet of many."""

import subprocess
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from alleanze.models import Ente
from conciliazione import tasks
from conciliazione.models import FileGenerato
from conciliazione.schede.canonico import impronta
from conciliazione.schede.lettura import leggi
from progetti.edizioni import EDIZIONI
from progetti.models import Progetto, SchedaSintetica
from progetti.sintesi import opuscolo, permessi, sintesi
from progetti.sintesi.forms import RISPOSTE

from ... import scheda_di_crema as crema
from ...conciliazione.schede.test_docx import contenuto_pieno as pieno
from ...moduli import campi
from ...test_interrogazioni import domande

ORDINE = (
    "Nome progetto",
    "Capofila",
    "Finanziato da",
    "Contributo ricevuto",
    "Partner di progetto",
    "Durata progetto",
    "Descrizione del progetto",
    "Target intervento",
    "Principali attività",
    "Risultati raggiunti",
    "Conclusioni",
    "Informazioni utili per i Servizi",
    "Cosa possono fare i Servizi",
    "Ruolo dei Comuni",
    "Ruolo dell'impresa",
    "Informazioni utili per gli enti Partner",
    "Come aderire",
    "Referenti",
    "Per informazioni e contatti",
)


@pytest.fixture(autouse=True)
def archivio(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def di_crema(dimostrazione) -> SchedaSintetica:
    """Of the project taken from paper."""
    return SchedaSintetica.objects.get(progetto__titolo="IN...TEMPO")


@pytest.fixture
def di_altri(dimostrazione) -> SchedaSintetica:
    """Of a project that a foundation funds; it is public."""
    return SchedaSintetica.objects.get(nome="Porte aperte")


@pytest.fixture
def della_bozza(progetto) -> SchedaSintetica:
    return SchedaSintetica.objects.create(progetto=progetto, ente=progetto.capofila)


def indirizzo(scheda: SchedaSintetica, nome: str = "") -> str:
    return reverse(f"progetti:sintesi{nome}", args=[scheda.pk])


def invia(browser, scheda: SchedaSintetica, **altri):
    """What the page would send, with something changed."""
    url = indirizzo(scheda, "_modifica")
    return browser.post(url, campi(browser.get(url)) | altri)


def proposta(dati: dict | None = None) -> dict[str, str]:
    dati = dati or crema.contenuto()
    return sintesi.proposta(dati, crema.lettura(dati))


# What a project answers by itself.


def test_la_scheda_risponde_da_se_a_cio_che_sa():
    detto = proposta()
    assert detto["capofila"] == "Comune di Crema"
    assert detto["finanziato_da"] == "Regione Lombardia (DGR 1081 del 12/12/2013)"
    assert detto["contributo"] == "€\xa049.000,00"
    assert detto["partner"].splitlines()[0] == "Comunità Sociale Cremasca a.s.c."
    assert len(detto["partner"].splitlines()) == 5
    assert detto["durata"] == "15 mesi (da ottobre 2014 a dicembre 2015)"
    assert detto["descrizione"] == crema.contenuto()["risposte"]["III.1.3"][""]["testo"].rstrip()
    assert detto["attivita"].splitlines()[0] == "formazione"
    assert "Spese generali" not in detto["attivita"]


def test_altri_beneficiari_si_leggono_con_quali_sono():
    dati = crema.contenuto()
    dati["risposte"]["I.4"][""] = {"beneficiari": ["persone", "altro"], "beneficiari_altro": "chi assiste un familiare"}
    assert proposta(dati)["target"].endswith(": chi assiste un familiare")


@pytest.mark.parametrize(
    ("dal", "al", "mesi", "detto"),
    [
        ("2017-05", "2018-09", None, "17 mesi (da maggio 2017 a settembre 2018)"),
        ("2017-05", "2017-05", None, "1 mese (da maggio 2017 a maggio 2017)"),
        ("2016-09", "2018-08", None, "24 mesi (da settembre 2016 ad agosto 2018)"),
        (None, "2018-11", 24, "24 mesi (fino a novembre 2018)"),
        ("2017-05", None, None, "da maggio 2017"),
        (None, None, 18, "18 mesi"),
        (None, None, None, ""),
    ],
)
def test_la_durata_conta_il_primo_e_l_ultimo_mese_e_puo_non_sapersi(dal, al, mesi, detto):
    assert sintesi.durata(dal, al, mesi) == detto


def test_un_edizione_senza_rimandi_dice_cio_che_ogni_progetto_sa():
    dati = crema.contenuto() | {"edizione": "mai-vista"}
    detto = sintesi.proposta(dati, crema.lettura(crema.contenuto()))
    assert (detto["capofila"], detto["descrizione"], detto["target"]) == ("Comune di Crema", "", "")
    assert detto["finanziato_da"] == "DGR 1081 del 12/12/2013"


@pytest.mark.parametrize("codice", EDIZIONI)
def test_ogni_rimando_e_un_campo_della_sua_edizione(codice):
    rimandi = EDIZIONI[codice].sintesi
    assert rimandi.descrizione
    for posto in (*rimandi.descrizione, *rimandi.obiettivi, *rimandi.target):
        blocco, _, campo = posto.rpartition(".")
        assert campo in EDIZIONI[codice].blocco(blocco).campi()


def test_la_scheda_del_2017_dice_finalita_e_target_di_ogni_azione():
    dati = pieno(EDIZIONI["ptc-2017"])
    azione = dati["azioni"][0] | {"codice": "C1"}
    dati["azioni"] = [azione, *dati["azioni"][1:]]
    dati["risposte"] = {"finalita": {"": {"testo": "Tenere insieme."}}, "target": {azione["id"]: {"target": "Famiglie"}}}
    detto = sintesi.proposta(dati, leggi(EDIZIONI["ptc-2017"], dati))
    assert (detto["descrizione"], detto["target"]) == ("Tenere insieme.", "C1) Famiglie")
    assert detto["attivita"].splitlines()[0] == f"C1) {azione['titolo']}"


def test_la_scheda_del_2022_dice_il_contesto_e_i_destinatari_una_volta_sola():
    dati = pieno(EDIZIONI["welfare-2022"])
    dati["risposte"] = {"B.1": {"": {"testo": "Il contesto."}}}
    for riga in dati["destinatari"]:
        riga["tipo"] = "nuclei"
    detto = sintesi.proposta(dati, leggi(EDIZIONI["welfare-2022"], dati))
    assert (detto["descrizione"], detto["target"]) == ("Il contesto.", "nuclei famigliari di dipendenti")


def test_senza_descrizione_si_leggono_gli_obiettivi():
    dati = crema.contenuto()
    del dati["risposte"]["III.1.3"]
    assert proposta(dati)["descrizione"] == dati["risposte"]["III.1.2"][""]["testo"].rstrip()


# The sheet.


def test_le_voci_sono_quelle_del_modulo_nel_loro_ordine():
    assert tuple(sintesi.VOCI.values()) == ORDINE


def test_si_stampa_solo_cio_che_c_e():
    voci = sintesi.componi("Porte aperte", {"come_aderire": "Basta scrivere.", "conclusioni": " \n "}, [], {})
    assert [v["titolo"] for v in voci] == ["Nome progetto", "Come aderire"]


def test_un_testo_proprio_vale_al_posto_di_quello_della_scheda():
    voci = {v["chiave"]: v for v in sintesi.componi("", {"descrizione": "In breve."}, [], proposta())}
    assert (voci["descrizione"]["testo"], voci["descrizione"]["dalla_scheda"]) == ("In breve.", False)
    assert (voci["capofila"]["testo"], voci["capofila"]["dalla_scheda"]) == ("Comune di Crema", True)


@pytest.mark.parametrize(
    ("risposte", "titolo"),
    [
        ({}, "Contributo richiesto"),
        ({"contributo": "96000.00"}, "Contributo ricevuto"),
        ({"contributo": "96000.00", "contributo_parola": "richiesto"}, "Contributo richiesto"),
        ({"contributo": "96000.00", "contributo_parola": "concesso"}, "Contributo concesso"),
    ],
)
def test_cio_che_la_scheda_chiede_non_si_dice_ricevuto(risposte, titolo):
    voci = {v["chiave"]: v for v in sintesi.componi("", risposte, [], proposta())}
    assert voci["contributo"]["titolo"] == titolo


def test_i_candidati_sono_chi_la_scheda_nomina_e_nessuno_e_scelto():
    dati = crema.contenuto()
    dati["referenti"] = [
        {
            "id": "r",
            "partecipazione": dati["partecipazioni"][1]["id"],
            "nominativo": "Livia Sala",
            "telefono": None,
            "email": None,
        }
    ]
    detti = [sintesi.in_una_riga(c["recapiti"]) for c in sintesi.candidati(dati)]
    assert detti == [
        "Evaristo Mondini, tel. 0373 000003, e-mail dirigente@comune.example.it",
        "Livia Sala",
        "Ennio Cattaneo, tel. 0373 000002, e-mail referente@coop.example.it",
    ]
    assert not [
        v for v in sintesi.componi("", {}, [], sintesi.proposta(dati, crema.lettura(dati))) if v["chiave"] == "referenti"
    ]


# Pages.


def test_la_scheda_di_un_progetto_si_apre_dal_progetto_una_volta_sola(entra, capofila, progetto):
    url = reverse("progetti:sintesi_del_progetto", args=[progetto.pk])
    browser = entra(capofila)
    assert "Prepara la scheda sintetica" in browser.get(url).content.decode()
    assert browser.post(url).url == browser.post(url).url
    scheda = SchedaSintetica.objects.get(progetto=progetto)
    assert scheda.ente == progetto.capofila
    assert browser.get(url).url == indirizzo(scheda)


def test_chi_non_prepara_legge_che_non_c_e_ancora(entra, partner, progetto):
    url = reverse("progetti:sintesi_del_progetto", args=[progetto.pk])
    pagina = entra(partner).get(url).content.decode()
    assert "Non c'è ancora" in pagina.replace("&#x27;", "'")
    assert entra(partner).post(url).status_code == 403


def test_la_pagina_di_modifica_mostra_cio_che_dice_la_scheda_e_salva_cio_che_si_scrive(entra, capofila, di_crema):
    browser = entra(capofila)
    pagina = browser.get(indirizzo(di_crema, "_modifica")).content.decode()
    assert "Dalla scheda" in pagina
    assert "Regione Lombardia (DGR 1081" in pagina
    risposta = invia(browser, di_crema, conclusioni="È andata bene.", contributo="51.000,00", contributo_parola="ricevuto")
    assert risposta.url == indirizzo(di_crema)
    letta = browser.get(risposta.url).content.decode()
    assert "È andata bene." in letta
    assert "Contributo ricevuto" in letta
    assert "51.000,00" in letta
    di_crema.refresh_from_db()
    assert di_crema.risposte["contributo"] == "51000.00"


def test_salvare_senza_cambiare_nulla_non_cambia_nulla(entra, capofila, partner, di_crema, di_altri):
    for chi, scheda in ((capofila, di_crema), (partner, di_altri)):
        prima = scheda.detta
        assert invia(entra(chi), scheda).status_code == 302
        assert SchedaSintetica.objects.get(pk=scheda.pk).detta == prima


@pytest.mark.parametrize(
    ("altri", "detto"),
    [
        ({"contributo": "226,145,53"}, "226.145,53"),
        ({"durata_dal": "05/2017", "durata_al": "09/2018", "durata_mesi": "16"}, "i mesi sono 17"),
        ({"durata_dal": "05/2017", "durata_al": "04/2017"}, "viene prima"),
        ({"durata_dal": "maggio"}, "non è un mese"),
        ({"nome": " "}, "Scrivi il nome"),
        ({"proprio-0-nominativo": "", "proprio-0-telefono": "0373 1"}, "di chi sono"),
        ({"proprio-0-email": "non è una posta"}, "non è scritto bene"),
        ({"contributo": "", "contributo_parola": "concesso"}, "Scrivi l'importo"),
    ],
)
def test_un_errore_si_dice_al_campo_e_in_cima_e_tiene_cio_che_era_scritto(entra, partner, di_altri, altri, detto):
    prima = di_altri.detta
    risposta = invia(entra(partner), di_altri, **altri | {"conclusioni": "Appena scritto."})
    pagina = risposta.content.decode().replace("&#x27;", "'")
    assert risposta.status_code == 422
    assert pagina.count(detto) >= 2
    assert "Appena scritto." in pagina
    assert SchedaSintetica.objects.get(pk=di_altri.pk).detta == prima


def test_chi_salva_dopo_un_collega_lo_vede_prima_di_coprirlo(entra, capofila, responsabile, di_crema):
    url = indirizzo(di_crema, "_modifica")
    aperta = campi(entra(capofila).get(url))
    assert invia(entra(responsabile), di_crema, conclusioni="Della collega.").status_code == 302
    rifiuto = entra(capofila).post(url, aperta | {"conclusioni": "Mio.", "come_aderire": "Scrivendo."})
    assert rifiuto.status_code == 409
    pagina = rifiuto.content.decode()
    assert "Della collega." in pagina
    assert "Mio." in pagina
    di_crema.refresh_from_db()
    assert di_crema.risposte["conclusioni"] == "Della collega."
    assert entra(capofila).post(url, campi(rifiuto)).status_code == 302
    di_crema.refresh_from_db()
    assert (di_crema.risposte["conclusioni"], di_crema.risposte["come_aderire"]) == ("Mio.", "Scrivendo.")


def test_un_errore_non_fa_dimenticare_che_un_collega_ha_salvato(entra, capofila, responsabile, di_crema):
    url = indirizzo(di_crema, "_modifica")
    aperta = campi(entra(capofila).get(url))
    invia(entra(responsabile), di_crema, conclusioni="Della collega.")
    errata = entra(capofila).post(url, aperta | {"contributo": "molto"})
    assert errata.status_code == 422
    assert entra(capofila).post(url, campi(errata) | {"contributo": ""}).status_code == 409


def test_un_referente_si_pubblica_solo_se_e_spuntato(entra, capofila, progetto, della_bozza):
    browser = entra(capofila)
    url = indirizzo(della_bozza, "_modifica")
    pagina = campi(browser.get(url))
    assert "scelti" not in pagina
    scelto = sintesi.candidati(opuscolo.fonte_di(della_bozza, capofila).contenuto)[0]["recapiti"]
    assert scelto["nominativo"] not in browser.get(indirizzo(della_bozza)).content.decode()
    chiave = impronta(scelto)[:20]
    propri = {"proprio-0-nominativo": "Ufficio di Piano", "proprio-0-telefono": "0373 000300"}
    assert browser.post(url, pagina | {"scelti": [chiave]} | propri).status_code == 302
    della_bozza.refresh_from_db()
    assert della_bozza.referenti == [scelto, {"nominativo": "Ufficio di Piano", "telefono": "0373 000300", "email": ""}]
    assert campi(browser.get(url))["scelti"] == [chiave]
    letta = browser.get(indirizzo(della_bozza)).content.decode()
    assert scelto["nominativo"] in letta
    assert "Ufficio di Piano" in letta


def test_un_referente_che_la_scheda_non_dice_piu_si_sceglie_di_nuovo(entra, capofila, della_bozza):
    risposta = invia(entra(capofila), della_bozza, scelti=["0" * 20])
    assert risposta.status_code == 422
    assert "scegli di nuovo" in risposta.content.decode()


def test_una_scheda_di_altri_la_apre_anche_l_ats_per_il_suo_ente(entra, ats):
    browser = entra(ats)
    url = reverse("progetti:sintesi_nuova")
    assert browser.post(url, {"nome": ""}).status_code == 422
    ente = ats.appartenenze.get().ente
    risposta = browser.post(url, {"nome": "Progetto europeo", "ente": str(ente.pk)})
    scheda = SchedaSintetica.objects.get(nome="Progetto europeo")
    assert risposta.url == indirizzo(scheda, "_modifica")
    assert browser.get(risposta.url).status_code == 200


def test_non_si_apre_per_un_ente_che_non_e_proprio(entra, ats):
    altrui = Ente.objects.get(denominazione="Comune di Crema")
    assert entra(ats).post(reverse("progetti:sintesi_nuova"), {"nome": "X", "ente": str(altrui.pk)}).status_code == 422
    assert not SchedaSintetica.objects.filter(nome="X").exists()


def test_eliminare_la_pagina_lascia_il_progetto(entra, capofila, di_crema):
    browser = entra(capofila)
    assert browser.get(indirizzo(di_crema, "_elimina")).url == indirizzo(di_crema)
    assert browser.post(indirizzo(di_crema, "_elimina")).url == reverse("progetti:sintesi_elenco")
    assert not SchedaSintetica.objects.filter(pk=di_crema.pk).exists()
    assert Progetto.objects.filter(titolo="IN...TEMPO").exists()


# Which text, and for whom.


def test_i_testi_sono_quelli_dell_ultima_versione(di_crema, capofila, acquisito):
    Progetto.objects.filter(pk=acquisito.pk).update(titolo="Cambiato dopo")
    fonte = opuscolo.fonte_di(SchedaSintetica.objects.get(pk=di_crema.pk), capofila)
    assert fonte.versione == 1
    assert opuscolo.composta(di_crema, fonte)["nome"] == "IN...TEMPO"


def test_di_una_bozza_i_testi_li_vede_solo_chi_legge_la_scheda(della_bozza, partner, regione):
    assert opuscolo.fonte_di(della_bozza, partner).versione is None
    assert opuscolo.fonte_di(della_bozza, regione) is None


@pytest.mark.parametrize(("stato", "pubblica"), [("presentato", False), ("finanziato", True), ("revocato", False)])
def test_di_un_progetto_tutti_leggono_solo_se_e_approvato(presentato, stato, pubblica, estraneo):
    scheda = SchedaSintetica.objects.create(progetto=presentato, ente=presentato.capofila, pubblica=True)
    Progetto.objects.filter(pk=presentato.pk).update(stato=stato)
    assert SchedaSintetica.objects.pubbliche().filter(pk=scheda.pk).exists() is pubblica
    assert SchedaSintetica.objects.visibili_a(estraneo).filter(pk=scheda.pk).exists() is pubblica


def test_a_tutti_la_fa_vedere_il_responsabile_e_non_prima_che_sia_approvato(responsabile, capofila, presentato):
    scheda = SchedaSintetica(progetto=presentato, ente=presentato.capofila)
    assert not permessi.puo_pubblicare_sintesi(responsabile, scheda)
    presentato.stato = "finanziato"
    assert permessi.puo_pubblicare_sintesi(responsabile, scheda)
    assert not permessi.puo_pubblicare_sintesi(capofila, scheda)


def test_chi_non_decide_non_la_rende_pubblica(entra, capofila, di_crema):
    assert invia(entra(capofila), di_crema, pubblica="on").status_code == 302
    di_crema.refresh_from_db()
    assert not di_crema.pubblica


def test_le_pagine_chiedono_lo_stesso_con_molte_schede(entra, capofila, di_crema, della_bozza):
    browser = entra(capofila)
    pagine = [reverse("progetti:sintesi_elenco"), indirizzo(di_crema, "_modifica"), indirizzo(della_bozza, "_modifica")]
    prima = [len(domande(browser, url)) for url in pagine]
    # Whether Regione and the sheets; the sheet and its newest version; for a draft also the content.
    assert [quante <= al_piu for quante, al_piu in zip(prima, (3, 5, 20), strict=True)] == [True] * 3
    for n in range(40):
        SchedaSintetica.objects.create(nome=f"Altra {n}", ente=di_crema.ente)
    assert [len(domande(browser, url)) for url in pagine] == prima


# List and booklet.


def elenco(browser, **filtri) -> str:
    return browser.get(reverse("progetti:sintesi_elenco"), filtri).content.decode()


def test_l_elenco_mostra_le_proprie_quelle_dei_propri_progetti_e_le_pubbliche(entra, capofila, estraneo, di_crema):
    assert all(nome in elenco(entra(capofila)) for nome in ("IN...TEMPO", "Porte aperte", "Casa e lavoro"))
    pagina = elenco(entra(estraneo))
    assert "IN...TEMPO" not in pagina
    assert "Porte aperte" in pagina


def test_un_elenco_vuoto_dice_che_fare(entra, estraneo):
    SchedaSintetica.objects.all().delete()
    assert "Nessuna scheda sintetica" in elenco(entra(estraneo))


@pytest.mark.parametrize(
    ("filtri", "attese"),
    [
        ({"anno": "2017"}, {"Porte aperte"}),
        ({"anno": "2018"}, {"Porte aperte", "Casa e lavoro"}),
        ({"capofila": "Comune di Crema"}, {"IN...TEMPO"}),
        ({"anno": "1999"}, set()),
    ],
)
def test_l_elenco_si_restringe(entra, capofila, filtri, attese):
    pagina = elenco(entra(capofila), **filtri)
    assert {nome for nome in ("IN...TEMPO", "Porte aperte", "Casa e lavoro") if f">{nome}</a>" in pagina} == attese


def test_l_elenco_si_restringe_per_alleanza(entra, capofila, di_crema):
    pagina = elenco(entra(capofila), alleanza=str(di_crema.progetto.alleanza_id))
    assert ">IN...TEMPO</a>" in pagina
    assert ">Porte aperte</a>" not in pagina


def fatto(url: str) -> FileGenerato:
    """The file that was asked for, made as the worker makes it."""
    pk = int(url.rstrip("/").rpartition("/")[2])
    tasks.fai_file(pk)
    return FileGenerato.objects.get(pk=pk)


def pagine(file: FileGenerato) -> list[str]:
    testo = subprocess.run(["pdftotext", "-layout", file.file.path, "-"], capture_output=True, check=True, text=True).stdout
    return testo.split("\f")[:-1]


def test_il_pdf_di_una_scheda_e_fatto_una_volta_e_sta_in_una_pagina(entra, partner, di_altri):
    browser = entra(partner)
    url = browser.post(indirizzo(di_altri, "_pdf")).url
    assert browser.post(indirizzo(di_altri, "_pdf")).url == url
    file = fatto(url)
    assert file.pronto
    (pagina,) = pagine(file)
    assert "SCHEDA PROGETTO SINTETICA" in pagina
    posti = [pagina.index(titolo) for titolo in ORDINE if titolo in pagina]
    assert posti == sorted(posti)
    assert len(posti) == 14
    attesa = browser.get(url).content.decode()
    assert "Il PDF è pronto" in attesa
    assert "due al massimo" not in attesa


def test_gli_stessi_testi_danno_gli_stessi_byte(di_altri, partner):
    file = opuscolo.chiedi_pdf(di_altri, partner)
    assert opuscolo.CARTA.produci(file) == opuscolo.CARTA.produci(file)


def test_di_una_scheda_lunga_si_dice_quante_pagine_occupa(entra, partner, di_altri):
    di_altri.risposte["risultati"] = "Una riga di risultati.\n" * 150
    di_altri.save()
    url = entra(partner).post(indirizzo(di_altri, "_pdf")).url
    fatto(url)
    pagina = entra(partner).get(url).content.decode()
    assert "«Porte aperte» occupa 4 pagine: una scheda sintetica ne ha una, due al massimo." in pagina


def test_l_opuscolo_ha_copertina_indice_con_le_pagine_e_una_scheda_dopo_l_altra(entra, capofila, di_crema):
    browser = entra(capofila)
    dati = {"titolo": "I progetti del Cremasco", "a_cura": "Ufficio di Piano", "tutte": "1"}
    url = browser.post(reverse("progetti:sintesi_elenco"), dati).url
    testi = pagine(fatto(url))
    assert "I progetti del Cremasco" in testi[0]
    assert "A cura di Ufficio di Piano" in testi[0]
    assert "5 progetti" in testi[0]
    for nome in ("Casa e lavoro", "IN...TEMPO", "Porte aperte"):
        inizio = next(n for n, t in enumerate(testi, 1) if "SCHEDA PROGETTO SINTETICA" in t and nome in t)
        riga = next(r for r in testi[1].splitlines() if r.startswith(nome) or f" {nome}" in r)
        assert riga.rstrip(". ").endswith(str(inizio))
    assert "I progetti del Cremasco" in browser.get(url).content.decode()


def test_l_opuscolo_e_delle_schede_spuntate(entra, capofila, di_crema, di_altri):
    dati = {"titolo": "Due", "scheda": [str(di_crema.pk), str(di_altri.pk)]}
    url = entra(capofila).post(reverse("progetti:sintesi_elenco"), dati).url
    assert entra(capofila).post(reverse("progetti:sintesi_elenco"), dati).url == url
    detto = "\n".join(pagine(fatto(url)))
    assert "Porte aperte" in detto
    assert "Casa e lavoro" not in detto


@pytest.mark.parametrize(
    ("dati", "detto"), [({"titolo": "X"}, "Spunta almeno"), ({"titolo": "", "tutte": "1"}, "Scrivi il titolo")]
)
def test_senza_schede_o_senza_titolo_l_opuscolo_non_si_chiede(entra, capofila, dati, detto):
    risposta = entra(capofila).post(reverse("progetti:sintesi_elenco"), dati | {"a_cura": "Ufficio di Piano"})
    assert risposta.status_code == 422
    assert detto in risposta.content.decode()
    assert 'value="Ufficio di Piano"' in risposta.content.decode()
    assert not FileGenerato.objects.exists()


def test_un_opuscolo_troppo_grande_si_restringe(entra, capofila, monkeypatch):
    monkeypatch.setattr(opuscolo, "SCHEDE_MASSIME", 2)
    risposta = entra(capofila).post(reverse("progetti:sintesi_elenco"), {"titolo": "X", "tutte": "1"})
    assert "in un opuscolo ne stanno 2" in risposta.content.decode()


def test_il_file_e_di_chi_vede_le_schede_e_legge_quelle_vive(
    entra, capofila, partner, estraneo, regione, della_bozza, di_altri
):
    vivo = entra(capofila).post(indirizzo(della_bozza, "_pdf")).url
    assert [entra(chi).get(vivo).status_code for chi in (capofila, partner, regione, estraneo)] == [200, 200, 404, 404]
    pubblico = entra(partner).post(indirizzo(di_altri, "_pdf")).url
    assert [entra(chi).get(pubblico).status_code for chi in (capofila, estraneo)] == [200, 200]
    assert Client().get(pubblico).status_code == 302


def test_una_scheda_cambiata_e_un_altro_pdf(di_altri, partner):
    prima = opuscolo.chiedi_pdf(di_altri, partner)
    SchedaSintetica.objects.filter(pk=di_altri.pk).update(modificata_il=timezone.now() + timedelta(days=1))
    assert opuscolo.chiedi_pdf(SchedaSintetica.objects.get(pk=di_altri.pk), partner) == prima
    di_altri.risposte["conclusioni"] = "Altre."
    di_altri.save()
    assert opuscolo.chiedi_pdf(di_altri, partner) != prima


def test_ogni_risposta_della_pagina_e_una_voce_della_scheda():
    assert set(RISPOSTE) - set(sintesi.DURATA) - {"contributo_parola"} <= set(sintesi.VOCI)
