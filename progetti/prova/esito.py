"""What comes out of an edition that is tried on invented content: its PDF, what breaks, what it does not have yet."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from conciliazione.schede import pdf
from conciliazione.schede.canonico import impronta
from conciliazione.schede.edizione import Edizione
from conciliazione.schede.lettura import leggi, leggi_blocco
from conciliazione.schede.segnalazioni import controlla
from conciliazione.schede.tipi import Contenuto, Segnalazione

from .campione import contenuto_di_prova, senza_risposte
from .carenze import carenze

STATO = "PROVA, contenuto inventato"


@dataclass
class Esito:
    pdf: bytes = b""
    rotture: tuple[str, ...] = ()
    """What breaks, one sentence each: a function of the edition, or a template of it."""
    carenze: tuple[str, ...] = ()
    """What is not there yet."""
    segnalazioni: tuple[Segnalazione, ...] = ()
    """What the checks say of the invented content."""


def prova(edizione: Edizione, quando: dt.datetime) -> Esito:
    """Try a valid edition. Its functions are somebody's work in progress and may raise anything: that is told, not raised."""
    esito = Esito(carenze=tuple(carenze(edizione)))
    pieno, rotta = _fai(lambda: contenuto_di_prova(edizione))
    if rotta:
        esito.rotture = (f"La scheda non si riempie di contenuto inventato: {rotta}.",)
        return esito
    piena, nuova = _rotture(edizione, pieno), _rotture(edizione, senza_risposte(pieno))
    dette = [frase[0].upper() + frase[1:] for frase in piena]
    esito.rotture = (*dette, *(f"In una scheda appena aperta {frase}" for frase in nuova if frase not in piena))
    if not esito.rotture:
        esito.segnalazioni = tuple(controlla(edizione, pieno))
        esito.pdf, rotta = _fai(lambda: _stampa(edizione, pieno, quando))
        esito.rotture = (f"La scheda non si stampa: {rotta}.",) if rotta else ()
    return esito


def _fai(cosa: Callable):
    """What comes of it, and what went wrong."""
    try:
        return cosa(), ""
    except Exception as errore:
        return b"", f"{type(errore).__name__}, {errore}"


def _rotture(edizione: Edizione, contenuto: Contenuto) -> list[str]:
    """Block by block and rule by rule, so that each is told by its name."""

    def legge(blocco):
        return lambda: leggi_blocco(blocco, contenuto, {}, lambda riga, personale: False, edizione.figlie(blocco))

    def controlla_con(regola):
        return lambda: list(regola(edizione, contenuto))

    passi = [(f"il blocco «{b.chiave}» non si legge", legge(b)) for b in edizione.blocchi if not b.dentro]
    passi += [(f"la regola «{getattr(r, '__name__', r)}» si rompe", controlla_con(r)) for r in edizione.regole]
    return [f"{detto}: {rotta}." for detto, passo in passi if (rotta := _fai(passo)[1])]


def _stampa(edizione: Edizione, contenuto: Contenuto, quando: dt.datetime) -> bytes:
    intestazione = {"numero": None, "sha256": impronta(contenuto), "stato": STATO, "origine": ""}
    titolo = contenuto["progetto"]["titolo"] or "Scheda progetto"
    return pdf.scheda(leggi(edizione, contenuto), contenuto, titolo=titolo, intestazione=intestazione, creata_il=quando)
