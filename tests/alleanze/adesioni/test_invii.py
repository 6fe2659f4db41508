"""What was sent stays as it was sent: who examines never reads, nor accepts, what is being typed."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from alleanze.adesioni import carte, transizioni
from alleanze.models import RichiestaAdesione
from conciliazione.models import FileGenerato
from conciliazione.passaggi import Rifiuto

from ...carte import PDF
from .conftest import CHI, NUOVA, OGGI, nuova_chiave, pagina, parole, ultima_posta


@pytest.fixture
def a_meta(da_integrare) -> RichiestaAdesione:
    """Who asks has begun to change it, and has sent nothing."""
    da_integrare.dati |= {"denominazione": "", "settore": "", "citta": "Offanengo"}
    da_integrare.risposte, da_integrare.ruolo = {}, "sostenitore"
    da_integrare.save()
    return da_integrare


def firma(richiesta, quale="modulo") -> None:
    carte.firma(richiesta, quale, SimpleUploadedFile(f"{quale}.pdf", PDF))
    richiesta.save()


def test_chi_esamina_legge_cio_che_fu_inviato_e_chi_chiede_cio_che_scrive(entra, ats, client, a_meta):
    for testo in (parole(entra(ats).get(pagina(a_meta))), parole(entra(ats).get(reverse("alleanze:adesioni")))):
        assert NUOVA["denominazione"] in testo
        assert "partner effettivo" in testo
        assert "Offanengo" not in testo
    client.logout()
    client.get(reverse("alleanze:adesione_chiave", args=[nuova_chiave(a_meta)]))
    assert "Offanengo" in parole(client.get(pagina(a_meta)))


def test_il_pdf_di_chi_esamina_dice_cio_che_fu_inviato(entra, ats, a_meta):
    entra(ats).post(pagina(a_meta, "adesione_pdf", "modulo"))
    html = carte.CARTA.html(FileGenerato.objects.get(argomento=f"adesione:{a_meta.pk}").dati)
    assert (NUOVA["denominazione"] in html, "Offanengo" in html) == (True, False)


def test_un_documento_caricato_e_non_inviato_non_si_scarica_ancora(entra, ats, a_meta):
    firma(a_meta)
    assert entra(ats).get(pagina(a_meta, "adesione_firmato", "modulo")).status_code == 404


def test_ripreso_l_esame_torna_cio_che_fu_inviato_e_si_accoglie_quello(a_meta, ats):
    transizioni.riprendi(a_meta.pk, ats, motivo="Il termine è passato")
    assert "ciò che è stato scritto dopo non conta" in ultima_posta(CHI["email"]).testo
    ente = transizioni.accogli(a_meta.pk, ats, ruolo="effettivo", dal=OGGI).ente
    assert (ente.denominazione, ente.settore, ente.sedi.get().citta) == (NUOVA["denominazione"], "privato", "Crema")


def test_una_richiesta_a_cui_manca_qualcosa_non_si_accoglie(inviata, ats):
    RichiestaAdesione.objects.update(dati=inviata.dati | {"settore": "", "lr_nome": " "})
    with pytest.raises(Rifiuto, match=r"manca ancora: Settore, Nome di chi firma\."):
        transizioni.accogli(inviata.pk, ats, ruolo="effettivo", dal=OGGI)


def test_inviata_di_nuovo_la_pagina_dice_che_cosa_e_cambiato(entra, ats, da_integrare, anonimo):
    da_integrare.dati |= {"citta": "Offanengo", "telefono": ""}
    da_integrare.ruolo = "aderente"
    da_integrare.save()
    assert "Che cosa è cambiato" not in parole(entra(ats).get(pagina(da_integrare)))
    transizioni.ripresenta(da_integrare.pk, anonimo, [da_integrare.impronta], risposta="Ecco")
    testo = parole(entra(ats).get(pagina(da_integrare)))
    assert "Città da «Crema» a «Offanengo»" in testo
    assert "Telefono da «0373 000111» a «non indicato»" in testo
    assert "Come vuole aderire da «partner effettivo» a «aderente con lettera" in testo
    assert "Provincia da" not in testo


def test_un_documento_firmato_prima_che_i_dati_cambiassero_e_segnato(entra, ats, da_integrare, anonimo):
    firma(da_integrare, "modulo")
    firma(da_integrare, "scheda")
    da_integrare.dati |= {"citta": "Offanengo"}
    da_integrare.save()
    transizioni.ripresenta(da_integrare.pk, anonimo, [da_integrare.impronta], risposta="Ecco")
    testo = parole(entra(ats).get(pagina(da_integrare)))
    assert "firmato prima delle ultime modifiche" in testo
    assert "firmata prima delle ultime modifiche" not in testo


def test_un_documento_firmato_e_caricato_di_nuovo_non_e_piu_segnato(da_integrare):
    firma(da_integrare)
    da_integrare.ruolo = "sostenitore"
    assert carte.superate(da_integrare) == ["modulo"]
    firma(da_integrare)
    assert not carte.superate(da_integrare)


def test_la_richiesta_si_chiama_come_fu_inviata(a_meta):
    assert a_meta.denominazione == NUOVA["denominazione"]
