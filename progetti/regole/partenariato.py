"""The limits on who takes part and on what they do together: how many, of which kind, led by whom."""

import re

from conciliazione.schede.contenuto import Contenuto, RigaAzione, RigaSoggetto, VoceDiCatalogo
from conciliazione.schede.edizione import Edizione
from conciliazione.schede.tipi import Luogo, vuoto

from . import dove
from .verifica import Esito, Verifica, atto, esito, limite

PARTECIPANO = ("capofila", "partner")
"""Who counts as a member of the partnership; who adheres with a letter, or supports it, does not."""
PICCOLE = ("micro", "piccola")


def partner(contenuto: Contenuto) -> list[RigaSoggetto]:
    """The members of the partnership, capofila included."""
    return [p for p in contenuto["partecipazioni"] if p["ruolo"] in PARTECIPANO]


def _luogo(edizione: Edizione) -> Luogo:
    """Where soggetti come and go."""
    elenco = next((b for b in edizione.blocchi if b.gestione), None)
    return dove.luogo(edizione, elenco or dove.blocco_di(edizione, "partecipazioni"), "", "", "Soggetti del progetto")


def _almeno(
    edizione: Edizione, contenuto: Contenuto, parametro: str, regola: str, titolo: str, quanti: int, di_che: str
) -> Verifica | None:
    """A count that has a minimum."""
    if (minimo := limite(contenuto, parametro)) is None:
        return None
    bene, fonte = quanti >= minimo, atto(contenuto, parametro)
    conto = f"{di_che}: {quanti} {'≥' if bene else '<'} {minimo}"
    messaggio = "" if bene else f"{titolo}: {_ne_servono(minimo)} ({fonte}), {_ce_ne(quanti)}."
    dati = {} if bene else {"count": quanti, "minimum": minimo}
    return Verifica(regola, parametro, titolo, esito(bene), conto, fonte, _luogo(edizione), messaggio, dati)


def _ne_servono(minimo: int) -> str:
    return "ne serve almeno uno" if minimo == 1 else f"ne servono almeno {minimo}"


def _ce_ne(quanti: int) -> str:
    return {0: "non ce n'è nessuno", 1: "ce n'è uno"}.get(quanti, f"ce ne sono {quanti}")


def _soggetti(edizione: Edizione, contenuto: Contenuto) -> Verifica | None:
    titolo = "Enti del partenariato, capofila compreso"
    quanti = len(partner(contenuto))
    return _almeno(edizione, contenuto, "soggetti_minimi", "too_few_partners", titolo, quanti, "enti")


def _pubblici(edizione: Edizione, contenuto: Contenuto) -> Verifica | None:
    quanti = sum(p["settore"] == "pubblico" for p in partner(contenuto))
    titolo = "Enti pubblici del partenariato"
    return _almeno(edizione, contenuto, "pubblici_minimi", "too_few_public_partners", titolo, quanti, "enti pubblici")


NON_CHIESTI = "il modulo non chiede addetti, fatturato né iscrizione alla CCIAA"


def _imprese(edizione: Edizione, contenuto: Contenuto) -> Verifica | None:
    """How many firms declare to be micro or small. That they are, no form lets anybody verify; and where the form does
    not even ask it, nobody can mend a count that is too low.
    """
    dichiarate = [p for p in partner(contenuto) if p.get("dimensione") in PICCOLE]
    titolo, che = "Soggetti che si dichiarano micro o piccole imprese", "dichiarate micro o piccole"
    v = _almeno(edizione, contenuto, "imprese_minime", "too_few_small_firms", titolo, len(dichiarate), che)
    chiesta = dove.blocco_con(edizione, "dimensione", "partecipazioni") is not None
    if v is None or (v.esito is Esito.SUPERATO and chiesta) or not (dichiarate or v.messaggio):
        return v
    nomi = "; ".join(p["denominazione"] or "(senza nome)" for p in dichiarate)
    detto = f"è solo dichiarata ({nomi})" if dichiarate else "non è indicata per nessun soggetto"
    messaggio = f"La dimensione di micro o piccola impresa {detto}: {NON_CHIESTI}."
    dati = {"declared": len(dichiarate), "minimum": limite(contenuto, "imprese_minime")}
    conto = f"{v.conto}; {NON_CHIESTI}"
    return Verifica("micro_or_small_size", v.parametro, titolo, Esito.NON_VERIFICABILE, conto, v.atto, v.luogo, messaggio, dati)


