"""The real case: figures to the cent, and exactly the segnalazioni that must come out of it."""

import pytest

from conciliazione.schede.segnalazioni import controlla
from progetti.contenuto import contenuto as contenuto_di
from progetti.contenuto import conti
from progetti.edizioni import EDIZIONI

ATTESE = {
    "declared_contribution_vs_table": "errore",
    "duration_not_filled": "avviso",
    "single_choice_with_two_marks": "avviso",
    "cofinancing_not_attributed_to_partners": "informazione",
    "name_variants": "informazione",
    "ateco_format": "informazione",
    "missing_optional_data": "informazione",
}


@pytest.fixture
def contenuto(acquisito):
    return contenuto_di(acquisito)


@pytest.fixture
def segnalazioni(contenuto):
    return controlla(EDIZIONI["dgr1081-2014"], contenuto)


def test_escono_le_sette_segnalazioni_del_caso_una_per_fatto(segnalazioni):
    assert sorted((s.regola, str(s.gravita)) for s in segnalazioni) == sorted(ATTESE.items())


def test_il_contributo_dichiarato_e_confrontato_con_la_tabella_e_con_la_sua_conseguenza(segnalazioni):
    trovata = next(s for s in segnalazioni if s.regola == "declared_contribution_vs_table")
    assert trovata.dati == {"declared": "51000.00", "computed": "49000.00", "difference": "2000.00"}
    assert "14.000,00" in trovata.messaggio
    assert "16.000,00" in trovata.messaggio


def test_mancano_proprio_i_dati_che_la_carta_non_ha(segnalazioni):
    trovata = next(s for s in segnalazioni if s.regola == "missing_optional_data")
    campi = sorted(luogo.campo for luogo in trovata.luoghi)
    assert campi == ["legale_cap", "operativa_cap", "operativa_indirizzo", "referente_email", "referente_tel"]


def test_i_nomi_scritti_in_due_modi_sono_dei_soggetti_tre_quattro_e_sei(segnalazioni, contenuto):
    trovata = next(s for s in segnalazioni if s.regola == "name_variants")
    ordine = [p["id"] for p in contenuto["partecipazioni"]]
    assert [ordine.index(luogo.riga) + 1 for luogo in trovata.luoghi] == [3, 4, 6]


def test_i_totali_sono_quelli_della_scheda(contenuto):
    totali = [
        f(contenuto) for f in (conti.costo, conti.contributo, conti.cofinanziamento_pubblico, conti.cofinanziamento_privato)
    ]
    assert [str(t) for t in totali] == ["65000.00", "49000.00", "8000.00", "8000.00"]


def test_il_contenuto_si_legge_in_due_interrogazioni(acquisito, django_assert_num_queries):
    # partecipazioni con ente, conferme, azioni, costi, cofinanziamenti, compilazioni, dichiarati
    with django_assert_num_queries(2):
        contenuto_di(acquisito)
