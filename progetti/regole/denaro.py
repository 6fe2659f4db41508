"""The rules of money: what a form must say of it, and what cannot be. The limits of the avviso are in `limiti`."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal

from conciliazione.italiano.importi import scrivi_importo as E
from conciliazione.italiano.parole import in_cifre
from conciliazione.schede.contenuto import Contenuto, RigaAzione, RigaCofinanziamento, RigaSoggetto
from conciliazione.schede.edizione import COFINANZIAMENTI, Blocco, Edizione, Tabella
from conciliazione.schede.prospetto import VOCI, Prospetto, prospetti, voci_tolte
from conciliazione.schede.segnalazioni import rifiuti
from conciliazione.schede.tipi import Gravita, Luogo, Segnalazione

from ..contenuto import conti
from . import dove

ZERO = Decimal("0.00")


def senza_azioni_o_costi(edizione: Edizione, contenuto: Contenuto) -> list[Segnalazione]:
    """No action at all, or actions whose cost is asked and not said; no cost at all, where costs go by item."""
    azioni = dove.foglie(contenuto)
    if not azioni:
        tabella = dove.blocco_di(edizione, "azioni", Tabella.genere) or dove.blocco_di(edizione, "azioni")
        luogo = dove.luogo(edizione, tabella, "", "", tabella.chiamato if tabella else "")
        return [_manca("Non c'è ancora nessuna azione.", luogo), *_senza_voci(edizione, contenuto)]
    prospetto = dove.tabella_costi(edizione, conti.PROSPETTO_AZIONI)
    senza = _senza_costo(contenuto)
    if prospetto is None or not senza:
        return _senza_voci(edizione, contenuto)
    luoghi = tuple(Luogo(prospetto.chiave, a["id"], "costo", _nome(prospetto, contenuto, a)) for a in senza)
    messaggio = f"Manca il costo di: {'; '.join(luogo.nota for luogo in luoghi)}."
    return [_manca(messaggio, *luoghi), *_senza_voci(edizione, contenuto)]


def _senza_costo(contenuto: Contenuto) -> list[RigaAzione]:
    return [a for a in dove.foglie(contenuto) if conti.costo(contenuto, a["id"]) is None]


def _manca(messaggio: str, *luoghi: Luogo) -> Segnalazione:
    return Segnalazione("missing_required", Gravita.ERRORE, messaggio, luoghi)


def _senza_voci(edizione: Edizione, contenuto: Contenuto) -> list[Segnalazione]:
    if edizione.prospetto == conti.PROSPETTO_AZIONI or dove.costo(edizione, contenuto) is not None:
        return []
    luogo = _tutta(edizione, dove.tabella_costi(edizione))
    return [_manca(f"{luogo.nota}: non c'è ancora nessun importo.", luogo)]


def _tutta(edizione: Edizione, tabella: Prospetto | None) -> Luogo:
    """A table of costs, as a place; where the form has none, its beginning."""
    return dove.luogo(edizione, tabella, "", "", tabella.chiamato if tabella else "Costi")


def _nome(prospetto: Prospetto, contenuto: Contenuto, azione: RigaAzione) -> str:
    """The title of an action or, while it has none, its place in the table."""
    numero = [a["id"] for a in contenuto["azioni"]].index(azione["id"]) + 1
    return prospetto.titolo_riga(azione) or f"azione n. {numero}"


def cofinanziamento_oltre_il_costo(edizione: Edizione, contenuto: Contenuto) -> list[Segnalazione]:
    """Cofinancing above the cost of its action (of the project, where costs go by item): an error, never a negative
    contribution. An action without a cost is told as such (`senza_azioni_o_costi`).
    """
    prospetto = dove.tabella_costi(edizione)
    if prospetto is None or edizione.prospetto != conti.PROSPETTO_AZIONI:
        return _progetto_oltre_il_costo(edizione, contenuto, prospetto)
    trovate = []
    for azione in contenuto["azioni"]:
        cofinanziamento = conti.cofinanziamento(contenuto, azione["id"]) or ZERO
        costo = conti.costo(contenuto, azione["id"])
        if costo is None and azione["genere"] == "azione":
            continue
        if cofinanziamento > (costo or 0):
            nome = _nome(prospetto, contenuto, azione)
            righe = [c for c in contenuto["cofinanziamenti"] if c["azione"] == azione["id"]]
            luoghi = (Luogo(prospetto.chiave, azione["id"], "costo", nome), *_da_chi(edizione, contenuto, righe, costo or ZERO))
            trovate.append(_oltre_il_costo(luoghi, f"{nome}: il", cofinanziamento, costo))
    return trovate


def _progetto_oltre_il_costo(edizione: Edizione, contenuto: Contenuto, prospetto: Prospetto | None) -> list[Segnalazione]:
    costo, messo = dove.costo(edizione, contenuto), conti.cofinanziamento(contenuto) or ZERO
    if costo is None or messo <= costo:
        return []
    luogo = dove.luogo(edizione, prospetto, "", "", "Costo del progetto")
    luoghi = (luogo, *_da_chi(edizione, contenuto, contenuto["cofinanziamenti"], costo))
    return [_oltre_il_costo(luoghi, "Il", messo, costo)]


def _da_chi(edizione: Edizione, contenuto: Contenuto, righe: Sequence[RigaCofinanziamento], costo: Decimal) -> Iterator[Luogo]:
    """The figures that go beyond a cost, so that whose they are is told: of who goes beyond it alone or, where nobody does,
    of all that do so together.
    """
    messo: dict[str, Decimal] = defaultdict(Decimal)
    for riga in righe:
        messo[riga["partecipazione"] or ""] += Decimal(riga["importo"] or 0)
    messo.pop("", None)
    soli = {chi for chi, quanto in messo.items() if quanto > costo}
    nomi = {p["id"]: p["denominazione"] or "(senza nome)" for p in contenuto["partecipazioni"]}
    blocco = blocco_cofinanziamento(edizione)
    for riga in righe:
        chi = riga["partecipazione"] or ""
        if blocco and chi in (soli or messo) and Decimal(riga["importo"] or 0):
            yield _della_cifra(blocco, riga, chi, f"Cofinanziamento di {nomi[chi]}")


def _della_cifra(blocco: Blocco, riga: RigaCofinanziamento, chi: str, nota: str) -> Luogo:
    """Where one figure of cofinancing is typed: in its row of the table or, in a prospetto, in the row of whose it is."""
    if blocco.fonte == COFINANZIAMENTI:
        return Luogo(blocco.chiave, riga["id"], "importo", nota)
    colonna = next((c for c in blocco.colonne if c.scrive and c.cella.get("natura") == riga["natura"]), None)
    return Luogo(blocco.chiave, chi if blocco.fonte == "partecipazioni" else "", colonna.chiave if colonna else "", nota)


def _oltre_il_costo(luoghi: tuple[Luogo, ...], inizio: str, cofinanziamento: Decimal, costo: Decimal | None) -> Segnalazione:
    oltre = cofinanziamento - (costo or 0)
    detto = "ma il costo non è indicato" if costo is None else f"più del costo, {E(costo)}: {E(oltre)} di troppo"
    messaggio = f"{inizio} cofinanziamento è {E(cofinanziamento)}, {detto}."
    dati = {"cofinancing": f"{cofinanziamento:.2f}", "cost": f"{costo or 0:.2f}", "difference": f"{oltre:.2f}"}
    return Segnalazione("cofinancing_above_cost", Gravita.ERRORE, messaggio, luoghi, dati)


# Who cofinances. ---------------------------------------------------------------------------------------------------------


def cofinanziamento_non_attribuito(edizione: Edizione, contenuto: Contenuto) -> list[Segnalazione]:
    """Cofinancing that names no partner: legitimate, but somebody must find the money. A row that its form refuses, because
    it wants at least the settore, is told as refused, and not here again.
    """
    righe_senza = [
        r
        for r in contenuto["cofinanziamenti"]
        if not r["partecipazione"] and Decimal(r["importo"] or 0) and not _rifiutata(edizione, contenuto, r)
    ]
    if not righe_senza:
        return []
    per_settore: dict[str, Decimal] = defaultdict(Decimal)
    for riga in righe_senza:
        per_settore[riga["settore"] or ""] += Decimal(riga["importo"] or 0)
    importi_detti = " e ".join(f"{E(i)} ({s})" if s else E(i) for s, i in sorted(per_settore.items(), reverse=True))
    messaggio = f"Il cofinanziamento non è attribuito a nessun soggetto per {importi_detti}."
    luoghi = _righe_di_cofinanziamento(edizione, righe_senza)
    dati = {"amount": f"{sum(per_settore.values()):.2f}"}
    return [Segnalazione("cofinancing_not_attributed_to_partners", Gravita.INFORMAZIONE, messaggio, luoghi, dati)]


def _rifiutata(edizione: Edizione, contenuto: Contenuto, riga: RigaCofinanziamento) -> bool:
    blocco = dove.blocco_con(edizione, "settore", "cofinanziamenti")
    return blocco is not None and "settore" in dict(rifiuti(blocco.form(contenuto, riga), blocco.valori(contenuto, riga)))


def _righe_di_cofinanziamento(edizione: Edizione, righe: list[RigaCofinanziamento]) -> tuple[Luogo, ...]:
    """Rows of the table of cofinancing; where the form has one figure only, the place of that figure."""
    tabella = dove.blocco_di(edizione, "cofinanziamenti", Tabella.genere)
    if tabella:
        return tuple(Luogo(tabella.chiave, r["id"], "partecipazione", tabella.titolo) for r in righe)
    return (dove.luogo(edizione, blocco_cofinanziamento(edizione), "", "", "Cofinanziamento"),)


def blocco_cofinanziamento(edizione: Edizione) -> Blocco | None:
    """Where the cofinancing is typed."""
    tabella = dove.blocco_di(edizione, "cofinanziamenti")
    return tabella or next((b for b in prospetti(edizione) if b.scrive_denaro(COFINANZIAMENTI)), None)


def partner_senza_cofinanziamento(edizione: Edizione, contenuto: Contenuto) -> list[Segnalazione]:
    """Members that put in nothing while others do: told by name, capofila included. It may well be so agreed."""
    membri = [p for p in contenuto["partecipazioni"] if p["ruolo"] in ("capofila", "partner")]
    senza = [p for p in membri if not conti.cofinanziamento(contenuto, partecipazione=p["id"])]
    if not senza or len(senza) == len(membri):
        return []
    blocco = blocco_cofinanziamento(edizione)
    luoghi = tuple(dove.luogo(edizione, blocco, p["id"], "", p["denominazione"] or "(senza nome)") for p in senza)
    messaggio = f"Non cofinanziano il progetto: {'; '.join(luogo.nota for luogo in luoghi)}.{_di_nessuno(contenuto, senza)}"
    titolo = "Nessun cofinanziamento indicato"
    regola = "partners_without_cofinancing"
    return [Segnalazione(regola, Gravita.INFORMAZIONE, messaggio, luoghi, {"partners": len(senza)}, titolo)]


ENTI_DI = {"pubblico": "pubblici", "privato": "privati"}


def _di_nessuno(contenuto: Contenuto, senza: list[RigaSoggetto]) -> str:
    """A settore from which nothing comes: its line is blank, which is not zero."""
    muti = [s for s in ENTI_DI if s in {p["settore"] for p in senza} and conti.cofinanziamento(contenuto, settore=s) is None]
    return "".join(f" Dagli enti {ENTI_DI[s]} non viene nessun cofinanziamento: la riga resta vuota, non zero." for s in muti)


# One cost, several breakdowns. -------------------------------------------------------------------------------------------


def prospetti_discordi(edizione: Edizione, contenuto: Contenuto) -> list[Segnalazione]:
    """Two breakdowns of the same cost that do not come to the same total. One that is still blank is not compared; one
    that falls short because actions have no cost yet is told as such (`senza_azioni_o_costi`).
    """
    totale = dove.costo(edizione, contenuto)
    guida = dove.tabella_costi(edizione)
    if totale is None or guida is None:
        return []
    altri = {b.nome: b for b in prospetti(edizione) if b.nome not in ("", "beni", edizione.prospetto)}
    trovate = []
    for nome, blocco in altri.items():
        somma = conti.costo(contenuto, prospetto=nome)
        manca = nome == conti.PROSPETTO_AZIONI and somma is not None and somma < totale and _senza_costo(contenuto)
        if somma is not None and somma != totale and not manca:
            trovate.append(_discordi(guida, totale, blocco, somma))
    return trovate


def _discordi(guida: Prospetto, totale: Decimal, altro: Prospetto, somma: Decimal) -> Segnalazione:
    scarto = abs(somma - totale)
    messaggio = (
        f"«{altro.chiamato}» dà un costo di {E(somma)}, «{guida.chiamato}» di {E(totale)}: "
        f"{E(scarto)} {'in più' if somma > totale else 'in meno'}; i due totali devono essere uguali."
    )
    luoghi = (Luogo(altro.chiave, "", "", altro.chiamato), Luogo(guida.chiave, "", "", guida.chiamato))
    dati = {"leading": f"{totale:.2f}", "other": f"{somma:.2f}", "difference": f"{scarto:.2f}"}
    return Segnalazione("breakdowns_disagree", Gravita.ERRORE, messaggio, luoghi, dati)


def beni_oltre_la_voce(edizione: Edizione, contenuto: Contenuto) -> list[Segnalazione]:
    """The «di cui beni» of a cost item above the item itself."""
    blocco = dove.tabella_costi(edizione, "beni")
    if blocco is None:
        return []
    trovate = []
    for voce in blocco.righe(contenuto):
        intera, beni = (conti.costo(contenuto, voce["id"], prospetto=p) for p in (edizione.prospetto, "beni"))
        if beni and intera is not None and beni > intera:
            messaggio = f"Di cui beni {E(beni)}: è più di tutta la voce {voce['id']}, {E(intera)}."
            luogo = Luogo(blocco.chiave, voce["id"], blocco.colonne[0].chiave, blocco.chiamato)
            dati = {"goods": f"{beni:.2f}", "item": f"{intera:.2f}"}
            trovate.append(Segnalazione("goods_above_item", Gravita.ERRORE, messaggio, (luogo,), dati))
    return trovate


def costi_senza_azioni(edizione: Edizione, contenuto: Contenuto) -> list[Segnalazione]:
    """Voucher money in a form that asks costs by item only: with several actions nobody can say how much goes to each."""
    nomi = {b.nome for b in prospetti(edizione) if b.nome} - {"beni"}
    voucher = dove.costo_di_genere(edizione, contenuto, "voucher")
    azioni = dove.foglie(contenuto)
    if nomi != {"voci"} or not voucher or len(azioni) < 2:
        return []
    messaggio = (
        f"I voucher, {E(voucher)}, sono una voce sola: il modulo non chiede i costi per azione, "
        f"e non si può dire quanto va a ciascuna delle {len(azioni)} azioni."
    )
    luogo = _tutta(edizione, dove.tabella_costi(edizione))
    return [Segnalazione("no_budget_by_action", Gravita.INFORMAZIONE, messaggio, (luogo,), {"amount": f"{voucher:.2f}"})]


def ore_e_costo_del_personale(edizione: Edizione, contenuto: Contenuto) -> list[Segnalazione]:
    """Hours worked out from the whole budget of the cards, while only a part of the cost is personnel.

    With hours H and budget B of the cards, H hours at the mean rate B/H cost B: told when that is over personnel by a fifth.
    """
    ore = sum(a.get("ore") or 0 for a in contenuto["azioni"])
    bilancio = conti.costo(contenuto, prospetto=conti.PROSPETTO_AZIONI)
    personale = dove.costo_di_genere(edizione, contenuto, "personale")
    if not ore or not bilancio or personale is None or bilancio * 100 <= personale * 120:
        return []
    tariffa = (bilancio / ore).quantize(Decimal("0.01"))
    messaggio = (
        f"Le ore di servizio sono {in_cifre(ore)}: alla tariffa media delle schede, {E(tariffa)} l'ora, costerebbero "
        f"{E(bilancio)}, ma le spese di personale sono {E(personale)}. Ore e costo del personale non vanno d'accordo."
    )
    luoghi = (_tutta(edizione, dove.tabella_costi(edizione, "voci")), *_ore(edizione, contenuto))
    dati = {"hours": ore, "rate": f"{tariffa:.2f}", "budget": f"{bilancio:.2f}", "personnel": f"{personale:.2f}"}
    return [Segnalazione("hours_vs_personnel_cost", Gravita.AVVISO, messaggio, luoghi, dati)]


def _ore(edizione: Edizione, contenuto: Contenuto) -> list[Luogo]:
    blocco = dove.blocco_con(edizione, "ore", "azioni")
    if blocco is None:
        return []
    con_ore = [a for a in contenuto["azioni"] if a["ore"]]
    return [Luogo(blocco.chiave, a["id"], "ore", dove.nome_azione(contenuto, a)) for a in con_ore]


def costi_fuori_dalle_voci(edizione: Edizione, contenuto: Contenuto) -> list[Segnalazione]:
    """Amounts on cost items that the avviso, changed meanwhile, does not have: whoever filled them in moves them."""
    return [
        _fuori_dalle_voci(blocco, contenuto, tolte)
        for blocco in prospetti(edizione)
        if blocco.fonte == VOCI and (tolte := voci_tolte(blocco, contenuto))
    ]


def _fuori_dalle_voci(blocco: Prospetto, contenuto: Contenuto, tolte: list[str]) -> Segnalazione:
    somma = sum((conti.costo(contenuto, voce, prospetto=blocco.nome) or Decimal(0) for voce in tolte), Decimal(0))
    luoghi = tuple(Luogo(blocco.chiave, voce, "", f"voce {voce}") for voce in tolte)
    messaggio = f"Ci sono {E(somma)} su voci di costo che l'avviso non ha ({', '.join(tolte)}): spostali su un'altra voce."
    return Segnalazione("cost_outside_items", Gravita.ERRORE, messaggio, luoghi, {"amount": f"{somma:.2f}"})