def _capofila_pubblico(edizione: Edizione, contenuto: Contenuto) -> Verifica | None:
    parametro, titolo = "capofila_pubblico", "Capofila ente pubblico"
    capofila = next((p for p in contenuto["partecipazioni"] if p["ruolo"] == "capofila"), None)
    if not limite(contenuto, parametro) or capofila is None:
        return None
    bene, fonte, nome = (
        capofila["settore"] == "pubblico",
        atto(contenuto, parametro),
        capofila["denominazione"] or "Il capofila",
    )
    conto = f"{nome}: {capofila['settore'] or 'settore non indicato'}"
    messaggio = "" if bene else f"Il capofila dev'essere un ente pubblico ({fonte}): {nome} non lo è."
    return Verifica("capofila_not_public", parametro, titolo, esito(bene), conto, fonte, _luogo(edizione), messaggio)


# Interventions. ----------------------------------------------------------------------------------------------------------


def interventi_scelti(edizione: Edizione, contenuto: Contenuto) -> tuple[list[str] | None, Luogo]:
    """The types of intervention that the scheda says it chooses (None: it does not ask), and where it says so."""
    for blocco in edizione.blocchi:
        for nome, campo in blocco.campi().items():
            if not blocco.fonte and (nome == "interventi" or getattr(campo, "catalogo", False)):
                detto = blocco.valore(contenuto, {"id": ""}, nome)
                scelti = detto if isinstance(detto, list) else [] if vuoto(detto) else [str(detto)]
                nota = str(campo.nome)
                return scelti, dove.luogo(edizione, blocco, "", nome, nota)
    return None, dove.luogo(edizione, dove.blocco_di(edizione, "azioni"), "", "", "Azioni del progetto")


def tipo_di(azione: RigaAzione, noti: set[str]) -> str:
    """The type of intervention that the code of an action names: the code itself when it is one, or else its letter."""
    codice = (azione.get("codice") or "").strip().upper()
    lettera = re.match(r"[A-Z]+", codice)
    return codice if codice in noti or not lettera else lettera[0]


def complementari_di(contenuto: Contenuto) -> set[str]:
    """The interventions that the avviso wants together with others."""
    return {v["codice"].strip().upper() for v in limite(contenuto, "catalogo") or [] if v.get("complementare")}


def _complementare(edizione: Edizione, contenuto: Contenuto) -> Verifica | None:
    """An intervention that only goes with others is the only one indicated; the activities say it where nothing is."""
    catalogo = {v["codice"].strip().upper(): v for v in limite(contenuto, "catalogo") or []}
    complementari = complementari_di(contenuto)
    scelti, luogo = interventi_scelti(edizione, contenuto)
    delle_azioni = {tipo_di(a, set(catalogo)) for a in dove.foglie(contenuto)} - {""}
    tipi = {s.strip().upper() for s in scelti or []} or delle_azioni
    if not complementari or not tipi:
        return None
    bene, fonte, titolo = bool(tipi - complementari), atto(contenuto, "catalogo"), "Interventi che non possono essere gli unici"
    conto = f"scelti {', '.join(sorted(tipi))}; non da soli: {', '.join(sorted(complementari))}"
    messaggio = "" if bene else _da_soli(sorted(tipi), catalogo, fonte)
    regola = "complementary_action_alone"
    return Verifica(regola, "catalogo", titolo, esito(bene), conto, fonte, luogo, messaggio)


def _da_soli(tipi: list[str], catalogo: dict[str, VoceDiCatalogo], fonte: str) -> str:
    detti = " e ".join(f"{t} ({catalogo[t]['titolo']})" for t in tipi)
    cosa = "è un intervento complementare" if len(tipi) == 1 else "sono interventi complementari"
    return f"{detti} {cosa}: serve almeno un altro intervento ({fonte})."


LIMITI = (_soggetti, _pubblici, _imprese, _capofila_pubblico, _complementare)
