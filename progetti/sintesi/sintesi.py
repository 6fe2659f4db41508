"""The scheda sintetica: what a project answers by itself, what is said in its place, and what of it is printed.

Pure functions: of a content and of its labelled reading (a version's, or the live one), never of the database.
"""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any, cast

from conciliazione.italiano import date, importi
from conciliazione.italiano.parole import quanti
from conciliazione.schede.contenuto import Contenuto
from conciliazione.schede.edizione import Rimandi

from ..contenuto import conti
from ..edizioni import EDIZIONI

VOCI = {
    "nome": "Nome progetto",
    "capofila": "Capofila",
    "finanziato_da": "Finanziato da",
    "contributo": "Contributo ricevuto",
    "partner": "Partner di progetto",
    "durata": "Durata progetto",
    "descrizione": "Descrizione del progetto",
    "target": "Target intervento",
    "attivita": "Principali attività",
    "risultati": "Risultati raggiunti",
    "conclusioni": "Conclusioni",
    "per_i_servizi": "Informazioni utili per i Servizi",
    "cosa_possono_fare": "Cosa possono fare i Servizi",
    "ruolo_comuni": "Ruolo dei Comuni",
    "ruolo_impresa": "Ruolo dell'impresa",
    "per_i_partner": "Informazioni utili per gli enti Partner",
    "come_aderire": "Come aderire",
    "referenti": "Referenti",
    "contatti": "Per informazioni e contatti",
}
"""The headings of the sheet, in its order."""
ELENCHI = {"partner", "attivita", "referenti"}
"""Where each line is an item of a list."""
BREVI = {"capofila", "finanziato_da", "contributo", "partner", "durata"}
"""What stands at the top of the sheet, beside its heading."""
DURATA = ("durata_dal", "durata_al", "durata_mesi")
"""What is asked in place of one text."""
PAROLE = {"ricevuto": "Contributo ricevuto", "concesso": "Contributo concesso", "richiesto": "Contributo richiesto"}
"""A contribution that is asked for has not been received: the heading says which one it is."""
PREFISSI = ("referente", "dirigente")
"""Fields of a soggetto that tell whom to call about the project: referente_nominativo, referente_tel…"""
RECAPITI = ("nominativo", "telefono", "email")


# What a project answers by itself.


def proposta(contenuto: Contenuto, lettura: dict) -> dict[str, str]:
    """Return the texts that a scheda gives to its sheet, by heading; "" where it says nothing."""
    edizione = EDIZIONI.get(contenuto["edizione"])
    rimandi = edizione.sintesi if edizione else Rimandi()
    progetto, soggetti, atto = contenuto["progetto"], contenuto["partecipazioni"], contenuto["avviso"]["atto"]
    return {
        "nome": progetto["titolo"] or "",
        "capofila": "\n".join(s["denominazione"] for s in soggetti if s["ruolo"] == "capofila"),
        "finanziato_da": f"{rimandi.finanziatore} ({atto})" if rimandi.finanziatore else atto,
        "contributo": _contributo(contenuto),
        "partner": "\n".join(s["denominazione"] for s in soggetti if s["ruolo"] in ("partner", "aderente")),
        "durata": durata(progetto["durata_dal"], progetto["durata_al"], progetto.get("durata_mesi")),
        "descrizione": _unite(lettura, rimandi.descrizione) or _unite(lettura, rimandi.obiettivi),
        "target": _target(lettura, rimandi.target),
        "attivita": "\n".join(_attivita(contenuto)),
    }


def _contributo(contenuto: Contenuto) -> str:
    """Of a scheda one knows what it asks for, not what it was given."""
    edizione = EDIZIONI.get(contenuto["edizione"])
    richiesto = conti.contributo(contenuto, prospetto=edizione.prospetto) if edizione else None
    return "" if richiesto is None else importi.scrivi_euro(richiesto)


def durata(dal: str | None, al: str | None, mesi: int | None) -> str:
    """Return «11 mesi (da ottobre 2014 ad agosto 2015)»: both months are counted, any of the three may be unknown."""
    if dal and al:
        mesi = date.mesi_tra(dal, al)
    lunga = quanti(mesi, "mese", "mesi") if mesi else ""
    da = f"da {date.scrivi_mese(dal)}" if dal else ""
    quando = " ".join(filter(None, (da, _fino(al, da) if al else "")))
    return f"{lunga} ({quando})" if lunga and quando else lunga or quando


def _fino(al: str, da: str) -> str:
    """«a dicembre», «ad agosto»; with no beginning, «fino a dicembre»."""
    mese = date.scrivi_mese(al)
    return f"{'' if da else 'fino '}{'ad' if mese.startswith('a') else 'a'} {mese}"


def _attivita(contenuto: Contenuto) -> Iterable[str]:
    """The titles of the actions; of one that is split also those of its parts, where they have one of their own."""
    for azione in contenuto["azioni"]:
        if azione["genere"] == "azione" and azione["titolo"]:
            yield f"{azione['codice']}) {azione['titolo']}" if azione["codice"] else azione["titolo"]


