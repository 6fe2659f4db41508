"""The two papers of a request to join, to print and sign: the modulo di richiesta and the scheda partnership."""

from pathlib import Path

from conciliazione.file import lavori
from conciliazione.models import FileGenerato
from conciliazione.schede.canonico import impronta
from conciliazione.schede.carta import Carta

from ..models import Adesione, Carica, Ente, RichiestaAdesione
from . import permessi
from .forms import PASSI

CARTE = {"modulo": "Modulo di richiesta di adesione", "scheda": "Scheda partnership"}
FIRMATI = {"modulo": "modulo_firmato", "scheda": "scheda_firmata"}
"""Where each of them is kept, signed."""
CARTA = Carta(("alleanze/adesioni/carta_pdf.html",), (Path(__file__),))
_CON_NOMI = {
    "settore": dict(Ente.Settore.choices),
    "lr_carica": dict(Carica.Tipo.choices),
}
"""Answers that are codes, and the words they stand for."""


def voci(richiesta: RichiestaAdesione) -> dict[str, list[dict]]:
    """Return what was answered, in the order of the form: of the ente, and of what it brings."""
    return {"ente": _voci(PASSI[1], richiesta.dati), "scheda": _voci(PASSI[2], richiesta.risposte)}


def cambiamenti(richiesta: RichiestaAdesione) -> list[tuple[str, str, str]]:
    """Return what was sent the last time otherwise than the time before: what, from what, to what."""
    coppie = zip(*map(_inviate, richiesta.invii[-2:]), strict=True) if len(richiesta.invii) > 1 else ()
    return [(ora["titolo"], prima["testo"], ora["testo"]) for prima, ora in coppie if prima != ora]


def _inviate(invio: dict) -> list[dict]:
    """Of one sending, all of its answers."""
    ruolo = {"titolo": "Come vuole aderire", "testo": Adesione.Ruolo(invio["ruolo"]).label}
    return [*_voci(PASSI[1], invio["dati"]), ruolo, *_voci(PASSI[2], invio["risposte"])]


def _voci(passo, dati: dict) -> list[dict]:
    """But the role, which is not of the ente: it is asked with its data, and said elsewhere."""
    campi = [(nome, campo.label) for nome, campo in passo.base_fields.items() if nome != "ruolo"]
    return [{"nome": nome, "titolo": titolo, "testo": _testo(nome, dati.get(nome) or "")} for nome, titolo in campi]


def _testo(nome: str, scritto: str) -> str:
    return _CON_NOMI.get(nome, {}).get(scritto, scritto)


def _dice(richiesta: RichiestaAdesione, quale: str) -> dict:
    """What who asks says in one of the papers."""
    suo = "ente" if quale == "modulo" else "scheda"
    return {
        "ruolo": Adesione.Ruolo(richiesta.ruolo).label,
        "denominazione": richiesta.dati.get("denominazione", ""),
        "chi_firma": " ".join(filter(None, (richiesta.dati.get(c, "") for c in ("lr_nome", "lr_cognome")))),
        suo: voci(richiesta)[suo],
    }


def firma(richiesta: RichiestaAdesione, quale: str, file) -> None:
    """Note that the paper was uploaded signed: it says what the request says now."""
    setattr(richiesta, FIRMATI[quale], file)
    richiesta.firmati = richiesta.firmati | {quale: impronta(_dice(richiesta, quale))}


def superate(richiesta: RichiestaAdesione) -> list[str]:
    """Return which papers were uploaded signed before what they say was changed."""
    return [quale for quale, firmato in richiesta.firmati.items() if firmato != impronta(_dice(richiesta, quale))]


def chiedi(richiesta: RichiestaAdesione, quale: str, utente) -> FileGenerato:
    """Ask for one of the two papers, as the request is now; asked twice, made once."""
    dati = _dati(richiesta, quale)
    return lavori.chiedi(
        parti=(permessi.CARTA, str(richiesta.pk), impronta(dati), CARTA.impronta),
        argomento=f"{permessi.CARTA}:{richiesta.pk}",
        nome=f"{'modulo-di-richiesta' if quale == 'modulo' else 'scheda-partnership'}-{richiesta.pk.hex[:8]}.pdf",
        dati=dati,
        utente=utente if utente.is_authenticated else None,
    )


def _dati(richiesta: RichiestaAdesione, quale: str) -> dict:
    alleanza = richiesta.alleanza
    return {
        "quale": quale,
        "titolo": CARTE[quale],
        "alleanza": str(alleanza),
        "a": str(alleanza.ats if quale == "modulo" else alleanza.capofila),
        "ats": str(alleanza.ats),
        "capofila": str(alleanza.capofila),
        **_dice(richiesta, quale),
    }
