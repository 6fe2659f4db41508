"""What the history kept by the database tells of one block: each event in the shape rows × fields."""

import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from alleanze.permessi import PREPARANO, incarichi, preparavano
from conciliazione import storia
from conciliazione.models import Utente
from conciliazione.schede.contenuto import QualsiasiRiga
from conciliazione.schede.edizione import Blocco
from conciliazione.schede.prospetto import Prospetto, di_denaro
from conciliazione.schede.salvataggio import RIGA, impronta
from conciliazione.schede.tipi import Valori

from ..models import Cofinanziamento, Compilazione, Conferma, Partecipazione, Progetto, VoceCosto
from . import COLONNE, COLONNE_PROGETTO, MODELLI, MOLTI, RIMANDI, al_filo, cella_di

NATA, CAMBIATA, MORTA = "insert", "update", "delete"

DA_SOLO = "da_solo"
"""In the context of events that a page wrote by itself: when that page was opened. The button leads to a page opened anew."""


@dataclass(frozen=True)
class Evento:
    """A row of the block got these values, at that moment; or it was born, or it is no more (`genere`)."""

    quando: datetime
    contesto: uuid.UUID | None
    chi: int | None
    riga: str
    valori: Valori
    colonne: QualsiasiRiga
    """The row itself, as `contenuto` has it: for its title, and to know whether it is one of the block's."""
    genere: str = CAMBIATA
    per_conto: bool = False
    da_solo: str | None = None
    """Written by a page that saves by itself: which one (`DA_SOLO`)."""


def eventi_di(progetto: Progetto, blocco: Blocco, riga: str | None = None) -> list[Evento]:
    """In the order in which they happened; of one row, or of the whole block. As many queries whatever its history."""
    trovati = [*_risposte(progetto, blocco, riga), *_colonne(progetto, blocco, riga)]
    return sorted(trovati, key=lambda e: e.quando)  # stable: those of one table stay in their order


def _chi(evento: Any) -> int | None:
    """By whose hand; None is none of a page of the portal."""
    detto = evento.pgh_context.metadata.get("user") if evento.pgh_context else None
    return detto or getattr(evento, "aggiornata_da_id", None)


def _letto(evento: Any, riga: str, valori: Valori, **altro: Any) -> Evento:
    da_solo = evento.pgh_context.metadata.get(DA_SOLO) if evento.pgh_context else None
    altro = {"colonne": {}, "da_solo": da_solo} | altro
    return Evento(evento.pgh_created_at, evento.pgh_context_id, _chi(evento), riga, valori, **altro)


def _in_ordine(eventi: QuerySet[Any]) -> Iterable[Any]:
    return eventi.select_related("pgh_context").order_by("pgh_id")


def _risposte(progetto: Progetto, blocco: Blocco, riga: str | None) -> Iterator[Evento]:
    promosse = _promosse(blocco)
    campi = [campo for campo in blocco.campi() if campo not in promosse]
    for evento in _in_ordine(eventi_delle_risposte(progetto, blocco, riga)):
        date = {} if evento.pgh_label == MORTA else evento.risposte
        valori = {campo: date.get(campo) for campo in campi}
        yield _letto(evento, str(evento.riga or ""), valori, per_conto=evento.per_conto)


def eventi_delle_risposte(progetto: Progetto, blocco: Blocco, riga: str | None) -> QuerySet[Any]:
    eventi = storia.eventi(Compilazione).filter(progetto_id=progetto.pk, blocco=blocco.chiave)
    return eventi if riga is None else eventi.filter(riga=riga or None)


def _promosse(blocco: Blocco) -> tuple[str, ...]:
    return COLONNE.get(blocco.fonte, ()) if blocco.fonte else COLONNE_PROGETTO


