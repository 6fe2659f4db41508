"""What the template of each kind of block shows: the form for what one may write, the reading for the rest."""

from conciliazione.schede import righe
from conciliazione.schede.contenuto import Contenuto
from conciliazione.schede.edizione import COFINANZIAMENTI, Blocco, Edizione, Sezione
from conciliazione.schede.lettura import leggi_blocco
from conciliazione.schede.modulo import Foglio, Modulo
from conciliazione.schede.prospetto import Prospetto

from .. import permessi
from . import rivedere
from .pagina import Pagina
from .permessi import appesa_al_padrone, puo_aggiungere, puo_scrivere_riga


def blocco_mostrato(pagina: Pagina, blocco: Blocco, riga: str | None, **opzioni) -> dict:
    """Return a block on the page, or one row of it."""
    righe = [r for r in blocco.righe(pagina.contenuto) if riga in (None, r["id"])]
    lista = blocco.a_parte and riga is None
    modulo = None if lista else modulo_di(pagina, blocco, righe, riga, **opzioni)
    figlie = () if lista else pagina.edizione.figlie(blocco)
    tutto = leggi_blocco(blocco, pagina.contenuto, {}, permessi.nasconde(pagina.utente, pagina.progetto), figlie)
    # The page prints title and instructions above every block, read or written: headings inside are one level up.
    tutto |= {"titolo": "", "istruzioni": "", "id": f"{blocco.id}-letto", "nome": blocco.chiamato, "livello": 3}
    mostrate = [r for r in tutto["righe"] if riga in (None, r["id"])]
    scritte = modulo.righe if modulo else ()
    modello = "lista" if lista else "in_tabella" if blocco.in_tabella else MODELLI.get(blocco.genere, blocco.genere)
    comune = {
        "blocco": blocco,
        "riga": riga,
        "intitolato": _intitolato(blocco),
        "calcolate": _calcolate(blocco, mostrate),
        "modulo": modulo,
        "tutto": tutto | {"righe": mostrate},
        "letto": tutto | {"righe": [r for r in mostrate if r["id"] not in scritte]},
        "modello": f"progetti/scheda/blocchi/{modello}.html",
        "aspetto": tutto["aspetto"],
    }
    return comune | (_lista(pagina, blocco, righe) if lista else _proprio(pagina, blocco, modulo, tutto))


def _calcolate(blocco: Blocco, righe: list[dict]) -> list[dict]:
    """What is computed beside the answers of a row: the form shows it under them."""
    chiavi = [c.chiave for c in blocco.calcolate]
    return [voce for riga in righe[:1] for voce in riga["voci"] if voce["chiave"] in chiavi] if blocco.a_parte else []


def _intitolato(blocco: Blocco) -> str:
    """The heading of a block on its page. A table that hangs from others stands by itself here, and needs its own name."""
    if blocco.dentro:
        return blocco.chiamato
    sole = list(blocco.caselle.values())
    if not blocco.fonte and sole == [blocco.titolo]:  # the only label says it already
        return ""
    return blocco.titolo or (blocco.nome_breve if blocco.fonte else "")


MODELLI = {"per_riga": "domande"}
"""One row of a repeated block is filled in like any block of questions."""


def blocchi_di_sezione(edizione: Edizione, sezione: Sezione) -> list[tuple[Blocco, None]]:
    """Return what the page of a section shows: what hangs from rows that have a page of their own is shown there."""
    return [(b, None) for b in sezione.blocchi if not (b.dentro and edizione.blocco(b.dentro).a_parte)]


def blocchi_di_riga(edizione: Edizione, blocco: Blocco, riga: str) -> list[tuple[Blocco, str | None]]:
    """Return what the page of a row shows: its form, and the tables that hang from it."""
    return [(blocco, riga), *((figlia.di(riga), None) for figlia in edizione.figlie(blocco))]


