"""Tables of a paper whose columns are those of a block: each line is a row of it."""

from dataclasses import dataclass, field

from . import cella, importi_in_riga
from .esito import RigaLetta
from .estrazione import Brano
from .parole import Etichetta, chiave, comincia
from .vocabolario import Parte

NOMI_DI_PRIMA = frozenset(("azione", "azioni", "ente", "soggetto", "vocedicosto", "voce", "mese", "nomedellente", "fase"))
"""What the first column of a table is called, whatever the form."""


@dataclass
class Griglia:
    """A table that was recognised: of which block, and which of its columns is which field."""

    parte: Parte
    colonne: dict[int, str]
    """By position: the field, or the month's azione."""
    titoli: list[int]
    """Positions of what says which row it is."""
    larga: int
    ultima: RigaLetta | str | None = None
    celle: dict[str, tuple[str, int]] = field(default_factory=dict)
    """Of the row that is being read, its cells: a page break may have cut it."""
    scritte: tuple[int, int, int, dict] = (0, 0, 0, {})
    """Of the last row that was written: where its values begin in what was read, and its cells."""


def leggi(lettore, brano: Brano) -> bool:
    """Read the table that begins here, if it is one of the form's; the reader is left after it."""
    prima = lettore.brani[lettore.posto - 1] if lettore.posto else None
    if not brano.tavola or (prima and prima.tavola == brano.tavola):
        return False
    fine = next((n for n in range(lettore.posto, len(lettore.brani)) if lettore.brani[n].tavola != brano.tavola), None)
    posti = range(lettore.posto, len(lettore.brani) if fine is None else fine)
    righe = _per_riga(lettore, posti)
    larga = max(max(r, default=0) for r in righe)
    griglia = _riconosci(lettore, righe[0], larga) or _seguito(lettore, prima, righe)
    if griglia is None:
        return False
    lettore.chiudi_blocco()
    nuova = griglia is not lettore.griglia
    lettore.griglia, lettore.parte, lettore.riga, lettore.campo = griglia, griglia.parte, None, ""
    for celle in righe[1:] if nuova else righe:
        _riga(lettore, griglia, celle)
    _scrivi(lettore, griglia)
    lettore.esito.usati |= {p for p, b in ((p, lettore.brani[p]) for p in posti) if b.stampato}
    if nuova:
        lettore.esito.usati |= set(righe[0].values())
    lettore.posto = posti[-1] + 1
    return True


def _per_riga(lettore, posti: range) -> list[dict[int, int]]:
    """For each line of the table, the positions of its cells by column."""
    righe: dict[int, dict[int, int]] = {}
    for posto in posti:
        brano = lettore.brani[posto]
        if not brano.stampato:
            righe.setdefault(brano.riga, {})[brano.colonna] = posto
    return list(righe.values()) or [{}]


def _seguito(lettore, prima: Brano | None, righe: list[dict[int, int]]) -> Griglia | None:
    """A table cut by a page goes on without its titles."""
    if lettore.griglia is None or prima is None or not (prima.tavola or prima.stampato):
        return None
    return lettore.griglia if max(max(r, default=0) for r in righe) <= lettore.griglia.larga else None


def _riconosci(lettore, intestazione: dict[int, int], larga: int) -> Griglia | None:
    testi = {colonna: lettore.brani[posto].testo for colonna, posto in intestazione.items()}
    trovate = [g for parte in lettore.parole.parti.values() if (g := _prova(lettore, parte, testi, larga))]
    qui = lettore.parte.posto if lettore.parte else 0
    return max(
        trovate,
        key=lambda g: (len(g.colonne), g.parte is lettore.parte, g.parte.posto >= qui, -abs(g.parte.posto - qui)),
        default=None,
    )


def _prova(lettore, parte: Parte, testi: dict[int, str], larga_davvero: int) -> Griglia | None:
    blocco = parte.blocco
    if not blocco.fonte or blocco.dentro or not testi:
        return None
    larga = max(testi)
    if blocco.mesi:
        if chiave(testi.get(0, "")) != "mese" or larga < 1:
            return None
        return Griglia(parte, {c: t for c, t in testi.items() if c}, [0], larga)
    colonne = _colonne(parte, testi)
    # Where only groups are printed above, the labels are inside the cells: it is no table of this kind.
    if colonne or parte.figlie:
        colonne |= {c: n for c, n in _composte(parte, testi, larga_davvero).items() if c not in colonne}
    prima = chiave(testi.get(0, ""))
    nota = prima in NOMI_DI_PRIMA or prima == chiave(blocco.prima_colonna or "-")
    if len(colonne) + (nota and 0 not in colonne) < 2 or not colonne:
        return None
    return Griglia(parte, colonne, [c for c in range(min(colonne)) if c not in colonne], larga)


