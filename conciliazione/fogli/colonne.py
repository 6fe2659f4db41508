"""The columns that a table may have, and how the headings of a sheet are told from its rows."""

import re
from dataclasses import dataclass
from enum import StrEnum

from ..schede.campi import Campo
from .matrice import Matrice, chiave

ID = "id"
ETICHETTA_ID = "id (non modificare)"
GUARDATE = 15
"""Rows among which the headings are looked for."""
PRENDE_ALMENO = 4
"""Letters by which the beginning of a heading is recognised."""


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
    """«ii 1 denominazione» → «denominazione»: what the form numbers is called without the number."""
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
    """By the whole name first, then by how it begins; a name that two columns have is nobody's."""
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
