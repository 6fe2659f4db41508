"""The rules of money. Limits compare amounts, inclusive at the cent; percentages are only shown."""

from collections import defaultdict
from decimal import Decimal

from conciliazione import importi
from conciliazione.importi import scrivi_importo as E
from conciliazione.schede.edizione import Blocco, Edizione, Prospetto
from conciliazione.schede.lettura import TOTALE
from conciliazione.schede.tipi import Contenuto, Gravita, Luogo, Segnalazione

from .. import conti


def _blocco_di(edizione: Edizione, fonte: str, genere: str) -> Blocco | None:
    return next((b for b in edizione.blocchi if b.fonte == fonte and b.genere == genere), None)


def _tabella_costi(edizione: Edizione) -> Prospetto:
    return next(b for b in edizione.blocchi if isinstance(b, Prospetto) and b.nome)


def senza_azioni_o_costi(edizione: Edizione, contenuto: Contenuto) -> list[Segnalazione]:
    """No action at all, or actions whose cost is not said."""
    azioni = [a for a in contenuto["azioni"] if a["genere"] == "azione"]
    tabella = _blocco_di(edizione, "azioni", "tabella")
    if not azioni:
        luogo = Luogo(tabella.chiave, "", "", tabella.titolo)
        return [Segnalazione("missing_required", Gravita.ERRORE, "Non c'è ancora nessuna azione.", (luogo,))]
    prospetto = _tabella_costi(edizione)
    senza = [a for a in azioni if conti.costo(contenuto, a["id"]) is None]
    if not senza:
        return []
    luoghi = tuple(Luogo(prospetto.chiave, a["id"], "costo", _nome(prospetto, contenuto, a)) for a in senza)
    messaggio = f"Manca il costo di: {'; '.join(luogo.nota for luogo in luoghi)}."
    return [Segnalazione("missing_required", Gravita.ERRORE, messaggio, luoghi)]


def _nome(prospetto: Prospetto, contenuto: Contenuto, azione: dict) -> str:
    """The title of an action or, while it has none, its place in the table."""
    numero = [a["id"] for a in contenuto["azioni"]].index(azione["id"]) + 1
    return prospetto.titolo_riga(azione) or f"azione n. {numero}"


def cofinanziamento_oltre_il_costo(edizione: Edizione, contenuto: Contenuto) -> list[Segnalazione]:
    """Cofinancing above the cost of its action: an error, never a negative contribution. An action without a cost is
    told as such (`senza_azioni_o_costi`).
    """
    prospetto = _tabella_costi(edizione)
    trovate = []
    for azione in contenuto["azioni"]:
        cofinanziamento = conti.cofinanziamento(contenuto, azione["id"]) or Decimal(0)
        costo = conti.costo(contenuto, azione["id"])
        if costo is None and azione["genere"] == "azione":
            continue
        if cofinanziamento > (costo or 0):
            trovate.append(_oltre_il_costo(prospetto, azione, _nome(prospetto, contenuto, azione), cofinanziamento, costo))
    return trovate


def _oltre_il_costo(
    prospetto: Prospetto, azione: dict, nome: str, cofinanziamento: Decimal, costo: Decimal | None
) -> Segnalazione:
    oltre = cofinanziamento - (costo or 0)
    detto = "ma il costo non è indicato" if costo is None else f"più del costo, {E(costo)}: {E(oltre)} di troppo"
    messaggio = f"{nome}: il cofinanziamento è {E(cofinanziamento)}, {detto}."
    dati = {"cofinancing": f"{cofinanziamento:.2f}", "cost": f"{costo or 0:.2f}", "difference": f"{oltre:.2f}"}
    luogo = Luogo(prospetto.chiave, azione["id"], "costo", nome)
    return Segnalazione("cofinancing_above_cost", Gravita.ERRORE, messaggio, (luogo,), dati)


