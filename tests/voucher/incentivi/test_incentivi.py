"""Incentives to firms: measure, experiment, request, decision, and money that is never more than there is."""

import threading
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection, connections, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from alleanze.models import Appartenenza, Ente
from conciliazione.demo import incentivi
from conciliazione.models import Notifica, Passaggio
from conciliazione.passaggi import Rifiuto
from progetti.models import VoceCosto
from voucher.incentivi import da_fare, denaro, transizioni
from voucher.incentivi.forms import MisuraForm
from voucher.models import AiutoDeMinimis, MisuraIncentivo, RichiestaIncentivo

from ... import fabbrica
from ...moduli import campi
from ...test_interrogazioni import domande

IERI = timezone.localdate() - timedelta(days=1)


@pytest.fixture
def approvato(presentato):
    presentato.stato = "finanziato"
    presentato.save(update_fields=["stato"])
    return presentato


@pytest.fixture
def misura(approvato) -> MisuraIncentivo:
    return MisuraIncentivo.objects.create(
        progetto=approvato,
        azione=approvato.azione_righe.filter(genere="azione").last(),
        titolo="Orari flessibili",
        condizioni="Almeno tre mesi di prova.",
        dotazione=Decimal("2000.00"),
        massimo_per_impresa=Decimal("1500.00"),
        percentuale=Decimal("50.00"),
        de_minimis_massimo=Decimal("300000.00"),
        pubblicata=True,
    )


@pytest.fixture
def impresa(altro_partner):
    """Iride's person, who answers for it."""
    altro_partner.appartenenze.update(ruolo=Appartenenza.Ruolo.RESPONSABILE)
    return altro_partner


def nuova(misura, utente, ente=None, **altro) -> RichiestaIncentivo:
    comune = {"descrizione": "Turni scelti insieme", "fine": IERI, "risultati": "Meno assenze", "aperta_da": utente}
    comune |= {"spesa": Decimal("3000.00"), "richiesto": Decimal("1200.00"), "stato": "avviata"}
    ente = ente or Ente.objects.get(denominazione__startswith="Iride")
    return RichiestaIncentivo.objects.create(misura=misura, ente=ente, **comune | altro)


@pytest.fixture
def presentata(misura, impresa) -> RichiestaIncentivo:
    return nuova(misura, impresa, stato="presentata")


def url(nome: str, *argomenti) -> str:
    return reverse(f"voucher:{nome}", args=argomenti)


# The measure.


MODULO = {"titolo": "Orari", "condizioni": "Tre mesi", "dotazione": "1.000,00", "de_minimis_massimo": "300.000,00"}


def modulo(**altro) -> dict:
    return MODULO | altro


def impronta(browser, indirizzo: str) -> str:
    return browser.get(indirizzo).context["form"]["impronta"].value()


def test_il_capofila_pubblica_una_misura(entra, capofila, approvato):
    browser, indirizzo = entra(capofila), url("misura_nuova", approvato.pk)
    dati = modulo(pubblicata="on", de_minimis="on", impronta=impronta(browser, indirizzo))
    assert browser.post(indirizzo, dati).status_code == 302
    misura = MisuraIncentivo.objects.get()
    assert (misura.dotazione, misura.massimo_per_impresa, misura.pubblicata) == (Decimal("1000.00"), None, True)


def test_la_dotazione_sta_nel_costo_della_sua_azione(misura):
    costo = VoceCosto.objects.filter(azione=misura.azione).first().importo
    dati = modulo(dotazione=str(costo).replace(".", ","), azione=str(misura.azione_id))
    form = MisuraForm(dati, progetto=misura.progetto)
    assert not form.is_valid()
    assert "le altre sue misure ne impegnano €\xa02.000,00" in form.errors["dotazione"][0]
    da_sola = MisuraForm(dati, progetto=misura.progetto, misura=misura)
    assert "dotazione" not in da_sola.errors


def test_la_dotazione_non_scende_sotto_il_concesso(misura, presentata, responsabile):
    transizioni.concedi(presentata.pk, responsabile, Decimal("1200.00"), "determina 1", "1234567")
    form = MisuraForm(modulo(dotazione="1.199,99"), progetto=misura.progetto, misura=misura)
    assert "già stati concessi" in form.errors["dotazione"][0]


