"""The papers of a project: prepared, sent, taken back signed, matched by their QR, made again when the figures change."""

import io
from datetime import date, timedelta

import pypdfium2
import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from alleanze.models import Appartenenza, Carica, Ente, Mandato
from conciliazione.file import lavori
from conciliazione.messaggi import da_fare
from conciliazione.models import FileGenerato, Messaggio, Notifica, Passaggio
from conciliazione.templatetags.italiano import importo
from progetti.fascicolo import carte, dati, invii, stampa, transizioni
from progetti.models import AttoDiImpegno, Cofinanziamento, DaFirmare, Incaricato, Partecipazione, Referente
from progetti.nuovo import apri
from progetti.presentazione.transizioni import perche_resta
from progetti.scansioni import scansioni
from progetti.soggetti import aggiungi

from ... import fabbrica
from ...carte import PDF, PDF_CHE_AGISCE
from ...test_interrogazioni import domande
from ..partner.test_conferme import parole, soggetto
from ..scansioni.test_qr import in_figura, in_pdf


@pytest.fixture(autouse=True)
def da_capo(settings, tmp_path, dimostrazione):
    """Nothing prepared: the demo has papers in each state."""
    settings.MEDIA_ROOT = tmp_path
    DaFirmare.objects.all().delete()
    AttoDiImpegno.objects.all().delete()


@pytest.fixture
def preparato(progetto, capofila):
    carte.prepara(progetto, capofila)
    return progetto


@pytest.fixture
def inviato(preparato, capofila):
    invii.invia(preparato, capofila)
    return preparato


def indirizzo(progetto, nome: str, *argomenti) -> str:
    return reverse(f"progetti:{nome}", args=[progetto.pk, *argomenti])


def carta(progetto, ente: str, genere: str = "lettera") -> DaFirmare:
    return soggetto(progetto, ente).da_firmare.exclude(stato="annullato").get(genere=genere)


def file(nome: str = "firmata.pdf", dati: bytes = PDF) -> SimpleUploadedFile:
    return SimpleUploadedFile(nome, dati)


def generi(progetto, ente: str) -> set[str]:
    return set(soggetto(progetto, ente).da_firmare.exclude(stato="annullato").values_list("genere", flat=True))


def in_riga(cifra: str) -> str:
    """An amount as `parole` gives it, with a space that may break."""
    return f"€ {importo(cifra)}"


def cambia_la_cifra(progetto, ente: str = "Comunità", cifra: str = "1999.99"):
    riga = soggetto(progetto, ente).cofinanziamenti.first()
    Cofinanziamento.objects.filter(pk=riga.pk).update(importo=cifra)


# Preparing.


def test_un_bottone_prepara_a_ciascuno_le_sue_carte(entra, capofila, progetto):
    risposta = entra(capofila).post(indirizzo(progetto, "fascicolo_prepara"), follow=True)
    assert "Documenti preparati: " in parole(risposta)
    assert generi(progetto, "Comune di Crema") == {"privacy"}
    assert generi(progetto, "Comunità") == {"lettera", "impegno", "privacy", "mandato"} - (
        set() if soggetto(progetto, "Comunità").ruolo == "partner" else {"mandato"}
    )
    assert "impegno" not in generi(progetto, "Iride")


@pytest.mark.parametrize(("ruolo", "mandato"), [("partner", True), ("aderente", False), ("sostenitore", False)])
def test_il_mandato_lo_da_solo_chi_e_partner(progetto, capofila, ruolo, mandato):
    progetto.partecipazioni.filter(pk=soggetto(progetto, "Iride").pk).update(ruolo=ruolo)
    carte.prepara(progetto, capofila)
    assert ("mandato" in generi(progetto, "Iride")) is mandato


def test_preparare_due_volte_non_raddoppia_niente(preparato, capofila):
    prima = set(DaFirmare.objects.values_list("pk", flat=True))
    assert carte.prepara(preparato, capofila).niente
    assert set(DaFirmare.objects.values_list("pk", flat=True)) == prima


