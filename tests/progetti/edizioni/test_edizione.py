"""Each edition prints the words of its official form: all of them, and no others.

`moduli_*.txt` are the forms as they are printed.
"""

import re
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from conciliazione.schede.edizione import Blocco, Cronoprogramma, Edizione, Elenco
from conciliazione.schede.lettura import leggi
from conciliazione.schede.prospetto import Prospetto
from progetti.edizioni import EDIZIONI

from ... import castellanza, crema

CARTELLA = Path(__file__).parent


def _piano(testo: str) -> str:
    return " ".join(testo.split())


@dataclass
class Modulo:
    """An official form beside the edition that prints it."""

    edizione: Edizione
    file: str
    contenuto: dict
    """A scheda of it: what is read must have all its words."""
    nostre: set[str]
    """Words of ours, where the form has none."""
    dei_modelli: str = ""
    """Words of the form that a block's own template prints."""
    vuoti: str = "$^"
    """What the form prints where something is written: not its words."""
    testo: str = field(init=False)

    def __post_init__(self):
        self.testo = _piano((CARTELLA / self.file).read_text(encoding="utf-8"))

    def stampate(self) -> list[str]:
        """Every word that the edition prints."""
        parole = [self.edizione.sottotitolo, self.edizione.titolo]
        parole += [s.titolo for s in self.edizione.sezioni if s.stampata]
        for blocco in self.edizione.blocchi:
            parole += _del_blocco(blocco) if blocco.stampato else []
        return [_piano(p) for p in parole if p]

    def titoli(self) -> list[str]:
        """Titles of sections and blocks, as they come."""
        pezzi = [(s, *(b for b in s.blocchi if b.stampato and not b.dentro)) for s in self.edizione.sezioni]
        return [_piano(p.titolo) for pezzo in pezzi for p in pezzo if p.titolo and getattr(p, "stampata", True)]


def _del_blocco(blocco: Blocco) -> list[str]:
    parole = [blocco.titolo, blocco.istruzioni, getattr(blocco, "totale", ""), *getattr(blocco, "etichette", {}).values()]
    parole += [c.etichetta for c in (*getattr(blocco, "colonne", ()), *getattr(blocco, "calcolate", ()))]
    parole += [voce.titolo for voce in getattr(blocco, "voci", ())]
    if getattr(blocco, "in_tabella", False) or (isinstance(blocco, Prospetto) and blocco.fonte):
        parole.append(blocco.prima_colonna)
    if isinstance(blocco, Elenco):
        parole += [blocco.etichetta(1, {"ruolo": "capofila"}), blocco.etichetta(2, {"ruolo": "partner"})]
    elif not isinstance(blocco, Cronoprogramma | Prospetto):
        for nome, campo in blocco.campi().items():
            if campo.stampato and nome != getattr(blocco, "padre", ""):
                parole += [str(campo.label), str(campo.help_text), campo.gruppo, campo.intestazione]
                # Choices among rows of the scheda are not words of the form.
                scelte = [] if campo.genere in ("rimando", "rimandi") else getattr(campo, "choices", [])
                parole += [str(voce) for chiave, voce in scelte if chiave]
    return parole


DGR1081 = Modulo(
    edizione=EDIZIONI["dgr1081-2014"],
    file="moduli_dgr1081.txt",
    contenuto=crema.contenuto(),
    nostre={
        "Ambito territoriale",  # the form's label is illegible
        "altro: quali",
        "Una nota: gli importi si scrivono nella sezione IV, «Da chi viene il cofinanziamento».",  # on the screen only
        "Cofinanziamento",  # shown in the cell «Finanziarie»
    },
    dei_modelli="SOGGETTO | ATTIVITA' | RISORSE PROPRIE | Soggetto n. 1 (capofila) | Mese | Azione 1: | Azione 2: | Azione 3: "
    "| Azione 4: | 1 … 24 | Azione",
    vuoti="mese/201[45]",  # where months are written, any of any year
)
PTC2017 = Modulo(
    edizione=EDIZIONI["ptc-2017"],
    file="moduli_ptc2017.txt",
    contenuto=castellanza.contenuto(),
    nostre={
        "Indicatore",  # printed, indicators and estimate stand under «Risultati» without a name
        "almeno",
        "Stima dei risultati",
    },
)
MODULI = [DGR1081, PTC2017]
ogni_modulo = pytest.mark.parametrize("modulo", MODULI, ids=lambda m: m.edizione.codice)


@pytest.mark.parametrize(
    ("modulo", "parole"), [pytest.param(m, p, id=p) for m in MODULI for p in sorted(set(m.stampate()) - m.nostre)]
)
def test_ogni_parola_stampata_e_del_modulo(modulo, parole):
    assert parole in modulo.testo


@ogni_modulo
def test_nessuna_parola_del_modulo_manca(modulo):
    resto = re.sub(modulo.vuoti, "", modulo.testo)
    for parole in sorted({*modulo.stampate(), *modulo.dei_modelli.split(" | ")} - {""}, key=len, reverse=True):
        resto = resto.replace(parole, " ")
    assert re.findall(r"\w+", resto) == []


@ogni_modulo
def test_le_parole_nostre_sono_solo_quelle_che_il_modulo_non_ha(modulo):
    assert {p for p in modulo.stampate() if p not in modulo.testo} <= modulo.nostre
    assert set(modulo.stampate()) >= modulo.nostre


@ogni_modulo
def test_sezioni_e_punti_sono_nell_ordine_del_modulo(modulo):
    posto = 0
    for titolo in modulo.titoli():
        posto = modulo.testo.index(titolo, posto) + len(titolo)


@ogni_modulo
def test_la_lettura_porta_le_stesse_parole(modulo):
    """What is frozen and printed is the reading: nothing of the edition is lost on the way to it."""

    def testi(valore):
        if isinstance(valore, dict):
            return [t for v in valore.values() for t in testi(v)]
        return [t for v in valore for t in testi(v)] if isinstance(valore, list) else [_piano(str(valore))]

    letti = set(testi(leggi(modulo.edizione, modulo.contenuto)))
    assert [p for p in modulo.stampate() if p not in letti] == []
