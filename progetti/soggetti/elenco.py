"""Soggetti by list: the enti that a sheet names come into the scheda, those that nobody knows are registered first."""

from django.db import transaction

from alleanze.enti import elenco as registro
from alleanze.models import Ente
from conciliazione.fogli.anteprima import Anteprima
from conciliazione.fogli.matrice import Matrice
from conciliazione.fogli.riga import Riga
from conciliazione.fogli.scelte import NUOVA
from conciliazione.fogli.tavola import RigaNota, Tavola, colonna_id, colonne_dei_campi, nomi_di

from ..models import Progetto
from . import aggiungi

SI_AGGIUNGE = "si aggiunge"
CHIESTI = (*registro.DELL_ENTE, *registro.DELLA_SEDE)


def tavola(progetto: Progetto, matrice: Matrice | None = None) -> Tavola:
    """Return who is in the scheda; and, of a sheet that came, the enti of the register that it names."""
    presenti = list(Ente.objects.filter(partecipazioni__progetto=progetto).prefetch_related(registro.sedi("sedi")).per_elenco())
    note = {e.pk for e in presenti}
    altri = [e for e in registro.nominati(matrice) if e.pk not in note]
    campi = {k: c for k, c in registro.RigaEnte().fields.items() if k in CHIESTI}
    righe = [_nota(e, "") for e in presenti] + [_nota(e, SI_AGGIUNGE) for e in altri]
    colonne = [*colonne_dei_campi(campi), colonna_id()]
    return Tavola("Soggetti del progetto", colonne, righe, aggiunge=True, chieste=("denominazione", "settore"))


def _nota(ente: Ente, stato: str) -> RigaNota:
    """What an ente says of itself is not changed from here, whoever writes: the scheda has a copy of its own."""
    valori = registro.valori_ente(ente)
    return RigaNota(str(ente.pk), str(ente), valori, nomi=nomi_di(valori, *ente.alias), fissi=frozenset(CHIESTI), stato=stato)


def prova(anteprima: Anteprima) -> None:
    for riga in (r for r in anteprima.righe if r.decisa == NUOVA):
        registro.controlla_ente(riga, riga.letti)
    registro.doppi(anteprima)


def da_prendere(anteprima: Anteprima) -> list[Riga]:
    return registro.da_prendere(anteprima)


@transaction.atomic
def scrivi(progetto: Progetto, anteprima: Anteprima, utente) -> int:
    """Let them in, in the order of the sheet; returns how many. Sent twice, they come in once."""
    aggiunti = 0
    for riga in da_prendere(anteprima):
        ente = Ente.objects.filter(pk=riga.id).first()
        if ente is None:
            ente = Ente(pk=riga.id)
            registro.scrivi_ente(ente, riga.letti)
        if not progetto.partecipazioni.filter(ente=ente).exists():
            aggiungi.aggiungi_soggetto(progetto, ente, utente=utente)
            aggiunti += 1
    return aggiunti