def test_la_base_dati_tiene_una_carta_sola_in_vigore(preparato, capofila):
    una = carta(preparato, "Iride")
    with pytest.raises(IntegrityError), transaction.atomic():
        transizioni.prepara(una.partecipazione, una.genere, una.dati, capofila)


def test_la_carta_dice_chi_e_in_carica_e_non_chi_lo_era(progetto, capofila):
    ente = soggetto(progetto, "Iride").ente
    ente.cariche.all().delete()
    prima = fabbrica.persona("Piera", "Uscente")
    Carica.objects.create(ente=ente, persona=prima, tipo="lr", al=timezone.localdate() - timedelta(days=1))
    Carica.objects.create(ente=ente, persona=fabbrica.persona("Nora", "Entrante"), tipo="lr")
    carte.prepara(progetto, capofila)
    assert carta(progetto, "Iride").dati["rappresentante"] == {"nominativo": "Nora Entrante", "carica": "legale rappresentante"}


def test_senza_cariche_la_carta_dice_chi_dice_la_scheda(progetto, capofila):
    soggetto(progetto, "Comunità").ente.cariche.all().delete()
    carte.prepara(progetto, capofila)
    assert carta(progetto, "Comunità").dati["rappresentante"]["nominativo"]
    assert "nato_il" not in carta(progetto, "Comunità").dati["rappresentante"]


def test_l_impegno_dice_le_cifre_per_azione_e_l_atto(progetto, capofila):
    csc = soggetto(progetto, "Comunità")
    AttoDiImpegno.objects.create(partecipazione=csc, genere="delibera", numero="12", data="2026-03-12", importo="5000.00")
    carte.prepara(progetto, capofila)
    dice = carta(progetto, "Comunità", "impegno")
    somma = sum(c.importo for c in csc.cofinanziamenti.all())
    assert dice.dati["cofinanziamento"]["totale"] == str(somma)
    html = stampa.html(dice)
    assert "delibera n. 12 del 12/03/2026" in html
    assert all(c.azione.titolo in html for c in csc.cofinanziamenti.all())
    assert dice.impronta in html


def test_senza_atto_l_impegno_ha_le_righe_da_compilare(preparato):
    assert 'class="da-scrivere"' in stampa.html(carta(preparato, "Comunità", "impegno")).partition("è impegnato con")[2]


def test_lo_stesso_documento_ha_sempre_gli_stessi_byte(preparato):
    una = carta(preparato, "Comunità", "impegno")
    assert stampa.di_una(una) == stampa.di_una(DaFirmare.objects.get(pk=una.pk))


# The figures change.


def test_non_firmata_si_annulla_e_si_rifa_quando_cambia_la_cifra(preparato, capofila):
    prima = carta(preparato, "Comunità", "impegno")
    cambia_la_cifra(preparato)
    fatte = carte.prepara(preparato, capofila)
    prima.refresh_from_db()
    assert prima in fatte.annullate or prima.stato == "annullato"
    assert "la cifra è passata da " in prima.nota
    assert carta(preparato, "Comunità", "impegno").codice != prima.codice


def test_firmata_non_si_tocca_e_si_dice_da_quanto_a_quanto(entra, capofila, partner, preparato):
    una = carta(preparato, "Comunità", "impegno")
    transizioni.consegna(una.pk, file(), partner)
    era = una.dati["cofinanziamento"]["totale"]
    cambia_la_cifra(preparato)
    fatte = carte.prepara(preparato, capofila)
    una.refresh_from_db()
    assert una.stato == "firmato"
    assert una in fatte.firmate_da_rifare
    testo = parole(entra(capofila).get(indirizzo(preparato, "fascicolo")))
    adesso = dati.Fonte(preparato).cofinanziamento(soggetto(preparato, "Comunità"))["totale"]
    assert f"la cifra è passata da {in_riga(era)} a {in_riga(adesso)}" in testo


