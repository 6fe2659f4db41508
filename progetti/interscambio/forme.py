"""What any part of the file is held against: keys, types, limits of the columns, links between rows."""

import re
from collections.abc import Iterator

from django.core.exceptions import ValidationError

from alleanze.models import Ente
from conciliazione.schede import campi
from conciliazione.schede.edizione import VOCI, Blocco, Edizione, voci_di

from ..archivio import TABELLA_DI
from ..models import Azione, Cofinanziamento, Destinatari, Partecipazione
from .documento import Errore, passo

TIPI = {
    "lavoratori": campi.Numero(""),
    "lavoratrici_donne": campi.Numero(""),
    "lavoratori_uomini": campi.Numero(""),
    "durata_mesi": campi.Numero(""),
    "destinatari": campi.Numero(""),
    "accessi": campi.Numero(""),
    "mesi": campi.Numero(""),
    "ore": campi.Numero(""),
    "minimo": campi.Numero(""),
    "numero": campi.Numero(""),
    "dimensione": campi.Scelta("", scelte=Partecipazione.Dimensione.choices),
    "tipo": campi.Scelta("", scelte=Destinatari.Tipo.choices),
    "azioni": campi.SceltaRighe("", fonte="azioni", colonna="titolo"),
    "importo": campi.Importo(""),
    "ruolo": campi.Scelta("", scelte=Partecipazione.Ruolo.choices),
    "genere": campi.Scelta("", scelte=Azione.Genere.choices),
    "natura": campi.Scelta("", scelte=Cofinanziamento.Natura.choices),
    "personale.ruolo": campi.Riga(""),
    "azioni.titolo": campi.Testo(""),
    "descrizione": campi.Testo(""),
    "settore": campi.Scelta("", scelte=Ente.Settore.choices),
    "durata_dal": campi.Mese(""),
    "durata_al": campi.Mese(""),
}
"""How the value of a promoted column travels, where it is not a text; a table may have its own of the same name."""


def tipo_di(colonna: str, fonte: str = "") -> campi.Campo:
    return TIPI.get(f"{fonte}.{colonna}") or TIPI.get(colonna) or campi.Riga("")


OGGETTO, ELENCO, TESTO = "qui va un oggetto fra parentesi graffe", "qui va un elenco fra parentesi quadre", "qui va un testo"


def chiavi(percorso: str, oggetto: dict, note, obbligatorie=()) -> Iterator[Errore]:
    for chiave in oggetto:
        if chiave not in note:
            yield passo(percorso, chiave), "chiave sconosciuta: controlla come è scritta"
    for chiave in obbligatorie:
        if chiave not in oggetto:
            yield passo(percorso, chiave), "manca questa chiave"


def tipo(percorso: str, chiave: str, valore, fonte: str = "") -> Iterator[Errore]:
    if motivo := tipo_di(chiave, fonte).rifiuta(valore):
        yield passo(percorso, chiave), motivo


def limiti(modello, percorso: str, valori: dict) -> Iterator[Errore]:
    """What the columns do not hold: a text too long, a blank where there must be something, a figure out of range."""
    noti = {f.name for f in modello._meta.concrete_fields if not f.is_relation} & valori.keys() - {"id"}
    pronti = {c: "" if v is None and not modello._meta.get_field(c).null else v for c, v in valori.items() if c in noti}
    try:
        modello(**pronti).clean_fields(exclude={f.name for f in modello._meta.fields} - noti)
    except ValidationError as errore:
        for chiave, messaggi in errore.message_dict.items():
            yield passo(percorso, chiave), " ".join(messaggi)


def nome_di_ente(percorso: str, nome: str | None) -> Iterator[Errore]:
    if nome is not None:
        yield from ((percorso, motivo) for _, motivo in limiti(Ente, percorso, {"denominazione": nome}))


def uuid_giusto(percorso: str, valore) -> Iterator[Errore]:
    if not isinstance(valore, str) or not re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", valore):
        yield percorso, "qui va un UUID in minuscolo, come 1b4e28ba-2fa1-41d2-883f-0016d3cca427"


def id_unici(fonte: str, righe: list[dict]) -> Iterator[Errore]:
    visti: list = []
    for posto, riga in enumerate(righe):
        yield from uuid_giusto(f"$.{fonte}[{posto}].id", riga.get("id"))
        if "id" in riga and riga["id"] in visti:
            yield f"$.{fonte}[{posto}].id", "questo id è già di un'altra riga"
        visti.append(riga.get("id"))


def rimandi(percorso: str, riga: dict, dati: dict, colonna: str) -> Iterator[Errore]:
    """A link, or several, to rows that must be there."""
    fonte, valore = TABELLA_DI[colonna], riga.get(colonna)
    if motivo := TIPI[colonna].rifiuta(valore) if colonna in TIPI else "":
        yield passo(percorso, colonna), motivo
        return
    note = [r.get("id") for r in dati[fonte]]
    for id_ in valore if isinstance(valore, list) and colonna in TIPI else [valore]:
        if id_ not in (None, "") and id_ not in note:
            yield passo(percorso, colonna), f"nessuna riga di {fonte} ha questo id"


def blocco_di(edizione: Edizione, chiave) -> Blocco | None:
    return next((b for b in edizione.blocchi if b.chiave == chiave), None)


def id_di(edizione: Edizione, blocco: Blocco, dati: dict) -> list:
    """The rows that a block may have in this file."""
    if blocco.fonte == VOCI:
        return [v["id"] for v in voci_di(blocco, {"avviso": {"voci_costo": None} | dati["avviso"]})]
    return [r.get("id") for r in dati[blocco.fonte]] if blocco.fonte else [""]