def _unite(lettura: dict, posti: Iterable[str]) -> str:
    return "\n\n".join(testo for posto in posti for testo in _dette(lettura, posto))


def _target(lettura: dict, posti: Iterable[str]) -> str:
    """Boxes that are ticked run on one line, and «altro» with what it is; other texts each on its own."""
    detto = ""
    for testo in dict.fromkeys(testo for posto in posti for testo in _dette(lettura, posto)):
        segno = ": " if detto.endswith("altro") else "\n"
        detto = f"{detto}{segno}{testo}" if detto else testo
    return detto


def _dette(lettura: dict, posto: str) -> list[str]:
    """What the reading says at a place «block.field»: one text, or one for each row that answers."""
    blocco, _, campo = posto.rpartition(".")
    righe = [r for b in _blocchi(lettura) if b["chiave"] == blocco for r in b["righe"]]
    return [_con_il_codice(riga, v["testo"]) for riga in righe for v in riga["voci"] if v["chiave"] == campo and v["testo"]]


def _con_il_codice(riga: dict, testo: str) -> str:
    return f"{riga['codice']}) {testo}" if riga.get("codice") else testo


def _blocchi(lettura: dict) -> Iterable[dict]:
    """Also those that are printed inside the rows of another."""
    for sezione in lettura["sezioni"]:
        for blocco in sezione["blocchi"]:
            yield blocco
            yield from (figlia for riga in blocco["righe"] for figlia in riga.get("figlie", ()))


# Whom one may call.


def candidati(contenuto: Contenuto) -> list[dict]:
    """Return the people that the scheda names as referenti, with their soggetto: nobody is printed who was not chosen."""
    trovati = [c for soggetto in contenuto["partecipazioni"] for c in _del_soggetto(contenuto, soggetto)]
    return list({tuple(c["recapiti"].values()): c for c in reversed(trovati)}.values())[::-1]


def _del_soggetto(contenuto: Contenuto, soggetto: dict) -> Iterable[dict]:
    righe = [r for r in contenuto.get("referenti", ()) if r["partecipazione"] == soggetto["id"]]
    recapiti = [{c: cast(dict[str, Any], r)[c] or "" for c in RECAPITI} for r in righe]
    for risposte in contenuto["risposte"].values():
        recapiti += [_recapiti(risposte.get(soggetto["id"], {}), prefisso) for prefisso in PREFISSI]
    for di_uno in recapiti:
        if di_uno["nominativo"]:
            yield {"soggetto": soggetto["denominazione"], "recapiti": di_uno}


def _recapiti(risposte: dict, prefisso: str) -> dict:
    nomi = (f"{prefisso}_nominativo", f"{prefisso}_tel", f"{prefisso}_email")
    return {c: str(risposte.get(nome) or "") for c, nome in zip(RECAPITI, nomi, strict=True)}


def in_una_riga(referente: dict) -> str:
    """Return «Anna Verdi, tel. 0373 000000, e-mail anna@example.org»."""
    telefono = f"tel. {referente['telefono']}" if referente["telefono"] else ""
    posta = f"e-mail {referente['email']}" if referente["email"] else ""
    return ", ".join(filter(None, (referente["nominativo"], telefono, posta)))


# The sheet.


def componi(nome: str, risposte: dict, referenti: list[dict], della_scheda: dict[str, str]) -> list[dict]:
    """Return what is printed: the headings that have something to say, its own text before that of the project."""
    propri = testi_propri(nome, risposte, referenti)
    voci = [_voce(chiave, propri.get(chiave, ""), della_scheda.get(chiave, ""), risposte) for chiave in VOCI]
    return [voce for voce in voci if voce["testo"]]


def testi_propri(nome: str, risposte: dict, referenti: list[dict]) -> dict[str, str]:
    """Return what the sheet says of its own, by heading."""
    propri = {chiave: str(risposte.get(chiave) or "").strip("\r\n") for chiave in VOCI}
    importo = risposte.get("contributo")
    return propri | {
        "nome": nome,
        "contributo": importi.scrivi_euro(Decimal(importo)) if importo else "",
        "durata": durata(*(risposte.get(campo) for campo in DURATA)),
        "referenti": "\n".join(map(in_una_riga, referenti)),
    }


def _voce(chiave: str, proprio: str, della_scheda: str, risposte: dict) -> dict:
    testo = proprio if proprio.strip() else della_scheda
    return {
        "chiave": chiave,
        "titolo": _titolo(chiave, bool(proprio.strip()), risposte),
        "testo": testo,
        "righe": [riga for riga in testo.splitlines() if riga.strip()] if chiave in ELENCHI else [],
        "breve": chiave in BREVI,
        "dalla_scheda": not proprio.strip(),
    }


def _titolo(chiave: str, proprio: bool, risposte: dict) -> str:
    """What the scheda asks for is «richiesto»; of an amount of its own the sheet says which one it is."""
    if chiave != "contributo":
        return VOCI[chiave]
    return PAROLE[risposte.get("contributo_parola") or "ricevuto"] if proprio else PAROLE["richiesto"]
