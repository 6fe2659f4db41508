"""What a paper may have printed on it: titles, labels, groups and instructions of an edition, in its order."""

from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property

from conciliazione.schede import campi
from conciliazione.schede.campo import Campo
from conciliazione.schede.contenuto import Contenuto
from conciliazione.schede.edizione import Blocco, Edizione

from .parole import Etichetta, chiave

A_CASELLE = (campi.Scelta, campi.Scelte)
RIMANDI = (campi.SceltaRiga, campi.SceltaRighe)
SOGGETTI = 60
"""How many numbered soggetti a paper may list."""


@dataclass(frozen=True)
class Titolo:
    """A printed title or label, with what it opens: a section, a block, a field of it, a numbered soggetto."""

    etichetta: Etichetta
    posto: int
    blocco: Blocco | None = None
    campo: str = ""
    soggetto: int = 0


@dataclass(frozen=True)
class Parte:
    """A block as its paper has it."""

    blocco: Blocco
    posto: int
    edizione: Edizione
    campi: dict[str, Campo]
    etichette: dict[str, Etichetta] = field(default_factory=dict)

    @cached_property
    def gruppi(self) -> dict[str, Etichetta]:
        return {c.gruppo: Etichetta(c.gruppo) for c in self.campi.values() if c.gruppo}

    @cached_property
    def intestazioni(self) -> dict[str, Etichetta]:
        """The printed line that stands before a group, by that group."""
        return {c.gruppo: Etichetta(c.intestazione) for c in self.campi.values() if c.intestazione}

    @cached_property
    def sole(self) -> set[str]:
        """Fields whose label no other field of the block has."""
        quante = Counter(e.corpo for e in self.etichette.values())
        return {nome for nome, e in self.etichette.items() if quante[e.corpo] == 1}

    @cached_property
    def figlie(self) -> list[Blocco]:
        """Tables whose rows hang from its rows."""
        return self.edizione.figlie(self.blocco)

    @property
    def a_righe(self) -> bool:
        return bool(self.blocco.fonte)

    @property
    def caselle(self) -> dict[str, Campo]:
        return {n: c for n, c in self.campi.items() if isinstance(c, A_CASELLE) and not getattr(c, "a_tendina", False)}

    def breve(self, nome: str) -> bool:
        return not isinstance(self.campi[nome], campi.Testo)

    def del_gruppo(self, gruppo: str) -> list[str]:
        return [n for n, c in self.campi.items() if c.gruppo == gruppo]

    def unico(self, titolo: Etichetta) -> str:
        """Return the field that the title of the block itself asks for; "" where it asks for none, or several."""
        nomi = [n for n in self.campi if n not in self.caselle]
        if len(nomi) == 1 and len(self.campi) == 1:
            return nomi[0]
        primo = nomi[0] if nomi else ""
        detta = self.etichette[primo].corpo if primo else ""
        return primo if len(detta) > 8 and detta in titolo.corpo else ""


class Vocabolario:
    """The words of an edition, for one scheda (what depends on the avviso is taken from its content)."""

    def __init__(self, edizione: Edizione, contenuto: Contenuto):
        self.edizione, self.contenuto = edizione, contenuto
        self.parti = {b.chiave: self._parte(n, b) for n, b in enumerate(edizione.blocchi)}
        self.titoli = [t for t in self._titoli() if t.etichetta.corpo]
        self.sole = {chiave(t) for t in (edizione.titolo, edizione.sottotitolo)}
        """What is printed alone on its line."""
        self.stampati = [Etichetta(t) for t in dict.fromkeys(self._stampati()) if len(Etichetta(t).corpo) >= 16]

    def _parte(self, posto: int, blocco: Blocco) -> Parte:
        pronti = dict(blocco.campi_pronti(self.contenuto)) if blocco.modulo else {}
        etichette = blocco.caselle if blocco.di_denaro else {n: str(c.label) for n, c in pronti.items()}
        return Parte(blocco, posto, self.edizione, pronti, {n: Etichetta(e) for n, e in etichette.items()})

    def _titoli(self):
        for sezione in self.edizione.sezioni:
            for n, blocco in enumerate(sezione.blocchi):
                parte = self.parti[blocco.chiave]
                if n == 0:
                    yield Titolo(Etichetta(sezione.titolo), parte.posto)
                # Of a block without a title the instructions are what it begins with.
                if stampato := blocco.titolo or blocco.istruzioni.partition("\n")[0]:
                    yield Titolo(Etichetta(stampato), parte.posto, blocco)
                yield from self._di_blocco(parte)

    def _di_blocco(self, parte: Parte):
        if parte.blocco.altrove:
            for n in range(1, SOGGETTI + 1):
                for ruolo in ("capofila", "partner"):
                    detta = Etichetta(parte.blocco.etichetta(n, {"ruolo": ruolo}))
                    if len(detta.corpo) > 4:
                        yield Titolo(detta, parte.posto, parte.blocco, soggetto=n)
        for nome, etichetta in parte.etichette.items():
            apre = parte.blocco.a_parte and nome == next(iter(parte.campi), "")
            lunga = (etichetta.forte or etichetta.numerata) and nome in parte.sole
            if (lunga or apre) and parte.blocco.stampato and parte.campi and not parte.blocco.dentro:
                yield Titolo(etichetta, parte.posto, parte.blocco, nome)

    def _stampati(self):
        yield self.edizione.sottotitolo
        for parte in self.parti.values():
            yield from parte.blocco.istruzioni.split("\n")
            for campo in parte.campi.values():
                yield from str(campo.help_text).split("\n")
                yield campo.intestazione