def test_firmata_vale_anche_se_poi_cambia_chi_e_in_carica_o_arriva_l_atto(preparato, capofila, partner):
    una = carta(preparato, "Comunità", "impegno")
    transizioni.consegna(una.pk, file(), partner)
    ente = soggetto(preparato, "Comunità").ente
    ente.cariche.all().delete()
    Carica.objects.create(ente=ente, persona=fabbrica.persona("Nora", "Entrante"), tipo="lr")
    AttoDiImpegno.objects.create(partecipazione=una.partecipazione, genere="delibera", data="2026-03-12")
    assert una not in carte.prepara(preparato, capofila).firmate_da_rifare


def test_una_carta_non_piu_dovuta_si_annulla(preparato, capofila):
    una = carta(preparato, "Comunità", "impegno")
    soggetto(preparato, "Comunità").cofinanziamenti.all().delete()
    carte.prepara(preparato, capofila)
    una.refresh_from_db()
    assert (una.stato, una.nota) == ("annullato", carte.NON_DOVUTA)


def test_rifatta_quella_firmata_resta_leggibile(entra, capofila, partner, preparato):
    una = carta(preparato, "Comunità", "impegno")
    transizioni.consegna(una.pk, file(), partner)
    cambia_la_cifra(preparato)
    risposta = entra(capofila).post(indirizzo(preparato, "carta_rifai", una.pk))
    nuova = carta(preparato, "Comunità", "impegno")
    assert risposta.url == indirizzo(preparato, "carta_da_firmare", nuova.pk)
    assert nuova.stato == "preparato"
    assert indirizzo(preparato, "carta_da_firmare", una.pk) in entra(partner).get(risposta.url).content.decode()
    assert b"".join(entra(partner).get(indirizzo(preparato, "carta_firmata", una.pk)).streaming_content) == PDF


def test_chi_ha_documenti_firmati_non_si_toglie_finche_non_si_annullano(entra, capofila, preparato):
    una, url = carta(preparato, "Koala"), indirizzo(preparato, "togli_soggetto", soggetto(preparato, "Koala").pk)
    transizioni.consegna(una.pk, file(), capofila)
    assert "ha consegnato documenti firmati: prima annullali" in parole(entra(capofila).post(url, follow=True))
    carte.rifai(una, capofila)
    assert "Koala" in parole(entra(capofila).post(url, follow=True))
    assert not preparato.partecipazioni.filter(denominazione__startswith="Koala").exists()


def test_una_scheda_con_documenti_firmati_non_si_elimina(capofila, progetto):
    nuova = apri.apri(progetto.avviso, progetto.capofila, progetto.alleanza, capofila)
    soggetto_ = aggiungi.aggiungi_soggetto(nuova, soggetto(progetto, "Koala").ente, utente=capofila)
    carte.prepara(nuova, capofila)
    assert perche_resta(nuova) == ""
    transizioni.consegna(soggetto_.da_firmare.get(genere="lettera").pk, file(), capofila)
    assert "documenti firmati" in perche_resta(nuova)


# Sending.


def test_si_manda_a_chi_agisce_per_l_ente_agli_incaricati_e_ai_referenti(preparato, capofila, altro_partner, estraneo):
    iride = soggetto(preparato, "Iride")
    Incaricato.objects.create(partecipazione=iride, utente=estraneo)
    Referente.objects.create(progetto=preparato, partecipazione=iride, nominativo="Rita", email="rita@iride.example.org")
    invii.invia(preparato, capofila)
    inviati = set(carta(preparato, "Iride").inviato_a)
    assert {altro_partner.email, estraneo.email, "rita@iride.example.org"} <= inviati
    assert carta(preparato, "Iride").stato == "inviato"
    assert Notifica.objects.filter(utente=altro_partner, chiave__startswith=f"fascicolo:{iride.pk}").count() == 1
    a_rita = Messaggio.objects.filter(destinatari__contains=["rita@iride.example.org"]).get()
    assert indirizzo(preparato, "fascicolo") in a_rita.testo
    assert altro_partner.email not in a_rita.destinatari


