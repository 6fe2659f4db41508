"""Files made and mail sent by a real worker, on real commits: what may go wrong, goes wrong here."""

import threading
import time
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings as impostazioni
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from conciliazione.file import lavori
from conciliazione.messaggi import posta
from conciliazione.models import FileGenerato, Messaggio
from progetti.models import Versione
from progetti.presentazione import versioni

from ... import fabbrica
from ...attese import aspetta

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def versione(presentato) -> Versione:
    return presentato.versioni.get()


def chiedi(browser: Client, versione: Versione) -> FileGenerato:
    """Asks the PDF as the button does."""
    risposta = browser.post(reverse("progetti:pdf", args=[versione.pk]))
    assert risposta.status_code == 302
    return FileGenerato.objects.get(pk=risposta.url.rstrip("/").rpartition("/")[2])


def pronto(file: FileGenerato) -> FileGenerato:
    aspetta(lambda: _riletto(file).pronto, "il PDF è pronto")
    return _riletto(file)


def _riletto(file: FileGenerato) -> FileGenerato:
    file.refresh_from_db()
    return file


def invecchia(oggetto, campo: str) -> None:
    """Makes a row old enough for the sweep, that leaves alone what was asked a moment ago."""
    type(oggetto).objects.filter(pk=oggetto.pk).update(**{campo: timezone.now() - timedelta(minutes=1)})


def in_archivio(file: FileGenerato) -> list[Path]:
    return list((Path(impostazioni.MEDIA_ROOT) / "generati").rglob(f"{file.chiave[:16]}*"))


@contextmanager
def lavoratore_a_meta(file_chiesto):
    """Holds a worker in the middle of a PDF: it has begun, and waits for the table of versions that we keep locked."""
    with transaction.atomic():
        with connection.cursor() as cursore:
            cursore.execute("LOCK TABLE progetti_versione IN ACCESS EXCLUSIVE MODE")
        file = file_chiesto()
        aspetta(lambda: _riletto(file).avviato_il, "il lavoratore ha cominciato")
        assert not file.pronto
        yield file


def dato_a_un_lavoratore(versione: Versione) -> FileGenerato:
    """A request of which a worker is told now, and not at the end of the transaction that holds it."""
    lavori.accoda(lavori.LAVORO, FileGenerato.objects.get(argomento=f"versione:{versione.pk}").pk)
    return FileGenerato.objects.get(argomento=f"versione:{versione.pk}")


def richiesto_prima(versione: Versione) -> None:
    """The row of a request, written and not yet told to anybody."""
    FileGenerato.objects.create(
        chiave=lavori.chiave((f"versione {versione.pk}",)),
        argomento=f"versione:{versione.pk}",
        nome="scheda.pdf",
        dati={"versione": versione.pk},
    )


# --- made once -------------------------------------------------------------------------------------------------------


def test_chiesto_due_volte_e_fatto_una(lavoratore, entra, ats, versione):
    browser = entra(ats)
    primo, secondo = chiedi(browser, versione), chiedi(browser, versione)
    fatto = pronto(primo)
    terzo = chiedi(browser, versione)
    assert primo.pk == secondo.pk == terzo.pk
    assert fatto.tentativi == 1
    assert len(in_archivio(fatto)) == 1
    assert terzo.pronto_il == fatto.pronto_il


def test_due_richieste_nello_stesso_istante_fanno_una_riga(ats, versione):
    insieme, esiti = threading.Barrier(2), []

    def richiesta():
        browser = Client()
        browser.force_login(ats)
        insieme.wait(120)
        esiti.append(browser.post(reverse("progetti:pdf", args=[versione.pk])))
        connection.close()

    fili = [threading.Thread(target=richiesta) for _ in range(2)]
    for filo in fili:
        filo.start()
    for filo in fili:
        filo.join(120)
    assert [r.status_code for r in esiti] == [302, 302]
    assert esiti[0].url == esiti[1].url
    assert FileGenerato.objects.count() == 1


