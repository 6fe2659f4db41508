"""The limits that an avviso states, each with its working; amounts are compared, inclusive at the cent.

What the avviso does not state gives nothing; what the scheda does not say yet is not told as exceeded.
"""

from dataclasses import replace
from decimal import Decimal

from conciliazione.italiano import importi
from conciliazione.italiano.date import mesi_tra, scrivi_mese
from conciliazione.italiano.importi import scrivi_importo as E
from conciliazione.italiano.parole import quanti
from conciliazione.schede.campo import Campo
from conciliazione.schede.contenuto import Contenuto
from conciliazione.schede.edizione import Edizione
from conciliazione.schede.lettura import TOTALE
from conciliazione.schede.prospetto import prospetti
from conciliazione.schede.tipi import Gravita, Luogo, Segnalazione

from ..contenuto import conti
from . import dove, partenariato
from .verifica import Esito, Verifica, atto, esito, limite, percento, sopra

SENZA_COSTI = "i costi non sono ancora tutti indicati"
ZERO = Decimal("0.00")


def verifiche(edizione: Edizione, contenuto: Contenuto) -> list[Verifica]:
    """Every limit that the avviso states, in the order in which its page prints them."""
    limiti = (
        _percentuale_di_contributo,
        _contributo_massimo,
        _cofinanziamento_minimo,
        _spese_generali,
        _beni,
        _durata,
        _termine,
        _aree,
        *partenariato.LIMITI,
    )
    trovate = [limite(edizione, contenuto) for limite in limiti]
    return [v for v in trovate if v is not None]


def limiti_dell_avviso(edizione: Edizione, contenuto: Contenuto) -> list[Segnalazione]:
    """What is told of the limits: those exceeded, and those that the form leaves nobody a way to check."""
    return [_segnalazione(v) for v in _fatti(verifiche(edizione, contenuto)) if v.messaggio]


def spese_generali_oltre_il_massimo(edizione: Edizione, contenuto: Contenuto) -> list[Segnalazione]:
    """Of the limits, the one on general expenses."""
    return [s for s in limiti_dell_avviso(edizione, contenuto) if s.regola == "overhead_above_ceiling"]


def contributo_oltre_il_massimo(edizione: Edizione, contenuto: Contenuto) -> list[Segnalazione]:
    """Of the limits, those on the contribution."""
    return [s for s in limiti_dell_avviso(edizione, contenuto) if s.regola == "contribution_above_ceiling"]


def _segnalazione(v: Verifica) -> Segnalazione:
    gravita = Gravita.ERRORE if v.esito is Esito.SUPERATO else Gravita.NON_VERIFICABILE
    return Segnalazione(v.regola, gravita, v.messaggio, (v.luogo,), v.dati)


def _fatti(trovate: list[Verifica]) -> list[Verifica]:
    """One fact, one segnalazione: too much contribution is told once, by its tightest ceiling, and so is the cofinancing
    that is too little because of it.
    """
    troppo = [v for v in trovate if v.regola == "contribution_above_ceiling" and v.messaggio]
    poco = [v for v in trovate if v.regola == "cofinancing_below_minimum" and v.messaggio]
    if not troppo:
        return trovate
    stretto = min(troppo, key=lambda v: Decimal(v.dati["ceiling"]))
    detto = replace(stretto, messaggio=" ".join([stretto.messaggio, *(v.messaggio for v in poco)]))
    taciute = {v.parametro for v in (*troppo, *poco)}
    return [detto, *(v for v in trovate if v.parametro not in taciute)]


def _non_si_sa(regola: str, parametro: str, titolo: str, perche: str, contenuto: Contenuto, luogo: Luogo) -> Verifica:
    return Verifica(regola, parametro, titolo, Esito.NON_VERIFICABILE, perche, atto(contenuto, parametro), luogo)


# Contribution and cofinancing. -------------------------------------------------------------------------------------------


def _luogo_totale(edizione: Edizione, colonna: str, nota: str) -> Luogo:
    """The total of the table of costs, when it has that column, or the figure that the form prints by itself."""
    tabelle = (dove.tabella_costi(edizione), *prospetti(edizione))
    con_colonna = (b for b in tabelle if b and colonna in b.caselle)
    if blocco := next(con_colonna, None):
        return dove.luogo(edizione, blocco, TOTALE if blocco.fonte else "", colonna, nota)
    return dove.luogo(edizione, dove.tabella_costi(edizione), TOTALE, "", nota)


