"""A sample scheda for any edition: every field filled, every table with rows, an azione split in two where the form allows."""

import uuid
from collections.abc import Iterator, Sequence
from typing import Any, cast

from stdnum import luhn

from conciliazione.schede import campi
from conciliazione.schede.contenuto import Contenuto, QualsiasiRiga, colonne_del_progetto
from conciliazione.schede.edizione import COFINANZIAMENTI, COSTI, Blocco, Edizione
from conciliazione.schede.prospetto import VOCI, prospetti
from conciliazione.schede.tipi import Valore

from ..contenuto import COLONNE, COLONNE_PROGETTO, FORMATO, RIMANDI, TABELLA_DI
from ..interscambio.importazione import completa

GIUSTI: dict[type[campi.Campo], str] = {
    campi.PartitaIva: "00111540191",
    campi.Iban: "IT17N0100003245133300061337",
    campi.Ateco: "88.10.00",
    campi.Cap: "26013",
    campi.Provincia: "CR",
    campi.Telefono: "0373 000000",
    campi.Posta: "prova@example.org",
}
CODICI_FISCALI = tuple(base + luhn.calc_check_digit(base) for base in (f"97{n:05}015" for n in range(1, 101)))
PERSONA = "RSSMRA80A01H501U"
SPAZIO = uuid.UUID("6ba7b812-9dad-11d1-80b4-00c04fd430c8")


def nome_di_riga(edizione: Edizione, fonte: str, posto: int) -> str:
    return str(uuid.uuid5(SPAZIO, f"{edizione.codice} {fonte} {posto}"))


def campione(edizione: Edizione, soggetti: int = 3) -> dict[str, Any]:
    """Return the interchange file of the sample."""
    quante = {fonte: _quante(edizione, fonte) for fonte in COLONNE} | {"partecipazioni": soggetti}
    righe = {fonte: [{"id": nome_di_riga(edizione, fonte, n)} for n in range(quante[fonte])] for fonte in COLONNE}
    dati = {
        "formato": FORMATO,
        "edizione": edizione.codice,
        "avviso": {"codice": f"campione-{edizione.codice}", "titolo": "Avviso campione", "atto": "Atto campione"},
        "alleanza": None,
        "progetto": {"id": nome_di_riga(edizione, "progetto", 0)},
        **righe,
        "risposte": {},
        "dichiarati": [],
    }
    _soggetti(dati)
    _azioni(edizione, dati)
    for blocco in edizione.blocchi:
        _riempi(blocco, dati)
    return dati | _denaro(edizione, dati)


def contenuto_di_prova(edizione: Edizione) -> Contenuto:
    """The content of the sample, as it would be read once it were in the portal."""
    return cast(Contenuto, completa(campione(edizione), edizione) | {"da_rivedere": [], "conferme": {}})


def senza_risposte(contenuto: Contenuto) -> Contenuto:
    """Return the content of a scheda that was just opened: its soggetti, and nothing written."""
    vuote: dict[str, Any] = {chiave: [] for chiave in ("costi", *COLONNE) if chiave != "partecipazioni"}
    progetto = colonne_del_progetto(contenuto) | dict.fromkeys(COLONNE_PROGETTO)
    noti = ("id", "ruolo", "denominazione", "settore")
    soggetti = [{c: v if c in noti else None for c, v in s.items()} for s in contenuto["partecipazioni"]]
    return cast(Contenuto, contenuto | vuote | {"progetto": progetto, "partecipazioni": soggetti, "risposte": {}})


def _quante(edizione: Edizione, fonte: str) -> int:
    if fonte == "azioni":
        return 5 + edizione.spese_generali
    return 5 if any(b.fonte == fonte and b.si_aggiunge for b in edizione.blocchi) else 0


def _soggetti(dati: dict[str, Any]) -> None:
    for n, soggetto in enumerate(dati["partecipazioni"]):
        nome = f"Ente campione {dati['edizione']} {n + 1}"
        soggetto |= {"ruolo": "partner" if n else "capofila", "denominazione": nome, "settore": "privato" if n else "pubblico"}


