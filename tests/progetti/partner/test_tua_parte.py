"""«La tua parte»: where a partner starts from and comes back after each save, and where it writes its money."""

import pytest
from django.urls import reverse

from progetti.models import Azione

from ...moduli import moduli
from .test_conferme import parole


@pytest.fixture
def csc(progetto):
    return progetto.partecipazioni.get(denominazione__startswith="Comunità")


@pytest.fixture
def iride(progetto):
    return progetto.partecipazioni.get(denominazione__startswith="Iride")


def tua_parte(soggetto) -> str:
    return reverse("progetti:tua_parte", args=[soggetto.progetto_id, soggetto.pk])


def sezione_iv(progetto) -> str:
    return reverse("progetti:sezione", args=[progetto.pk, "IV"])


def del_denaro(risposta):
    """The small form of the page; None where there is none."""
    return next((m for m in moduli(risposta) if m.azione.endswith("/sezione/IV/")), None)


def scrivi(browser, modulo, **valori):
    """Send it with these values, each under the only field that ends like that."""
    nuovi = {next(c for c in modulo.campi if c.endswith(f"-{nome}")): [v] for nome, v in valori.items()}
    return browser.post(modulo.azione, modulo.campi | nuovi | {"continua": ["1"]})


def test_chi_salva_la_sezione_del_denaro_prosegue_dalla_sua_parte(entra, altro_partner, progetto, iride):
    browser = entra(altro_partner)
    (modulo,) = [m for m in moduli(browser.get(sezione_iv(progetto))) if "continua" in m.pulsanti]
    assert browser.post(sezione_iv(progetto), modulo.campi | {"continua": "1"}).url == tua_parte(iride)


def test_quando_resta_solo_da_confermare_si_prosegue_dalla_conferma(entra, partner, progetto, csc):
    csc.conferme.all().delete()
    browser = entra(partner)
    (modulo,) = [m for m in moduli(browser.get(sezione_iv(progetto))) if "continua" in m.pulsanti]
    dopo = browser.post(sezione_iv(progetto), modulo.campi | {"continua": "1"}).url
    assert dopo == reverse("progetti:conferma", args=[progetto.pk, csc.pk])
    assert tua_parte(csc) in browser.get(dopo).content.decode()


@pytest.mark.parametrize("nome", ["dettaglio", "sezione", "riga", "conferma"])
def test_ogni_pagina_della_parte_ha_una_via_per_tornarvi(entra, partner, progetto, csc, nome):
    argomenti = {"sezione": ["IV"], "riga": ["II.B", csc.pk], "conferma": [csc.pk]}.get(nome, [])
    pagina = entra(partner).get(reverse(f"progetti:{nome}", args=[progetto.pk, *argomenti]))
    assert tua_parte(csc) in pagina.content.decode()


def test_la_scrivania_porta_alla_propria_parte(entra, altro_partner, iride):
    assert tua_parte(iride) in entra(altro_partner).get("/").content.decode()


def test_il_capofila_non_ha_la_via_alla_parte_di_un_altro(entra, capofila, progetto, csc):
    pagina = entra(capofila).get(reverse("progetti:riga", args=[progetto.pk, "II.B", csc.pk]))
    assert tua_parte(csc) not in pagina.content.decode()


def test_un_importo_e_un_azione_si_scrivono_dalla_propria_parte(entra, altro_partner, progetto, iride):
    iride.cofinanziamenti.all().delete()
    browser, azione = entra(altro_partner), Azione.objects.filter(progetto=progetto, genere="azione").first()
    risposta = scrivi(browser, del_denaro(browser.get(tua_parte(iride))), azione=str(azione.pk), importo="1.500,00")
    assert risposta.status_code == 302
    riga = iride.cofinanziamenti.get()
    assert (riga.azione, str(riga.importo)) == (azione, "1500.00")
    scrivi(browser, del_denaro(browser.get(tua_parte(iride))), importo="1.600,00")
    assert str(iride.cofinanziamenti.get().importo) == "1600.00"


def test_un_importo_che_non_si_legge_resta_scritto_con_l_errore_al_campo(entra, altro_partner, iride):
    iride.cofinanziamenti.all().delete()
    browser = entra(altro_partner)
    risposta = scrivi(browser, del_denaro(browser.get(tua_parte(iride))), importo="1,2,3")
    assert risposta.status_code == 422
    assert 'value="1,2,3"' in risposta.content.decode()
    assert not iride.cofinanziamenti.exists()


def test_due_mani_sulla_stessa_cifra_si_scelgono_come_nella_scheda(entra, altro_partner, progetto, iride):
    iride.cofinanziamenti.all().delete()
    riga = iride.cofinanziamenti.create(progetto=progetto, importo="100.00")
    browser = entra(altro_partner)
    modulo = del_denaro(browser.get(tua_parte(iride)))
    iride.cofinanziamenti.update(importo="200.00")
    assert scrivi(browser, modulo, importo="300,00").status_code == 409
    riga.refresh_from_db()
    assert str(riga.importo) == "200.00"


def test_chi_ha_piu_righe_le_scrive_nella_scheda(entra, altro_partner, progetto, iride):
    iride.cofinanziamenti.all().delete()
    for importo in ("100.00", "200.00"):
        iride.cofinanziamenti.create(progetto=progetto, importo=importo)
    pagina = entra(altro_partner).get(tua_parte(iride))
    assert del_denaro(pagina) is None
    assert sezione_iv(progetto) in pagina.content.decode()


def test_presentata_la_scheda_il_denaro_non_si_scrive_piu(entra, altro_partner, progetto, iride):
    type(progetto).objects.filter(pk=progetto.pk).update(stato="presentato")
    assert del_denaro(entra(altro_partner).get(tua_parte(iride))) is None


def test_nella_sezione_del_denaro_le_proprie_righe_vengono_prima_e_quelle_degli_altri_dicono_di_chi(
    entra, altro_partner, progetto, csc
):
    testo = parole(entra(altro_partner).get(sezione_iv(progetto)))
    in_ordine = ["Il bilancio chiude", "Il tuo cofinanziamento", "Il cofinanziamento degli altri", "Azioni del progetto"]
    posti = [testo.index(t, testo.index("Il bilancio chiude")) for t in in_ordine]
    assert posti == sorted(posti)
    altrui = testo[posti[2] : posti[3]]
    assert altrui.index("Soggetto") < altrui.index(csc.denominazione)
    assert csc.denominazione not in testo[posti[1] : posti[2]]
