"""Clocks of days: how they count, that the database counts as Python does, and what it refuses."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from alleanze.models import RichiestaAdesione
from conciliazione.atti import termini
from conciliazione.models import Termine

PRIMO = date(2026, 3, 2)
GIORNI = st.integers(1, 400)


def termine(giorni: int, **altro) -> Termine:
    return Termine(nome=termini.ESAME, dal=PRIMO, giorni=giorni, **altro)


def il(giorno: int) -> date:
    return PRIMO + timedelta(days=giorno)


@given(GIORNI, st.integers(0, 800))
def test_ogni_giorno_che_passa_ne_resta_uno_in_meno(giorni, passati):
    assert termini.restano(termine(giorni), il(passati)) == giorni - passati


@given(GIORNI, st.integers(0, 400), st.integers(0, 29))
def test_finche_e_fermo_i_giorni_che_restano_non_cambiano(giorni, quando, fermi):
    t = termine(giorni, sospeso_dal=il(quando))
    assert termini.fermo(t, il(quando + fermi))
    assert termini.restano(t, il(quando + fermi)) == giorni - quando


@given(GIORNI, st.integers(0, 400), st.integers(0, 400))
def test_ripartito_finisce_piu_tardi_dei_giorni_in_cui_e_stato_fermo_ma_mai_piu_di_trenta(giorni, quando, fermi):
    t = termine(giorni, sospeso_dal=il(quando), sospeso_al=il(quando + fermi))
    assert termini.fine(t, il(900)) == il(giorni + min(fermi, 30))


@given(GIORNI, st.integers(0, 400), st.integers(30, 400))
def test_dopo_trenta_giorni_riparte_da_se(giorni, quando, passati):
    t = termine(giorni, sospeso_dal=il(quando))
    assert not termini.fermo(t, il(quando + passati))
    assert termini.fine(t, il(quando + passati)) == il(giorni + 30)


@given(GIORNI, st.integers(0, 400), st.integers(0, 400))
def test_chiuso_resta_come_era_quel_giorno(giorni, chiuso, dopo):
    t = termine(giorni, chiuso_il=il(chiuso))
    assert termini.orologio(t, il(chiuso)) == termini.orologio(t, il(chiuso + dopo))


@pytest.mark.parametrize(
    ("campi", "giorno", "detto", "tono"),
    [
        ({}, 0, "entro il 01/04/2026: restano 30 giorni", "informativo"),
        ({}, 29, "entro il 01/04/2026: resta un giorno", "attenzione"),
        ({}, 30, "scade oggi", "attenzione"),
        ({}, 31, "scaduto il 01/04/2026, da un giorno", "critico"),
        ({"sospeso_dal": il(10)}, 12, "fermo dal 12/03/2026: alla ripresa resteranno 20 giorni", "neutro"),
        ({"sospeso_dal": il(10)}, 40, "entro il 01/05/2026: restano 20 giorni", "informativo"),
        ({"chiuso_il": il(30)}, 50, "chiuso il 01/04/2026, nei termini", "positivo"),
        ({"chiuso_il": il(33)}, 50, "chiuso il 04/04/2026, 3 giorni oltre il termine", "critico"),
    ],
)
def test_l_orologio_si_dice_a_parole(campi, giorno, detto, tono):
    orologio = termini.orologio(termine(30, **campi), il(giorno))
    assert (orologio.detto, orologio.tono) == (detto, tono)


def test_l_ultimo_giorno_conta_anche_se_e_festa():
    assert termini.fine(Termine(dal=date(2026, 11, 25), giorni=30), date(2026, 12, 1)) == date(2026, 12, 25)


@pytest.fixture
def richiesta(progetto) -> RichiestaAdesione:
    trovata = RichiestaAdesione.objects.get(stato="richiesta")
    Termine.objects.di(trovata).delete()
    return trovata


def test_si_ferma_una_volta_sola_e_non_se_e_scaduto(richiesta):
    termini.avvia(richiesta, termini.ESAME, PRIMO, 30)
    assert termini.ferma(richiesta, termini.ESAME, il(5))
    termini.riparti(richiesta, termini.ESAME, il(9))
    assert not termini.ferma(richiesta, termini.ESAME, il(12))
    assert termini.fine(termini.aperto(richiesta, termini.ESAME), il(12)) == il(34)
    termini.chiudi(richiesta, il(20))
    termini.avvia(richiesta, termini.ESAME, PRIMO, 30)
    assert not termini.ferma(richiesta, termini.ESAME, il(31))


@pytest.mark.parametrize(
    ("campi", "vincolo"),
    [
        ({"giorni": 0}, "termine_ha_dei_giorni"),
        ({"sospeso_dal": il(-1)}, "termine_sospeso_in_ordine"),
        ({"sospeso_al": il(3)}, "termine_sospeso_in_ordine"),
        ({"sospeso_dal": il(4), "sospeso_al": il(3)}, "termine_sospeso_in_ordine"),
    ],
)
def test_la_base_dati_rifiuta_un_termine_che_non_torna(richiesta, campi, vincolo):
    with pytest.raises(IntegrityError, match=vincolo), transaction.atomic():
        Termine.objects.per(richiesta, **{"nome": "prova", "dal": PRIMO, "giorni": 30} | campi)


def test_dello_stesso_nome_ne_corre_uno_solo(richiesta):
    termini.avvia(richiesta, termini.ESAME, PRIMO, 30)
    with pytest.raises(IntegrityError, match="termine_uno_aperto_per_nome"), transaction.atomic():
        termini.avvia(richiesta, termini.ESAME, PRIMO, 30)


@pytest.mark.parametrize("giorno", [12, 25, 60])
@pytest.mark.parametrize("campi", [{}, {"sospeso_dal": il(10)}, {"sospeso_dal": il(10), "sospeso_al": il(17)}])
def test_la_base_dati_conta_come_il_codice(richiesta, campi, giorno):
    t = Termine.objects.per(richiesta, nome=termini.ESAME, dal=PRIMO, giorni=30, **campi)
    righe = RichiestaAdesione.objects.annotate(scade=termini.fine_del_piu_vicino(RichiestaAdesione, il(giorno)))
    assert righe.get(pk=richiesta.pk).scade == termini.fine(t, il(giorno))
