"""Who may file, withdraw, discard, lend and take away a scheda; what of a version this reader does not see."""

from conciliazione.schede.lettura import RISERVATO, Nascondi
from conciliazione.schede.segnalazioni import MANCANTI

from ..models import Progetto
from ..permessi import (
    ats_di,
    e_ats,
    e_capofila,
    e_responsabile,
    mie_partecipazioni,
    prepara,
    puo_compilare,
    puo_leggere_i_dati_personali,
    puo_leggere_la_scheda,
)
from ..stati import PRESENTATI, Stato


def puo_prestare(utente, progetto: Progetto) -> bool:
    """Whether the person lends the draft to the ATS, and takes it back: who prepares it, where there is an ATS."""
    return puo_compilare(utente, progetto) and bool(ats_di(progetto))


def puo_presentare(utente, progetto: Progetto) -> bool:
    """Whether the person files: a responsabile of the capofila, or who represents it. An operatore prepares."""
    return progetto.modificabile and e_responsabile(utente, progetto)


def puo_eliminare(utente, progetto: Progetto) -> bool:
    """Whether the person throws a draft away: who prepares it. What was filed or shared stays (`transizioni.elimina`)."""
    return progetto.stato == Stato.BOZZA and prepara(utente, progetto)


def puo_riaprire(utente, progetto: Progetto) -> bool:
    """Whether the person withdraws a filing, to make it again: who could file, as long as the window is open."""
    return e_responsabile(utente, progetto) and progetto.stato == "presentato" and progetto.avviso.aperto


def puo_esportare(utente, progetto: Progetto) -> bool:
    """Whether the person has the PDF, with everybody's personal data: capofila and ATS."""
    return e_capofila(utente, progetto) or (progetto.stato in PRESENTATI and e_ats(utente, progetto))


def puo_prendere_la_scheda(utente, progetto: Progetto, miei: list[str] | None) -> bool:
    """Whether the person has a file of the live scheda: who reads there the data of these soggetti, or (None) of all."""
    if puo_leggere_i_dati_personali(utente, progetto):
        return puo_leggere_la_scheda(utente, progetto)
    return miei is not None and set(miei) <= mie_partecipazioni(utente, progetto) and puo_leggere_la_scheda(utente, progetto)


def oscura(lettura: dict, nascondi: Nascondi) -> set[tuple[str, str, str]]:
    """Take out of a frozen reading the personal data that this reader does not see; returns their places.

    What is personal was frozen with the reading: today's edition has no say, and what does not tell is hidden.
    """
    return {
        posto
        for sezione in lettura["sezioni"]
        for blocco in sezione["blocchi"]
        for riga in blocco["righe"]
        for posto in _oscura_riga(blocco, riga, riga["id"], nascondi)
    }


def _oscura_riga(blocco: dict, riga: dict, di_chi: str, nascondi: Nascondi) -> set[tuple[str, str, str]]:
    """What hangs from a row belongs to whom the row does."""
    nascosti = set()
    for voce in riga["voci"]:
        if nascondi(di_chi, voce.get("personale", True)):
            voce |= {"testo": RISERVATO, "valore": None, "opzioni": [], "riservata": True, "dichiarato": ""}
            nascosti.add((blocco["chiave"], riga["id"], voce["chiave"]))
    for figlia in riga.get("figlie", ()):
        for sotto in figlia["righe"]:
            nascosti |= _oscura_riga(figlia, sotto, di_chi, nascondi)
    return nascosti


def tace(segnalazioni: list[dict], nascosti: set[tuple[str, str, str]]) -> list[dict]:
    """Return the frozen segnalazioni without those whose words tell what this reader does not see."""

    def tocca(segnalazione: dict) -> bool:
        return any((p["blocco"], p["riga"], p["campo"]) in nascosti for p in segnalazione["luoghi"])

    return [s for s in segnalazioni if s["regola"] in MANCANTI or not tocca(s)]
