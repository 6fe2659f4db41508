"""The rules on what is done: activity cards, phases, durations, recipients."""

from collections import defaultdict
from collections.abc import Iterator

from conciliazione.italiano.parole import quanti
from conciliazione.schede.contenuto import Contenuto, RigaAzione, RigaFase
from conciliazione.schede.edizione import Edizione
from conciliazione.schede.tipi import Gravita, Luogo, Segnalazione

from . import dove
from .limiti import mesi_del_progetto
from .partenariato import complementari_di, interventi_scelti, tipo_di
from .verifica import limite


def _luogo_azione(edizione: Edizione, contenuto: Contenuto, azione: RigaAzione, campo: str = "") -> Luogo:
    blocco = (campo and dove.blocco_con(edizione, campo, "azioni")) or dove.blocco_di(edizione, "azioni")
    return dove.luogo(edizione, blocco, azione["id"], campo, dove.nome_azione(contenuto, azione))


def _luogo_fase(edizione: Edizione, fase: RigaFase, numero: int, campo: str = "") -> Luogo:
    nota = fase["titolo"] or f"fase n. {numero}"
    return dove.luogo(edizione, dove.blocco_di(edizione, "fasi"), fase["id"], campo, nota)


def destinatari_ripetuti(edizione: Edizione, contenuto: Contenuto) -> list[Segnalazione]:
    """The same recipients written in every card: they are the project's, and are told, not added up."""
    azioni = dove.foglie(contenuto)
    detti = [_destinatari(contenuto, a) for a in azioni]
    if len(azioni) < 2 or len(set(detti)) > 1 or not any(detti[0]):
        return []
    persone, accessi = detti[0]
    parti = [
        quanti(persone, "destinatario", "destinatari") if persone else "",
        quanti(accessi, "accesso", "accessi") if accessi else "",
    ]
    messaggio = (
        f"Tutte le {len(azioni)} schede di attività dicono {' e '.join(filter(None, parti))}: se sono le stesse persone, "
        f"i totali del progetto sono {' e '.join(str(n) for n in detti[0] if n)}, non la somma delle schede."
    )
    luoghi = tuple(_luogo_azione(edizione, contenuto, a, "accessi") for a in azioni)
    dati = {"people": persone, "accesses": accessi}
    return [Segnalazione("repeated_recipients", Gravita.INFORMAZIONE, messaggio, luoghi, dati)]


def _destinatari(contenuto: Contenuto, azione: RigaAzione) -> tuple[int | None, int | None]:
    """How many people and how many accesses a card says; None where it says nothing."""
    numeri = [d["numero"] for d in contenuto["destinatari"] if d["azione"] == azione["id"] and d["numero"] is not None]
    return (sum(numeri) if numeri else None), azione.get("accessi")


def durate_oltre_il_progetto(edizione: Edizione, contenuto: Contenuto) -> list[Segnalazione]:
    """Actions and phases that last longer than the project that they are in."""
    durata = mesi_del_progetto(contenuto)
    if durata is None:
        return []
    azioni = [
        (_luogo_azione(edizione, contenuto, a, "mesi"), mesi) for a in contenuto["azioni"] if (mesi := a["mesi"] or 0) > durata
    ]
    fasi = [
        (_luogo_fase(edizione, f, n, "mesi"), mesi)
        for n, f in enumerate(contenuto["fasi"], 1)
        if (mesi := f["mesi"] or 0) > durata
    ]
    lunghe = (("Azioni", azioni), ("Fasi", fasi))
    return [_piu_lunghe(REGOLE_DURATA[cosa], cosa, righe, durata) for cosa, righe in lunghe if righe]


REGOLE_DURATA = {"Azioni": "action_longer_than_project", "Fasi": "phase_longer_than_project"}


def _piu_lunghe(regola: str, cosa: str, righe: list[tuple[Luogo, int]], durata: int) -> Segnalazione:
    dette = "; ".join(f"{luogo.nota} ({quanti(mesi, 'mese', 'mesi')})" for luogo, mesi in righe)
    messaggio = f"{cosa} più lunghe del progetto, che dura {quanti(durata, 'mese', 'mesi')}: {dette}."
    return Segnalazione(regola, Gravita.AVVISO, messaggio, tuple(luogo for luogo, _ in righe), {"months": durata})