def _colonne(parte: Parte, testi: dict[int, str]) -> dict[int, str]:
    colonne: dict[int, str] = {}
    for colonna, testo in testi.items():
        for nome, etichetta in parte.etichette.items():
            if nome not in colonne.values() and _combacia(etichetta, testo):
                colonne[colonna] = nome
                break
    return colonne


FIGLIA, GRUPPO = "figlia:", "gruppo:"
"""A column of rows that hang from this one; a column that asks several things together."""


def _composte(parte: Parte, testi: dict[int, str], larga: int) -> dict[int, str]:
    """Columns that are a table inside the row, or a group of fields. A group over two columns has its table in the first."""
    colonne: dict[int, str] = {}
    for colonna, testo in testi.items():
        for figlia in parte.figlie:
            if figlia.titolo and chiave(testo) and chiave(figlia.titolo).startswith(chiave(testo)):
                colonne[colonna] = FIGLIA + figlia.chiave
                # A title over two columns: the table in the first, what the row itself says in the second.
                if colonna < larga and colonna + 1 not in testi and len(parte.campi) == 1:
                    colonne[colonna + 1] = next(iter(parte.campi))
        for gruppo, etichetta in parte.gruppi.items():
            if not _combacia(etichetta, testo):
                continue
            doppia = colonna + 1 <= larga and colonna + 1 not in testi and parte.figlie
            colonne[colonna] = FIGLIA + parte.figlie[0].chiave if doppia else GRUPPO + gruppo
            if doppia:
                colonne[colonna + 1] = GRUPPO + gruppo
    return colonne


def _combacia(etichetta: Etichetta, testo: str) -> bool:
    fine = comincia(etichetta, testo)
    return fine is not None and (not testo[fine:].strip() or testo[fine:].lstrip()[:1] in "(€")


def sono_titoli(parte: Parte, testo: str, *, in_cella: bool = False) -> bool:
    """Whether it is a line that holds only the titles of the columns, one after the other; or a cell that holds one."""
    stampati = [parte.blocco.prima_colonna, "soggetto", *(e.testo for e in parte.gruppi.values())]
    chiavi = sorted({chiave(t) for t in (*stampati, *(e.testo for e in parte.etichette.values())) if chiave(t)}, key=len)
    resto, trovati = chiave(testo), 0
    while resto:
        prossima = next((c for c in reversed(chiavi) if resto.startswith(c)), "")
        if not prossima:
            return False
        resto, trovati = resto[len(prossima) :], trovati + 1
    return trovati >= (1 if in_cella else 2)


def _riga(lettore, griglia: Griglia, celle: dict[int, int]) -> None:
    if griglia.parte.blocco.mesi:
        _mese(lettore, griglia, celle)
        return
    nome_in = [c for c, n in griglia.colonne.items() if n in ("denominazione", "titolo", "codice")]
    titolo = " ".join(" ".join(lettore.brani[celle[c]].testo for c in griglia.titoli if c in celle).split())
    if not titolo and not any(c in celle for c in nome_in) and (griglia.titoli or nome_in) and griglia.ultima is not None:
        _continua(lettore, griglia, celle)
        return
    _scrivi(lettore, griglia)
    griglia.ultima = _di_chi(lettore, griglia, titolo, celle)
    griglia.celle = {"": (titolo, next(iter(celle.values())))}
    _aggiungi(lettore, griglia, celle)
    if griglia.ultima is not None:
        lettore.esito.usati |= {celle[c] for c in griglia.titoli if c in celle}


def _di_chi(lettore, griglia: Griglia, titolo: str, celle: dict[int, int]) -> RigaLetta | str | None:
    blocco, posto = griglia.parte.blocco, next(iter(celle.values()))
    if blocco.di_denaro:
        return "totale" if importi_in_riga.e_totale(blocco, titolo) else importi_in_riga.riga_di(lettore, blocco, titolo, posto)
    nome_in = next((c for c, n in griglia.colonne.items() if n in ("denominazione", "titolo")), None)
    codice_in = next((c for c, n in griglia.colonne.items() if n == "codice"), None)
    if blocco.si_aggiunge and nome_in is None and codice_in is None:
        riga = RigaLetta(blocco.fonte, dove=lettore.brani[posto].dove)
        lettore.esito.righe.append(riga)
        return riga
    codice, nome = _codice_e_nome(lettore, griglia, titolo, celle)
    codice = lettore.brani[celle[codice_in]].testo.strip() if codice_in in celle else codice
    nome = " ".join(lettore.brani[celle[nome_in]].testo.split()) if nome_in in celle else nome
    return lettore.riga_di(blocco, nome, posto, codice) if nome or codice else None


