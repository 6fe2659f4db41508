"""What a sheet is about: the columns it may have, the rows that are there already, and how a row of it is told."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from ..schede.tipi import Valore, Valori, vuoto
from .celle import Nomi, in_cella
from .matrice import ETICHETTA_ID, ID, Colonna, Uso, chiave, senza_numero

NATURALI = ("codice_fiscale", "codice", "titolo", "denominazione")
"""Fields that name a row by themselves, the surest first."""
INSIEME = ("rimando", "scelta")
"""Kinds of field that tell a row all together, where none names it: whose, for what, of which nature."""
PAROLE = ("nominativo", "descrizione", "ruolo", "tipo", "cognome", "nome")
"""Fields that help them."""


@dataclass(frozen=True)
class RigaNota:
    """A row that is there already. nomi: all that it is called, as `chiave` leaves it.

    fissi: its fields that are not this person's to change. stato: what taking it means, where that is not «uguale».
    """

    id: str
    titolo: str
    valori: Valori = field(default_factory=dict)
    scrivibile: bool = True
    nomi: frozenset[str] = frozenset()
    calcolati: Valori = field(default_factory=dict)
    fissi: frozenset[str] = frozenset()
    stato: str = ""


@dataclass(frozen=True)
class Tavola:
    """aggiunge: whether rows that are not there become new; otherwise senza_aggiunta says what to do.

    chieste: fields that a new row must say: a sheet without their column is given one, to be filled in on the page.
    """

    titolo: str
    colonne: list[Colonna]
    righe: list[RigaNota]
    aggiunge: bool = False
    senza_aggiunta: str = "Nel portale non c'è nessuna riga con questo nome."
    nomi: Nomi = field(default_factory=dict)
    chieste: tuple[str, ...] = ()

    def colonna(self, chiave: str) -> Colonna | None:
        return next((c for c in self.colonne if c.chiave == chiave), None)

    def riga(self, pk: str) -> RigaNota | None:
        return next((r for r in self.righe if r.id == pk), None)

    def campi(self) -> dict[str, Colonna]:
        return {c.chiave: c for c in self.colonne if c.uso is Uso.CAMPO}

    def da_scrivere(self) -> list[Colonna]:
        """Return the columns that go out: all but the single ticks."""
        return [c for c in self.colonne if c.uso is not Uso.SEGNO]

    def etichette(self) -> list[str]:
        return [c.etichetta for c in self.da_scrivere()]

    def celle(self) -> Iterable[list]:
        """Yield the rows as they go out."""
        colonne = self.da_scrivere()
        return ([_valore(c, r) for c in colonne] for r in self.righe)


def _valore(colonna: Colonna, riga: RigaNota):
    if colonna.uso is Uso.ID:
        return riga.id
    if colonna.uso is Uso.NOME:
        return riga.titolo
    valori = riga.calcolati if colonna.uso is Uso.CALCOLATA else riga.valori
    return in_cella(colonna.campo, valori.get(colonna.chiave))


def colonna_id() -> Colonna:
    return Colonna(ID, ETICHETTA_ID, uso=Uso.ID, altri_nomi=("id",))


def colonne_dei_campi(campi: dict) -> list[Colonna]:
    """Return a column for each field, by its printed label; of two of the same label, with what gathers it.

    Then the single ticks.
    """
    etichette = [senza_numero(chiave(str(c.label))) for c in campi.values()]
    prime = [Colonna(k, _etichetta(c, etichette), c) for k, c in campi.items()]
    segni = [
        Colonna(f"{k}={scelta}", f"{c.label}: {nome}", c, Uso.SEGNO, (str(nome),), k, str(scelta))
        for k, c in campi.items()
        if c.genere in ("scelta", "scelte", "rimandi")
        for scelta, nome in c.choices
        if scelta
    ]
    return prime + segni


def _etichetta(campo, etichette: list[str]) -> str:
    label = str(campo.label)
    ripetuta = etichette.count(senza_numero(chiave(label))) > 1
    return f"{campo.gruppo}: {label}" if ripetuta and campo.gruppo else label


def nomi_di(riga: dict, *altri: str) -> frozenset[str]:
    """Return all that people may call a row."""
    detti = [riga.get(c) for c in (*NATURALI, "titolo_breve", "partita_iva", "nominativo")] + list(altri)
    codice, titolo = riga.get("codice"), riga.get("titolo")
    insieme = [f"{codice} {titolo}"] if codice and titolo else []
    return frozenset(nome for d in detti + insieme if d and (nome := chiave(str(d))))


@dataclass
class Riconoscitore:
    """Which row a row of the sheet is about: by id, by name, or by what tells it all together."""

    tavola: Tavola

    def trova(self, pk: str, nome: str, valori: dict[str, Valore]) -> tuple[str, str]:
        """Return the id of the row, or "" and why it has none ("" again for a new row)."""
        if pk:
            return self._per_id(pk.strip())
        if nome.strip():
            return self._per_nome(nome)
        for campo in NATURALI:
            if not vuoto(valori.get(campo)) and (trovate := self._chiamate(str(valori[campo]))):
                return self._una_sola(trovate, str(valori[campo]))
        if any(not vuoto(valori.get(campo)) for campo in NATURALI):
            return "", ""
        return self._per_insieme(valori)

    def _per_id(self, pk: str) -> tuple[str, str]:
        if riga := self.tavola.riga(pk) or self.tavola.riga(pk.lower()):
            return riga.id, ""
        return "", "L'identificativo nella colonna «id» non è di nessuna riga di adesso: forse qualcuno l'ha eliminata."

    def _per_nome(self, nome: str) -> tuple[str, str]:
        trovate = self._chiamate(nome)
        return self._una_sola(trovate, nome) if trovate else ("", "" if self.tavola.aggiunge else self.tavola.senza_aggiunta)

    def _chiamate(self, nome: str) -> list[str]:
        cercato = chiave(nome)
        return [r.id for r in self.tavola.righe if cercato and cercato in r.nomi]

    @staticmethod
    def _una_sola(trovate: list[str], nome: str) -> tuple[str, str]:
        if len(trovate) == 1:
            return trovate[0], ""
        return "", f"Ci sono {len(trovate)} righe che si chiamano «{nome.strip()[:60]}»: scegli quale."

    def _per_insieme(self, valori: dict[str, Valore]) -> tuple[str, str]:
        campi = self.tavola.campi()
        dicono = [k for k in valori if k in campi and (campi[k].campo.genere in INSIEME or k in PAROLE)]
        detti = {k: _piano(valori[k]) for k in dicono}
        if all(d is None for d in detti.values()):
            return "", ""
        trovate = [r.id for r in self.tavola.righe if all(_piano(r.valori.get(k)) == d for k, d in detti.items())]
        return (trovate[0], "") if len(trovate) == 1 else ("", "" if not trovate else _QUALE)


_QUALE = "Nel portale ci sono più righe così: scegli quale."


def _piano(valore: Valore):
    return None if vuoto(valore) else chiave(str(valore)) or str(valore)
