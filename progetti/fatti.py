"""What the history kept by the database tells of one block: single facts, each in the shape rows × fields."""

import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from conciliazione.schede.edizione import Blocco, Prospetto
from conciliazione.schede.tipi import Valori

from .archivio import COLONNE, COLONNE_PROGETTO, MODELLI, MOLTI, RIMANDI, al_filo, cella_di
from .models import Cofinanziamento, Compilazione, Progetto, VoceCosto

NATA, CAMBIATA, MORTA = "insert", "update", "delete"


@dataclass(frozen=True)
class Fatto:
    """A row of the block got these values, at that moment; or it was born, or it is no more (`genere`)."""

    quando: datetime
    contesto: uuid.UUID | None
    chi: int | None
    riga: str
    valori: Valori
    colonne: dict
    """The row itself, as `contenuto` has it: for its title, and to know whether it is one of the block's."""
    genere: str = CAMBIATA
    per_conto: bool = False


def fatti(progetto: Progetto, blocco: Blocco, riga: str | None = None) -> list[Fatto]:
    """In the order in which they happened; of one row, or of the whole block. As many queries whatever its history."""
    trovati = [*_risposte(progetto, blocco, riga), *_colonne(progetto, blocco, riga)]
    return sorted(trovati, key=lambda fatto: fatto.quando)  # stable: those of one table stay in their order


def _chi(evento) -> int | None:
    """By whose hand; None is none of a page of the portal."""
    detto = evento.pgh_context.metadata.get("user") if evento.pgh_context else None
    return detto or getattr(evento, "aggiornata_da_id", None)


def _fatto(evento, riga: str, valori: Valori, **altro) -> Fatto:
    return Fatto(evento.pgh_created_at, evento.pgh_context_id, _chi(evento), riga, valori, **{"colonne": {}} | altro)


def _in_ordine(eventi) -> Iterable:
    return eventi.select_related("pgh_context").order_by("pgh_id")


def _risposte(progetto: Progetto, blocco: Blocco, riga: str | None) -> Iterator[Fatto]:
    promosse = _promosse(blocco)
    campi = [campo for campo in blocco.campi() if campo not in promosse]
    for evento in _in_ordine(eventi_delle_risposte(progetto, blocco, riga)):
        date = {} if evento.pgh_label == MORTA else evento.risposte
        valori = {campo: date.get(campo) for campo in campi}
        yield _fatto(evento, str(evento.riga or ""), valori, per_conto=evento.per_conto)


def eventi_delle_risposte(progetto: Progetto, blocco: Blocco, riga: str | None):
    eventi = Compilazione.pgh_event_model.objects.filter(progetto_id=progetto.pk, blocco=blocco.chiave)
    return eventi if riga is None else eventi.filter(riga=riga or None)


def _promosse(blocco: Blocco) -> tuple[str, ...]:
    return COLONNE.get(blocco.fonte, ()) if blocco.fonte else COLONNE_PROGETTO


def _colonne(progetto: Progetto, blocco: Blocco, riga: str | None) -> Iterator[Fatto]:
    if isinstance(blocco, Prospetto):
        return _importi(progetto, blocco, riga)
    campi = [c for c in blocco.campi() if c in _promosse(blocco) and c not in MOLTI]
    if blocco.fonte:
        return _di_tabella(progetto, blocco, campi, riga)
    return _del_progetto(progetto, campi) if campi else iter(())


def _del_progetto(progetto: Progetto, campi: list[str]) -> Iterator[Fatto]:
    for evento in _in_ordine(eventi_delle_righe(progetto, "", "")):
        yield _fatto(evento, "", {campo: al_filo(getattr(evento, campo)) for campo in campi})


def _di_tabella(progetto: Progetto, blocco: Blocco, campi: list[str], riga: str | None) -> Iterator[Fatto]:
    di_che = getattr(blocco, "filtro", lambda riga: True)
    for evento in _in_ordine(eventi_delle_righe(progetto, blocco.fonte, riga)):
        colonne = {c: al_filo(getattr(evento, RIMANDI.get(c, c))) for c in COLONNE[blocco.fonte] if c not in MOLTI}
        colonne["id"] = str(evento.pgh_obj_id)
        if di_che(colonne):
            valori = {campo: colonne[campo] for campo in campi}
            yield _fatto(evento, colonne["id"], valori, colonne=colonne, genere=evento.pgh_label)


def eventi_delle_righe(progetto: Progetto, fonte: str, riga: str | None):
    """Of the project itself (fonte ""), of a shared table, or of one row of it."""
    modello = MODELLI[fonte] if fonte else Progetto
    if not fonte:
        return modello.pgh_event_model.objects.filter(pgh_obj_id=progetto.pk)
    eventi = modello.pgh_event_model.objects.filter(progetto_id=progetto.pk)
    return eventi if riga is None else eventi.filter(pgh_obj_id=riga)


def _importi(progetto: Progetto, blocco: Prospetto, riga: str | None) -> Iterator[Fatto]:
    """A cell is the sum of the rows of money that have its coordinates."""
    for eventi in eventi_del_denaro(progetto, blocco, riga):
        vive: dict[uuid.UUID, tuple] = {}
        for evento in _in_ordine(eventi):
            toccate = {vive.pop(evento.pgh_obj_id, (None, None))[0], _cella(blocco, evento)} - {None}
            if evento.pgh_label != MORTA and (cella := _cella(blocco, evento)):
                vive[evento.pgh_obj_id] = cella, evento.importo
            for quale, campo in toccate:
                importi = [i for cella, i in vive.values() if cella == (quale, campo) and i is not None]
                yield _fatto(evento, quale, {campo: f"{sum(importi):.2f}" if importi else None})


def eventi_del_denaro(progetto: Progetto, blocco: Prospetto, riga: str | None) -> list:
    scritte = {VoceCosto if c.scrive == "costi" else Cofinanziamento for c in blocco.colonne if c.scrivibile}
    trovati = []
    for modello in sorted(scritte, key=lambda m: m.__name__):
        eventi = modello.pgh_event_model.objects.filter(progetto_id=progetto.pk)
        trovati.append(eventi if riga is None else eventi.filter(**{RIMANDI.get(blocco.coordinata, blocco.coordinata): riga}))
    return trovati


def _cella(blocco: Prospetto, evento) -> tuple[str, str] | None:
    """The row and the column of the prospetto that a row of money is in; None when it is in another."""
    riga = str(getattr(evento, RIMANDI.get(blocco.coordinata, blocco.coordinata)) or "")
    for colonna in blocco.colonne:
        if colonna.scrivibile and riga:
            modello, cella = cella_di(blocco, colonna, riga)
            sua = isinstance(evento, modello.pgh_event_model)
            if sua and all(str(getattr(evento, nome) or "") == str(quale or "") for nome, quale in cella.items()):
                return riga, colonna.chiave
    return None
