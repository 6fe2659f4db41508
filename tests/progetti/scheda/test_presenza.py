"""Who else is in this page of the scheda now."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from conciliazione.models import Utente
from progetti.models import Presenza

from ... import fabbrica


@pytest.fixture
def progetto(db):
    return fabbrica.progetto()


@pytest.fixture
def capofila(progetto):
    return fabbrica.incaricato(progetto.capofila)


@pytest.fixture
def responsabile(progetto):
    return fabbrica.incaricato(progetto.capofila, "responsabile")


def batte(utente, progetto, pagina: str = "III", blocco: str = ""):
    """What the browser of that person says, and what it is told."""
    browser = Client()
    browser.force_login(utente)
    return browser.post(reverse("progetti:presenza", args=[progetto.pk, pagina]), {"blocco": blocco})


def altri(*argomenti) -> list[dict]:
    return batte(*argomenti).json()["altri"]


def test_chi_e_solo_non_vede_nessuno(capofila, progetto):
    assert altri(capofila, progetto) == []
    assert altri(capofila, progetto) == []


def test_si_vede_chi_altro_e_nella_pagina_e_dove_scrive(capofila, responsabile, progetto):
    batte(responsabile, progetto, "III", "III.2.3")
    (altra,) = altri(capofila, progetto)
    assert altra == {"nome": str(responsabile), "blocco": "b-III-2-3", "dove": "III.2.3"}


def test_chi_e_in_un_altra_pagina_non_e_qui(capofila, responsabile, progetto):
    batte(responsabile, progetto, "IV")
    assert altri(capofila, progetto) == []


def test_dopo_un_minuto_di_silenzio_non_c_e_piu_e_non_ne_resta_traccia(capofila, responsabile, progetto):
    batte(responsabile, progetto)
    Presenza.objects.update(vista_il=timezone.now() - timedelta(seconds=61))
    assert altri(capofila, progetto) == []
    assert [p.utente for p in Presenza.objects.all()] == [capofila]


def test_chi_si_sposta_in_un_altro_campo_e_una_presenza_sola(capofila, responsabile, progetto):
    for blocco in ("III.1.1", "III.2.3"):
        batte(responsabile, progetto, "III", blocco)
    assert [a["blocco"] for a in altri(capofila, progetto)] == ["b-III-2-3"]


def test_un_blocco_inventato_non_si_conserva(capofila, progetto):
    batte(capofila, progetto, "III", "<b>mio</b>")
    assert Presenza.objects.get().blocco == ""


@pytest.mark.parametrize("pagina", ["VII", "II.Z/00000000-0000-0000-0000-000000000000"])
def test_una_pagina_inventata_non_si_conserva(capofila, progetto, pagina):
    assert batte(capofila, progetto, pagina).status_code == 404
    assert not Presenza.objects.exists()


def test_la_pagina_dice_al_browser_dove_chiedere_solo_finche_si_scrive(entra, capofila, progetto, presentato):
    def letta(quale) -> str:
        return entra(capofila).get(reverse("progetti:sezione", args=[quale.pk, "III"])).content.decode()

    assert f'data-presenza="{reverse("progetti:presenza", args=[progetto.pk, "III"])}"' in letta(progetto)
    assert "data-presenza" not in letta(presentato)


def test_con_molte_persone_si_chiede_lo_stesso(capofila, progetto):
    def domande() -> int:
        with CaptureQueriesContext(connection) as catturate:
            batte(capofila, progetto)
        return len(catturate)

    domande()
    prima = domande()
    molti = Utente.objects.bulk_create(Utente(email=f"p{n}@example.org", nome="P", cognome=str(n)) for n in range(30))
    adesso = timezone.now()
    Presenza.objects.bulk_create(Presenza(progetto=progetto, utente=u, pagina="III", vista_il=adesso) for u in molti)
    assert len(altri(capofila, progetto)) == 30
    assert domande() == prima
