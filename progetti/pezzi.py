"""What the template of each kind of block shows: the form for what one may write, the reading for the rest."""

from conciliazione.schede.edizione import Blocco, Cronoprogramma, Elenco, Prospetto, Tabella
from conciliazione.schede.lettura import leggi_blocco
from conciliazione.schede.modulo import Modulo

from . import permessi
from .pagina import Pagina


def pezzo(pagina: Pagina, blocco: Blocco, riga: str | None, **opzioni) -> dict:
    """A block on the page, or one row of it."""
    righe = [r for r in blocco.righe(pagina.contenuto) if riga in (None, r["id"])]
    lista = blocco.a_parte and riga is None
    modulo = None if lista else _modulo(pagina, blocco, righe, riga, **opzioni)
    tutto = leggi_blocco(blocco, pagina.contenuto, {}, permessi.nasconde(pagina.utente, pagina.progetto))
    # The page prints title and instructions above every block, read or written: headings inside are one level up.
    tutto |= {"titolo": "", "istruzioni": "", "id": f"{blocco.id}-letto", "nome": blocco.chiamato, "livello": 3}
    mostrate = [r for r in tutto["righe"] if riga in (None, r["id"])]
    scritte = modulo.righe if modulo else ()
    comune = {
        "blocco": blocco,
        "riga": riga,
        "modulo": modulo,
        "tutto": tutto | {"righe": mostrate},
        "letto": tutto | {"righe": [r for r in mostrate if r["id"] not in scritte]},
        "modello": f"progetti/blocchi/{'lista' if lista else MODELLI.get(blocco.genere, blocco.genere)}.html",
        "aspetto": f"schede/lettura/{tutto['aspetto']}.html",
    }
    return comune | (_lista(pagina, blocco, righe) if lista else _proprio(blocco, modulo, tutto))


MODELLI = {"per_riga": "domande"}
"""One row of a repeated block is filled in like any block of questions."""


def _modulo(pagina: Pagina, blocco: Blocco, righe: list[dict], riga: str | None, **opzioni) -> Modulo | None:
    if isinstance(blocco, Elenco) or not blocco.campi():
        return None
    progetto, utente = pagina.progetto, pagina.utente
    scrivibili = {r["id"] for r in righe if permessi.puo_scrivere_riga(utente, progetto, blocco, r)}
    aggiunge = permessi.puo_aggiungere(utente, progetto, blocco)
    if not scrivibili and not aggiunge:
        return None
    return Modulo(
        blocco,
        pagina.contenuto,
        scrivibile=lambda r: r["id"] in scrivibili,
        aggiunge=aggiunge,
        sola_riga=riga,
        fissi=_fissi(pagina, blocco),
        limitati=_limitati(pagina, blocco),
        **opzioni,
    )


def _fissi(pagina: Pagina, blocco: Blocco) -> dict:
    """A partner's new rows are its own."""
    if not _ha_padrone(pagina, blocco) or len(pagina.miei) > 1:
        return {}
    return dict.fromkeys((blocco.proprietario,), *pagina.miei) | dict.fromkeys(blocco.solo_non_attribuite)


def _limitati(pagina: Pagina, blocco: Blocco) -> dict:
    """Who acts for two partners says of which of them a row is, and of no other."""
    if not _ha_padrone(pagina, blocco) or len(pagina.miei) < 2:
        return {}
    return {blocco.proprietario: pagina.miei}


def _ha_padrone(pagina: Pagina, blocco: Blocco) -> bool:
    return bool(getattr(blocco, "proprietario", "")) and not pagina.capofila and bool(pagina.miei)


def _lista(pagina: Pagina, blocco: Blocco, righe: list[dict]) -> dict:
    """The rows of a block that has a page for each, with state and link."""
    per_id = {s["id"]: s for s in pagina.soggetti}
    return {"lista": [_voce(pagina, blocco, riga, per_id.get(riga["id"])) for riga in righe]}


def _voce(pagina: Pagina, blocco: Blocco, riga: dict, soggetto: dict | None) -> dict:
    return {
        "titolo": blocco.titolo_riga(riga) or "(senza titolo)",
        "parte": pagina.parte(blocco, riga),
        "scrive": permessi.puo_scrivere_riga(pagina.utente, pagina.progetto, blocco, riga),
        "mio": soggetto is not None and soggetto["mio"],
        "di_un_altro": soggetto is not None and not soggetto["mio"],
    }


def _proprio(blocco: Blocco, modulo: Modulo | None, tutto: dict) -> dict:
    """What only one kind of block needs."""
    fogli = list(modulo.fogli.values()) if modulo else []
    if isinstance(blocco, Tabella):
        visibili = [c for c in tutto["colonne"] if modulo is None or c["chiave"] not in modulo.fissi]
        return {"colonne": visibili, "visibili": [c["chiave"] for c in visibili]}
    if isinstance(blocco, Cronoprogramma):
        return {"mesi": [(m, [(f.titolo, f.form[f"m{m}"]) for f in fogli]) for m in range(1, blocco.mesi + 1)]}
    if isinstance(blocco, Prospetto):
        righe = {r["id"]: r for r in tutto["righe"]}
        return {"costi": [(f, righe[f.riga]) for f in fogli]}
    return {}
