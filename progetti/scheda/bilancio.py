"""The state of the budget: one line in euro that says what closes the budget, and what the avviso allows."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any, cast

from conciliazione.italiano import importi
from conciliazione.italiano.importi import scrivi_importo as E
from conciliazione.schede.contenuto import Contenuto, righe_di
from conciliazione.schede.edizione import COFINANZIAMENTI, Blocco, Colonna, Edizione
from conciliazione.schede.modulo import Foglio, Modulo
from conciliazione.schede.prospetto import Prospetto

from ..contenuto import conti
from ..regole import dove
from ..regole.limiti import minimo_di_cofinanziamento
from ..regole.verifica import limite

ZERO = Decimal("0.00")


@dataclass(frozen=True)
class Bilancio:
    """`frase` is the line; `avviso` what has changed under the eyes of who set a goal; tono as for the states."""

    frase: str
    tono: str
    avviso: str = ""
    obiettivo: Decimal | None = None


@dataclass(frozen=True)
class Cifre:
    """The figures of a scheda as they are now. `tetto` None: the avviso states none."""

    costo: Decimal
    contributo: Decimal
    messo: Decimal
    tetto: Decimal | None

    @property
    def coda(self) -> str:
        return "l'avviso non dice un tetto" if self.tetto is None else f"tetto {E(self.tetto)}"


def bilancio(edizione: Edizione, contenuto: Contenuto, obiettivo: Decimal | None = None) -> Bilancio:
    """Return what the budget lacks to have the contribution that is wanted: the goal when there is one, else what follows from
    cost and cofinancing.
    """
    costo, contributo = dove.costo(edizione, contenuto), dove.contributo(edizione, contenuto)
    if not costo or contributo is None:
        return _senza_costi(contenuto, obiettivo)
    cifre = Cifre(costo, contributo, conti.cofinanziamento(contenuto) or ZERO, tetto(contenuto, costo))
    if cifre.messo > costo:
        frase = f"Il cofinanziamento, {E(cifre.messo)}, supera il costo, {E(costo)}, di {E(cifre.messo - costo)}."
        return Bilancio(frase, "critico", "", obiettivo)
    return _derivata(cifre) if obiettivo is None else _verso(cifre, obiettivo)


def tetto(contenuto: Contenuto, costo: Decimal) -> Decimal | None:
    """Return the largest contribution that all the limits of the avviso allow on that cost."""
    percento, massimo, minimo = (
        None if (detto := limite(contenuto, nome)) is None else Decimal(detto)
        for nome in ("contributo_percentuale", "contributo_massimo", "cofinanziamento_minimo")
    )
    tetti = [
        None if percento is None else importi.tetto(percento, costo),
        massimo,
        None if minimo is None else costo - minimo_di_cofinanziamento(minimo, costo),
    ]
    return min((t for t in tetti if t is not None), default=None)


def _senza_costi(contenuto: Contenuto, obiettivo: Decimal | None) -> Bilancio:
    massimo = limite(contenuto, "contributo_massimo")
    detto = "" if massimo is None else f" Il contributo può essere al massimo {E(Decimal(massimo))}."
    frase = f"Non ci sono ancora costi: scrivili, e qui si legge quanto cofinanziamento serve.{detto}"
    return Bilancio(frase, "neutro", "", obiettivo)


def _derivata(b: Cifre) -> Bilancio:
    """No goal: the contribution is what the cofinancing leaves, and can only be too much."""
    if b.tetto is not None and b.contributo > b.tetto:
        serve = b.costo - b.tetto
        frase = (
            f"Con {E(b.messo)} di cofinanziamento il contributo richiesto è {E(b.contributo)}, oltre il tetto {E(b.tetto)}: "
            f"servono {E(serve)} di cofinanziamento, ne mancano {E(serve - b.messo)}."
        )
        return Bilancio(frase, "attenzione")
    frase = (
        f"Il bilancio chiude: {E(b.contributo)} di contributo e {E(b.messo)} di cofinanziamento fanno {E(b.costo)}; {b.coda}."
    )
    return Bilancio(frase, "positivo")


def _verso(b: Cifre, obiettivo: Decimal) -> Bilancio:
    """Towards a goal: what it asks of the cofinancing."""
    if obiettivo > b.costo:
        frase = (
            f"Il contributo obiettivo, {E(obiettivo)}, è più del costo, {E(b.costo)}: "
            f"anche senza cofinanziamento mancano {E(obiettivo - b.costo)} di costo; {b.coda}."
        )
        return Bilancio(frase, "attenzione", "", obiettivo)
    if b.tetto is not None and obiettivo > b.tetto:
        serve = b.costo - b.tetto
        frase = (
            f"Il contributo obiettivo, {E(obiettivo)}, supera il tetto {E(b.tetto)} di {E(obiettivo - b.tetto)}: "
            f"con {E(b.tetto)} di contributo servono {E(serve)} di cofinanziamento: {_quanto(serve, b.messo)}."
        )
        return Bilancio(frase, "attenzione", "", obiettivo)
    serve = b.costo - obiettivo
    frase = f"Con {E(obiettivo)} di contributo servono {E(serve)} di cofinanziamento: {_quanto(serve, b.messo)}; {b.coda}."
    return Bilancio(frase, "positivo" if serve == b.messo else "attenzione", _sceso(b, obiettivo), obiettivo)


def _quanto(serve: Decimal, messo: Decimal) -> str:
    if messo < serve:
        return f"ne mancano {E(serve - messo)}"
    return f"ce ne sono {E(messo - serve)} di troppo" if messo > serve else "ci sono tutti, il bilancio chiude"


def _sceso(b: Cifre, obiettivo: Decimal) -> str:
    """The contribution fell under the goal because somebody put in more."""
    if b.contributo >= obiettivo:
        return ""
    return (
        f"Il contributo richiesto è sceso a {E(b.contributo)}: {E(obiettivo - b.contributo)} meno dell'obiettivo, "
        f"perché il cofinanziamento è salito a {E(b.messo)}."
    )


def bilancio_di(pagina, blocchi) -> Bilancio | None:
    """Return that of a page of the scheda, for who compiles it or a part of it and where it speaks of money; the goal is the
    capofila's own, and a partner is told what follows from the figures that it reads there.

    To be called with a `Pagina` and the blocks that it shows.
    """
    scrive = pagina.compila or (pagina.progetto.modificabile and pagina.mie_parti)
    if not scrive or not any(_di_denaro(b) for b in blocchi):
        return None
    return bilancio(pagina.edizione, pagina.contenuto, pagina.progetto.contributo_obiettivo if pagina.compila else None)


def _di_denaro(blocco: Blocco) -> bool:
    """Where costs and cofinancing are typed, not where a total is only repeated."""
    return any(c.scrive for c in blocco.colonne) or blocco.fonte == "cofinanziamenti"


# The budget as it would be with the amounts being typed: nothing is written, the line only looks ahead.

VUOTE = {
    "costi": {"prospetto": "", "azione": None, "voce": None, "partecipazione": None},
    "cofinanziamenti": {"azione": None, "partecipazione": None, "settore": None, "natura": None, "atto": None},
}


def con_gli_importi_scritti(contenuto: Contenuto, moduli: list[Modulo]) -> Contenuto:
    """Return a copy of the content with what the forms hold in place of what is saved; what cannot be read stays as saved."""
    nuovo = contenuto | {"costi": list(contenuto["costi"]), "cofinanziamenti": list(contenuto["cofinanziamenti"])}
    for modulo in moduli:
        for foglio in modulo.fogli.values():
            foglio.form.is_valid()
            if modulo.blocco.di_denaro:
                _celle(nuovo, modulo.blocco, foglio)
            elif modulo.blocco.fonte == COFINANZIAMENTI:
                _riga(nuovo, modulo, foglio)
    return nuovo


def _celle(contenuto: Contenuto, blocco: Prospetto, foglio: Foglio) -> None:
    for nome, campo in foglio.form.fields.items():
        if nome not in foglio.form.errors:
            importo = campo.al_filo(foglio.form.cleaned_data.get(nome))
            _metti(contenuto, blocco, blocco.colonna(nome), foglio.riga, importo)


def _metti(contenuto: Contenuto, blocco: Prospetto, colonna: Colonna, riga: str, importo: str | None) -> None:
    dove = {blocco.coordinata: riga} | colonna.cella
    if colonna.scrive != COFINANZIAMENTI:
        dove["prospetto"] = blocco.nome
    cella = VUOTE[colonna.scrive] | dove
    altre = [r for r in righe_di(contenuto, colonna.scrive) if not _e_la_cella(r, cella)]
    cast(dict[str, Any], contenuto)[colonna.scrive] = altre + (
        [cella | {"id": "", "importo": importo}] if importo is not None else []
    )


def _e_la_cella(riga: dict, cella: dict) -> bool:
    return all((riga.get(c) or None) == (v or None) for c, v in cella.items() if c != "atto")


def _riga(contenuto: Contenuto, modulo: Modulo, foglio: Foglio) -> None:
    righe = righe_di(contenuto, COFINANZIAMENTI)
    vecchia = next((r for r in righe if r["id"] == foglio.riga), VUOTE[COFINANZIAMENTI] | {"id": foglio.riga, "importo": None})
    scritti = {
        n: c.al_filo(foglio.form.cleaned_data[n]) for n, c in foglio.form.fields.items() if n in foglio.form.cleaned_data
    }
    altre = [r for r in righe if r["id"] != foglio.riga]
    cast(dict[str, Any], contenuto)[COFINANZIAMENTI] = (
        altre if foglio.da_eliminare else [*altre, vecchia | modulo.fissi | scritti]
    )