def _azioni(edizione: Edizione, dati: dict[str, Any]) -> None:
    divisa = any("padre" in b.campi() for b in edizione.blocchi if b.fonte == "azioni")
    for n, azione in enumerate(dati["azioni"]):
        azione |= {"genere": "azione", "codice": f"A.{n + 1}", "titolo": f"Azione campione {n + 1}"}
    if divisa:
        for parte in dati["azioni"][3:5]:
            parte["padre"] = dati["azioni"][2]["id"]
    if edizione.spese_generali:
        dati["azioni"][-1] = {"id": dati["azioni"][-1]["id"], "genere": "spese_generali", "titolo": "Spese generali"}


def righe_di(blocco: Blocco, dati: dict[str, Any]) -> Sequence[QualsiasiRiga]:
    contenuto = dati | {"avviso": {"catalogo": None, "voci_costo": None}}
    if blocco.fonte and blocco.fonte != VOCI:
        contenuto |= {"azioni": [{"padre": None} | a for a in dati["azioni"]]}
    return blocco.righe(cast(Contenuto, contenuto))


def _riempi(blocco: Blocco, dati: dict[str, Any]) -> None:
    if not blocco.risponde:
        return
    for n, riga in enumerate(righe_di(blocco, dati)):
        vera = next((r for r in dati.get(blocco.fonte, ()) if r["id"] == riga["id"]), None)
        for nome, campo in blocco.campi().items():
            colonne = COLONNE.get(blocco.fonte, ()) if blocco.fonte else COLONNE_PROGETTO
            posto: dict[str, Any] = (vera or {}) if blocco.fonte else dati["progetto"]
            if nome not in colonne:
                posto = dati["risposte"].setdefault(blocco.chiave, {}).setdefault(riga["id"], {})
            if nome not in ("padre", "settore") and posto.get(nome) is None:
                posto[nome] = esempio(nome, campo, n, dati)


def esempio(nome: str, campo: campi.Campo, n: int, dati: dict[str, Any]) -> Valore:
    """Return a value that the field accepts, different from row to row where it can be."""
    if nome in RIMANDI or isinstance(campo, campi.SceltaRiga | campi.SceltaRighe):
        fonte = str(TABELLA_DI.get(nome) or getattr(campo, "fonte", ""))
        scelti = [r["id"] for r in dati[fonte] if r.get("genere") != "spese_generali"]
        return scelti[n % len(scelti)] if not isinstance(campo, campi.SceltaRighe) else scelti
    if isinstance(campo, campi.CodiceFiscale):
        return PERSONA if campo.personale else CODICI_FISCALI[n % len(CODICI_FISCALI)]
    if type(campo) in GIUSTI:
        return GIUSTI[type(campo)]
    return _semplice(nome, campo, n)


LAVORATORI = {"lavoratori": 30, "lavoratrici_donne": 20, "lavoratori_uomini": 10}


def _semplice(nome: str, campo: campi.Campo, n: int) -> Valore:
    match campo:
        case campi.Numero():
            return LAVORATORI.get(nome, 7)
        case campi.Importo():
            return f"{100 + n}.50"
        case campi.Data():
            return "1980-01-01"
        case campi.Mese():
            return "2015-01" if nome.endswith("dal") else "2015-12"
        case campi.Scelta():
            return next(chiave for chiave in campi.scelte_di(campo) if chiave)
        case campi.Scelte():
            return list(campi.scelte_di(campo))
        case campi.Testo():
            return f"Testo campione di «{nome}», riga {n + 1}.\nSeconda riga: a < b & c > d."
    detto = f"Campione {nome} {n + 1}"
    return detto if len(detto) <= getattr(campo, "max_length", 0) else str(n + 1)


def _denaro(edizione: Edizione, dati: dict[str, Any]) -> dict[str, Any]:
    celle = list(_celle(edizione, dati))
    costi = [c for tabella, c in celle if tabella == COSTI]
    altri = [c | {"natura": c.get("natura")} for tabella, c in celle if tabella == COFINANZIAMENTI]
    for n, riga in enumerate([*costi, *altri]):
        riga["id"] = nome_di_riga(edizione, "denaro", n)
    return {"costi": costi, "cofinanziamenti": [*dati["cofinanziamenti"], *altri]}


def _celle(edizione: Edizione, dati: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for blocco in prospetti(edizione):
        for n, riga in enumerate(righe_di(blocco, dati)):
            for colonna in (c for c in blocco.colonne if c.scrivibile):
                cella = {blocco.coordinata: riga["id"], "importo": f"{1000 + n}.00"} | colonna.cella
                yield colonna.scrive, cella | ({"prospetto": blocco.nome} if colonna.scrive == COSTI else {})