def test_si_manda_anche_a_chi_prepara_per_mandato(preparato, capofila, partner):
    csc = partner.appartenenze.get().ente
    Mandato.objects.create(mandante=soggetto(preparato, "Iride").ente, mandatario=csc, dal="2020-01-01", atto="delibera 1")
    invii.invia(preparato, capofila)
    assert partner.email in carta(preparato, "Iride").inviato_a


def test_chi_non_agisce_piu_per_l_ente_non_riceve_niente(preparato, capofila, altro_partner):
    Appartenenza.objects.filter(utente=altro_partner).update(dal="2020-01-01", al="2020-12-31")
    invii.invia(preparato, capofila)
    assert altro_partner.email not in carta(preparato, "Iride").inviato_a


def test_chi_non_ha_un_indirizzo_si_dice_e_resta_da_inviare(entra, capofila, preparato, altro_partner):
    iride = soggetto(preparato, "Iride")
    altro_partner.appartenenze.all().delete()
    iride.ente.cariche.all().delete()
    iride.ente.mandati_dati.all().delete()
    Ente.objects.filter(pk=iride.ente_id).update(email="", pec="")
    risposta = entra(capofila).post(indirizzo(preparato, "fascicolo_invia"), follow=True)
    assert f"{iride} non ha un indirizzo" in parole(risposta)
    assert carta(preparato, "Iride").stato == "preparato"


def test_alla_pec_si_scrive_solo_se_non_c_e_altro(preparato, capofila, altro_partner):
    iride = soggetto(preparato, "Iride")
    Ente.objects.filter(pk=iride.ente_id).update(email="", pec="iride@pec.example.org")
    altro_partner.appartenenze.all().delete()
    iride.ente.cariche.all().delete()
    iride.ente.mandati_dati.all().delete()
    invii.invia(preparato, capofila)
    assert carta(preparato, "Iride").inviato_a == ["iride@pec.example.org"]


def test_quaranta_invii_in_un_minuto_sono_uno_e_si_dice_da_quando_si_puo(entra, capofila, inviato, altro_partner):
    iride = soggetto(inviato, "Iride")
    prima = Notifica.objects.filter(utente=altro_partner).count()
    for _ in range(3):
        dati_ = {"soggetto": iride.pk}
        risposta = entra(capofila).post(indirizzo(inviato, "fascicolo_invia"), dati_, follow=True)
        assert f"A {iride} è già stato scritto meno di un'ora fa: potrai mandare di nuovo dopo il" in parole(risposta)
    assert Notifica.objects.filter(utente=altro_partner).count() == prima


def test_dopo_un_ora_si_puo_mandare_di_nuovo(entra, capofila, inviato, altro_partner):
    iride = soggetto(inviato, "Iride")
    iride.da_firmare.update(inviato_il=timezone.now() - timedelta(minutes=61))
    prima = Notifica.objects.filter(utente=altro_partner).count()
    entra(capofila).post(indirizzo(inviato, "fascicolo_invia"), {"soggetto": iride.pk})
    assert Notifica.objects.filter(utente=altro_partner).count() == prima + 1


def test_mandare_a_un_soggetto_di_un_altro_progetto_non_si_puo(entra, capofila, inviato, presentato):
    altrui = soggetto(presentato, "Iride").pk
    assert entra(capofila).post(indirizzo(inviato, "fascicolo_invia"), {"soggetto": altrui}).status_code == 404


# Signing, checking.


def test_il_partner_consegna_il_documento_firmato_e_il_capofila_lo_sa(entra, altro_partner, capofila, inviato):
    una = carta(inviato, "Iride")
    url = indirizzo(inviato, "carta_da_firmare", una.pk)
    assert entra(altro_partner).post(url, {"firmato": file()}).status_code == 302
    una.refresh_from_db()
    assert (una.stato, una.firmato_da) == ("firmato", altro_partner)
    assert Notifica.objects.filter(utente=capofila, chiave__startswith=f"carta:{una.pk}:consegnata").exists()
    passaggi = Passaggio.objects.filter(tipo=ContentType.objects.get_for_model(DaFirmare), oggetto_id=str(una.pk))
    assert list(passaggi.values_list("azione", flat=True)) == ["prepara", "invia", "consegna_firmato"]