def _colonne(progetto: Progetto, blocco: Blocco, riga: str | None) -> Iterator[Evento]:
    if di_denaro(blocco):
        return _importi(progetto, blocco, riga)
    campi = [c for c in blocco.campi() if c in _promosse(blocco) and c not in MOLTI]
    if blocco.fonte:
        return _di_tabella(progetto, blocco, campi, riga)
    return _del_progetto(progetto, campi) if campi else iter(())


def _del_progetto(progetto: Progetto, campi: list[str]) -> Iterator[Evento]:
    for evento in _in_ordine(eventi_delle_righe(progetto, "", "")):
        yield _letto(evento, "", {campo: al_filo(getattr(evento, campo)) for campo in campi})


def _di_tabella(progetto: Progetto, blocco: Blocco, campi: list[str], riga: str | None) -> Iterator[Evento]:
    for evento in _in_ordine(eventi_delle_righe(progetto, blocco.fonte, riga)):
        colonne = {c: al_filo(getattr(evento, RIMANDI.get(c, c))) for c in COLONNE[blocco.fonte] if c not in MOLTI}
        colonne["id"] = str(evento.pgh_obj_id)
        if blocco.filtro(colonne):
            valori = {campo: colonne[campo] for campo in campi}
            yield _letto(evento, colonne["id"], valori, colonne=colonne, genere=evento.pgh_label)


def eventi_delle_righe(progetto: Progetto, fonte: str, riga: str | None) -> QuerySet[Any]:
    """Of the project itself (fonte ""), of a shared table, or of one row of it."""
    if not fonte:
        return storia.eventi(Progetto).filter(pgh_obj_id=progetto.pk)
    eventi = storia.eventi(MODELLI[fonte]).filter(progetto_id=progetto.pk)
    return eventi if riga is None else eventi.filter(pgh_obj_id=riga)


def _importi(progetto: Progetto, blocco: Prospetto, riga: str | None) -> Iterator[Evento]:
    """A cell is the sum of the rows of money that have its coordinates."""
    for eventi in eventi_del_denaro(progetto, blocco, riga):
        vive: dict[uuid.UUID, tuple[Any, Any]] = {}
        for evento in _in_ordine(eventi):
            toccate = {vive.pop(evento.pgh_obj_id, (None, None))[0], _cella(blocco, evento)} - {None}
            if evento.pgh_label != MORTA and (cella := _cella(blocco, evento)):
                vive[evento.pgh_obj_id] = cella, evento.importo
            for quale, campo in toccate:
                importi = [i for cella, i in vive.values() if cella == (quale, campo) and i is not None]
                yield _letto(evento, quale, {campo: f"{sum(importi):.2f}" if importi else None})


def eventi_del_denaro(progetto: Progetto, blocco: Prospetto, riga: str | None) -> list[QuerySet[Any]]:
    scritte = {VoceCosto if c.scrive == "costi" else Cofinanziamento for c in blocco.colonne if c.scrivibile}
    trovati = []
    for modello in sorted(scritte, key=lambda m: m.__name__):
        eventi = storia.eventi(modello).filter(progetto_id=progetto.pk)
        trovati.append(eventi if riga is None else eventi.filter(**{RIMANDI.get(blocco.coordinata, blocco.coordinata): riga}))
    return trovati


def _cella(blocco: Prospetto, evento: Any) -> tuple[str, str] | None:
    """The row and the column of the prospetto that a row of money is in; None when it is in another."""
    riga = str(getattr(evento, RIMANDI.get(blocco.coordinata, blocco.coordinata)) or "")
    for colonna in blocco.colonne:
        if colonna.scrivibile and riga:
            modello, cella = cella_di(blocco, colonna, riga)
            sua = isinstance(evento, storia.eventi(modello).model)
            if sua and all(str(getattr(evento, nome) or "") == str(quale or "") for nome, quale in cella.items()):
                return riga, colonna.chiave
    return None


# What the history kept by the database tells of a project, or of a row of it, that is no more.

UN_GIORNO = timedelta(days=1)


