"""Merging two people's changes: for any original, mine and theirs, nothing that someone wrote is overwritten unseen."""

from hypothesis import given
from hypothesis import strategies as st

from conciliazione.schede.salvataggio import RIGA, Conflitto, concilia, impronta
from conciliazione.schede.tipi import vuoto

CAMPI = ["a", "b", "c"]
VUOTI = [None, "", []]
valori = st.one_of(
    st.sampled_from(VUOTI),
    st.text(max_size=4),
    st.booleans(),
    st.integers(0, 3),
    st.lists(st.sampled_from(["x", "y"]), max_size=2),
)
righe = st.fixed_dictionaries(dict.fromkeys(CAMPI, valori))
piene = righe.filter(lambda r: not all(vuoto(v) for v in r.values()))
tabelle = st.dictionaries(st.sampled_from(["r1", "r2", "r3"]), righe, max_size=3)


def uguali(uno, altro) -> bool:
    return impronta(uno) == impronta(altro)


def impronte(riga: dict) -> dict:
    return {campo: impronta(valore) for campo, valore in riga.items()}


def fondi(prima, mio, loro):
    """The merge of one field of one row."""
    return concilia({"r": {"a": loro}}, {"r": {"a": mio}}, {"r": {"a": impronta(prima)}})


@given(valori, valori)
def test_cio_che_non_ho_toccato_resta_come_l_ha_lasciato_l_altro(prima, loro):
    assert not fondi(prima, prima, loro)


@given(valori, valori)
def test_cio_che_l_altro_non_ha_toccato_diventa_il_mio(prima, mio):
    esito = fondi(prima, mio, prima)
    assert not esito.conflitti
    assert esito.da_scrivere == ({} if uguali(prima, mio) else {"r": {"a": mio}})


@given(valori, valori, valori)
def test_due_modifiche_diverse_sono_un_conflitto_con_i_due_testi(prima, mio, loro):
    esito = fondi(prima, mio, loro)
    contesa = not uguali(prima, mio) and not uguali(prima, loro) and not uguali(mio, loro)
    assert esito.conflitti == ([Conflitto("r", "a", mio, loro)] if contesa else [])
    if contesa:
        assert not esito.da_scrivere


@given(valori, valori)
def test_la_stessa_modifica_fatta_in_due_non_scrive_nulla(prima, nuovo):
    assert not fondi(prima, nuovo, nuovo)


@given(st.sampled_from(VUOTI), st.sampled_from(VUOTI), st.sampled_from(VUOTI))
def test_i_modi_di_lasciare_in_bianco_sono_lo_stesso(prima, mio, loro):
    assert not fondi(prima, mio, loro)


@given(st.sampled_from(VUOTI), st.sampled_from([0, False, "0", "0.00"]))
def test_zero_e_no_sono_qualcosa_di_detto(bianco, detto):
    assert not uguali(bianco, detto)
    assert fondi(bianco, detto, bianco).da_scrivere == {"r": {"a": detto}}


@given(tabelle, tabelle)
def test_quello_che_si_scrive_e_solo_mio_e_solo_dove_nessuno_ha_cambiato(attuali, miei):
    """The form was opened on blank rows: whatever is there now was written by somebody else."""
    aperte = {riga: impronte(dict.fromkeys(CAMPI)) for riga in miei if riga in attuali}
    esito = concilia(attuali, miei, aperte)
    for riga, campi in esito.da_scrivere.items():
        for campo, valore in campi.items():
            assert valore == miei[riga][campo]
            assert vuoto(attuali.get(riga, {}).get(campo))


@given(righe, righe, righe)
def test_ogni_campo_ha_una_sola_sorte(prima, mie, loro):
    esito = concilia({"r": loro}, {"r": mie}, {"r": impronte(prima)})
    scritti, contesi = set(esito.da_scrivere.get("r", {})), {c.campo for c in esito.conflitti}
    assert not scritti & contesi
    for campo in set(CAMPI) - scritti - contesi:
        assert uguali(mie[campo], prima[campo]) or uguali(mie[campo], loro[campo])


