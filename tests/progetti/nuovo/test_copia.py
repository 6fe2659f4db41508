"""A scheda begun from a previous one, and what is still to be looked at."""

import json
import uuid

import pytest
from django.urls import reverse

from conciliazione.models import Passaggio
from progetti import permessi
from progetti.contenuto import contenuto
from progetti.edizioni import EDIZIONI
from progetti.models import Avviso, DaRivedere, Progetto
from progetti.nuovo import copia, piano
from progetti.presentazione import transizioni
from progetti.scheda import rivedere

from ...edizione_di_prova import EDIZIONE as PROVA
from ...test_interrogazioni import domande, moltiplica


@pytest.fixture
def avviso(dimostrazione) -> Avviso:
    return Avviso.objects.aperti().get(moduli__edizione="dgr1081-2014")


@pytest.fixture
def di_prova(dimostrazione, monkeypatch) -> Avviso:
    monkeypatch.setitem(EDIZIONI, PROVA.codice, PROVA)
    return Avviso.objects.crea(PROVA.codice, codice="prova", titolo="Avviso di prova", atto="DGR di prova")


def senza_nomi(dati: dict) -> dict:
    """A content without the names of its rows: those are new in each copy."""
    testo = json.dumps({k: dati[k] for k in ("progetto", "partecipazioni", "azioni", "costi", "cofinanziamenti", "risposte")})
    for n, riga in enumerate(r for fonte in ("partecipazioni", "azioni") for r in dati[fonte]):
        testo = testo.replace(riga["id"], f"riga {n}")
    return json.loads(testo)


def test_nella_stessa_edizione_si_copia_tutto_tranne_durata_e_atti(presentato, avviso, responsabile):
    prima = contenuto(presentato)
    nuovo = copia.copia(presentato, avviso, responsabile)
    vecchi, nuovi = senza_nomi(prima), senza_nomi(contenuto(nuovo))
    assert nuovi["risposte"] == vecchi["risposte"]
    assert nuovi["progetto"] | {"id": ""} == vecchi["progetto"] | {
        "id": "",
        "durata_dal": None,
        "durata_al": None,
        "origine": "portale",
    }
    # How large a firm is, is said anew: the register has what it has declared since.
    ali = next(r for r in nuovi["partecipazioni"] if r["denominazione"].startswith("ALI"))
    assert ali["dimensione"] == "grande"
    ali["dimensione"] = None
    for fonte in ("azioni", "partecipazioni"):
        assert [r | {"id": ""} for r in nuovi[fonte]] == [r | {"id": ""} for r in vecchi[fonte]]
    assert sorted((c["azione"], c["importo"]) for c in nuovi["costi"]) == sorted(
        (c["azione"], c["importo"]) for c in vecchi["costi"]
    )
    assert [c | {"id": "", "atto": None} for c in nuovi["cofinanziamenti"]] == [
        c | {"id": "", "atto": None} for c in vecchi["cofinanziamenti"]
    ]
    assert not any(c["atto"] for c in contenuto(nuovo)["cofinanziamenti"])
    assert contenuto(nuovo)["conferme"] == {}
    assert contenuto(Progetto.objects.get(pk=presentato.pk)) == prima


def test_nessuna_riga_della_copia_e_quella_dell_originale(presentato, avviso, responsabile):
    nuovo = copia.copia(presentato, avviso, responsabile)
    vecchie, nuove = (
        {r["id"] for fonte in ("partecipazioni", "azioni", "costi", "cofinanziamenti") for r in contenuto(p)[fonte]}
        for p in (presentato, nuovo)
    )
    assert not vecchie & nuove


def test_durata_e_atti_sono_elencati_fra_cio_che_non_si_copia(presentato, avviso, responsabile):
    presentato.cofinanziamento_righe.update(atto="Delibera 12")
    Progetto.objects.filter(pk=presentato.pk).update(durata_dal="2014-10", durata_al="2015-12")
    presentato.refresh_from_db()
    nuovo = copia.copia(presentato, avviso, responsabile)
    detti = copia.non_portati(presentato, nuovo)
    assert {"ottobre 2014", "dicembre 2015", "Delibera 12"} == {d.testo for d in detti}
    assert {d.perche for d in detti} == {piano.PASSATO}


