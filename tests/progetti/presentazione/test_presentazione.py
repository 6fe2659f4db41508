"""Filing: what freezes, which number it gets, who may, what is refused, and what happens when many file at once."""

import json
import re
import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, InternalError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from conciliazione.messaggi import posta
from conciliazione.models import Messaggio, Passaggio, Registro
from conciliazione.passaggi import Rifiuto
from conciliazione.schede.canonico import impronta
from conciliazione.schede.lettura import leggi
from conciliazione.schede.segnalazioni import controlla
from progetti import contenuto as archivio
from progetti import interscambio
from progetti.edizioni import EDIZIONI
from progetti.models import Avviso, Presentazione, Progetto, Scartato, Versione
from progetti.presentazione import transizioni
from progetti.stati import PROGETTO, Stato

from ... import fabbrica
from ...carte import PDF
from ...moduli import apri, campi, nome

EDIZIONE = EDIZIONI["dgr1081-2014"]


@pytest.fixture(autouse=True)
def archivio_a_parte(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def pronto(presentato, responsabile) -> Progetto:
    """A draft that nothing keeps from being filed: the filed one, withdrawn."""
    transizioni.riapri(presentato.pk, responsabile)
    presentato.refresh_from_db()
    return presentato


def copia(progetto: Progetto, titolo: str) -> Progetto:
    """Another project with the same scheda, and rows of its own."""
    dati = archivio.contenuto(progetto)
    testo = json.dumps(dati | {"conferme": {}})
    nomi = {r["id"] for fonte in ("partecipazioni", "azioni", "costi", "cofinanziamenti") for r in dati[fonte]}
    for vecchio in nomi | {str(progetto.pk)}:
        testo = testo.replace(vecchio, str(uuid.uuid4()))
    dati = json.loads(testo)
    del dati["conferme"]
    dati["progetto"]["titolo"] = titolo
    return interscambio.importa(dati)[0]


def numeri() -> list[int]:
    anno = timezone.localtime().year
    return list(Presentazione.objects.filter(anno=anno).order_by("numero").values_list("numero", flat=True))


def ricevuta(presentazione: Presentazione) -> str:
    return reverse("progetti:ricevuta", args=[presentazione.versione_id])


# What freezes.


def test_presentare_congela_contenuto_e_lettura_con_la_loro_impronta(pronto, responsabile):
    dati = archivio.contenuto(pronto)
    versione = transizioni.presenta(pronto.pk, responsabile).versione
    versione.refresh_from_db()
    assert versione.contenuto == dati
    assert versione.lettura == json.loads(json.dumps(leggi(EDIZIONE, dati)))
    assert versione.sha256 == impronta(versione.contenuto)
    assert (versione.numero, versione.origine, versione.creata_da) == (2, "portale", responsabile)


def test_quello_che_cambia_dopo_non_tocca_la_versione(pronto, responsabile, entra):
    versione = transizioni.presenta(pronto.pk, responsabile).versione
    prima = versione.lettura
    Progetto.objects.filter(pk=pronto.pk).update(titolo="Cambiato di nascosto")
    Avviso.objects.filter(pk=pronto.avviso_id).update(titolo="Altro avviso")
    versione.refresh_from_db()
    assert versione.lettura == prima
    assert impronta(versione.contenuto) == versione.sha256


@pytest.mark.parametrize("operazione", ["update", "delete"])
def test_la_base_dati_non_lascia_cambiare_ne_togliere_una_versione(presentato, operazione):
    versioni = Versione.objects.filter(progetto=presentato)
    Presentazione.objects.filter(versione__in=versioni).delete()
    with pytest.raises(InternalError, match="Cannot"), transaction.atomic():
        versioni.update(sha256="0" * 64) if operazione == "update" else versioni._raw_delete("default")
    assert Versione.objects.filter(progetto=presentato).exclude(sha256="0" * 64).exists()


def test_anche_l_acquisita_da_carta_e_congelata_con_le_sue_contraddizioni(acquisito):
    versione = acquisito.versioni.get()
    assert versione.origine == "carta"
    assert versione.sha256 == impronta(versione.contenuto)
    assert "declared_contribution_vs_table" in [s["regola"] for s in versione.segnalazioni]
    assert not Presentazione.objects.filter(versione=versione).exists()


def test_dopo_la_scheda_viva_si_legge_soltanto(entra, responsabile, pronto):
    transizioni.presenta(pronto.pk, responsabile)
    browser, url = entra(responsabile), reverse("progetti:sezione", args=[pronto.pk, "I"])
    pagina = browser.get(url).content.decode()
    assert "qui si legge, non si modifica" in pagina
    assert nome("I.1", "titolo") not in pagina
    assert browser.post(url, {nome("I.1", "titolo"): "x"}).status_code == 409


# The way to it.


def test_dalla_verifica_si_presenta_e_si_arriva_alla_ricevuta(entra, responsabile, pronto):
    browser = entra(responsabile)
    verso = reverse("progetti:presenta", args=[pronto.pk])
    risposta = browser.post(verso, campi(browser.get(reverse("progetti:verifica", args=[pronto.pk])), verso), follow=True)
    presentazione = Presentazione.objects.get(versione__progetto=pronto, ritirata_il=None)
    testo = risposta.content.decode()
    assert risposta.redirect_chain[-1][0] == ricevuta(presentazione)
    assert presentazione.numero_di_domanda in testo
    assert presentazione.versione.sha256 in testo


def test_un_operatore_prepara_ma_non_presenta(entra, capofila, pronto):
    browser = entra(capofila)
    pagina = browser.get(reverse("progetti:verifica", args=[pronto.pk])).content.decode()
    assert reverse("progetti:presenta", args=[pronto.pk]) not in pagina
    assert browser.post(reverse("progetti:presenta", args=[pronto.pk])).status_code == 403
    with pytest.raises(PermissionDenied):
        transizioni.presenta(pronto.pk, capofila)


def test_gli_errori_impediscono_di_presentare_e_si_dicono(entra, responsabile, progetto):
    risposta = entra(responsabile).post(reverse("progetti:presenta", args=[progetto.pk]), follow=True)
    progetto.refresh_from_db()
    assert progetto.stato == Stato.BOZZA
    assert not progetto.versioni.exists()
    assert risposta.redirect_chain[-1][0] == reverse("progetti:verifica", args=[progetto.pk])
    with pytest.raises(Rifiuto) as rifiuto:
        transizioni.presenta(progetto.pk, responsabile)
    dati = archivio.contenuto(progetto)
    errori = [s.messaggio for s in controlla(EDIZIONI[dati["edizione"]], dati) if s.gravita == "errore"]
    assert errori
    assert list(rifiuto.value.motivi) == errori


def test_con_errori_la_pagina_non_offre_di_presentare(entra, responsabile, progetto):
    pagina = entra(responsabile).get(reverse("progetti:verifica", args=[progetto.pk])).content.decode()
    assert reverse("progetti:presenta", args=[progetto.pk]) not in pagina


@pytest.mark.parametrize(("apre", "chiude"), [(-10, -1), (1, 10)])
def test_fuori_dai_termini_non_si_presenta(entra, responsabile, pronto, apre, chiude):
    ora = timezone.now()
    Avviso.objects.filter(pk=pronto.avviso_id).update(
        apre_il=ora + timedelta(days=apre), chiude_il=ora + timedelta(days=chiude)
    )
    risposta = entra(responsabile).post(reverse("progetti:presenta", args=[pronto.pk]), follow=True)
    assert "solo entro i suoi termini" in risposta.content.decode()
    pronto.refresh_from_db()
    assert pronto.stato == Stato.BOZZA


def test_senza_termini_si_presenta_quando_si_vuole(responsabile, pronto):
    Avviso.objects.filter(pk=pronto.avviso_id).update(apre_il=None, chiude_il=None)
    assert transizioni.presenta(pronto.pk, responsabile).numero


def test_chi_presenta_due_volte_ha_una_presentazione_sola(responsabile, pronto):
    transizioni.presenta(pronto.pk, responsabile)
    with pytest.raises(Rifiuto, match="presentato"):
        transizioni.presenta(pronto.pk, responsabile)
    assert pronto.versioni.count() == 2


def test_un_secondo_clic_porta_alla_ricevuta_che_c_e(entra, responsabile, pronto):
    browser, url = entra(responsabile), reverse("progetti:presenta", args=[pronto.pk])
    prima = browser.post(url)
    seconda = browser.post(url, follow=True)
    assert seconda.redirect_chain[-1][0] == prima.url
    assert "era già stata presentata" in seconda.content.decode()
    assert Presentazione.objects.filter(versione__progetto=pronto, ritirata_il=None).count() == 1


@pytest.mark.django_db(transaction=True)
def test_due_clic_insieme_portano_alla_stessa_ricevuta(pronto, responsabile):
    url = reverse("progetti:presenta", args=[pronto.pk])
    browser = [Client(), Client()]
    for uno in browser:
        uno.force_login(responsabile)
    esiti = in_parallelo([lambda b=b: b.post(url) for b in browser])
    (presentazione,) = Presentazione.objects.filter(versione__progetto=pronto, ritirata_il=None)
    assert [e.url for e in esiti] == [ricevuta(presentazione)] * 2


def test_chi_registra_altrove_una_scheda_gia_presentata_trova_la_ricevuta(entra, responsabile, presentato):
    url = reverse("progetti:altrove", args=[presentato.pk])
    presentazione = Presentazione.objects.get(versione__progetto=presentato)
    browser = entra(responsabile)
    assert [browser.get(url).url, browser.post(url, {"canale": "pec"}).url] == [ricevuta(presentazione)] * 2


def test_una_scheda_acquisita_da_carta_non_si_presenta_e_lo_si_dice(entra, responsabile, acquisito):
    risposta = entra(responsabile).post(reverse("progetti:presenta", args=[acquisito.pk]), follow=True)
    assert "la scheda non si presenta più" in risposta.content.decode()
    assert not Presentazione.objects.filter(versione__progetto=acquisito).exists()


@pytest.mark.parametrize(("azione", "pagina"), [("presenta", "verifica"), ("riapri", "dettaglio")])
def test_l_indirizzo_di_un_azione_aperto_come_pagina_porta_al_suo_pulsante(entra, responsabile, progetto, azione, pagina):
    risposta = entra(responsabile).get(reverse(f"progetti:{azione}", args=[progetto.pk]))
    assert risposta.url == reverse(f"progetti:{pagina}", args=[progetto.pk])


def test_un_indirizzo_senza_pagina_risponde_in_italiano(entra, responsabile, progetto):
    risposta = entra(responsabile).get(reverse("progetti:anteprima", args=[progetto.pk]))
    assert (risposta.status_code, risposta["Allow"]) == (405, "POST")
    assert "Qui non c’è una pagina" in risposta.content.decode()


def test_chi_ritira_due_volte_lo_sa(entra, responsabile, pronto):
    risposta = entra(responsabile).post(reverse("progetti:riapri", args=[pronto.pk]), follow=True)
    assert "già in compilazione" in risposta.content.decode()
    assert Passaggio.objects.filter(oggetto_id=str(pronto.pk), azione="riapri").count() == 1


# Mail.


def test_del_ritiro_sanno_l_ats_e_gli_altri_responsabili(presentato, responsabile, capofila):
    capofila.appartenenze.update(ruolo="responsabile")
    fabbrica.svuota_la_posta()
    transizioni.riapri(presentato.pk, responsabile)
    per_chi = {tuple(m.destinatari): m for m in Messaggio.objects.all()}
    assert set(per_chi) == {
        ("operatore@comune-crema.example.org",),
        ("istruttore@ats-valpadana.example.org", "responsabile@ats-valpadana.example.org"),
    }
    presentazione = Presentazione.objects.get(versione__progetto=presentato)
    chiude = timezone.localtime(presentato.avviso.chiude_il).strftime("%d/%m/%Y")
    for messaggio in per_chi.values():
        assert presentazione.numero_di_domanda in messaggio.oggetto
        assert timezone.localtime(presentazione.ritirata_il).strftime("%d/%m/%Y") in messaggio.testo
        assert f"fino alla chiusura dell'avviso, il {chiude}" in messaggio.testo


def test_il_ritiro_da_un_avviso_senza_termine_non_inventa_una_data(presentato, responsabile):
    Avviso.objects.filter(pk=presentato.avviso_id).update(chiude_il=None)
    transizioni.riapri(presentato.pk, responsabile)
    assert "l'avviso non ha un termine" in Messaggio.objects.filter(oggetto__startswith="Da non istruire").get().testo


def test_la_posta_va_al_capofila_e_all_ats(pronto, responsabile):
    fabbrica.svuota_la_posta()
    presentazione = transizioni.presenta(pronto.pk, responsabile)
    per_chi = {tuple(m.destinatari): m for m in Messaggio.objects.all()}
    assert set(per_chi) == {
        ("operatore@comune-crema.example.org", "responsabile@comune-crema.example.org"),
        ("istruttore@ats-valpadana.example.org", "responsabile@ats-valpadana.example.org"),
    }
    assert all(presentazione.numero_di_domanda in m.oggetto for m in per_chi.values())


def test_un_titolo_lunghissimo_non_impedisce_di_presentare(pronto, responsabile):
    """The subject of a mail is one line of at most 250 characters; a title may be longer."""
    Progetto.objects.filter(pk=pronto.pk).update(titolo="Tempo " + "e cura " * 41)
    transizioni.presenta(pronto.pk, responsabile)
    assert all(len(m.oggetto) <= 250 and "\n" not in m.oggetto for m in Messaggio.objects.all())


def test_la_posta_parte_solo_se_la_presentazione_resta(pronto, responsabile, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as alla_fine:
        transizioni.presenta(pronto.pk, responsabile)
    assert len(alla_fine) == 2


# Numbers.


def test_i_numeri_vanno_in_fila_e_ricominciano_ogni_anno(dimostrazione):
    assert [Registro.prossimo("prova", 2026) for _ in range(3)] == [1, 2, 3]
    assert Registro.prossimo("prova", 2027) == 1


def test_un_guasto_a_meta_non_lascia_buchi(pronto, responsabile, monkeypatch):
    prima = numeri()

    def rotta(*argomenti, **opzioni):
        raise RuntimeError("guasto dopo il numero")

    with monkeypatch.context() as guasto:
        guasto.setattr(posta, "invia", rotta)
        with pytest.raises(RuntimeError):
            transizioni.presenta(pronto.pk, responsabile)
    pronto.refresh_from_db()
    assert (pronto.stato, pronto.versioni.count()) == (Stato.BOZZA, 1)
    transizioni.presenta(pronto.pk, responsabile)
    assert numeri() == [*prima, prima[-1] + 1]


def test_la_base_dati_non_da_due_volte_lo_stesso_numero(presentato, acquisito):
    data = Presentazione.objects.get(versione__progetto=presentato)
    doppia = Presentazione(
        versione=acquisito.versioni.get(),
        registro=data.registro,
        anno=data.anno,
        numero=data.numero,
        canale="portale",
        presentata_il=data.presentata_il,
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        doppia.save()


def in_parallelo(lavori: list) -> list:
    """Each job in a thread and on a connection of its own, all let go together; results or exceptions."""
    via = Barrier(len(lavori))

    def esegui(lavoro):
        try:
            via.wait(timeout=120)
            return lavoro()
        except Exception as errore:
            return errore
        finally:
            connection.close()

    with ThreadPoolExecutor(len(lavori)) as squadra:
        return list(squadra.map(esegui, lavori))


@pytest.mark.django_db(transaction=True)
def test_molti_che_presentano_insieme_hanno_numeri_senza_buchi_ne_doppi(pronto, responsabile):
    progetti = [copia(pronto, f"Copia {n}") for n in range(6)]
    prima = numeri()
    esiti = in_parallelo([lambda p=p: transizioni.presenta(p.pk, responsabile) for p in progetti])
    assert [type(e) for e in esiti] == [Presentazione] * 6
    assert numeri() == list(range(1, len(prima) + 7))


@pytest.mark.django_db(transaction=True)
def test_due_che_presentano_lo_stesso_progetto_uno_riesce_e_l_altro_lo_sa(pronto, responsabile):
    prima = numeri()
    esiti = in_parallelo([lambda: transizioni.presenta(pronto.pk, responsabile)] * 2)
    assert sorted(type(e).__name__ for e in esiti) == ["Presentazione", "Rifiuto"]
    (rifiuto,) = [e for e in esiti if isinstance(e, Rifiuto)]
    assert "presentato" in str(rifiuto)
    assert numeri() == [*prima, prima[-1] + 1]
    assert Passaggio.objects.filter(oggetto_id=str(pronto.pk), azione="presenta").count() == 2


@pytest.mark.django_db(transaction=True)
def test_chi_salva_mentre_si_presenta_o_entra_nella_versione_o_e_rifiutato(client, pronto, responsabile, settings):
    """Never accepted and left out: what a person was told is saved is in the version, or it is told and kept apart."""
    url = reverse("progetti:sezione", args=[pronto.pk, "III"])
    client.force_login(responsabile)
    dati = apri(client, url) | {nome("III.2.3", "testo"): "scritto all'ultimo momento"}
    risposta, presentazione = in_parallelo(
        [lambda: client.post(url, dati), lambda: transizioni.presenta(pronto.pk, responsabile)]
    )
    dentro = "scritto all'ultimo momento" in json.dumps(presentazione.versione.contenuto)
    assert risposta.status_code in (302, 409)
    assert dentro is (risposta.status_code == 302)
    conservato = Scartato.objects.filter(progetto=pronto, scartato="scritto all'ultimo momento").exists()
    assert conservato is (risposta.status_code == 409)


# Withdrawing, and filing again.


def test_ritirata_e_ripresentata_ha_una_nuova_versione_e_un_nuovo_numero(entra, responsabile, presentato):
    browser = entra(responsabile)
    prima = Presentazione.objects.get(versione__progetto=presentato)
    verso = reverse("progetti:riapri", args=[presentato.pk])
    browser.post(verso, campi(browser.get(reverse("progetti:dettaglio", args=[presentato.pk])), verso))
    prima.refresh_from_db()
    assert prima.ritirata_il
    url = reverse("progetti:sezione", args=[presentato.pk, "I"])
    assert browser.post(url, apri(browser, url) | {nome("I.1", "titolo"): "IN...TEMPO 3"}).status_code == 302
    browser.post(reverse("progetti:presenta", args=[presentato.pk]))
    dopo = Presentazione.objects.get(versione__progetto=presentato, ritirata_il=None)
    assert (dopo.versione.numero, dopo.numero) == (prima.versione.numero + 1, prima.numero + 1)
    assert dopo.versione.contenuto["progetto"]["titolo"] == "IN...TEMPO 3"
    assert prima.versione.contenuto["progetto"]["titolo"] == "IN...TEMPO 2"


def test_chiuso_l_avviso_non_si_ritira_piu(entra, responsabile, presentato):
    Avviso.objects.filter(pk=presentato.avviso_id).update(chiude_il=timezone.now() - timedelta(hours=1))
    assert entra(responsabile).post(reverse("progetti:riapri", args=[presentato.pk])).status_code == 403


def test_la_ricevuta_di_una_presentazione_ritirata_lo_dice(entra, capofila, pronto):
    prima = Presentazione.objects.get(versione__progetto=pronto)
    assert "è stata ritirata" in entra(capofila).get(ricevuta(prima)).content.decode()


# Filed elsewhere.


def altrove(browser, progetto, **cambi):
    url = reverse("progetti:altrove", args=[progetto.pk])
    dati = campi(browser.get(url)) | {
        "canale": "pec",
        "presentata_il_0": "14/10/2026",
        "presentata_il_1": "11:30",
        "protocollo": "1234/2026",
        "protocollo_il": "15/10/2026",
    }
    return browser.post(url, dati | cambi)


def test_presentata_altrove_porta_allo_stesso_stato(entra, responsabile, progetto):
    """Also with what would block a filing made here: what was filed is what it is."""
    risposta = altrove(entra(responsabile), progetto)
    progetto.refresh_from_db()
    presentazione = Presentazione.objects.get(versione__progetto=progetto)
    assert risposta.url == ricevuta(presentazione)
    assert progetto.stato == Stato.PRESENTATO
    assert (presentazione.canale, presentazione.protocollo, presentazione.anno) == ("pec", "1234/2026", 2026)
    assert timezone.localtime(presentazione.presentata_il).strftime("%d/%m/%Y %H:%M") == "14/10/2026 11:30"
    assert presentazione.versione.origine == "altrove"
    assert presentazione.versione.segnalazioni


@pytest.mark.parametrize(
    ("cambi", "messaggio"),
    [
        ({"presentata_il_0": "", "presentata_il_1": ""}, "Scrivi giorno e ora della presentazione"),
        ({"presentata_il_0": "31/02/2026"}, "febbraio 2026 ha 28 giorni"),
        ({"presentata_il_0": "26/10/2025", "presentata_il_1": "02:30"}, "02:30 è passata due volte: scrivine una prima"),
        ({"presentata_il_0": "29/03/2026", "presentata_il_1": "02:30"}, "02:30 non c&#x27;è stata: scrivine una prima"),
        ({"presentata_il_1": "le undici"}, "«le undici» non è un&#x27;ora: scrivila così, 11:30"),
        ({"presentata_il_0": "14/10/2099"}, "nel futuro"),
        ({"presentata_il_0": "01/01/0001", "presentata_il_1": "00:00"}, "dal 1900 al 2100"),
        ({"presentata_il_0": "01/01/1999", "presentata_il_1": "00:00"}, "Controlla l&#x27;anno"),
        ({"presentata_il_0": ""}, "Manca il giorno"),
        ({"presentata_il_1": ""}, "Manca l&#x27;ora"),
        ({"presentata_il_0": "ieri", "presentata_il_1": ""}, "Manca l&#x27;ora"),
        ({"presentata_il_0": "ieri", "presentata_il_1": ""}, "«ieri» non è una data"),
        ({"protocollo_il": "14/10/2099"}, "in cui la scheda è stata protocollata"),
        ({"protocollo": ""}, "Indica il numero di protocollo o allega la ricevuta"),
        ({"protocollo": "   "}, "Indica il numero di protocollo o allega la ricevuta"),
        ({"canale": "portale"}, "Scegli un&#x27;opzione valida"),
        ({"canale": "piccione"}, "Scegli un&#x27;opzione valida"),
        ({"protocollo_il": "domani"}, "«domani» non è una data"),
    ],
)
def test_presentata_altrove_rifiuta_cio_che_non_prova_nulla(entra, responsabile, progetto, cambi, messaggio):
    risposta = altrove(entra(responsabile), progetto, **cambi)
    assert risposta.status_code == 422
    assert messaggio in re.sub(r"&#39;", "&#x27;", risposta.content.decode())
    progetto.refresh_from_db()
    assert progetto.stato == Stato.BOZZA


def fuori_termini(progetto) -> list[str]:
    return [s["messaggio"] for s in progetto.versioni.get().segnalazioni if s["regola"] == "filed_outside_window"]


def test_presentata_altrove_fuori_dai_termini_resta_scritto_nella_versione(entra, responsabile, progetto):
    apre, chiude = datetime(2026, 3, 2, 8, tzinfo=UTC), datetime(2026, 4, 30, 10, tzinfo=UTC)
    Avviso.objects.filter(pk=progetto.avviso_id).update(apre_il=apre, chiude_il=chiude)
    risposta = altrove(entra(responsabile), progetto, presentata_il_0="30/04/2026", presentata_il_1="12:00")
    (messaggio,) = fuori_termini(progetto)
    assert "30/04/2026 alle 12:00" in messaggio
    assert "si è aperto il 02/03/2026 alle 09:00 e si è chiuso il 30/04/2026 alle 12:00" in messaggio
    versione = reverse("progetti:versione", args=[progetto.versioni.get().pk])
    assert "fuori dai termini" in entra(responsabile).get(versione).content.decode()
    assert risposta.status_code == 302


def test_presentata_altrove_nei_termini_non_si_segnala(entra, responsabile, progetto):
    apre, chiude = datetime(2026, 3, 2, 8, tzinfo=UTC), datetime(2026, 4, 30, 10, tzinfo=UTC)
    Avviso.objects.filter(pk=progetto.avviso_id).update(apre_il=apre, chiude_il=chiude)
    altrove(entra(responsabile), progetto, presentata_il_0="30/04/2026", presentata_il_1="11:59")
    assert fuori_termini(progetto) == []


@pytest.mark.parametrize("contenuto", [b"MZ\x90\x00 programma", b"<html>ciao</html>", b""])
def test_una_ricevuta_travestita_e_rifiutata_dal_contenuto(entra, responsabile, progetto, contenuto):
    finto = SimpleUploadedFile("ricevuta.pdf", contenuto, content_type="application/pdf")
    assert altrove(entra(responsabile), progetto, ricevuta=finto).status_code == 422
    progetto.refresh_from_db()
    assert progetto.stato == Stato.BOZZA


def test_una_ricevuta_troppo_grande_e_rifiutata(entra, responsabile, progetto, settings):
    settings.ALLEGATO_MASSIMO = 1024 * 1024
    grande = SimpleUploadedFile("ricevuta.pdf", PDF + b"0" * settings.ALLEGATO_MASSIMO)
    risposta = altrove(entra(responsabile), progetto, ricevuta=grande)
    assert risposta.status_code == 422
    assert "supera 1 MB" in risposta.content.decode()


@pytest.mark.parametrize(
    ("file", "dati"),
    [("ricevuta.pdf", PDF), ("ricevuta.eml", b"Received: from pec.example.org\r\nSubject: ACCETTAZIONE\r\n\r\n")],
)
def test_la_ricevuta_vale_come_prova_senza_protocollo(entra, responsabile, progetto, file, dati):
    risposta = altrove(entra(responsabile), progetto, protocollo="", ricevuta=SimpleUploadedFile(file, dati))
    assert risposta.status_code == 302
    scaricata = entra(responsabile).get(risposta.url + "file/")
    assert b"".join(scaricata.streaming_content) == dati
    assert scaricata["Content-Type"] == {"pdf": "application/pdf", "eml": "message/rfc822"}[file[-3:]]


def test_la_ricevuta_la_scarica_solo_chi_puo(entra, responsabile, partner, regione, estraneo, ats, progetto):
    url = altrove(entra(responsabile), progetto, ricevuta=SimpleUploadedFile("r.pdf", PDF)).url + "file/"
    codici = []
    for utente in (responsabile, ats, partner, regione, estraneo):
        risposta = entra(utente).get(url)
        codici.append(risposta.status_code)
        if risposta.streaming:
            assert b"".join(risposta.streaming_content) == PDF
    assert codici == [200, 200, 403, 403, 404]


def test_senza_ricevuta_non_c_e_nulla_da_scaricare(entra, responsabile, progetto):
    url = altrove(entra(responsabile), progetto).url
    assert entra(responsabile).get(url + "file/").status_code == 404


def test_la_base_dati_rifiuta_un_altrove_senza_prova(presentato):
    with pytest.raises(IntegrityError), transaction.atomic():
        Presentazione.objects.filter(versione__progetto=presentato).update(canale="pec", protocollo="", ricevuta="")


# States and history.

FUNZIONI = {
    "presenta": lambda p, u: transizioni.presenta(p.pk, u),
    "registra_presentata_altrove": lambda p, u: transizioni.registra_presentata_altrove(
        p.pk, u, canale="pec", presentata_il=timezone.now(), protocollo="1"
    ),
    "acquisisci_da_carta": lambda p, u: transizioni.acquisisci_da_carta(p.pk, u),
    "riapri": lambda p, u: transizioni.riapri(p.pk, u),
}
TABELLA = {azione: passo for azione, passo in PROGETTO.passi.items() if passo.a in Stato.values}
VIETATE = [(azione, stato) for azione, passo in TABELLA.items() for stato in Stato if stato not in passo.da]


def test_ogni_transizione_della_tabella_ha_la_sua_funzione():
    assert set(FUNZIONI) == set(TABELLA)


@pytest.mark.parametrize(("azione", "stato"), VIETATE)
def test_nessuna_transizione_parte_da_uno_stato_che_la_tabella_non_dice(presentato, responsabile, azione, stato):
    Progetto.objects.filter(pk=presentato.pk).update(stato=stato)
    with pytest.raises(Rifiuto):
        FUNZIONI[azione](presentato, responsabile)
    presentato.refresh_from_db()
    assert presentato.stato == stato
    assert presentato.versioni.count() == 1


def test_ogni_passaggio_lascia_scritto_da_dove_a_dove_e_chi(pronto, responsabile):
    transizioni.presenta(pronto.pk, responsabile)
    tipo = ContentType.objects.get_for_model(Progetto)
    passaggi = Passaggio.objects.filter(tipo=tipo, oggetto_id=str(pronto.pk)).values_list("azione", "da", "a", "utente__email")
    chi = responsabile.email
    assert list(passaggi) == [
        ("presenta", "bozza", "presentato", chi),
        ("riapri", "presentato", "bozza", chi),
        ("presenta", "bozza", "presentato", chi),
    ]


def test_la_storia_dice_chi_ha_cambiato_che_cosa(entra, capofila, progetto):
    browser, url = entra(capofila), reverse("progetti:sezione", args=[progetto.pk, "I"])
    browser.post(url, apri(browser, url) | {nome("I.1", "titolo"): "Titolo nuovo"})
    evento = progetto.events.filter(titolo="Titolo nuovo").get()
    assert (evento.pgh_label, evento.pgh_context.metadata["user"]) == ("update", capofila.pk)


def test_la_storia_non_tiene_le_password(capofila):
    assert "password" not in {c.name for c in capofila.events.model._meta.get_fields()}
