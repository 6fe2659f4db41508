"""The clock of the sportello: told what time it is, right across holidays and the two nights when the hour changes."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alleanze.sportello.orologio import LAVORATIVE, SOLARI, entro, lavorativo, resta

ROMA = ZoneInfo("Europe/Rome")
ORA = timedelta(hours=1)
istanti = st.datetimes(datetime(2014, 1, 1), datetime(2035, 1, 1), timezones=st.just(UTC))
ore = st.integers(1, 720)
orologi = st.sampled_from([SOLARI, LAVORATIVE])


def a_roma(testo: str) -> datetime:
    return datetime.fromisoformat(testo).replace(tzinfo=ROMA)


def detto(quando: datetime) -> str:
    return f"{quando.astimezone(ROMA):%Y-%m-%dT%H:%M}"


@pytest.mark.parametrize(
    ("chiesto", "ore", "come", "atteso"),
    [
        ("2026-11-20T10:42", 48, SOLARI, "2026-11-22T10:42"),
        ("2026-11-19T10:42", 48, LAVORATIVE, "2026-11-23T10:42"),  # Thursday to Monday: Saturday and Sunday do not count
        ("2026-11-21T18:00", 48, LAVORATIVE, "2026-11-25T00:00"),  # asked on a Saturday: it begins on Monday
        ("2026-11-20T12:00", 12, LAVORATIVE, "2026-11-21T00:00"),  # to the end of Friday
        ("2026-04-03T09:00", 24, LAVORATIVE, "2026-04-07T09:00"),  # Easter Monday
        ("2026-12-24T09:00", 24, LAVORATIVE, "2026-12-28T09:00"),  # Christmas, on a Friday
        ("2027-01-05T09:00", 24, LAVORATIVE, "2027-01-07T09:00"),  # Epiphany
        # The last Sundays of March and of October have 23 and 25 hours.
        ("2026-03-28T10:00", 24, SOLARI, "2026-03-29T11:00"),
        ("2026-10-24T10:00", 24, SOLARI, "2026-10-25T09:00"),
        ("2026-03-27T10:00", 24, LAVORATIVE, "2026-03-30T10:00"),
        ("2026-10-23T10:00", 24, LAVORATIVE, "2026-10-26T10:00"),
    ],
)
def test_il_termine_si_conta_come_dice_lo_sportello(chiesto, ore, come, atteso):
    assert detto(entro(a_roma(chiesto), ore, come)) == atteso


@pytest.mark.parametrize("giorno", ["2026-01-01", "2026-04-06", "2026-06-02", "2026-12-08", "2026-11-21", "2026-11-22"])
def test_feste_e_fine_settimana_non_sono_lavorativi(giorno):
    assert not lavorativo(date.fromisoformat(giorno))


@pytest.mark.parametrize("giorno", ["2026-11-20", "2026-12-07", "2026-02-17"], ids=["venerdì", "Sant'Ambrogio", "carnevale"])
def test_il_patrono_di_un_comune_e_un_giorno_come_gli_altri(giorno):
    assert lavorativo(date.fromisoformat(giorno))


@given(istanti, ore, orologi)
def test_appena_chiesto_restano_tutte_le_ore_promesse(chiesto, quante, come):
    assert resta(chiesto, entro(chiesto, quante, come), come) == quante * ORA


@given(istanti, ore, orologi, st.timedeltas(timedelta(0), timedelta(days=40)))
def test_l_orologio_non_torna_indietro(chiesto, quante, come, dopo):
    scade = entro(chiesto, quante, come)
    assert resta(chiesto + dopo, scade, come) <= resta(chiesto, scade, come)
    assert resta(chiesto + dopo, scade, come) >= resta(chiesto, scade, come) - dopo


@given(istanti, ore, ore)
def test_chiedere_ore_una_dopo_l_altra_e_chiederle_insieme(chiesto, prime, altre):
    for come in (SOLARI, LAVORATIVE):
        assert entro(entro(chiesto, prime, come), altre, come) == entro(chiesto, prime + altre, come)


@given(istanti, ore)
def test_le_ore_lavorative_non_finiscono_mai_prima_di_quelle_solari(chiesto, quante):
    assert entro(chiesto, quante, LAVORATIVE) >= entro(chiesto, quante, SOLARI)


@given(istanti, ore)
def test_il_termine_in_ore_lavorative_cade_in_un_giorno_lavorativo(chiesto, quante):
    scade = entro(chiesto, quante, LAVORATIVE)
    # Midnight is the end of the day before.
    assert lavorativo((scade - timedelta(microseconds=1)).astimezone(ROMA).date())


@given(istanti, ore, orologi)
def test_passato_il_termine_si_conta_da_quanto(chiesto, quante, come):
    scade = entro(chiesto, quante, come)
    assert resta(scade, scade, come) == timedelta(0)
    assert resta(scade + timedelta(days=10), scade, come) < timedelta(0)
