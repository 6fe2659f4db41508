"""The edition prints the words of the official form: all of them, and no others.

`moduli_dgr1081.txt` is the form as it is printed; `descrizione_dgr1081.txt` is the edition as `scheda descrivi` tells it.
To change the second on purpose: `python manage.py scheda descrivi dgr1081-2014 > tests/descrizione_dgr1081.txt`.
"""

import io
import re
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import models

from conciliazione.schede.edizione import Cronoprogramma, Elenco, Prospetto
from conciliazione.schede.lettura import leggi
from progetti.archivio import COLONNE, COLONNE_PROGETTO, MODELLI
from progetti.edizioni import EDIZIONI
from progetti.edizioni.dgr1081_2014 import DGR1081_2014
from progetti.models import Progetto

from .crema import contenuto

CARTELLA = Path(__file__).parent


def _piano(testo: str) -> str:
    return " ".join(testo.split())


MODULO = _piano((CARTELLA / "moduli_dgr1081.txt").read_text(encoding="utf-8"))
NOSTRE = {
    "Ambito territoriale",  # the form's label is illegible
    "altro: quali",
    "Una nota: gli importi si scrivono nella sezione IV, «Da chi viene il cofinanziamento».",  # on the screen only
    "Cofinanziamento",  # shown in the cell «Finanziarie»
}
"""Words of ours, where the form has none."""
DEI_MODELLI = (
    "SOGGETTO | ATTIVITA' | RISORSE PROPRIE | Soggetto n. 1 (capofila) | Mese | Azione 1: | Azione 2: | Azione 3: | Azione 4: "
    "| 1 … 24 | Azione"
)
"""Headings of tables that are printed by the block's own template."""


def _del_blocco(blocco) -> list[str]:
    parole = [blocco.titolo, blocco.istruzioni, getattr(blocco, "totale", ""), *getattr(blocco, "etichette", {}).values()]
    parole += [c.etichetta for c in (*getattr(blocco, "colonne", ()), *getattr(blocco, "calcolate", ()))]
    if isinstance(blocco, Elenco):
        parole += [blocco.etichetta(1, {"ruolo": "capofila"}), blocco.etichetta(2, {"ruolo": "partner"})]
    elif not isinstance(blocco, Cronoprogramma | Prospetto):
        for campo in blocco.campi().values():
            parole += [str(campo.label), str(campo.help_text), campo.gruppo, campo.intestazione]
            parole += [str(nome) for chiave, nome in getattr(campo, "choices", []) if chiave]
    return parole


def stampate() -> list[str]:
    """Every word that the edition prints."""
    parole = [DGR1081_2014.sottotitolo, DGR1081_2014.titolo, *(s.titolo for s in DGR1081_2014.sezioni)]
    for blocco in DGR1081_2014.blocchi:
        parole += _del_blocco(blocco) if blocco.stampato else []
    return [_piano(p) for p in parole if p]


@pytest.mark.parametrize("parole", sorted(set(stampate()) - NOSTRE))
def test_ogni_parola_stampata_e_del_modulo(parole):
    assert parole in MODULO


def test_nessuna_parola_del_modulo_manca():
    resto = re.sub(r"mese/201[45]", "", MODULO)  # where months are written, any of any year
    for parole in sorted({*stampate(), *DEI_MODELLI.split(" | ")}, key=len, reverse=True):
        resto = resto.replace(parole, " ")
    assert re.findall(r"\w+", resto) == []


def test_le_parole_nostre_sono_solo_quelle_che_il_modulo_non_ha():
    assert {p for p in stampate() if p not in MODULO} <= NOSTRE
    assert set(stampate()) >= NOSTRE


def test_sezioni_e_punti_sono_nell_ordine_del_modulo():
    titoli = [_piano(t) for s in DGR1081_2014.sezioni for t in (s.titolo, *(b.titolo for b in s.blocchi if b.stampato)) if t]
    posti = [MODULO.index(titolo) for titolo in titoli]
    assert posti == sorted(posti)


def test_la_lettura_porta_le_stesse_parole():
    """What is frozen and printed is the reading: nothing of the edition is lost on the way to it."""

    def testi(valore):
        if isinstance(valore, dict):
            return [t for v in valore.values() for t in testi(v)]
        return [t for v in valore for t in testi(v)] if isinstance(valore, list) else [_piano(str(valore))]

    letti = set(testi(leggi(DGR1081_2014, contenuto())))
    assert [p for p in stampate() if p not in letti] == []


def test_la_descrizione_dell_edizione_e_quella_fissata():
    uscita = io.StringIO()
    call_command("scheda", "descrivi", "dgr1081-2014", stdout=uscita)
    assert uscita.getvalue() == (CARTELLA / "descrizione_dgr1081.txt").read_text(encoding="utf-8")


def larghezza(campo) -> int:
    """The longest text that a field lets through."""
    chiavi = [len(str(chiave)) for chiave, _ in getattr(campo, "choices", [])]
    return max(chiavi) if chiavi else getattr(campo, "max_length", None) or len("2014-10")


@pytest.mark.parametrize("edizione", EDIZIONI.values(), ids=EDIZIONI)
def test_ogni_colonna_contiene_cio_che_il_suo_campo_accetta(edizione):
    strette = []
    for blocco in edizione.blocchi:
        modello = MODELLI.get(blocco.fonte, Progetto)
        promosse = COLONNE.get(blocco.fonte, COLONNE_PROGETTO)
        for nome, campo in blocco.campi().items():
            colonna = modello._meta.get_field(nome) if nome in promosse else None
            if isinstance(colonna, models.CharField) and colonna.max_length < larghezza(campo):
                strette.append(f"{blocco.chiave} {nome}: {larghezza(campo)} in {colonna.max_length}")
    assert not strette
