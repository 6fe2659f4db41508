"""What comes out of an edition that is tried on invented content: its PDF, what breaks, what it does not have yet."""

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from django.template import engines

from conciliazione.schede import esporta_docx, pdf
from conciliazione.schede.canonico import impronta
from conciliazione.schede.contenuto import Contenuto
from conciliazione.schede.convalida import errori
from conciliazione.schede.edizione import Blocco, Edizione, Regola
from conciliazione.schede.lettura import leggi, leggi_blocco
from conciliazione.schede.segnalazioni import controlla
from conciliazione.schede.tipi import Segnalazione

from ..edizioni.caricamento import archivio_intero
from .campione import contenuto_di_prova, senza_risposte
from .carenze import carenze
from .modulo import trova

STATO = "PROVA, contenuto inventato"


@dataclass
class Esito:
    edizione: Edizione
    errori: tuple[str, ...] = ()
    """What is wrong or breaks, one sentence each: the edition cannot be used."""
    carenze: tuple[str, ...] = ()
    """What is not there yet."""
    segnalazioni: tuple[Segnalazione, ...] = ()
    """What the checks say of the invented content."""
    pdf: bytes = b""


def prova(percorso: str, quando: dt.datetime) -> Esito:
    """Try the edition of a module. Raises NonSiTrova.

    Its functions are somebody's work in progress and may raise anything: that is told, not raised.
    """
    edizione, modelli = trova(percorso)
    deposito = archivio_intero()
    esito = Esito(edizione, tuple(errori(edizione, replace(deposito, modelli=(*deposito.modelli, modelli)))))
    if not esito.errori:
        esito.carenze = tuple(carenze(edizione))
        with _con_i_suoi(modelli):
            _riempi_e_stampa(esito, quando)
    return esito


@contextmanager
def _con_i_suoi(modelli: Path) -> Iterator[None]:
    """Templates that stand beside its module, as the settings have those of an edition that they name."""
    motore = engines["django"].engine  # type: ignore[attr-defined]
    motore.dirs.append(modelli)
    try:
        yield
    finally:
        motore.dirs.remove(modelli)
        for cercati in motore.template_loaders:
            cercati.reset()


def _riempi_e_stampa(esito: Esito, quando: dt.datetime) -> None:
    edizione = esito.edizione
    pieno, rotta = _fai(lambda: contenuto_di_prova(edizione))
    if rotta:
        esito.errori = (f"La scheda non si riempie di contenuto inventato: {rotta}.",)
        return
    piena, nuova = _rotture(edizione, pieno), _rotture(edizione, senza_risposte(pieno))
    dette = [frase[0].upper() + frase[1:] for frase in piena]
    esito.errori = (*dette, *(f"In una scheda appena aperta {frase}" for frase in nuova if frase not in piena))
    if not esito.errori:
        esito.segnalazioni = tuple(controlla(edizione, pieno))
        esito.pdf, stampata = _fai(lambda: _stampa(edizione, pieno, quando))
        _, scritta = _fai(lambda: _scrivi_in_word(edizione, pieno, quando))
        esiti = {"non si stampa": stampata, "non si scrive in Word": scritta}
        esito.errori = tuple(f"La scheda {cosa}: {rotta}." for cosa, rotta in esiti.items() if rotta)


def _fai(cosa: Callable[[], Any]) -> tuple[Any, str]:
    """What comes of it, and what went wrong."""
    try:
        return cosa(), ""
    except Exception as errore:
        return b"", f"{type(errore).__name__}, {errore}"


def _rotture(edizione: Edizione, contenuto: Contenuto) -> list[str]:
    """Block by block and rule by rule, so that each is told by its name."""

    def legge(blocco: Blocco) -> Callable[[], Any]:
        return lambda: leggi_blocco(blocco, contenuto, {}, lambda riga, personale: False, edizione.figlie(blocco))

    def controlla_con(regola: Regola) -> Callable[[], Any]:
        return lambda: list(regola(edizione, contenuto))

    passi = [(f"il blocco «{b.chiave}» non si legge", legge(b)) for b in edizione.blocchi if not b.dentro]
    passi += [(f"la regola «{getattr(r, '__name__', r)}» si rompe", controlla_con(r)) for r in edizione.regole]
    return [f"{detto}: {rotta}." for detto, passo in passi if (rotta := _fai(passo)[1])]


def _stampa(edizione: Edizione, contenuto: Contenuto, quando: dt.datetime) -> bytes:
    intestazione = {"numero": "", "sha256": impronta(contenuto), "stato": STATO, "origine": ""}
    lettura = leggi(edizione, contenuto)
    return pdf.scheda(lettura, contenuto, titolo=edizione.titolo, intestazione=intestazione, creata_il=quando)


def _scrivi_in_word(edizione: Edizione, contenuto: Contenuto, quando: dt.datetime) -> bytes:
    """Nobody keeps it: how it draws a block may be the edition's own."""
    lettura = leggi(edizione, contenuto)
    return esporta_docx.esporta(lettura, titolo=edizione.titolo, stato=STATO, creata_il=quando, disegni=edizione.disegni)
