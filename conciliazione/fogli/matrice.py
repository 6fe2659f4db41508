"""A sheet as text: only its rows that say something, each with the number that people see beside it; and which of our columns
each of its own is, by its heading."""

import json
import re
from dataclasses import dataclass
from enum import StrEnum

from ..italiano.parole import parole
from ..schede.campo import Campo
from . import FoglioIllegibile

MASSIME_RIGHE = 2_000
MASSIME_COLONNE = 300
MASSIMO_TESTO = 1_500_000
"""Characters of a whole sheet: it travels with the preview, and comes back with the confirmation."""
_PERDUTO = "La tabella non è arrivata intera: caricala o incollala di nuovo."


@dataclass(frozen=True)
class Matrice:
    numeri: tuple[int, ...]
    righe: tuple[tuple[str, ...], ...]
    nome: str = ""
    """Of the sheet, where there are sheets."""

    @classmethod
    def di(cls, righe, nome: str = "") -> "Matrice":
        """Return the sheet of these rows of texts, numbered from 1. Raises FoglioIllegibile beyond the limits."""
        numeri, piene, caratteri, larghezza = [], [], 0, 0
        for numero, riga in enumerate(righe, 1):
            celle = tuple(riga)
            piene_fino_a = next((n for n in range(len(celle), 0, -1) if celle[n - 1].strip()), 0)
            celle = celle[:piene_fino_a]
            if not celle:
                continue
            caratteri += sum(map(len, celle))
            larghezza = max(larghezza, len(celle))
            numeri.append(numero)
            piene.append(celle)
            _nei_limiti(len(piene), larghezza, caratteri)
        return cls(tuple(numeri), tuple(r + ("",) * (larghezza - len(r)) for r in piene), nome)

    @property
    def larghezza(self) -> int:
        return len(self.righe[0]) if self.righe else 0

    def con(self, corrette: dict[tuple[int, int], str]) -> "Matrice":
        """Return the sheet with the cells, by number of row and index of column, that the person corrected."""
        righe = tuple(
            tuple(corrette.get((numero, i), cella) for i, cella in enumerate(riga))
            for numero, riga in zip(self.numeri, self.righe, strict=True)
        )
        return Matrice(self.numeri, righe, self.nome)

    def allargata(self, intestazione: int, titolo: str) -> "Matrice":
        """Return the sheet with one more column, blank but for its heading."""
        coppie = zip(self.numeri, self.righe, strict=True)
        return Matrice(self.numeri, tuple((*r, titolo if n == intestazione else "") for n, r in coppie), self.nome)

    def scritta(self) -> str:
        """Return the sheet as a text that travels with a page."""
        return json.dumps({"n": self.numeri, "r": self.righe, "nome": self.nome}, ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def letta(cls, scritta: str) -> "Matrice":
        """Return the sheet that a page sent back. Raises FoglioIllegibile for what no page of ours holds."""
        try:
            dati = json.loads(scritta)
            numeri, righe, nome = tuple(dati["n"]), tuple(tuple(r) for r in dati["r"]), dati["nome"]
        except (ValueError, TypeError, KeyError, RecursionError) as errore:
            raise FoglioIllegibile(_PERDUTO) from errore
        interi = all(type(n) is int and n > 0 for n in numeri) and len(set(numeri)) == len(numeri) == len(righe)
        if not interi or not all(isinstance(c, str) for r in righe for c in r) or len({len(r) for r in righe}) > 1:
            raise FoglioIllegibile(_PERDUTO)
        _nei_limiti(len(righe), len(righe[0]) if righe else 0, sum(len(c) for r in righe for c in r))
        if re.search("[\ud800-\udfff]", scritta) or any(re.search("[\ud800-\udfff]", c) for r in righe for c in r):
            raise FoglioIllegibile(_PERDUTO)
        return cls(numeri, righe, str(nome))


def _nei_limiti(righe: int, colonne: int, caratteri: int) -> None:
    if righe > MASSIME_RIGHE:
        raise FoglioIllegibile("La tabella ha più di 2.000 righe: dividila in più parti.")
    if colonne > MASSIME_COLONNE:
        raise FoglioIllegibile("La tabella ha più di 300 colonne: tieni solo quelle che servono.")
    if caratteri > MASSIMO_TESTO:
        raise FoglioIllegibile("La tabella è troppo lunga per una volta sola: dividila in più parti.")


def lettera(indice: int) -> str:
    """0 → «A», 26 → «AA»."""
    testo, n = "", indice + 1
    while n:
        n, resto = divmod(n - 1, 26)
        testo = chr(65 + resto) + testo
    return testo


def coordinata(numero: int, indice: int) -> str:
    """Return «C7», as one reads it on the sheet."""
    return f"{lettera(indice)}{numero}"


# The columns that a table may have, and how the headings of a sheet are told from its rows.

ID = "id"
ETICHETTA_ID = "id (non modificare)"
GUARDATE = 15
"""Rows among which the headings are looked for."""
PRENDE_ALMENO = 4
"""Letters by which the beginning of a heading is recognised."""
NOME_PIU_LUNGO = 4_000
"""Characters by which a name is compared: the accents of a longer text, one upon the other, could take minutes to sort."""


def chiave(testo: str) -> str:
    """Return what is left to compare two names by: no case, no accents, no punctuation."""
    return " ".join(parole(testo[:NOME_PIU_LUNGO]))


class Uso(StrEnum):
    CAMPO = "campo"
    SEGNO = "segno"
    """One of the choices of a field, ticked."""
    NOME = "nome"
    """Names the row, where rows are not added."""
    ID = "id"
    CALCOLATA = "calcolata"
    """Goes out and is not taken back: it follows from the rest."""


@dataclass(frozen=True)
class Colonna:
    chiave: str
    etichetta: str
    campo: Campo | None = None
    uso: Uso = Uso.CAMPO
    altri_nomi: tuple[str, ...] = ()
    di: str = ""
    """Of a tick: the field."""
    scelta: str = ""
    """Of a tick: the key of the choice."""

    def nomi(self) -> set[str]:
        detti = [self.etichetta, *self.altri_nomi]
        if self.uso is Uso.CAMPO:
            detti += [self.chiave, f"{self.campo.gruppo} {self.campo.label}"]
            # Of a label that several fields have, only the field outside the groups is called by it alone.
            detti += [str(self.campo.label), self.campo.nome] if str(self.campo.label) == self.etichetta else []
        return {nome for d in detti for nome in (chiave(d), senza_numero(chiave(d)), chiave(d.split("(")[0])) if nome}


def senza_numero(nome: str) -> str:
    """Return «ii 1 denominazione» → «denominazione»: what the form numbers is called without the number."""
    return re.sub(r"^(?:(?:[ivx]+|[0-9]+) )+", "", nome)


@dataclass(frozen=True)
class Intestazione:
    """numero: of the row of headings (0: there is none). scelte: index of a column of the sheet → chiave of ours."""

    numero: int
    scelte: dict[int, str]


def abbina(matrice: Matrice, colonne: list[Colonna], numero: int | None = None) -> Intestazione:
    """Find the headings (in a given row, if it was said) and what each is of ours."""
    nomi = [(c, c.nomi()) for c in colonne]
    if numero is None:
        prove = [(n, _riconosci(r, nomi)) for n, r in list(zip(matrice.numeri, matrice.righe, strict=True))[:GUARDATE]]
        numero, scelte = max(prove, key=lambda p: len(p[1]), default=(0, {}))
        return Intestazione(numero, scelte) if scelte else in_ordine(matrice, colonne)
    riga = dict(zip(matrice.numeri, matrice.righe, strict=True)).get(numero)
    return Intestazione(numero, _riconosci(riga, nomi)) if riga else in_ordine(matrice, colonne)


def in_ordine(matrice: Matrice, colonne: list[Colonna]) -> Intestazione:
    """Without headings: the columns as we have them, for the person to check."""
    nostre = [c.chiave for c in colonne if c.uso in (Uso.CAMPO, Uso.NOME)]
    return Intestazione(0, dict(enumerate(nostre[: matrice.larghezza])))


def _riconosci(riga: tuple[str, ...], colonne: list[tuple[Colonna, set[str]]]) -> dict[int, str]:
    """Return the column that each heading names: by the whole name, else by how it begins. What two have is nobody's."""
    scritte = {i: chiave(cella) for i, cella in enumerate(riga) if cella.strip() and len(cella) <= 400}
    scelte: dict[int, str] = {}
    for detta in (lambda nomi, scritta: scritta in nomi, lambda nomi, scritta: any(_comincia(n, scritta) for n in nomi)):
        for i, scritta in scritte.items():
            if i in scelte or not scritta:
                continue
            possibili = [c for c, nomi in colonne if detta(nomi, scritta)]
            veri = [c for c in possibili if c.uso is not Uso.SEGNO] or possibili
            if len(veri) == 1 and veri[0].chiave not in scelte.values():
                scelte[i] = veri[0].chiave
    return scelte


def _comincia(nome: str, scritto: str) -> bool:
    corto, lungo = sorted((nome, scritto), key=len)
    return len(corto) >= PRENDE_ALMENO and f"{lungo} ".startswith(f"{corto} ")