def test_chi_salva_per_secondo_lo_viene_a_sapere_e_poi_decide(entra, capofila, misura):
    browser, indirizzo = entra(capofila), url("misura_modifica", misura.pk)
    vecchia = impronta(browser, indirizzo)
    MisuraIncentivo.objects.filter(pk=misura.pk).update(titolo="Cambiata da un'altra")
    risposta = browser.post(indirizzo, modulo(impronta=vecchia))
    assert risposta.status_code == 422
    assert "Mentre scrivevi" in risposta.content.decode()
    nuova_impronta = risposta.context["form"]["impronta"].value()
    assert browser.post(indirizzo, modulo(impronta=nuova_impronta)).status_code == 302


def test_anche_l_impresa_viene_a_sapere_che_qualcun_altro_ha_salvato(entra, impresa, misura):
    richiesta = nuova(misura, impresa)
    browser, indirizzo = entra(impresa), url("modifica", richiesta.pk)
    gestione = {"aiuti-TOTAL_FORMS": "0", "aiuti-INITIAL_FORMS": "0"}
    dati = gestione | {"descrizione": "La mia", "impronta": impronta(browser, indirizzo)}
    RichiestaIncentivo.objects.filter(pk=richiesta.pk).update(descrizione="Della collega")
    risposta = browser.post(indirizzo, dati)
    assert risposta.status_code == 422
    assert "Mentre scrivevi" in risposta.content.decode()
    assert "La mia" in risposta.content.decode()


def test_una_misura_da_pubblicare_la_vede_solo_il_capofila(entra, capofila, partner, ats, misura):
    MisuraIncentivo.objects.update(pubblicata=False)
    codici = [entra(u).get(url("misura", misura.pk)).status_code for u in (capofila, partner, ats)]
    assert codici == [200, 404, 404]


def test_su_un_progetto_non_approvato_non_si_fanno_misure(entra, capofila, progetto):
    assert entra(capofila).get(url("misura_nuova", progetto.pk)).status_code == 403


# The request.


def test_un_impresa_apre_la_richiesta_e_comincia(entra, impresa, misura, capofila):
    browser = entra(impresa)
    iride = impresa.appartenenze.get().ente
    browser.post(url("chiedi", misura.pk), {"ente": iride.pk, "descrizione": "Turni"})
    richiesta = RichiestaIncentivo.objects.get()
    browser.post(url("avvia", richiesta.pk))
    richiesta.refresh_from_db()
    assert richiesta.stato == "avviata"
    assert Notifica.objects.filter(utente=capofila, testo__contains="comincia a sperimentare").exists()


def test_la_stessa_impresa_non_apre_due_richieste(entra, impresa, misura):
    nuova(misura, impresa)
    assert entra(impresa).get(url("chiedi", misura.pk)).status_code == 403


def test_chi_e_stato_respinto_puo_chiedere_di_nuovo(entra, impresa, misura):
    nuova(misura, impresa, stato="respinta", motivo="x")
    assert entra(impresa).get(url("chiedi", misura.pk)).status_code == 200


def test_un_ente_pubblico_non_chiede_incentivi_alle_imprese(entra, partner, misura):
    assert entra(partner).get(url("chiedi", misura.pk)).status_code == 403


def test_a_misura_chiusa_non_si_comincia(impresa, misura):
    richiesta = nuova(misura, impresa, stato="bozza")
    MisuraIncentivo.objects.update(chiude_il=timezone.now())
    with pytest.raises(Rifiuto, match="non è aperta"):
        transizioni.avvia(richiesta.pk, impresa)


@pytest.mark.parametrize(
    ("manca", "frase"),
    [
        ({"fine": None}, "sperimentazione conclusa"),
        ({"fine": timezone.localdate() + timedelta(days=1)}, "sperimentazione conclusa"),
        ({"risultati": " "}, "che cosa è cambiato"),
        ({"richiesto": None}, "importo che chiedi"),
        ({"spesa": None}, "spesa sostenuta"),
    ],
)
def test_prima_della_fine_e_senza_dati_non_si_chiede(impresa, misura, manca, frase):
    richiesta = nuova(misura, impresa, **manca)
    with pytest.raises(Rifiuto, match=frase):
        transizioni.presenta(richiesta.pk, impresa, dichiara=True)


