"""The state of each block and section, derived from content and segnalazioni: never stored."""

from collections.abc import Sequence

from .contenuto import Contenuto, righe_di
from .edizione import Blocco, Edizione, Sezione, Tabella
from .segnalazioni import MANCANTI
from .tipi import Gravita, Segnalazione, vuoto

VUOTA, IN_CORSO, COMPLETA, DA_CORREGGERE = "vuota", "in corso", "completa", "da correggere"
TONI = {VUOTA: "neutro", IN_CORSO: "attenzione", COMPLETA: "positivo", DA_CORREGGERE: "critico"}
CHIESTE = (Gravita.ERRORE, Gravita.AVVISO)


def stato_riga(
    blocco: Blocco, contenuto: Contenuto, riga: str, segnalazioni: list[Segnalazione], figlie: Sequence[Tabella] = ()
) -> str:
    """Of one row of a block, with what hangs from it."""
    questa = next((r for r in blocco.righe(contenuto) if r["id"] == riga), None)
    valori = blocco.valori(contenuto, questa) if questa else {}
    sotto = {(f.chiave, r["id"]) for f in figlie for r in f.di(riga).righe(contenuto)}
    colonne = contenuto_promosso(contenuto, blocco, riga)
    scritti = [v for nome, v in valori.items() if nome not in colonne]
    pieno = bool(sotto) or any(not vuoto(v) for v in (scritti or valori.values()))
    qui = sotto | {(blocco.chiave, riga)}
    return _stato(pieno, [s for s in segnalazioni if any((p.blocco, p.riga) in qui for p in s.luoghi)])


def contenuto_promosso(contenuto: Contenuto, blocco: Blocco, riga: str) -> set[str]:
    """Fields that a row has from its table (prefilled from the ente): they do not say that somebody was here."""
    if blocco.fonte != "partecipazioni":
        return set()
    return set(next((r for r in righe_di(contenuto, blocco.fonte) if r["id"] == riga), {}))


def stato_sezione(sezione: Sezione, contenuto: Contenuto, segnalazioni: list[Segnalazione]) -> str:
    chiavi = {b.chiave for b in sezione.blocchi}
    pieno = any(
        not vuoto(valore)
        for blocco in sezione.blocchi
        if blocco.modulo is not None or blocco.di_denaro
        for valori in blocco.attuali(contenuto).values()
        for valore in valori.values()
    )
    return _stato(pieno, [s for s in segnalazioni if any(p.blocco in chiavi for p in s.luoghi)])


def _stato(pieno: bool, segnalazioni: list[Segnalazione]) -> str:
    if any(s.gravita is Gravita.ERRORE and s.regola not in MANCANTI for s in segnalazioni):
        return DA_CORREGGERE
    if not pieno:
        return VUOTA
    incompleta = any(s.regola in MANCANTI and s.gravita in CHIESTE for s in segnalazioni)
    return IN_CORSO if incompleta else COMPLETA


def stati(edizione: Edizione, contenuto: Contenuto, segnalazioni: list[Segnalazione]) -> dict[str, str]:
    return {s.chiave: stato_sezione(s, contenuto, segnalazioni) for s in edizione.sezioni}
