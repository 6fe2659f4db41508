"""The types of the content say what the content is: the checker believes them, and here somebody looks."""

import types
from typing import Any, NotRequired, Union, get_args, get_origin, get_type_hints, is_typeddict

import pytest

from conciliazione.schede import contenuto as forma
from conciliazione.schede.lettura import Lettura, leggi
from progetti.contenuto import COLONNE, COLONNE_PROGETTO, COSTO, PARAMETRI, contenuto
from progetti.contenuto.lettura import CELLA_DA_RIVEDERE, CELLA_DICHIARATA
from progetti.edizioni import EDIZIONI
from progetti.models import Progetto

CHIAVI = {
    forma.RigaCosto: {"id", *COSTO},
    forma.CellaDichiarata: {*CELLA_DICHIARATA},
    forma.CellaDaRivedere: {*CELLA_DA_RIVEDERE},
    forma.ProgettoDetto: {"id", "origine", *COLONNE_PROGETTO},
    forma.AvvisoDetto: {"codice", "titolo", "atto", "ats", *PARAMETRI},
}


@pytest.mark.parametrize("fonte", COLONNE)
def test_ogni_colonna_di_una_tabella_ha_il_suo_tipo(fonte):
    altre = {"id", "settore"} if fonte == "partecipazioni" else {"id"}
    assert set(get_type_hints(forma.RIGHE[fonte])) == {*altre, *COLONNE[fonte]}


@pytest.mark.parametrize("tipo", CHIAVI, ids=lambda tipo: tipo.__name__)
def test_ogni_altra_parte_del_contenuto_ha_il_tipo_delle_sue_chiavi(tipo):
    assert set(get_type_hints(tipo)) == CHIAVI[tipo]


def test_il_contenuto_delle_schede_di_esempio_e_come_dicono_i_tipi(dimostrazione):
    schede = list(Progetto.objects.order_by("pk"))
    assert len({scheda.edizione for scheda in schede}) == 3
    assert [storto for scheda in schede for storto in storti(contenuto(scheda), forma.Contenuto, str(scheda))] == []


def test_la_lettura_delle_schede_di_esempio_e_come_dicono_i_tipi(dimostrazione):
    letture = [(s, leggi(EDIZIONI[s.edizione], contenuto(s))) for s in Progetto.objects.order_by("pk")]
    assert [storto for scheda, lettura in letture for storto in storti(lettura, Lettura, str(scheda))] == []


def test_chi_guarda_vede_una_chiave_di_troppo_e_un_valore_di_un_altro_genere():
    voce = {"codice": 1, "titolo": "Sportello", "titol": ""}
    assert list(storti(voce, forma.VoceDiCosto, "voce")) == ["voce: titol", "voce.codice: 1 non è str"]


def storti(valore, tipo, dove: str) -> list[str]:
    """Where a value is not of its type."""
    if is_typeddict(tipo):
        return _del_dizionario(valore, tipo, dove)
    intero, parti = get_origin(tipo), get_args(tipo)
    if intero in (Union, types.UnionType):
        per_ciascuno = [storti(valore, parte, dove) for parte in parti]
        return [] if [] in per_ciascuno else per_ciascuno[0]
    if intero is NotRequired:
        return storti(valore, parti[0], dove)
    if intero is list and isinstance(valore, list):
        return [storto for n, v in enumerate(valore) for storto in storti(v, parti[0], f"{dove}[{n}]")]
    if intero is dict and isinstance(valore, dict):
        return [storto for k, v in valore.items() for storto in storti(v, parti[1], f"{dove}[{k}]")]
    giusto = tipo is Any or (isinstance(valore, intero or tipo) and not (tipo is int and isinstance(valore, bool)))
    return [] if giusto else [f"{dove}: {valore!r} non è {getattr(tipo, '__name__', tipo)}"]


def _del_dizionario(valore, tipo, dove: str) -> list[str]:
    if not isinstance(valore, dict):
        return [f"{dove}: {valore!r} non è {tipo.__name__}"]
    tipi = get_type_hints(tipo)
    diverse = sorted(tipo.__required_keys__ - valore.keys() | valore.keys() - tipi.keys())
    trovati = [storto for k in valore.keys() & tipi.keys() for storto in storti(valore[k], tipi[k], f"{dove}.{k}")]
    return [f"{dove}: {k}" for k in diverse] + sorted(trovati)