def test_senza_dichiarazione_de_minimis_non_si_chiede(entra, impresa, misura):
    richiesta = nuova(misura, impresa)
    pagina = entra(impresa).post(url("presenta", richiesta.pk), follow=True).content.decode()
    assert "Serve la dichiarazione" in pagina
    entra(impresa).post(url("presenta", richiesta.pk), {"dichiara": "1"})
    richiesta.refresh_from_db()
    assert (richiesta.stato, richiesta.dichiarata_da) == ("presentata", impresa)


def test_un_operatore_scrive_e_non_dichiara(entra, altro_partner, misura):
    richiesta = nuova(misura, altro_partner)
    assert entra(altro_partner).get(url("modifica", richiesta.pk)).status_code == 200
    assert entra(altro_partner).post(url("presenta", richiesta.pk), {"dichiara": "1"}).status_code == 403


def test_gli_aiuti_si_scrivono_si_correggono_e_si_tolgono(entra, impresa, misura):
    richiesta = nuova(misura, impresa)
    browser, indirizzo = entra(impresa), url("modifica", richiesta.pk)
    gestione = {"aiuti-TOTAL_FORMS": "2", "aiuti-INITIAL_FORMS": "0", "aiuti-MIN_NUM_FORMS": "0", "aiuti-MAX_NUM_FORMS": "50"}
    dati = gestione | {"descrizione": "Turni", "impronta": impronta(browser, indirizzo)}
    dati |= {"aiuti-0-da": "INPS", "aiuti-0-concesso_il": "01/03/2025", "aiuti-0-importo": "226,145,53"}
    risposta = browser.post(indirizzo, dati)
    assert risposta.status_code == 422
    assert "226.145,53" in risposta.content.decode()
    assert not AiutoDeMinimis.objects.exists()
    assert browser.post(indirizzo, dati | {"aiuti-0-importo": "226.145,53"}).status_code == 302
    assert AiutoDeMinimis.objects.get().importo == Decimal("226145.53")
    via = gestione | {"aiuti-TOTAL_FORMS": "1", "aiuti-INITIAL_FORMS": "1", "aiuti-0-DELETE": "on"}
    browser.post(indirizzo, dati | via | {"aiuti-0-importo": "1,00", "impronta": impronta(browser, indirizzo)})
    assert not AiutoDeMinimis.objects.exists()


def test_gli_aiuti_non_toccati_restano_quando_si_salva_il_resto(entra, impresa, misura):
    richiesta = nuova(misura, impresa)
    richiesta.aiuti.create(da="INPS", concesso_il="2025-03-01", importo=Decimal("100.00"))
    browser, indirizzo = entra(impresa), url("modifica", richiesta.pk)
    assert browser.post(indirizzo, campi(browser.get(indirizzo)) | {"descrizione": "Turni più corti"}).status_code == 302
    assert [aiuto.importo for aiuto in richiesta.aiuti.all()] == [Decimal("100.00")]


def test_chi_ha_presentato_non_modifica_piu(entra, impresa, presentata):
    assert entra(impresa).get(url("modifica", presentata.pk)).status_code == 302


# The decision.


def test_si_concede_entro_ogni_limite_e_il_rifiuto_mostra_il_conto(presentata, responsabile):
    with pytest.raises(Rifiuto, match=r"1\.200,01 è troppo: richiesto .*1\.200,00"):
        transizioni.concedi(presentata.pk, responsabile, Decimal("1200.01"), "determina 1", "1234567")
    concessa = transizioni.concedi(presentata.pk, responsabile, Decimal("1200.00"), "determina 1", "1234567")
    assert (concessa.stato, concessa.concesso, concessa.codice_rna) == ("concessa", Decimal("1200.00"), "1234567")
    assert Passaggio.objects.filter(azione="concedi", oggetto_id=str(presentata.pk)).count() == 1


def test_la_percentuale_della_spesa_non_si_arrotonda_mai_in_su(presentata):
    presentata.spesa, presentata.richiesto = Decimal("100.01"), None
    presentata.misura.percentuale = Decimal("33.33")
    assert denaro.limiti(presentata)[0].importo == Decimal("33.33")


def test_senza_codice_rna_un_de_minimis_non_si_concede(presentata, responsabile):
    with pytest.raises(Rifiuto, match="COR"):
        transizioni.concedi(presentata.pk, responsabile, Decimal("10.00"), "determina 1")