@pytest.mark.parametrize(
    ("che_cosa", "messaggio"),
    [(b"MZ un programma", "non si riconosce"), (b"", "vuoto"), (PDF_CHE_AGISCE, ""), (None, "Scegli il file")],
)
def test_un_file_sbagliato_non_e_una_firma(entra, altro_partner, inviato, che_cosa, messaggio):
    una = carta(inviato, "Iride")
    mandati = {} if che_cosa is None else {"firmato": file(dati=che_cosa)}
    risposta = entra(altro_partner).post(indirizzo(inviato, "carta_da_firmare", una.pk), mandati)
    una.refresh_from_db()
    assert (risposta.status_code, una.stato) == (422, "inviato")
    assert messaggio in risposta.content.decode()


def test_rimandata_indietro_il_partner_legge_perche_e_consegna_di_nuovo(entra, capofila, altro_partner, inviato):
    una = carta(inviato, "Iride")
    transizioni.consegna(una.pk, file(), altro_partner)
    entra(capofila).post(indirizzo(inviato, "carta_rimanda", una.pk), {"nota": "Manca la firma"})
    url = indirizzo(inviato, "fascicolo")
    assert "Va consegnato di nuovo: Manca la firma" in parole(entra(altro_partner).get(url))
    assert Notifica.objects.filter(utente=altro_partner, chiave__startswith=f"carta:{una.pk}:rimandata").exists()
    transizioni.consegna(una.pk, file("di-nuovo.pdf"), altro_partner)
    una.refresh_from_db()
    assert (una.stato, una.nota) == ("firmato", "")


def test_il_capofila_controlla_e_segna_ricevuto(entra, capofila, altro_partner, inviato):
    una = carta(inviato, "Iride")
    transizioni.consegna(una.pk, file(), altro_partner)
    entra(capofila).post(indirizzo(inviato, "carta_ricevi", una.pk))
    una.refresh_from_db()
    assert (una.stato, una.ricevuto_da) == ("ricevuto", capofila)
    assert entra(capofila).post(indirizzo(inviato, "carta_ricevi", una.pk), follow=True).status_code == 200


def test_due_che_controllano_insieme_il_secondo_lo_sa(entra, capofila, responsabile, altro_partner, inviato):
    una = carta(inviato, "Iride")
    transizioni.consegna(una.pk, file(), altro_partner)
    transizioni.ricevi(una.pk, responsabile)
    risposta = entra(capofila).post(indirizzo(inviato, "carta_ricevi", una.pk), follow=True)
    assert "Il documento è «ricevuto»: questa operazione non è più possibile." in parole(risposta)


def test_una_carta_annullata_non_si_consegna(entra, altro_partner, capofila, inviato):
    una = carta(inviato, "Iride")
    transizioni.annulla(una.pk, "per prova", capofila)
    risposta = entra(altro_partner).post(indirizzo(inviato, "carta_da_firmare", una.pk), {"firmato": file()}, follow=True)
    assert "Il documento è «annullato»" in parole(risposta)


def test_l_incaricato_consegna_per_il_solo_soggetto_che_lo_ha_incaricato(entra, estraneo, inviato):
    Incaricato.objects.create(partecipazione=soggetto(inviato, "Iride"), utente=estraneo)
    browser = entra(estraneo)
    assert browser.get(indirizzo(inviato, "carta_da_firmare", carta(inviato, "Comunità").pk)).status_code == 403
    url = indirizzo(inviato, "carta_da_firmare", carta(inviato, "Iride").pk)
    assert browser.post(url, {"firmato": file()}).status_code == 302
    assert carta(inviato, "Iride").firmato_da == estraneo


