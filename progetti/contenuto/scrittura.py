"""The way changes go back: each value to its column or to the answers of its block."""

import uuid
from collections.abc import Set
from decimal import Decimal
from typing import Any, cast

from django.core.exceptions import SuspiciousOperation
from django.db import IntegrityError, transaction
from django.db.models import Field, Max, Model, ProtectedError, RestrictedError

from conciliazione.models import Utente
from conciliazione.schede.edizione import COSTI, Blocco, Colonna
from conciliazione.schede.prospetto import Prospetto, di_denaro
from conciliazione.schede.salvataggio import Esito
from conciliazione.schede.tipi import Valore, Valori

from ..models import Cofinanziamento, Compilazione, Progetto, VoceCosto
from .colonne import COLONNE, COLONNE_PROGETTO, MODELLI, MOLTI, RIMANDI, TABELLA_DI


def scrivi(
    progetto: Progetto, blocco: Blocco, esito: Esito, *, utente: Utente | None = None, miei: Set[str] = frozenset()
) -> None:
    """Write what a merge said may be written. To be called with the project's row locked.

    miei: the soggetti that the person acts for; what is written of another one is marked «per conto di».
    Raises SuspiciousOperation for a row that belongs to another project.
    """
    for riga, valori in esito.da_scrivere.items():
        if di_denaro(blocco):
            for campo, importo in valori.items():
                _scrivi_importo(progetto, blocco, blocco.colonna(campo), riga, importo)
            if blocco.fonte == "partecipazioni":  # an amount is not an answer, but whose hand wrote it is to be known
                _scrivi_risposte(progetto, blocco.chiave, riga, {}, utente, per_conto=riga not in miei)
        else:
            _scrivi_valori(progetto, blocco, riga, valori, utente, miei)
    progetto.save(update_fields=["modificato_il"])


def elimina(progetto: Progetto, blocco: Blocco, righe: set[str]) -> set[str]:
    """Remove rows of a table; returns those kept, because money or a part of them is still bound to them."""
    tenute = {riga for riga in righe if not _elimina_riga(progetto, blocco, riga)}
    tenute = {riga for riga in tenute if not _elimina_riga(progetto, blocco, riga)}  # its parts may have gone meanwhile
    progetto.save(update_fields=["modificato_il"])
    return tenute


def _elimina_riga(progetto: Progetto, blocco: Blocco, riga: str) -> bool:
    try:
        with transaction.atomic():
            MODELLI[blocco.fonte].objects.filter(progetto=progetto, pk=riga).delete()
    except (ProtectedError, RestrictedError):
        return False
    return True


def _scrivi_valori(
    progetto: Progetto, blocco: Blocco, riga: str, valori: Valori, utente: Utente | None, miei: Set[str]
) -> None:
    promosse = COLONNE.get(blocco.fonte, ()) if blocco.fonte else COLONNE_PROGETTO
    colonne = {campo: valore for campo, valore in valori.items() if campo in promosse}
    risposte = {campo: valore for campo, valore in valori.items() if campo not in promosse}
    if not blocco.fonte:
        _aggiorna(progetto, colonne)
    elif colonne or blocco.si_aggiunge:
        _scrivi_riga(progetto, blocco, riga, colonne)
    chi = _proprietario(blocco, riga)
    if risposte or chi:
        _scrivi_risposte(progetto, blocco.chiave, riga, risposte, utente, per_conto=bool(chi) and chi not in miei)


def _proprietario(blocco: Blocco, riga: str) -> str:
    """The soggetto that a written row belongs to; "" where rows have no owner."""
    if blocco.fonte == "partecipazioni":
        return riga
    if not blocco.proprietario:
        return ""
    return str(MODELLI[blocco.fonte].objects.values_list(RIMANDI[blocco.proprietario], flat=True).get(pk=riga) or "")


def _scrivi_riga(progetto: Progetto, blocco: Blocco, riga: str, colonne: Valori) -> None:
    trovata = MODELLI[blocco.fonte].objects.filter(progetto=progetto, pk=riga).first()
    if trovata:
        _aggiorna(trovata, colonne)
    else:
        trovata = _crea(progetto, blocco, riga, {c: v for c, v in colonne.items() if c not in MOLTI})
    for colonna in colonne.keys() & set(MOLTI):
        ammesse = MODELLI[TABELLA_DI[colonna]].objects.filter(progetto=progetto, pk__in=colonne[colonna] or [])
        getattr(trovata, colonna).set(ammesse)


def _crea(progetto: Progetto, blocco: Blocco, riga: str, colonne: Valori) -> Any:
    modello = MODELLI[blocco.fonte]
    ultimo = modello.objects.filter(progetto=progetto).aggregate(m=Max("ordine"))["m"] or 0
    nuova = modello(pk=uuid.UUID(riga), progetto=progetto, ordine=ultimo + 1)
    for campo, valore in colonne.items():
        setattr(nuova, RIMANDI.get(campo, campo), _dal_filo(nuova, campo, valore))
    try:
        with transaction.atomic():
            nuova.save(force_insert=True)
    except IntegrityError as errore:
        raise SuspiciousOperation("riga di un altro progetto") from errore
    return nuova


def _aggiorna(oggetto: Model, colonne: Valori) -> None:
    sue = {campo: valore for campo, valore in colonne.items() if campo not in MOLTI}
    for campo, valore in sue.items():
        setattr(oggetto, RIMANDI.get(campo, campo), _dal_filo(oggetto, campo, valore))
    if sue:
        oggetto.save(update_fields=list(sue))


def _dal_filo(oggetto: Model, campo: str, valore: Valore) -> Valore:
    """A blank text column holds "", any other blank is null."""
    definizione = cast("Field[Any, Any]", oggetto._meta.get_field(campo))
    if valore is None:
        return None if definizione.null else ""
    return valore


def _scrivi_risposte(
    progetto: Progetto, blocco: str, riga: str, risposte: Valori, utente: Utente | None, per_conto: bool
) -> None:
    compilazione, _ = Compilazione.objects.get_or_create(progetto=progetto, blocco=blocco, riga=riga or None)
    compilazione.risposte |= risposte
    compilazione.aggiornata_da, compilazione.per_conto = utente, per_conto
    compilazione.save()


def _scrivi_importo(progetto: Progetto, blocco: Prospetto, colonna: Colonna, riga: str, importo: Valore) -> None:
    """A typed cell is a row of money with its coordinates; blank, there is no such row."""
    modello, cella = cella_di(blocco, colonna, riga)
    righe = list(modello.objects.filter(progetto=progetto, **cella))
    tenuta = (righe[:1] or [modello(progetto=progetto, **cella)])[0] if importo is not None else None
    for riga_di_troppo in [r for r in righe if r is not tenuta]:  # a cell that was the sum of several becomes one
        riga_di_troppo.delete()
    if tenuta is not None:
        tenuta.importo = Decimal(str(importo))
        tenuta.save()


def cella_di(blocco: Prospetto, colonna: Colonna, riga: str) -> tuple[Any, dict[str, Any]]:
    """Where the amount of a cell is kept: the model, and what its row must be."""
    quale = {RIMANDI.get(blocco.coordinata, blocco.coordinata): riga} | colonna.cella
    if colonna.scrive == COSTI:
        return VoceCosto, {"prospetto": blocco.nome, "azione_id": None, "voce": "", "partecipazione_id": None} | quale
    return Cofinanziamento, {"azione_id": None, "partecipazione_id": None, "settore": "", "natura": ""} | quale