def _percentuale_di_contributo(edizione: Edizione, contenuto: Contenuto) -> Verifica | None:
    massimo, costo = limite(contenuto, "contributo_percentuale"), dove.costo_intero(edizione, contenuto)
    if massimo is None:
        return None
    if costo is None:
        return _sul_contributo(edizione, contenuto, "contributo_percentuale", None, "")
    tetto = importi.tetto(Decimal(massimo), costo)
    detto = f"{percento(massimo)} di {E(costo)} = {E(tetto)}"
    return _sul_contributo(edizione, contenuto, "contributo_percentuale", tetto, detto)


def _contributo_massimo(edizione: Edizione, contenuto: Contenuto) -> Verifica | None:
    massimo = limite(contenuto, "contributo_massimo")
    if massimo is None:
        return None
    return _sul_contributo(edizione, contenuto, "contributo_massimo", Decimal(massimo), E(Decimal(massimo)))


TITOLI = {"contributo_percentuale": "Contributo, in percentuale del costo", "contributo_massimo": "Contributo, in euro"}


def _sul_contributo(edizione: Edizione, contenuto: Contenuto, parametro: str, tetto: Decimal | None, detto: str) -> Verifica:
    regola, titolo = "contribution_above_ceiling", TITOLI[parametro]
    luogo, contributo = _luogo_totale(edizione, "contributo", "Contributo richiesto"), dove.contributo(edizione, contenuto)
    if contributo is None or tetto is None:
        return _non_si_sa(regola, parametro, titolo, SENZA_COSTI, contenuto, luogo)
    fonte, bene = atto(contenuto, parametro), contributo <= tetto
    conto = f"contributo {E(contributo)} {'≤' if bene else '>'} {detto}"
    if bene:
        return Verifica(regola, parametro, titolo, esito(bene), conto, fonte, luogo)
    messaggio = f"Il contributo richiesto, {E(contributo)}, supera il massimo: {detto} ({fonte}), di {E(contributo - tetto)}."
    dati = sopra(contributo, tetto)
    return Verifica(regola, parametro, titolo, esito(bene), conto, fonte, luogo, messaggio, dati)


def minimo_di_cofinanziamento(percentuale: Decimal, costo: Decimal) -> Decimal:
    """The least amount that is so many percent of the cost: rounded up to the cent."""
    return costo - importi.tetto(100 - percentuale, costo)


def _cofinanziamento_minimo(edizione: Edizione, contenuto: Contenuto) -> Verifica | None:
    regola, parametro = "cofinancing_below_minimum", "cofinanziamento_minimo"
    if (percentuale := limite(contenuto, parametro)) is None:
        return None
    titolo, luogo = "Cofinanziamento, in percentuale del costo", _luogo_totale(edizione, "cofinanziamento", "Cofinanziamento")
    costo, messo = dove.costo_intero(edizione, contenuto), conti.cofinanziamento(contenuto) or ZERO
    if costo is None:
        return _non_si_sa(regola, parametro, titolo, SENZA_COSTI, contenuto, luogo)
    minimo, fonte = minimo_di_cofinanziamento(Decimal(percentuale), costo), atto(contenuto, parametro)
    bene, detto = messo >= minimo, f"{percento(percentuale)} di {E(costo)} = {E(minimo)}"
    conto = f"cofinanziamento {E(messo)} {'≥' if bene else '<'} {detto}"
    if bene:
        return Verifica(regola, parametro, titolo, esito(bene), conto, fonte, luogo)
    messaggio = f"Il cofinanziamento, {E(messo)}, è sotto il minimo: {detto} ({fonte}); mancano {E(minimo - messo)}."
    dati = {"amount": f"{messo:.2f}", "minimum": f"{minimo:.2f}", "difference": f"{minimo - messo:.2f}"}
    return Verifica(regola, parametro, titolo, esito(bene), conto, fonte, luogo, messaggio, dati)


# Parts of the cost. ------------------------------------------------------------------------------------------------------


def _base(edizione: Edizione, contenuto: Contenuto, nome: str | None) -> Decimal | None:
    """What a percentage is of; what is granted is known only after the grant."""
    calcola = {"costo": dove.costo, "richiesto": dove.contributo}.get(nome or "")
    return calcola(edizione, contenuto) if calcola else None