def test_ognuno_vede_le_sue_righe_soltanto(entra, altro_partner, inviato):
    testo = parole(entra(altro_partner).get(indirizzo(inviato, "fascicolo")))
    assert "Iride Società" in testo
    assert "Koala" not in testo


def test_dopo_la_presentazione_il_fascicolo_si_fa_ancora(entra, capofila, presentato):
    assert entra(capofila).post(indirizzo(presentato, "fascicolo_prepara")).status_code == 302
    assert "lettera" in generi(presentato, "Iride")


def test_il_pdf_lo_prende_chi_deve_firmarlo_e_nessun_altro_partner(entra, altro_partner, partner, inviato):
    una = carta(inviato, "Iride")
    url = entra(altro_partner).post(indirizzo(inviato, "carta_pdf", una.pk)).url
    fatto = FileGenerato.objects.get(argomento=f"da_firmare:{una.pk}")
    lavori.esegui(fatto.pk, lambda: stampa.produci(fatto))
    assert "Torna al documento" in entra(altro_partner).get(url).content.decode()
    preso = entra(altro_partner).get(f"{url}scarica/")
    assert b"".join(preso.streaming_content).startswith(b"%PDF")
    assert entra(partner).get(f"{url}scarica/").status_code == 403


def test_il_fascicolo_intero_ha_tutte_le_carte_da_firmare_una_dopo_l_altra(entra, capofila, partner, inviato):
    url = entra(capofila).post(indirizzo(inviato, "fascicolo_intero")).url
    fatto = FileGenerato.objects.get(argomento=f"fascicolo:{inviato.pk}")
    with pypdfium2.PdfDocument(stampa.produci(fatto)) as documento:
        testi = [pagina.get_textpage().get_text_bounded() for pagina in documento]
    quante = DaFirmare.objects.filter(partecipazione__progetto=inviato).count()
    assert sum("Pagina 1 di" in testo for testo in testi) == quante
    assert entra(partner).get(url).status_code == 403


# Scans.


def scansione_di(*quali: DaFirmare) -> bytes:
    return in_pdf(*(in_figura(stampa.di_una(una)) for una in quali))


def letta(progetto, utente, dati_: bytes, nome: str = "scansione.pdf") -> FileGenerato:
    fatta = scansioni.carica(progetto, file(nome, dati_), utente)
    lavori.esegui(fatta.pk, lambda: scansioni.produci(fatta))
    return FileGenerato.objects.get(pk=fatta.pk)


def scelte(browser, progetto) -> dict[str, str]:
    form = browser.get(indirizzo(progetto, "fascicolo_scansioni")).context["abbina"]
    return {letto.chiave: letto.proposta for letto in form.letti}


def test_una_scansione_di_piu_carte_si_riconosce_dal_qr_e_si_registra(entra, capofila, inviato):
    due = [carta(inviato, "Iride"), carta(inviato, "Koala")]
    browser = entra(capofila)
    letta(inviato, capofila, scansione_di(*due))
    proposte = scelte(browser, inviato)
    assert list(proposte.values()) == [str(c.pk) for c in due]
    browser.post(indirizzo(inviato, "fascicolo_registra"), proposte)
    for una in due:
        una.refresh_from_db()
        assert (una.stato, una.firmato_da) == ("firmato", capofila)
        with una.firmato.open("rb") as aperto, pypdfium2.PdfDocument(io.BytesIO(aperto.read())) as documento:
            assert len(documento) == 1
    assert scelte(browser, inviato) == {}


def test_controllate_insieme_alle_scansioni_sono_ricevute(entra, capofila, inviato):
    una, browser = carta(inviato, "Iride"), entra(capofila)
    letta(inviato, capofila, scansione_di(una))
    browser.post(indirizzo(inviato, "fascicolo_registra"), scelte(browser, inviato) | {"controllate": "on"})
    assert carta(inviato, "Iride").stato == "ricevuto"