@given(tabelle, tabelle, tabelle, st.randoms())
def test_l_ordine_delle_righe_e_dei_campi_non_conta(attuali, miei, prima, caso):
    aperte = {riga: impronte(valori) for riga, valori in prima.items()}

    def rimescola(tabella):
        chiavi = list(tabella)
        caso.shuffle(chiavi)
        return {k: rimescola(tabella[k]) if isinstance(tabella[k], dict) else tabella[k] for k in chiavi}

    uno, altro = concilia(attuali, miei, aperte), concilia(rimescola(attuali), rimescola(miei), rimescola(aperte))
    assert uno.da_scrivere == altro.da_scrivere
    assert len(uno.conflitti) == len(altro.conflitti)
    assert all(conflitto in altro.conflitti for conflitto in uno.conflitti)


@given(piene)
def test_una_riga_nuova_si_scrive_intera(nuova):
    assert concilia({}, {"n": nuova}, {}).da_scrivere == {"n": nuova}


@given(st.fixed_dictionaries({c: st.sampled_from(VUOTI) for c in CAMPI}))
def test_una_riga_nuova_lasciata_in_bianco_non_nasce(bianca):
    assert not concilia({}, {"n": bianca}, {})


@given(piene)
def test_una_riga_nuova_mandata_due_volte_si_scrive_una_volta(nuova):
    assert not concilia({"n": nuova}, {"n": nuova}, {})


@given(piene, piene)
def test_una_riga_nuova_mandata_di_nuovo_con_altro_non_copre_la_prima(prima, dopo):
    """Back in the browser, another amount, save: what differs is asked, what was blank is filled."""
    esito = concilia({"n": prima}, {"n": dopo}, {})
    diversi = {c for c in CAMPI if not uguali(prima[c], dopo[c])}
    assert {c.campo for c in esito.conflitti} == {c for c in diversi if not vuoto(prima[c])}
    assert set(esito.da_scrivere.get("n", {})) == {c for c in diversi if vuoto(prima[c])}


@given(righe)
def test_una_riga_che_nessuno_ha_toccato_si_elimina(riga):
    esito = concilia({"r": riga}, {}, {"r": impronte(riga)}, frozenset({"r"}))
    assert esito.da_eliminare == {"r"}
    assert not esito.conflitti


@given(righe, righe)
def test_una_riga_cambiata_da_altri_non_si_elimina_senza_chiedere(prima, loro):
    cambiata = any(not uguali(prima[c], loro[c]) for c in CAMPI)
    esito = concilia({"r": loro}, {}, {"r": impronte(prima)}, frozenset({"r"}))
    assert esito.da_eliminare == (set() if cambiata else {"r"})
    assert esito.conflitti == ([Conflitto("r", RIGA, None, loro)] if cambiata else [])


@given(piene)
def test_chi_non_dice_che_cosa_vedeva_non_elimina(riga):
    """Half a request: the removal arrived, the fingerprints did not."""
    esito = concilia({"r": riga}, {}, {}, frozenset({"r"}))
    assert not esito.da_eliminare
    assert [c.campo for c in esito.conflitti] == [RIGA]


@given(righe)
def test_eliminare_cio_che_non_c_e_piu_non_e_un_conflitto(riga):
    assert not concilia({}, {}, {"r": impronte(riga)}, frozenset({"r"}))


@given(righe, righe)
def test_una_riga_eliminata_da_altri_che_ho_cambiato_si_chiede(prima, mia):
    cambiata = any(not uguali(prima[c], mia[c]) for c in CAMPI)
    esito = concilia({}, {"r": mia}, {"r": impronte(prima)})
    assert esito.conflitti == ([Conflitto("r", RIGA, mia, None)] if cambiata else [])
    assert not esito.da_scrivere


@given(tabelle, tabelle)
def test_una_riga_da_eliminare_non_si_scrive(attuali, miei):
    esito = concilia(attuali, miei, {r: impronte(v) for r, v in attuali.items()}, frozenset(miei))
    assert not esito.da_scrivere
