"""Saving what a page sent: each field on its own, so that a refused amount never loses a page of text."""

from dataclasses import dataclass, field

from django.forms import BoundField

from conciliazione.models import Utente
from conciliazione.schede import contesa
from conciliazione.schede.modulo import Foglio, Modulo
from conciliazione.schede.salvataggio import Esito

from .. import permessi
from ..contenuto import elimina, eventi, scrivi
from ..models import Progetto, Scartato
from . import rivedere
from .pagina import Pagina


@dataclass
class Salvataggio:
    """What came of it: how many blocks were written, what to correct, what a person must decide."""

    scritti: int = 0
    errori: list[tuple[str, str, str]] = field(default_factory=list)
    """For the summary: id of the field, its label, the message."""
    conflitti: list[dict] = field(default_factory=list)
    in_parte: list[tuple[Modulo, Esito]] = field(default_factory=list)
    """The blocks of which something was refused, and what became of the rest."""
    respinti: list[tuple[str, str]] = field(default_factory=list)
    """What was typed and refused, to be sent again after a choice between two texts."""


def salva(progetto: Progetto, moduli: list[Modulo], utente) -> Salvataggio:
    """Merge and write the blocks of a page; the project's row is locked by the caller."""
    esito = Salvataggio()
    fusioni = []
    for modulo in moduli:
        esito.errori += [_perduto(modulo, campo, scritto) for campo, scritto in modulo.perduti()]
        accettato = modulo.accetta()
        fusione = _scrivi_blocco(progetto, modulo, utente, esito)
        fusioni.append((modulo, fusione))
        if not accettato:
            esito.in_parte.append((modulo, fusione))
            esito.errori += list(_errori(modulo))
            esito.respinti += contesa.respinti(modulo, fusione)
    # Removals come last and backwards: a block of the same page may have written in a row that another one removes.
    for modulo, fusione in reversed(fusioni):
        _elimina(progetto, modulo, fusione, esito)
    return esito


def _scrivi_blocco(progetto: Progetto, modulo: Modulo, utente, esito: Salvataggio) -> Esito:
    fusione = modulo.concilia()
    _ricorda_gli_scartati(progetto, modulo, fusione, utente)
    _ricorda_le_righe_lasciate(progetto, modulo, utente)
    if fusione.da_scrivere:
        miei = permessi.mie_partecipazioni(utente, progetto)
        scrivi(progetto, modulo.blocco, fusione, utente=utente, miei=miei)
        for riga, valori in fusione.da_scrivere.items():
            rivedere.visti(progetto, modulo.blocco.chiave, riga, valori)
    esito.scritti += bool(fusione.da_scrivere or fusione.da_eliminare)
    esito.conflitti += contesa.da_decidere(modulo, fusione.conflitti)
    return fusione


def _elimina(progetto: Progetto, modulo: Modulo, fusione: Esito, esito: Salvataggio) -> None:
    if not fusione.da_eliminare:
        return
    for riga in elimina(progetto, modulo.blocco, fusione.da_eliminare):
        chi = modulo.fogli[riga].titolo or modulo.blocco.chiamato
        divisa = any(r.get("padre") == riga for r in modulo.tutte.values())
        perche = "È divisa in parti: prima elimina le parti." if divisa else LEGATA
        esito.errori.append((modulo.blocco.id, chi, perche))


LEGATA = "Ha righe di cofinanziamento: prima spostale o eliminale."


def _perduto(modulo: Modulo, campo: str, scritto: str) -> tuple[str, str, str]:
    messaggio = f"mentre scrivevi, qualcuno ha eliminato la riga a cui si riferiva «{scritto}»: non si è potuto salvare."
    return modulo.blocco.id, f"{modulo.blocco.chiamato}, {campo}", messaggio


def _ricorda_le_righe_lasciate(progetto: Progetto, modulo: Modulo, utente) -> None:
    for lasciata in contesa.lasciate(modulo):
        Scartato.objects.create(
            progetto=progetto,
            blocco=modulo.blocco.chiave,
            riga=lasciata.riga,
            campo=lasciata.campo,
            tenuto=None,
            scartato=lasciata.mio,
            deciso_da=utente,
        )


def _ricorda_gli_scartati(progetto: Progetto, modulo: Modulo, fusione: Esito, utente) -> None:
    """Of two texts in conflict the one not chosen stays in history too: once, and only when the choice came to effect."""
    for scelta in contesa.scelte(modulo):
        dove = {"progetto": progetto, "blocco": modulo.blocco.chiave, "riga": scelta.riga, "campo": scelta.campo}
        if modulo.tenuto_il_loro(scelta.riga, scelta.campo):
            tenuto, scartato = scelta.loro, scelta.mio
        elif scelta.campo in fusione.da_scrivere.get(scelta.riga, {}):
            tenuto, scartato = scelta.mio, scelta.loro
        else:
            continue
        ultimo = Scartato.objects.filter(**dove).first()
        if ultimo is None or (ultimo.tenuto, ultimo.scartato) != (tenuto, scartato):
            Scartato.objects.create(**dove, tenuto=tenuto, scartato=scartato, deciso_da=utente)


def in_conflitto(pagina: Pagina, esito: Salvataggio) -> dict:
    """Return what the page of conflicts shows: what is contested, and the names of who else wrote there."""
    chi = [chi_ha_scritto(pagina, conflitto) for conflitto in esito.conflitti]
    return {"esito": esito, "altri": " e ".join(sorted({nome for nome in chi if nome}))}


def chi_ha_scritto(pagina: Pagina, conflitto: dict) -> str:
    """Return the name of who wrote there, if it is not the very person who is told of it, from another page of its own."""
    blocco = pagina.edizione.blocco(conflitto["blocco"])
    chi = eventi.autore(pagina.progetto, blocco, conflitto["riga"], conflitto["campo"])
    return "" if chi in (None, pagina.utente.pk) else str(Utente.objects.filter(pk=chi).first() or "")


def errori_di(moduli: list[Modulo]) -> list[tuple[str, str, str]]:
    """Return what is to be corrected in what was typed, before anything is written."""
    return [errore for modulo in moduli if not modulo.valido() for errore in _errori(modulo)]


def _errori(modulo: Modulo):
    for foglio in modulo.fogli.values():
        if foglio.da_eliminare:
            continue
        for nome, messaggi in foglio.form.errors.items():
            campo = foglio.form[nome] if nome in foglio.form.fields else None
            for messaggio in messaggi:
                yield (campo.auto_id if campo else modulo.blocco.id), _dove(modulo, foglio, campo), messaggio


def _dove(modulo: Modulo, foglio: Foglio, campo: BoundField | None) -> str:
    """Where an error is, in words: «C.a.p.» is asked three times on one page, and «a» alone says nothing."""
    if campo is None:
        return foglio.titolo or modulo.blocco.chiamato
    if modulo.blocco.a_parte:
        prima = campo.field.gruppo
    else:
        prima = foglio.titolo or (modulo.blocco.chiamato if len(foglio.form.fields) > 1 else "")
    return f"{prima}: {campo.label}" if prima else str(campo.label)