def suo_denaro_prima(pagina: Pagina, mostrati: list[dict]) -> list[dict]:
    """Return what a page shows in its order; to a partner, who writes only its money among the tables of all, that first."""
    if not pagina.mie_parti:
        return mostrati
    return sorted(mostrati, key=lambda m: not (m["modulo"] and m["blocco"].fonte == COFINANZIAMENTI))


def suo_foglio(pagina: Pagina) -> dict | None:
    """Return the one row in which a partner writes its money, and the page of the scheda that saves it; None where it writes
    none, has more rows than one, or has to say of which soggetto they are.
    """
    tabelle = (b for b in pagina.edizione.blocchi if b.fonte == COFINANZIAMENTI and b.si_aggiunge)
    tabella = next((b for b in tabelle if b.proprietario and not b.dentro), None)
    if tabella is None or not pagina.mie_parti or len(pagina.miei) > 1:
        return None
    righe = tabella.righe(pagina.contenuto)
    quante = sum(r[tabella.proprietario] in pagina.miei for r in righe)
    modulo = modulo_di(pagina, tabella, righe, None, nuove=0 if quante else 1) if quante <= 1 else None
    if modulo is None or len(modulo.fogli) != 1:
        return None
    return {"modulo": modulo, "foglio": next(iter(modulo.fogli.values())), "url": pagina.sezione_di(tabella)}


def modulo_di(pagina: Pagina, blocco: Blocco, righe: list[dict], riga: str | None, **opzioni) -> Modulo | None:
    """Return the form of a block as a page shows it, with what stands beside its fields."""
    modulo = modulo_da_salvare(pagina, blocco, righe, riga, **opzioni)
    if modulo is not None:
        segna(modulo, pagina.contenuto)
        rivedere.appunta(modulo, pagina.contenuto)
        _osserva(modulo, pagina)
    return modulo


def _osserva(modulo: Modulo, pagina: Pagina) -> None:
    """Put beside each amount of cofinancing what is wrong with it: a remark, that does not keep it from being saved."""
    if modulo.blocco.fonte != COFINANZIAMENTI and not modulo.blocco.scrive_denaro(COFINANZIAMENTI):
        return
    for foglio in modulo.fogli.values():
        for nome, campo in foglio.form.fields.items():
            if campo.genere == "importo":
                campo.osservazioni = pagina.osservazioni_su(modulo.blocco.chiave, foglio.riga, nome)


def modulo_da_salvare(pagina: Pagina, blocco: Blocco, righe: list[dict], riga: str | None, **opzioni) -> Modulo | None:
    """Return the form of a block; None when this person writes nothing in it."""
    if blocco.altrove or not blocco.campi():
        return None
    progetto, utente = pagina.progetto, pagina.utente
    scrivibili = {r["id"] for r in righe if puo_scrivere_riga(utente, progetto, blocco, r)}
    aggiunge = puo_aggiungere(utente, progetto, blocco)
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
    if appesa_al_padrone(blocco):
        return False  # the row that it hangs from says whose it is
    return bool(blocco.proprietario) and not pagina.capofila and bool(pagina.miei)


def _lista(pagina: Pagina, blocco: Blocco, righe: list[dict]) -> dict:
    """The rows of a block that has a page for each, with state and link."""
    per_id = {s["id"]: s for s in pagina.soggetti}
    return {"lista": [_voce(pagina, blocco, riga, per_id.get(riga["id"])) for riga in righe]}


def _voce(pagina: Pagina, blocco: Blocco, riga: dict, soggetto: dict | None) -> dict:
    return {
        "titolo": blocco.titolo_riga(riga) or "(senza titolo)",
        "parte": pagina.parte(blocco, riga),
        "scrive": puo_scrivere_riga(pagina.utente, pagina.progetto, blocco, riga),
        "mio": soggetto is not None and soggetto["mio"],
        "di_un_altro": soggetto is not None and not soggetto["mio"],
    }