@dataclass(frozen=True)
class Tolto:
    """Something that is no more: who took it away (none: not a page of the portal), when, and the row as it was."""

    chi: Utente | None
    quando: datetime
    riga: Any


def _tolto(eventi: QuerySet[Any]) -> Tolto | None:
    evento = eventi.filter(pgh_label="delete").select_related("pgh_context").order_by("pgh_id").last()
    if evento is None:
        return None
    contesto = evento.pgh_context.metadata if evento.pgh_context else {}
    chi = Utente.objects.filter(pk=contesto["user"]).first() if contesto.get("user") else None
    return Tolto(chi, evento.pgh_created_at, evento)


def progetto_eliminato(pk: uuid.UUID) -> Tolto | None:
    return _tolto(storia.eventi(Progetto).filter(pgh_obj_id=pk))


def riga_tolta(progetto: Progetto, fonte: str, riga: str) -> Tolto | None:
    """A row of a shared table that this project had."""
    return _tolto(storia.eventi(MODELLI[fonte]).filter(pgh_obj_id=riga, progetto_id=progetto.pk))


def vi_scriveva(utente: Utente, pk: uuid.UUID) -> bool:
    """Whether an ente that the person writes for was in that project until a day ago: a page may be open that long."""
    enti = {i.ente_id for i in incarichi(utente) if i.vale(PREPARANO)}
    usciti = storia.eventi(Partecipazione).filter(pgh_label="delete", pgh_created_at__gt=timezone.now() - UN_GIORNO)
    return usciti.filter(progetto_id=pk, ente_id__in=enti).exists()


def scritta_da_altri(progetto: Progetto) -> bool:
    """Whether anybody has ever answered a question of the scheda, or put an amount, who was not acting for the capofila.

    What counts is the moment of writing: for whom the person had chosen to act or, if it had not chosen, for whom it could.
    """
    dove = ("pgh_created_at", "pgh_context__metadata__user", "pgh_context__metadata__per_ente")
    risposte = storia.eventi(Compilazione).filter(progetto_id=progetto.pk).exclude(aggiornata_da=None)
    # An amount in a cell is a row of money, and no answer: who wrote it is only in the history.
    denaro = storia.eventi(Cofinanziamento).filter(progetto_id=progetto.pk).exclude(pgh_context=None)
    scritture = {*risposte.exclude(pgh_label="delete").values_list("aggiornata_da", *dove)}
    scritture |= {(chi, quando, chi, per) for quando, chi, per in denaro.values_list(*dove) if chi}
    # Who changes or removes a row without answering leaves there the name of who did: that was told when it answered.
    scritture = {(autore, quando, per) for autore, quando, chi, per in scritture if chi in (None, autore)}
    if any(per not in (None, str(progetto.capofila_id)) for _, _, per in scritture):
        return True
    senza_scelta = {(autore, quando) for autore, quando, per in scritture if per is None}
    return preparavano(progetto.capofila_id, senza_scelta) != senza_scelta


def confermata_da_qualcuno(progetto: Progetto) -> bool:
    """Whether a partner has ever confirmed its figures, also one that is no more in the scheda."""
    soggetti = storia.eventi(Partecipazione).filter(progetto_id=progetto.pk).values("pgh_obj_id")
    return storia.eventi(Conferma).filter(partecipazione_id__in=soggetti).exists()


def autore(progetto: Progetto, quale: Blocco, riga: str, campo: str) -> int | None:
    """Return the key of who gave a field the value that it has or, of a row (`campo` RIGA), of who wrote there last."""
    dette = [evento for evento in eventi_di(progetto, quale, riga) if evento.riga == riga]
    if campo == RIGA:
        return dette[-1].chi if dette else None
    chi, valore = None, None
    for evento in dette:
        if campo in evento.valori and impronta(evento.valori[campo]) != impronta(valore):
            chi, valore = evento.chi, evento.valori[campo]
    return chi
