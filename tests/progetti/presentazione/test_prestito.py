"""The draft lent to the ATS: read and not written, taken back at once, every look kept."""

import re
from collections import deque

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.test import Client
from django.urls import reverse

from alleanze.models import Ente
from conciliazione.models import Messaggio, Notifica, Passaggio, Sguardo
from conciliazione.passaggi import Rifiuto
from progetti.models import Prestito, Progetto
from progetti.presentazione import prestiti, transizioni

from ...test_permessi import TABELLA, indirizzo
from ..partner.test_tabellone import parole

BANNER = "Bozza in prestito: si legge, non si modifica."


def dettaglio(progetto) -> str:
    return reverse("progetti:dettaglio", args=[progetto.pk])


def sezione(progetto, chiave: str = "IV") -> str:
    return reverse("progetti:sezione", args=[progetto.pk, chiave])


@pytest.fixture
def prestato(progetto, capofila) -> Progetto:
    """«Tempo per tutti», lent to its ATS."""
    prestiti.presta(progetto.pk, capofila, progetto.alleanza.ats, "Le azioni vanno bene?")
    Progetto.objects.filter(pk=progetto.pk).update(contributo_obiettivo="123456.78")
    return progetto


# Lending and taking back.


def test_il_capofila_presta_la_bozza_e_l_ats_lo_sa(entra, capofila, ats, progetto):
    url = reverse("progetti:prestito", args=[progetto.pk])
    dati = {"ats": str(progetto.alleanza.ats_id), "messaggio": "Le azioni vanno bene?"}
    assert entra(capofila).post(url, dati).status_code == 302
    prestito = Prestito.objects.get(progetto=progetto)
    assert (prestito.prestato_da, prestito.messaggio) == (capofila, "Le azioni vanno bene?")
    notifica = ats.notifiche.get(chiave=f"prestito:{prestito.pk}")
    assert "Le azioni vanno bene?" in notifica.testo
    assert notifica.url == dettaglio(progetto)
    passaggio = Passaggio.objects.get(oggetto_id=str(progetto.pk), azione="presta")
    assert (passaggio.utente, passaggio.motivo) == (capofila, str(progetto.alleanza.ats))
    assert "bozza prestata, Olga Perini" in parole(entra(capofila).get(dettaglio(progetto)))


def test_prestata_due_volte_e_un_prestito_solo(capofila, progetto):
    uno, due = (prestiti.presta(progetto.pk, capofila, progetto.alleanza.ats) for _ in range(2))
    assert uno == due
    assert (
        Notifica.objects.filter(chiave=f"prestito:{uno.pk}").count()
        == Messaggio.objects.filter(oggetto__contains="vi fa leggere").count()
    )


def test_ripresa_la_bozza_l_ats_riceve_subito_404(entra, capofila, ats, prestato):
    assert entra(ats).get(sezione(prestato)).status_code == 200
    prestito = Prestito.objects.get(progetto=prestato)
    browser = entra(capofila)
    assert browser.post(reverse("progetti:riprendi", args=[prestato.pk]), {"prestito": prestito.pk}).status_code == 302
    browser = entra(ats)
    assert [browser.get(url).status_code for url in (dettaglio(prestato), sezione(prestato))] == [404, 404]
    assert ats.notifiche.filter(chiave=f"prestito:{prestito.pk}:ripreso").exists()
    assert Passaggio.objects.filter(oggetto_id=str(prestato.pk), azione="riprendi", utente=capofila).count() == 1


@pytest.mark.parametrize("quale", ["0", "", "x", "99999999999999999999"])
def test_riprendere_cio_che_non_e_prestato_si_dice_e_non_rompe_niente(entra, capofila, prestato, quale):
    risposta = entra(capofila).post(reverse("progetti:riprendi", args=[prestato.pk]), {"prestito": quale}, follow=True)
    assert "era già stata ripresa" in parole(risposta)
    assert Prestito.objects.filter(progetto=prestato, revocato_il=None).exists()