def _proprio(pagina: Pagina, blocco: Blocco, modulo: Modulo | None, tutto: dict) -> dict:
    """What only one kind of block needs."""
    fogli = list(modulo.fogli.values()) if modulo else []
    if blocco.in_tabella:
        return {"fogli": fogli, "parti": {a["padre"] for a in pagina.contenuto["azioni"] if a["padre"]}}
    if blocco.si_aggiunge:
        visibili = [c for c in tutto["colonne"] if modulo is None or c["chiave"] not in modulo.fissi]
        di_chi = _di_chi(pagina, blocco)
        return {"colonne": visibili, "di_chi": di_chi, "detta": di_chi.get("sue", blocco.chiamato)}
    if blocco.mesi:
        return {"mesi": [(m, [(f.titolo, f.form[f"m{m}"]) for f in fogli]) for m in range(1, blocco.mesi + 1)]}
    if blocco.di_denaro:
        per_riga = {f.riga: f for f in fogli}
        costi = [(per_riga.get(r["id"]), r | {"celle": _celle(per_riga.get(r["id"]), r)}) for r in tutto["righe"]]
        return {"costi": costi, "deriva": _dove_il_cofinanziamento(pagina, blocco)}
    return {}


def _di_chi(pagina: Pagina, blocco: Blocco) -> dict[str, str]:
    """The headings over a partner's own rows and over those of the others, which it only reads."""
    if not _ha_padrone(pagina, blocco):
        return {}
    if blocco.fonte == COFINANZIAMENTI:
        return {"sue": "Il tuo cofinanziamento", "altrui": "Il cofinanziamento degli altri"}
    return {"sue": f"{blocco.chiamato}: le tue righe", "altrui": f"{blocco.chiamato}: le righe degli altri"}


def _celle(foglio: Foglio | None, riga: dict) -> list[tuple]:
    """Each column of a row of money: the field where one may write, the figure elsewhere."""
    campi = foglio.form.fields if foglio else {}
    return [(foglio.form[v["chiave"]] if v["chiave"] in campi else None, v) for v in riga["voci"]]


def _dove_il_cofinanziamento(pagina: Pagina, blocco: Prospetto) -> str:
    """The table, on the same page, whose rows the columns of cofinancing sum up."""
    sezione = pagina.edizione.sezione_di(blocco.chiave)
    tabella = next((b for b in sezione.blocchi if b.fonte == "cofinanziamenti" and b.si_aggiunge), None)
    return tabella.id if tabella and any(not c.scrivibile for c in blocco.colonne) else ""


# Beside each text that may not be longer, how long it is, and what the browser needs to count it while one types.


def segna(modulo: Modulo, contenuto: Contenuto) -> None:
    """Put beside the texts that the form limits the count of what is saved, exact; while one types, lines are an estimate."""
    avviso = contenuto["avviso"]
    misure = avviso["righe_larghezza_mm"], avviso["righe_corpo_pt"]
    for foglio in modulo.fogli.values():
        salvati = modulo.attuali.get(foglio.riga, {})
        for nome, campo in foglio.form.fields.items():
            if campo.max_righe and None not in misure:
                _segna_righe(campo, salvati.get(nome) or "", misure)
            if campo.max_caratteri:
                _segna_caratteri(campo, salvati.get(nome) or "")


def _segna_caratteri(campo, testo: str) -> None:
    contati, detto = righe.misura_caratteri(testo, campo.max_caratteri)
    campo.caratteri_contati, campo.caratteri_troppi = detto, contati > campo.max_caratteri
    campo.widget.attrs["data-caratteri-massimi"] = campo.max_caratteri


def _segna_righe(campo, testo: str, misure: tuple[str, str]) -> None:
    contate, detto = righe.misura(testo, campo.max_righe, *misure)
    campo.righe_contate, campo.righe_troppe = detto, contate > campo.max_righe
    campo.widget.attrs |= {
        "data-righe-massime": campo.max_righe,
        "data-righe-larghezza": misure[0],
        "data-righe-corpo": misure[1],
    }