def test_un_codice_rna_sbagliato_si_rifiuta_al_campo(entra, responsabile, presentata):
    dati = {"importo": "100,00", "atto": "determina 1", "codice_rna": "ABC"}
    risposta = entra(responsabile).post(url("concedi", presentata.pk), dati)
    assert risposta.status_code == 422
    assert "Il codice COR è un numero" in risposta.content.decode()


def test_gli_aiuti_dichiarati_nei_tre_anni_abbassano_il_massimo(presentata):
    giorno = date(2026, 11, 21)
    for concesso_il, importo in ((date(2023, 11, 21), "9000"), (date(2023, 11, 22), "299000"), (date(2026, 11, 21), "500")):
        presentata.aiuti.create(concesso_il=concesso_il, da="Regione", importo=Decimal(importo))
    assert denaro.avuti_nei_tre_anni(presentata, giorno) == Decimal("299500")
    assert denaro.limiti(presentata, giorno)[0].importo == Decimal("500.00")


def test_conta_anche_cio_che_il_portale_ha_concesso_e_nessuno_ha_dichiarato(misura, presentata, impresa):
    altra = MisuraIncentivo.objects.create(progetto=misura.progetto, titolo="Altra", condizioni="x", dotazione="900000")
    nuova(altra, impresa, stato="concessa", concesso=Decimal("299900"), atto="x", decisa_il=timezone.now())
    assert denaro.limiti(presentata)[0].importo == Decimal("100.00")


def test_la_dotazione_si_esaurisce(misura, presentata, responsabile, impresa):
    transizioni.concedi(presentata.pk, responsabile, Decimal("1200.00"), "determina 1", "1234567")
    seconda = nuova(misura, impresa, ente=Ente.objects.get(denominazione__startswith="Koala"), stato="presentata")
    with pytest.raises(Rifiuto, match=r"dotazione .*2\.000,00 − già concessi .*1\.200,00 = .*800,00"):
        transizioni.concedi(seconda.pk, responsabile, Decimal("800.01"), "determina 2", "1234568")


def test_si_respinge_solo_con_un_motivo(entra, responsabile, presentata):
    assert entra(responsabile).post(url("respingi", presentata.pk), {"motivo": " "}).status_code == 422
    entra(responsabile).post(url("respingi", presentata.pk), {"motivo": "Manca la relazione finale"})
    presentata.refresh_from_db()
    assert (presentata.stato, presentata.motivo) == ("respinta", "Manca la relazione finale")


def test_un_operatore_del_capofila_non_decide(entra, capofila, presentata):
    assert entra(capofila).post(url("concedi", presentata.pk), {"importo": "1,00", "atto": "x"}).status_code == 403


def test_chi_decide_due_volte_trova_che_e_gia_deciso(entra, responsabile, presentata):
    dati = {"importo": "100,00", "atto": "determina 1", "codice_rna": "1234567"}
    browser = entra(responsabile)
    browser.post(url("concedi", presentata.pk), dati)
    assert "già stata decisa" in browser.post(url("concedi", presentata.pk), dati, follow=True).content.decode()


def test_l_impresa_sa_della_decisione_una_volta_sola(presentata, responsabile, impresa):
    transizioni.concedi(presentata.pk, responsabile, Decimal("100.00"), "determina 1", "1234567")
    assert Notifica.objects.filter(utente=impresa, chiave=f"incentivo:{presentata.pk}:concessa").count() == 1


def test_la_ats_vede_i_totali_e_non_le_imprese(entra, ats, presentata, responsabile):
    transizioni.concedi(presentata.pk, responsabile, Decimal("100.00"), "determina 1", "1234567")
    pagina = entra(ats).get(url("misura", presentata.misura_id)).content.decode()
    assert "Incentivi concessi" in pagina
    assert "Iride" not in pagina


@pytest.mark.django_db(transaction=True)
def test_due_concessioni_insieme_non_superano_la_dotazione(misura, impresa, responsabile):
    altra = nuova(misura, impresa, ente=Ente.objects.get(denominazione__startswith="Koala"), stato="presentata")
    prima = nuova(misura, impresa, stato="presentata")
    via, esiti = threading.Barrier(2), []

    def concede(pk, codice):
        via.wait()
        try:
            esiti.append(transizioni.concedi(pk, responsabile, Decimal("1100.00"), "determina", codice))
        except Rifiuto as rifiuto:
            esiti.append(str(rifiuto))
        connections.close_all()

    mani = [threading.Thread(target=concede, args=a) for a in ((prima.pk, "1234567"), (altra.pk, "1234568"))]
    for mano in mani:
        mano.start()
    for mano in mani:
        mano.join()
    assert denaro.concesso(misura) == Decimal("1100.00")
    assert [e for e in esiti if isinstance(e, str) and "dotazione" in e]