def test_una_scansione_senza_codice_si_dice_a_mano_di_quale_carta_e(entra, capofila, inviato):
    una, browser = carta(inviato, "Iride"), entra(capofila)
    letta(inviato, capofila, PDF)
    (chiave,) = scelte(browser, inviato)
    testo = parole(browser.get(indirizzo(inviato, "fascicolo_scansioni")))
    assert "Nessun codice leggibile. Scegli a mano di quale documento si tratta." in testo
    browser.post(indirizzo(inviato, "fascicolo_registra"), {chiave: str(una.pk)})
    assert carta(inviato, "Iride").stato == "firmato"


def test_di_un_codice_altrui_doppio_gia_preso_o_annullato_si_dice_il_rimedio(capofila, inviato, presentato):
    carte.prepara(presentato, capofila)
    presa, annullata, doppia = (carta(inviato, nome) for nome in ("Iride", "Koala", "Comunità"))
    transizioni.consegna(presa.pk, file(), capofila)
    transizioni.annulla(annullata.pk, "prova", capofila)
    letta(inviato, capofila, scansione_di(carta(presentato, "Iride"), presa, annullata, doppia, presa, doppia))
    problemi = [letto.problema for letto in scansioni.da_registrare(inviato)]
    attesi = ["non è di un documento di questo progetto", "già stato consegnato", "annullato o rifatto", ""]
    attesi += ["già stato consegnato", "Lo stesso documento è già in «scansione.pdf», pagina 4"]
    assert all(atteso in problema for atteso, problema in zip(attesi, problemi, strict=True))
    assert problemi[3] == ""


def test_la_stessa_carta_scelta_due_volte_si_rifiuta_tenendo_le_scelte(entra, capofila, inviato):
    una, browser = carta(inviato, "Iride"), entra(capofila)
    letta(inviato, capofila, PDF)
    letta(inviato, capofila, PDF + b"\n", "altra.pdf")
    doppie = dict.fromkeys(scelte(browser, inviato), str(una.pk))
    risposta = browser.post(indirizzo(inviato, "fascicolo_registra"), doppie)
    assert risposta.status_code == 422
    assert "lo stesso documento per due scansioni" in risposta.content.decode()
    assert carta(inviato, "Iride").stato == "inviato"


def test_molti_file_insieme_i_buoni_si_tengono_e_degli_altri_si_dice(entra, capofila, inviato):
    url = indirizzo(inviato, "fascicolo_scansioni")
    mandati = {"file": [file("una.pdf"), file("finta.pdf", b"MZ"), file("due.pdf", PDF + b"\n")]}
    risposta = entra(capofila).post(url, mandati)
    assert risposta.status_code == 422
    assert "finta.pdf: Questo file non si riconosce" in parole(risposta)
    assert {s.dati["nome"] for s in scansioni.di(inviato)} == {"una.pdf", "due.pdf"}


def test_lo_stesso_file_due_volte_e_una_scansione_sola(capofila, inviato):
    assert letta(inviato, capofila, PDF) == letta(inviato, capofila, PDF, "copia.pdf")


def test_una_scansione_che_fa_cadere_chi_la_legge_si_tiene_intera(capofila, inviato, monkeypatch):
    monkeypatch.setattr(scansioni.qr, "SECONDI", 0.01)
    letta(inviato, capofila, PDF)
    (letto,) = scansioni.da_registrare(inviato)
    assert "non si lascia leggere" in letto.problema
    assert scansioni.byte_del_pezzo(letto.scansione, 0).read() == PDF


def test_eliminata_la_scansione_la_carta_registrata_resta(entra, capofila, inviato):
    una, browser = carta(inviato, "Iride"), entra(capofila)
    fatta = letta(inviato, capofila, scansione_di(una))
    browser.post(indirizzo(inviato, "fascicolo_registra"), scelte(browser, inviato))
    browser.post(indirizzo(inviato, "scansione_elimina", fatta.pk))
    assert not scansioni.di(inviato).exists()
    assert b"".join(browser.get(indirizzo(inviato, "carta_firmata", una.pk)).streaming_content).startswith(b"%PDF")