def test_ogni_valore_copiato_e_segnato_con_la_sua_provenienza(presentato, avviso, responsabile):
    nuovo = copia.copia(presentato, avviso, responsabile)
    segni = DaRivedere.objects.filter(progetto=nuovo)
    assert segni.filter(blocco="III.1.1", campo="testo", riga="").exists()
    assert segni.filter(blocco="IV.1.2", campo="costo").count() == 5
    assert set(segni.values_list("motivo", "provenienza")) == {("copiato", copia.provenienza(presentato))}
    assert presentato.titolo in copia.provenienza(presentato)
    assert presentato.avviso.titolo in copia.provenienza(presentato)


def test_i_dati_di_un_ente_sono_quelli_di_oggi_e_non_si_rivedono(presentato, avviso, responsabile):
    soggetto = presentato.partecipazioni.get(denominazione__startswith="Koala")
    soggetto.ente.denominazione = "Koala Società Benefit"
    soggetto.ente.save()
    nuovo = copia.copia(presentato, avviso, responsabile)
    koala = nuovo.partecipazioni.get(ente=soggetto.ente)
    assert koala.denominazione == "Koala Società Benefit"
    assert koala.lavoratori == soggetto.lavoratori  # the register does not know: the old copy does
    segni = DaRivedere.objects.filter(progetto=nuovo, riga=str(koala.pk))
    assert not segni.filter(campo="denominazione").exists()
    assert segni.filter(campo="lavoratori").exists()


def test_verso_un_altra_edizione_va_cio_che_quella_chiede_e_il_resto_si_elenca_per_intero(presentato, di_prova, responsabile):
    prima = contenuto(presentato)
    nuovo = copia.copia(presentato, di_prova, responsabile)
    dati = contenuto(nuovo)
    assert dati["progetto"]["titolo"] == presentato.titolo
    assert [a["titolo"] for a in dati["azioni"]] == [a["titolo"] for a in prima["azioni"] if a["genere"] == "azione"]
    assert sum(float(c["importo"]) for c in dati["costi"]) == 64000
    assert {s["denominazione"] for s in dati["partecipazioni"]} == {s["denominazione"] for s in prima["partecipazioni"]}
    non_portati = {d.dove: d.testo for d in copia.non_portati(presentato, nuovo)}
    contesto = prima["risposte"]["III.1.1"][""]["testo"]
    assert contesto in non_portati.values()
    assert any("Spese generali" in dove for dove in non_portati)


def test_ogni_cosa_scritta_e_copiata_o_elencata(presentato, di_prova, responsabile):
    prima = contenuto(presentato)
    nuovo = copia.copia(presentato, di_prova, responsabile)
    dopo = json.dumps(contenuto(nuovo), ensure_ascii=False)
    elencati = " ".join(d.testo for d in copia.non_portati(presentato, nuovo))
    testi = [
        v for righe in prima["risposte"].values() for valori in righe.values() for v in valori.values() if isinstance(v, str)
    ]
    persi = [t for t in testi if json.dumps(t, ensure_ascii=False)[1:-1] not in dopo and t not in elencati]
    date_e_scelte = [t for t in persi if not t[:4].isdigit() and t not in ("x", "distrettuale")]
    assert date_e_scelte == []


def test_copiando_due_volte_si_hanno_due_bozze(presentato, avviso, responsabile):
    primo, secondo = (copia.copia(presentato, avviso, responsabile) for _ in range(2))
    assert primo.pk != secondo.pk
    assert senza_nomi(contenuto(primo))["risposte"] == senza_nomi(contenuto(secondo))["risposte"]


def test_una_copia_sa_da_quale_progetto_viene_e_resta_se_quello_si_elimina(presentato, avviso, responsabile):
    prima = copia.copia(presentato, avviso, responsabile)
    seconda = copia.copia(prima, avviso, responsabile)
    assert (prima.copiato_da, seconda.copiato_da) == (presentato, prima)
    assert rivedere.origine_di(seconda, responsabile) == prima
    transizioni.elimina(prima.pk, responsabile)
    seconda.refresh_from_db()
    assert seconda.copiato_da is None
    assert rivedere.origine_di(seconda, responsabile) is None