def _codice_e_nome(lettore, griglia: Griglia, titolo: str, celle: dict[int, int]) -> tuple[str, str]:
    """«C1» and its title, in a cell or in two."""
    if griglia.parte.blocco.fonte != "azioni":
        return "", titolo
    primo = lettore.brani[celle[griglia.titoli[0]]].testo.strip() if griglia.titoli and griglia.titoli[0] in celle else ""
    codice, resto = importi_in_riga.spezza_codice(primo)
    if codice and not resto and len(griglia.titoli) > 1:
        return codice, titolo.removeprefix(primo).strip()
    return importi_in_riga.spezza_codice(titolo)


def _continua(lettore, griglia: Griglia, celle: dict[int, int]) -> None:
    """The other half of a row that a page cut; when the first was written already, it is written anew, whole."""
    if not griglia.celle:
        letti, righe, calcolati, griglia.celle = griglia.scritte
        for letto in lettore.esito.letti[letti:]:
            lettore.scritti.discard((letto.blocco, id(letto.riga), letto.campo))
        del lettore.esito.letti[letti:], lettore.esito.righe[righe:], lettore.esito.calcolati[calcolati:]
    _aggiungi(lettore, griglia, celle)


def _aggiungi(lettore, griglia: Griglia, celle: dict[int, int]) -> None:
    for colonna, posto in celle.items():
        nome = griglia.colonne.get(colonna)
        if nome is None:
            continue
        prima, da = griglia.celle.get(nome, ("", posto))
        testo = lettore.brani[posto].testo
        intera = not prima or prima.rstrip().endswith((".", ";", ":")) or not testo[:1].islower()
        griglia.celle[nome] = (f"{prima}{chr(10) if intera else ' '}{testo}".strip(), da)
        if griglia.ultima is not None:
            lettore.esito.usati.add(posto)


def _scrivi(lettore, griglia: Griglia) -> None:
    """The row is whole: its cells become values."""
    griglia.scritte = (len(lettore.esito.letti), len(lettore.esito.righe), len(lettore.esito.calcolati), dict(griglia.celle))
    titolo, celle = griglia.celle.pop("", ("", 0))[0], griglia.celle
    griglia.celle = {}
    if griglia.ultima is None:
        return
    blocco = griglia.parte.blocco
    for nome, (testo, posto) in celle.items():
        if blocco.di_denaro:
            importi_in_riga.celle(lettore, blocco, titolo, {nome: " ".join(testo.split())}, posto)
        elif nome.startswith(FIGLIA):
            cella.leggi_righe(lettore, lettore.parole.parti[nome.removeprefix(FIGLIA)], griglia.ultima, testo, posto)
        elif nome.startswith(GRUPPO):
            dei = {n: griglia.parte.campi[n] for n in griglia.parte.del_gruppo(nome.removeprefix(GRUPPO))}
            presi = cella.spezza(testo, dei) if len(dei) > 1 else dict.fromkeys(dei, testo)
            for campo, detto in presi.items():
                lettore.scrivi(griglia.parte, griglia.ultima, campo, detto, posto)
        else:
            breve = griglia.parte.breve(nome)
            lettore.scrivi(griglia.parte, griglia.ultima, nome, " ".join(testo.split()) if breve else testo, posto)


def _mese(lettore, griglia: Griglia, celle: dict[int, int]) -> None:
    """A line of the calendar: the month, and what each azione has in it."""
    detto = lettore.brani[celle[0]].testo if 0 in celle else ""
    if not detto.isdecimal() or not 1 <= int(detto) <= griglia.parte.blocco.mesi:
        return
    lettore.esito.usati.add(celle[0])
    for colonna, posto in celle.items():
        if colonna in griglia.colonne:
            codice, nome = importi_in_riga.spezza_codice(griglia.colonne[colonna])
            riga = lettore.riga_di(griglia.parte.blocco, nome, posto, codice)
            testo = lettore.brani[posto].testo
            segno = "x" if set(testo) <= cella.SEGNI else testo
            lettore.scrivi(griglia.parte, riga, f"m{int(detto)}", segno, posto)
            lettore.esito.usati.add(posto)