def test_una_scheda_cambiata_e_un_altra_anteprima(entra, capofila, progetto):
    browser = entra(capofila)
    prima, uguale = (browser.post(reverse("progetti:anteprima", args=[progetto.pk])).url for _ in range(2))
    progetto.titolo = "Tempo per tutte"
    progetto.save(update_fields=["titolo"])
    dopo = browser.post(reverse("progetti:anteprima", args=[progetto.pk])).url
    assert prima == uguale != dopo


# --- bad days --------------------------------------------------------------------------------------------------------


def test_ucciso_a_meta_il_pdf_arriva_una_volta_dopo_il_riavvio(lavoratore, versione):
    richiesto_prima(versione)
    with lavoratore_a_meta(lambda: dato_a_un_lavoratore(versione)) as file:
        lavoratore.uccidi()
    invecchia(file, "richiesto_il")
    lavoratore.riavvia()
    fatto = pronto(file)
    assert fatto.tentativi == 2
    assert len(in_archivio(fatto)) == 1


def test_mezzo_file_lasciato_da_un_lavoratore_ucciso_non_resta(versione, settings, tmp_path):
    """Killed after writing the bytes and before saying so."""
    settings.MEDIA_ROOT = tmp_path
    richiesto_prima(versione)
    file = FileGenerato.objects.get()
    lavori._consegna(FileGenerato.objects.get(), b"a meta")
    FileGenerato.objects.update(stato="in_attesa", file="")
    lavori.esegui(file.pk, lambda: b"tutto")
    assert [f.read_bytes() for f in in_archivio(file)] == [b"tutto"]