def azioni_fuori_dalle_fasi(edizione: Edizione, contenuto: Contenuto) -> list[Segnalazione]:
    """Each action belongs to one phase: told of those in none and of those in several."""
    if not contenuto["fasi"]:
        return []
    quante = {a["id"]: sum(a["id"] in (f["azioni"] or []) for f in contenuto["fasi"]) for a in dove.foglie(contenuto)}
    fuori = [a for a in dove.foglie(contenuto) if quante[a["id"]] != 1]
    if not fuori:
        return []
    luoghi = tuple(_luogo_azione(edizione, contenuto, a) for a in fuori)
    dette = (f"{luogo.nota} ({_in_quante(quante[a['id']])})" for luogo, a in zip(luoghi, fuori, strict=True))
    messaggio = f"Azioni che non sono in una fase, e in una sola: {'; '.join(dette)}."
    return [Segnalazione("action_not_in_one_phase", Gravita.AVVISO, messaggio, luoghi)]


def _in_quante(fasi: int) -> str:
    return f"in {fasi} fasi" if fasi else "in nessuna fase"


def attivita_senza_intervento(edizione: Edizione, contenuto: Contenuto) -> list[Segnalazione]:
    """Cards of a type of intervention that was not chosen, and chosen types without a card."""
    scelti, luogo = interventi_scelti(edizione, contenuto)
    azioni = dove.foglie(contenuto)
    if not scelti or not azioni:
        return []
    chiesti = {s.strip().upper() for s in scelti}
    noti = chiesti | {v["codice"].strip().upper() for v in limite(contenuto, "catalogo") or []}
    if chiesti <= complementari_di(contenuto):
        return []  # that they cannot be alone says already that others are to be indicated
    tipi = {tipo_di(a, noti) for a in azioni}
    soli = set() if "" in tipi else chiesti - tipi  # a card without a code, told as such, may be of any type
    return [*_di_tipo_non_scelto(edizione, contenuto, azioni, chiesti, noti), *_tipi_senza_scheda(soli, luogo)]


def _di_tipo_non_scelto(
    edizione: Edizione, contenuto: Contenuto, azioni: list[RigaAzione], scelti: set[str], noti: set[str]
) -> Iterator[Segnalazione]:
    altre = [a for a in azioni if tipo_di(a, noti) and tipo_di(a, noti) not in scelti]
    if altre:
        luoghi = tuple(_luogo_azione(edizione, contenuto, a) for a in altre)
        messaggio = f"Attività di un tipo di intervento che non è indicato: {'; '.join(p.nota for p in luoghi)}."
        yield Segnalazione("card_of_unchosen_type", Gravita.AVVISO, messaggio, luoghi)


def _tipi_senza_scheda(tipi: set[str], luogo: Luogo) -> Iterator[Segnalazione]:
    if tipi:
        messaggio = f"Tipi di intervento indicati senza nessuna attività: {', '.join(sorted(tipi))}."
        yield Segnalazione("chosen_type_without_card", Gravita.AVVISO, messaggio, (luogo,))


def codici_ripetuti(edizione: Edizione, contenuto: Contenuto) -> list[Segnalazione]:
    """Two actions with the same code: the form calls each by its own."""
    per_codice: dict[str, list[RigaAzione]] = defaultdict(list)
    for azione in contenuto["azioni"]:
        if codice := (azione["codice"] or "").strip().upper():
            per_codice[codice].append(azione)
    gruppi = [(codice, azioni) for codice, azioni in per_codice.items() if len(azioni) > 1]
    return [_ripetuti(edizione, contenuto, codice, azioni) for codice, azioni in gruppi]


def _ripetuti(edizione: Edizione, contenuto: Contenuto, codice: str, azioni: list[RigaAzione]) -> Segnalazione:
    luoghi = tuple(_luogo_azione(edizione, contenuto, a, "codice") for a in azioni)
    messaggio = f"{len(azioni)} azioni hanno lo stesso codice, {codice}: {'; '.join(luogo.nota for luogo in luoghi)}."
    return Segnalazione("repeated_action_code", Gravita.AVVISO, messaggio, luoghi)