def test_le_scansioni_di_un_progetto_non_si_prendono_da_un_altro(entra, capofila, inviato, presentato):
    fatta = letta(inviato, capofila, PDF)
    assert entra(capofila).get(indirizzo(presentato, "scansione_pezzo", fatta.pk, 0)).status_code == 404
    assert entra(capofila).get(indirizzo(inviato, "scansione_pezzo", fatta.pk, 9)).status_code == 404


# Acts.


def test_l_atto_che_impegna_meno_della_scheda_si_dice(entra, partner, progetto):
    csc = soggetto(progetto, "Comunità")
    url = indirizzo(progetto, "atti", csc.pk)
    valori = {"genere": "delibera", "numero": "7", "data": "12/03/2026", "organo": "CdA", "importo": "5.000,00"}
    assert entra(partner).post(url, valori).status_code == 302
    dichiarato = dati.Fonte(progetto).cofinanziamento(csc)["totale"]
    detto = f"Gli atti impegnano €\xa05.000,00, la scheda dice €\xa0{importo(dichiarato)}"
    assert detto in entra(partner).get(url).content.decode()


@pytest.mark.parametrize(
    ("campo", "valore", "messaggio"),
    [
        ("data", "31/02/2026", "data"),
        ("data", f"{date.today() + timedelta(days=2):%d/%m/%Y}", "nel futuro"),
        ("importo", "50,000,00", "50"),
        ("data", "", "Scrivi la data dell&#x27;atto"),
    ],
)
def test_un_atto_sbagliato_si_rifiuta_tenendo_cio_che_si_e_scritto(entra, partner, progetto, campo, valore, messaggio):
    url = indirizzo(progetto, "atti", soggetto(progetto, "Comunità").pk)
    valori = {"genere": "delibera", "numero": "7 bis", "data": "12/03/2026", "importo": ""} | {campo: valore}
    risposta = entra(partner).post(url, valori)
    assert risposta.status_code == 422
    assert messaggio in risposta.content.decode()
    assert "7 bis" in risposta.content.decode()
    assert not AttoDiImpegno.objects.exists()


def test_l_atto_di_un_soggetto_non_si_cambia_dall_indirizzo_di_un_altro(entra, capofila, progetto):
    csc, iride = soggetto(progetto, "Comunità"), soggetto(progetto, "Iride")
    atto = AttoDiImpegno.objects.create(partecipazione=csc, genere="delibera", data="2026-03-12")
    assert entra(capofila).get(indirizzo(progetto, "atto_modifica", iride.pk, atto.pk)).status_code == 404
    entra(capofila).post(indirizzo(progetto, "atto_togli", iride.pk, atto.pk))
    assert AttoDiImpegno.objects.filter(pk=atto.pk).exists()


# What there is to do, and how much it costs to see it.


def cose(utente) -> list[str]:
    return [cosa.che_cosa for cosa in da_fare.di(type(utente).objects.get(pk=utente.pk))]


def test_il_partner_trova_che_cosa_firmare_e_il_capofila_che_cosa_controllare(altro_partner, capofila, inviato):
    assert "Firma la lettera di adesione" in cose(altro_partner)
    transizioni.consegna(carta(inviato, "Iride").pk, file(), altro_partner)
    assert "Firma la lettera di adesione" not in cose(altro_partner)
    assert "Controlla il documento firmato" in cose(capofila)


def test_trenta_soggetti_costano_quanto_quattro(entra, capofila, inviato):
    browser, url = entra(capofila), indirizzo(inviato, "fascicolo")
    pochi = len(domande(browser, url))
    for numero in range(30):
        ente = fabbrica.ente(f"Ente {numero}")
        Partecipazione.objects.create(progetto=inviato, ente=ente, denominazione=str(ente), ordine=50 + numero)
    carte.prepara(inviato, capofila)
    assert len(domande(browser, url)) == pochi <= 14
