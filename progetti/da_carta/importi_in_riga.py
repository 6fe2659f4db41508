"""Amounts of a prospetto that came as plain lines: «Costo totale: € 65.000,00», «formazione 2.000,00 0,00 2.000,00»."""

import re

from conciliazione.italiano import importi
from conciliazione.schede.edizione import Colonna
from conciliazione.schede.prospetto import VOCI, Prospetto, voci_di

from ..contenuto import conti
from .esito import Letto, RigaLetta
from .parole import PAROLA, chiave, separa_numero

CIFRA = r"(?:€\s*)?[0-9][0-9.',]*(?:\s*€)?"
IN_FONDO = re.compile(rf"((?:(?<=\s)|^)(?:\**{CIFRA}\**|€)(?:\s+(?:\**{CIFRA}\**|€))*)\s*$")
DI_MONETA = re.compile(r"€|[0-9]+[.,][0-9]{2}\b|[0-9]\.[0-9]{3}")
UNO = re.compile(CIFRA)
CALCOLATO = re.compile(r"\s*\(calcolato:[^)]*\)")
"""What our own PDF prints beside a declared figure."""


def leggi(lettore, posto: int, testo: str) -> None:
    """Read one line of a prospetto."""
    blocco = lettore.parte.blocco
    testo = CALCOLATO.sub("", testo)
    if not blocco.fonte:
        _importo_solo(lettore, blocco, posto, testo)
        return
    trovato = IN_FONDO.search(testo)
    if not trovato or not DI_MONETA.search(trovato[1]):
        lettore.sospesi.append((posto, testo))
        return
    titolo = " ".join([*(t for _, t in lettore.sospesi), testo[: trovato.start()].strip()]).strip()
    posti = [*(p for p, _ in lettore.sospesi), posto]
    lettore.sospesi = []
    _riga(lettore, blocco, titolo, UNO.findall(trovato[1]), posti)


def _importo_solo(lettore, blocco: Prospetto, posto: int, testo: str) -> None:
    dette = [c for c in blocco.colonne if chiave(testo).startswith(chiave(c.etichetta))]
    for colonna in (dette or blocco.colonne)[:1]:
        if colonna.scrivibile:
            lettore.scrivi(lettore.parte, None, colonna.chiave, testo, posto)
        elif chiave(testo):
            lettore.calcolato(colonna.etichetta, testo, posto)
    lettore.esito.usati.add(posto)


def _riga(lettore, blocco: Prospetto, titolo: str, cifre: list[str], posti: list[int]) -> None:
    """All the columns when there are as many amounts; else only the first is sure, if it is one that is typed."""
    if len(cifre) == len(blocco.colonne):
        valori = dict(zip([c.chiave for c in blocco.colonne], cifre, strict=True))
        sicura = True
    else:
        valori, sicura = {blocco.colonne[0].chiave: cifre[0]}, len(cifre) == 1 and len(blocco.colonne) == 1
    if not chiave(titolo):
        return
    celle(lettore, blocco, titolo, valori, posti[-1])
    if sicura or len(cifre) == 1:
        lettore.esito.usati |= set(posti)
    else:
        lettore.esito.usati |= set(posti[:-1])  # the last line stays to be read: which columns are those amounts of?


def celle(lettore, blocco: Prospetto, titolo: str, valori: dict[str, str], posto: int) -> None:
    """Write the amounts of one row: of the total, of a cost item, of an azione or a soggetto."""
    if e_totale(blocco, titolo):
        for nome, testo in valori.items():
            lettore.calcolato(f"{titolo}: {blocco.colonna(nome).etichetta}", testo, posto)
        return
    riga = riga_di(lettore, blocco, titolo, posto)
    if riga is None:
        return
    for nome, testo in valori.items():
        colonna = blocco.colonna(nome)
        if colonna.scrivibile:
            lettore.scrivi(lettore.parole.parti[blocco.chiave], riga, nome, testo, posto)
        elif colonna.genere != "importo":
            lettore.esito.usati.add(posto)
        elif chiave(testo) and not _cofinanziamento(lettore, colonna, riga, testo, posto):
            lettore.calcolato(f"{titolo}: {colonna.etichetta}", testo, posto)


SETTORI = {conti.cofinanziamento_pubblico: "pubblico", conti.cofinanziamento_privato: "privato"}
"""Columns that sum the cofinancing of one settore: on a paper they are all that is said of it."""