def test_si_presta_solo_alla_ats_del_progetto(entra, capofila, altra_ats, progetto):
    insubria = Ente.objects.get(denominazione="ATS dell'Insubria")
    risposta = entra(capofila).post(reverse("progetti:prestito", args=[progetto.pk]), {"ats": str(insubria.pk)})
    assert risposta.status_code == 422
    with pytest.raises(PermissionDenied):
        prestiti.presta(progetto.pk, capofila, insubria)


def test_presta_solo_chi_prepara(partner, ats, progetto):
    for chi in (partner, ats):
        with pytest.raises(PermissionDenied):
            prestiti.presta(progetto.pk, chi, progetto.alleanza.ats)


def test_una_scheda_presentata_non_si_presta(capofila, presentato):
    with pytest.raises(Rifiuto):
        prestiti.presta(presentato.pk, capofila, presentato.alleanza.ats)


def test_la_pagina_del_prestito_di_una_presentata_non_ha_niente_da_prestare(entra, capofila, presentato):
    url = reverse("progetti:prestito", args=[presentato.pk])
    assert "La bozza non è in prestito" in parole(entra(capofila).get(url))
    assert entra(capofila).post(url, {"ats": str(presentato.alleanza.ats_id)}).url == dettaglio(presentato)


def test_presentata_la_scheda_l_ats_legge_la_versione_e_non_piu_la_bozza(entra, ats, responsabile, presentato, capofila):
    transizioni.riapri(presentato.pk, responsabile)
    prestiti.presta(presentato.pk, capofila, presentato.alleanza.ats)
    assert entra(ats).get(sezione(presentato)).status_code == 200
    transizioni.presenta(presentato.pk, responsabile)
    assert entra(ats).get(sezione(presentato)).status_code == 403
    assert BANNER not in parole(entra(ats).get(dettaglio(presentato)))


# What the ATS reads.

SI_LEGGONO = {
    f"progetti:{nome}"
    for nome in (
        "dettaglio",
        "sezione",
        "riga",
        "soggetti",
        "verifica",
        "conferma",
        "copiato",
        "da_rivedere",
        "tabellone",
        "tabella_scarica",
        "soggetti_elenco_scarica",
        "sintesi_del_progetto",
        "sintesi",
        "cartella",
    )
}
"""The addresses of the draft that answer to who has it on loan; every other refuses."""
SI_CHIEDONO = {"progetti:scheda_word": 302, "progetti:sintesi_pdf": 302, "progetti:cartella": 422, "progetti:presenza": 200}
"""What a reader may send: a file to be made of what it reads; that it is there; a document for the shared folder, which is
not the scheda."""
DELLA_BOZZA = sorted(c for c, atteso in TABELLA.items() if c[0].startswith("progetti:") and atteso.split()[6] == "404")
RIFIUTI = {403, 404, 405}


@pytest.mark.parametrize(("nome", "metodo"), [c for c in DELLA_BOZZA if "prest" not in c[0]])
def test_in_prestito_si_legge_e_non_si_scrive(nome, metodo, ats, prestato, presentato, carte):
    browser = Client()
    browser.force_login(ats)
    with transaction.atomic():
        risposta = getattr(browser, metodo.lower())(indirizzo(nome, prestato, carte), {"cella": "I.1||titolo"})
        if risposta.streaming:
            assert b"".join(risposta.streaming_content)
        transaction.set_rollback(True)
    if metodo == "GET" and nome in SI_LEGGONO:
        assert risposta.status_code == (302 if nome == "progetti:sintesi_del_progetto" else 200)
    elif metodo == "POST" and nome in SI_CHIEDONO:
        assert risposta.status_code == SI_CHIEDONO[nome]
    else:
        assert risposta.status_code in RIFIUTI