def test_l_origine_non_dipende_dalle_parole_con_cui_e_annotata(presentato, avviso, responsabile):
    nuovo = copia.copia(presentato, avviso, responsabile)
    passaggio = Passaggio.objects.di(nuovo).get(azione=copia.COPIATA)
    assert "rif." not in passaggio.motivo
    passaggio.motivo = "altre parole"
    passaggio.save()
    assert rivedere.origine_di(nuovo, responsabile) == presentato


def test_se_qualcosa_va_storto_non_resta_niente(presentato, avviso, responsabile, monkeypatch):
    quanti = Progetto.objects.count()
    monkeypatch.setattr(rivedere, "segna", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        copia.copia(presentato, avviso, responsabile)
    assert Progetto.objects.count() == quanti


# Pages.


def test_dalla_pagina_dell_avviso_si_parte_da_un_progetto_precedente(entra, responsabile, presentato, avviso):
    browser = entra(responsabile)
    pagina = browser.get(reverse("progetti:nuovo_da", args=[avviso.pk])).content.decode()
    url = reverse("progetti:copia", args=[avviso.pk, presentato.pk])
    assert url in pagina
    risposta = browser.post(url, follow=True)
    assert "Che cosa è stato copiato" in risposta.content.decode()
    nuovo = risposta.context["progetto"]
    assert nuovo.creato_da == responsabile
    resta = browser.get(reverse("progetti:da_rivedere", args=[nuovo.pk])).content.decode()
    assert reverse("progetti:copiato", args=[nuovo.pk]) in resta


def test_la_pagina_della_copia_porta_all_origine_chi_la_vede_e_agli_altri_la_nomina(
    entra, capofila, partner, presentato, avviso
):
    nuovo, dove = copia.copia(presentato, avviso, capofila), reverse("progetti:dettaglio", args=[presentato.pk])
    pagina = reverse("progetti:copiato", args=[nuovo.pk])
    lette = [entra(chi).get(pagina).content.decode() for chi in (capofila, partner)]
    assert [dove in letta for letta in lette] == [True, True]
    assert ["Che cosa non è stato copiato" in letta for letta in lette] == [True, False]
    presentato.partecipazioni.filter(ente__appartenenze__utente=partner).delete()
    letta = entra(partner).get(pagina).content.decode()
    assert (presentato.titolo in letta, dove in letta) == (True, False)


def test_di_una_scheda_cominciata_vuota_si_dice_che_non_viene_da_nessuno(entra, capofila, progetto):
    letta = entra(capofila).get(reverse("progetti:copiato", args=[progetto.pk])).content.decode()
    assert "non è cominciata da un altro progetto" in letta


def test_si_parte_solo_dai_progetti_di_cui_si_e_capofila(entra, partner, estraneo, ats, presentato, avviso):
    url = reverse("progetti:copia", args=[avviso.pk, presentato.pk])
    assert [entra(chi).post(url).status_code for chi in (partner, ats, estraneo)] == [403, 403, 404]
    pagina = entra(partner).get(reverse("progetti:nuovo_da", args=[avviso.pk])).content.decode()
    assert presentato.titolo not in pagina


def test_un_avviso_chiuso_non_prende_copie(entra, responsabile, presentato, acquisito):
    url = reverse("progetti:copia", args=[acquisito.avviso_id, presentato.pk])
    assert entra(responsabile).post(url).status_code == (302 if acquisito.avviso.aperto else 404)


# To be looked at again.


def segno(progetto, blocco="III.1.1", riga="", campo="testo", motivo="copiato") -> DaRivedere:
    return DaRivedere.objects.create(
        progetto=progetto, blocco=blocco, riga=riga, campo=campo, motivo=motivo, provenienza="vecchia.docx, riga 12"
    )


def test_va_bene_cosi_toglie_il_segno_di_una_cella(entra, capofila, progetto):
    segno(progetto)
    segno(progetto, "III.1.2")
    url = reverse("progetti:visto", args=[progetto.pk])
    assert entra(capofila).post(url, {"cella": "III.1.1||testo"}).status_code == 302
    assert list(progetto.da_rivedere.values_list("blocco", flat=True)) == ["III.1.2"]


def test_va_bene_tutto_toglie_i_segni_del_blocco(entra, capofila, progetto):
    righe = [str(p) for p in progetto.azione_righe.values_list("pk", flat=True)[:2]]
    for riga in righe:
        segno(progetto, "IV.1.2", riga, "costo")
    entra(capofila).post(reverse("progetti:visto", args=[progetto.pk]), {"cella": "IV.1.2||", "elenco": "1"})
    assert not progetto.da_rivedere.exists()


def test_un_partner_rivede_solo_le_sue_righe(entra, partner, progetto):
    mio = str(progetto.partecipazioni.get(denominazione__startswith="Comunità").pk)
    altrui = str(progetto.partecipazioni.get(denominazione__startswith="Koala").pk)
    for riga in (mio, altrui):
        segno(progetto, "II.B", riga, "lr_nominativo")
    browser, url = entra(partner), reverse("progetti:visto", args=[progetto.pk])
    assert browser.post(url, {"cella": f"II.B|{altrui}|lr_nominativo"}).status_code == 403
    assert browser.post(url, {"cella": "III.1.1||testo"}).status_code == 403
    assert browser.post(url, {"cella": "II.B||"}).status_code == 302
    assert list(progetto.da_rivedere.values_list("riga", flat=True)) == [altrui]


@pytest.mark.parametrize("cella", ["", "non-esiste||testo", f"II.B|{uuid.UUID(int=0)}|lr_nominativo", "II.B|x|lr_nominativo"])
def test_una_cella_che_non_c_e_non_si_trova(entra, capofila, progetto, cella):
    assert entra(capofila).post(reverse("progetti:visto", args=[progetto.pk]), {"cella": cella}).status_code == 404


def test_la_pagina_elenca_ogni_segno_con_il_suo_campo(entra, capofila, progetto):
    segno(progetto)
    segno(progetto, "III.1.2", motivo="letto")
    pagina = entra(capofila).get(reverse("progetti:da_rivedere", args=[progetto.pk])).content.decode()
    assert "da rivedere" in pagina
    assert "da verificare" in pagina
    assert "da vecchia.docx, riga 12" in pagina
    assert f"{reverse('progetti:sezione', args=[progetto.pk, 'III'])}#id_b-III-1-1-testo" in pagina


def test_i_dati_personali_degli_altri_non_si_leggono_fra_quelli_da_rivedere(entra, partner, progetto):
    capofila = progetto.partecipazioni.get(ruolo="capofila")
    segno(progetto, "II.A", str(capofila.pk), "lr_codice_fiscale")
    codice = contenuto(progetto)["risposte"]["II.A"][str(capofila.pk)]["lr_codice_fiscale"]
    assert codice not in entra(partner).get(reverse("progetti:da_rivedere", args=[progetto.pk])).content.decode()


def test_visti_toglie_i_segni_delle_celle_scritte(progetto):
    segno(progetto, "I.1", campo="titolo")
    segno(progetto)
    assert rivedere.visti(progetto, "I.1", "", ["altro"]) == 0
    assert rivedere.visti(progetto, "I.1", "", ["titolo"]) == 1
    assert rivedere.visti(progetto, "III.1.1") == 1


def test_un_nuovo_segno_prende_il_posto_del_vecchio(progetto):
    segno(progetto)
    rivedere.segna(progetto, "letto", [("III.1.1", "", "testo", "altro.pdf, riga 3")])
    assert list(progetto.da_rivedere.values_list("motivo", "provenienza")) == [("letto", "altro.pdf, riga 3")]


def test_quante_domande_fanno_le_pagine_di_una_copia(entra, capofila, progetto, avviso):
    nuovo = copia.copia(progetto, avviso, capofila)
    browser = entra(capofila)
    # appartenenze, progetto, content (2); the source with its own; what it was begun from.
    pagine = {
        reverse("progetti:copiato", args=[nuovo.pk]): 9,
        reverse("progetti:da_rivedere", args=[nuovo.pk]): 7,
    }
    prima = {url: len(domande(browser, url)) for url in pagine}
    assert all(prima[url] <= massimo for url, massimo in pagine.items())
    moltiplica(nuovo)
    assert {url: len(domande(browser, url)) for url in pagine} == prima


def test_chi_non_prepara_schede_non_parte_da_nessuna(entra, ats, avviso):
    assert permessi.capofila_di(ats) == []
    assert entra(ats).get(reverse("progetti:nuovo_da", args=[avviso.pk])).status_code == 403