def _cofinanziamento(lettore, colonna: Colonna, azione: RigaLetta | str, testo: str, posto: int) -> bool:
    """A cofinancing of which the paper says the azione and the settore, and not the soggetto."""
    tabelle = [p for p in lettore.parole.parti.values() if p.blocco.fonte == "cofinanziamenti" and p.blocco.si_aggiunge]
    if colonna.calcola not in SETTORI or not tabelle or not isinstance(azione, RigaLetta):
        return False
    if not {"azione", "settore", "importo"} <= set(tabelle[0].campi):
        return False
    try:
        if not importi.leggi_importo(testo):
            return False
    except importi.ImportoNonLeggibile:
        pass  # it is offered as it is, with what is wrong with it
    dove, chi = lettore.brani[posto].dove, tabelle[0].blocco.chiave
    riga = RigaLetta("cofinanziamenti", nome=f"{azione.nome}, {SETTORI[colonna.calcola]}", dove=dove)
    lettore.esito.righe.append(riga)
    lettore.esito.letti += [
        Letto(chi, riga, "azione", azione.nome, dove, rimando=azione),
        Letto(chi, riga, "settore", SETTORI[colonna.calcola], dove),
        Letto(chi, riga, "importo", testo, dove),
    ]
    lettore.esito.usati.add(posto)
    return True


def e_totale(blocco: Prospetto, titolo: str) -> bool:
    detto = chiave(titolo)
    return detto.startswith(("totale", "sommano")) or bool(blocco.totale and detto == chiave(blocco.totale))


def riga_di(lettore, blocco: Prospetto, titolo: str, posto: int) -> RigaLetta | str | None:
    if blocco.fonte == VOCI:
        return _voce(lettore, blocco, titolo)
    for genere, stampato in blocco.etichette.items():
        if chiave(titolo) and chiave(stampato).startswith(chiave(titolo.partition("(")[0])):
            riga = lettore.riga_di(blocco, stampato, posto)
            riga.genere = genere
            return riga
    codice, nome = spezza_codice(titolo) if blocco.fonte == "azioni" else ("", titolo)
    return lettore.riga_di(blocco, nome, posto, codice)


def _voce(lettore, blocco: Prospetto, titolo: str) -> str | None:
    numero, nome = separa_numero(titolo)
    voci = voci_di(blocco, lettore.parole.contenuto)
    for voce in voci:
        _, stampato = separa_numero(voce["titolo"])
        if chiave(nome) and (chiave(stampato).startswith(chiave(nome)) or chiave(nome).startswith(chiave(stampato))):
            return voce["id"]
    return next((v["id"] for v in voci if numero and v["id"] == numero), None)


def nel_testo(testo: str) -> str:
    """Return the only amount that a text says; "" where it says none, or several."""
    trovati = re.findall(r"€\s*[0-9][0-9.,']*|[0-9][0-9.,']*\s*€|\b[0-9]{1,3}(?:\.[0-9]{3})*,[0-9]{2}\b", testo)
    return trovati[0].rstrip(".,") if len(trovati) == 1 else ""


CODICE = re.compile(r"\s*(?:azione\s+)?([A-Z](?:\.?[0-9]{1,2})?)\s*(?:[-–—:.)]\s*|\s+|$)", re.IGNORECASE)
NUMERATA = re.compile(r"\s*azione\s+[0-9]{1,2}\s*[-–—:.)]\s*", re.IGNORECASE)


def spezza_codice(titolo: str) -> tuple[str, str]:
    """Split «B.1 ConciliaMI» → («B.1», «ConciliaMI»); «Azione 1: formazione» → («», «formazione»)."""
    if numerata := NUMERATA.match(titolo):
        return "", titolo[numerata.end() :].strip()
    trovato = CODICE.match(titolo)
    if trovato and (trovato[1].isupper() or trovato.end() == len(titolo)) and not PAROLA.match(titolo, trovato.end(1)):
        resto = titolo[trovato.end() :].strip()
        if any(c.isdigit() for c in trovato[1]) or titolo[trovato.end(1) :].lstrip()[:1] in ("", "-", "–", "—", ":", ".", ")"):
            return trovato[1].upper(), resto
    return "", titolo.strip()
