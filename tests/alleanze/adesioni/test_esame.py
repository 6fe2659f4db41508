"""The examination of a request to join: integrations and their clocks, letters, the act, the worklist."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import InternalError, transaction
from django.urls import reverse
from django.utils import timezone

from alleanze.adesioni import da_fare, richieste, scadenze, transizioni
from alleanze.models import RichiestaAdesione
from conciliazione.atti import lettere, termini
from conciliazione.file import generi, lavori
from conciliazione.models import Atto, FileGenerato, Lettera, Messaggio, Notifica, Passaggio, Registro, Termine, Utente
from conciliazione.models.messaggi import TENTATIVI
from conciliazione.passaggi import Rifiuto

from ...carte import PDF
from ...moduli import campi
from ...test_interrogazioni import domande
from .conftest import CHI, CHIESTO, NUOVA, nuova_chiave, pagina, parole, ultima_posta


def passano(richiesta, giorni: int) -> None:
    """As if all had begun that many days before."""
    for t in Termine.objects.di(richiesta):
        for campo in ("dal", "sospeso_dal", "sospeso_al"):
            if getattr(t, campo):
                setattr(t, campo, getattr(t, campo) - timedelta(days=giorni))
        t.save()


def orologi(richiesta) -> dict:
    return termini.orologi([richiesta], timezone.localdate())[str(richiesta.pk)]


def rinfresca(richiesta) -> RichiestaAdesione:
    richiesta.refresh_from_db()
    return richiesta


def con_il_collegamento(client, richiesta):
    client.get(reverse("alleanze:adesione_chiave", args=[nuova_chiave(richiesta)]))
    return client


# Asking for what is missing.


def test_chi_esamina_chiede_integrazioni_e_parte_una_lettera_sola(entra, ats, in_esame):
    dati, prima = {"testo": CHIESTO, "giorni": "15"}, Registro.objects.get(codice__startswith="lettere:").ultimo
    risposta = entra(ats).post(pagina(in_esame, "adesione_integrazione"), dati, follow=True)
    assert "La richiesta di integrazioni è partita" in parole(risposta)
    assert rinfresca(in_esame).stato == "in_integrazione"
    lettera = Lettera.objects.di(in_esame).get()
    posta = ultima_posta(CHI["email"])
    assert (lettera.messaggio, lettera.numero, lettera.mittente) == (posta, prima + 1, str(in_esame.alleanza.ats))
    assert CHIESTO in posta.testo
    assert f"Lettera n. {prima + 1}/{lettera.anno}" in posta.testo
    assert "è sospeso, per una volta sola" in posta.testo
    assert "&lt;b&gt;firmata" in risposta.content.decode()


def test_mentre_si_aspetta_l_orologio_dell_esame_e_fermo_e_quello_della_risposta_corre(da_integrare):
    passano(da_integrare, 4)
    detti = {nome: o.detto for nome, o in orologi(da_integrare).items()}
    assert detti[termini.ESAME].endswith("alla ripresa resteranno 30 giorni")
    assert detti[termini.INTEGRAZIONE].endswith("restano 11 giorni")


@pytest.mark.parametrize(
    ("dati", "detto"),
    [
        ({"testo": " ", "giorni": "15"}, "Scrivi che cosa chiedi"),
        ({"testo": "x", "giorni": "31"}, "Al massimo 30 giorni"),
        ({"testo": "x", "giorni": "0"}, "Serve almeno un giorno"),
        ({"testo": "x", "giorni": "due"}, "in cifre"),
    ],
)
def test_una_richiesta_di_integrazioni_scritta_male_non_parte(entra, ats, in_esame, dati, detto):
    risposta = entra(ats).post(pagina(in_esame, "adesione_integrazione"), dati)
    assert (risposta.status_code, detto in parole(risposta)) == (422, True)
    assert rinfresca(in_esame).stato == "in_esame"
    assert not Lettera.objects.di(in_esame).exists()


def test_non_si_chiede_prima_di_prendere_in_esame_ne_si_decide_mentre_si_aspetta(inviata, ats):
    with pytest.raises(Rifiuto, match="La richiesta è «inviata»"):
        transizioni.chiedi_integrazione(inviata.pk, ats, testo="x", giorni=3)
    transizioni.prendi_in_esame(inviata.pk, ats)
    transizioni.chiedi_integrazione(inviata.pk, ats, testo="x", giorni=3)
    decisioni = [
        (transizioni.accogli, {"ruolo": "effettivo", "dal": date(2026, 9, 1)}),
        (transizioni.respingi, {"motivo": "x"}),
    ]
    for azione, altro in decisioni:
        with pytest.raises(Rifiuto, match="in integrazione"):
            azione(inviata.pk, ats, **altro)


def test_chi_non_riceve_la_richiesta_non_chiede_e_non_riprende(da_integrare, partner, regione, amministratore):
    for utente in (partner, regione, amministratore):
        with pytest.raises(PermissionDenied):
            transizioni.riprendi(da_integrare.pk, utente, motivo="x")


# Answering.


def test_chi_chiede_cambia_la_richiesta_e_la_invia_di_nuovo(client, da_integrare, ats, capofila):
    browser = con_il_collegamento(client, da_integrare)
    assert "Completa e rispondi" in parole(browser.get(pagina(da_integrare)))
    passo = pagina(da_integrare, "adesione_passo", 1)
    dati = {nome: valori[0] for nome, valori in campi(browser.get(passo)).items() if valori}
    assert browser.post(passo, dati | {"citta": "Offanengo"}).status_code == 302
    assert browser.post(pagina(da_integrare, "adesione_invia"), {"risposta": ""}).status_code == 422
    risposta = browser.post(pagina(da_integrare, "adesione_invia"), {"risposta": "Corretta la sede"}, follow=True)
    assert "La risposta è inviata" in parole(risposta)
    assert (rinfresca(da_integrare).stato, da_integrare.dati["citta"]) == ("in_esame", "Offanengo")
    assert "(Corretta la sede)" in parole(risposta)
    assert Notifica.objects.filter(utente=capofila, chiave__contains=":ripresentata:").exists()
    assert "non si modifica più" in parole(browser.post(passo, dati, follow=True))


@pytest.mark.parametrize("dove", [("adesione_passo", 1), ("adesione_passo", 2), ("adesione_invia",)])
def test_chi_risponde_ha_davanti_cio_che_gli_e_stato_chiesto(client, da_integrare, dove):
    letta = con_il_collegamento(client, da_integrare).get(pagina(da_integrare, *dove)).content.decode()
    assert "&lt;b&gt;firmata" in letta


def test_un_documento_firmato_resta_anche_se_manca_la_risposta(client, da_integrare):
    browser = con_il_collegamento(client, da_integrare)
    mandati = {"risposta": "", "scheda_firmata": SimpleUploadedFile("s.pdf", PDF)}
    risposta = browser.post(pagina(da_integrare, "adesione_invia"), mandati)
    assert (risposta.status_code, "scarica quella firmata" in parole(risposta)) == (422, True)


def test_risposto_dopo_quattro_giorni_l_esame_finisce_quattro_giorni_piu_tardi(da_integrare, anonimo):
    passano(da_integrare, 4)
    transizioni.ripresenta(da_integrare.pk, anonimo, [da_integrare.impronta], risposta="Ecco")
    suoi = orologi(da_integrare)
    assert suoi[termini.ESAME].entro == timezone.localdate() + timedelta(days=30)
    assert suoi[termini.INTEGRAZIONE].detto.endswith("nei termini")


def test_la_risposta_tardiva_conta_e_resta_segnata(da_integrare, anonimo):
    passano(da_integrare, 16)
    transizioni.ripresenta(da_integrare.pk, anonimo, [da_integrare.impronta], risposta="Ecco")
    assert Passaggio.objects.di(da_integrare).last().motivo == "oltre il termine: Ecco"


def test_una_seconda_richiesta_non_ferma_piu_l_orologio_e_lo_dice(da_integrare, ats, anonimo):
    transizioni.ripresenta(da_integrare.pk, anonimo, [da_integrare.impronta], risposta="Ecco")
    transizioni.chiedi_integrazione(da_integrare.pk, ats, testo="Ancora", giorni=5)
    assert "non si sospende" in Lettera.objects.di(da_integrare).last().testo
    assert orologi(da_integrare)[termini.ESAME].entro is not None


def test_l_esame_riprende_senza_risposta_e_chi_chiede_lo_sa(entra, ats, da_integrare):
    url = pagina(da_integrare, "adesione_riprendi")
    assert entra(ats).post(url, {"motivo": ""}).status_code == 422
    risposta = entra(ats).post(url, {"motivo": "È arrivata per PEC"}, follow=True)
    assert "L'esame è ripreso" in parole(risposta)
    assert "È arrivata per PEC" in ultima_posta(CHI["email"]).testo
    assert rinfresca(da_integrare).stato == "in_esame"


def test_ritirata_mentre_si_integra_chiude_gli_orologi(da_integrare, anonimo):
    transizioni.ritira(da_integrare.pk, anonimo, [da_integrare.impronta])
    assert not Termine.objects.di(da_integrare).filter(chiuso_il=None).exists()


def test_chi_ha_perso_il_collegamento_mentre_integra_ne_ha_un_altro(da_integrare, alleanza):
    stessa, _ = richieste.apri(alleanza, **CHI, **NUOVA)
    assert stessa == da_integrare


def test_passato_il_termine_chi_esamina_lo_sa_una_volta(da_integrare, ats, capofila):
    assert scadenze.segnala(timezone.now()) == 0
    passano(da_integrare, 16)
    assert scadenze.segnala(timezone.now()) >= 2
    assert scadenze.segnala(timezone.now()) == 0
    assert rinfresca(da_integrare).stato == "in_integrazione"
    assert Notifica.objects.filter(utente=ats, chiave__contains=":scaduta:").count() == 1


def test_cosa_c_e_da_fare_segue_di_chi_e_il_turno(da_integrare, ats, capofila):
    assert not list(da_fare.adesioni_da_esaminare(ats))
    RichiestaAdesione.objects.update(chiesta_da=capofila)
    cosa = next(iter(da_fare.adesioni_da_completare(capofila)))
    assert cosa.che_cosa.startswith("Servono integrazioni")
    assert timezone.localdate(cosa.entro) == timezone.localdate() + timedelta(days=15)
    passano(da_integrare, 16)
    assert next(iter(da_fare.adesioni_da_esaminare(ats))).che_cosa.startswith("Riprendi l'esame")


def test_due_pagine_aperte_non_si_decide_su_cio_che_non_si_e_letto(entra, ats, da_integrare, anonimo):
    visto = "3"
    transizioni.ripresenta(da_integrare.pk, anonimo, [da_integrare.impronta], risposta="Ecco")
    browser, url = entra(ats), pagina(da_integrare, "adesione_respingi")
    risposta = browser.post(url, {"motivo": "Non basta", "visto": visto})
    assert (risposta.status_code, "rileggila" in parole(risposta)) == (409, True)
    assert rinfresca(da_integrare).stato == "in_esame"
    nuovo = campi(risposta, url)
    assert nuovo["motivo"][-1] == "Non basta"
    assert nuovo["visto"][0] == "4"
    browser.post(url, {"motivo": "Non basta", "visto": "4"})
    assert rinfresca(da_integrare).stato == "respinta"


# Letters.


def test_la_lettera_si_legge_sulla_pagina_anche_dal_collegamento_e_gli_estranei_no(client, entra, estraneo, da_integrare):
    lettera = Lettera.objects.di(da_integrare).get()
    url = pagina(da_integrare, "adesione_lettera", lettera.pk)
    assert client.get(url).status_code == 302
    assert entra(estraneo).get(url).status_code == 404
    client.logout()
    assert "&lt;b&gt;firmata" in con_il_collegamento(client, da_integrare).get(url).content.decode()


def test_la_lettera_di_un_altra_richiesta_non_si_legge(entra, ats, da_integrare, alleanza):
    altra, _ = richieste.apri(alleanza, **CHI, denominazione="Altro", codice_fiscale="")
    RichiestaAdesione.objects.filter(pk=altra.pk).update(stato="richiesta", inviata_il=timezone.now())
    lettera = Lettera.objects.di(da_integrare).get()
    assert entra(ats).get(pagina(altra, "adesione_lettera", lettera.pk)).status_code == 404


def test_il_pdf_si_fa_una_volta_sola_e_dice_numero_e_parole(client, da_integrare):
    browser, lettera = con_il_collegamento(client, da_integrare), Lettera.objects.di(da_integrare).get()
    url = pagina(da_integrare, "adesione_lettera_pdf", lettera.pk)
    posti = {browser.post(url).url for _ in range(2)}
    file = FileGenerato.objects.get(argomento=f"lettera_adesione:{da_integrare.pk}")
    assert posti == {pagina(da_integrare, "adesione_file", file.pk)}
    assert f"{lettera.mittente}, per {lettera.destinatario}" in parole(browser.get(posti.pop()))
    html = lettere.CARTA.html(file.dati)
    assert f"Lettera n. {lettera.numero}/{lettera.anno}" in html
    assert "&lt;b&gt;firmata" in html
    lavori.esegui(file.pk, lambda: generi.produci(file.pk))
    file.refresh_from_db()
    with file.file.open() as aperto:
        assert aperto.read().startswith(b"%PDF-")


def test_una_lettera_la_cui_posta_non_riesce_lo_dice_e_dice_che_fare(entra, ats, da_integrare):
    lettera, browser = Lettera.objects.di(da_integrare).get(), entra(ats)
    pagine = pagina(da_integrare), pagina(da_integrare, "adesione_lettera", lettera.pk)
    Messaggio.objects.update(inviato_il=None, tentativi=TENTATIVI - 1)
    assert all("in partenza" in parole(browser.get(p)) for p in pagine)
    Messaggio.objects.update(tentativi=TENTATIVI)
    elenco, lettura = (parole(browser.get(p)) for p in pagine)
    assert "e-mail non partita" in elenco
    assert "non partita, dopo 9 tentativi" in lettura
    assert "mandare per un'altra via" in lettura


def test_una_lettera_e_un_atto_non_si_cambiano_piu(da_integrare, ats):
    Atto.objects.per(da_integrare, organo="Giunta", data=date(2026, 1, 1), registrato_da=ats)
    for righe in (Lettera.objects.di(da_integrare), Atto.objects.di(da_integrare)):
        with pytest.raises(InternalError), transaction.atomic():
            righe.update(oggetto_id="x")
        with pytest.raises(InternalError), transaction.atomic():
            righe.delete()


def test_ogni_ente_numera_le_sue_lettere_senza_buchi(da_integrare, ats, capofila, anonimo):
    transizioni.ripresenta(da_integrare.pk, anonimo, [da_integrare.impronta], risposta="Ecco")
    with pytest.raises(Rifiuto):  # it takes no number
        transizioni.riprendi(da_integrare.pk, ats, motivo="x")
    transizioni.chiedi_integrazione(da_integrare.pk, ats, testo="Ancora", giorni=5)
    transizioni.riprendi(da_integrare.pk, ats, motivo="x")
    transizioni.respingi(da_integrare.pk, capofila, motivo="No")
    sue, quelle_del_capofila = (
        list(Lettera.objects.di(da_integrare).filter(mittente=str(ente)).values_list("numero", flat=True))
        for ente in (da_integrare.alleanza.ats, da_integrare.alleanza.capofila)
    )
    assert (sue[1] - sue[0], quelle_del_capofila) == (1, [1])


# The act.

DELIBERA = {"atto_organo": "Cabina di regia", "atto_numero": "12", "atto_data": "10/01/2026"}


def test_la_decisione_puo_citare_un_atto_con_il_suo_file(entra, ats, client, inviata):
    dati = {"motivo": "Fuori territorio", "atto_file": SimpleUploadedFile("Delibera 12.exe.pdf", PDF)} | DELIBERA
    risposta = entra(ats).post(pagina(inviata, "adesione_respingi"), dati, follow=True)
    assert "Cabina di regia, n. 12 del 10/01/2026" in parole(risposta)
    atto = Atto.objects.di(inviata).get()
    assert f"Atto: {atto}" in Lettera.objects.di(inviata).get().testo
    scaricato = con_il_collegamento(client, inviata).get(pagina(inviata, "adesione_atto", atto.pk))
    assert b"".join(scaricato.streaming_content) == PDF
    assert "delibera-12exe.pdf" in scaricato["Content-Disposition"]


@pytest.mark.parametrize(
    ("dati", "detto"),
    [
        ({"atto_numero": "12"}, "Scrivi chi ha adottato l'atto"),
        ({"atto_organo": "Giunta"}, "Scrivi la data dell'atto"),
        (DELIBERA | {"atto_data": "10/01/2090"}, "nel futuro"),
        (DELIBERA | {"atto_file": SimpleUploadedFile("x.pdf", b"niente")}, "non si riconosce"),
    ],
)
def test_un_atto_a_meta_non_decide_niente(entra, ats, inviata, dati, detto):
    risposta = entra(ats).post(pagina(inviata, "adesione_respingi"), {"motivo": "No"} | dati)
    assert (risposta.status_code, detto in parole(risposta)) == (422, True)
    assert rinfresca(inviata).stato == "richiesta"
    assert not Atto.objects.di(inviata).exists()


def test_senza_atto_si_decide_lo_stesso_e_la_pagina_non_ne_parla(entra, ats, inviata):
    risposta = entra(ats).post(pagina(inviata, "adesione_respingi"), {"motivo": "No"}, follow=True)
    assert rinfresca(inviata).stato == "respinta"
    assert "<h2>Atto</h2>" not in risposta.content.decode()


# Nothing that was written is lost.

ACCOGLIE = {"ruolo": "sostenitore", "dal": "01/09/2026", "atto_organo": "Giunta comunale", "atto_data": "10/01/2026"}


def test_chi_decide_per_secondo_rilegge_cio_che_aveva_scritto(entra, ats, capofila, in_esame):
    browser, url = entra(ats), pagina(in_esame, "adesione_accogli")
    visto = campi(browser.get(pagina(in_esame)), url)["visto"][0]
    transizioni.respingi(in_esame.pk, capofila, motivo="No")
    file = SimpleUploadedFile("delibera.pdf", PDF)
    risposta = browser.post(url, ACCOGLIE | {"visto": visto, "atto_file": file})
    testo = parole(risposta)
    assert (risposta.status_code, "è successo altro" in testo) == (409, True)
    assert "Quello che avevi scritto" in testo
    for detto in ("sostenitore", "01/09/2026", "Giunta comunale", "delibera.pdf (il file non è stato caricato)"):
        assert detto in testo


def test_premere_due_volte_non_e_un_conflitto(entra, ats, in_esame):
    browser, url = entra(ats), pagina(in_esame, "adesione_respingi")
    dati = {"motivo": "Non basta", "visto": campi(browser.get(pagina(in_esame)), url)["visto"][0]}
    browser.post(url, dati)
    risposta = browser.post(url, dati, follow=True)
    assert risposta.redirect_chain == [(pagina(in_esame), 302)]
    assert "La richiesta è respinta" in parole(risposta)


def test_un_rifiuto_torna_con_tutto_cio_che_era_scritto(entra, ats, in_esame):
    RichiestaAdesione.objects.update(dati=in_esame.dati | {"settore": ""})
    browser, url = entra(ats), pagina(in_esame, "adesione_accogli")
    risposta = browser.post(url, ACCOGLIE | {"atto_file": SimpleUploadedFile("delibera.pdf", PDF)})
    assert (risposta.status_code, "manca ancora: Settore" in parole(risposta)) == (422, True)
    tornati = campi(risposta, url)
    assert {nome: tornati[nome][0] for nome in ACCOGLIE} == ACCOGLIE
    assert "Scegli di nuovo il file: non è rimasto nella pagina." in parole(risposta)


def test_un_file_scelto_in_un_modulo_che_torna_si_sceglie_di_nuovo(entra, ats, in_esame):
    dati = {"motivo": "", "atto_file": SimpleUploadedFile("delibera.pdf", PDF)} | DELIBERA
    risposta = entra(ats).post(pagina(in_esame, "adesione_respingi"), dati)
    assert (risposta.status_code, "Scegli di nuovo il file" in parole(risposta)) == (422, True)


def test_chi_scrive_mentre_l_esame_riprende_rilegge_cio_che_ha_scritto(client, da_integrare, ats):
    browser = con_il_collegamento(client, da_integrare)
    transizioni.riprendi(da_integrare.pk, ats, motivo="È tardi")
    passo = browser.post(pagina(da_integrare, "adesione_passo", 2), {"attivita": "Un nido aperto il sabato"})
    risposta = browser.post(pagina(da_integrare, "adesione_invia"), {"risposta": "Ecco gli orari"})
    for arrivata, detto in ((passo, "Un nido aperto il sabato"), (risposta, "Ecco gli orari")):
        assert (arrivata.status_code, "non si modifica più" in parole(arrivata)) == (409, True)
        assert detto in parole(arrivata)


def test_chi_preme_due_volte_invia_la_risposta_va_alla_richiesta(client, da_integrare):
    browser, url = con_il_collegamento(client, da_integrare), pagina(da_integrare, "adesione_invia")
    assert [browser.post(url, {"risposta": "Ecco"}).status_code for _ in range(2)] == [302, 302]


def test_chi_riprende_l_esame_sa_quando_scade_il_termine_dato(entra, ats, da_integrare):
    scade = f"Il termine dato scade il {timezone.localdate() + timedelta(days=15):%d/%m/%Y}"
    assert scade in parole(entra(ats).get(pagina(da_integrare)))
    passano(da_integrare, 16)
    assert "Il termine dato scade" not in parole(entra(ats).get(pagina(da_integrare)))


# The worklist and the page.


def test_nell_elenco_prima_chi_aspetta_una_risposta_e_fra_questi_chi_scade_prima(entra, ats, alleanza, anonimo):
    for n, stato in enumerate(("ritirata", "in_integrazione", "richiesta", "in_esame")):
        fatta, _ = richieste.apri(alleanza, **CHI, denominazione=f"Ente {n}", codice_fiscale="")
        termini.avvia(fatta, termini.ESAME, timezone.localdate() - timedelta(days=n), 30)
        RichiestaAdesione.objects.filter(pk=fatta.pk).update(stato=stato, inviata_il=timezone.now())
    righe = entra(ats).get(reverse("alleanze:adesioni")).context["pagina"].object_list
    assert [r.denominazione for r in righe] == ["Ente 3", "Ente 2", "Ente 1", "Ente 0"]


def test_un_filtro_che_non_trova_niente_si_toglie(entra, ats, inviata):
    risposta = entra(ats).get(reverse("alleanze:adesioni") + "?stato=accolta")
    assert "Togli i filtri" in parole(risposta)


def test_la_pagina_chiede_lo_stesso_con_una_e_con_molte_lettere(entra, ats, da_integrare, anonimo):
    browser, url = entra(ats), pagina(da_integrare)
    poche = len(domande(browser, url))
    for _ in range(4):
        transizioni.ripresenta(da_integrare.pk, anonimo, [da_integrare.impronta], risposta="Ecco")
        transizioni.chiedi_integrazione(da_integrare.pk, ats, testo="Ancora", giorni=5)
    # incarichi, the request, what happened, clocks, letters with their mail, acts
    assert len(domande(browser, url)) == poche <= 6


def test_la_dimostrazione_ha_una_richiesta_in_integrazione(dimostrazione):
    richiesta = RichiestaAdesione.objects.get(stato="in_integrazione")
    assert Lettera.objects.di(richiesta).count() == 1
    assert Utente.objects.filter(pk=Lettera.objects.di(richiesta).get().scritta_da_id).exists()
    assert set(orologi(richiesta)) == {termini.ESAME, termini.INTEGRAZIONE}