def spese_generali_oltre_il_massimo(edizione: Edizione, contenuto: Contenuto) -> list[Segnalazione]:
    """General expenses above the ceiling that the avviso states, on the base that it states."""
    avviso = contenuto["avviso"]
    generali = next((a for a in contenuto["azioni"] if a["genere"] == "spese_generali"), None)
    importo = generali and conti.costo(contenuto, generali["id"])
    base = {"costo": conti.costo, "richiesto": conti.contributo}.get(avviso["spese_generali_base"])
    incompleto = bool(senza_azioni_o_costi(edizione, contenuto))  # and so is the base: what is missing is told first
    if avviso["spese_generali_massimo"] is None or not importo or base is None or incompleto:
        return []
    percento, totale = Decimal(avviso["spese_generali_massimo"]), base(contenuto) or Decimal(0)
    if importi.entro(importo, percento, totale):
        return []
    tetto = importi.tetto(percento, totale)
    messaggio = (
        f"Spese generali {E(importo)}: il massimo è {_percento(percento)} di {E(totale)} = {E(tetto)} ({avviso['atto']}), "
        f"superato di {E(importo - tetto)}."
    )
    luogo = Luogo(_tabella_costi(edizione).chiave, generali["id"], "costo", "Spese generali")
    return [Segnalazione("overhead_above_ceiling", Gravita.ERRORE, messaggio, (luogo,), _sopra(importo, tetto))]


def _sopra(importo: Decimal, tetto: Decimal) -> dict:
    return {"amount": f"{importo:.2f}", "ceiling": f"{tetto:.2f}", "difference": f"{importo - tetto:.2f}"}


def contributo_oltre_il_massimo(edizione: Edizione, contenuto: Contenuto) -> list[Segnalazione]:
    """The contribution above the rate on the cost, or above the cap, that the avviso states."""
    avviso, costo, contributo = contenuto["avviso"], conti.costo(contenuto), conti.contributo(contenuto)
    if costo is None or contributo is None:
        return []
    tetti = []
    if (percento := avviso["contributo_percentuale"]) is not None:
        tetto = importi.tetto(Decimal(percento), costo)
        tetti.append((tetto, f"{_percento(Decimal(percento))} di {E(costo)} = {E(tetto)}"))
    if (massimo := avviso["contributo_massimo"]) is not None:
        tetti.append((Decimal(massimo), E(Decimal(massimo))))
    superati = [(tetto, conto) for tetto, conto in tetti if contributo > tetto]
    if not superati:
        return []
    tetto, conto = min(superati)
    messaggio = (
        f"Il contributo richiesto, {E(contributo)}, supera il massimo: {conto} ({avviso['atto']}), di {E(contributo - tetto)}."
    )
    luogo = Luogo(_tabella_costi(edizione).chiave, TOTALE, "contributo", "Contributo richiesto")
    return [Segnalazione("contribution_above_ceiling", Gravita.ERRORE, messaggio, (luogo,), _sopra(contributo, tetto))]


def cofinanziamento_non_attribuito(edizione: Edizione, contenuto: Contenuto) -> list[Segnalazione]:
    """Cofinancing that names no partner: legitimate, but somebody must find the money. A row that does not say even
    its settore is wrong (the form of the row says so), and is not told here again.
    """
    righe_senza = [
        r for r in contenuto["cofinanziamenti"] if not r["partecipazione"] and r["settore"] and Decimal(r["importo"] or 0)
    ]
    if not righe_senza:
        return []
    per_settore: dict[str, Decimal] = defaultdict(Decimal)
    for riga in righe_senza:
        per_settore[riga["settore"]] += Decimal(riga["importo"])
    importi_detti = " e ".join(f"{E(importo)} ({settore})" for settore, importo in sorted(per_settore.items(), reverse=True))
    blocco = _blocco_di(edizione, "cofinanziamenti", "tabella")
    luoghi = tuple(Luogo(blocco.chiave, r["id"], "partecipazione", blocco.titolo) for r in righe_senza)
    return [
        Segnalazione(
            "cofinancing_not_attributed_to_partners",
            Gravita.INFORMAZIONE,
            f"Il cofinanziamento non è attribuito a nessun soggetto per {importi_detti}.",
            luoghi,
            {"amount": f"{sum(per_settore.values()):.2f}"},
        )
    ]


def _percento(valore: Decimal) -> str:
    return f"{importi.scrivi_importo(valore).removesuffix(',00')}%"