def test_il_resto_si_toglie_anche_se_il_mese_e_cambiato(versione, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    richiesto_prima(versione)
    FileGenerato.objects.update(richiesto_il=timezone.now() - timedelta(days=40))
    file = FileGenerato.objects.get()
    lavori._consegna(FileGenerato.objects.get(), b"a meta")
    FileGenerato.objects.update(stato="in_attesa", file="")
    lavori.esegui(file.pk, lambda: b"tutto")
    assert f"{file.richiesto_il:%Y/%m}" in str(in_archivio(file)[0])
    assert [f.read_bytes() for f in in_archivio(file)] == [b"tutto"]


def test_di_un_file_dato_per_fallito_non_resta_nulla_in_archivio(versione, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    richiesto_prima(versione)
    lavori._consegna(FileGenerato.objects.get(), b"dati di persone")
    FileGenerato.objects.update(stato="in_attesa", file="", tentativi=lavori.TENTATIVI)
    file = FileGenerato.objects.get()
    lavori.esegui(file.pk, lambda: pytest.fail("non si prova più"))
    assert _riletto(file).fallito
    assert in_archivio(file) == []


def test_il_ripasso_non_tocca_il_file_che_un_lavoratore_vivo_tiene(lavoratore, versione):
    richiesto_prima(versione)
    with lavoratore_a_meta(lambda: dato_a_un_lavoratore(versione)) as file:
        invecchia(file, "richiesto_il")
        assert lavori.ripassa(timedelta(0)) == 0
    assert pronto(file).tentativi == 1


def test_un_secondo_lavoratore_lascia_il_file_a_chi_lo_ha_cominciato(lavoratore, versione):
    richiesto_prima(versione)
    with lavoratore_a_meta(lambda: dato_a_un_lavoratore(versione)) as file:
        lavori.esegui(file.pk, lambda: pytest.fail("lo sta facendo un altro"))
    assert pronto(file).tentativi == 1


def test_con_il_broker_spento_si_va_alla_pagina_del_file_e_il_pdf_arriva_quando_torna(lavoratore, broker, entra, ats, versione):
    browser = entra(ats)
    broker.spegni()
    file = chiedi(browser, versione)
    assert "in coda" in browser.get(reverse("progetti:file", args=[file.pk])).content.decode()
    invecchia(file, "richiesto_il")
    broker.accendi()
    assert pronto(file).tentativi == 1


def test_con_il_broker_spento_si_presenta_e_la_posta_parte_dopo(lavoratore, broker, entra, responsabile, presentato):
    browser = entra(responsabile)
    browser.post(reverse("progetti:riapri", args=[presentato.pk]))
    broker.spegni()
    risposta = browser.post(reverse("progetti:presenta", args=[presentato.pk]))
    assert risposta.url == reverse("progetti:ricevuta", args=[presentato.versioni.order_by("-numero")[0].pk])
    in_sospeso = Messaggio.objects.filter(inviato_il=None)
    assert in_sospeso.exists()
    in_sospeso.update(creato_il=timezone.now() - timedelta(minutes=1))
    broker.accendi()
    aspetta(lambda: not in_sospeso.exists(), "la posta è partita")


def test_con_il_broker_spento_chi_chiede_non_aspetta(broker, entra, ats, versione):
    broker.spegni()
    prima = time.monotonic()
    chiedi(entra(ats), versione)
    assert time.monotonic() - prima < 2


# --- jobs that fail --------------------------------------------------------------------------------------------------


@pytest.fixture
def guasto(versione, ats) -> FileGenerato:
    """A request that cannot succeed: its version is not there."""
    richiesto_prima(versione)
    FileGenerato.objects.update(dati={"versione": 0})
    return FileGenerato.objects.get()


def test_al_terzo_tentativo_fallito_il_ripasso_smette_e_la_pagina_lo_dice(lavoratore, entra, ats, guasto):
    invecchia(guasto, "richiesto_il")
    aspetta(lambda: _riletto(guasto).fallito, "il file è dato per fallito")
    assert guasto.tentativi == lavori.TENTATIVI
    assert lavori.ripassa(timedelta(0)) == 0
    pagina = entra(ats).get(reverse("progetti:file", args=[guasto.pk])).content.decode()
    assert "Il PDF non è riuscito" in pagina
    assert "DoesNotExist" not in pagina


def test_un_file_fallito_si_riprova_e_arriva(lavoratore, entra, ats, versione, guasto):
    FileGenerato.objects.update(stato="fallito", tentativi=3, errore="RuntimeError: era rotto", dati={"versione": versione.pk})
    browser = entra(ats)
    risposta = browser.post(reverse("progetti:riprova", args=[guasto.pk]))
    assert risposta.url == reverse("progetti:file", args=[guasto.pk])
    fatto = pronto(guasto)
    assert (fatto.tentativi, fatto.errore) == (1, "")


def test_chiedere_di_nuovo_un_file_fallito_lo_riprova(entra, ats, versione):
    file = chiedi(entra(ats), versione)
    FileGenerato.objects.update(stato="fallito", tentativi=3, errore="RuntimeError: era rotto")
    chiedi(entra(ats), versione)
    assert (_riletto(file).stato, file.errore) == ("in_attesa", "")


def test_un_lavoro_che_uccide_sempre_il_lavoratore_prima_o_poi_e_dato_per_fallito(guasto):
    FileGenerato.objects.update(tentativi=lavori.TENTATIVI, avviato_il=timezone.now())
    lavori.esegui(guasto.pk, lambda: pytest.fail("non si prova più"))
    assert _riletto(guasto).fallito


def test_un_errore_lascia_il_file_in_attesa_finche_restano_tentativi(guasto):
    def scoppia():
        raise RuntimeError("prima volta")

    lavori.esegui(guasto.pk, scoppia)
    assert (_riletto(guasto).stato, guasto.tentativi, guasto.errore) == ("in_attesa", 1, "RuntimeError: prima volta")


# --- mail ------------------------------------------------------------------------------------------------------------


def spedite(oggetto: str) -> list[Path]:
    """The mail that the worker of the tests has written."""
    cartella = Path(impostazioni.EMAIL_FILE_PATH)
    return [f for f in cartella.glob("*") if f"Subject: {oggetto}" in f.read_text()]


def scrivi(oggetto: str) -> Messaggio:
    return Messaggio.objects.create(destinatari=["anna@example.org"], oggetto=oggetto, testo="Buongiorno")


def inviato(messaggio: Messaggio) -> Messaggio:
    def partito():
        messaggio.refresh_from_db()
        return messaggio.inviato_il

    aspetta(partito, "il messaggio è partito")
    return messaggio


@pytest.fixture
def niente_da_spedire(transactional_db):
    """Of the mail that the demo wrote."""
    fabbrica.svuota_la_posta()


def test_la_posta_parte_una_volta_sola(lavoratore, niente_da_spedire):
    messaggio = scrivi(f"Una volta {timezone.now():%H%M%S%f}")
    for _ in range(3):
        lavori.accoda(posta.LAVORO, messaggio.pk)
    invecchia(messaggio, "creato_il")
    assert inviato(messaggio).tentativi == 1
    posta.spedisci(messaggio.pk)
    assert posta.ripassa(timedelta(0)) == 0
    assert len(spedite(messaggio.oggetto)) == 1


def test_la_posta_non_partita_e_ripresa_dal_ripasso(lavoratore, transactional_db, settings):
    messaggio = scrivi(f"Due volte {timezone.now():%H%M%S%f}")
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1  # nobody there
    posta.spedisci(messaggio.pk)
    messaggio.refresh_from_db()
    assert (messaggio.inviato_il, messaggio.tentativi) == (None, 1)
    assert "refused" in messaggio.errore
    invecchia(messaggio, "creato_il")
    invecchia(messaggio, "ultimo_tentativo_il")
    assert (inviato(messaggio).tentativi, messaggio.errore) == (2, "")
    assert len(spedite(messaggio.oggetto)) == 1


def test_un_messaggio_che_non_si_puo_spedire_non_e_ripreso_per_sempre(niente_da_spedire):
    messaggio = non_spedibile()
    for _ in range(posta.TENTATIVI):
        posta.spedisci(messaggio.pk)
        passano(messaggio, timedelta(days=2))
    messaggio.refresh_from_db()
    assert messaggio.tentativi == posta.TENTATIVI
    assert posta.ripassa(timedelta(0)) == 0
    posta.spedisci(messaggio.pk)
    messaggio.refresh_from_db()
    assert messaggio.tentativi == posta.TENTATIVI
    assert "BadHeaderError" in messaggio.errore


def non_spedibile() -> Messaggio:
    return Messaggio.objects.create(destinatari=["anna@example.org"], oggetto="a capo\nqui", testo="")


def passano(messaggio: Messaggio, quanto: timedelta) -> None:
    """As if that long ago it had been tried last."""
    Messaggio.objects.filter(pk=messaggio.pk).update(ultimo_tentativo_il=timezone.now() - quanto)


def test_fra_un_tentativo_e_l_altro_si_aspetta_sempre_di_piu(niente_da_spedire, monkeypatch):
    detti = []
    monkeypatch.setattr(lavori, "accoda", lambda lavoro, pk: not detti.append(pk))
    messaggio = non_spedibile()
    for tentativo, attesa in enumerate(posta.ATTESE, 1):
        posta.spedisci(messaggio.pk)
        messaggio.refresh_from_db()
        assert messaggio.tentativi == tentativo
        passano(messaggio, attesa - timedelta(seconds=5))
        assert posta.ripassa(timedelta(0)) == 0
        posta.spedisci(messaggio.pk)  # told again all the same, as a queue that was long does
        messaggio.refresh_from_db()
        assert messaggio.tentativi == tentativo
        passano(messaggio, attesa)
        assert posta.ripassa(timedelta(0)) == 1
    assert sum(posta.ATTESE, timedelta(0)) > timedelta(days=3)


def test_un_messaggio_che_fa_cadere_il_lavoratore_non_lo_fa_per_sempre(niente_da_spedire, monkeypatch):
    def cade(*_):
        raise SystemExit

    monkeypatch.setattr("django.core.mail.EmailMessage.send", cade)
    messaggio = scrivi("Fa cadere")
    with pytest.raises(SystemExit):
        posta.spedisci(messaggio.pk)
    messaggio.refresh_from_db()
    assert messaggio.tentativi == 1


# --- who may take a file ---------------------------------------------------------------------------------------------


@pytest.fixture
def fatto(versione, tmp_path, settings) -> FileGenerato:
    """A PDF of a filed version, ready."""
    settings.MEDIA_ROOT = tmp_path
    richiesto_prima(versione)
    file = FileGenerato.objects.get()
    lavori.esegui(file.pk, lambda: b"%PDF-1.7 prova")
    return _riletto(file)


@pytest.fixture
def anteprima(progetto, capofila) -> FileGenerato:
    return versioni.chiedi_anteprima(progetto, capofila)


INDIRIZZI = ["progetti:file", "progetti:scarica"]


@pytest.mark.parametrize("indirizzo", INDIRIZZI)
@pytest.mark.parametrize("chi", ["estraneo", "altra_ats"])
def test_un_estraneo_non_vede_il_file_di_una_versione(request, entra, fatto, indirizzo, chi):
    assert entra(request.getfixturevalue(chi)).get(reverse(indirizzo, args=[fatto.pk])).status_code == 404


@pytest.mark.parametrize("indirizzo", INDIRIZZI)
def test_un_partner_non_prende_il_pdf_con_i_dati_personali_di_tutti(entra, partner, fatto, indirizzo):
    assert entra(partner).get(reverse(indirizzo, args=[fatto.pk])).status_code == 403


def test_un_partner_non_chiede_il_pdf(entra, partner, versione):
    assert entra(partner).post(reverse("progetti:pdf", args=[versione.pk])).status_code == 403
    assert not FileGenerato.objects.exists()


@pytest.mark.parametrize(("chi", "codice"), [("partner", 403), ("ats", 404), ("regione", 404), ("estraneo", 404)])
def test_l_anteprima_e_solo_del_capofila(request, entra, progetto, anteprima, chi, codice):
    browser = entra(request.getfixturevalue(chi))
    assert browser.post(reverse("progetti:anteprima", args=[progetto.pk])).status_code == codice
    assert browser.get(reverse("progetti:file", args=[anteprima.pk])).status_code == codice


def test_il_file_si_scarica_come_allegato_e_il_browser_non_indovina_che_cos_e(entra, ats, fatto):
    risposta = entra(ats).get(reverse("progetti:scarica", args=[fatto.pk]))
    assert b"".join(risposta.streaming_content) == b"%PDF-1.7 prova"
    assert risposta["Content-Disposition"] == 'attachment; filename="scheda.pdf"'
    assert risposta["Content-Type"] == "application/pdf"
    assert risposta["X-Content-Type-Options"] == "nosniff"


def test_un_file_non_pronto_non_si_scarica(entra, capofila, anteprima):
    assert entra(capofila).get(reverse("progetti:scarica", args=[anteprima.pk])).status_code == 404


@pytest.mark.parametrize("prefisso", ["/", "/media/", "/archivio/", "/static/", "/var/archivio/", "/static/../archivio/"])
def test_l_archivio_non_ha_un_indirizzo(entra, amministratore, fatto, prefisso):
    assert Path(fatto.file.path).exists()
    assert entra(amministratore).get(prefisso + fatto.file.name).status_code == 404


def test_un_messaggio_che_non_c_e_piu_non_fa_rumore(db):
    """A broker may tell again of a message whose row is gone."""
    posta.spedisci(2_000_000_000)
    assert not Messaggio.objects.filter(pk=2_000_000_000).exists()