def _spese_generali(edizione: Edizione, contenuto: Contenuto) -> Verifica | None:
    parametro, titolo, regola = "spese_generali_massimo", "Spese generali", "overhead_above_ceiling"
    if (massimo := limite(contenuto, parametro)) is None:
        return None
    riga, detto = _generali(edizione, contenuto)
    speso, luogo = detto or ZERO, dove.luogo(edizione, dove.tabella_costi(edizione), riga, "costo", titolo)
    base = _base(edizione, contenuto, limite(contenuto, "spese_generali_base"))
    if dove.costo_intero(edizione, contenuto) is None:
        return _non_si_sa(regola, parametro, titolo, SENZA_COSTI, contenuto, luogo)
    if base is None:
        return _non_si_sa(regola, parametro, titolo, "il contributo concesso non è ancora noto", contenuto, luogo)
    if not riga:
        return _non_si_sa(regola, parametro, titolo, "il modulo non chiede le spese generali", contenuto, luogo)
    v = _entro(contenuto, parametro, regola, titolo, speso, Decimal(massimo), base, luogo)
    if v.esito is Esito.RISPETTATO:
        return v
    tetto = importi.tetto(Decimal(massimo), base)
    messaggio = (
        f"Spese generali {E(speso)}: il massimo è {percento(massimo)} di {E(base)} = {E(tetto)} ({v.atto}), "
        f"superato di {E(speso - tetto)}."
    )
    return replace(v, messaggio=messaggio, dati=sopra(speso, tetto))


def _generali(edizione: Edizione, contenuto: Contenuto) -> tuple[str, Decimal | None]:
    """The row of general expenses and its cost: an action where costs go by action, else a cost item."""
    azione = next((a["id"] for a in contenuto["azioni"] if a["genere"] == "spese_generali"), "")
    if azione:
        return azione, conti.costo(contenuto, azione)
    tabella = dove.tabella_costi(edizione, "voci")
    voci = [r["id"] for r in tabella.righe(contenuto) if r.get("genere") == "generali"] if tabella else []
    return (voci[0] if voci else ""), dove.costo_di_genere(edizione, contenuto, "generali")


def _entro(
    contenuto: Contenuto,
    parametro: str,
    regola: str,
    titolo: str,
    speso: Decimal,
    massimo: Decimal,
    base: Decimal,
    luogo: Luogo,
) -> Verifica:
    bene, tetto = importi.entro(speso, massimo, base), importi.tetto(massimo, base)
    conto = f"{titolo.lower()} {E(speso)} {'≤' if bene else '>'} {percento(massimo)} di {E(base)} = {E(tetto)}"
    return Verifica(regola, parametro, titolo, esito(bene), conto, atto(contenuto, parametro), luogo)


DI_CHE_COSA = {"costo": "del costo", "richiesto": "del contributo richiesto", "concesso": "del contributo concesso"}
SUL_RICHIESTO = " (il concesso non è ancora noto: il conto è sul richiesto)"


def _beni(edizione: Edizione, contenuto: Contenuto) -> Verifica | None:
    """Goods are a part of the other direct costs: a form may not separate them, and then nobody can tell."""
    parametro, titolo, regola = "beni_massimo", "Acquisto di beni", "goods_ceiling"
    nome = limite(contenuto, "beni_base")
    if (massimo := limite(contenuto, parametro)) is None or not nome:
        return None
    tabella = dove.tabella_costi(edizione, "beni") or dove.tabella_costi(edizione)
    luogo = dove.luogo(edizione, tabella, "", "", titolo)
    base = _base(edizione, contenuto, "richiesto" if nome == "concesso" else nome)
    if base is None or dove.costo_intero(edizione, contenuto) is None:
        return _non_si_sa(regola, parametro, titolo, SENZA_COSTI, contenuto, luogo)
    beni, tetto = _spesa_in_beni(edizione, contenuto), importi.tetto(Decimal(massimo), base)
    di_che = DI_CHE_COSA[nome] + (SUL_RICHIESTO if nome == "concesso" else "")
    detto = f"{percento(massimo)} {di_che}, {E(base)} = {E(tetto)}"
    v = Verifica(regola, parametro, titolo, Esito.NON_VERIFICABILE, "", atto(contenuto, parametro), luogo)
    if beni is None:
        dati = {"ceiling": f"{tetto:.2f}"}
        perche = "quanto si spende in beni non è indicato a parte"
        messaggio = f"Acquisto di beni: il massimo è {detto} ({v.atto}), ma {perche}: non si può verificare."
        return replace(v, conto=f"{perche}; il massimo è {detto}", messaggio=messaggio, dati=dati)
    bene = beni <= tetto
    v = replace(v, esito=esito(bene), conto=f"beni {E(beni)} {'≤' if bene else '>'} {detto}")
    if bene:
        return v
    messaggio = f"Acquisto di beni {E(beni)}: il massimo è {detto} ({v.atto}), superato di {E(beni - tetto)}."
    return replace(v, messaggio=messaggio, dati=sopra(beni, tetto))