def pagine_raggiungibili(browser, progetto) -> dict[str, str]:
    """All the pages of the project that links lead to, from its own; each must be there."""
    lette, da_leggere = {}, deque([dettaglio(progetto)])
    while da_leggere:
        url = da_leggere.popleft()
        if url in lette:
            continue
        risposta = browser.get(url)
        assert risposta.status_code in (200, 302), url
        lette[url] = "" if risposta.streaming or risposta.status_code == 302 else risposta.content.decode()
        if risposta.streaming:
            b"".join(risposta.streaming_content)
        trovati = re.findall(rf'href="(/progetti/{progetto.pk}/[^"#?]*)', lette[url])
        da_leggere.extend(trovati)
    return lette


def test_nessun_collegamento_porta_a_un_rifiuto_e_nessuna_pagina_ha_pulsanti_che_rifiutano(entra, ats, prestato):
    browser = entra(ats)
    lette = pagine_raggiungibili(browser, prestato)
    assert {sezione(prestato, s) for s in ("I", "II", "III", "IV")} < set(lette)
    assert reverse("progetti:verifica", args=[prestato.pk]) in lette
    azioni = {a for testo in lette.values() for a in re.findall(r'<form method="post"[^>]*action="([^"]*)"', testo)}
    senza = [url for url, testo in lette.items() if re.search(r'<form method="post"(?![^>]*action=)', testo)]
    assert senza in ([], [reverse("progetti:cartella", args=[prestato.pk])])
    assert {a for a in azioni if str(prestato.pk) in a} == {reverse("progetti:scheda_word", args=[prestato.pk])}


def test_ogni_pagina_dice_che_e_in_prestito_e_nessuna_il_contributo_obiettivo(entra, ats, prestato):
    for url, testo in pagine_raggiungibili(entra(ats), prestato).items():
        if "<html" in testo and "/cartella/" not in url:
            assert BANNER in testo, url
            assert "123.456,78" not in testo, url
            assert "Contributo obiettivo" not in testo, url


def test_il_banner_e_solo_di_chi_legge_in_prestito(entra, capofila, partner, prestato):
    for chi in (capofila, partner):
        assert BANNER not in entra(chi).get(sezione(prestato)).content.decode()


def test_l_ats_legge_tutto_cio_che_manca(entra, ats, capofila, prestato):
    quante = [entra(u).get(dettaglio(prestato)).content.decode().count('class="mancanza-') for u in (ats, capofila)]
    assert quante[0] == quante[1] > 0


# Every look is kept.


def test_ogni_pagina_guardata_in_prestito_resta_scritta(entra, ats, prestato):
    browser = entra(ats)
    for url in (dettaglio(prestato), sezione(prestato), reverse("progetti:verifica", args=[prestato.pk])):
        browser.get(url)
    browser.post(reverse("progetti:scheda_word", args=[prestato.pk]))
    guardate = Sguardo.objects.filter(utente=ats).order_by("pk")
    assert [s.pagina for s in guardate] == [
        dettaglio(prestato),
        sezione(prestato),
        reverse("progetti:verifica", args=[prestato.pk]),
        reverse("progetti:scheda_word", args=[prestato.pk]),
    ]
    assert {s.oggetto for s in guardate} == {Prestito.objects.get(progetto=prestato)}


def test_chi_fa_la_scheda_non_lascia_sguardi(entra, capofila, partner, prestato):
    for chi in (capofila, partner):
        entra(chi).get(sezione(prestato))
    assert not Sguardo.objects.exists()


def test_il_capofila_vede_chi_ha_guardato_e_quante_pagine(entra, capofila, ats, prestato):
    url = reverse("progetti:prestito", args=[prestato.pk])
    assert "Nessuno sguardo, per ora" in parole(entra(capofila).get(url))
    for chiave in ("I", "II", "III"):
        entra(ats).get(sezione(prestato, chiave))
    testo = parole(entra(capofila).get(url))
    assert re.search(r"Ivo Strada \d\d/\d\d/\d{4} \d\d/\d\d/\d{4} alle \d\d:\d\d 3 ", testo)