@pytest.mark.django_db(transaction=True)
def test_due_misure_insieme_non_danno_a_un_impresa_piu_del_de_minimis(misura, impresa, responsabile):
    misura.de_minimis, misura.de_minimis_massimo = True, Decimal("1500.00")
    misura.save()
    altra = MisuraIncentivo.objects.get(pk=misura.pk)
    altra.pk, altra._state.adding = None, True
    altra.save()
    richieste = [nuova(m, impresa, stato="presentata") for m in (misura, altra)]
    con, prima = threading.Event(), threading.Event()

    def concede_la_seconda():
        con.wait()
        prima.set()
        try:
            transizioni.concedi(richieste[1].pk, responsabile, Decimal("1100.00"), "determina", "1234568")
        except Rifiuto as rifiuto:
            esiti.append(str(rifiuto))
        connections.close_all()

    esiti, mano = [], threading.Thread(target=concede_la_seconda)
    mano.start()
    with transaction.atomic():
        transizioni.concedi(richieste[0].pk, responsabile, Decimal("1100.00"), "determina", "1234567")
        con.set()
        prima.wait()
        mano.join(1)
    mano.join()
    assert [e for e in esiti if "de minimis" in e]


def test_chi_e_anche_dell_impresa_non_decide_sulla_sua_richiesta(entra, presentata, responsabile, impresa):
    browser = entra(responsabile)
    Appartenenza.objects.create(utente=responsabile, ente=presentata.ente, ruolo="lettura")
    dati = {"importo": "100,00", "atto": "determina", "codice_rna": "1234567"}
    assert browser.post(url("concedi", presentata.pk), dati).status_code == 403
    browser.post(reverse("alleanze:agisci_per"), {"ente": str(presentata.misura.progetto.capofila_id)})
    assert browser.post(url("concedi", presentata.pk), dati).status_code == 403
    presentata.refresh_from_db()
    assert presentata.stato == "presentata"


def test_salvare_la_richiesta_blocca_la_riga_prima_di_guardarne_lo_stato(entra, misura, impresa):
    """Else who saves while a colleague files puts the request back to where it was."""
    aperta = nuova(misura, impresa)
    browser = entra(impresa)
    with CaptureQueriesContext(connection) as fatte:
        browser.post(url("modifica", aperta.pk), {"descrizione": "altro"})
    lette = [q["sql"] for q in fatte if 'FROM "voucher_richiestaincentivo"' in q["sql"]]
    assert "FOR NO KEY UPDATE" in lette[0]


# The list of things to do, the lists, the demo.


def test_fra_le_cose_da_fare_c_e_chi_aspetta_una_decisione(presentata, responsabile, impresa):
    assert [c.che_cosa for c in da_fare.da_decidere(responsabile)] == [
        "Decidi sulla richiesta di incentivo di Iride Società Cooperativa Sociale impresa sociale"
    ]
    assert list(da_fare.da_decidere(impresa)) == []


def test_fra_le_cose_da_fare_c_e_la_fine_della_sperimentazione(misura, impresa):
    nuova(misura, impresa)
    (cosa,) = da_fare.da_presentare(impresa)
    assert timezone.localdate(cosa.entro) == IERI


def test_gli_elenchi_chiedono_lo_stesso_con_molte_righe(entra, capofila, impresa, misura):
    browser = entra(capofila)
    pagine = [url("elenco"), url("misura", misura.pk)]
    nuova(misura, impresa)
    prima = [len(domande(browser, pagina)) for pagina in pagine]
    assert max(prima) <= 8
    for n in range(30):
        ente = fabbrica.ente(f"Impresa {n}")
        nuova(misura, impresa, ente=ente)
        MisuraIncentivo.objects.create(progetto=misura.progetto, titolo=f"Misura {n}", condizioni="x", dotazione="1")
    assert [len(domande(browser, pagina)) for pagina in pagine] == prima


def test_la_dimostrazione_ha_una_misura_e_chi_la_prova(dimostrazione):
    misura = incentivi.carica()
    assert incentivi.carica() == misura
    assert [r.stato for r in misura.richieste.all()] == ["avviata"]