def _spesa_in_beni(edizione: Edizione, contenuto: Contenuto) -> Decimal | None:
    """The «di cui beni» when the form asks it, else the cost items that are goods."""
    di_cui = conti.costo(contenuto, prospetto="beni")
    return dove.costo_di_genere(edizione, contenuto, "beni") if di_cui is None else di_cui


# Time and areas. ---------------------------------------------------------------------------------------------------------


def mesi_del_progetto(contenuto: Contenuto) -> int | None:
    """How long the project lasts, as it says or from its two months."""
    progetto = contenuto["progetto"]
    if (mesi := progetto.get("durata_mesi")) is not None:
        return mesi
    dal, al = progetto["durata_dal"], progetto["durata_al"]
    return mesi_tra(dal, al) if dal and al and dal <= al else None


def _durata(edizione: Edizione, contenuto: Contenuto) -> Verifica | None:
    parametro, titolo, regola = "durata_massima", "Durata", "duration_above_maximum"
    if (massimo := limite(contenuto, parametro)) is None:
        return None
    campo = "durata_mesi" if dove.blocco_con(edizione, "durata_mesi") else "durata_al"
    luogo = dove.luogo(edizione, dove.blocco_con(edizione, campo), "", campo, titolo)
    mesi = mesi_del_progetto(contenuto)
    if mesi is None:
        return _non_si_sa(regola, parametro, titolo, "la durata non è ancora indicata", contenuto, luogo)
    bene, fonte = mesi <= massimo, atto(contenuto, parametro)
    conto = f"mesi {mesi} {'≤' if bene else '>'} {massimo}"
    messaggio = "" if bene else f"Il progetto dura {quanti(mesi, 'mese', 'mesi')}: il massimo è {massimo} ({fonte})."
    dati = {} if bene else {"months": mesi, "maximum": massimo}
    return Verifica(regola, parametro, titolo, esito(bene), conto, fonte, luogo, messaggio, dati)


def _termine(edizione: Edizione, contenuto: Contenuto) -> Verifica | None:
    """Told by `durata_oltre_il_termine`: here is the working only."""
    parametro, titolo, fine = "attivita_entro", "Termine delle attività", contenuto["progetto"]["durata_al"]
    if (termine := limite(contenuto, parametro)) is None:
        return None
    luogo = dove.luogo(edizione, dove.blocco_con(edizione, "durata_al"), "", "durata_al", "Durata")
    if not fine:
        return _non_si_sa("end_after_deadline", parametro, titolo, "il mese di fine non è indicato", contenuto, luogo)
    bene = fine <= termine[:7]
    giorno = "/".join(reversed(termine.split("-")))
    conto = f"fine {scrivi_mese(fine)} {'entro' if bene else 'dopo'} il {giorno}"
    return Verifica("end_after_deadline", parametro, titolo, esito(bene), conto, atto(contenuto, parametro), luogo)


def _aree(edizione: Edizione, contenuto: Contenuto) -> Verifica | None:
    """Told by the engine, which knows which boxes have a limit: here is the working only."""
    massimo = limite(contenuto, "aree_massime")
    campi = [(b, nome) for b in edizione.blocchi for nome, c in b.campi().items() if _e_limitato(c)]
    if massimo is None or not campi:
        return None
    blocco, nome = campi[0]
    scelte = blocco.valore(contenuto, {"id": ""}, nome)
    luogo = dove.luogo(edizione, blocco, "", nome, "Aree di intervento")
    if not isinstance(scelte, list) or not scelte:
        perche = "nessuna area è ancora indicata"
        return _non_si_sa("too_many_choices", "aree_massime", luogo.nota, perche, contenuto, luogo)
    bene = len(scelte) <= massimo
    conto = f"{len(scelte)} indicate {'≤' if bene else '>'} {massimo}"
    return Verifica("too_many_choices", "aree_massime", luogo.nota, esito(bene), conto, atto(contenuto, "aree_massime"), luogo)


def _e_limitato(campo: Campo) -> bool:
    return getattr(campo, "massimo", "") == "aree_massime"
