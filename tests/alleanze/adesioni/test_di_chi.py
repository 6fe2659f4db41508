"""Whose a request to join is: the ente that it leads to, who acts on it, and who has its mail."""

import pytest
from django.core.exceptions import PermissionDenied

from alleanze.adesioni import da_fare, permessi, richieste, transizioni
from alleanze.models import Appartenenza, Ente, RichiestaAdesione
from conciliazione.models import Invito, Lettera, Messaggio, Utente

from ... import fabbrica
from .conftest import DATI, NUOVA, OGGI, PORTA, pagina, ultima_posta
from .test_esame import passano


def cambia(richiesta, **dati) -> None:
    richiesta.dati |= dati
    richiesta.save()


@pytest.fixture
def noto(alleanza) -> Ente:
    """In the register by the code that was typed wrong."""
    return fabbrica.ente("Altra Cooperativa", codice_fiscale=NUOVA["codice_fiscale"])


# The ente that it leads to.


def test_un_codice_fiscale_corretto_porta_all_ente_giusto(noto, da_integrare, ats, anonimo):
    giusto = fabbrica.ente("Quella giusta", codice_fiscale="01234560199")
    assert da_integrare.ente == noto
    cambia(da_integrare, codice_fiscale=giusto.codice_fiscale)
    assert transizioni.ripresenta(da_integrare.pk, anonimo, [da_integrare.impronta], risposta="Ecco").ente == giusto
    assert transizioni.accogli(da_integrare.pk, ats, ruolo="effettivo", dal=OGGI).ente == giusto


def test_corretto_il_codice_l_ente_di_un_altro_non_c_entra_piu(noto, da_integrare, ats, anonimo):
    cambia(da_integrare, codice_fiscale="01234560199")
    transizioni.ripresenta(da_integrare.pk, anonimo, [da_integrare.impronta], risposta="Ecco")
    ente = transizioni.accogli(da_integrare.pk, ats, ruolo="effettivo", dal=OGGI).ente
    assert (ente.denominazione, ente.codice_fiscale) == (NUOVA["denominazione"], "01234560199")


def test_senza_codice_fiscale_un_nome_corretto_porta_all_ente_giusto(da_integrare, anonimo):
    cambia(da_integrare, codice_fiscale="", denominazione="COMUNE DI MARNATE")
    ripresa = transizioni.ripresenta(da_integrare.pk, anonimo, [da_integrare.impronta], risposta="Ecco")
    assert str(ripresa.ente) == "Comune di Marnate"


def test_registrato_fra_l_invio_e_la_decisione_si_accoglie_l_ente_che_c_e(inviata, ats, noto):
    assert transizioni.accogli(inviata.pk, ats, ruolo="effettivo", dal=OGGI).ente == noto


# A request for an own ente.


@pytest.fixture
def ente(alleanza) -> Ente:
    return fabbrica.ente("Ente che chiede", codice_fiscale="03456780190")


@pytest.fixture
def chi(ente) -> Utente:
    return fabbrica.incaricato(ente)


@pytest.fixture
def collega(ente) -> Utente:
    return fabbrica.incaricato(ente)


@pytest.fixture
def sua(alleanza, ente, chi) -> RichiestaAdesione:
    richiesta = richieste.apri_da(chi, alleanza, ente=ente, ruolo="effettivo")
    richiesta.dati = DATI | {"codice_fiscale": "03456780190"}
    richiesta.risposte = PORTA
    richiesta.save()
    return richiesta


@pytest.fixture
def uscito(sua, chi, collega) -> Utente:
    Appartenenza.objects.filter(utente=chi).delete()
    return Utente.objects.get(pk=chi.pk)


def test_una_richiesta_per_il_proprio_ente_resta_sua_qualunque_codice_si_scriva(sua, ente, chi):
    cambia(sua, codice_fiscale="01234560199")
    assert transizioni.invia(sua.pk, chi).ente == ente


def test_chi_non_agisce_piu_per_l_ente_non_tocca_la_sua_richiesta(entra, sua, uscito):
    assert not permessi.puo_compilare(uscito, sua)
    with pytest.raises(PermissionDenied):
        transizioni.invia(sua.pk, uscito)
    assert entra(uscito).get(pagina(sua)).status_code == 404
    assert not list(da_fare.adesioni_da_completare(uscito))


def test_a_chi_e_solo_nel_suo_ente_non_si_scrive_che_altri_sono_stati_avvisati(sua, chi, ats):
    transizioni.invia(sua.pk, chi)
    transizioni.accogli(sua.pk, ats, ruolo="effettivo", dal=OGGI)
    testo = Lettera.objects.di(sua).get().testo
    assert "è accolta" in testo
    assert "avvisate" not in testo


def test_chi_agisce_ora_per_l_ente_la_completa_e_la_invia(sua, uscito, collega):
    assert [c.url for c in da_fare.adesioni_da_completare(collega)] == [pagina(sua, "adesione_passo", 1)]
    assert transizioni.invia(sua.pk, collega).stato == "richiesta"


def test_la_posta_va_a_chi_prepara_per_l_ente_e_non_a_chi_ne_e_uscito(sua, uscito, collega, ats):
    transizioni.invia(sua.pk, collega)
    transizioni.respingi(sua.pk, ats, motivo="No")
    assert "è stata respinta" in ultima_posta(collega.email).testo
    assert not Messaggio.objects.filter(destinatari__contains=[uscito.email]).exists()


def test_la_posta_va_anche_a_chi_ha_chiesto_finche_agisce_per_l_ente(sua, chi, collega):
    assert set(richieste.indirizzi(sua)) == {chi.email, collega.email}


def test_chi_e_uscito_dall_ente_non_e_invitato_a_rientrarvi(sua, chi, ats):
    transizioni.invia(sua.pk, chi)
    Appartenenza.objects.filter(utente=chi).delete()
    transizioni.accogli(sua.pk, ats, ruolo="effettivo", dal=OGGI)
    assert not Invito.objects.filter(email=chi.email).exists()


# The receipt of an answer.


@pytest.mark.parametrize(("giorni", "detto"), [(0, "nei termini"), (16, "oltre il termine")])
def test_chi_risponde_alle_integrazioni_ha_una_ricevuta_con_il_giorno(da_integrare, anonimo, giorni, detto):
    passano(da_integrare, giorni)
    transizioni.ripresenta(da_integrare.pk, anonimo, [da_integrare.impronta], risposta="Ecco")
    ricevuta = ultima_posta(da_integrare.email)
    assert ricevuta.oggetto.startswith("Ricevuta: risposta alle integrazioni")
    assert f", {detto}" in ricevuta.testo
