"""Names as people write them are compared and sorted in one place."""

import pytest

from alleanze.models import Ente
from conciliazione.italiano.parole import parole, per_nome, piano, stesso_nome


@pytest.mark.parametrize(
    ("uno", "altro"),
    [
        ("Società dell'Età", "SOCIETA dell’eta"),
        ("Ali S.p.A.", "ali s.p.a"),
        ("Comune  di\tCrema ", "comune di Crema"),
        ("I™ e II", "itm E ii"),
    ],
)
def test_maiuscole_accenti_apostrofi_spazi_e_punto_finale_non_cambiano_le_parole(uno, altro):
    assert parole(uno) == parole(altro)


def test_parole_diverse_restano_diverse():
    assert parole("Comune di Crema") != parole("Comune di Cremona")
    assert parole("_ - .") == []


def test_si_ordina_senza_accenti_e_maiuscole_ma_con_la_punteggiatura():
    assert piano("Àlea (2)") == "alea (2)"


@pytest.mark.parametrize(
    ("nome", "scritto", "stesso"),
    [
        ("Mario Rossi", "Rossi dott. Mario", True),
        ("Mario Rossi", "ROSSI, MARIO", True),
        ("Nicolò D'Angelo", "D’ANGELO NICOLO'", True),
        ("Mario Rossi", "Rossi", False),
        ("Mario Rossi", "Maria Rossi", False),
        ("", "Rossi", False),
    ],
)
def test_un_nome_e_lo_stesso_in_qualunque_ordine_e_con_qualunque_titolo(nome, scritto, stesso):
    assert stesso_nome(nome, scritto) is stesso


def test_la_base_dati_ordina_i_nomi_come_piano(dimostrazione):
    for nome in ("Àlea", "alea due", "ALBA"):
        Ente.objects.create(denominazione=nome, settore="privato")
    nomi = Ente.objects.order_by(per_nome("denominazione"), "pk").values_list("denominazione", flat=True)
    ordinati = [nome for nome in nomi if piano(nome).startswith("al")]
    assert ordinati == sorted(ordinati, key=piano)
    assert {"Àlea", "alea due", "ALBA"} <= set(ordinati)
