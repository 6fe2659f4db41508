"""`docs/interscambio.md` says what the code does: all keys, all rules, and examples that are true."""

import ast
import io
import json
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command

from conciliazione.demo import carica, castellanza, wis
from conciliazione.schede.segnalazioni import controlla
from progetti import contenuto
from progetti.edizioni.dgr1081_2014.modulo import DGR1081_2014
from progetti.interscambio import celle, esame, importa
from progetti.interscambio.esame import CHIAVI_AVVISO

from ...crema import copia

SCHEDE = (carica.CREMA, castellanza.CASTELLANZA, wis.WIS)
RADICE = Path(settings.RADICE)
TESTO = (RADICE / "docs/interscambio.md").read_text(encoding="utf-8")
BRANI = [json.loads(brano) for brano in re.findall(r"```json\n(.*?)```", TESTO, re.DOTALL)]
DI_CREMA = [b for b in BRANI if len(b) == 1]
(DI_CONTROLLA,) = [b for b in BRANI if "segnalazioni" in b]
(PICCOLA,) = [b for b in BRANI if "formato" in b]


def regole_del_codice() -> set[str]:
    """Every text of the code of the rules that has the form of an identifier of a rule, and is one."""
    testi = set()
    altri = (RADICE / "conciliazione/schede/segnalazioni.py", RADICE / "progetti/presentazione/transizioni.py")
    for percorso in (*(RADICE / "progetti/regole").glob("*.py"), *altri):
        testi |= _argomenti(ast.parse(percorso.read_text(encoding="utf-8")))
    edizioni = "".join(e.read_text(encoding="utf-8") for e in (RADICE / "progetti/edizioni").rglob("*.py"))
    return testi | set(re.findall(r'regola="([a-z_]+)"', edizioni))


POSTO_DELLA_REGOLA = {"Segnalazione": 0, "Verifica": 0, "_su_valore": 0, "_non_si_sa": 0, "_almeno": 3}
"""Where the identifier is among the arguments of what makes a segnalazione."""


def _argomenti(albero: ast.AST) -> set[str]:
    """Texts passed first to Segnalazione or to what makes one, and the values of the tables of identifiers."""
    trovati = set()
    for nodo in ast.walk(albero):
        primo = []
        nome = getattr(nodo.targets[0], "id", "") if isinstance(nodo, ast.Assign) else ""
        if isinstance(nodo, ast.Call) and getattr(nodo.func, "id", "") in POSTO_DELLA_REGOLA:
            posto = POSTO_DELLA_REGOLA[nodo.func.id]
            primo = nodo.args[posto : posto + 1]
        elif nome == "regola" or nome.startswith("REGOL"):
            primo = [nodo.value]
        elif isinstance(nodo, ast.Assign) and isinstance(nodo.targets[0], ast.Tuple) and isinstance(nodo.value, ast.Tuple):
            insieme = zip(nodo.targets[0].elts, nodo.value.elts, strict=False)
            primo = [valore for bersaglio, valore in insieme if getattr(bersaglio, "id", "") == "regola"]
        for pezzo in primo:
            testi = {n.value for n in ast.walk(pezzo) if isinstance(n, ast.Constant) and isinstance(n.value, str)}
            trovati |= {t for t in testi if re.fullmatch("[a-z]+(_[a-z]+)+", t)}
    return trovati - {"cofin_pubblico", "cofin_privato"}


def regole_del_documento() -> dict[str, str]:
    parte = TESTO.split("## Le regole")[1]
    return dict(re.findall(r"^\| `([a-z_]+)` \| ([\w ]+) \|", parte, re.MULTILINE))


def test_il_documento_elenca_tutte_e_sole_le_regole_del_codice():
    assert len(regole_del_codice()) > 20
    assert set(regole_del_documento()) == regole_del_codice()


def test_la_gravita_scritta_e_quella_che_esce(acquisito):
    detta = regole_del_documento()
    for s in controlla(DGR1081_2014, contenuto.contenuto(acquisito)):
        assert detta[s.regola] == s.gravita


def chiavi_del_codice() -> set[str]:
    righe = {c for fonte in contenuto.COLONNE.values() for c in fonte}
    altre = {"id", "origine", "nome", "ats", "conferme"}
    return {*esame.CHIAVI, *CHIAVI_AVVISO, *contenuto.COSTO, *celle.CELLA, *contenuto.COLONNE_PROGETTO, *righe, *altre}


def test_il_documento_nomina_tutte_le_chiavi_del_file():
    assert {c for c in chiavi_del_codice() if f"`{c}`" not in TESTO and f'"{c}"' not in TESTO} == set()


def _contenuto_in(brano, intero) -> bool:
    if isinstance(brano, dict):
        return isinstance(intero, dict) and all(c in intero and _contenuto_in(v, intero[c]) for c, v in brano.items())
    if isinstance(brano, list) and brano and isinstance(brano[0], dict):
        return all(any(_contenuto_in(b, i) for i in intero) for b in brano)
    return brano == intero


@pytest.mark.parametrize("brano", DI_CREMA, ids=[next(iter(b)) for b in DI_CREMA])
def test_ogni_brano_e_davvero_di_una_delle_schede_della_dimostrazione(brano):
    assert any(_contenuto_in(brano, scheda) for scheda in SCHEDE)


def test_ogni_parte_del_file_ha_il_suo_brano():
    assert {next(iter(b)) for b in DI_CREMA} == set(esame.CHIAVI) - {"formato", "edizione"}


def test_ogni_riga_dei_brani_ha_tutte_le_chiavi():
    brani = {chiave: valore for b in DI_CREMA for chiave, valore in b.items()}
    for scheda in SCHEDE:
        for fonte, intera in scheda.items():
            if isinstance(intera, list) and intera:
                assert all(riga.keys() == intera[0].keys() for riga in brani[fonte]), fonte
    assert brani["avviso"].keys() == copia()["avviso"].keys()


def test_la_scheda_piccola_si_importa_davvero_e_la_differenza_e_detta(dimostrazione):
    progetto, fatto = importa(PICCOLA)
    assert fatto == "creato"
    trovate = [s for s in controlla(DGR1081_2014, contenuto.contenuto(progetto)) if s.regola.startswith("declared_")]
    assert [s.dati["difference"] for s in trovate] == ["500.00"]


def test_il_json_di_controlla_e_quello_che_esce(acquisito):
    uscita = io.StringIO()
    call_command("scheda", "controlla", str(acquisito.pk), "--json", stdout=uscita)
    uscito = json.loads(uscita.getvalue())
    assert uscito.keys() == DI_CONTROLLA.keys()
    assert _contenuto_in(DI_CONTROLLA, uscito)
    assert all(f"`{chiave}`" in TESTO for chiave in uscito["segnalazioni"][0])


def test_ogni_comando_e_nominato_con_le_sue_opzioni():
    for parola in ("descrivi", "importa", "--congela", "importa -", "esporta", "--out", "controlla", "--json", "pdf", "elenca"):
        assert parola in TESTO
