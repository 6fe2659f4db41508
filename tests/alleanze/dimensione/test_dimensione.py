"""How large a firm is: thresholds of Annex I, what counts pro quota, and what is not known."""

from dataclasses import dataclass
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alleanze.dimensione.conto import NOMI, classe, conto, percento, totale


@dataclass
class Impresa:
    ula: Decimal
    fatturato: Decimal | None = None
    bilancio: Decimal | None = None
    legame: str = "collegata"
    quota: Decimal | None = None


def cifra(minimo="0", massimo="999999.99"):
    return st.decimals(min_value=Decimal(minimo), max_value=Decimal(massimo), places=2, allow_nan=False)


CIFRE = st.builds(Impresa, ula=cifra(), fatturato=cifra(), bilancio=cifra())
LEGATE = st.lists(
    st.builds(
        Impresa,
        ula=cifra(),
        fatturato=cifra(),
        bilancio=cifra(),
        legame=st.sampled_from(["collegata", "associata"]),
        quota=cifra("25", "50"),
    ),
    max_size=6,
)
M = 1_000_000


@pytest.mark.parametrize(
    ("ula", "fatturato", "bilancio", "attesa"),
    [
        ("9.99", 2 * M, None, "micro"),
        ("9.99", None, 2 * M, "micro"),
        ("10", 2 * M, 2 * M, "piccola"),  # «meno di 10» occupati
        ("9.99", "2000000.01", 2 * M, "micro"),  # one of the two is enough
        ("9.99", "2000000.01", "2000000.01", "piccola"),
        ("49.99", 10 * M, None, "piccola"),
        ("50", 10 * M, 10 * M, "media"),
        ("49", "10000000.01", 11 * M, "media"),
        ("249.99", 50 * M, 44 * M, "media"),
        ("249.99", "50000000.01", 43 * M, "media"),
        ("249.99", "50000000.01", "43000000.01", "grande"),
        ("249.99", None, "43000000.01", "grande"),  # the one that is there decides
        ("250", 1, 1, "grande"),
        ("0", 0, None, "micro"),
        ("3", None, None, ""),
    ],
)
def test_la_classe_ai_suoi_confini(ula, fatturato, bilancio, attesa):
    soldi = [None if v is None else Decimal(v) for v in (fatturato, bilancio)]
    assert classe(Decimal(ula), *soldi) == attesa
    assert not attesa or NOMI[attesa]


@given(CIFRE, LEGATE)
def test_il_totale_e_la_somma_esatta_delle_quote(propria, legate):
    esatto = totale(propria, legate)
    for campo in ("ula", "fatturato", "bilancio"):
        centesimi = int(getattr(propria, campo) * 100) * 10_000
        centesimi += sum(int(getattr(a, campo) * 100) * int(percento(a) * 100) for a in legate)
        assert getattr(esatto, campo) == Decimal(centesimi) / 1_000_000


@given(CIFRE, LEGATE)
def test_non_conta_in_che_ordine_si_scrivono(propria, legate):
    assert totale(propria, legate) == totale(propria, legate[::-1])


@given(CIFRE, LEGATE, CIFRE)
def test_una_collegata_in_piu_non_rimpicciolisce_mai(propria, legate, altra):
    prima, dopo = totale(propria, legate), totale(propria, [*legate, altra])
    assert [d - p for p, d in zip(prima, dopo, strict=True)] == [altra.ula, altra.fatturato, altra.bilancio]
    assert list(NOMI).index(classe(*prima)) <= list(NOMI).index(classe(*dopo))


@given(CIFRE, CIFRE, cifra("25", "50"))
def test_un_associata_pesa_la_sua_quota_e_mai_piu_di_una_collegata(propria, altra, quota):
    associata = Impresa(altra.ula, altra.fatturato, altra.bilancio, "associata", quota)
    con_quota, intera = totale(propria, [associata]), totale(propria, [altra])
    assert con_quota.ula == propria.ula + altra.ula * quota / 100
    assert con_quota.fatturato <= intera.fatturato


def test_quello_che_non_si_sa_di_una_non_si_sa_del_totale():
    propria = Impresa(Decimal(3), Decimal(100), Decimal(100))
    altra = Impresa(Decimal(1), None, Decimal(5))
    assert totale(propria, [altra]) == (Decimal(4), None, Decimal(105))
    assert conto(propria, [altra]).righe[1] == (
        "Fatturato annuo",
        "non indicato per tutte le imprese: non si somma",
    )


def test_il_conto_si_legge():
    propria = Impresa(Decimal("9.50"), Decimal(1_000_000))
    altra = Impresa(Decimal("12.00"), Decimal(400_000), None, "associata", Decimal(25))
    fatto = conto(propria, [altra])
    assert fatto.righe[0][1] == "9,50 ULA + 25% di 12,00 = 12,50 ULA"
    assert fatto.righe[1][1].replace("\xa0", " ") == "€ 1.000.000,00 + 25% di € 400.000,00 = € 1.100.000,00"
    assert fatto.righe[2][1] == "non indicato"
    assert fatto.nome == "piccola impresa"


def test_vicino_a_una_soglia_le_ula_non_si_arrotondano():
    """9,9999 is not 10: the working must not say 10,00 and then «microimpresa»."""
    altra = Impresa(Decimal("0.03"), Decimal(0), None, "associata", Decimal("33.00"))
    fatto = conto(Impresa(Decimal("9.99"), Decimal(0)), [altra])
    assert fatto.righe[0][1] == "9,99 ULA + 33% di 0,03 = 9,9999 ULA"
    assert fatto.classe == "micro"
